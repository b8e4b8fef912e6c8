/** The start of a page: unpacks its data, or says why it cannot. */

/** @import { Box, Lang } from "./types.js" */
import { unpackBytes, unpackJson } from "./data.js";
import { el } from "./dom.js";
import { applyTheme, recallLang } from "./memory.js";
import { parseState } from "./state.js";
import { HTML_LANG, chooseLang } from "./text.js";

/** @param {string} id */
const textOf = (id) => document.getElementById(id)?.textContent ?? "";

/** The boxes of the picture, as the network of Python has them. @param {any[]} nodes @returns {Box[]} */
const boxesOf = (nodes) =>
  nodes.map(({ id, group, x, y, widthConstraint: { minimum: w }, heightConstraint: { minimum: h } }) => ({
    key: id,
    kind: group,
    x: x - w / 2,
    y: y - h / 2,
    w,
    h,
  }));

/** @param {(data: any, boxes: Box[], lang: Lang) => Record<string, unknown>} open shows the page; returns what tests and the curious may look at */
export async function boot(open) {
  const begin = JSON.parse(textOf("kizuna-start"));
  const app = /** @type {HTMLElement} */ (document.getElementById("app"));
  // what the reader chose goes before what the file was written in, and that before the browser's language
  const own = recallLang() ?? begin.lang ?? chooseLang(navigator.languages);
  applyTheme();
  const { lang } = parseState(location.hash, own);
  document.documentElement.lang = HTML_LANG[lang];
  app.append(el("p", { class: "notice" }, begin.loading[lang]));
  try {
    const data = await unpackJson(textOf("kizuna-data"));
    data.bytes = await unpackBytes(textOf("kizuna-columns"));
    const boxes = boxesOf((await unpackJson(textOf("kizuna-graph"))).nodes);
    Object.assign(window, { kizuna: open(data, boxes, own) });
    document.documentElement.dataset.ready = "yes";
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    app.replaceChildren(
      el("p", { class: "notice", role: "alert" }, String(begin.failed[lang]).replace("{reason}", reason)),
    );
    throw error;
  }
}
