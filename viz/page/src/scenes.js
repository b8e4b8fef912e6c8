/** What is drawn where: the overview, a segment, a component with its vendors, a firm with its ties. Pure functions. */

/** @import { Board, Boards, Box, Count, Edge, Lang, Lit, Scene, SceneBox } from "./types.js" */
/** @import { Model } from "./model.js" */
import { GLYPHS, compareVendors, glyphOf, split } from "./model.js";
import { formatCount } from "./text.js";

export const MOST_DRAWN = 400; // more would have labels of less than 7 px

/** @typedef {(key: string, params?: Record<string, string|number>) => string} Say */
/** @typedef {{model: Model, lang: Lang, say: Say, narrow: boolean}} View */

const SHAPES = /** @type {const} */ (["circle", "square", "diamond"]);

/**
 * The counts of the pair at a component: a number, 0 where the list is complete, "?" where it is not known.
 * @param {View} view @param {number} c @returns {Count[]}
 */
export function countsOf({ model, lang }, c) {
  const { cells } = model.data.components[c];
  return model.data.meta.pair.map((code, side) => {
    const cell = cells[code];
    const text = !cell || cell.state === "not known" ? "?" : formatCount(cell.vendors, lang);
    return { shape: SHAPES[side], text: `${code} ${text}` };
  });
}

/** @param {View} view @param {number[]} components @returns {Count[]} */
function sumCounts({ model, lang }, components) {
  const sums = model.countVendors(components);
  return model.data.meta.pair.map((code, side) => ({
    shape: SHAPES[side],
    text: `${code} ${formatCount(sums[side], lang)}`,
  }));
}

/**
 * The gravest gap whose root is one of these components, as a mark.
 * @param {View} view @param {number[]} rows positions of findings
 * @returns {SceneBox["mark"]}
 */
export function markOf({ model, lang, say }, rows) {
  const findings = rows.map((i) => model.data.findings[i]);
  if (!findings.length) return undefined;
  findings.sort((a, b) => GLYPHS.indexOf(glyphOf(a)) - GLYPHS.indexOf(glyphOf(b)));
  const [worst] = findings;
  const name = model.member(worst, lang);
  const key =
    worst.kind === "uncovered"
      ? "page.mark-nobody"
      : worst.kind === "dominant"
        ? "page.mark-dominant"
        : "page.mark-only";
  const more = findings.length > 1 ? ` +${findings.length - 1}` : "";
  return {
    glyph: glyphOf(worst),
    text: say(key, { name: name?.text ?? "" }) + more,
    lang: name?.lang ?? lang,
  };
}

/** @param {View} view @param {Box} box @returns {SceneBox} */
function fillBox(view, box) {
  const { model, lang, say } = view;
  const [kind, at] = split(box.key);
  if (box.key === "solutions") {
    const count = formatCount(model.data.solutions.length, lang);
    return {
      ...box,
      name: { text: say("page.solutions"), lang },
      sub: box.kind === "solutions" ? count : say("page.solutions-sub"),
      bold: true,
    };
  }
  const name = model.name(box.key, lang);
  if (kind === "layer")
    return {
      ...box,
      name,
      number: String(at + 1),
      counts: sumCounts(view, model.componentsOfLayer(at)),
      bold: true,
    };
  if (kind === "segment") {
    const inside = model.inside(at);
    const gaps = inside.filter((c) => model.gapsAt(c).length);
    const summary = box.kind === "summary";
    const mark =
      summary && gaps.length
        ? markOf(
            view,
            gaps.flatMap((c) => model.gapsAt(c)),
          )
        : undefined;
    if (mark) mark.text = say("page.segment-gaps", { n: gaps.length });
    const sub = summary
      ? say("page.segment-sum", { n: formatCount(inside.length, lang) })
      : box.kind === "row"
        ? say("page.secures")
        : undefined;
    return {
      ...box,
      name,
      sub,
      mark,
      counts: box.kind === "row" ? undefined : sumCounts(view, inside),
      bold: true,
    };
  }
  if (kind === "component")
    return { ...box, name, counts: countsOf(view, at), mark: markOf(view, model.gapsAt(at)) };
  return { ...box, name };
}

