/** Words: messages, names, numbers, dates. Nothing here touches the document. */

/** @import { Lang, Label, Messages, Names } from "./types.js" */

/** @type {Lang[]} */
export const LANGS = ["zh", "ja", "en"];

/** @type {Record<Lang, string>} */
export const HTML_LANG = { en: "en", ja: "ja", zh: "zh-Hant" };

/** @type {Record<Lang, string>} */
export const LANG_LABEL = { en: "English", ja: "日本語", zh: "繁體中文" };

/** The same for a telephone. @type {Record<Lang, string>} */
export const LANG_SHORT = { en: "EN", ja: "日本語", zh: "中文" };

/**
 * The reader's own language, as far as the page speaks it, else English.
 * @param {readonly string[]} wanted tags such as "ja-JP", the dearest first
 * @returns {Lang}
 */
export function chooseLang(wanted) {
  const spoken = wanted.map((tag) => /** @type {Lang} */ (tag.toLowerCase().split("-")[0]));
  return spoken.find((lang) => LANGS.includes(lang)) ?? "en";
}

// Marks of direction and of no width, and control characters: they would hide or turn round what stands beside them.
// eslint-disable-next-line no-control-regex
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** A text without what cannot be seen. @param {string} text */
export const plain = (text) => text.replace(UNSEEN, "");

/**
 * Fills the placeholders of a message; an unknown placeholder stays as it is.
 * @param {string} text
 * @param {Record<string, string|number>} [params]
 */
export function fill(text, params = {}) {
  return text.replace(/\{(\w+)\}/g, (whole, key) =>
    Object.hasOwn(params, key) ? plain(String(params[key])) : whole,
  );
}

/**
 * @param {Messages} messages
 * @param {Lang} lang
 * @returns {(key: string, params?: Record<string, string|number>) => string} the message, or its key if there is none
 */
export function makeSay(messages, lang) {
  return (key, params) => {
    const texts = Object.hasOwn(messages, key) ? messages[key] : undefined;
    return texts ? fill(texts[lang] ?? texts.en, params) : key;
  };
}

/**
 * The name to show in a language: its own, else the Latin one, else whichever there is. None is invented.
 * @param {Names|undefined} names
 * @param {Lang} lang
 * @param {string} [id]
 * @returns {Label}
 */
export function pickName(names, lang, id = "") {
  /** @type {Lang[]} */
  const order = [lang, "en", "ja", "zh"];
  for (const one of order) {
    const text = plain(names?.[one] ?? "");
    if (text) return { text, lang: one };
  }
  return { text: plain(id), lang: "en" };
}

const KANA = /[\u3041-\u30ff\u31f0-\u31ff\uff66-\uff9f]/;
const HAN = /\p{Script=Han}/u;
/** Where Han characters alone say little, the country of a firm or of an address does. @type {Record<string, string>} */
const SHAPES = { jp: "ja", tw: "zh-Hant", cn: "zh-Hans" };

/**
 * The language of a text as somebody wrote it, as far as its letters tell, so that Han characters take the right shapes.
 * @param {string} text
 * @param {string} [where] code of a country
 * @returns {string|undefined} undefined: that of the page
 */
export function guessLang(text, where = "") {
  if (KANA.test(text)) return "ja";
  return HAN.test(text) ? SHAPES[where.toLowerCase()] : "en";
}

/** @param {number} share 0 to 1 @param {Lang} lang */
export function formatShare(share, lang) {
  return new Intl.NumberFormat(HTML_LANG[lang], { style: "percent", maximumFractionDigits: 1 }).format(share);
}

/** Making one takes longer than all that it writes. @type {Partial<Record<Lang, Intl.NumberFormat>>} */
const COUNTS = {};

/** @param {number} n @param {Lang} lang */
export function formatCount(n, lang) {
  return (COUNTS[lang] ??= new Intl.NumberFormat(HTML_LANG[lang])).format(n);
}

/**
 * A date as precise as the data has it: 2024, 2024-04 or 2024-04-26. ISO in English, native in the others.
 * @param {string} date
 * @param {Lang} lang
 */
export function formatDate(date, lang) {
  const parts = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(date);
  if (!parts || lang === "en") return date;
  const [, year, month, day] = parts;
  return `${year}年${month ? `${Number(month)}月` : ""}${day ? `${Number(day)}日` : ""}`;
}

/**
 * Since and until in one phrase; what is not known is said to be unknown.
 * @param {{since?: string, until?: string}} row
 * @param {Lang} lang
 * @param {ReturnType<typeof makeSay>} say
 */
export function formatPeriod({ since, until }, lang, say) {
  if (since && until)
    return say("page.from_to", { since: formatDate(since, lang), until: formatDate(until, lang) });
  if (since) return say("page.since", { date: formatDate(since, lang) });
  if (until) return say("page.until", { date: formatDate(until, lang) });
  return say("page.undated");
}

/**
 * Only http and https; anything else is no link.
 * @param {string|undefined} url
 * @returns {string|null}
 */
export function safeUrl(url) {
  if (!url || !/^https?:\/\//i.test(url.trim())) return null;
  try {
    const parsed = new URL(url.trim());
    return parsed.protocol === "https:" || parsed.protocol === "http:" ? parsed.href : null;
  } catch {
    return null;
  }
}

/**
 * The address of a firm's own domain ("aaeon.com"), or null if it is not one.
 * @param {string|undefined} domain
 */
export function siteUrl(domain) {
  if (!domain) return null;
  if (/^https?:\/\//i.test(domain)) return safeUrl(domain);
  return /^[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+(\/[^\s<>"']*)?$/u.test(domain)
    ? safeUrl(`https://${domain}`)
    : null;
}

/** Why something is not in force, as a key: it began later than the day shown, or is over. @param {{when?: "later"|"over"}} row */
export const sayPast = ({ when }) => (when === "later" ? "page.when-later" : "page.history");
