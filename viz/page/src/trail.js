/** The way to what is open: which things lie above it, and through which the reader came. Pure functions. */

/** @import { Model } from "./model.js" */
/** @import { State } from "./types.js" */
import { split } from "./model.js";

const MOST = 3; // steps that are kept between a component and a firm

/**
 * The steps that lead to `at`, where the reader goes there from a state: components and firms that were opened on the way.
 * @param {Pick<State, "at"|"from">} state @param {string|null} at
 * @returns {string[]} ids; the first of them and the last ones
 */
export function followTrail({ at: here, from = [] }, at) {
  if (!at?.startsWith("vendor:")) return [];
  if (at === here) return from;
  const known = from.indexOf(at);
  if (known >= 0) return from.slice(0, known);
  if (!here || !/^(component|vendor):/.test(here)) return [];
  const trail = [...from, here];
  return trail.length <= MOST ? trail : [trail[0], ...trail.slice(1 - MOST)];
}

/**
 * The things above the one that is open, the highest first.
 * @param {Model} model @param {Pick<State, "at"|"from">} state
 * @returns {string[]} keys such as "layer:0"
 */
export function listAbove(model, { at, from = [] }) {
  const key = model.keyOf(at);
  if (!key) return [];
  const [kind, row] = split(key);
  /** @param {number} s */
  const layerOf = (s) => {
    const { layer } = model.data.segments[s];
    return layer === null ? [] : [`layer:${layer}`];
  };
  /** @param {number} c */
  const placeOf = (c) => {
    const { segment } = model.data.components[c];
    return [...layerOf(segment), `segment:${segment}`];
  };
  if (kind === "segment") return layerOf(row);
  if (kind === "component") return placeOf(row);
  if (kind !== "vendor") return [];
  return from.flatMap((id) => {
    const step = model.keyOf(id);
    if (!step) return [];
    const [what, c] = split(step);
    return what === "component" ? [...placeOf(c), step] : [step];
  });
}