/** @param {View} view @param {Boards} boards @returns {Scene} */
export function makeOverview(view, boards) {
  /** @type {Board} */
  const board = view.narrow ? boards.narrow : boards.wide;
  const boxes = board.boxes.map((box) => fillBox(view, box));
  return {
    key: "overview",
    width: board.width,
    height: board.height,
    boxes,
    frames: board.frames,
    ports: [],
    edges: [],
    loop: true,
    hidden: 0,
  };
}

/**
 * Boxes of one size in a grid.
 * @template T
 * @param {T[]} items @param {{x: number, y: number, w: number, h: number, gap: number, columns: number}} grid
 * @param {(item: T, box: {x: number, y: number, w: number, h: number}) => SceneBox} make
 * @returns {{boxes: SceneBox[], width: number, height: number}} column by column
 */
function layGrid(items, { x, y, w, h, gap, columns }, make) {
  const rows = Math.ceil(items.length / columns);
  const boxes = items.map((item, i) =>
    make(item, {
      x: x + Math.floor(i / Math.max(rows, 1)) * (w + gap),
      y: y + (i % Math.max(rows, 1)) * (h + gap),
      w,
      h,
    }),
  );
  const used = rows ? Math.ceil(items.length / rows) : 0;
  return { boxes, width: Math.max(0, used * (w + gap) - gap), height: Math.max(0, rows * (h + gap) - gap) };
}

/**
 * What lights up, alone and from top to bottom, for a telephone: each step is set in under the one that needs it.
 * @param {View} view @param {Lit} lit @param {string} key
 * @returns {Scene}
 */
export function makeChain(view, lit, key) {
  const [w, h, gap, step] = [366, 44, 12, 16];
  const starts = [...lit.nodes].filter((node) => !lit.edges.some((edge) => edge.to === node));
  /** @type {SceneBox[]} */
  const boxes = [];
  /** @type {Scene["ports"]} */
  const ports = [];
  /** @type {Edge[]} */
  const edges = [];
  const placed = new Set();
  /** @param {string} node @param {number} depth @param {SceneBox|null} parent */
  const place = (node, depth, parent) => {
    if (placed.has(node) || boxes.length >= MOST_DRAWN) return;
    placed.add(node);
    const x = 8 + Math.min(depth, 8) * step; // room for the number at the corner
    const kind = node.startsWith("solution:") ? "solution" : "component";
    const box = fillBox(view, { key: node, kind, x, y: 4 + boxes.length * (h + gap), w: w - x, h });
    boxes.push(box);
    if (parent && parent.x < x) {
      const from = parent.x + step / 2;
      ports.push(
        { key: `down:${node}`, x: from - 1, y: parent.y + parent.h - 1 },
        { key: `turn:${node}`, x: from - 1, y: box.y + h / 2 - 1 },
        { key: `in:${node}`, x: x - 1, y: box.y + h / 2 - 1 },
      );
      edges.push(
        { from: `down:${node}`, to: `turn:${node}`, strong: true },
        { from: `turn:${node}`, to: `in:${node}`, strong: true },
      );
    }
    for (const edge of lit.edges) if (edge.from === node) place(edge.to, depth + 1, box);
  };
  for (const node of starts) place(node, 0, null);
  return {
    key,
    width: w,
    height: boxes.length * (h + gap),
    boxes,
    frames: [],
    ports,
    edges,
    loop: false,
    hidden: 0,
  };
}

/** @param {View} view @param {number} s @returns {Scene} */
export function makeSegment(view, s) {
  const { model, narrow } = view;
  const all = model.inside(s);
  const shown = all.slice(0, MOST_DRAWN);
  const columns = narrow ? 1 : Math.min(4, Math.max(2, Math.ceil(shown.length / 9)));
  const w = narrow ? 350 : 250;
  const head = fillBox(view, {
    key: `segment:${s}`,
    kind: "head",
    x: 0,
    y: 0,
    w: columns * (w + 10) - 10,
    h: 40,
  });
  const grid = layGrid(shown, { x: 0, y: 54, w, h: 52, gap: 10, columns }, (c, place) =>
    fillBox(view, { key: `component:${c}`, kind: "component", ...place }),
  );
  return {
    key: `segment:${s}`,
    width: head.w,
    height: 54 + grid.height,
    boxes: [head, ...grid.boxes],
    frames: [],
    ports: [],
    edges: [],
    loop: false,
    hidden: all.length - shown.length,
  };
}

