/** What the filters mean for what is shown: which gaps stay, and how much is kept back. Pure functions. */

/** @import { Model } from "./model.js" */
/** @import { Finding } from "./types.js" */
import { split } from "./model.js";
import { ACROSS } from "./sieve.js";

/**
 * Whether a component lies in the chosen layers and segments.
 * @param {Model} model @param {number} c
 */
function liesInside({ data, left }, c) {
  const segment = data.segments[data.components[c].segment];
  const layer = data.layers[segment.layer ?? -1]?.id ?? ACROSS;
  const { layer: layers, segment: segments } = /** @type {NonNullable<Model["left"]>} */ (left).filters;
  return (!layers.length || layers.includes(layer)) && (!segments.length || segments.includes(segment.id));
}

/**
 * A gap stays listed if a statement is left about one of its roots or one of the firms it falls with; one that is a gap
 * because nothing is stated about its root, if the root lies in the chosen layers and segments. Gaps themselves are those of
 * the whole graph, whatever is filtered.
 * @param {Model} model @param {Finding} finding
 */
export function seesGap(model, finding) {
  const { left, whole } = model;
  if (!left) return true;
  return (
    finding.roots.some(
      (c) => model.seesComponent(c) || (!whole.offersAt(c).length && liesInside(model, c)),
    ) || finding.vendors.some((v) => left.firms[v] === 1)
  );
}

/**
 * How many boxes the filters keep back of what is open: components of a segment, firms of a component, components and ties
 * of a firm.
 * @param {Model} model @param {string|null} key
 */
export function countOff(model, key) {
  const { left, whole } = model;
  if (!left || !key) return 0;
  const [kind, at] = split(key);
  const { offers } = model.data;
  /** @param {Model} graph how many boxes there are around the middle */
  const count = (graph) => {
    if (kind === "segment") return graph.inside(at).filter((c) => graph.seesComponent(c)).length;
    if (kind === "component") return new Set(graph.offersAt(at).map((row) => offers[row].v)).size;
    if (kind !== "vendor") return 0;
    const parts = new Set(graph.offersOf(at).map((row) => offers[row].c));
    const ties = new Set(
      graph.relationsOf(at).map((row) => {
        const { from, to } = graph.data.relations[row];
        return from === at ? to : from;
      }),
    );
    return parts.size + ties.size;
  };
  return count(whole) - count(model);
}
