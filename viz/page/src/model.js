/** The payload with its indices: who offers what, who is tied to whom, which gap touches which thing. */

/** @import { Filters } from "./filters.js" */
/** @import { Codes, Left } from "./sieve.js" */
/** @import { Cell, Finding, Label, Lang, Need, Payload, Vendor } from "./types.js" */
import { Chain } from "./phi.js";
import { Tally, makeCodes, sift, siftCells } from "./sieve.js";
import { pickName } from "./text.js";

/**
 * Which rows of a table point at each thing.
 * @template T
 * @param {number} size how many things
 * @param {T[]} rows
 * @param {(row: T) => number|undefined|readonly number[]} point what a row points at
 * @returns {number[][]} positions of rows, in order
 */
function indexRows(size, rows, point) {
  /** @type {number[][]} */
  const index = new Array(size);
  /** @param {number} at @param {number} row */
  const add = (at, row) => {
    const list = index[at];
    if (list) list.push(row);
    else index[at] = [row];
  };
  rows.forEach((row, i) => {
    const at = point(row);
    if (typeof at === "number") add(at, i);
    else at?.forEach((one) => add(one, i));
  });
  return index;
}

/** @type {number[]} */
const NONE = [];

export class Model {
  /** @param {Payload} payload */
  constructor(payload) {
    this.data = payload;
    /** @type {{at: number, today: Model}|null} which day of the past it is of, and the model of today */
    this.then = null;
    const { components, vendors, offers, relations, requires, segments, findings, listed } = payload;
    this._offersOf = indexRows(vendors.length, offers, (offer) => offer.v);
    this._offersAt = indexRows(components.length, offers, (offer) => offer.c);
    this._relations = indexRows(vendors.length, relations, ({ from, to }) =>
      from === to ? from : [from, to],
    );
    this._members = indexRows(vendors.length, vendors, (vendor) => vendor.head);
    this._inside = indexRows(segments.length, components, (component) => component.segment);
    this._listed = indexRows(vendors.length, listed, (row) => row.v);
    this._rootOf = indexRows(components.length, findings, (finding) => finding.roots);
    this._cutOf = indexRows(vendors.length, findings, (finding) => finding.vendors);
    /** @type {Map<string, number[]>} */
    this._needs = new Map();
    /** @type {Map<string, number[]>} */
    this._neededBy = new Map();
    requires.forEach((need, i) => {
      for (const [map, [kind, at]] of /** @type {[Map<string, number[]>, Need["from"]][]} */ ([
        [this._needs, need.from],
        [this._neededBy, need.to],
      ])) {
        const key = `${kind}:${at}`;
        const rows = map.get(key);
        if (rows) rows.push(i);
        else map.set(key, [i]);
      }
    });
    /** @type {Chain|undefined} */
    this._chain = undefined;
    /** @type {string|undefined} */
    this._asked = undefined;
    /** @type {import("./phi.js").Answer|null|undefined} */
    this._loss = undefined;
    /** @type {Map<string, string>|null} kind:id -> kind:index; made when first asked for */
    this._keys = null;
    /** @type {Codes|null} made when first filtered */
    this._codes = null;
    /** @type {Left|null} what the filters leave; null: everything */
    this.left = null;
    /** @type {Tally|null} */
    this._tally = null;
    /** @type {Model} the graph without filters */
    this.whole = this;
  }

  /** @param {Filters} filters @returns {Left} what they leave of the whole graph */
  sift(filters) {
    const { vendors, components } = this.data;
    this.whole._codes ??= makeCodes(this.data);
    return sift(this.whole._codes, filters, { vendors: vendors.length, components: components.length });
  }

  /**
   * The same graph, of which only the offers are seen that the filters leave. Requirements and gaps are those of the whole.
   * @param {Left} left @returns {Model}
   */
  through(left) {
    /** @type {Model} */
    const seen = Object.assign(Object.create(Model.prototype), this.whole);
    seen.left = left;
    seen._tally = new Tally(left);
    return seen;
  }

  /** @param {number[]} rows of offers @returns {number[]} those that are seen */
  _seen(rows) {
    const { left } = this;
    return left ? rows.filter((row) => left.keep[row]) : rows;
  }

