/** The bar at the top of every page: brand, languages, drawing or table. */

/** @import { Say } from "./boxes.js" */
/** @import { Ui } from "./frame.js" */
/** @import { Lang } from "./types.js" */
import { el } from "./dom.js";
import { remember } from "./memory.js";
import { HTML_LANG, LANGS, LANG_LABEL, LANG_SHORT } from "./text.js";

const VIEWS = /** @type {const} */ (["map", "table"]);

/** @typedef {(typeof VIEWS)[number]} Way */

/**
 * @param {{say: Say, lang: Lang, narrow: boolean, state: {view: Way}, go: (change: {lang?: Lang, view?: Way}) => void}} ctx
 * @param {Ui} ui
 */
export function renderBar({ say, lang, narrow, state, go }, ui) {
  ui.brand.replaceChildren(
    el("span", { class: "logo", lang: "ja", "aria-hidden": "true" }, "絆"),
    el("span", { class: "word" }, "Kizuna"),
    el("span", { class: "sub" }, say("page.brand")),
  );
  renderChoice(ui.languages, say("page.language"), LANGS, lang, (one) => ({
    text: narrow ? LANG_SHORT[one] : LANG_LABEL[one],
    props: {
      lang: HTML_LANG[one],
      "data-lang": one,
      title: LANG_LABEL[one],
      click: () => {
        remember("lang", one);
        go({ lang: one });
      },
    },
  }));
  renderChoice(ui.views, say("page.view"), VIEWS, state.view, (one) => ({
    text: say(`page.view-${one}`),
    props: { "data-view": one, click: () => go({ view: one }) },
  }));
}

/**
 * Buttons of which one is pressed.
 * @template T
 * @param {HTMLElement} group @param {string} label @param {readonly T[]} all @param {T} chosen
 * @param {(one: T) => {text: string, props: Record<string, string|(() => void)>}} button
 */
function renderChoice(group, label, all, chosen, button) {
  group.setAttribute("aria-label", label);
  group.replaceChildren(
    ...all.map((one) => {
      const { text, props } = button(one);
      return el("button", { type: "button", "aria-pressed": String(one === chosen), ...props }, text);
    }),
  );
}
