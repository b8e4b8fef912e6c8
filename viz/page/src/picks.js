/** A path, a chain or a line-up that the reader picked in the details of a solution, and what lights up for it. */

/** @import { View } from "./boxes.js" */
/** @import { Model } from "./model.js" */
/** @import { AnswerRow, Label, Lit, Scene } from "./types.js" */
import { SHAPES } from "./boxes.js";
import { split } from "./model.js";
import { refKey } from "./witness.js";

/** @typedef {Lit & {vendors: Map<string, number>}} Picked the vendor of each component that has one */

/** @param {Model} model @param {"chain"|"line-up"} kind @param {number} s @param {number} at from 1 @returns {AnswerRow|undefined} */
export const rowOf = (model, kind, s, at) =>
  model.data.answers?.[kind === "chain" ? "chains" : "line_ups"]?.[s]?.rows[at - 1];

/** Places of a line-up in the order of the layers, what lies in none last. @param {Model} model @param {readonly number[]} components @returns {number[]} */
export function orderPlaces(model, components) {
  const { components: rows, segments } = model.data;
  /** @param {number} place */
  const rank = (place) => {
    const { segment } = rows[components[place]];
    return [segments[segment].layer ?? Infinity, segment, components[place]];
  };
  return components
    .map((_, place) => place)
    .sort((a, b) => {
      const [x, y] = [rank(a), rank(b)];
      return x[0] - y[0] || x[1] - y[1] || x[2] - y[2];
    });
}

/**
 * The rows of REQUIRES from a solution down to what a country lacks.
 * @param {Model} model @param {number} s @param {0|1} side who lacks it @param {number} c @returns {number[]}
 */
export function tracePath(model, s, side, c) {
  const { answers, requires } = model.data;
  const steps = answers?.lacking?.[s][side][2] ?? [];
  const to = new Map(steps.map((row) => [refKey(requires[row].to), row]));
  const path = [];
  for (let key = `component:${c}`; to.has(key);) {
    const row = /** @type {number} */ (to.get(key));
    path.unshift(row);
    key = refKey(requires[row].from);
  }
  return path;
}

/** What a country lacks, by the id in the fragment. @param {Model} model @param {number} s @param {string} id @returns {{side: 0|1, c: number}|null} */
export function findLack(model, s, id) {
  const key = model.keyOf(`component:${id}`);
  const lacking = model.data.answers?.lacking?.[s];
  if (!key || !lacking) return null;
  const c = split(key)[1];
  for (const side of /** @type {const} */ ([0, 1]))
    if (lacking[side][0].includes(c) || lacking[side][1].includes(c)) return { side, c };
  return null;
}

/** @returns {Picked} */
const empty = () => ({
  nodes: new Set(),
  roots: new Set(),
  edges: [],
  depth: new Map(),
  steps: 0,
  vendors: new Map(),
});

/**
 * What lights up for a pick: the path down to what is lacking, or the components of a chain or line-up with their vendors.
 * @param {Model} model @param {string|null} key of the solution @param {string|null|undefined} pick "path:foundry", "chain:1", "line-up:2"
 * @returns {Picked|null} null if there is no such thing
 */
export function lightPick(model, key, pick) {
  const colon = pick?.indexOf(":") ?? -1;
  if (!pick || !key?.startsWith("solution:") || colon < 0) return null;
  const [kind, name] = [pick.slice(0, colon), pick.slice(colon + 1)];
  const s = split(key)[1];
  if (kind === "path") return lightPath(model, s, name);
  if (kind !== "chain" && kind !== "line-up") return null;
  const row = rowOf(model, kind, s, Number(name));
  return row ? lightPlaces(model, key, kind, row) : null;
}

/** @param {Model} model @param {number} s @param {string} id */
function lightPath(model, s, id) {
  const lack = findLack(model, s, id);
  if (!lack) return null;
  const lit = empty();
  const path = tracePath(model, s, lack.side, lack.c);
  const keys = [`solution:${s}`, ...path.map((row) => refKey(model.data.requires[row].to))];
  keys.forEach((one, depth) => lit.nodes.add(one) && lit.depth.set(one, depth));
  lit.roots.add(`component:${lack.c}`);
  lit.edges = keys.slice(1).map((to, n) => ({ from: keys[n], to }));
  lit.steps = path.length;
  return lit;
}

/** @param {Model} model @param {string} key @param {"chain"|"line-up"} kind @param {AnswerRow} row */
function lightPlaces(model, key, kind, [, , components, vendors, ties]) {
  const lit = empty();
  lit.nodes.add(key);
  // A chain follows the layers already; the places of a line-up are told in their order.
  const order = kind === "chain" ? components.map((_, place) => place) : orderPlaces(model, components);
  order.forEach((place, n) => {
    const node = `component:${components[place]}`;
    lit.nodes.add(node);
    lit.depth.set(node, n);
    lit.vendors.set(node, vendors[place]);
  });
  /** @param {number} one @param {number} other */
  const join = (one, other) =>
    lit.edges.push({ from: `component:${components[one]}`, to: `component:${components[other]}` });
  if (kind === "chain") order.slice(1).forEach((place, n) => join(order[n], place));
  else for (const [one, other] of ties) join(one, other);
  lit.steps = order.length;
  return lit;
}

/** Writes the vendors of a pick into the boxes, in the place of counts and gaps. @param {View} view @param {Scene} scene @param {Picked|null} picked @returns {Scene} */
export function writeVendors({ model, lang }, scene, picked) {
  if (!picked?.vendors.size) return scene;
  const boxes = scene.boxes.map((box) => {
    const v = picked.vendors.get(box.key);
    if (v === undefined) return box;
    const name = /** @type {Label} */ (model.name(`vendor:${v}`, lang));
    const mark = { glyph: SHAPES[model.sideOf(model.data.vendors[v].country)], ...name };
    return { ...box, counts: undefined, mark };
  });
  return { ...scene, boxes };
}
