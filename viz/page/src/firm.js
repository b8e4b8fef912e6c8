/** What is drawn around a firm: what it offers, and its ties by kind, with direction, share and dates. Pure functions. */

/** @import { View } from "./boxes.js" */
/** @import { Box, Edge, Relation, Scene, SceneBox } from "./types.js" */
import { MOST_DRAWN, SHAPES, fillBox, isGone } from "./boxes.js";
import { compareVendors } from "./model.js";
import { formatCount, formatPeriod, formatShare, sayPast } from "./text.js";

/** @typedef {"in"|"out"|"both"} Way seen from the firm in the middle */
/** @typedef {{other: number, relations: Relation[], force: boolean}} Tie all relations with one other firm */
/** @typedef {{type: string, way: Way, side: 0|1|2, ties: Tie[]}} Group ties of one kind, with firms of one country */

const KINDS = ["OWNS", "INVESTS_IN", "JOINT_VENTURE_WITH", "SUPPLIES", "LICENSES", "PARTNERS_WITH"];
const MUTUAL = new Set(["JOINT_VENTURE_WITH", "PARTNERS_WITH"]);
const WAYS = /** @type {const} */ (["in", "out", "both"]);
const MOST_OFFERS = 30;
const MOST_BELOW = 14; // of them in a column
// a box, what is between two, the head of a side and of a group, the room for lines at each side of the middle
const [W, H, GAP, HEAD, GROUP_HEAD, PAD, ROOM] = [208, 40, 6, 30, 26, 6, 120];

/** @param {Relation} relation @param {number} v @returns {Way} */
const wayOf = ({ type, from }, v) => (MUTUAL.has(type) ? "both" : from === v ? "out" : "in");

/** @param {Relation} a @param {Relation} b those in force first, then by kind */
const compareRelations = (a, b) =>
  Number(b.in_force) - Number(a.in_force) || KINDS.indexOf(a.type) - KINDS.indexOf(b.type);

/**
 * The ties of a firm in groups; a firm with several ties stands in the group of the first of them.
 * @param {View} view @param {number} v @returns {Group[]}
 */
export function groupTies({ model }, v) {
  const { relations, vendors } = model.data;
  /** @type {Map<number, Relation[]>} */
  const byFirm = new Map();
  for (const row of model.relationsOf(v)) {
    const relation = relations[row];
    const other = relation.from === v ? relation.to : relation.from;
    byFirm.set(other, [...(byFirm.get(other) ?? []), relation]);
  }
  /** @type {Map<string, Group>} */
  const groups = new Map();
  for (const [other, all] of byFirm) {
    if (other === v) continue;
    all.sort(compareRelations);
    const [{ type }] = all;
    const way = wayOf(all[0], v);
    const side = model.sideOf(vendors[other].country);
    const key = `${side} ${type} ${way}`;
    const group = groups.get(key) ?? { type, way, side, ties: [] };
    group.ties.push({ other, relations: all, force: all.some((one) => one.in_force) });
    groups.set(key, group);
  }
  const order = compareVendors(model);
  for (const { ties } of groups.values())
    ties.sort((a, b) => order({ v: a.other, counted: a.force }, { v: b.other, counted: b.force }));
  return [...groups.values()].sort(
    (a, b) => KINDS.indexOf(a.type) - KINDS.indexOf(b.type) || WAYS.indexOf(a.way) - WAYS.indexOf(b.way),
  );
}

/** @param {Group} group @returns {string} of its heading, which its line opens as well */
export const keyOfGroup = ({ side, type, way }) => `kind:${side}:${type}:${way}`;

/** What the fragment says of ties that are picked. @param {string} key of their heading */
export const pickOfTies = (key) => key.replace(/^kind:/, "tie:");

/** The scene with the ties that are picked set off. @param {Scene} scene @param {string|null|undefined} pick @returns {Scene} */
export const markPicked = (scene, pick) => ({
  ...scene,
  edges: scene.edges.map((edge) =>
    edge.opens && pickOfTies(edge.opens) === pick ? { ...edge, strong: true } : edge,
  ),
});

