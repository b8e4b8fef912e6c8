/** Which components matter most, where not all are shown at once: the same order as in layout.py. Pure functions. */

/** @import { Model } from "./model.js" */

/** @param {Model} model @param {number} c @returns {number[]} smaller counts for more */
function weigh(model, c) {
  const component = model.data.components[c];
  const ranks = model.gapsAt(c).map((i) => {
    const { kind, verdict, unit } = model.data.findings[i];
    const plain = kind !== "dominant" && verdict !== "fragile";
    return (unit === "country" || unit === "owner" ? 2 : 0) + (plain ? 0 : 1);
  });
  const users = model.neededBy(`component:${c}`).length;
  return [
    Number(Boolean(component.virtual)),
    Math.min(4, ...ranks),
    Number(component.stage !== "loop"),
    -users,
    c,
  ];
}

/** Components, the gravest first. @param {Model} model @param {number[]} components */
export function sortByGravity(model, components) {
  const weights = new Map(components.map((c) => [c, weigh(model, c)]));
  return [...components].sort((a, b) => {
    const [one, two] = [weights.get(a) ?? [], weights.get(b) ?? []];
    const i = one.findIndex((value, at) => value !== two[at]);
    return i < 0 ? 0 : one[i] - two[i];
  });
}
