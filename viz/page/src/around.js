/** Where things stand around a middle: a country on each side, third countries below, lines between. Pure functions. */

/** @import { View } from "./boxes.js" */
/** @import { Box, Edge, Scene, SceneBox } from "./types.js" */
import { MOST_DRAWN, SHAPES, layGrid } from "./boxes.js";

/**
 * @typedef {{key: string, side: 0|1|2, sub: string, dashed: boolean, gone?: boolean, mark?: SceneBox["mark"]}} Around
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
export function layAround(view, key, middle, around, notes) {
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
    gone: item.gone,
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
