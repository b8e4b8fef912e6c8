/** What the picture shows, as rows: for the table and for the file that a spreadsheet opens. Pure functions. */

/** @import { Ctx } from "./parts.js" */
/** @import { Ev, Lit, Offer, Relation, Witness } from "./types.js" */
import { split } from "./model.js";
import { sayState } from "./parts.js";
import { formatCount, formatPeriod, formatShare, sayPast } from "./text.js";
import { lightNeeds, listTargets, refKey } from "./witness.js";

/**
 * A column says what of a row it shows: a thing that opens, the gaps at it, what it rests on, a number, or words;
 * `raw` is what a file says instead of words in the reader's language.
 * @template T
 * @typedef {{id: string, title: string} & (
 *   {kind: "thing", of: (row: T) => string|null} |
 *   {kind: "gaps", of: (row: T) => number[]} |
 *   {kind: "sources", of: (row: T) => Ev|null} |
 *   {kind: "number", of: (row: T) => number|null, say: (row: T) => string} |
 *   {kind: "text", of: (row: T) => string, raw?: (row: T) => string|number|null|undefined}
 * )} Column
 */

/**
 * @template [T=any]
 * @typedef {{caption: string, columns: Column<T>[], rows: T[], keyOf: (row: T) => string}} Listing
 */

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

/**
 * Counts of a component by country. @template T
 * @param {Ctx} ctx @param {(row: T) => number} of the component of a row, or less than 0 @returns {Column<T>[]}
 */
function countColumns({ model, lang, say }, of) {
  const { components, meta } = model.data;
  /** @type {Map<number, ReturnType<typeof model.cellsOf>>} */
  const known = new Map();
  /** @param {number} c */
  const cells = (c) => {
    const found = known.get(c) ?? model.cellsOf(c);
    known.set(c, found);
    return found;
  };
  return [...meta.pair, "*"].flatMap((code) => {
    const name = code === "*" ? say("page.table-third") : model.country(code, lang).text;
    const id = code === "*" ? "third" : code;
    /** @param {"vendors"|"groups"} what @returns {Column<T>} */
    const column = (what) => {
      /** @param {T} row */
      const cell = (row) => (of(row) < 0 ? undefined : cells(of(row))[code]);
      return {
        id: `${id}-${what}`,
        title:
          what === "vendors"
            ? say("page.table-vendors", { country: name })
            : `${name}: ${say("page.table-groups")}`,
        kind: "number",
        of: (row) => {
          const found = cell(row);
          return found?.state === "count" || found?.state === "none" ? found[what] : null;
        },
        say: (row) => {
          const found = cell(row);
          if (of(row) < 0 || components[of(row)].virtual) return "–";
          return found?.state === "count" ? formatCount(found[what], lang) : say(sayState(found?.state));
        },
      };
    };
    return code === "*" ? [column("vendors")] : [column("vendors"), column("groups")];
  });
}

/** @param {Ctx} ctx @param {string} caption @param {number[]} rows @returns {Listing<number>} */
function listComponents(ctx, caption, rows) {
  const { model, lang, say } = ctx;
  const { components, segments } = model.data;
  /** @param {number} c */
  const layer = (c) => segments[components[c].segment].layer;
  /** @param {number} c */
  const cited = (c) => model.offersAt(c).filter((i) => model.data.offers[i].ev.kind === "cited").length;
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
            all: formatCount(model.offersAt(c).length, lang),
          }),
      },
    ],
  };
}

/** What an offer says of itself. @template T @param {Ctx} ctx @param {(row: T) => Offer|undefined} of @returns {Column<T>[]} */
function offerColumns({ say, lang }, of) {
  /** @param {Offer} offer */
  const share = ({ share: part, share_of, share_year }) => {
    if (part === undefined) return "";
    const text = formatShare(part, lang);
    const whole = share_of
      ? say("page.share-of", { share: text, of: share_of })
      : say("page.share", { share: text });
    return share_year ? `${whole} (${share_year})` : whole;
  };
  return [
    { id: "product", title: say("page.table-product"), kind: "text", of: (row) => of(row)?.product ?? "" },
    {
      id: "status",
      title: say("page.table-status"),
      kind: "text",
      of: (row) => (of(row) ? say(`status.${of(row)?.status ?? "unknown"}`) : ""),
      raw: (row) => (of(row) ? (of(row)?.status ?? "unknown") : ""),
    },
    {
      id: "role",
      title: say("page.table-role"),
      kind: "text",
      of: (row) => {
        const offer = of(row);
        if (!offer) return "";
        return [offer.role ? say(`page.role-${offer.role}`) : "", share(offer)].filter(Boolean).join(" · ");
      },
      raw: (row) => of(row)?.role,
    },
  ];
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
        of: ({ counted }) => say(counted ? "page.table-yes" : "page.notcounted"),
        raw: ({ counted }) => String(counted),
      },
      { id: "sources", title: say("page.table-sources"), kind: "sources", of: ({ ev }) => ev },
    ],
  };
}

