/** The elements of the page, without their texts. */

import { el } from "./dom.js";
import { watchTheme } from "./memory.js";

/** @typedef {ReturnType<typeof makeFrame>} Ui */

/**
 * The frame of the page, made once; texts are filled by render.
 * @param {{skip: () => void, sheet: () => void}} actions `skip` shows the table, for those who cannot use the picture
 */
export function makeFrame({ skip, sheet }) {
  const ui = {
    brand: el("h1", { id: "brand" }),
    languages: el("div", { id: "languages", role: "group" }),
    views: el("div", { id: "views", role: "group" }),
    filter: el("button", { type: "button", id: "filter", hidden: true, "aria-controls": "filters" }),
    tools: el("div", { id: "tools" }),
    days: el("div", { id: "days", role: "group" }),
    past: el("div", { id: "past", role: "status" }),
    scope: el("p", { id: "scope" }),
    filters: el("section", { id: "filters" }),
    path: el("nav", { id: "path" }),
    legend: el("div", { id: "legend", role: "group" }),
    canvas: el("div", { id: "canvas", tabindex: "0", role: "application" }),
    tip: el("div", { id: "tip", "aria-hidden": "true", hidden: true }),
    zoom: el("div", { id: "zoom" }),
    table: el("div", { id: "table", tabindex: "0", role: "region" }),
    tabs: el("div", { id: "tabs", role: "tablist" }),
    body: el("div", { id: "body", role: "tabpanel", tabindex: "0" }),
    handle: el("button", { type: "button", id: "handle", click: sheet }),
    live: el("div", { id: "live", role: "status", "aria-live": "polite" }),
    skip: el("a", {
      id: "skip",
      href: "#table",
      click: (/** @type {Event} */ event) => {
        event.preventDefault();
        skip();
        ui.table.focus();
      },
    }),
    finder: el("div"),
  };
  const map = el(
    "div",
    { id: "map" },
    el("div", { id: "frame", tabindex: "-1" }, ui.canvas),
    ui.zoom,
    ui.tip,
  );
  const panel = el("aside", { id: "panel" }, ui.handle, ui.tabs, ui.body);
  const bar = el("div", { id: "bar" }, ui.brand, ui.finder, ui.filter, ui.views, ui.tools, ui.languages);
  const work = el(
    "div",
    { id: "work" },
    el("main", { id: "stage" }, ui.past, ui.filters, ui.path, map, ui.table, ui.legend),
    panel,
  );
  document
    .getElementById("app")
    ?.replaceChildren(
      ui.skip,
      el("header", { id: "head" }, bar, el("div", { id: "about" }, ui.days, ui.scope)),
      work,
      ui.live,
    );
  return { ...ui, map, panel };
}

/**
 * Draws anew when the window turns narrow or wide, or the colours dark or light.
 * @param {() => void} render @returns {MediaQueryList} whether it is narrow
 */
export function watchScreen(render) {
  const narrow = matchMedia("(max-width: 900px)");
  narrow.addEventListener("change", render);
  watchTheme(render);
  return narrow;
}

/**
 * Draws anew when the window comes to hold a larger board; the sizes are those of `ROOMS` in layout.py.
 * @param {() => void} render @returns {() => import("./boxes.js").ScreenSize}
 */
export function watchSize(render) {
  const small = matchMedia("(max-width: 1349px)");
  const large = matchMedia("(min-width: 1860px) and (min-height: 960px)");
  const huge = matchMedia("(min-width: 2480px) and (min-height: 1290px)");
  for (const query of [small, large, huge]) query.addEventListener("change", render);
  return () => (small.matches ? "small" : huge.matches ? "huge" : large.matches ? "large" : "wide");
}
