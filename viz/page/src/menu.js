/** The menu of what leaves a page, the same for every page; and the colours of the page. */

/** @import { Say } from "./boxes.js" */
/** @import { Ui } from "./frame.js" */
/** @import { Theme } from "./memory.js" */
/** @import { Drawing } from "./picture.js" */
/** @import { Lang } from "./types.js" */
import { writeCsv } from "./csv.js";
import { el } from "./dom.js";
import { THEMES, applyTheme, recallTheme, remember } from "./memory.js";
import { drawPng, writeSvg } from "./picture.js";
import { copyText, saveBlob } from "./save.js";
import { HTML_LANG } from "./text.js";

/** @typedef {{say: Say, lang: Lang}} Reader */
/** @typedef {() => Promise<{file?: Blob, ending?: string, text?: string}>} Job what it makes: a file to save, or a text to copy */
/**
 * What a page's menu does: `jobs` by name, of which `copy` are those that make a text, the name of its files, where it
 * says how it went, and how the page is drawn `again` in other colours.
 * @typedef {{jobs: Record<string, Job>, copy: string[], name: string, say: (text: string) => void, again: () => void, help?: () => void}} Menu
 */

/** @param {() => Drawing} draw @returns {{png: Job, svg: Job}} */
export const drawJobs = (draw) => ({
  png: async () => ({ file: await drawPng(draw()), ending: "png" }),
  svg: async () => ({ file: new Blob([writeSvg(draw())], { type: "image/svg+xml" }), ending: "svg" }),
});

/** @param {() => import("./csv.js").Value[][]} rows @returns {Job} */
export const csvJob = (rows) => async () => ({
  file: new Blob([writeCsv(rows())], { type: "text/csv;charset=utf-8" }),
  ending: "csv",
});

/** Does a job and says how it went; what cannot be copied is shown, to be copied by hand. @param {Reader} ctx @param {Ui} ui @param {Menu} menu @param {string} job */
async function doJob(ctx, ui, menu, job) {
  const { say } = ctx;
  try {
    const { file, ending = "", text = "" } = await menu.jobs[job]();
    if (file) {
      const name = `${menu.name}.${ending}`;
      saveBlob(file, name);
      return tell(ui, menu, say("page.export-saved", { name }));
    }
    if (await copyText(text)) return tell(ui, menu, say("page.export-copied"));
    showText(ctx, text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    tell(ui, menu, say("page.export-failed", { reason }));
  }
}

/** @param {Ui} ui @param {Menu} menu @param {string} text */
function tell(ui, menu, text) {
  const line = ui.tools.querySelector(".told");
  if (line) line.textContent = text;
  menu.say(text);
}

/** @param {Reader} ctx @param {string} text that the browser did not let us copy */
function showText({ say, lang }, text) {
  const field = el("textarea", { readonly: true, rows: "10", "aria-label": say("page.export-hand") });
  field.value = text;
  const dialog = el(
    "dialog",
    { class: "sheet", lang: HTML_LANG[lang], "aria-labelledby": "hand-title", close: () => dialog.remove() },
    el("h2", { id: "hand-title" }, say("page.export-hand")),
    field,
    el(
      "p",
      {},
      el("button", { type: "button", class: "more", click: () => dialog.close() }, say("page.close")),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
  field.focus();
  field.select();
}

/** @param {Reader} ctx @param {Ui} ui @param {Menu} menu */
export function renderMenu(ctx, ui, menu) {
  const { say } = ctx;
  const open = ui.tools.querySelector("#export")?.getAttribute("aria-expanded") === "true";
  ui.tools.lang = HTML_LANG[ctx.lang];
  ui.tools.hidden = false;
  /** @param {string} job @returns {HTMLElement} */
  const item = (job) =>
    el(
      "li",
      {},
      el(
        "button",
        { type: "button", "data-job": job, click: () => doJob(ctx, ui, menu, job) },
        say(`page.export-${job}`),
      ),
    );
  const files = ["png", "svg", "csv"].filter((job) => Object.hasOwn(menu.jobs, job));
  const host = el(
    "div",
    { id: "export-menu", role: "group", "aria-label": say("page.export"), hidden: !open },
    el("h2", {}, say("page.export-save")),
    el("ul", {}, files.map(item), el("li", {}, printButton(ctx))),
    el("h2", {}, say("page.export-copy")),
    el("ul", {}, menu.copy.map(item)),
    el("h2", { id: "theme-title" }, say("page.theme")),
    themeChoice(ctx, menu),
    el("p", { class: "told", "aria-hidden": "true" }),
  );
  const button = el(
    "button",
    {
      type: "button",
      id: "export",
      "aria-expanded": String(open),
      "aria-controls": "export-menu",
      click: () => setMenu(ui, Boolean(host.hidden)),
    },
    say("page.export"),
  );
  const { help } = menu;
  const title = say("page.help");
  ui.tools.replaceChildren(
    button,
    host,
    ...(help
      ? [el("button", { type: "button", id: "help", title, "aria-label": title, click: help }, "?")]
      : []),
  );
}

/** @param {Reader} ctx */
const printButton = ({ say }) =>
  el("button", { type: "button", "data-job": "print", click: () => print() }, say("page.export-print"));

/** @param {Reader} ctx @param {Menu} menu */
function themeChoice({ say }, { again }) {
  const now = recallTheme();
  /** @param {Theme} theme */
  const choose = (theme) => {
    remember("theme", theme);
    applyTheme(theme);
    again();
  };
  return el(
    "div",
    { id: "themes", role: "group", "aria-labelledby": "theme-title" },
    THEMES.map((theme) =>
      el(
        "button",
        {
          type: "button",
          "data-theme-is": theme,
          "aria-pressed": String(theme === (chosen ?? now)),
          click: () => {
            chosen = theme;
            choose(theme);
          },
        },
        say(`page.theme-${theme}`),
      ),
    ),
  );
}

/** where nothing can be remembered, the choice holds for this page @type {Theme|null} */
let chosen = null;

/** @param {Ui} ui @param {boolean} open */
function setMenu(ui, open) {
  const menu = ui.tools.querySelector("#export-menu");
  const button = ui.tools.querySelector("#export");
  if (!(menu instanceof HTMLElement) || !(button instanceof HTMLElement)) return;
  menu.hidden = !open;
  button.setAttribute("aria-expanded", String(open));
  if (!open && menu.contains(document.activeElement)) button.focus();
}

/** The menu closes by Escape, and as the reader goes elsewhere. @param {Ui} ui */
export function mountTools(ui) {
  const isOpen = () => ui.tools.querySelector("#export")?.getAttribute("aria-expanded") === "true";
  ui.tools.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !isOpen()) return;
    event.stopPropagation();
    setMenu(ui, false);
    /** @type {HTMLElement|null} */ (ui.tools.querySelector("#export"))?.focus();
  });
  document.addEventListener("pointerdown", (event) => {
    if (isOpen() && !ui.tools.contains(/** @type {Node} */ (event.target))) setMenu(ui, false);
  });
  ui.tools.addEventListener("focusout", (event) => {
    const to = /** @type {Node|null} */ (event.relatedTarget);
    if (to && isOpen() && !ui.tools.contains(to)) setMenu(ui, false);
  });
}
