/**
 * What can be had, and what no longer can if some are gone: the structure function, as queries/structure.py and
 * queries/what_if.py have it. Compiled once into arrays; a question is then one pass over them.
 */

/** @import { Payload } from "./types.js" */

/** @typedef {{component: number, head: number, before: number}} Weakened one group is left of `before` */
/**
 * What a loss does. Nodes are the components, then the solutions. `hop`: 0 where nobody is left to offer it, else how many
 * steps down the chain the loss began; -1 for what is not lost.
 * @typedef {{before: Uint8Array, after: Uint8Array, hop: Int32Array, vendors: Uint8Array, saved: number[], weakened: Weakened[],
 *   unknown: string[]}} Answer
 */

/** @param {Payload} payload @param {number} v */
const headOf = (payload, v) => payload.vendors[v].head ?? v;

/** @param {Payload} payload @param {number} v @returns {string} by seat, or by owner as the page says */
export function countryOf(payload, v) {
  return payload.vendors[payload.meta.country_by === "owner" ? headOf(payload, v) : v].country;
}

/** Lists of numbers one behind the other: those of row `n` are `items[start[n]]` to `items[start[n + 1] - 1]`. */
class Lists {
  /** @param {number} rows @param {[number, number][]} pairs row and item, in any order */
  constructor(rows, pairs) {
    this.start = new Int32Array(rows + 1);
    for (const [row] of pairs) this.start[row + 1]++;
    for (let row = 0; row < rows; row++) this.start[row + 1] += this.start[row];
    this.items = new Int32Array(pairs.length);
    const next = this.start.slice();
    for (const [row, item] of pairs) this.items[next[row]++] = item;
  }

  /** @param {number} row */
  of(row) {
    return this.items.subarray(this.start[row], this.start[row + 1]);
  }
}

/** The chain of a payload: its choices, its usable offers, and an order in which what is required comes first. */
export class Chain {
  /** @param {Payload} payload */
  constructor(payload) {
    this.payload = payload;
    this.components = payload.components.length;
    this.size = this.components + payload.solutions.length;
    this.virtual = Uint8Array.from(payload.components, (component) => (component.virtual ? 1 : 0));
    this.head = Int32Array.from(payload.vendors, (vendor, v) => vendor.head ?? v);
    /** @type {Map<string, number>} */
    this.countryCode = new Map();
    this.country = Int32Array.from(payload.vendors, (_, v) => this._code(countryOf(payload, v)));
    this.vendor = Int32Array.from(payload.offers, (offer) => offer.v);
    /** @type {Map<number, Set<number>>} offers whose vendor makes parts itself */
    this.own = new Map();
    this.offers = this._readOffers(payload);
    const { choices, parts } = this._readNeeds(payload);
    this.choices = choices;
    this.parts = parts;
    this.order = this._sort();
    /** @type {Map<string, number>|null} places of the vendors by id; made when first asked for */
    this.place = null;
    /** @type {Uint8Array|null} what can be had as things are */
    this.before = null;
  }

  /** Counted offers of those who can be lost, and imports of what none of them offers. @param {Payload} payload */
  _readOffers({ offers, meta }) {
    const pair = new Set(meta.pair.map((country) => this.countryCode.get(country)));
    const world = meta.within === "world";
    /** @type {[number, number][]} */
    const counted = [];
    const covered = new Uint8Array(this.components);
    offers.forEach((offer, row) => {
      if (!offer.counted) return;
      counted.push([offer.c, row]);
      if (world || pair.has(this.country[offer.v])) covered[offer.c] = 1;
    });
    for (const [, row] of counted) {
      const { own } = offers[row];
      if (own?.length) this.own.set(row, new Set(own));
    }
    return new Lists(
      this.components,
      counted.filter(([c, row]) => world || !covered[c] || pair.has(this.country[this.vendor[row]])),
    );
  }

  /** @param {string} country */
  _code(country) {
    const code = this.countryCode.get(country) ?? this.countryCode.size;
    this.countryCode.set(country, code);
    return code;
  }

  /** Choices of each node, and the parts of each choice of which one is enough. @param {Payload} payload */
  _readNeeds({ requires }) {
    /** @type {Map<string, number>} */
    const known = new Map();
    /** @type {[number, number][]} */
    const choices = [];
    /** @type {[number, number][]} */
    const parts = [];
    requires.forEach((need, row) => {
      const whole = this.node(need.from);
      const name = need.alt === undefined ? `#${row}` : `${whole} ${need.alt}`;
      if (!known.has(name)) {
        choices.push([whole, known.size]);
        known.set(name, known.size);
      }
      parts.push([/** @type {number} */ (known.get(name)), this.node(need.to)]);
    });
    return { choices: new Lists(this.size, choices), parts: new Lists(known.size, parts) };
  }

  /** @param {import("./types.js").Ref} ref */
  node([kind, at]) {
    return kind === "component" ? at : this.components + at;
  }

