/** What is drawn around one thing: a component with its vendors, a firm with its ties. Pure functions. */

/** @import { Around } from "./around.js" */
/** @import { View } from "./boxes.js" */
/** @import { Scene, SceneBox } from "./types.js" */
import { layAround } from "./around.js";
import { SHAPES, fillBox, isGone } from "./boxes.js";
import { compareVendors, glyphOf, split } from "./model.js";
import { formatCount } from "./text.js";

/** @param {View} view @param {number[]} sums @param {number[]} groups @param {boolean[]} some whether there is any, counted or not @returns {string[]} */
function sideNotes({ model, lang, say }, sums, groups, some) {
  return [0, 1, 2].map((side) => {
    const name = side === 2 ? say("page.third") : model.country(model.data.meta.pair[side], lang).text;
    const count = say("page.vendors-n", { n: sums[side], groups: groups[side] });
    const tail = side === 2 && model.data.meta.within === "pair" ? ` · ${say("page.third-note")}` : "";
    return `${name} · ${sums[side] ? count + tail : say(some[side] ? "page.notcounted" : "page.nobody")}`;
  });
}

/** @param {View} view @param {number} c @returns {Scene} */
export function makeComponent(view, c) {
  const { model, lang, say, narrow } = view;
  const { offers, vendors } = model.data;
  const rows = model
    .offersAt(c)
    .map((i) => offers[i])
    .sort(compareVendors(model));
  const once = [...new Map(rows.toReversed().map((offer) => [offer.v, offer])).values()].sort(
    compareVendors(model),
  );
  /** @type {Around[]} */
  const around = once.map((offer) => {
    const vendor = vendors[offer.v];
    const head = model.headOf(offer.v);
    const count = model.offersOf(offer.v).length;
    const parts = [say(`status.${offer.status ?? "unknown"}`)];
    if (model.sideOf(vendor.country) === 2) parts.unshift(model.country(vendor.country, lang).text);
    if (head !== offer.v) parts.push(say("page.group", { name: model.name(`vendor:${head}`, lang).text }));
    parts.push(count === 1 ? say("page.offers-one") : say("page.offers-n", { n: count }));
    const cuts = model
      .gapsOf(offer.v)
      .filter(
        (i) =>
          model.data.findings[i].roots.includes(c) &&
          model.data.findings[i].unit !== "country" &&
          model.data.findings[i].unit !== "owner",
      );
    return {
      key: `vendor:${offer.v}`,
      side: model.sideOf(vendor.country),
      sub: parts.join(" · "),
      dashed: !model.counts(offer),
      gone: isGone(view, offer.v),
      mark: cuts.length ? { glyph: glyphOf(model.data.findings[cuts[0]]), text: "", lang } : undefined,
    };
  });
  /** @type {[number, number, number]} */
  const sums = [0, 0, 0];
  /** @type {Set<number>[]} */
  const groups = [new Set(), new Set(), new Set()];
  for (const offer of once) {
    if (!model.counts(offer)) continue;
    const side = model.sideOf(vendors[offer.v].country);
    sums[side] += 1;
    groups[side].add(model.headOf(offer.v));
  }
  const middle = [
    fillBox(view, {
      key: `component:${c}`,
      kind: "hub",
      x: 0,
      y: 0,
      w: narrow ? 366 : 230,
      h: model.gapsAt(c).length ? 72 : 48,
    }),
  ];
  return layAround(
    view,
    `component:${c}`,
    middle,
    around,
    sideNotes(
      view,
      sums,
      groups.map((g) => g.size),
      [0, 1, 2].map((side) => around.some((item) => item.side === side)),
    ),
  );
}

/** @param {View} view @param {number} v @returns {Scene} */
export function makeVendor(view, v) {
  const { model, lang, say, narrow } = view;
  const { relations, vendors, offers } = model.data;
  /** @type {Map<number, {subs: string[], force: boolean}>} */
  const ties = new Map();
  for (const i of model.relationsOf(v)) {
    const relation = relations[i];
    const out = relation.from === v;
    const other = out ? relation.to : relation.from;
    const tie = ties.get(other) ?? { subs: [], force: false };
    const text =
      say(`page.tie-${relation.type}-${out ? "out" : "in"}`) +
      (relation.in_force ? "" : ` (${say("page.history")})`);
    if (!tie.subs.includes(text)) tie.subs.push(text);
    tie.force ||= relation.in_force;
    ties.set(other, tie);
  }
  /** @type {Around[]} */
  const around = [...ties].map(([other, tie]) => ({
    key: `vendor:${other}`,
    side: model.sideOf(vendors[other].country),
    sub: tie.subs.join(" · "),
    dashed: !tie.force,
    gone: isGone(view, other),
  }));
  around.sort((a, b) =>
    compareVendors(model)(
      { v: split(a.key)[1], counted: !a.dashed },
      { v: split(b.key)[1], counted: !b.dashed },
    ),
  );
  const width = narrow ? 366 : 240;
  const head = model.headOf(v);
  const country = model.country(vendors[v].country, lang).text;
  /** @type {SceneBox[]} */
  const middle = [
    {
      key: `vendor:${v}`,
      kind: "hub",
      x: 0,
      y: 0,
      w: width,
      h: 58,
      name: model.name(`vendor:${v}`, lang),
      tone: SHAPES[model.sideOf(vendors[v].country)],
      bold: true,
      gone: isGone(view, v),
      sub:
        head === v
          ? country
          : `${country} · ${say("page.group", { name: model.name(`vendor:${head}`, lang).text })}`,
    },
  ];
  const mine = [...new Set(model.offersOf(v).map((i) => offers[i].c))].slice(0, 60);
  mine.forEach((c, i) => {
    const counted = model.offersOf(v).some((row) => offers[row].c === c && model.counts(offers[row]));
    middle.push({
      ...fillBox(view, { key: `component:${c}`, kind: "component", x: 0, y: 84 + i * 50, w: width, h: 44 }),
      dashed: !counted,
    });
  });
  /** @type {[number, number, number]} */
  const sums = [0, 0, 0];
  for (const item of around) sums[item.side] += 1;
  const notes = sums.map((sum, side) => {
    const place = side === 2 ? say("page.third") : model.country(model.data.meta.pair[side], lang).text;
    return `${place} · ${sum ? formatCount(sum, lang) : say("page.relations-none")}`;
  });
  return layAround(view, `vendor:${v}`, middle, around, notes);
}