/** What is known of a tie, in one line: share, dates, what for, and the kinds of further ties. @param {View} view @param {Tie} tie @param {number} v */
export function describeTie({ model, lang, say }, { relations }, v) {
  const [first] = relations;
  /** @param {Relation} one */
  const kindOf = (one) => say(`page.tie-${one.type}-${one.from === v ? "out" : "in"}`);
  const parts = [];
  if (!first.in_force) parts.push(say(sayPast(first)));
  if (first.share !== undefined) parts.push(formatShare(first.share, lang));
  if (first.type === "OWNS" && first.control === "no") parts.push(say("page.control-no"));
  if (first.since || first.until) parts.push(formatPeriod(first, lang, say));
  if (first.c !== undefined && first.type !== "OWNS" && first.type !== "INVESTS_IN")
    parts.push(model.name(`component:${first.c}`, lang).text);
  for (const one of relations)
    if (kindOf(one) !== kindOf(first))
      parts.push(one.in_force ? `+ ${kindOf(one)}` : `+ ${kindOf(one)} (${say(sayPast(one))})`);
  return [...new Set(parts)].join(" · ") || say("page.undated");
}

/** @param {View} view @param {number} v @param {number} width @returns {SceneBox} */
function makeHub({ model, lang, say, ...view }, v, width) {
  const vendor = model.data.vendors[v];
  const head = model.headOf(v);
  const country = model.country(vendor.country, lang).text;
  const group = head === v ? "" : say("page.group", { name: model.name(`vendor:${head}`, lang).text });
  return {
    key: `vendor:${v}`,
    kind: "hub",
    x: 0,
    y: 0,
    w: width,
    h: 58,
    name: model.name(`vendor:${v}`, lang),
    tone: SHAPES[model.sideOf(vendor.country)],
    bold: true,
    gone: isGone({ model, lang, say, ...view }, v),
    sub: group ? `${country} · ${group}` : country,
  };
}

/**
 * The firm and what it offers, one below the other.
 * @param {View} view @param {number} v @param {number} width @returns {{stack: SceneBox[], hidden: number}}
 */
function makeMiddle(view, v, width) {
  const { model } = view;
  const { offers } = model.data;
  const rows = model.offersOf(v).map((row) => offers[row]);
  const all = [...new Set(rows.map((offer) => offer.c))];
  const shown = all.slice(0, MOST_OFFERS);
  const columns = view.narrow ? 1 : Math.max(1, Math.ceil(shown.length / MOST_BELOW));
  const stack = [makeHub(view, v, columns * (width + GAP) - GAP)];
  shown.forEach((c, i) => {
    const [x, y] = [(i % columns) * (width + GAP), 78 + Math.floor(i / columns) * 44];
    stack.push({
      ...fillBox(view, { key: `component:${c}`, kind: "component", x, y, w: width, h: 40 }),
      dashed: !rows.some((offer) => offer.c === c && model.counts(offer)),
    });
  });
  return { stack, hidden: Math.max(0, all.length - MOST_OFFERS) };
}

/** Which way an arrow points that stands in words; the firm is at that side of the group. @param {Way} way @param {"left"|"right"|"top"} firm */
const arrowOf = (way, firm) =>
  ({
    left: { in: "←", out: "→", both: "↔" },
    right: { in: "→", out: "←", both: "↔" },
    top: { in: "↑", out: "↓", both: "↕" },
  })[firm][way];

/** Places groups below one another. */
class Painter {
  /** @param {View} view @param {number} v */
  constructor(view, v) {
    this.view = view;
    this.v = v;
    /** @type {SceneBox[]} */
    this.boxes = [];
    /** @type {Box[]} */
    this.frames = [];
    this.room = MOST_DRAWN;
    this.hidden = 0;
  }

  /** @param {0|1|2} side @param {number} count @param {number} x @param {number} y @param {number} w */
  addSide(side, count, x, y, w) {
    const { model, lang, say } = this.view;
    const place = side === 2 ? say("page.third") : model.country(model.data.meta.pair[side], lang).text;
    const text = `${place} · ${count ? formatCount(count, lang) : say("page.relations-none")}`;
    const name = { text, lang };
    this.boxes.push({
      ...{ key: `side:${side}`, kind: "side", x, y, w, h: HEAD - 6 },
      ...{ name, tone: SHAPES[side], bold: true },
    });
  }