  /** @param {number} node @returns {string} "component:3" or "solution:1" */
  key(node) {
    return node < this.components ? `component:${node}` : `solution:${node - this.components}`;
  }

  /** @returns {Int32Array} nodes, each after all that it requires */
  _sort() {
    const order = new Int32Array(this.size);
    const seen = new Uint8Array(this.size);
    let filled = 0;
    for (let first = 0; first < this.size; first++) {
      const stack = [first];
      while (stack.length) {
        const node = stack[stack.length - 1];
        if (seen[node] === 0) {
          seen[node] = 1;
          for (const choice of this.choices.of(node))
            for (const part of this.parts.of(choice)) if (!seen[part]) stack.push(part);
        } else {
          stack.pop();
          if (seen[node] === 1) order[filled++] = node;
          seen[node] = 2;
        }
      }
    }
    return order;
  }

  /** @param {number} node @param {Uint8Array} have @param {Set<number>} [own] parts made in house */
  supplied(node, have, own) {
    for (const choice of this.choices.of(node)) {
      let some = false;
      for (const part of this.parts.of(choice)) some ||= have[part] === 1 || Boolean(own?.has(part));
      if (!some) return false;
    }
    return true;
  }

  /** Whether a node can be had from those who are left, if `have` holds. @param {number} node @param {Uint8Array} have @param {Uint8Array} gone */
  holds(node, have, gone) {
    const all = this.supplied(node, have);
    if (node >= this.components || this.virtual[node]) return all;
    for (const row of this.offers.of(node))
      if (!gone[this.vendor[row]] && (all || this.supplied(node, have, this.own.get(row)))) return true;
    return false;
  }

  /** @param {Uint8Array} gone vendors @returns {Uint8Array} what can be had without them */
  evaluate(gone) {
    const have = new Uint8Array(this.size);
    for (const node of this.order) have[node] = Number(this.holds(node, have, gone));
    return have;
  }

  /** @param {readonly string[]} ids "vendor:tsmc", "group:foxconn", "country:TW" @returns {{gone: Uint8Array, unknown: string[]}} */
  remove(ids) {
    const gone = new Uint8Array(this.head.length);
    this.place ??= new Map(this.payload.vendors.map((vendor, v) => [vendor.id, v]));
    /** @type {string[]} */
    const unknown = [];
    for (const id of ids) {
      const [kind, name] = [id.slice(0, id.indexOf(":")), id.slice(id.indexOf(":") + 1)];
      const v = kind === "country" ? this.countryCode.get(name) : this.place.get(name);
      if (v === undefined) unknown.push(id);
      else if (kind === "vendor") gone[v] = 1;
      else {
        const [codes, code] = /** @type {[Int32Array, number]} */ (
          kind === "group" ? [this.head, this.head[v]] : [this.country, v]
        );
        for (let one = 0; one < codes.length; one++) if (codes[one] === code) gone[one] = 1;
      }
    }
    return { gone, unknown };
  }

  /** @param {readonly string[]} ids @returns {Answer} what the loss of these does */
  ask(ids) {
    const { gone, unknown } = this.remove(ids);
    this.before ??= this.evaluate(new Uint8Array(gone.length));
    const { before } = this;
    const after = this.evaluate(gone);
    return {
      before,
      after,
      hop: this._countHops(before, after, gone),
      vendors: gone,
      saved: this._listSaved(before, after, gone),
      weakened: this._listWeakened(before, after, gone),
      unknown,
    };
  }

  /** What is lost, by the step at which it falls. @param {Answer} loss @returns {{lost: number[], solutions: number[], components: number[]}} */
  sort({ hop }) {
    const lost = [...hop.keys()].filter((node) => hop[node] >= 0).sort((a, b) => hop[a] - hop[b] || a - b);
    return {
      lost,
      solutions: lost.filter((node) => node >= this.components),
      components: lost.filter((node) => node < this.components),
    };
  }

  /** Which of its own requirements are lost too; none: it loses its vendors. @param {Answer} loss @param {number} node @returns {number[]} nearest to those who are gone first */
  because({ hop }, node) {
    const parts = [...this.choices.of(node)].flatMap((choice) => [...this.parts.of(choice)]);
    return [...new Set(parts)].filter((part) => hop[part] >= 0).sort((a, b) => hop[a] - hop[b] || a - b);
  }

