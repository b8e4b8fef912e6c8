/** What the filters leave, worked out in one pass over columns of numbers that are made once. Pure functions. */

/** @import { Filters, Kind } from "./filters.js" */
/** @import { Cell, Payload } from "./types.js" */
import { KINDS, isSince } from "./filters.js";
import { countryOf } from "./phi.js";

/** A role or status that nobody has stated, and the layer of what lies across all layers, as fragments name them. */
export const UNKNOWN = "unknown";
export const ACROSS = "*";

/** Rows of one kind as numbers, and what the numbers stand for. @typedef {{ids: string[], place: Map<string, number>, of: Uint8Array|Uint16Array|Uint32Array}} Code */
/**
 * The statements of a payload: firm and component of each, whether it is counted, and a code for each kind and the date.
 * `side`, `head` and `country` are of firms.
 * @typedef {{size: number, v: Uint32Array, c: Uint32Array, counted: Uint8Array, axes: Record<Axis, Code>, side: Uint8Array, head: Uint32Array,
 *   country: Code}} Codes
 * @typedef {Kind|"date"} Axis
 */

/** @type {readonly Axis[]} */
export const AXES = [...KINDS, "date"];

/** The narrowest column that holds the numbers below a limit. @param {number} limit @param {number} size */
const makeColumn = (limit, size) =>
  limit <= 1 << 8 ? new Uint8Array(size) : limit <= 1 << 16 ? new Uint16Array(size) : new Uint32Array(size);

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
  const of = makeColumn(place.size, size);
  of.set(wide);
  return { ids: [...place.keys()], place, of };
}

/** The code of what each row points at. @param {Code} code @param {Uint32Array} at @returns {Code} */
function lend({ ids, place, of }, at) {
  const lent = makeColumn(ids.length, at.length);
  for (let i = 0; i < at.length; i++) lent[i] = of[at[i]];
  return { ids, place, of: lent };
}

/** @param {Payload} payload @returns {Codes} */
export function makeCodes(payload) {
  const { offers, vendors, components, segments, layers, meta } = payload;
  const size = offers.length;
  const [v, c, counted] = [new Uint32Array(size), new Uint32Array(size), new Uint8Array(size)];
  /** @type {import("./types.js").Ev[]} each is read twice */
  const evs = new Array(size);
  for (let i = 0; i < size; i++) {
    const offer = offers[i];
    v[i] = offer.v;
    c[i] = offer.c;
    counted[i] = Number(offer.counted);
    evs[i] = offer.ev;
  }
  /** @param {number} at */
  const segmentOf = (at) => segments[components[at].segment];
  const head = new Uint32Array(vendors.length);
  for (let i = 0; i < head.length; i++) head[i] = vendors[i].head ?? i;
  const country = encode(vendors.length, (i) => countryOf(payload, i));
  const sides = country.ids.map((code) => (meta.pair.indexOf(code) + 3) % 3);
  /** @type {Record<Axis, Code>} */
  const axes = {
    layer: lend(
      encode(components.length, (i) => layers[segmentOf(i).layer ?? -1]?.id ?? ACROSS),
      c,
    ),
    segment: lend(
      encode(components.length, (i) => segmentOf(i).id),
      c,
    ),
    country: lend(country, v),
    owner: lend(
      encode(vendors.length, (i) => vendors[head[i]].id),
      v,
    ),
    role: encode(size, (i) => offers[i].role ?? UNKNOWN),
    status: encode(size, (i) => offers[i].status ?? UNKNOWN),
    evidence: encode(size, (i) => evs[i].kind),
    date: encode(size, (i) => evs[i].as_of ?? ""),
  };
  return {
    size,
    v,
    c,
    counted,
    axes,
    side: Uint8Array.from(country.of, (code) => sides[code]),
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

/** How many statements one choice leaves. @param {Left} left @param {Axis} axis @param {string} id */
export function countChoice({ codes, counts }, axis, id) {
  const at = codes.axes[axis].place.get(id);
  return at === undefined ? 0 : counts[AXES.indexOf(axis)][at];
}

/**
 * The choices of a kind that leave most statements, of which there may be very many.
 * @param {Left} left @param {Axis} axis @param {number} most @returns {string[]} the largest first, then by id
 */
export function topChoices({ codes, counts }, axis, most) {
  const { ids } = codes.axes[axis];
  const n = counts[AXES.indexOf(axis)];
  /** @type {number[]} */
  const top = [];
  /** @param {number} a @param {number} b */
  const before = (a, b) => n[b] - n[a] || (ids[a] < ids[b] ? -1 : 1);
  for (let at = 0; at < ids.length; at++) {
    if (!n[at] || (top.length === most && before(at, top[most - 1]) > 0)) continue;
    top.push(at);
    top.sort(before);
    if (top.length > most) top.pop();
  }
  return top.map((at) => ids[at]);
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
