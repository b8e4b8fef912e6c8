/**
 * Partners of a firm in the other country, as queries/partners.py and queries/_partner_finder.py have it: what each unlocks,
 * relieves and fits. Reckoned when a firm is opened; `tests/test_page_partners.py` runs both and compares.
 */

/** @import { Chain } from "./phi.js" */
import { meet, sumFits } from "./fits.js";

/** @typedef {{group: number, targets: number[], shared: number[]}} Relief a gap that the partner's group keeps closed: the group that it would hang on, by its head */
/** @typedef {{own: number, other: number, needs: boolean, groups: number, via: number}} Fit a requirement between two components, by its row */
/**
 * @typedef {{vendor: number, sameGroup: boolean, components: number[], unlocks: number[], brings: number[], relieves: Relief[],
 *   fits: Fit[], fit: [bigint, bigint], ties: number[], near: boolean}} Partner
 */
/** @typedef {{country: number, other: number, components: number[], ranked: Partner[]}} Partners */

export const MOST_VENDORS = 5000; // beyond it a firm would take seconds to open

/** Offers of one component whose vendors make the same parts themselves. @typedef {{component: number, own: Set<number>|undefined, rows: number[]}} Source */

class PartnerFinder {
  /** @param {Chain} chain @param {number} vendor */
  constructor(chain, vendor) {
    this.chain = chain;
    this.vendor = vendor;
    const { payload } = chain;
    const pair = payload.meta.pair.map((code) => chain.countryCode.get(code) ?? -1);
    this.country = chain.country[vendor];
    this.other = pair[0] === this.country ? pair[1] : pair[0];
    this.pair = new Set(pair);
    /** @type {Source[][]} by component */
    this.sources = Array.from({ length: chain.components }, (_, c) => this._listSources(c));
    this.byVendor = this._indexRows();
    this.own = [...new Set(this._rowsOf(vendor).map((row) => payload.offers[row].c))].sort((a, b) => a - b);
    this.targets = this._listTargets();
    this.cone = this._cutCone(this.targets);
    /** @type {{row: number, from: number, to: number}[]|undefined} */
    this.tied = undefined;
    this.steps = [...chain.order].filter((node) => this.cone[node]);
  }

  /** @param {number} c @returns {Source[]} */
  _listSources(c) {
    const { chain } = this;
    /** @type {Map<string, Source>} */
    const found = new Map();
    if (chain.virtual[c]) return [];
    for (const row of chain.offers.of(c)) {
      const own = chain.own.get(row);
      const key = own ? [...own].sort((a, b) => a - b).join(" ") : "";
      const known = found.get(key);
      if (known) known.rows.push(row);
      else found.set(key, { component: c, own, rows: [row] });
    }
    return [...found.values()];
  }

  /** Offers that count, of vendors of the pair. @param {number} v @returns {number[]} */
  _rowsOf(v) {
    return this.byVendor.get(v) ?? [];
  }

  _indexRows() {
    const { chain } = this;
    /** @type {Map<number, number[]>} */
    const found = new Map();
    for (let c = 0; c < chain.components; c++)
      for (const { rows } of this.sources[c])
        for (const row of rows) {
          const v = chain.vendor[row];
          if (!this.pair.has(chain.country[v])) continue;
          const list = found.get(v);
          if (list) list.push(row);
          else found.set(v, [row]);
        }
    return found;
  }

  /** The firm's components and everything that requires one. */
  _listTargets() {
    const { chain } = this;
    const found = new Uint8Array(chain.size);
    for (const c of this.own) found[c] = 1;
    for (const node of chain.order)
      for (const choice of chain.choices.of(node))
        for (const part of chain.parts.of(choice)) found[node] ||= found[part];
    return [...found.keys()].filter((node) => found[node]);
  }

