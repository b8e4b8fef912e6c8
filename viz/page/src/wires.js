/** The lines of a result's picture: curves that leave and arrive level, arrow heads, types where there is room. */

/** @import { Brush } from "./brush.js" */
/** @import { Box } from "./types.js" */
import { paintArrow } from "./draw.js";
import { roundRect, setFont } from "./pen.js";

const SIZE = 12; // of a type
const HEAD = 8; // of an arrow
const MOST_LABELS = 240;
const MANY = 10; // lines that are lit and would run into one another
const PLACES = [0.5, 0.38, 0.62, 0.26, 0.74, 0.15, 0.85];

/**
 * @typedef {{points: number[], bulge: number, hue: number, text: string, dashed: boolean, lit: boolean, dim: boolean, key: string}} Wire
 *   `points`: x and y in turn
 * @typedef {[number, number, number, number, number, number, number, number]} Curve from, two handles, to
 */

/** @param {Pick<Wire, "points"|"bulge">} wire @returns {Curve[]} */
export function curvesOf({ points, bulge }) {
  if (bulge) {
    const [x0, y0, x1, y1] = points;
    const out = (bulge * 4) / 3;
    return [[x0, y0, x0 + out, y0, x1 + out, y1, x1, y1]];
  }
  /** @type {Curve[]} */
  const curves = [];
  for (let i = 0; i + 3 < points.length; i += 2) {
    const [x0, y0, x1, y1] = points.slice(i, i + 4);
    const half = (x1 - x0) / 2;
    curves.push([x0, y0, x0 + half, y0, x1 - half, y1, x1, y1]);
  }
  return curves;
}

/** A point on a curve. @param {Curve} curve @param {number} t 0 to 1 @returns {[number, number]} */
export function pointAt([x0, y0, x1, y1, x2, y2, x3, y3], t) {
  const s = 1 - t;
  const [a, b, c, d] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
  return [a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3];
}

/**
 * Where types are written: on each line, its widest curve first, at the first place that covers no box and no other type.
 * @param {Wire[]} wires @param {Box[]} boxes @param {(text: string) => number} measure @param {number} width of the picture
 * @returns {{wire: Wire, x: number, y: number, w: number}[]} centres
 */
export function placeLabels(wires, boxes, measure, width) {
  /** @type {{wire: Wire, x: number, y: number, w: number}[]} */
  const placed = [];
  for (const wire of wires.slice(0, MOST_LABELS)) {
    const curves = curvesOf(wire).sort((a, b) => Math.abs(b[6] - b[0]) - Math.abs(a[6] - a[0]));
    const w = measure(wire.text) + 8;
    for (const [curve, t] of curves.flatMap((one) => PLACES.map((at) => /** @type {const} */ ([one, at])))) {
      const [at, y] = pointAt(curve, t);
      const x = wire.bulge ? at + w / 2 + 2 : at; // beside an arc
      const clash =
        x + w / 2 > width ||
        boxes.some(
          (box) =>
            x - w / 2 < box.x + box.w + 1 && x + w / 2 > box.x - 1 && y - 8 < box.y + box.h && y + 8 > box.y,
        ) ||
        placed.some((other) => Math.abs(other.x - x) < (other.w + w) / 2 + 2 && Math.abs(other.y - y) < 16);
      if (clash) continue;
      placed.push({ wire, x, y, w });
      break;
    }
  }
  return placed;
}

/** The line nearest to a point, or nothing within reach. @param {Wire[]} wires @param {{x: number, y: number}} at */
export function findWire(wires, { x, y }) {
  let best = "";
  let least = 7;
  for (const wire of wires)
    for (const curve of curvesOf(wire))
      for (let step = 0; step <= 24; step++) {
        const [px, py] = pointAt(curve, step / 24);
        const far = Math.hypot(px - x, py - y) - Math.abs(curve[6] - curve[0]) / 60;
        if (far < least) [best, least] = [wire.key, far];
      }
  return best;
}

/** @param {CanvasRenderingContext2D} ctx @param {Brush} brush @param {Wire} wire @param {number} strong width of one that is lit */
function paintWire(ctx, { palette }, wire, strong) {
  const curves = curvesOf(wire);
  const last = curves[curves.length - 1];
  const angle = wire.bulge || last[6] < last[0] ? Math.PI : 0;
  const tip = last[6] - Math.cos(angle) * 5;
  ctx.globalAlpha = wire.dim ? 0.16 : wire.lit ? 1 : 0.8;
  ctx.strokeStyle = ctx.fillStyle = palette[`t${wire.hue}`];
  ctx.lineWidth = wire.lit ? strong : 1.2;
  ctx.setLineDash(wire.dashed ? [5, 4] : []);
  ctx.beginPath();
  ctx.moveTo(curves[0][0], curves[0][1]);
  for (const curve of curves) {
    const end = curve === last ? tip : curve[6];
    ctx.bezierCurveTo(curve[2], curve[3], curve[4], curve[5], end, curve[7]);
  }
  ctx.stroke();
  ctx.setLineDash([]);
  paintArrow(ctx, last[6], last[7], angle, HEAD);
}

/**
 * A painter of lines; it works out once where the types go.
 * @param {Wire[]} wires @param {Box[]} boxes @param {(wire: Wire) => boolean} isWritten whether its type is, while nothing is lit
 * @param {number} width of the picture
 * @returns {(ctx: CanvasRenderingContext2D, brush: Brush) => void}
 */
export function makeWirePainter(wires, boxes, isWritten, width) {
  const order = [...wires].sort((a, b) => Number(a.lit) - Number(b.lit));
  const strong = wires.filter((wire) => wire.lit).length > MANY ? 1.5 : 2.2;
  /** @type {ReturnType<typeof placeLabels>|null} */
  let labels = null;
  return (ctx, brush) => {
    for (const wire of order) paintWire(ctx, brush, wire, strong);
    setFont(ctx, brush, "en", SIZE);
    const lit = wires.some((wire) => wire.lit);
    labels ??= placeLabels(
      wires.filter((wire) => (lit ? wire.lit : isWritten(wire))),
      boxes,
      (text) => ctx.measureText(text).width,
      width,
    );
    ctx.textBaseline = "middle";
    ctx.textAlign = "center";
    ctx.globalAlpha = 1;
    for (const { wire, x, y, w } of labels) {
      ctx.fillStyle = brush.palette.paper;
      roundRect(ctx, x - w / 2, y - 7.5, w, 15, 4);
      ctx.fill();
      ctx.fillStyle = brush.palette[`t${wire.hue}`];
      ctx.fillText(wire.text, x, y + 0.5);
    }
    ctx.textAlign = "left";
  };
}
