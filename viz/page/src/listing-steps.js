/** Chains and requirements as rows: what is needed for what, step by step. Pure functions. */

/** @import { Listing } from "./listing-columns.js" */
/** @import { Ctx } from "./parts.js" */
/** @import { Lit, Witness } from "./types.js" */
import { countColumns } from "./listing-columns.js";
import { split } from "./model.js";
import { formatCount } from "./text.js";
import { lightNeeds, listTargets, refKey } from "./witness.js";

/** @typedef {{step: number, key: string, via?: number, root?: boolean, choice?: string}} Step */

/**
 * A chain as steps, from the target to the root; what is reached twice stands twice.
 * @param {Witness} witness @param {number} [step] @returns {Step[]}
 */
export function listSteps({ at, via, root, choice, children = [] }, step = 1) {
  return [
    { step, key: refKey(at), via, root, choice },
    ...children.flatMap((child) => listSteps(child, step + 1)),
  ];
}

/** @param {Ctx} ctx @param {import("./types.js").Finding} finding @param {Lit|null} lit @returns {Listing<Step>} */
export function listChain(ctx, finding, lit) {
  const { model, lang, say, state } = ctx;
  const wanted = model.keyOf(state.target) ?? "";
  const target = Object.hasOwn(finding.witness, wanted) ? wanted : listTargets(finding)[0];
  const rows = target
    ? listSteps(finding.witness[target])
    : [...(lit?.roots ?? finding.roots.map((c) => `component:${c}`))].map((key) => ({
        step: 1,
        key,
        root: true,
      }));
  const name = model.member(finding, lang)?.text ?? say("page.gap-nobody");
  return listNeeded(ctx, say("page.table-of-gap", { name }), rows);
}

/** @param {Ctx} ctx @param {number} s @returns {Listing<Step>} */
export function listNeeds(ctx, s) {
  const { model, lang, say } = ctx;
  const key = `solution:${s}`;
  const needs = model.needs(key);
  const drawn = lightNeeds(model, key).nodes;
  const rows = [
    { step: 1, key },
    ...needs.map((via) => ({ step: 2, key: refKey(model.data.requires[via].to), via })),
  ].filter((row) => drawn.has(row.key));
  return listNeeded(ctx, say("page.table-of-solution", { name: model.name(key, lang).text }), rows);
}

/** @param {Ctx} ctx @param {string} caption @param {Step[]} rows @returns {Listing<Step>} */
function listNeeded(ctx, caption, rows) {
  const { model, lang, say } = ctx;
  /** @param {Step} row */
  const need = ({ via }) => (via === undefined ? undefined : model.data.requires[via]);
  /** @param {Step} row */
  const component = ({ key }) => (key.startsWith("component:") ? split(key)[1] : -1);
  return {
    caption,
    rows,
    keyOf: ({ key }) => key,
    columns: [
      {
        id: "step",
        title: say("page.table-step"),
        kind: "number",
        of: ({ step }) => step,
        say: ({ step }) => formatCount(step, lang),
      },
      { id: "thing", title: say("page.table-thing"), kind: "thing", of: ({ key }) => key },
      {
        id: "need",
        title: say("page.table-need"),
        kind: "text",
        of: (row) => {
          const found = need(row);
          return [
            found ? say(`page.req-${found.kind}`) : "",
            found?.alt ? say("page.alt", { name: found.alt }) : "",
            found?.why ?? "",
            row.root ? say("page.gap-rootmark") : "",
          ]
            .filter(Boolean)
            .join(" · ");
        },
      },
      ...countColumns(ctx, component),
      {
        id: "gaps",
        title: say("page.table-gaps"),
        kind: "gaps",
        of: (row) => (component(row) < 0 ? [] : model.gapsAt(component(row))),
      },
      {
        id: "sources",
        title: say("page.table-sources"),
        kind: "sources",
        of: (row) => need(row)?.ev ?? null,
      },
    ],
  };
}