  /** @param {readonly number[]} tops @returns {Uint8Array} these and all that they lead down to */
  _cutCone(tops) {
    const { chain } = this;
    const inside = new Uint8Array(chain.size);
    const todo = [...tops];
    while (todo.length) {
      const node = /** @type {number} */ (todo.pop());
      if (inside[node]) continue;
      inside[node] = 1;
      for (const choice of this._choicesBelow(node)) todo.push(...chain.parts.of(choice));
    }
    return inside;
  }

  /** Choices that somebody must buy. @param {number} node */
  _choicesBelow(node) {
    const { chain } = this;
    const all = [...chain.choices.of(node)];
    const sources = node < chain.components ? this.sources[node] : [];
    if (!sources.length) return all;
    return all.filter((choice) => sources.some(({ own }) => !this._isOwn(choice, own)));
  }

  /** @param {number} choice @param {Set<number>|undefined} own */
  _isOwn(choice, own) {
    return own !== undefined && this.chain.parts.of(choice).some((part) => own.has(part));
  }

  /** φ over the cone. @param {(v: number) => boolean} there whose offers count */
  evaluate(there) {
    const { chain } = this;
    const have = new Uint8Array(chain.size);
    for (const node of this.steps) {
      const all = chain.supplied(node, have);
      if (node >= chain.components || chain.virtual[node]) have[node] = Number(all);
      else
        have[node] = Number(
          this.sources[node].some(
            ({ own, rows }) =>
              (all || (own !== undefined && chain.supplied(node, have, own))) &&
              rows.some((row) => there(chain.vendor[row])),
          ),
        );
    }
    return have;
  }

  /** @returns {Map<number, {unlocks: number[], brings: number[]}>} */
  listUnlocks() {
    const { chain } = this;
    /** @param {number} v */
    const home = (v) => chain.country[v] === this.country || !this.pair.has(chain.country[v]);
    const alone = this.evaluate(home);
    const closed = this.targets.filter((node) => !alone[node]);
    /** @type {Map<string, Uint8Array>} vendors that add the same share what they open */
    const known = new Map();
    const found = new Map();
    for (const [v, rows] of closed.length ? this._partners() : []) {
      const added = rows.filter((row) => {
        const { c } = chain.payload.offers[row];
        const own = chain.own.get(row);
        const source = this.sources[c].find((one) => one.own === own || one.rows.includes(row));
        return this.cone[c] && !source?.rows.some((other) => home(chain.vendor[other]));
      });
      if (!added.length) continue;
      const key = added
        .map((row) => {
          const { c } = chain.payload.offers[row];
          return `${c}/${this.sources[c].findIndex((one) => one.rows.includes(row))}`;
        })
        .sort()
        .join(" ");
      const opened = known.get(key) ?? this.evaluate((one) => home(one) || one === v);
      known.set(key, opened);
      const won = closed.filter((node) => opened[node]);
      if (!won.length) continue;
      const below = this._cutCone(won);
      const own = [...new Set(rows.map((row) => chain.payload.offers[row].c))];
      found.set(v, { unlocks: won, brings: own.filter((c) => below[c] && opened[c] && !alone[c]) });
    }
    return found;
  }

  /** Firms of the other country with their offers. @returns {[number, number[]][]} */
  _partners() {
    return [...this.byVendor].filter(([v]) => this.chain.country[v] === this.other);
  }

  /** Groups with an offer of a source that counts; none of an import. @param {Source} source */
  _groupsAt({ rows }) {
    const { chain } = this;
    const home = rows.filter((row) => this.pair.has(chain.country[chain.vendor[row]]));
    return new Set(home.map((row) => chain.head[chain.vendor[row]]));
  }

