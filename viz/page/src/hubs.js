/** What is drawn around a component: its vendors. Pure functions. */

/** @import { Around } from "./around.js" */
/** @import { View } from "./boxes.js" */
/** @import { Scene } from "./types.js" */
import { layAround } from "./around.js";
import { fillBox, isGone } from "./boxes.js";
import { compareVendors, glyphOf } from "./model.js";

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
    const parts = [say(offer.when ? `page.when-${offer.when}` : `status.${offer.status ?? "unknown"}`)];
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
