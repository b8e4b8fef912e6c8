/** The table: everything that the picture shows, for those who read rather than look. */

/** @import { Sort } from "./board.js" */
/** @import { Column, Listing } from "./listing-columns.js" */
/** @import { Ctx } from "./parts.js" */
/** @import { Lit } from "./types.js" */
import { makeBody, makeHeading, sortRows } from "./board.js";
import { el, glyph, named } from "./dom.js";
import { listShown } from "./listing.js";
import { glyphOf } from "./model.js";
import { evidence, thing } from "./parts.js";
import { HTML_LANG } from "./text.js";

const PAGE = 400;

/** @param {Ctx} ctx @param {HTMLElement} host @param {Sort} sort @param {Lit|null} [lit] */
export function renderTable(ctx, host, sort, lit = null) {
  const { lang, say } = ctx;
  const whole = listShown(ctx, lit);
  const { rows, caption } = whole;
  // a column that says nothing of any row takes room only; the file has it still
  const columns = whole.columns.filter((column) => rows.some((row) => hasSay(column, row)));
  const listing = { ...whole, columns };
  const by = columns.find((column) => column.id === sort.by);
  const order = by
    ? sortRows(
        rows.map((row) => orderOf(ctx, by, row)),
        sort.down,
        HTML_LANG[lang],
      )
    : [...rows.keys()];
  const board = { say, sort, host, again: () => renderTable(ctx, host, sort, lit) };
  const head = columns.map((column) =>
    makeHeading(
      { id: column.id, title: column.title, number: column.kind === "number" || column.kind === "gaps" },
      column.kind === "number" ? "number" : "",
      column.title,
      board,
    ),
  );
  const { body, more } = makeBody(
    order,
    PAGE,
    (i) => makeRow(ctx, listing, rows[i]),
    (n) => say("page.table-more", { n }),
  );
  host.setAttribute("aria-label", caption);
  host.replaceChildren(
    el("table", { class: "board" }, el("caption", {}, caption), el("thead", {}, el("tr", {}, head)), body),
    rows.length ? "" : el("p", { class: "empty" }, say("page.table-empty")),
    more,
  );
}

/** @param {Column<any>} column @param {any} row */
function hasSay(column, row) {
  if (column.kind === "number") return true;
  const value = column.of(row);
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

/** What a column sorts by. @param {Ctx} ctx @param {Column<any>} column @param {any} row @returns {string|number} */
function orderOf({ model, lang, say }, column, row) {
  if (column.kind === "number") return column.of(row) ?? -1;
  if (column.kind === "gaps") return -Math.min(...column.of(row), 1e9);
  if (column.kind === "text") return column.of(row);
  if (column.kind === "sources") {
    const ev = column.of(row);
    return ev ? `${say(`page.ev-${ev.kind}`)} ${ev.as_of ?? ""}` : "";
  }
  const key = column.of(row);
  return key ? model.name(key, lang).text : "";
}

/** @param {Ctx} ctx @param {Listing} listing @param {any} row */
function makeRow(ctx, { columns, keyOf }, row) {
  const title = columns.findLast(({ id }) => ["component", "vendor", "thing"].includes(id));
  // what is opened from the table opens as a table
  const stay = { ...ctx, go: (/** @type {any} */ change) => ctx.go({ ...change, view: "table" }) };
  const cells = columns.map((column) => {
    if (column.kind === "thing") {
      const key = column.of(row);
      const inside = key ? thing(stay, key) : "";
      return column === title
        ? el("th", { scope: "row" }, inside)
        : el("td", { class: `c-${column.id}` }, inside);
    }
    if (column.kind === "gaps")
      return el(
        "td",
        {},
        column.of(row).map((i) => gapButton(stay, i)),
      );
    if (column.kind === "text") return el("td", { class: `c-${column.id}` }, column.of(row));
    if (column.kind === "number") {
      const known = column.of(row) !== null;
      return el("td", { class: known ? "number" : "number muted" }, column.say(row));
    }
    const ev = column.of(row);
    return el("td", { class: "source" }, ev ? evidence(ctx, ev) : "");
  });
  return el("tr", { "data-key": keyOf(row) }, cells);
}

/** @param {Ctx} ctx @param {number} row */
function gapButton({ model, lang, say, go }, row) {
  const finding = model.data.findings[row];
  const member = model.member(finding, lang);
  return el(
    "button",
    {
      type: "button",
      class: "thing",
      click: () => go({ gap: finding.id, at: null, target: null, tab: "gaps" }),
    },
    glyph(glyphOf(finding)),
    member ? named(member) : say("page.mark-nobody"),
    el("span", { class: "muted" }, ` ${say(`verdict.${finding.verdict}`)}`),
  );
}