/**
 * @typedef {{key: string, side: 0|1|2, sub: string, dashed: boolean, mark?: SceneBox["mark"]}} Around
 */

const HEAD = 30; // heading of a side
const ROOM = 110; // for the lines between a side and the middle

/**
 * Things around a middle: the first country left, the second right, third countries apart below.
 * @param {View} view @param {string} key @param {SceneBox[]} middle stacked from y = 0, centred on x = 0; the first is the hub
 * @param {Around[]} around in order
 * @param {string[]} notes heading of each side
 * @returns {Scene}
 */
function layAround(view, key, middle, around, notes) {
  const shown = around.slice(0, MOST_DRAWN - middle.length - 3);
  const hidden = around.length - shown.length;
  const sides = /** @type {const} */ ([0, 1, 2]).map((side) => shown.filter((item) => item.side === side));
  const most = Math.max(sides[0].length, sides[1].length);
  const small = most > 60;
  const [w, h, gap] = small ? [150, 24, 4] : [210, 40, 7];
  /** @param {Around} item @param {Omit<Box, "key"|"kind">} place @returns {SceneBox} */
  const make = (item, place) => ({
    key: item.key,
    kind: "vendor",
    ...place,
    name: view.model.name(item.key, view.lang),
    sub: small ? undefined : item.sub,
    dashed: item.dashed,
    mark: item.mark,
    tone: SHAPES[item.side],
  });
  /** @param {number} side @param {number} x @param {number} y @param {number} width @returns {SceneBox} */
  const heading = (side, x, y, width) => ({
    key: `side:${side}`,
    kind: "side",
    x,
    y,
    w: width,
    h: HEAD - 6,
    name: { text: notes[side], lang: view.lang },
    tone: SHAPES[side],
    bold: true,
  });
  if (view.narrow) return layStack(key, middle, sides, make, heading, hidden);

  const mid = Math.max(...middle.map((box) => box.w));
  const rows = chooseRows(
    sides.map((side) => side.length),
    mid,
    w + gap,
    h + gap,
  );
  const columns = [0, 1].map((side) => Math.max(1, Math.ceil(sides[side].length / rows)));
  const widths = columns.map((n) => n * (w + gap) - gap);
  const [left, right] = [0, widths[0] + 2 * ROOM + mid];
  const full = right + widths[1];
  const grids = [0, 1].map((side) =>
    layGrid(sides[side], { x: side ? right : left, y: HEAD, w, h, gap, columns: columns[side] }, make),
  );
  const stack = middle.reduce((sum, box) => Math.max(sum, box.y + box.h), 0);
  const height = Math.max(HEAD + grids[0].height, HEAD + grids[1].height, stack, 120);
  const push = Math.max(0, (HEAD + height - stack) / 2);
  const centre = widths[0] + ROOM + mid / 2;
  const hubs = middle.map((box) => ({ ...box, x: centre - box.w / 2, y: box.y + push }));
  const boxes = [
    heading(0, left, 0, widths[0] + ROOM - 10),
    heading(1, right, 0, Math.max(widths[1], 210)),
    ...grids[0].boxes,
    ...grids[1].boxes,
    ...hubs,
  ];
  const { ports, edges } = fanOut(
    grids.map((grid) => grid.boxes),
    hubs,
  );
  let bottom = height;
  if (sides[2].length) {
    boxes.push(heading(2, left, height + 22, full));
    const across = Math.max(1, Math.floor((full + gap) / (w + gap)));
    sides[2].forEach((item, i) => {
      const place = {
        x: left + (i % across) * (w + gap),
        y: height + 22 + HEAD + Math.floor(i / across) * (h + gap),
        w,
        h,
      };
      boxes.push(make(item, place));
      bottom = place.y + h;
    });
  }
  return { key, width: full, height: bottom, boxes, frames: [], ports, edges, loop: false, hidden };
}

/**
 * How many rows make the picture largest in a window of about 1070 x 730.
 * @param {number[]} counts things left, right and below @param {number} mid width of the middle @param {number} w @param {number} h of a box and its gap
 */
