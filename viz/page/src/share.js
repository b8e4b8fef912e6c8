/** What leaves the page: pictures, tables and texts, from one small menu; and the colours of the page. */

/** @import { Ui } from "./frame.js" */
/** @import { Theme } from "./memory.js" */
/** @import { Ctx } from "./parts.js" */
/** @import { Drawing } from "./picture.js" */
/** @import { Lit, Scene } from "./types.js" */
import { readBrush } from "./brush.js";
import { writeCsv } from "./csv.js";
import { el } from "./dom.js";
import { openHelp } from "./help.js";
import { listShown, listValues } from "./listing.js";
import { THEMES, applyTheme, recallTheme, remember } from "./memory.js";
import { drawPng, readLegend, writeSvg } from "./picture.js";
import { copyText, fileName, saveBlob } from "./save.js";
import { formatState } from "./state.js";
import { titlePage } from "./subject.js";
import { HTML_LANG } from "./text.js";
import { tellFinding } from "./tell.js";

/**
 * What the menu works on; asked for when it is needed.
 * @typedef {{scene: () => {scene: Scene, lit: Lit|null, chosen: string}, say: (text: string) => void, again: () => void}} Shown
 */

/** @param {Ctx} ctx @returns {string} of the thing or the gap that is shown */
function idOfShown({ state }) {
  return state.at ?? state.gap ?? "overview";
}

/** @param {Ctx} ctx @returns {import("./types.js").Label} */
function nameOfShown({ model, lang, say, state }) {
  const finding = model.finding(state.gap);
  const key = model.keyOf(state.at);
  if (key) return model.name(key, lang);
  if (finding) return model.member(finding, lang) ?? { text: say("page.gap-nobody"), lang };
  return { text: titlePage(model, say, lang), lang };
}

/** @param {Ctx} ctx @param {Ui} ui @param {Shown} shown @returns {Drawing} */
export function takePicture(ctx, ui, shown) {
  const title = nameOfShown(ctx);
  const whole = titlePage(ctx.model, ctx.say, ctx.lang);
  const scope = [...ui.scope.children].map((part) => part.textContent ?? "").join(" · ");
  return {
    ...shown.scene(),
    narrow: ctx.narrow,
    brush: readBrush(ctx),
    lang: ctx.lang,
    title,
    lines: [title.text === whole ? "" : whole, scope].filter(Boolean),
    legend: readLegend(ui.legend),
  };
}

/** @param {Ctx} ctx @param {string} ending */
const nameFile = (ctx, ending) =>
  `${fileName("kizuna", idOfShown(ctx), ctx.model.data.meta.date, ctx.lang)}.${ending}`;

/** @param {Ctx} ctx @param {Ui} ui @param {Shown} shown @returns {Record<string, () => Promise<{file?: Blob, ending?: string, text?: string}>>} */
const listJobs = (ctx, ui, shown) => ({
  png: async () => ({ file: await drawPng(takePicture(ctx, ui, shown)), ending: "png" }),
  svg: async () => ({
    file: new Blob([writeSvg(takePicture(ctx, ui, shown))], { type: "image/svg+xml" }),
    ending: "svg",
  }),
  csv: async () => ({
    file: new Blob([writeCsv(listValues(ctx, listShown(ctx, shown.scene().lit)))], {
      type: "text/csv;charset=utf-8",
    }),
    ending: "csv",
  }),
  link: async () => ({ text: linkOf(ctx) }),
  state: async () => ({ text: formatState(ctx.state) }),
  finding: async () => {
    const finding = ctx.model.finding(ctx.state.gap);
    return { text: finding ? tellFinding(ctx, finding, linkOf(ctx)) : "" };
  },
});

/** @param {Ctx} ctx @returns {string} the address of this view, in this copy of the page */
const linkOf = ({ state }) => location.href.replace(/#.*$/s, "") + formatState(state);

/** Does a job and says how it went; what cannot be copied is shown, to be copied by hand. @param {Ctx} ctx @param {Ui} ui @param {Shown} shown @param {string} job */
async function doJob(ctx, ui, shown, job) {
  const { say } = ctx;
  try {
    const { file, ending = "", text = "" } = await listJobs(ctx, ui, shown)[job]();
    if (file) {
      const name = nameFile(ctx, ending);
      saveBlob(file, name);
      return tell(ui, shown, say("page.export-saved", { name }));
    }
    if (await copyText(text)) return tell(ui, shown, say("page.export-copied"));
    showText(ctx, text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    tell(ui, shown, say("page.export-failed", { reason }));
  }
}

/** @param {Ui} ui @param {Shown} shown @param {string} text */
function tell(ui, shown, text) {
  const line = ui.tools.querySelector(".told");
  if (line) line.textContent = text;
  shown.say(text);
}

/** @param {Ctx} ctx @param {string} text that the browser did not let us copy */
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

/** @param {Ctx} ctx @param {Ui} ui @param {Shown} shown */
export function renderTools(ctx, ui, shown) {
  const { say, state } = ctx;
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
        { type: "button", "data-job": job, click: () => doJob(ctx, ui, shown, job) },
        say(`page.export-${job}`),
      ),
    );
  const menu = el(
    "div",
    { id: "export-menu", role: "group", "aria-label": say("page.export"), hidden: !open },
    el("h2", {}, say("page.export-save")),
    el("ul", {}, item("png"), item("svg"), item("csv"), el("li", {}, printButton(ctx))),
    el("h2", {}, say("page.export-copy")),
    el("ul", {}, item("link"), item("state"), state.gap ? item("finding") : null),
    el("h2", { id: "theme-title" }, say("page.theme")),
    themeChoice(ctx, shown),
    el("p", { class: "told", "aria-hidden": "true" }),
  );
  const button = el(
    "button",
    {
      type: "button",
      id: "export",
      "aria-expanded": String(open),
      "aria-controls": "export-menu",
      click: () => setMenu(ui, Boolean(menu.hidden)),
    },
    say("page.export"),
  );
  const help = el(
    "button",
    {
      type: "button",
      id: "help",
      title: say("page.help"),
      "aria-label": say("page.help"),
      click: () => openHelp(ctx),
    },
    "?",
  );
  ui.tools.replaceChildren(button, menu, help);
}

/** @param {Ctx} ctx */
const printButton = ({ say }) =>
  el("button", { type: "button", "data-job": "print", click: () => print() }, say("page.export-print"));

/** @param {Ctx} ctx @param {Shown} shown */
function themeChoice({ say }, shown) {
  const now = recallTheme();
  /** @param {Theme} theme */
  const choose = (theme) => {
    remember("theme", theme);
    applyTheme(theme);
    shown.again();
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
