/** What is drawn of a layer: its segments with their components; and of one segment. Pure functions. */

/** @import { View } from "./boxes.js" */
/** @import { Scene, SceneBox } from "./types.js" */
import { MOST_DRAWN, fillBox } from "./boxes.js";
import { sortByGravity } from "./gravity.js";
import { FONT } from "./pen.js";

const HEAD = 40;
const GAP = { x: 8, y: 6, panel: 14 };
const HEIGHTS = [38, 54]; // of a box, and of one in whose row there is a mark
const COLUMNS = { small: 4, wide: 6, large: 8, huge: 12 };
const LEAST = 12 / FONT; // what does not fit is scrolled, so that it can be read

/** @typedef {{y: number, boxes: SceneBox[], shown: Set<string>}} Pile what has been placed, from top to bottom */

/**
 * Places components row by row, and a box for those that are left out.
 * @param {View} view @param {Pile} pile @param {{x: number, w: number, across: number, most: number}} grid
 * @param {number} s segment
 * @returns {number} how many are left out
 */
function placeGrid(view, pile, { x, w, across, most }, s) {
  const { model } = view;
  const all = sortByGravity(
    model,
    model.inside(s).filter((c) => model.seesComponent(c)),
  );
  const some = all.length > most ? all.slice(0, most - 1) : all;
  const keys = some.map((c) => `component:${c}`);
  for (const key of keys) pile.shown.add(key);
  if (some.length < all.length) keys.push(`more:${s}`);
  const width = (w + GAP.x) / across - GAP.x;
  for (let i = 0; i < keys.length; i += across) {
    const row = keys.slice(i, i + across);
    const marked = row.some(
      (key) => key.startsWith("component:") && model.gapsAt(Number(key.slice(10))).length,
    );
    const h = HEIGHTS[Number(marked)];
    row.forEach((key, column) => {
      const kind = key.split(":")[0];
      const place = { key, kind, x: x + column * (width + GAP.x), y: pile.y, w: width, h };
      pile.boxes.push(fillBox(view, place, pile.shown));
    });
    pile.y += h + GAP.y;
  }
  return all.length - some.length;
}

/** @param {View} view */
function measureScene({ narrow, screen = "wide" }) {
  return narrow ? { across: 1, width: 366 } : { across: COLUMNS[screen], width: COLUMNS[screen] * 181 - 8 };
}

/** @param {View} view @param {number} l @returns {Scene} */
export function makeLayer(view, l) {
  const { model } = view;
  const { across, width } = measureScene(view);
  const segments = model.data.segments.flatMap(({ layer }, s) =>
    layer === l && model.inside(s).some((c) => model.seesComponent(c)) ? [s] : [],
  );
  const drawn = segments.slice(0, 60);
  const most = Math.max(3, Math.floor((MOST_DRAWN - 1) / Math.max(1, drawn.length)) - 1);
  const head = { key: `layer:${l}`, kind: "head", x: 0, y: 0, w: width, h: HEAD };
  /** @type {Pile} */
  const pile = { y: HEAD + 12, boxes: [{ ...fillBox(view, head), number: undefined }], shown: new Set() };
  /** @type {Scene["frames"]} */
  const frames = [];
  let hidden = segments.slice(drawn.length).reduce((sum, s) => sum + model.inside(s).length, 0);
  for (const s of drawn) {
    const key = `segment:${s}`;
    const top = pile.y;
    pile.boxes.push(fillBox(view, { key, kind: "segment", x: 0, y: top, w: width, h: 26 }));
    pile.y += 30;
    hidden += placeGrid(view, pile, { x: 6, w: width - 12, across, most }, s);
    frames.push({ key, kind: "segment", x: 0, y: top, w: width, h: pile.y - top });
    pile.y += GAP.panel;
  }
  return {
    key: `layer:${l}`,
    width,
    height: pile.y - GAP.panel,
    boxes: pile.boxes,
    frames,
    ports: [],
    edges: [],
    loop: false,
    hidden,
    least: LEAST,
  };
}

/** @param {View} view @param {number} s @returns {Scene} */
export function makeSegment(view, s) {
  const { model, narrow } = view;
  const count = Math.min(MOST_DRAWN, model.inside(s).filter((c) => model.seesComponent(c)).length);
  const { across: most } = measureScene(view);
  const across = narrow ? 1 : Math.max(2, Math.min(most, Math.ceil(count / 8)));
  const width = narrow ? 366 : across * (across > 4 ? 181 : 258) - 8;
  const head = { key: `segment:${s}`, kind: "head", x: 0, y: 0, w: width, h: HEAD };
  /** @type {Pile} */
  const pile = { y: HEAD + 12, boxes: [fillBox(view, head)], shown: new Set() };
  const hidden = placeGrid(view, pile, { x: 0, w: width, across, most: MOST_DRAWN }, s);
  return {
    key: `segment:${s}`,
    width,
    height: pile.y,
    boxes: pile.boxes,
    frames: [],
    ports: [],
    edges: [],
    loop: false,
    hidden,
    least: LEAST,
  };
}
