/** What the picture shows, as rows: for the table and for the file that a spreadsheet opens. Pure functions. */

/** @import { Column, Listing } from "./listing-columns.js" */
/** @import { Ctx } from "./parts.js" */
/** @import { Lit, Offer, Relation } from "./types.js" */
import { isGone } from "./boxes.js";
import { countColumns, countryColumn, offerColumns, periodColumn } from "./listing-columns.js";
import { listChain, listNeeds } from "./listing-steps.js";
import { split } from "./model.js";
import { formatCount, formatShare, sayPast } from "./text.js";

/**
 * @param {Ctx} ctx @param {Lit|null} lit what lights up, if anything
 * @returns {Listing}
 */
export function listShown(ctx, lit = null) {
  const { model, lang, say, state } = ctx;
  const key = model.keyOf(state.at);
  const [kind, at] = key ? split(key) : ["", -1];
  if (kind === "component") return listOffers(ctx, at);
  if (kind === "vendor") return listVendor(ctx, at);
  if (kind === "segment") {
    const caption = say("page.table-of-segment", { name: model.name(`segment:${at}`, lang).text });
    return listComponents(ctx, caption, seen(ctx, model.inside(at)));
  }
  if (kind === "layer") {
    const caption = say("page.table-of-segment", { name: model.name(`layer:${at}`, lang).text });
    return listComponents(ctx, caption, seen(ctx, model.componentsOfLayer(at)));
  }
  const finding = model.finding(state.gap);
  if (finding) return listChain(ctx, finding, lit);
  if (kind === "solution") return listNeeds(ctx, at);
  return listComponents(ctx, say("page.table-caption"), flowOrder(ctx));
}

/** Those that the filters leave. @param {Ctx} ctx @param {number[]} components */
const seen = ({ model }, components) => components.filter((c) => model.seesComponent(c));

/** Components in the order of layers and segments; security at the end. @param {Ctx} ctx */
function flowOrder(ctx) {
  const { model } = ctx;
  const { layers, segments } = model.data;
  const order = [...layers.keys(), null].flatMap((layer) =>
    segments.flatMap((s, i) => (s.layer === layer ? [i] : [])),
  );
  return order.flatMap((s) => seen(ctx, model.inside(s)));
}

/** @param {Ctx} ctx @param {string} caption @param {number[]} rows @returns {Listing<number>} */
function listComponents(ctx, caption, rows) {
  const { model, lang, say } = ctx;
  const { components, segments } = model.data;
  /** @param {number} c */
  const layer = (c) => segments[components[c].segment].layer;
  /** @param {number} c offers of firms that are still there */
  const left = (c) => model.offersAt(c).filter((i) => !isGone(ctx, model.data.offers[i].v));
  /** @param {number} c */
  const cited = (c) => left(c).filter((i) => model.data.offers[i].ev.kind === "cited").length;
  return {
    caption,
    rows,
    keyOf: (c) => `component:${c}`,
    columns: [
      {
        id: "layer",
        title: say("page.table-layer"),
        kind: "text",
        of: (c) => (layer(c) === null ? say("page.table-all") : model.name(`layer:${layer(c)}`, lang).text),
      },
      {
        id: "segment",
        title: say("page.table-segment"),
        kind: "thing",
        of: (c) => `segment:${components[c].segment}`,
      },
      { id: "component", title: say("page.table-component"), kind: "thing", of: (c) => `component:${c}` },
      ...countColumns(ctx, (/** @type {number} */ c) => c),
      { id: "gaps", title: say("page.table-gaps"), kind: "gaps", of: (c) => model.gapsAt(c) },
      {
        id: "cited",
        title: say("page.table-cited"),
        kind: "number",
        of: cited,
        say: (c) =>
          say("page.table-of", {
            n: formatCount(cited(c), lang),
            all: formatCount(left(c).length, lang),
          }),
      },
    ],
  };
}

/** @param {Ctx} ctx @param {number} c @returns {Listing<Offer>} */
function listOffers(ctx, c) {
  const { model, lang, say } = ctx;
  const { offers, vendors } = model.data;
  /** @param {Offer} offer */
  const head = ({ v }) => (model.headOf(v) === v ? null : `vendor:${model.headOf(v)}`);
  return {
    caption: say("page.table-of-component", { name: model.name(`component:${c}`, lang).text }),
    rows: model.offersAt(c).map((i) => offers[i]),
    keyOf: ({ v }) => `vendor:${v}`,
    columns: [
      { id: "vendor", title: say("page.is-vendor"), kind: "thing", of: ({ v }) => `vendor:${v}` },
      countryColumn(ctx, (/** @type {Offer} */ { v }) => vendors[v].country),
      { id: "owner", title: say("page.field-owner"), kind: "thing", of: head },
      ...offerColumns(ctx, (/** @type {Offer} */ offer) => offer),
      periodColumn(ctx, (/** @type {Offer} */ offer) => offer),
      {
        id: "counted",
        title: say("page.table-counted"),
        kind: "text",
        of: ({ v, counted }) =>
          say(isGone(ctx, v) ? "page.whatif-gone" : counted ? "page.table-yes" : "page.notcounted"),
        raw: ({ v, counted }) => (isGone(ctx, v) ? "removed" : String(counted)),
      },
      { id: "sources", title: say("page.table-sources"), kind: "sources", of: ({ ev }) => ev },
    ],
  };
}

