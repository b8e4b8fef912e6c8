/** Which box the reader means, by the pointer or by an arrow key. Pure functions. */

/** @import { Scene, SceneBox } from "./types.js" */

const REACH = 7; // px beside a line

/** A heading opens where it stands for ties. @param {SceneBox} box */
export const canOpen = ({ key, kind }) =>
  kind === "side" ? key.startsWith("kind:") : kind !== "hub" && kind !== "head" && key !== "";

/**
 * The box at a point, or the one that a line near it stands for.
 * @param {Scene} scene @param {{x: number, y: number}} at @param {number} scale px of a unit @returns {SceneBox|null}
 */
export function findAimed(scene, { x, y }, scale) {
  const box = scene.boxes.find(
    (one) => canOpen(one) && x >= one.x && x <= one.x + one.w && y >= one.y && y <= one.y + one.h,
  );
  if (box) return box;
  const key = findLine(scene, { x, y }, REACH / scale);
  return (key && scene.boxes.find((one) => one.key === key)) || null;
}

/** @param {Scene} scene @param {{x: number, y: number}} at @param {number} reach @returns {string|undefined} what the nearest line opens */
function findLine({ ports, edges }, at, reach) {
  const places = new Map(ports.map((port) => [port.key, { x: port.x + 1, y: port.y + 1 }]));
  let best;
  let least = reach;
  for (const { from, to, opens } of edges) {
    const [a, b] = [places.get(from), places.get(to)];
    if (!opens || !a || !b) continue;
    const far = distance(a, b, at);
    if (far <= least) [best, least] = [opens, far];
  }
  return best;
}

/** From a point to a straight line between two others. @param {{x: number, y: number}} a @param {{x: number, y: number}} b @param {{x: number, y: number}} at */
function distance(a, b, at) {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const part = ((at.x - a.x) * dx + (at.y - a.y) * dy) / (dx * dx + dy * dy || 1);
  const t = Math.max(0, Math.min(1, part));
  return Math.hypot(a.x + t * dx - at.x, a.y + t * dy - at.y);
}

/**
 * The next box for an arrow key: ahead, and the nearer the straighter.
 * @param {SceneBox[]} boxes @param {string} from @param {[number, number]} way
 */
export function nearest(boxes, from, [dx, dy]) {
  const open = boxes.filter(canOpen);
  const now = open.find((box) => box.key === from);
  if (!now) return open[0]?.key ?? "";
  /** @param {SceneBox} box */
  const middle = (box) => [box.x + box.w / 2, box.y + box.h / 2];
  const [x, y] = middle(now);
  let best = from;
  let least = Infinity;
  for (const box of open) {
    const [bx, by] = middle(box);
    const ahead = (bx - x) * dx + (by - y) * dy;
    const aside = Math.abs((bx - x) * dy) + Math.abs((by - y) * dx);
    if (box === now || ahead < 4) continue;
    const cost = ahead + 2.5 * aside;
    if (cost < least) [best, least] = [box.key, cost];
  }
  return best;
}
