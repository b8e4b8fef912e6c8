/** What the filters leave, worked out in one pass over columns of numbers that are made once. Pure functions. */

/** @import { Filters, Kind } from "./filters.js" */
/** @import { Cell, Payload } from "./types.js" */
import { KINDS, isSince } from "./filters.js";
import { countryOf } from "./phi.js";

/** A role or status that nobody has stated, and the layer of what lies across all layers, as fragments name them. */
export const UNKNOWN = "unknown";
export const ACROSS = "*";

/** Rows of one kind as numbers, and what the numbers stand for. @typedef {{ids: string[], of: Uint8Array|Uint16Array|Uint32Array}} Code */
/**
 * The statements of a payload: firm and component of each, whether it is counted, and a code for each kind and the date.
 * `side` and `head` are of firms.
 * @typedef {{size: number, v: Uint32Array, c: Uint32Array, counted: Uint8Array, axes: Record<Axis, Code>, side: Uint8Array, head: Uint32Array,
 *   country: string[]}} Codes
 * @typedef {Kind|"date"} Axis
 */

/** @type {readonly Axis[]} */
export const AXES = [...KINDS, "date"];

/** @param {number} size @param {(i: number) => string} read @returns {Code} */
function encode(size, read) {
  /** @type {Map<string, number>} */
  const place = new Map();
  const wide = new Uint32Array(size);
  for (let i = 0; i < size; i++) {
    const id = read(i);
    const at = place.get(id) ?? place.size;
    if (at === place.size) place.set(id, at);
    wide[i] = at;
  }
  const of =
    place.size <= 1 << 8 ? Uint8Array.from(wide) : place.size <= 1 << 16 ? Uint16Array.from(wide) : wide;
  return { ids: [...place.keys()], of };
}

/** @param {Payload} payload @returns {Codes} */
export function makeCodes(payload) {
  const { offers, vendors, components, segments, layers, meta } = payload;
  const size = offers.length;
  const v = Uint32Array.from(offers, (offer) => offer.v);
  const c = Uint32Array.from(offers, (offer) => offer.c);
  const home = Uint32Array.from(components, ({ segment }) => segment);
  const head = Uint32Array.from(vendors, (vendor, i) => vendor.head ?? i);
  const country = vendors.map((_, i) => countryOf(payload, i));
  /** @type {Record<Axis, (i: number) => string>} */
  const read = {
    layer: (i) => layers[segments[home[c[i]]].layer ?? -1]?.id ?? ACROSS,
    segment: (i) => segments[home[c[i]]].id,
    country: (i) => country[v[i]],
    owner: (i) => vendors[head[v[i]]].id,
    role: (i) => offers[i].role ?? UNKNOWN,
    status: (i) => offers[i].status ?? UNKNOWN,
    evidence: (i) => offers[i].ev.kind,
    date: (i) => offers[i].ev.as_of ?? "",
  };
  return {
    size,
    v,
    c,
    counted: Uint8Array.from(offers, (offer) => Number(offer.counted)),
    axes: /** @type {Record<Axis, Code>} */ (
      Object.fromEntries(AXES.map((axis) => [axis, encode(size, read[axis])]))
    ),
    side: Uint8Array.from(country, (code) => (meta.pair.indexOf(code) + 3) % 3),
    head,
    country,
  };
}

/**
 * What is left: which statements, firms and components, how many of each, and for each kind how many statements each of its
 * choices would leave, the other kinds' choices kept.
 * @typedef {{codes: Codes, filters: Filters, keep: Uint8Array, firms: Uint8Array, parts: Uint8Array, statements: number, vendors: number,
 *   components: number, counts: Uint32Array[]}} Left
 */

/** Which codes a kind lets pass. @param {Codes} codes @param {Filters} filters @returns {Uint8Array[]} */
function allow({ axes }, filters) {
  return AXES.map((kind) => {
    const { ids } = axes[kind];
    if (kind === "date") {
      const { since } = filters;
      return Uint8Array.from(ids, (id) => Number(since === null || isSince(id, since)));
    }
    const chosen = new Set(filters[kind]);
    return Uint8Array.from(ids, (id) => Number(!chosen.size || chosen.has(id)));
  });
}