/** @typedef {{tie: string, code: string, key: string, offer?: Offer, relation?: Relation}} Tie */

/**
 * Where an offer says its product, role and share, a relation says its particulars, the share held and the control.
 * @param {Ctx} ctx @param {Column<Tie>} column @returns {Column<Tie>}
 */
function tieColumn({ say, lang }, column) {
  if (column.kind !== "text" || column.id === "status") return column;
  const { of, raw } = column;
  /** @param {Relation} relation */
  const held = ({ share, control }) =>
    [
      share === undefined ? "" : say("page.share-held", { share: formatShare(share, lang) }),
      control ? say(`page.control-${control}`) : "",
    ]
      .filter(Boolean)
      .join(" · ");
  if (column.id === "product")
    return { ...column, title: say("page.table-detail"), of: (row) => row.relation?.detail ?? of(row) };
  return {
    ...column,
    of: (row) => (row.relation ? held(row.relation) : of(row)),
    raw: (row) => (row.relation ? held(row.relation) : raw?.(row)),
  };
}

/** @param {Ctx} ctx @param {number} v @returns {Listing<Tie>} */
function listVendor(ctx, v) {
  const { model, lang, say } = ctx;
  const { offers, relations, vendors } = model.data;
  /** @type {Tie[]} */
  const rows = [
    ...model.offersOf(v).map((i) => ({
      tie: say("page.offers"),
      code: "OFFERS",
      key: `component:${offers[i].c}`,
      offer: offers[i],
    })),
    ...model.relationsOf(v).map((i) => {
      const relation = relations[i];
      const way = relation.from === v ? "out" : "in";
      return {
        tie: say(`page.rel-${relation.type}-${way}`),
        code: `${relation.type}-${way}`,
        key: `vendor:${way === "out" ? relation.to : relation.from}`,
        relation,
      };
    }),
  ];
  /** @param {string} key of the other end */
  const gone = (key) => isGone(ctx, v) || (key.startsWith("vendor:") && isGone(ctx, split(key)[1]));
  return {
    caption: say("page.table-of-vendor", { name: model.name(`vendor:${v}`, lang).text }),
    rows,
    keyOf: ({ key }) => key,
    columns: [
      {
        id: "tie",
        title: say("page.table-tie"),
        kind: "text",
        of: ({ tie }) => tie,
        raw: ({ code }) => code,
      },
      { id: "thing", title: say("page.table-thing"), kind: "thing", of: ({ key }) => key },
      countryColumn(ctx, (/** @type {Tie} */ { key }) =>
        key.startsWith("vendor:") ? vendors[split(key)[1]].country : "",
      ),
      {
        id: "about",
        title: say("page.table-about"),
        kind: "thing",
        of: ({ relation }) => (relation?.c === undefined ? null : `component:${relation.c}`),
      },
      ...offerColumns(ctx, (/** @type {Tie} */ { offer }) => offer).map((column) => tieColumn(ctx, column)),
      periodColumn(ctx, (/** @type {Tie} */ { offer, relation }) => offer ?? relation ?? {}),
      {
        id: "counted",
        title: say("page.table-counted"),
        kind: "text",
        of: ({ key, offer, relation }) => {
          if (gone(key)) return say("page.whatif-gone");
          if (offer) return say(offer.counted ? "page.table-yes" : "page.notcounted");
          return say(relation?.in_force ? "page.table-yes" : sayPast(relation ?? {}));
        },
        raw: ({ key, offer, relation }) =>
          gone(key) ? "removed" : String(offer ? offer.counted : Boolean(relation?.in_force)),
      },
      {
        id: "sources",
        title: say("page.table-sources"),
        kind: "sources",
        of: ({ offer, relation }) => offer?.ev ?? relation?.ev ?? null,
      },
    ],
  };
}

const NAMES = /** @type {const} */ (["zh", "ja", "en"]);

/**
 * The rows as a file has them: headings that stay the same in every language, names in all three, ids, sources.
 * @param {Ctx} ctx @param {Listing} listing @returns {(string|number|null|undefined)[][]}
 */
export function listValues({ model }, { columns, rows }) {
  const heads = columns.flatMap(({ id, kind }) => {
    const name = id.replaceAll("-", "_");
    if (kind === "thing") return [`${name}_id`, ...NAMES.map((lang) => `${name}_${lang}`)];
    if (kind === "sources") return ["evidence", "source", "url", "as_of", "confidence", "note"];
    return [name];
  });
  /** @param {string|null} key */
  const name = (key) => {
    const row = key ? model.row(key) : undefined;
    return [row?.id, ...NAMES.map((lang) => row?.names[lang])];
  };
  return [
    heads,
    ...rows.map((row) =>
      columns.flatMap((column) => {
        if (column.kind === "thing") return name(column.of(row));
        if (column.kind === "gaps")
          return [
            column
              .of(row)
              .map((i) => model.data.findings[i].id)
              .join(" "),
          ];
        if (column.kind === "number") return [column.of(row)];
        if (column.kind === "text") return [column.raw ? column.raw(row) : column.of(row)];
        const ev = column.of(row);
        const source = ev?.s === undefined ? undefined : model.data.sources[ev.s];
        return [ev?.kind, source?.title, source?.url, ev?.as_of, ev?.conf, ev?.note];
      }),
    ),
  ];
}