  /**
   * The chain from what is lost down to what nobody is left to offer: of each requirement that fails, all its alternatives.
   * @param {Answer} loss @param {number} node @returns {import("./types.js").Lit}
   */
  light({ hop, after }, node) {
    /** @type {import("./types.js").Lit} */
    const lit = { nodes: new Set(), roots: new Set(), edges: [], depth: new Map(), steps: 0 };
    /** @param {number} at @param {number} depth */
    const walk = (at, depth) => {
      const key = this.key(at);
      if (lit.nodes.has(key)) return;
      lit.nodes.add(key);
      lit.depth.set(key, depth);
      lit.steps = Math.max(lit.steps, depth);
      if (hop[at] <= 0) return void lit.roots.add(key);
      const failed = [...this.choices.of(at)]
        .map((choice) => [...this.parts.of(choice)])
        .filter((parts) => parts.every((part) => !after[part]))
        .map((parts) => ({ parts, last: Math.max(...parts.map((part) => hop[part])) }))
        .filter(({ last }) => last < hop[at])
        .sort((a, b) => a.last - b.last);
      // one requirement that fails is reason enough: the one that falls first
      for (const part of (failed[0]?.parts ?? []).filter((one) => hop[one] >= 0)) {
        lit.edges.push({ from: key, to: this.key(part) });
        walk(part, depth + 1);
      }
    };
    walk(node, 0);
    return lit;
  }

  /** @param {Uint8Array} before @param {Uint8Array} after @param {Uint8Array} gone */
  _countHops(before, after, gone) {
    const hop = new Int32Array(this.size).fill(-1);
    const have = before.slice();
    let rest = [...this.order].filter((node) => before[node] && !after[node]);
    for (let round = 0, left = Infinity; rest.length < left; round++) {
      left = rest.length;
      const fallen = rest.filter((node) => !this.holds(node, have, gone));
      for (const node of fallen) [hop[node], have[node]] = [round, 0];
      rest = rest.filter((node) => hop[node] < 0);
    }
    return hop;
  }

  /**
   * What still stands, and would not if of some choice an alternative that is lost had been the only one.
   * @param {Uint8Array} before @param {Uint8Array} after @param {Uint8Array} gone
   */
  _listSaved(before, after, gone) {
    const bound = after.slice();
    /** @param {number} node @param {Set<number>} [own] */
    const supplied = (node, own) =>
      [...this.choices.of(node)].every((choice) => {
        const parts = this.parts.of(choice);
        if (own && parts.some((part) => own.has(part))) return true;
        return parts.every((part) => bound[part] || !(before[part] || after[part]));
      });
    for (const node of this.order) {
      if (!after[node]) continue;
      const made =
        node >= this.components || this.virtual[node]
          ? supplied(node)
          : supplied(node) ||
            this.offers
              .of(node)
              .some(
                (row) =>
                  this.own.has(row) &&
                  !gone[this.vendor[row]] &&
                  this.supplied(node, after, this.own.get(row)) &&
                  supplied(node, this.own.get(row)),
              );
      bound[node] = Number(made);
    }
    return [...after.keys()].filter((node) => before[node] && after[node] && !bound[node]);
  }

  /** @param {Uint8Array} before @param {Uint8Array} after @param {Uint8Array} gone @returns {Weakened[]} */
  _listWeakened(before, after, gone) {
    /** @type {Weakened[]} */
    const found = [];
    for (let component = 0; component < this.components; component++) {
      if (this.virtual[component]) continue;
      const first = new Set();
      const left = new Set();
      let touched = false;
      const [was, is] = [this.supplied(component, before), this.supplied(component, after)];
      for (const row of this.offers.of(component)) {
        const own = this.own.get(row);
        const there = was || (own !== undefined && this.supplied(component, before, own));
        const stays =
          !gone[this.vendor[row]] && (is || (own !== undefined && this.supplied(component, after, own)));
        if (there) first.add(this.head[this.vendor[row]]);
        if (stays) left.add(this.head[this.vendor[row]]);
        touched ||= there && !stays;
      }
      if (touched && first.size > 1 && left.size === 1)
        found.push({ component, head: [...left][0], before: first.size });
    }
    return found;
  }
}

/** An answer in ids instead of places. @param {Chain} chain @param {string[]} lost */
export function nameAnswer(chain, lost) {
  const { components, solutions, vendors } = chain.payload;
  /** @param {number} node */
  const name = (node) =>
    node < chain.components ? components[node].id : solutions[node - chain.components].id;
  const loss = chain.ask(lost);
  const found = chain.sort(loss);
  return {
    lost: [...found.components.map(name).sort(), ...found.solutions.map(name).sort()],
    hops: Object.fromEntries(
      found.lost.map((node) => [chain.key(node).split(":")[0] + ":" + name(node), loss.hop[node]]),
    ),
    because: Object.fromEntries(
      found.lost.map((node) => [
        chain.key(node).split(":")[0] + ":" + name(node),
        chain.because(loss, node).map(name).sort(),
      ]),
    ),
    saved: loss.saved.map(name).sort(),
    weakened: loss.weakened
      .map(({ component, head, before }) => [components[component].id, vendors[head].id, before])
      .sort(),
    removed: vendors
      .filter((_, v) => loss.vendors[v])
      .map((vendor) => vendor.id)
      .sort(),
    unknown: loss.unknown,
  };
}
