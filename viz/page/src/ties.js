/** What the panel tells of the ties of a firm: kind, direction, share, dates, sources. */

/** @import { Ctx } from "./parts.js" */
/** @import { Relation } from "./types.js" */
import { el, glyph, written } from "./dom.js";
import { groupTies, keyOfGroup, pickOfTies } from "./firm.js";
import { SIDES, evidence, list, muted, section, thing } from "./parts.js";
import { formatCount, formatPeriod, formatShare, sayPast } from "./text.js";

/** @param {Ctx} ctx @param {number} v */
export function relationSection(ctx, v) {
  const { model, say } = ctx;
  const rows = model.relationsOf(v);
  if (!rows.length) return section(say("page.relations"), muted(say("page.relations-none")));
  /** @type {Map<string, Relation[]>} */
  const groups = new Map();
  for (const row of rows) {
    const relation = model.data.relations[row];
    const key = `page.rel-${relation.type}-${relation.from === v ? "out" : "in"}`;
    groups.set(key, [...(groups.get(key) ?? []), relation]);
  }
  return section(
    say("page.relations"),
    [...groups].map(([key, relations]) =>
      el(
        "div",
        { class: "kind" },
        el("h4", {}, `${say(key)} `, el("span", { class: "count" }, String(relations.length))),
        list(
          ctx,
          relations.sort((a, b) => Number(b.in_force) - Number(a.in_force)),
          (relation) => relationItem(ctx, relation, v),
        ),
      ),
    ),
  );
}

/** @param {Relation} relation @param {string} key of one of the firms */
const isTo = ({ from, to }, key) => key === `vendor:${from}` || key === `vendor:${to}`;

/** The tie between a firm and the one from which the reader came to it. @param {Ctx} ctx @param {number} v */
export function cameBySection(ctx, v) {
  const { model, lang, say } = ctx;
  const before = model.keyOf(ctx.state.from?.at(-1) ?? null);
  if (!before?.startsWith("vendor:")) return null;
  const rows = model
    .relationsOf(v)
    .map((row) => model.data.relations[row])
    .filter((relation) => isTo(relation, before));
  if (!rows.length) return null;
  return section(
    say("page.tie-with", { name: model.name(before, lang).text }),
    list(ctx, rows, (relation) => tieItem(ctx, relation, v)),
  );
}

/** The ties of one kind with firms of one country, which the reader picked in the picture. @param {Ctx} ctx @param {number} v */
export function pickedSection(ctx, v) {
  const { model, lang, say, state } = ctx;
  const group = groupTies(ctx, v).find((one) => pickOfTies(keyOfGroup(one)) === state.pick);
  if (!group) return null;
  const { type, way, side, ties } = group;
  const place = side === 2 ? say("page.third") : model.country(model.data.meta.pair[side], lang).text;
  return el(
    "section",
    { id: "tied" },
    el(
      "h3",
      { class: "first" },
      glyph(SIDES[side]),
      ` ${say(`page.rel-${type}-${way === "in" ? "in" : "out"}`)} – ${place} `,
      el("span", { class: "count" }, formatCount(ties.length, lang)),
    ),
    list(
      ctx,
      ties.flatMap((tie) => tie.relations),
      (relation) => tieItem(ctx, relation, v),
    ),
  );
}

/** A relation with its kind. @param {Ctx} ctx @param {Relation} relation @param {number} v */
function tieItem(ctx, relation, v) {
  const item = relationItem(ctx, relation, v);
  const key = `page.rel-${relation.type}-${relation.from === v ? "out" : "in"}`;
  item.prepend(el("span", { class: "tie" }, `${ctx.say(key)} `));
  return item;
}

/** @param {Ctx} ctx @param {Relation} relation @param {number} v */
function relationItem(ctx, relation, v) {
  const { lang, say } = ctx;
  const ties =
    relation.type === "OWNS"
      ? [
          relation.control
            ? say(`page.control-${relation.control}`)
            : relation.share === undefined
              ? say("page.control-unknown")
              : "",
        ]
      : [];
  if (relation.share !== undefined)
    ties.unshift(say("page.share-held", { share: formatShare(relation.share, lang) }));
  return el(
    "li",
    { class: relation.in_force ? "" : "off" },
    thing(ctx, `vendor:${relation.from === v ? relation.to : relation.from}`),
    el(
      "p",
      { class: "tags" },
      relation.in_force ? null : el("span", { class: "tag" }, say(sayPast(relation))),
      ties.filter(Boolean).map((text) => el("span", { class: "tag" }, text)),
      el("span", { class: "muted" }, formatPeriod(relation, lang, say)),
    ),
    relation.c === undefined ? null : el("p", {}, thing(ctx, `component:${relation.c}`)),
    written("p", "product", relation.detail),
    evidence(ctx, relation.ev),
  );
}
