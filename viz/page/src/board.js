/** What every table of a page does: its columns sort, and its body grows by a button. */

/** @import { Say } from "./boxes.js" */
/** @import { Child } from "./dom.js" */
import { el } from "./dom.js";

/**
 * @typedef {{id: string, title: string, number: boolean}} Heading a column of numbers has its largest first
 * @typedef {{by: string, down: boolean}} Sort kept between drawings
 */

/**
 * Order of the rows for a column; rows that are equal there keep the order of the data.
 * @param {(string|number)[]} values @param {boolean} down @param {string} locale
 */
export function sortRows(values, down, locale) {
  const collator = new Intl.Collator(locale, { numeric: true });
  return values
    .map((value, row) => ({ value, row }))
    .sort((a, b) => {
      const order =
        typeof a.value === "number" && typeof b.value === "number"
          ? a.value - b.value
          : collator.compare(String(a.value), String(b.value));
      return (down ? -order : order) || a.row - b.row;
    })
    .map(({ row }) => row);
}

/**
 * A cell of the table's head: pressed, it sorts by its column, and pressed again, the other way round.
 * @param {Heading} column @param {string} look its class @param {Child} text
 * @param {{say: Say, sort: Sort, host: HTMLElement, again: () => void}} board `again` draws the table anew into `host`
 */
export function makeHeading({ id, title, number }, look, text, { say, sort, host, again }) {
  const here = id === sort.by;
  const press = () => {
    sort.down = here ? !sort.down : number;
    sort.by = id;
    again();
    /** @type {HTMLElement|null} */ (host.querySelector(`[data-column="${CSS.escape(id)}"] button`))?.focus();
  };
  return el(
    "th",
    {
      scope: "col",
      class: look,
      "data-column": id,
      "aria-sort": here ? (sort.down ? "descending" : "ascending") : "none",
    },
    el(
      "button",
      { type: "button", title: say("page.table-sort", { column: title }), click: press },
      text,
      el("span", { class: "arrow", "aria-hidden": "true" }, here ? (sort.down ? " ▾" : " ▴") : ""),
    ),
  );
}

/**
 * The body of a table with its first rows, and the button that shows more of them.
 * @param {number[]} rows @param {number} page how many at a time
 * @param {(row: number) => HTMLElement} make @param {(n: number) => string} sayMore of rows that are not shown
 */
export function makeBody(rows, page, make, sayMore) {
  const body = el("tbody");
  let shown = 0;
  const more = el("button", { type: "button", class: "more", click: () => grow() });
  const grow = () => {
    body.append(...rows.slice(shown, shown + page).map(make));
    shown = Math.min(rows.length, shown + page);
    more.textContent = sayMore(rows.length - shown);
    more.hidden = shown >= rows.length;
  };
  grow();
  return { body, more };
}
