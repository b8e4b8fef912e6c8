/** The tables of a result: its rows as the query returned them, its nodes, its relationships. */

/** @import { AnswerCtx, Cell, Listing } from "./answer-types.js" */
/** @import { Heading, Sort } from "./board.js" */
import { LISTINGS, chooseListing } from "./answer-model.js";
import { nodeButton, relButton, show } from "./answer-parts.js";
import { makeBody, makeHeading, sortRows } from "./board.js";
import { el } from "./dom.js";
import { HTML_LANG, formatCount } from "./text.js";

const PAGE = 200;
const MOST_LETTERS = 24; // of a text whose column may be narrow

/** @typedef {Heading & {wide?: boolean, rank: (row: number) => string|number, cell: (row: number) => Node|string}} Column */

/** @param {AnswerCtx} ctx @param {HTMLElement} host @param {Sort} sort */
export function renderAnswerTable(ctx, host, sort) {
  const { answer, say, state, go, lang } = ctx;
  const { data } = answer;
  /** @type {Record<Listing, number>} */
  const counts = { rows: data.rows.length, nodes: data.nodes.length, rels: data.rels.length };
  const list = chooseListing(answer, state.list);
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
  const rows = by ? sortRows(plainOrder.map(by.rank), sort.down, HTML_LANG[lang]) : plainOrder;
  const head = columns.map((column) =>
    makeHeading(column, column.number ? "number" : "", el("bdi", {}, column.title), {
      say,
      sort,
      host,
      again,
    }),
  );
  const { body, more } = makeBody(
    rows,
    PAGE,
    (row) => makeRow(columns, row),
    (n) => say("page.table-more", { n: formatCount(n, lang) }),
  );
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

/** @param {Column[]} columns @param {number} row */
const makeRow = (columns, row) =>
  el(
    "tr",
    { "data-row": row },
    columns.map(({ number, wide, cell }) =>
      el("td", { class: number ? "number" : wide ? "text" : "" }, cell(row)),
    ),
  );
