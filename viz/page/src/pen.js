/** What boxes are painted with: fonts, marks, counts and names in a room of given width. */

/** @import { Brush, Palette } from "./brush.js" */
/** @import { Lang, Label, SceneBox } from "./types.js" */
import { HTML_LANG } from "./text.js";
import { balanceText, clipText } from "./wrap.js";

export const FONT = 12.6; // 12 px and a little at the scale at which the first picture fits a window of 1440 x 900

/** @param {CanvasRenderingContext2D} ctx @param {Brush} brush @param {Lang} lang @param {number} size @param {boolean} [bold] */
export function setFont(ctx, brush, lang, size, bold = false) {
  // newer browsers choose the shapes of Han characters by it, and the pen of the SVG writes it down
  const pen = /** @type {CanvasRenderingContext2D & {lang?: string}} */ (ctx);
  if (pen.lang !== HTML_LANG[lang]) pen.lang = HTML_LANG[lang];
  ctx.font = `${bold ? 600 : 400} ${size}px ${brush.fonts[lang]}`;
}

/** @param {CanvasRenderingContext2D} ctx @param {number} x @param {number} y @param {number} w @param {number} h @param {number} r */
export function roundRect(ctx, x, y, w, h, r) {
  ctx.beginPath();
  ctx.roundRect(x, y, w, h, r);
}

/** Outline of a mark, in a square of side 2r about (x, y). @param {CanvasRenderingContext2D} ctx @param {string} shape @param {number} x @param {number} y @param {number} r */
function traceShape(ctx, shape, x, y, r) {
  ctx.beginPath();
  if (shape === "square") ctx.rect(x - r * 0.86, y - r * 0.86, r * 1.72, r * 1.72);
  else if (shape === "circle" || shape === "uncovered") ctx.arc(x, y, r, 0, 2 * Math.PI);
  else if (shape === "confirmed" || shape === "apparent") {
    ctx.moveTo(x, y - r);
    ctx.lineTo(x + r * 1.08, y + r * 0.85);
    ctx.lineTo(x - r * 1.08, y + r * 0.85);
    ctx.closePath();
  } else if (shape === "lost") {
    ctx.moveTo(x - r * 0.8, y - r * 0.8);
    ctx.lineTo(x + r * 0.8, y + r * 0.8);
    ctx.moveTo(x + r * 0.8, y - r * 0.8);
    ctx.lineTo(x - r * 0.8, y + r * 0.8);
  } else {
    ctx.moveTo(x, y - r * 1.15);
    ctx.lineTo(x + r * 1.15, y);
    ctx.lineTo(x, y + r * 1.15);
    ctx.lineTo(x - r * 1.15, y);
    ctx.closePath();
  }
}

const HOLLOW = new Set(["apparent", "fragile", "uncovered", "lost"]);

/** @param {CanvasRenderingContext2D} ctx @param {string} shape @param {number} x @param {number} y @param {number} r @param {string} colour */
export function paintShape(ctx, shape, x, y, r, colour) {
  traceShape(ctx, shape, x, y, r);
  if (HOLLOW.has(shape)) {
    ctx.lineWidth = 1.6;
    ctx.strokeStyle = colour;
    ctx.stroke();
    if (shape === "uncovered") {
      ctx.beginPath();
      ctx.moveTo(x - r, y + r);
      ctx.lineTo(x + r, y - r);
      ctx.stroke();
    }
  } else {
    ctx.fillStyle = colour;
    ctx.fill();
  }
}

/** @param {Palette} palette @param {string} shape */
export const toneOf = (palette, shape) =>
  palette[{ circle: "first", square: "second", diamond: "third" }[shape] ?? "muted"];

/**
 * Counts of a box, in a column or in a row, flush right.
 * @param {CanvasRenderingContext2D} ctx @param {Brush} brush @param {SceneBox} box @param {boolean} stacked
 * @returns {number} the width they take
 */
export function paintCounts(ctx, brush, box, stacked) {
  if (!box.counts?.length) return 0;
  const { palette } = brush;
  setFont(ctx, brush, "en", FONT, false);
  const widths = box.counts.map((count) => ctx.measureText(count.text).width);
  const widest = Math.max(...widths);
  const right = box.x + box.w - 8;
  const middle = box.kind === "hub" ? box.y + 22 : box.y + box.h / 2;
  let x = right;
  for (let i = box.counts.length - 1; i >= 0; i--) {
    const { shape, text } = box.counts[i];
    const y = stacked ? middle + (i - (box.counts.length - 1) / 2) * 15.5 : middle;
    const from = stacked ? right - widest : x - widths[i];
    paintShape(ctx, shape, from - 9, y, 4.2, toneOf(palette, shape));
    ctx.fillStyle = text.endsWith("?") ? palette.muted : palette.ink;
    ctx.textAlign = stacked ? "right" : "left";
    ctx.fillText(text, stacked ? right : from, y + 0.5);
    x = from - 22;
  }
  ctx.textAlign = "left";
  return stacked ? widest + 20 : right - x - 4;
}

