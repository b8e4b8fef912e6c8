/** The payload with its indices: who offers what, who is tied to whom, which gap touches which thing. */

/** @import { Filters } from "./filters.js" */
/** @import { Codes, Left } from "./sieve.js" */
/** @import { Cell, Finding, Label, Lang, Payload, Vendor } from "./types.js" */
import { columnOf } from "./data.js";
import { Chain } from "./phi.js";
import { Tally, makeCodes, sift, siftCells } from "./sieve.js";
import { pickName } from "./text.js";

/** @typedef {(at: number) => number[]} Index positions of the rows that point at a thing, in order */

/**
 * Which rows of a table point at each thing; worked out when first asked for, in two arrays however many rows there are.
 * @param {number} size how many things
 * @param {() => {n: number, point: (row: number) => number|null|undefined|readonly number[]}} open how many rows, and what one points at
 * @returns {Index}
 */
function indexRows(size, open) {
  const starts = new Int32Array(size + 1);
  /** @type {Int32Array|null} */
  let items = null;
  /** @param {(row: number) => number|null|undefined|readonly number[]} point @param {number} row @param {(at: number) => void} add */
  const visit = (point, row, add) => {
    const at = point(row);
    if (typeof at === "number") add(at);
    else if (at) for (const one of at) add(one);
  };
  const build = () => {
    const { n, point } = open();
    for (let row = 0; row < n; row++) visit(point, row, (at) => (starts[at + 1] += 1));
    for (let at = 0; at < size; at++) starts[at + 1] += starts[at];
    const next = starts.slice(0, size);
    const found = new Int32Array(starts[size]);
    for (let row = 0; row < n; row++) visit(point, row, (at) => (found[next[at]++] = row));
    return found;
  };
  return (at) => {
    items ??= build();
    return at >= 0 && at < size ? Array.from(items.subarray(starts[at], starts[at + 1])) : [];
  };
}

/**
 * Requirements by one of their ends, such as "component:3".
 * @param {Payload} payload @param {"from"|"to"} end
 * @returns {(key: string) => number[]}
 */
function indexEnds(payload, end) {
  /** @param {string} label @param {string} table */
  const by = (label, table) =>
    indexRows(columnOf(payload, table, "id").n, () => {
      const { n, read } = columnOf(payload, "requires", end);
      return {
        n,
        point: (row) => {
          const [kind, at] = read(row);
          return kind === label ? at : null;
        },
      };
    });
  /** @type {Record<string, Index>} */
  const ends = { component: by("component", "components"), solution: by("solution", "solutions") };
  return (key) => {
    const [kind, at] = split(key);
    return ends[kind]?.(at) ?? NONE;
  };
}

/** @type {number[]} */
const NONE = [];

/** Counts vendors with counted offers; each one once, however many of the components it offers. */
class Counter {
  /** @param {Model} model */
  constructor(model) {
    this.model = model;
    this.vendor = columnOf(model.data, "offers", "v").read;
    this.counted = columnOf(model.data, "offers", "counted").read;
    const { n, read: country } = columnOf(model.data, "vendors", "country");
    this.side = Uint8Array.from({ length: n }, (_, v) => model.sideOf(country(v)));
    this.seen = new Int32Array(n); // in which count a vendor was last met
    this.turn = 0;
  }

  /** @param {Iterable<number>} components @param {Uint8Array} [gone] vendors that do not count @returns {[number, number, number]} */
  count(components, gone) {
    this.turn += 1;
    /** @type {[number, number, number]} */
    const sums = [0, 0, 0];
    for (const c of components)
      for (const row of this.model.offersAt(c)) {
        const v = this.vendor(row);
        if (!this.counted(row) || gone?.[v] || this.seen[v] === this.turn) continue;
        this.seen[v] = this.turn;
        sums[this.side[v]] += 1;
      }
    return sums;
  }
}

export class Model {
  /** @param {Payload} payload */
  constructor(payload) {
    this.data = payload;
    /** @type {{at: number, today: Model}|null} which day of the past it is of, and the model of today */
    this.then = null;
    /** @param {string} table @param {string} key */
    const by = (table, key) => () => {
      const { n, read } = columnOf(payload, table, key);
      return { n, point: read };
    };
    const vendors = columnOf(payload, "vendors", "country").n;
    const components = payload.components.length;
    this._offersOf = indexRows(vendors, by("offers", "v"));
    this._offersAt = indexRows(components, by("offers", "c"));
    this._relationsOf = indexRows(vendors, () => {
      const { n, read: from } = columnOf(payload, "relations", "from");
      const { read: to } = columnOf(payload, "relations", "to");
      return { n, point: (row) => (from(row) === to(row) ? from(row) : [from(row), to(row)]) };
    });
    /** firms whose ultimate owner it is */
    this.membersOf = indexRows(vendors, by("vendors", "head"));
    /** components of a segment */
    this.inside = indexRows(payload.segments.length, by("components", "segment"));
    this.listedOf = indexRows(vendors, by("listed", "v"));
    /** findings whose root it is, best rank first */
    this.gapsAt = indexRows(components, by("findings", "roots"));
    /** findings whose cut holds it */
    this.gapsOf = indexRows(vendors, by("findings", "vendors"));
    /** @type {Counter|null} */
    this._counter = null;
    this._needs = indexEnds(payload, "from");
    this._neededBy = indexEnds(payload, "to");
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
    return this._seen(this._offersOf(v));
  }
  /** @param {number} c */
  offersAt(c) {
    return this._seen(this._offersAt(c));
  }
  /** @param {number} v its ties, those with firms that are seen */
  relationsOf(v) {
    const rows = this._relationsOf(v);
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
    if (this._offersOf(v).length) return false;
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
    return siftCells(cells, this.data.meta.pair, this._tally.count([this._offersAt(c)]));
  }
  /** @param {string} key */
  needs(key) {
    return this._needs(key);
  }
  /** @param {string} key */
  neededBy(key) {
    return this._neededBy(key);
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
    // Most often one of the firms of the cut: no need to know where every id is.
    const among = finding.vendors.find((v) => this.data.vendors[v]?.id === finding.member);
    const key = among === undefined ? this.keyOf(`vendor:${finding.member}`) : `vendor:${among}`;
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
        Array.from(components, (c) => this._offersAt(c)),
        gone,
      ).vendors;
    this._counter ??= new Counter(this);
    return this._counter.count(components, gone);
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
