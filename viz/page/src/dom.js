/** Small helpers for the document. Text enters only as text nodes; links only as http(s). */

/** @import { Label } from "./types.js" */
import { HTML_LANG, guessLang, safeUrl } from "./text.js";

/** @typedef {Node|string|null|undefined|false} Child */

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, string|number|boolean|undefined|((event: any) => void)>} [props] functions listen; the rest are attributes
 * @param {...(Child|Child[])} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === false) continue;
    if (typeof value === "function") node.addEventListener(name, value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(
    ...children
      .flat()
      .filter((child) => child !== null && child !== undefined && child !== false)
      .map((child) => /** @type {Node|string} */ (child)),
  );
  return node;
}

/** A name in its own script, so that Han characters take the right shapes. @param {Label} label */
export const named = ({ text, lang }) => el("bdi", { lang: HTML_LANG[lang] }, text);

/** A text as somebody wrote it. @param {"p"|"span"} tag @param {string} look @param {string|undefined} text @param {string} [where] code of a country */
export const written = (tag, look, text, where) =>
  text ? el(tag, { class: look, lang: guessLang(text, where) }, text) : null;

/** A link that opens elsewhere, or plain text where the address is not http(s). @param {string|undefined} url @param {Child} child @param {string} title */
export function outLink(url, child, title) {
  const safe = safeUrl(url);
  return safe
    ? el("a", { href: safe, target: "_blank", rel: "noopener noreferrer", title: `${title}: ${safe}` }, child)
    : el("span", {}, child);
}

const SVG = "http://www.w3.org/2000/svg";

/** A small drawing in a text, silent. @param {string} viewBox @param {string} look its class @param {...Record<string, string>} paths */
export function drawing(viewBox, look, ...paths) {
  /** @param {"svg"|"path"} tag @param {Record<string, string>} props */
  const make = (tag, props) => {
    const node = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(props)) node.setAttribute(name, value);
    return node;
  };
  const svg = make("svg", { viewBox, class: look, "aria-hidden": "true", focusable: "false" });
  svg.append(...paths.map((path) => make("path", path)));
  return svg;
}

/** @type {Record<string, [string, boolean]>} path, hollow */
const PATHS = {
  circle: ["M6 1.6a4.4 4.4 0 1 1 0 8.8a4.4 4.4 0 1 1 0-8.8z", false],
  square: ["M2 2h8v8h-8z", false],
  diamond: ["M6 .8L11.2 6L6 11.2L.8 6z", false],
  confirmed: ["M6 1L11.4 10.6H.6z", false],
  apparent: ["M6 1.6L10.8 10.2H1.2z", true],
  fragile: ["M6 1.2L10.8 6L6 10.8L1.2 6z", true],
  dominant: ["M6 .8L11.2 6L6 11.2L.8 6z", false],
  uncovered: ["M6 1.6a4.4 4.4 0 1 1 0 8.8a4.4 4.4 0 1 1 0-8.8zM2.4 9.6L9.6 2.4", true],
  lost: ["M2 2L10 10M10 2L2 10", true],
};

/** @param {string} shape */
export function glyph(shape) {
  const [d, hollow] = PATHS[shape] ?? PATHS.circle;
  /** @type {Record<string, string>} */
  const pen = hollow
    ? { fill: "none", stroke: "currentColor", "stroke-width": "1.6" }
    : { fill: "currentColor" };
  return drawing("0 0 12 12", `glyph glyph-${shape}`, { d, ...pen });
}

/**
 * What is drawn anew keeps the focus: the element of the same id, or one of those that its `data-heirs` names.
 * @param {HTMLElement} held what had it
 */
export function handOn(held) {
  for (const id of [held.id, ...(held.dataset.heirs ?? "").split(" ")]) {
    const node = /** @type {HTMLButtonElement|null} */ (id ? document.getElementById(id) : null);
    if (node && !node.disabled) return node.focus();
  }
}
