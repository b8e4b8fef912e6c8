/** The payload with its indices: who offers what, who is tied to whom, which gap touches which thing. */

/** @import { Finding, Label, Lang, Need, Payload, Vendor } from "./types.js" */
import { Chain } from "./phi.js";
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
  }

  /** What can be had, compiled when first asked for. */
  get chain() {
    this._chain ??= new Chain(this.data);
    return this._chain;
  }

  /** @param {readonly string[]} lost ids that are taken away @returns {import("./phi.js").Answer|null} null if none is */
  lossOf(lost) {
    const asked = lost.join(" ");
    if (this._asked !== asked) [this._asked, this._loss] = [asked, lost.length ? this.chain.ask(lost) : null];
    return this._loss ?? null;
  }

  /** @param {number} v */
  offersOf(v) {
    return this._offersOf[v] ?? NONE;
  }
  /** @param {number} c */
  offersAt(c) {
    return this._offersAt[c] ?? NONE;
  }
  /** @param {number} v */
  relationsOf(v) {
    return this._relations[v] ?? NONE;
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
    if (!this._keys) {
      this._keys = new Map();
      for (const kind of /** @type {const} */ (["segment", "component", "vendor", "solution"])) {
        const rows = this.data[/** @type {"segments"|"components"|"vendors"|"solutions"} */ (`${kind}s`)];
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