  /** What can be had, compiled when first asked for. */
  get chain() {
    const { whole } = this;
    whole._chain ??= new Chain(this.data);
    return whole._chain;
  }

  /** @param {readonly string[]} lost ids that are taken away @returns {import("./phi.js").Answer|null} null if none is */
  lossOf(lost) {
    const asked = lost.join(" ");
    if (this._asked !== asked) [this._asked, this._loss] = [asked, lost.length ? this.chain.ask(lost) : null];
    return this._loss ?? null;
  }

  /** @param {number} v */
  offersOf(v) {
    return this._seen(this._offersOf[v] ?? NONE);
  }
  /** @param {number} c */
  offersAt(c) {
    return this._seen(this._offersAt[c] ?? NONE);
  }
  /** @param {number} v its ties, those with firms that are seen */
  relationsOf(v) {
    const rows = this._relations[v] ?? NONE;
    if (!this.left) return rows;
    const { relations } = this.data;
    return rows.filter((row) => this.seesVendor(relations[row][relations[row].from === v ? "to" : "from"]));
  }
  /** @param {{counted: boolean}} offer whether its firm is counted; of statuses that the reader chose, every one is */
  counts({ counted }) {
    return counted || Boolean(this.left?.filters.status.length);
  }
  /** @param {number} c whether a statement about it is seen */
  seesComponent(c) {
    return !this.left || this.left.parts[c] === 1;
  }
  /** @param {number} v whether a statement about it is seen; of a firm without any, whether its country and owner are */
  seesVendor(v) {
    if (!this.left || this.left.firms[v]) return true;
    if (this._offersOf[v]) return false;
    const { codes, filters } = this.left;
    const { country, owner, ...rest } = filters;
    /** @param {string[]} chosen @param {string} id */
    const fits = (chosen, id) => !chosen.length || chosen.includes(id);
    return (
      Object.values(rest).every((chosen) => chosen === null || !chosen.length) &&
      fits(country, codes.country.ids[codes.country.of[v]]) &&
      fits(owner, this.data.vendors[this.headOf(v)].id)
    );
  }
  /** @param {number} c @returns {Record<string, Cell>} who offers it, by country */
  cellsOf(c) {
    const { cells } = this.data.components[c];
    if (!this._tally) return cells;
    return siftCells(cells, this.data.meta.pair, this._tally.count([this._offersAt[c] ?? NONE]));
  }
  /** @param {number} v firms whose ultimate owner it is */
  membersOf(v) {
    return this._members[v] ?? NONE;
  }
  /** @param {number} s components of a segment */
  inside(s) {
    return this._inside[s] ?? NONE;
  }
  /** @param {number} v */
  listedOf(v) {
    return this._listed[v] ?? NONE;
  }
  /** @param {string} key */
  needs(key) {
    return this._needs.get(key) ?? NONE;
  }
  /** @param {string} key */
  neededBy(key) {
    return this._neededBy.get(key) ?? NONE;
  }
  /** @param {number} c findings whose root it is, best rank first */
  gapsAt(c) {
    return this._rootOf[c] ?? NONE;
  }
  /** @param {number} v findings whose cut holds it */
  gapsOf(v) {
    return this._cutOf[v] ?? NONE;
  }

  /** @param {string|null} id "component:server" @returns {string|null} "component:21", or null if the data has none */
  keyOf(id) {
    if (!id) return null;
    if (this.whole !== this) return this.whole.keyOf(id);
    if (!this._keys) {
      this._keys = new Map();
      for (const kind of /** @type {const} */ (["layer", "segment", "component", "vendor", "solution"])) {
        const rows =
          this.data[/** @type {"layers"|"segments"|"components"|"vendors"|"solutions"} */ (`${kind}s`)];
        for (let i = 0; i < rows.length; i++) this._keys.set(`${kind}:${rows[i].id}`, `${kind}:${i}`);
      }
    }
    return this._keys.get(id) ?? null;
  }

  /** @param {string} key "component:21" @returns {string} "component:server" */
  idOf(key) {
    const [kind, at] = split(key);
    return `${kind}:${this.row(key)?.id ?? at}`;
  }

