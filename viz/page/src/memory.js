/** What a reader chose and finds again in every page of this kind: language and colours. A browser may forbid it. */

/** @import { Lang } from "./types.js" */
import { LANGS } from "./text.js";

export const THEMES = /** @type {const} */ (["auto", "light", "dark"]);
/** @typedef {(typeof THEMES)[number]} Theme */

/** @param {string} key @returns {string} empty where nothing is remembered, or nothing may be */
export function recall(key) {
  try {
    return localStorage.getItem(`kizuna.${key}`) ?? "";
  } catch {
    return "";
  }
}

/** @param {string} key @param {string} value */
export function remember(key, value) {
  try {
    localStorage.setItem(`kizuna.${key}`, value);
  } catch {
    // a page from a file may have no memory in this browser; it then asks the system anew each time
  }
}

/** @returns {Lang|null} the language that the reader chose the last time */
export const recallLang = () => LANGS.find((lang) => lang === recall("lang")) ?? null;

/** @returns {Theme} */
export const recallTheme = () => THEMES.find((theme) => theme === recall("theme")) ?? "auto";

const dark = () => matchMedia("(prefers-color-scheme: dark)");

/** Colours the page as the reader chose, or as the system has it. @param {Theme} [theme] */
export function applyTheme(theme = recallTheme()) {
  document.documentElement.dataset.theme = theme === "auto" ? (dark().matches ? "dark" : "light") : theme;
}

/** Follows the system as long as nothing else was chosen. @param {() => void} render */
export function watchTheme(render) {
  dark().addEventListener("change", () => {
    applyTheme();
    render();
  });
}