  /**
   * @param {Group} group @param {number} x @param {number} y @param {number} columns @param {"left"|"right"|"top"} firm @param {number} [w] of a box
   * @returns {number} height
   */
  addGroup(group, x, y, columns, firm, w = W) {
    const { type, way, side, ties } = group;
    const { view, v } = this;
    const { model, lang, say } = view;
    const shown = ties.slice(0, this.room);
    this.room -= shown.length;
    this.hidden += ties.length - shown.length;
    const width = columns * (w + GAP) - GAP + 2 * PAD;
    const height = measureGroup(shown.length, columns);
    const key = keyOfGroup(group);
    const label = `${arrowOf(way, firm)} ${say(`page.rel-${type}-${way === "in" ? "in" : "out"}`)}`;
    this.frames.push({ key, kind: "segment", x, y, w: width, h: height });
    const name = { text: `${label} · ${formatCount(ties.length, lang)}`, lang };
    this.boxes.push({ key, kind: "side", x, y, w: width, h: GROUP_HEAD - 4, name, bold: true });
    shown.forEach((tie, i) =>
      this.boxes.push({
        key: `vendor:${tie.other}`,
        kind: "vendor",
        x: x + PAD + (i % columns) * (w + GAP),
        y: y + GROUP_HEAD + Math.floor(i / columns) * (H + GAP),
        w,
        h: H,
        name: model.name(`vendor:${tie.other}`, lang),
        sub: describeTie(view, tie, v),
        dashed: !tie.force,
        gone: isGone(view, tie.other),
        tone: SHAPES[side],
      }),
    );
    return height;
  }
}

/** @param {number} count @param {number} columns */
const measureGroup = (count, columns) => GROUP_HEAD + Math.ceil(count / columns) * (H + GAP) - GAP + PAD;

/** @param {Group[]} groups @param {number} columns */
const measureSide = (groups, columns) =>
  groups.reduce((sum, { ties }) => sum + measureGroup(ties.length, columns) + 10, 0);

/** @param {number} columns */
const widthOf = (columns) => columns * (W + GAP) - GAP + 2 * PAD;

/**
 * How many boxes wide each side is, so that the picture is as large as it can be in a window.
 * @param {Group[][]} sides @param {number} middle its width @param {number} stack its height
 * @returns {[number, number]}
 */
function chooseColumns(sides, middle, stack) {
  /** @type {[number, number]} */
  let best = [1, 1];
  let largest = 0;
  for (let left = 1; left <= 9; left++)
    for (let right = 1; right <= 9; right++) {
      const width = widthOf(left) + widthOf(right) + middle + 2 * ROOM;
      const across = Math.max(1, Math.floor(width / (W + GAP)));
      const below = sides[2].length ? HEAD + 22 + measureSide(sides[2], across) : 0;
      const height =
        HEAD + Math.max(measureSide(sides[0], left), measureSide(sides[1], right), stack) + below;
      const scale = Math.min(1.3, 1070 / width, 730 / height);
      if (scale > largest + 0.001) [best, largest] = [[left, right], scale];
    }
  return best;
}

/** @param {View} view @param {number} v @returns {Scene} */
export function makeVendor(view, v) {
  const width = view.narrow ? 366 : 240;
  const groups = groupTies(view, v);
  const sides = [0, 1, 2].map((side) => groups.filter((group) => group.side === side));
  const counts = sides.map((side) => side.reduce((sum, { ties }) => sum + ties.length, 0));
  const { stack, hidden } = makeMiddle(view, v, width);
  const painter = new Painter(view, v);
  painter.room = MOST_DRAWN - stack.length;
  const place = view.narrow ? placeStack : placeSides;
  const { size, hubs, ports, edges } = place(painter, stack, sides, counts);
  return {
    key: `vendor:${v}`,
    ...size,
    boxes: [...painter.boxes, ...hubs],
    frames: painter.frames,
    ports,
    edges,
    loop: false,
    hidden: hidden + painter.hidden,
  };
}

/**
 * Countries left and right of the firm, third countries below.
 * @param {Painter} painter @param {SceneBox[]} stack @param {Group[][]} sides @param {number[]} counts
 */