/**
 * @param {Codes} codes @param {Filters} filters @param {{vendors: number, components: number}} sizes of the tables
 * @returns {Left}
 */
export function sift(codes, filters, { vendors, components }) {
  const { size, v, c } = codes;
  const kinds = AXES.map((axis) => codes.axes[axis]);
  const open = allow(codes, filters);
  const counts = kinds.map(({ ids }) => new Uint32Array(ids.length));
  const keep = new Uint8Array(size);
  const [firms, parts] = [new Uint8Array(vendors), new Uint8Array(components)];
  let statements = 0;
  for (let i = 0; i < size; i++) {
    let shut = 0;
    let where = 0;
    for (let k = 0; k < kinds.length && shut < 2; k++)
      if (!open[k][kinds[k].of[i]]) {
        shut += 1;
        where = k;
      }
    if (shut === 1) counts[where][kinds[where].of[i]] += 1;
    if (shut) continue;
    for (let k = 0; k < kinds.length; k++) counts[k][kinds[k].of[i]] += 1;
    keep[i] = firms[v[i]] = parts[c[i]] = 1;
    statements += 1;
  }
  const total = (/** @type {Uint8Array} */ marks) => marks.reduce((sum, mark) => sum + mark, 0);
  return {
    codes,
    filters,
    keep,
    firms,
    parts,
    statements,
    vendors: total(firms),
    components: total(parts),
    counts,
  };
}

/**
 * How many statements each choice of a kind leaves, by id; those that leave none are there with 0.
 * @param {Left} left @param {Axis} axis @returns {Map<string, number>}
 */
export function choicesOf({ codes, counts }, axis) {
  const at = counts[AXES.indexOf(axis)];
  return new Map(codes.axes[axis].ids.map((id, i) => [id, at[i]]));
}

/** Statements that would be left from a date on. @param {Left} left @param {string} since */
export function countSince(left, since) {
  let sum = 0;
  for (const [date, n] of choicesOf(left, "date")) if (isSince(date, since)) sum += n;
  return sum;
}

/** Counts distinct firms and groups of the statements left, without a set for each question. */
export class Tally {
  /** @param {Left} left */
  constructor(left) {
    this.left = left;
    this.round = 0;
    this.firm = new Uint32Array(left.codes.side.length);
    this.group = new Uint32Array(left.codes.side.length * 3);
  }

  /**
   * Distinct firms and groups with a counted statement among some lists of them, by side of the pair. Where the reader chose
   * statuses, these are what counts.
   * @param {Iterable<readonly number[]>} lists positions of statements @param {Uint8Array} [gone] firms that do not count
   * @returns {{vendors: [number, number, number], groups: [number, number, number]}}
   */
  count(lists, gone) {
    const { codes, keep, filters } = this.left;
    const all = filters.status.length > 0;
    /** @type {[number, number, number]} */
    const vendors = [0, 0, 0];
    /** @type {[number, number, number]} */
    const groups = [0, 0, 0];
    this.round += 1;
    for (const rows of lists)
      for (const row of rows) {
        if (!keep[row] || !(all || codes.counted[row])) continue;
        const firm = codes.v[row];
        if (this.firm[firm] === this.round || gone?.[firm]) continue;
        this.firm[firm] = this.round;
        const side = codes.side[firm];
        vendors[side] += 1;
        const group = codes.head[firm] * 3 + side;
        if (this.group[group] === this.round) continue;
        this.group[group] = this.round;
        groups[side] += 1;
      }
    return { vendors, groups };
  }
}

/**
 * The cells of a component as the filters leave them. What is not known, or known to be none, stays so unless a statement is
 * left; where firms are known but the filters leave none of them, the state is "left out".
 * @param {Record<string, Cell>} cells @param {[string, string]} pair @param {ReturnType<Tally["count"]>} counted
 * @returns {Record<string, Cell>}
 */
export function siftCells(cells, pair, { vendors, groups }) {
  /** @type {Record<string, Cell>} */
  const sifted = {};
  for (const [side, code] of [...pair, "*"].entries()) {
    const cell = cells[code];
    if (!cell) continue;
    const state = vendors[side] ? "count" : cell.state === "count" ? "left out" : cell.state;
    sifted[code] = { vendors: vendors[side], groups: groups[side], state, level: cell.level };
  }
  return sifted;
}