function chooseRows(counts, mid, w, h) {
  const most = Math.max(counts[0], counts[1], 1);
  let best = 12;
  let largest = 0;
  for (let rows = Math.min(12, most); rows <= most; rows++) {
    const width = (Math.ceil(counts[0] / rows) + Math.ceil(counts[1] / rows)) * w + 2 * ROOM + mid;
    const below = counts[2] ? 22 + HEAD + Math.ceil(counts[2] / Math.floor(width / w)) * h : 0;
    const scale = Math.min(1070 / width, 730 / (HEAD + Math.min(rows, most) * h + below));
    if (scale > largest + 0.001) [best, largest] = [rows, scale];
  }
  return best;
}

/**
 * Lines from the hub to each row of both sides; a row's line runs on behind its boxes.
 * @param {SceneBox[][]} sides left and right @param {SceneBox[]} hubs
 * @returns {{ports: Scene["ports"], edges: Edge[]}}
 */
function fanOut(sides, hubs) {
  const [hub] = hubs;
  /** @type {Scene["ports"]} */
  const ports = [];
  /** @type {Edge[]} */
  const edges = [];
  /** @param {string} key @param {number} x @param {number} y */
  const port = (key, x, y) => (ports.push({ key, x: x - 1, y: y - 1 }), key);
  sides.forEach((boxes, side) => {
    if (!boxes.length) return;
    const middle = port(`hub:${side}`, side ? hub.x + hub.w : hub.x, hub.y + hub.h / 2);
    const edge = side
      ? Math.min(...boxes.map((box) => box.x))
      : Math.max(...boxes.map((box) => box.x + box.w));
    for (const y of new Set(boxes.map((box) => box.y))) {
      const row = boxes.filter((box) => box.y === y).sort((a, b) => a.x - b.x);
      const far = side ? row[row.length - 1] : row[0];
      const dashed = row.every((box) => box.dashed);
      const inner = port(`row:${side}:${y}`, edge, far.y + far.h / 2);
      edges.push(
        { from: middle, to: inner, dashed },
        { from: inner, to: port(`end:${side}:${y}`, far.x + far.w / 2, far.y + far.h / 2), dashed },
      );
    }
  });
  const last = hubs[hubs.length - 1];
  if (last !== hub)
    edges.push({
      from: port("spine:0", hub.x + hub.w / 2, hub.y + hub.h),
      to: port("spine:1", hub.x + hub.w / 2, last.y),
    });
  return { ports, edges };
}

/**
 * The same in one column, for a telephone; lines would only run behind boxes there.
 * @param {string} key @param {SceneBox[]} middle @param {Around[][]} sides
 * @param {(item: Around, place: {x: number, y: number, w: number, h: number}) => SceneBox} make
 * @param {(side: number, x: number, y: number, width: number) => SceneBox} heading
 * @param {number} hidden
 * @returns {Scene}
 */
function layStack(key, middle, sides, make, heading, hidden) {
  const width = 366;
  const boxes = middle.map((box) => ({ ...box, x: (width - box.w) / 2 }));
  let y = middle.reduce((sum, box) => Math.max(sum, box.y + box.h), 0) + 16;
  for (const side of [0, 1, 2]) {
    if (side === 2 && !sides[2].length) continue;
    boxes.push(heading(side, 0, y, width));
    y += HEAD;
    boxes.push(
      ...sides[side].map((item, i) =>
        make(item, { x: i % 2 ? 186 : 0, y: y + Math.floor(i / 2) * 46, w: 180, h: 40 }),
      ),
    );
    y += Math.ceil(sides[side].length / 2) * 46 + 12;
  }
  return { key, width, height: y, boxes, frames: [], ports: [], edges: [], loop: false, hidden };
}

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
      dashed: !offer.counted,
      mark: cuts.length ? { glyph: glyphOf(model.data.findings[cuts[0]]), text: "", lang } : undefined,
    };
  });
  /** @type {[number, number, number]} */
  const sums = [0, 0, 0];
  /** @type {Set<number>[]} */
  const groups = [new Set(), new Set(), new Set()];
  for (const offer of once) {
    if (!offer.counted) continue;
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
      sub:
        head === v
          ? country
          : `${country} · ${say("page.group", { name: model.name(`vendor:${head}`, lang).text })}`,
    },
  ];
  const mine = [...new Set(model.offersOf(v).map((i) => offers[i].c))].slice(0, 60);
  mine.forEach((c, i) => {
    const counted = model.offersOf(v).some((row) => offers[row].c === c && offers[row].counted);
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