  /** @param {string} key @returns {any} the row of a table */
  row(key) {
    const [kind, at] = split(key);
    const table = /** @type {any} */ (this.data)[`${kind}s`];
    return Array.isArray(table) ? table[at] : undefined;
  }

  /** @param {string} key @param {Lang} lang @returns {Label} */
  name(key, lang) {
    const row = this.row(key);
    return pickName(row?.names, lang, row?.id ?? key);
  }

  /** @param {string} code @param {Lang} lang @returns {Label} */
  country(code, lang) {
    return pickName(this.data.countries[code], lang, code);
  }

  /** @param {number} v the firm that names its group */
  headOf(v) {
    return this.data.vendors[v].head ?? v;
  }

  /** @param {string} country @returns {0|1|2} first of the pair, second, or a third country */
  sideOf(country) {
    const side = this.data.meta.pair.indexOf(country);
    return /** @type {0|1|2} */ (side < 0 ? 2 : side);
  }

  /** @param {string|null} id @returns {Finding|null} */
  finding(id) {
    return (id && this.data.findings.find((f) => f.id === id)) || null;
  }

  /**
   * Name of the unit that a finding is about.
   * @param {Finding} finding
   * @param {Lang} lang
   * @returns {Label|null} null where nobody offers the root
   */
  member(finding, lang) {
    if (finding.member === null) return null;
    if (finding.unit === "country" || finding.unit === "owner") return this.country(finding.member, lang);
    const key = this.keyOf(`vendor:${finding.member}`);
    return key ? this.name(key, lang) : { text: finding.member, lang: "en" };
  }

  /**
   * Distinct vendors with counted offers in some components, by side of the pair.
   * @param {Iterable<number>} components
   * @param {Uint8Array} [gone] vendors that do not count
   * @returns {[number, number, number]}
   */
  countVendors(components, gone) {
    if (this._tally)
      return this._tally.count(
        Array.from(components, (c) => this._offersAt[c] ?? NONE),
        gone,
      ).vendors;
    /** @type {[Set<number>, Set<number>, Set<number>]} */
    const sets = [new Set(), new Set(), new Set()];
    for (const c of components) {
      for (const row of this.offersAt(c)) {
        const offer = this.data.offers[row];
        if (offer.counted && !gone?.[offer.v])
          sets[this.sideOf(this.data.vendors[offer.v].country)].add(offer.v);
      }
    }
    return [sets[0].size, sets[1].size, sets[2].size];
  }

  /** @param {number} layer @returns {number[]} */
  componentsOfLayer(layer) {
    return this.data.segments.flatMap((s, i) => (s.layer === layer ? this.inside(i) : NONE));
  }
}

/** @param {string} key @returns {[string, number]} */
export function split(key) {
  const colon = key.indexOf(":");
  return [key.slice(0, colon), Number(key.slice(colon + 1))];
}

/** Vendors in one order everywhere: counted first, groups together, then by name and id.
 * @param {Model} model
 * @returns {(a: {v: number, counted: boolean}, b: {v: number, counted: boolean}) => number}
 */
export function compareVendors(model) {
  const { vendors } = model.data;
  /** @param {Vendor} v */
  const key = (v) => (v.names.en ?? v.id).toLowerCase();
  /** @param {string} a @param {string} b */
  const cmp = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  return (a, b) =>
    Number(b.counted) - Number(a.counted) ||
    cmp(key(vendors[model.headOf(a.v)]), key(vendors[model.headOf(b.v)])) ||
    cmp(key(vendors[a.v]), key(vendors[b.v])) ||
    cmp(vendors[a.v].id, vendors[b.v].id);
}

/** The mark that a finding gets: shape first, colour second. @param {Finding} f */
export function glyphOf(f) {
  if (f.kind === "uncovered") return "uncovered";
  if (f.kind === "dominant") return "dominant";
  return f.verdict;
}

/** Verdicts and kinds from most to least grave. */
export const GLYPHS = ["confirmed", "apparent", "uncovered", "fragile", "dominant"];
