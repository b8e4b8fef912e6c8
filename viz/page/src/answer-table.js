/** The tables of a result: its rows as the query returned them, its nodes, its relationships. */

/** @import { AnswerCtx, Cell, Listing } from "./answer-types.js" */
import { LISTINGS } from "./answer-model.js";
import { nodeButton, relButton, show } from "./answer-parts.js";
import { el } from "./dom.js";
import { sortRows } from "./table.js";
import { formatCount } from "./text.js";

const PAGE = 200;
const MOST_LETTERS = 24; // of a text whose column may be narrow

/**
 * @typedef {{id: string, title: string, number: boolean, wide?: boolean, rank: (row: number) => string|number, cell: (row: number) => Node|string}} Column
 * @typedef {{by: string, down: boolean}} Sort kept between drawings
 */

/** @param {AnswerCtx} ctx @param {HTMLElement} host @param {Sort} sort */
export function renderAnswerTable(ctx, host, sort) {
  const { answer, say, state, go, lang } = ctx;
  const { data } = answer;
  /** @type {Record<Listing, number>} */
  const counts = { rows: data.rows.length, nodes: data.nodes.length, rels: data.rels.length };
  const list = counts[state.list] ? state.list : "rows";
  const choices = LISTINGS.filter((one) => one === "rows" || counts[one]).map((one) =>
    el(
      "button",
      {
        type: "button",
        "aria-pressed": String(one === list),
        "data-list": one,
        click: () => go({ list: one }),
      },
      say(`result.list-${one}`),
      el("span", { class: "count" }, formatCount(counts[one], lang)),
    ),
  );
  const columns = { rows: listRowColumns, nodes: listNodeColumns, rels: listRelColumns }[list](ctx);
  host.replaceChildren(
    choices.length > 1
      ? el("div", { class: "lists", role: "group", "aria-label": say("result.lists") }, choices)
      : "",
    makeTable(
      ctx,
      columns,
      counts[list],
      say(`result.caption-${list}`),
      sort,
      () => renderAnswerTable(ctx, host, sort),
      host,
    ),
    counts[list] ? "" : el("p", { class: "empty" }, say("result.empty")),
  );
}

/** @param {AnswerCtx} ctx @returns {Column[]} */
function listRowColumns(ctx) {
  const { answer, lang } = ctx;
  const { columns, rows } = answer.data;
  return columns.map((title, place) => ({
    id: `c${place}`,
    title,
    number: answer.isNumeric(place),
    wide: rows.some((row) => isLong(row[place])),
    rank: (row) => answer.rank(rows[row][place], lang),
    cell: (row) => show(ctx, rows[row][place]),
  }));
}

/** @param {Cell} cell */
const isLong = (cell) =>
  cell !== null &&
  (typeof cell === "string" ? cell.length > MOST_LETTERS : !("n" in cell || "k" in cell || "t" in cell));

/** @param {AnswerCtx} ctx @returns {Column[]} */
function listNodeColumns(ctx) {
  const { answer, lang, say } = ctx;
  const { nodes } = answer.data;
  return [
    {
      id: "name",
      title: say("result.column-node"),
      number: false,
      wide: true,
      rank: (i) => answer.name(i, lang).text,
      cell: (i) => nodeButton(ctx, i),
    },
    {
      id: "labels",
      title: say("result.column-labels"),
      number: false,
      rank: (i) => answer.labelsOf(i),
      cell: (i) => el("bdi", {}, answer.labelsOf(i)),
    },
    {
      id: "id",
      title: "id",
      number: false,
      rank: (i) => nodes[i].id,
      cell: (i) => el("bdi", {}, nodes[i].id),
    },
    {
      id: "degree",
      title: say("result.list-rels"),
      number: true,
      rank: (i) => answer.relsOf[i].length,
      cell: (i) => formatCount(answer.relsOf[i].length, lang),
    },
  ];
}

/** @param {AnswerCtx} ctx @returns {Column[]} */
function listRelColumns(ctx) {
  const { answer, lang, say } = ctx;
  const { rels, types } = answer.data;
  /** @param {"a"|"b"} end @param {string} key @returns {Column} */
  const node = (end, key) => ({
    id: end,
    title: say(key),
    number: false,
    wide: true,
    rank: (i) => answer.name(rels[i][end], lang).text,
    cell: (i) => nodeButton(ctx, rels[i][end]),
  });
  return [
    node("a", "result.column-start"),
    {
      id: "type",
      title: say("result.column-type"),
      number: false,
      rank: (i) => types[rels[i].t].name,
      cell: (i) => relButton(ctx, i, types[rels[i].t].name),
    },
    node("b", "result.column-end"),
    {
      id: "properties",
      title: say("result.properties"),
      number: false,
      wide: true,
      rank: (i) => rels[i].props.length,
      cell: (i) => show(ctx, { m: rels[i].props }),
    },
  ];
}

/**
 * @param {AnswerCtx} ctx @param {Column[]} columns @param {number} count @param {string} caption @param {Sort} sort
 * @param {() => void} again @param {HTMLElement} host
 */
function makeTable({ say, lang, state }, columns, count, caption, sort, again, host) {
  const by = columns.find((column) => column.id === sort.by);
  const plainOrder = Array.from({ length: count }, (_, row) => row);
  const rows = by
    ? sortRows(plainOrder.map(by.rank), sort.down, lang === "zh" ? "zh-Hant" : lang)
    : plainOrder;
  const head = columns.map((column) => {
    const here = column === by;
    const button = el(
      "button",
      {
        type: "button",
        title: say("page.table-sort", { column: column.title }),
        click: () => {
          sort.down = here ? !sort.down : column.number;
          sort.by = column.id;
          again();
          /** @type {HTMLElement|null} */ (
            host.querySelector(`[data-column="${column.id}"] button`)
          )?.focus();
        },
      },
      el("bdi", {}, column.title),
      el("span", { class: "arrow", "aria-hidden": "true" }, here ? (sort.down ? " ▾" : " ▴") : ""),
    );
    return el(
      "th",
      {
        scope: "col",
        class: column.number ? "number" : "",
        "data-column": column.id,
        "aria-sort": here ? (sort.down ? "descending" : "ascending") : "none",
      },
      button,
    );
  });
  const body = el("tbody");
  let shown = 0;
  const more = el("button", { type: "button", class: "more", click: () => grow() });
  const grow = () => {
    body.append(
      ...rows.slice(shown, shown + PAGE).map((row) =>
        el(
          "tr",
          { "data-row": row },
          columns.map((column) =>
            el("td", { class: column.number ? "number" : column.wide ? "text" : "" }, column.cell(row)),
          ),
        ),
      ),
    );
    shown = Math.min(rows.length, shown + PAGE);
    more.textContent = say("page.table-more", { n: formatCount(rows.length - shown, lang) });
    more.hidden = shown >= rows.length;
  };
  grow();
  return el(
    "div",
    { "data-listing": state.list },
    el(
      "table",
      { class: "board answer" },
      el("caption", {}, caption),
      el("thead", {}, el("tr", {}, head)),
      body,
    ),
    more,
  );
}