  /** @returns {Map<number, Relief[]>} by the head of the partner's group */
  listReliefs() {
    const { chain } = this;
    /** @type {Map<Source, Set<number>>} */
    const groups = new Map();
    /** @type {Map<number, Set<number>>} groups by component */
    const at = new Map();
    /** @type {Set<number>} groups without which something hangs on one other, or on nobody */
    const few = new Set();
    for (let c = 0; c < chain.components; c++) {
      if (!this.cone[c]) continue;
      for (const source of this.sources[c]) {
        const here = this._groupsAt(source);
        groups.set(source, here);
        at.set(c, new Set([...(at.get(c) ?? []), ...here]));
        if (here.size <= 2) for (const group of here) few.add(group);
      }
    }
    /** @type {Map<number, Relief[]>} */
    const found = new Map();
    if (this._countGroups() < 3) return found;
    const standing = this._loseGroups(groups, -1);
    for (const group of new Set(this._partners().map(([v]) => chain.head[v]))) {
      if (!few.has(group)) continue;
      const losses = this._loseGroups(groups, group);
      /** @type {Map<number, number[]>} */
      const fresh = new Map();
      for (const node of this.targets)
        for (const other of losses[node] ?? [])
          if (!standing[node]?.has(other)) fresh.set(other, [...(fresh.get(other) ?? []), node]);
      const reliefs = [...fresh].map(([other, targets]) => ({
        group: other,
        targets,
        shared: [...at.keys()].filter((c) => {
          const both = /** @type {Set<number>} */ (at.get(c));
          return both.size === 2 && both.has(group) && both.has(other);
        }),
      }));
      if (reliefs.length) found.set(group, this._sortReliefs(reliefs));
    }
    return found;
  }

  /** Groups with an offer that counts, be it of something that needs no vendor. */
  _countGroups() {
    const { chain } = this;
    const vendors = [...chain.offers.items].map((row) => chain.vendor[row]);
    return new Set(vendors.filter((v) => this.pair.has(chain.country[v])).map((v) => chain.head[v])).size;
  }

  /** @param {Relief[]} reliefs */
  _sortReliefs(reliefs) {
    const { vendors } = this.chain.payload;
    return reliefs.sort(
      (a, b) => b.targets.length - a.targets.length || compareIds(vendors[a.group].id, vendors[b.group].id),
    );
  }

  /**
   * For each node of the cone that holds without a group, the groups whose loss alone makes it fail then.
   * @param {Map<Source, Set<number>>} groups @param {number} gone -1: none is gone
   * @returns {(Set<number>|null)[]} null: it cannot be had
   */
  _loseGroups(groups, gone) {
    const { chain } = this;
    /** @type {(Set<number>|null)[]} */
    const lost = new Array(chain.size).fill(null);
    /** @param {number} node @param {Set<number>|undefined} own @param {Set<number>} into @returns {Set<number>|null} of all requirements */
    const combine = (node, own, into) => {
      for (const choice of chain.choices.of(node)) {
        if (this._isOwn(choice, own)) continue;
        const some = meet([...chain.parts.of(choice)].map((part) => lost[part]));
        if (!some) return null;
        for (const group of some) into.add(group);
      }
      return into;
    };
    for (const node of this.steps) {
      if (node >= chain.components || chain.virtual[node]) {
        lost[node] = combine(node, undefined, new Set());
        continue;
      }
      lost[node] = meet(
        this.sources[node].map((source) => {
          const here = /** @type {Set<number>} */ (groups.get(source));
          const left = here.size - Number(here.has(gone));
          if (here.size && !left) return null;
          const only = left === 1 ? [...here].find((group) => group !== gone) : undefined;
          return combine(node, source.own, new Set(only === undefined ? [] : [only]));
        }),
      );
    }
    return lost;
  }

