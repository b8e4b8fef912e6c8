/** What may be chosen of each kind of filter, in which order, and how it is called. Pure functions. */

/** @import { View } from "./boxes.js" */
/** @import { Filters } from "./filters.js" */
/** @import { Axis, Left } from "./sieve.js" */
/** @import { Label, Payload } from "./types.js" */
import { ACROSS, UNKNOWN, choicesOf } from "./sieve.js";
import { formatDate } from "./text.js";

const STATUSES = ["volume", "limited", "pilot", "announced", "ended"];
const ROLES = ["leader", "established", "entrant"];
const EVIDENCE = ["cited", "report", "uncited"];

/** @type {Record<Axis, string>} */
const TITLES = {
  layer: "page.table-layer",
  segment: "page.table-segment",
  country: "page.field-country",
  owner: "page.filters-owner",
  role: "page.filters-role",
  status: "page.filters-status",
  evidence: "page.filters-evidence",
  date: "page.filters-date",
};

/** @param {Axis} kind @returns {string} the key of its title */
export const titleKind = (kind) => TITLES[kind];

/** @param {Payload} payload @param {string} id of a segment @returns {string} the id of its layer */
export function layerOf({ segments, layers }, id) {
  const segment = segments.find((one) => one.id === id);
  return layers[segment?.layer ?? -1]?.id ?? ACROSS;
}

/** Those of a fixed order first, then whatever else there is, then the unknown. @param {string[]} order @param {Iterable<string>} ids @param {boolean} unknown */
function inOrder(order, ids, unknown) {
  const rest = [...ids].filter((id) => id !== UNKNOWN && !order.includes(id)).sort();
  return [...order, ...rest, ...(unknown ? [UNKNOWN] : [])];
}

/**
 * What is offered to choose, chosen or not; of countries the pair first, then by number of statements in the whole graph.
 * @param {Payload} payload @param {Left} left @param {Filters} filters @param {Exclude<Axis, "date"|"owner">} kind
 * @returns {string[]}
 */
export function listChoices(payload, left, filters, kind) {
  const { layers, segments, meta } = payload;
  const counts = choicesOf(left, kind);
  if (kind === "layer")
    return [...layers.map(({ id }) => id), ...(segments.some(({ layer }) => layer === null) ? [ACROSS] : [])];
  if (kind === "segment")
    return segments
      .filter(({ id }) => !filters.layer.length || filters.layer.includes(layerOf(payload, id)))
      .map(({ id }) => id);
  if (kind === "country") {
    const totals = countAll(left, "country");
    const third = [...counts.keys()].filter((code) => !meta.pair.includes(code));
    third.sort((a, b) => (totals.get(b) ?? 0) - (totals.get(a) ?? 0) || (a < b ? -1 : 1));
    return [...meta.pair, ...third];
  }
  if (kind === "role") return inOrder(ROLES, counts.keys(), true);
  if (kind === "status") return inOrder(STATUSES, counts.keys(), true);
  return inOrder(EVIDENCE, counts.keys(), false);
}

/** @param {Left} left @param {Axis} axis @returns {Map<string, number>} statements of each choice in the whole graph */
function countAll({ codes }, axis) {
  const { ids, of } = codes.axes[axis];
  const totals = new Uint32Array(ids.length);
  for (let i = 0; i < codes.size; i++) totals[of[i]] += 1;
  return new Map(ids.map((id, i) => [id, totals[i]]));
}

/** The years of statements, newest first, and the date chosen if it is none of them. @param {Left} left @param {string|null} since */
export function listYears(left, since) {
  const years = new Set([...choicesOf(left, "date").keys()].filter(Boolean).map((date) => date.slice(0, 4)));
  if (since !== null) years.add(since);
  return [...years].sort().reverse();
}

/** @param {View} view @param {Axis} kind @param {string} id @returns {Label} */
export function labelChoice({ model, lang, say }, kind, id) {
  /** @param {string} key */
  const word = (key) => {
    const text = say(key);
    return { text: text === key ? id : text, lang };
  };
  if (kind === "date") return { text: say("page.filters-since", { date: formatDate(id, lang) }), lang };
  if (kind === "country") return model.country(id, lang);
  if (kind === "evidence") return word(`page.ev-${id}`);
  if (id === UNKNOWN && (kind === "status" || kind === "role")) return word("page.unknown");
  if (kind === "status") return word(`status.${id}`);
  if (kind === "role") return word(`page.role-${id}`);
  if (kind === "layer" && id === ACROSS) return word("page.table-all");
  if (kind === "layer") {
    const at = model.data.layers.findIndex((layer) => layer.id === id);
    return at < 0 ? { text: id, lang: "en" } : model.name(`layer:${at}`, lang);
  }
  const key = model.keyOf(`${kind === "owner" ? "vendor" : kind}:${id}`);
  return key ? model.name(key, lang) : { text: id, lang: "en" };
}
