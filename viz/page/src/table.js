/** The table: everything of the first picture for those who read rather than look. */

/** @import { Heading, Sort } from "./board.js" */
/** @import { Ctx } from "./parts.js" */
import { makeBody, makeHeading, sortRows } from "./board.js";
import { el, glyph, named } from "./dom.js";
import { glyphOf } from "./model.js";
import { sayState, thing } from "./parts.js";
import { HTML_LANG, formatCount } from "./text.js";

const PAGE = 400;

/** @typedef {Heading & {of: (c: number) => string|number}} Column */

/** @param {Ctx} ctx @returns {Column[]} */
function listColumns({ model, lang, say }) {
  const { components, segments, meta } = model.data;
  /** @param {number} c */
  const segment = (c) => components[c].segment;
  /** @param {number} c */
  const layer = (c) => segments[segment(c)].layer;
  const cells = components.map((_, c) => model.cellsOf(c));
  /** @type {Column[]} */
  const columns = [
    {
      id: "layer",
      title: say("page.table-layer"),
      number: false,
      of: (c) => (layer(c) === null ? say("page.table-all") : model.name(`layer:${layer(c)}`, lang).text),
    },
    {
      id: "segment",
      title: say("page.table-segment"),
      number: false,
      of: (c) => model.name(`segment:${segment(c)}`, lang).text,
    },
    {
      id: "component",
      title: say("page.table-component"),
      number: false,
      of: (c) => model.name(`component:${c}`, lang).text,
    },
  ];
  for (const code of [...meta.pair, "*"]) {
    const name = code === "*" ? say("page.table-third") : model.country(code, lang).text;
    /** @param {number} c @param {"vendors"|"groups"} what */
    const count = (c, what) => {
      const cell = cells[c][code];
      return !cell || cell.state === "not known" ? -1 : cell[what];
    };
    columns.push({
      id: `${code}-vendors`,
      title: say("page.table-vendors", { country: name }),
      number: true,
      of: (c) => count(c, "vendors"),
    });
    if (code !== "*")
      columns.push({
        id: `${code}-groups`,
        title: `${name}: ${say("page.table-groups")}`,
        number: true,
        of: (c) => count(c, "groups"),
      });
  }
  columns.push({
    id: "gaps",
    title: say("page.table-gaps"),
    number: true,
    of: (c) => -Math.min(...model.gapsAt(c), 1e9),
  });
  return columns;
}

/** @param {Ctx} ctx @param {HTMLElement} host @param {Sort} sort */
export function renderTable(ctx, host, sort) {
  const { model, lang, say } = ctx;
  const columns = listColumns(ctx);
  const by = columns.find((column) => column.id === sort.by);
  const all = model.data.components.map((_, c) => c).filter((c) => model.seesComponent(c));
  const rows = by ? sortRows(all.map(by.of), sort.down, HTML_LANG[lang]) : flowOrder(ctx);
  const board = { say, sort, host, again: () => renderTable(ctx, host, sort) };
  const head = columns.map((column) =>
    makeHeading(column, column.number && column.id !== "gaps" ? "number" : "", column.title, board),
  );
  const { body, more } = makeBody(
    rows,
    PAGE,
    (c) => makeRow(ctx, columns, c),
    (n) => say("page.table-more", { n }),
  );
  host.replaceChildren(
    el(
      "table",
      { class: "board" },
      el("caption", {}, say("page.table-caption")),
      el("thead", {}, el("tr", {}, head)),
      body,
    ),
    more,
  );
}

/** Components in the order of layers and segments; security at the end. @param {Ctx} ctx */
function flowOrder({ model }) {
  const { layers, segments } = model.data;
  const order = [...layers.keys(), null].flatMap((layer) =>
    segments.flatMap((s, i) => (s.layer === layer ? [i] : [])),
  );
  return order.flatMap((s) => model.inside(s).filter((c) => model.seesComponent(c)));
}

/** @param {Ctx} ctx @param {Column[]} columns @param {number} c */
function makeRow(ctx, columns, c) {
  const { model, lang, say, go } = ctx;
  const component = model.data.components[c];
  const cells = columns.map((column) => {
    if (column.id === "component") return el("th", { scope: "row" }, thing(ctx, `component:${c}`));
    if (column.id === "segment") return el("td", {}, thing(ctx, `segment:${component.segment}`));
    if (column.id === "gaps") {
      const gaps = model.gapsAt(c).map((row) => {
        const finding = model.data.findings[row];
        const member = model.member(finding, lang);
        return el(
          "button",
          {
            type: "button",
            class: "thing",
            click: () => go({ gap: finding.id, at: null, target: null, tab: "gaps", view: "map" }),
          },
          glyph(glyphOf(finding)),
          member ? named(member) : say("page.mark-nobody"),
          el("span", { class: "muted" }, ` ${say(`verdict.${finding.verdict}`)}`),
        );
      });
      return el("td", {}, gaps);
    }
    const value = column.of(c);
    if (!column.number) return el("td", {}, String(value));
    const code = column.id.slice(0, column.id.lastIndexOf("-"));
    const known = Number(value) >= 0;
    const state = model.cellsOf(c)[code]?.state;
    const text = state === "count" ? formatCount(Number(value), lang) : say(sayState(state));
    return el("td", { class: known ? "number" : "number muted" }, text);
  });
  return el("tr", { "data-key": `component:${c}` }, cells);
}
