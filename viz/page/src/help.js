/** The keys of the page, in a dialog; and the switch for those that are one letter or sign. */

/** @import { Ctx } from "./parts.js" */
import { el } from "./dom.js";
import { recall, remember } from "./memory.js";
import { HTML_LANG } from "./text.js";

/** What is said of which keys; "+" within a row means any of them. @type {[string[], string][]} */
const KEYS = [
  [["Tab"], "page.key-tab"],
  [["←", "→", "↑", "↓"], "page.key-arrows"],
  [["Enter"], "page.key-enter"],
  [["Esc"], "page.key-escape"],
  [["Ctrl+Z", "Ctrl+Y"], "page.key-undo"],
  [["+", "−", "0"], "page.key-zoom"],
  [["/"], "page.key-search"],
  [["?"], "page.key-help"],
];

let single = recall("keys") !== "off";

/** Whether keys of one sign do anything (WCAG 2.2, 2.1.4: there is a way to turn them off). */
export const singleKeys = () => single;

/** @param {Ctx} ctx */
export function openHelp({ say, lang }) {
  if (document.getElementById("keys")) return;
  const toggle = el("input", { type: "checkbox", id: "single", checked: single });
  toggle.addEventListener("change", () => {
    single = toggle.checked;
    remember("keys", single ? "on" : "off");
  });
  const rows = KEYS.map(([keys, text]) =>
    el(
      "tr",
      {},
      el(
        "th",
        { scope: "row" },
        keys.flatMap((key, i) => [i ? " " : "", el("kbd", {}, key)]),
      ),
      el("td", {}, say(text)),
    ),
  );
  const dialog = el(
    "dialog",
    {
      id: "keys",
      class: "sheet",
      lang: HTML_LANG[lang],
      "aria-labelledby": "keys-title",
      close: () => dialog.remove(),
    },
    el("h2", { id: "keys-title" }, say("page.help-title")),
    el("p", {}, say("page.help-table")),
    el("table", { class: "keys" }, el("tbody", {}, rows)),
    el("p", { class: "switch" }, toggle, " ", el("label", { for: "single" }, say("page.help-single"))),
    el("p", {}, say("page.help-share")),
    el(
      "p",
      {},
      el("button", { type: "button", class: "more", click: () => dialog.close() }, say("page.close")),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
}

/**
 * Keys that hold on the whole page. The picture's own act only while it has the focus.
 * @param {{canvas: HTMLElement, help: () => void, leave: () => boolean, zoom: (factor: number) => void, fit: () => void}} actions
 *   `leave` goes back, if there is anywhere to go
 */
export function mountKeys({ canvas, help, leave, zoom, fit }) {
  // before all others: a sign that is turned off is no key of ours
  document.addEventListener(
    "keydown",
    (event) => {
      if (!single && /^[/?+\-0]$/.test(event.key) && !isField(event.target)) event.stopImmediatePropagation();
    },
    true,
  );
  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act = { "+": () => zoom(1.25), "-": () => zoom(0.8), 0: fit, "?": help }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || isField(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    if (leave()) event.preventDefault();
  });
}

/** @param {EventTarget|null} target */
const isField = (target) => target instanceof HTMLElement && /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName);
