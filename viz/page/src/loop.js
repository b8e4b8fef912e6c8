/** Painting what goes through the layers: the loop of data, and what secures all of them. */

/** @import { Brush } from "./brush.js" */
/** @import { Scene } from "./types.js" */
import { paintArrow } from "./draw.js";
import { FONT, roundRect, setFont } from "./pen.js";
import { clipText } from "./wrap.js";

/** What secures all layers: its band points at each of them. @param {CanvasRenderingContext2D} ctx @param {Brush} brush @param {Scene} scene */
function paintGuard(ctx, { palette }, { frames }) {
  const layers = frames.filter((frame) => frame.kind === "layer");
  const first = frames.find((frame) => frame.kind === "row");
  if (!first) return;
  ctx.fillStyle = ctx.strokeStyle = palette.flow;
  ctx.lineWidth = 1.2;
  for (const frame of frames)
    if (frame.kind === "row") {
      roundRect(ctx, frame.x + 0.6, frame.y, frame.w - 1.2, frame.h, 7);
      ctx.stroke();
    }
  for (const { x, w } of layers) {
    ctx.beginPath();
    ctx.moveTo(x + w / 2 - 9, first.y);
    ctx.lineTo(x + w / 2, first.y - 8);
    ctx.lineTo(x + w / 2 + 9, first.y);
    ctx.fill();
  }
}

/**
 * The flow of data from layer to layer, and back from the last to the first.
 * @param {CanvasRenderingContext2D} ctx @param {Brush} brush @param {Scene} scene @param {boolean} narrow
 */
export function paintLoop(ctx, brush, scene, narrow) {
  if (!narrow) paintGuard(ctx, brush, scene);
  const heads = scene.boxes.filter((box) => box.kind === "layer");
  if (heads.length < 2) return;
  const { palette } = brush;
  const [first, last] = [heads[0], heads[heads.length - 1]];
  ctx.save();
  ctx.strokeStyle = ctx.fillStyle = palette.flow;
  ctx.lineWidth = narrow ? 2 : 3;
  ctx.lineJoin = "round";
  if (narrow) {
    const end = scene.frames.filter((f) => f.kind === "layer").at(-1);
    const bottom = end ? end.y + end.h - 12 : last.y;
    const y = first.y + first.h / 2;
    ctx.beginPath();
    ctx.moveTo(last.x, bottom);
    ctx.arcTo(4, bottom, 4, bottom - 10, 8);
    ctx.arcTo(4, y, 14, y, 8);
    ctx.lineTo(first.x - 4, y);
    ctx.stroke();
    paintArrow(ctx, first.x, y, 0, 8);
    setFont(ctx, brush, brush.loopLang, FONT, true);
    ctx.textBaseline = "middle";
    ctx.fillText(
      clipText((text) => ctx.measureText(text).width, `↻ ${brush.loopText}`, scene.width - 10),
      4,
      11,
    );
    ctx.restore();
    return;
  }
  for (let i = 0; i + 1 < heads.length; i++) {
    const [a, b] = [heads[i], heads[i + 1]];
    const y = a.y + a.h / 2 + 1;
    ctx.beginPath();
    ctx.moveTo(a.x + a.w + 1, y);
    ctx.lineTo(b.x - 9, y);
    ctx.stroke();
    paintArrow(ctx, b.x - 1, y, 0, 11);
  }
  const [right, left, top] = [last.x + last.w - 24, first.x + 24, 11];
  ctx.beginPath();
  ctx.moveTo(right, last.y);
  ctx.arcTo(right, top, right - 10, top, 8);
  ctx.arcTo(left, top, left, top + 10, 8);
  ctx.lineTo(left, first.y - 9);
  ctx.stroke();
  paintArrow(ctx, left, first.y - 1, Math.PI / 2, 11);
  setFont(ctx, brush, brush.loopLang, FONT, true);
  ctx.textBaseline = "middle";
  const text = `↻ ${brush.loopText}`;
  const width = ctx.measureText(text).width;
  roundRect(ctx, (left + right) / 2 - width / 2 - 14, top - 11, width + 28, 22, 11);
  ctx.fill();
  ctx.fillStyle = palette.card;
  ctx.fillText(text, (left + right) / 2 - width / 2, top + 0.5);
  ctx.restore();
}
