/** What a page knows before it is there: its language, and where it says that it is coming or cannot come. */

/** @import { Lang } from "./types.js" */
import { el } from "./dom.js";
import { recallLang } from "./memory.js";
import { readLang } from "./state.js";
import { chooseLang } from "./text.js";

/** @param {string} id of an element of the file @returns {string} */
export const textOf = (id) => document.getElementById(id)?.textContent ?? "";

/** @typedef {{own: Lang, lang: Lang, words: {loading: Record<Lang, string>, failed: Record<Lang, string>}}} Start */

/**
 * In which language the page opens: what the reader chose goes before what the file was written in, and that before
 * the browser's language; the address, if it names one, before all.
 * @returns {Start}
 */
export function readStart() {
  const words = JSON.parse(textOf("kizuna-start"));
  const own = recallLang() ?? words.lang ?? chooseLang(navigator.languages);
  return { own, lang: readLang(location.hash, own), words };
}

/** @param {string} text @param {Record<string, string>} [attributes] */
export function tell(text, attributes = {}) {
  const app = /** @type {HTMLElement} */ (document.getElementById("app"));
  app.replaceChildren(el("p", { class: "notice", ...attributes }, text));
}

/** Says in the place of the page why there is none. @param {Start} start @param {unknown} error @returns {never} */
export function fail({ words, lang }, error) {
  const reason = error instanceof Error ? error.message : String(error);
  tell(String(words.failed[lang]).replace("{reason}", reason), { role: "alert" });
  throw error;
}