/** The width that counts take in a row. @param {CanvasRenderingContext2D} ctx @param {Brush} brush @param {import("./types.js").Count[]} counts */
export function measureCounts(ctx, brush, counts) {
  setFont(ctx, brush, "en", FONT, false);
  return counts.reduce((sum, { text }) => sum + ctx.measureText(text).width + 23, 2);
}

/** @type {Map<string, string[]>} lines by font, width and text: measuring is what costs time while panning */
const wrapped = new Map();

/** @param {CanvasRenderingContext2D} ctx its font set @param {Label} name @param {number} width @param {number} lines */
function wrapName(ctx, { text, lang }, width, lines) {
  const key = `${ctx.font}|${width}|${lines}|${text}`;
  let rows = wrapped.get(key);
  if (!rows) {
    rows = balanceText((part) => ctx.measureText(part).width, text, width, lines, lang);
    if (wrapped.size > 4000) wrapped.clear();
    wrapped.set(key, rows);
  }
  return rows;
}

/** @param {CanvasRenderingContext2D} ctx @param {Brush} brush @param {Label} name @param {number} x @param {number} y centre of the block
 * @param {number} width @param {number} lines @param {{size?: number, bold?: boolean, colour?: string, leading?: number}} [style] */
export function paintName(
  ctx,
  brush,
  name,
  x,
  y,
  width,
  lines,
  { size = FONT, bold = false, colour, leading = 14 } = {},
) {
  setFont(ctx, brush, name.lang, size, bold);
  ctx.fillStyle = colour ?? brush.palette.ink;
  const rows = wrapName(ctx, name, width, lines);
  const step = rows.length > 2 ? leading - 0.9 : leading;
  rows.forEach((row, i) => ctx.fillText(row, x, y + (i - (rows.length - 1) / 2) * step));
  return rows.length;
}

/** @param {CanvasRenderingContext2D} ctx @param {Brush} brush @param {SceneBox} box @param {number} x @param {number} y @param {number} width */
export function paintMark(ctx, brush, box, x, y, width) {
  if (!box.mark) return;
  const ink =
    box.gone ||
    box.mark.glyph === "confirmed" ||
    box.mark.glyph === "apparent" ||
    box.mark.glyph === "uncovered"
      ? brush.palette.alertInk
      : brush.palette.ink;
  paintShape(ctx, box.mark.glyph, x + 5, y, 4.6, ink);
  setFont(ctx, brush, box.mark.lang, FONT, true);
  ctx.fillStyle = ink;
  ctx.fillText(
    clipText((text) => ctx.measureText(text).width, box.mark.text, width - 15),
    x + 15,
    y + 0.5,
  );
}

/** Hatching under what is lost. @param {CanvasRenderingContext2D} ctx @param {Palette} palette @param {SceneBox} box */
export function paintHatch(ctx, palette, box) {
  const { x, y, w, h } = box;
  const r = box.kind === "solution" || box.round ? h / 2 : 5;
  // cut off at the border by hand: the pen of the SVG does not clip
  /** @param {number} right @param {number} down @returns {boolean} */
  const inside = (right, down) => {
    const [dx, dy] = [Math.max(r - right, right - w + r, 0), Math.max(r - down, down - h + r, 0)];
    return Math.hypot(dx, dy) <= r;
  };
  ctx.save();
  ctx.beginPath();
  for (let from = 9 - h; from < w; from += 9) {
    const steps = Array.from({ length: Math.ceil(h) }, (_, up) => up).filter((up) =>
      inside(from + up, h - up),
    );
    if (!steps.length) continue;
    const [first, last] = [steps[0], steps[steps.length - 1]];
    ctx.moveTo(x + from + first, y + h - first);
    ctx.lineTo(x + from + last, y + h - last);
  }
  ctx.lineWidth = 1;
  ctx.globalAlpha *= 0.34;
  ctx.strokeStyle = palette.alertLine;
  ctx.stroke();
  ctx.restore();
}

/** A cross at the lower corner of what is lost: at the upper one stands its place in a chain, at the right its counts. @param {CanvasRenderingContext2D} ctx @param {Palette} palette @param {SceneBox} box */
export function paintCross(ctx, palette, box) {
  const [x, y, r] = [box.x - 1, box.y + box.h - 2, 3.6];
  ctx.beginPath();
  ctx.arc(x, y, 6.8, 0, 2 * Math.PI);
  ctx.fillStyle = palette.alertInk;
  ctx.fill();
  ctx.beginPath();
  ctx.moveTo(x - r + 1, y - r + 1);
  ctx.lineTo(x + r - 1, y + r - 1);
  ctx.moveTo(x + r - 1, y - r + 1);
  ctx.lineTo(x - r + 1, y + r - 1);
  ctx.lineWidth = 2;
  ctx.strokeStyle = palette.card;
  ctx.stroke();
}