/** @template T @param {Ctx} ctx @param {(row: T) => string} of a code, or nothing @returns {Column<T>} */
const countryColumn = ({ model, lang, say }, of) => ({
  id: "country",
  title: say("page.field-country"),
  kind: "text",
  of: (row) => (of(row) ? model.country(of(row), lang).text : ""),
  raw: of,
});

/** @template T @param {Ctx} ctx @param {(row: T) => {since?: string, until?: string}} of @returns {Column<T>} */
const periodColumn = ({ lang, say }, of) => ({
  id: "period",
  title: say("page.table-period"),
  kind: "text",
  of: (row) => formatPeriod(of(row), lang, say),
  raw: (row) => [of(row).since ?? "", of(row).until ?? ""].join("/").replace(/^\/$/, ""),
});

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
        of: ({ offer, relation }) =>
          offer
            ? say(offer.counted ? "page.table-yes" : "page.notcounted")
            : say(relation?.in_force ? "page.table-yes" : sayPast(relation ?? {})),
        raw: ({ offer, relation }) => String(offer ? offer.counted : Boolean(relation?.in_force)),
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

/** @typedef {{step: number, key: string, via?: number, root?: boolean, choice?: string}} Step */

/**
 * A chain as steps, from the target to the root; what is reached twice stands twice.
 * @param {Witness} witness @param {number} [step] @returns {Step[]}
 */
export function listSteps({ at, via, root, choice, children = [] }, step = 1) {
  return [
    { step, key: refKey(at), via, root, choice },
    ...children.flatMap((child) => listSteps(child, step + 1)),
  ];
}

/** @param {Ctx} ctx @param {import("./types.js").Finding} finding @param {Lit|null} lit @returns {Listing<Step>} */
function listChain(ctx, finding, lit) {
  const { model, lang, say, state } = ctx;
  const wanted = model.keyOf(state.target) ?? "";
  const target = Object.hasOwn(finding.witness, wanted) ? wanted : listTargets(finding)[0];
  const rows = target
    ? listSteps(finding.witness[target])
    : [...(lit?.roots ?? finding.roots.map((c) => `component:${c}`))].map((key) => ({
        step: 1,
        key,
        root: true,
      }));
  const name = model.member(finding, lang)?.text ?? say("page.gap-nobody");
  return listNeeded(ctx, say("page.table-of-gap", { name }), rows);
}

/** @param {Ctx} ctx @param {number} s @returns {Listing<Step>} */
function listNeeds(ctx, s) {
  const { model, lang, say } = ctx;
  const key = `solution:${s}`;
  const needs = model.needs(key);
  const drawn = lightNeeds(model, key).nodes;
  const rows = [
    { step: 1, key },
    ...needs.map((via) => ({ step: 2, key: refKey(model.data.requires[via].to), via })),
  ].filter((row) => drawn.has(row.key));
  return listNeeded(ctx, say("page.table-of-solution", { name: model.name(key, lang).text }), rows);
}

/** @param {Ctx} ctx @param {string} caption @param {Step[]} rows @returns {Listing<Step>} */
function listNeeded(ctx, caption, rows) {
  const { model, lang, say } = ctx;
  /** @param {Step} row */
  const need = ({ via }) => (via === undefined ? undefined : model.data.requires[via]);
  /** @param {Step} row */
  const component = ({ key }) => (key.startsWith("component:") ? split(key)[1] : -1);
  return {
    caption,
    rows,
    keyOf: ({ key }) => key,
    columns: [
      {
        id: "step",
        title: say("page.table-step"),
        kind: "number",
        of: ({ step }) => step,
        say: ({ step }) => formatCount(step, lang),
      },
      { id: "thing", title: say("page.table-thing"), kind: "thing", of: ({ key }) => key },
      {
        id: "need",
        title: say("page.table-need"),
        kind: "text",
        of: (row) => {
          const found = need(row);
          return [
            found ? say(`page.req-${found.kind}`) : "",
            found?.alt ? say("page.alt", { name: found.alt }) : "",
            found?.why ?? "",
            row.root ? say("page.gap-rootmark") : "",
          ]
            .filter(Boolean)
            .join(" · ");
        },
      },
      ...countColumns(ctx, component),
      {
        id: "gaps",
        title: say("page.table-gaps"),
        kind: "gaps",
        of: (row) => (component(row) < 0 ? [] : model.gapsAt(component(row))),
      },
      {
        id: "sources",
        title: say("page.table-sources"),
        kind: "sources",
        of: (row) => need(row)?.ev ?? null,
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