function placeSides(painter, stack, sides, counts) {
  const [hub] = stack;
  const tall = Math.max(...stack.map((box) => box.y + box.h));
  const columns = chooseColumns(sides, hub.w, tall);
  const [left, right] = columns.map(widthOf);
  const from = [0, left + 2 * ROOM + hub.w];
  const full = from[1] + right;
  const heights = [0, 1].map((side) => measureSide(sides[side], columns[side]));
  const height = Math.max(heights[0], heights[1], tall);
  const top = HEAD + Math.max(0, (height - tall) / 2);
  const hubs = stack.map((box) => ({ ...box, x: box.x + left + ROOM, y: box.y + top }));
  /** @type {Scene["ports"]} */
  const ports = [];
  /** @type {Edge[]} */
  const edges = [];
  for (const side of /** @type {const} */ ([0, 1])) {
    // few ties stand beside the firm, not at the top
    let y = HEAD + Math.max(0, (height - heights[side]) / 2);
    painter.addSide(side, counts[side], from[side], y - HEAD, side ? right : left);
    sides[side].forEach((group, i) => {
      const tallness = painter.addGroup(group, from[side], y, columns[side], side ? "left" : "right");
      const at = hubs[0].y + (hubs[0].h * (i + 1)) / (sides[side].length + 1);
      const key = `${side}:${group.type}:${group.way}`;
      ports.push(
        { key: `hub:${key}`, x: (side ? hubs[0].x + hub.w : hubs[0].x) - 1, y: at - 1 },
        { key: `end:${key}`, x: (side ? from[1] : left) - 1, y: y + Math.min(tallness / 2, 40) - 1 },
      );
      edges.push(...tieEdges(`hub:${key}`, `end:${key}`, group));
      y += tallness + 10;
    });
  }
  if (hubs.length > 1) {
    const x = hubs[0].x + hub.w / 2 - 1;
    ports.push({ key: "spine:0", x, y: hubs[0].y + hub.h - 1 }, { key: "spine:1", x, y: hubs[1].y - 1 });
    edges.push({ from: "spine:0", to: "spine:1" });
  }
  let bottom = HEAD + height;
  if (counts[2]) {
    bottom += 12;
    painter.addSide(2, counts[2], 0, bottom, full);
    bottom += HEAD;
    bottom = placeBelow(painter, sides[2], bottom, full);
  }
  return { size: { width: full, height: bottom }, hubs, ports, edges };
}

/** Groups side by side where they have room. @param {Painter} painter @param {Group[]} groups @param {number} y @param {number} full @returns {number} the bottom */
function placeBelow(painter, groups, y, full) {
  const most = Math.max(1, Math.floor((full - 2 * PAD + GAP) / (W + GAP)));
  let x = 0;
  let tallest = 0;
  for (const group of groups) {
    const columns = Math.min(most, group.ties.length);
    if (x && x + widthOf(columns) > full) {
      y += tallest + 10;
      [x, tallest] = [0, 0];
    }
    tallest = Math.max(tallest, painter.addGroup(group, x, y, columns, "top"));
    x += widthOf(columns) + 10;
  }
  return y + tallest;
}

/** @param {string} hub @param {string} end @param {Group} group @returns {Edge[]} a mutual tie has no direction */
function tieEdges(hub, end, group) {
  const { way, ties } = group;
  const dashed = ties.every((tie) => !tie.force);
  const [from, to] = way === "in" ? [end, hub] : [hub, end];
  return [{ from, to, arrow: way !== "both", dashed, opens: keyOfGroup(group) }];
}

/** All in one column, for a telephone. @param {Painter} painter @param {SceneBox[]} stack @param {Group[][]} sides @param {number[]} counts */
function placeStack(painter, stack, sides, counts) {
  let y = Math.max(...stack.map((box) => box.y + box.h)) + 16;
  for (const side of /** @type {const} */ ([0, 1, 2])) {
    if (side === 2 && !counts[2]) continue;
    painter.addSide(side, counts[side], 0, y, 366);
    y += HEAD;
    for (const group of sides[side]) y += painter.addGroup(group, 0, y, 2, "top", 174) + 8;
    y += 8;
  }
  return { size: { width: 366, height: y }, hubs: stack, ports: [], edges: [] };
}
