/** Names in lines that fit: where a name may break, in three languages, and where it is cut. Pure functions. */

/** @import { Lang } from "./types.js" */

const EAST_ASIAN = /[\u2e80-\u9fff\uff00-\uffef]/;
const CLOSING = /^[、。，．）」』・：；！？ーァィゥェォッャュョー,.)\]}/〜-]/u;
const OPENING = /[（「『([{]$/u;

/** @type {Map<Lang, Intl.Segmenter|null>} */
const segmenters = new Map();

/**
 * The pieces between which a name may break: words, in Chinese and Japanese too where the browser knows them.
 * @param {string} text @param {Lang} lang
 * @returns {string[]}
 */
export function listPieces(text, lang) {
  if (!EAST_ASIAN.test(text)) return text.match(/[^\s/-]+[/-]?|[/-]|\s+/gu) ?? [text];
  if (!segmenters.has(lang))
    segmenters.set(
      lang,
      "Segmenter" in Intl
        ? new Intl.Segmenter(lang === "zh" ? "zh-Hant" : lang, { granularity: "word" })
        : null,
    );
  const segmenter = segmenters.get(lang);
  const words = segmenter ? [...segmenter.segment(text)].map(({ segment }) => segment) : [...text];
  return keepTogether(words);
}

/** No line begins with a closing mark or ends with an opening one. @param {string[]} words */
function keepTogether(words) {
  /** @type {string[]} */
  const out = [];
  for (const word of words) {
    const last = out.length - 1;
    if (last >= 0 && (CLOSING.test(word) || OPENING.test(out[last]))) out[last] += word;
    else out.push(word);
  }
  return out;
}

/**
 * Breaks a name into lines that fit; the last one ends in an ellipsis if there is more.
 * @param {(text: string) => number} measure
 * @param {string} text @param {number} width @param {number} lines @param {Lang} [lang]
 * @param {string[]} [words] its pieces, if they are known
 * @returns {string[]}
 */
export function wrapText(measure, text, width, lines, lang = "en", words = listPieces(text, lang)) {
  const pieces = words.flatMap((piece) =>
    EAST_ASIAN.test(piece) && measure(piece) > width ? keepTogether([...piece]) : [piece],
  );
  /** @type {string[]} */
  const out = [];
  let line = "";
  for (let i = 0; i < pieces.length; i++) {
    const next = line + pieces[i];
    if (!line.trim() || measure(next.trimEnd()) <= width) {
      line = next.trimStart();
      continue;
    }
    if (out.length === lines - 1) {
      const rest = line + pieces.slice(i).join("");
      return [...out, rest].map((one) => clipText(measure, one, width));
    }
    out.push(line.trimEnd());
    line = pieces[i].trimStart();
  }
  if (line.trim()) out.push(line.trimEnd());
  return out.map((one) => clipText(measure, one, width));
}

/** Measures each text once: in search of the best lines the same ones come again. @param {(text: string) => number} measure */
function measureOnce(measure) {
  /** @type {Map<string, number>} */
  const known = new Map();
  return (/** @type {string} */ text) => {
    const width = known.get(text) ?? measure(text);
    known.set(text, width);
    return width;
  };
}

/**
 * The same, its lines about equally long: as narrow as it gets without another line or an ellipsis.
 * @param {(text: string) => number} measure
 * @param {string} text @param {number} width @param {number} lines @param {Lang} [lang]
 */
export function balanceText(measure, text, width, lines, lang = "en") {
  const [once, words] = [measureOnce(measure), listPieces(text, lang)];
  let best = wrapText(once, text, width, lines, lang, words);
  if (best.length < 2 || best.some((line) => line.endsWith("…"))) return best;
  for (let narrow = width * 0.95; narrow > width * 0.5; narrow *= 0.95) {
    const next = wrapText(once, text, narrow, lines, lang, words);
    if (next.length > best.length || next.some((line) => line.endsWith("…"))) break;
    best = next;
  }
  return best;
}

/** @param {(text: string) => number} measure @param {string} text @param {number} width */
export function clipText(measure, text, width) {
  if (measure(text) <= width) return text;
  const chars = [...text];
  let low = 0;
  let high = chars.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (measure(`${chars.slice(0, middle).join("").trimEnd()}…`) <= width) low = middle;
    else high = middle - 1;
  }
  return `${chars.slice(0, low).join("").trimEnd()}…`;
}