  /** @returns {Map<number, Fit[]>} */
  listFits() {
    const { chain } = this;
    const own = new Set(this.own);
    /** @type {Map<number, {mine: number, needs: boolean, via: number}[]>} by the partner's component */
    const ends = new Map();
    /** @type {Map<string, [number, number, number]>} of two rows for the same two the last counts */
    const rows = new Map();
    chain.payload.requires.forEach(({ from, to }, via) => {
      if (from[0] === "component") rows.set(`${from[1]} ${to[1]}`, [from[1], to[1], via]);
    });
    /** @param {number} component @param {{mine: number, needs: boolean, via: number}} end */
    const add = (component, end) => ends.set(component, [...(ends.get(component) ?? []), end]);
    for (const [whole, part, via] of rows.values()) {
      if (own.has(whole)) add(part, { mine: whole, needs: true, via });
      if (own.has(part)) add(whole, { mine: part, needs: false, via });
    }
    /** @type {Map<number, Fit[]>} */
    const found = new Map();
    for (const [component, joined] of ends) {
      const vendors = new Set(
        this.sources[component].flatMap((source) => source.rows.map((row) => chain.vendor[row])),
      );
      const groups = new Set(
        [...vendors].filter((v) => chain.country[v] === this.country).map((v) => chain.head[v]),
      ).size;
      for (const v of vendors)
        if (chain.country[v] === this.other)
          for (const { mine, needs, via } of joined)
            found.set(v, [...(found.get(v) ?? []), { own: mine, other: component, needs, groups, via }]);
    }
    return found;
  }

  /** Relations in force with the firm itself (`near`) or between the two groups. @param {number} w */
  listTies(w) {
    const { chain, vendor } = this;
    const [mine, theirs] = [chain.head[vendor], chain.head[w]];
    this.tied ??= chain.payload.relations.flatMap((relation, row) =>
      relation.in_force && (chain.head[relation.from] === mine || chain.head[relation.to] === mine)
        ? [{ row, from: relation.from, to: relation.to }]
        : [],
    );
    const direct = this.tied.filter(
      ({ from, to }) => (from === vendor && to === w) || (from === w && to === vendor),
    );
    const wide = this.tied.filter(
      ({ from, to }) =>
        mine !== theirs && (chain.head[from] === mine ? chain.head[to] : chain.head[from]) === theirs,
    );
    return {
      ties: [...new Set([...direct, ...wide].map(({ row }) => row))],
      near: direct.length > 0,
    };
  }

  /** @returns {Partner[]} in no order */
  list() {
    const { chain } = this;
    if (!this.own.length) return [];
    const [unlocks, reliefs, fits] = [this.listUnlocks(), this.listReliefs(), this.listFits()];
    return this._partners().map(([v, rows]) => ({
      vendor: v,
      sameGroup: chain.head[v] === chain.head[this.vendor],
      components: [...new Set(rows.map((row) => chain.payload.offers[row].c))].sort((a, b) => a - b),
      unlocks: unlocks.get(v)?.unlocks ?? [],
      brings: unlocks.get(v)?.brings ?? [],
      relieves: reliefs.get(chain.head[v]) ?? [],
      fits: this._sortFits(fits.get(v) ?? []),
      fit: sumFits(fits.get(v) ?? []),
      ...this.listTies(v),
    }));
  }

  /** @param {Fit[]} fits */
  _sortFits(fits) {
    const { components } = this.chain.payload;
    return fits.sort(
      (a, b) =>
        a.groups - b.groups ||
        compareIds(components[a.own].id, components[b.own].id) ||
        compareIds(components[a.other].id, components[b.other].id),
    );
  }
}

/** @param {string} a @param {string} b */
const compareIds = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/**
 * The partners of a firm, best first: by targets unlocked, gaps relieved, fits, id.
 * @param {Chain} chain @param {number} vendor @returns {Partners|null} null where none can be ranked: a third country, or too many firms
 */
export function findPartners(chain, vendor) {
  const { meta, vendors } = chain.payload;
  const finder = new PartnerFinder(chain, vendor);
  if (meta.within !== "pair" || vendors.length > MOST_VENDORS || !finder.pair.has(finder.country))
    return null;
  const ranked = finder.list().sort((a, b) => {
    const fit = b.fit[0] * a.fit[1] - a.fit[0] * b.fit[1];
    return (
      b.unlocks.length - a.unlocks.length ||
      b.relieves.length - a.relieves.length ||
      (fit > 0n ? 1 : fit < 0n ? -1 : 0) ||
      compareIds(vendors[a.vendor].id, vendors[b.vendor].id)
    );
  });
  return { country: finder.country, other: finder.other, components: finder.own, ranked };
}
