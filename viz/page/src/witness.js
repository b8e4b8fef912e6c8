/** What lights up: a witness tree, what a solution needs, and both on the boxes that are drawn. */

/** @import { Model } from "./model.js" */
/** @import { Finding, Lit, Ref, Scene, Witness } from "./types.js" */
import { split } from "./model.js";

/** @param {Ref} ref */
export const refKey = ([kind, index]) => `${kind}:${index}`;

/**
 * Every node and edge of a witness tree.
 * @param {Witness} witness
 * @returns {Lit} `steps` is the length of the longest chain, in edges
 */
export function lightWitness(witness) {
  /** @type {Lit} */
  const lit = { nodes: new Set(), roots: new Set(), edges: [], depth: new Map(), steps: 0 };
  const seen = new Set();
  /** @param {Witness} part @param {number} depth */
  const walk = (part, depth) => {
    const key = refKey(part.at);
    lit.nodes.add(key);
    lit.depth.set(key, Math.max(depth, lit.depth.get(key) ?? 0));
    if (part.root) lit.roots.add(key);
    lit.steps = Math.max(lit.steps, depth);
    for (const child of part.children ?? []) {
      const to = refKey(child.at);
      if (!seen.has(`${key} ${to}`)) lit.edges.push({ from: key, to });
      seen.add(`${key} ${to}`);
      walk(child, depth + 1);
    }
  };
  walk(witness, 0);
  return lit;
}

/**
 * The targets of a finding that have a witness: solutions first, then components, each by number.
 * @param {Finding} finding
 * @returns {string[]} keys such as "solution:3"
 */
export function listTargets(finding) {
  /** @param {string} key */
  const order = (key) => [key.startsWith("solution:") ? 0 : 1, Number(key.split(":")[1])];
  return Object.keys(finding.witness).sort((a, b) => {
    const [x, y] = [order(a), order(b)];
    return x[0] - y[0] || x[1] - y[1];
  });
}

/**
 * What lights up for a finding and a target; without a witness, its roots alone.
 * @param {Finding} finding
 * @param {string|null} target
 * @returns {Lit}
 */
export function lightFinding(finding, target) {
  const key = target && Object.hasOwn(finding.witness, target) ? target : listTargets(finding)[0];
  const roots = new Set(finding.roots.map((c) => `component:${c}`));
  if (!key) return { nodes: new Set(roots), roots, edges: [], depth: new Map(), steps: 0 };
  const lit = lightWitness(finding.witness[key]);
  for (const root of lit.nodes) if (roots.has(root)) lit.roots.add(root);
  return lit;
}

/** A solution and what it needs directly. @param {Model} model @param {string} key @returns {Lit} */
export function lightNeeds(model, key) {
  const edges = model.needs(key).map((row) => ({ from: key, to: refKey(model.data.requires[row].to) }));
  return {
    nodes: new Set([key, ...edges.map((edge) => edge.to)]),
    roots: new Set(),
    edges,
    depth: new Map(),
    steps: 1,
  };
}

/** The chain from what is lost down to what nobody is left to offer. @param {import("./boxes.js").View} view @param {string|null} target @returns {Lit|null} */
export function lightLoss({ model, loss }, target) {
  const key = loss && model.keyOf(target);
  if (!key) return null;
  const [kind, at] = split(key);
  if (kind !== "component" && kind !== "solution") return null;
  const node = model.chain.node([kind, at]);
  return loss.hop[node] < 0 ? null : model.chain.light(loss, node);
}

/** What is not drawn, because its segment is one box or folded, lights up the box that stands for it. @param {Model} model @param {Lit} lit @param {Scene} scene @returns {Lit} */
export function foldLit(model, lit, scene) {
  const drawn = new Set(scene.boxes.map((box) => box.key));
  /** @param {string} key */
  const shown = (key) => {
    if (drawn.has(key)) return key;
    const [kind, at] = split(key);
    if (kind !== "component") return drawn.has("more:solutions") ? "more:solutions" : "solutions";
    const { segment } = model.data.components[at];
    return drawn.has(`more:${segment}`) ? `more:${segment}` : `segment:${segment}`;
  };
  const depth = new Map([...lit.depth].map(([node, at]) => [shown(node), at]));
  const edges = lit.edges
    .map(({ from, to }) => ({ from: shown(from), to: shown(to) }))
    .filter(({ from, to }) => from !== to && drawn.has(from) && drawn.has(to));
  return {
    nodes: new Set([...lit.nodes].map(shown)),
    roots: new Set([...lit.roots].map(shown)),
    edges,
    depth,
    steps: lit.steps,
  };
}
