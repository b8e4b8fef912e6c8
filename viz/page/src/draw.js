/** Painting: boxes, frames and arrows, on the canvas that vis-network owns. */

/** @import { Brush, Palette } from "./brush.js" */
/** @import { Box, Lit, SceneBox } from "./types.js" */
import {
  FONT,
  measureCounts,
  paintCounts,
  paintCross,
  paintHatch,
  paintMark,
  paintName,
  paintShape,
  roundRect,
  setFont,
  toneOf,
} from "./pen.js";

const TALL = 46; // three lines
const MARK_LINE = 14;
const ROOMY = 240; // wide enough for a name and a mark one below the other

/** @typedef {{dim: boolean, lit: boolean, root: boolean, hover: boolean, focus: boolean, chosen: boolean, step?: number}} Look */

/**
 * How a box looks now, on the stage and in a picture to take away.
 * @param {SceneBox} box @param {{lit: Lit|null, chosen: string, hover?: string, focus?: string}} now
 * @returns {Look}
 */
export function lookOf({ key, kind }, { lit, chosen, hover = "", focus = "" }) {
  const plain =
    kind === "layer" || kind === "strip" || kind === "side" || kind === "row" || kind === "segment";
  return {
    dim: Boolean(lit) && !lit?.nodes.has(key) && !plain,
    lit: Boolean(lit?.nodes.has(key)),
    root: Boolean(lit?.roots.has(key)),
    step: lit && lit.depth.size > 1 ? lit.depth.get(key) : undefined,
    hover: hover === key,
    focus: focus === key,
    chosen: chosen === key,
  };
}

/** @param {Palette} palette @param {SceneBox} box @param {Look} look @returns {{fill: string, line: string, width: number}} */
function boxColours(palette, box, look) {
  // a box that stands for what is left out is quiet, until some of that lights up
  if (box.skin && !(box.kind === "more" && (look.lit || look.root)))
    return {
      fill: palette[box.skin.fill ?? "card"],
      line: palette[look.hover ? "ink" : (box.skin.line ?? "line")],
      width: box.skin.width ?? (look.hover ? 1.6 : 1),
    };
  const grave =
    box.mark &&
    (box.mark.glyph === "confirmed" || box.mark.glyph === "apparent" || box.mark.glyph === "uncovered");
  if (look.root) return { fill: palette.alertStrong, line: palette.alertInk, width: 2.4 };
  if (look.lit) return { fill: palette.lit, line: palette.ink, width: 2 };
  if (look.chosen) return { fill: palette.card, line: palette.focus, width: 2.4 };
  if (box.gone) return { fill: palette.alert, line: palette.alertLine, width: 1.6 };
  if (grave && !box.calm) return { fill: palette.alert, line: palette.alertLine, width: 1.4 };
  return {
    fill: box.kind === "solution" ? palette.paper : palette.card,
    line: look.hover ? palette.ink : palette.line,
    width: look.hover ? 1.6 : 1,
  };
}

/** What still stands is quieter than what is lost, but for what the reader points at. @param {SceneBox} box @param {Look} look */
const isCalm = ({ calm }, { lit, root, hover, focus, chosen }) =>
  calm && !(lit || root || hover || focus || chosen);

/** @param {CanvasRenderingContext2D} ctx @param {Brush} brush @param {SceneBox} box @param {Look} look */
export function paintBox(ctx, brush, box, look) {
  const { palette } = brush;
  ctx.save();
  ctx.globalAlpha = look.dim ? 0.22 : box.faint && !look.lit ? 0.42 : isCalm(box, look) ? 0.6 : 1;
  ctx.textBaseline = "middle";
  if (
    box.kind === "layer" ||
    box.kind === "segment" ||
    box.kind === "row" ||
    box.kind === "strip" ||
    box.kind === "side"
  ) {
    paintHeading(ctx, brush, box, look);
  } else {
    const { fill, line, width } = boxColours(palette, box, look);
    roundRect(ctx, box.x, box.y, box.w, box.h, box.kind === "solution" || box.round ? box.h / 2 : 5);
    ctx.fillStyle = fill;
    ctx.fill();
    ctx.lineWidth = width;
    ctx.strokeStyle = line;
    if (box.dashed) ctx.setLineDash([4, 3]);
    ctx.stroke();
    ctx.setLineDash([]);
    if (box.gone) paintHatch(ctx, palette, box);
    paintInside(ctx, brush, box);
    if (box.gone) paintCross(ctx, palette, box);
    if (look.step !== undefined) paintStep(ctx, brush, box, look.step + 1);
  }
  if (look.focus) {
    ctx.globalAlpha = 1;
    roundRect(ctx, box.x - 3, box.y - 3, box.w + 6, box.h + 6, 8);
    ctx.lineWidth = 2.5;
    ctx.strokeStyle = palette.focus;
    ctx.stroke();
  }
  ctx.restore();
}

/** The place of a box in the chain that is lit. @param {CanvasRenderingContext2D} ctx @param {Brush} brush @param {SceneBox} box @param {number} step */
function paintStep(ctx, brush, box, step) {
  ctx.beginPath();
  ctx.arc(box.x - 3, box.y, 9.5, 0, 2 * Math.PI);
  ctx.fillStyle = brush.palette.ink;
  ctx.fill();
  ctx.lineWidth = 2;
  ctx.strokeStyle = brush.palette.paper;
  ctx.stroke();
  setFont(ctx, brush, "en", 12.4, true);
  ctx.fillStyle = brush.palette.card;
  ctx.textAlign = "center";
  ctx.fillText(String(step), box.x - 3, box.y + 0.5);
  ctx.textAlign = "left";
}

/** @param {CanvasRenderingContext2D} ctx @param {Brush} brush @param {SceneBox} box */
function paintInside(ctx, brush, box) {
  const { palette } = brush;
  const middle = box.y + box.h / 2;
  if (box.kind === "vendor") {
    if (box.tone)
      paintShape(ctx, box.tone, box.x + 12, box.sub ? box.y + 13 : middle, 4.2, toneOf(palette, box.tone));
    const room = box.w - 30 - (box.mark ? 16 : 0);
    paintName(ctx, brush, box.name, box.x + 22, box.sub ? box.y + 13 : middle, room, 1, {
      bold: Boolean(box.sub),
      colour: box.dashed ? palette.muted : palette.ink,
    });
    if (box.mark) paintShape(ctx, box.mark.glyph, box.x + box.w - 12, box.y + 13, 5, palette.alertInk);
    if (box.sub)
      paintName(
        ctx,
        brush,
        { text: box.sub, lang: box.name.lang === "en" ? "en" : box.name.lang },
        box.x + 10,
        box.y + 29,
        box.w - 18,
        1,
        { size: 12, colour: palette.muted },
      );
    return;
  }
  if (box.kind === "node") return paintNode(ctx, brush, box);
  if (box.kind === "solution") {
    paintName(ctx, brush, box.name, box.x + 12, middle, box.w - 20, box.h >= 30 ? 2 : 1, {
      size: FONT,
      leading: 13.5,
    });
    return;
  }
  if (box.kind === "hub") {
    const taken = paintCounts(ctx, brush, box, true);
    if (box.tone) paintShape(ctx, box.tone, box.x + 16, box.y + 20, 5, toneOf(palette, box.tone));
    const from = box.x + (box.tone ? 28 : 12);
    paintName(
      ctx,
      brush,
      box.name,
      from,
      box.y + (box.sub ? 20 : 24),
      box.w - (from - box.x) - 10 - taken,
      box.sub ? 1 : 2,
      { size: 14, bold: true, leading: 17 },
    );
    if (box.sub)
      paintName(ctx, brush, { text: box.sub, lang: brush.loopLang }, box.x + 12, box.y + 41, box.w - 24, 1, {
        colour: palette.muted,
      });
    paintMark(ctx, brush, box, box.x + 12, box.y + box.h - 14, box.w - 24);
    return;
  }
  if (box.kind === "summary" || box.kind === "solutions" || box.kind === "head") {
    const taken = paintCounts(ctx, brush, box, box.h >= 38);
    const lines = [box.sub, box.mark].filter(Boolean).length;
    paintName(ctx, brush, box.name, box.x + 10, middle - lines * 8, box.w - 20 - taken, 1, { bold: true });
    if (box.sub)
      paintName(
        ctx,
        brush,
        { text: box.sub, lang: brush.loopLang },
        box.x + 10,
        middle - lines * 8 + 16,
        box.w - 20 - taken,
        1,
        { colour: palette.muted },
      );
    paintMark(ctx, brush, box, box.x + 10, middle + lines * 8, box.w - 20 - taken);
    return;
  }
  if (box.kind === "more") return paintMore(ctx, brush, box);
  const stacked = box.h >= 30 && box.w < 300;
  // what is lost keeps its whole name where both have no room
  if (box.gone && box.h < TALL && box.w < ROOMY) box = { ...box, mark: undefined };
  // a tall box has a line of its own for the mark
  const own = box.mark && box.h >= TALL ? MARK_LINE : 0;
  const taken = paintCounts(ctx, brush, own ? { ...box, h: box.h - own } : box, stacked);
  const room = box.w - 15 - taken;
  const lines = Math.max(1, Math.floor((box.h - 1) / 13.6));
  if (own) {
    paintName(ctx, brush, box.name, box.x + 8, middle - own / 2 + 0.5, room, lines - 1);
    paintMark(ctx, brush, box, box.x + 8, box.y + box.h - 11, box.w - 15);
  } else if (!box.mark) paintName(ctx, brush, box.name, box.x + 8, middle + 0.5, room, lines);
  else if (lines === 1) {
    paintShape(ctx, box.mark.glyph, box.x + 13, middle, 4.6, palette.alertInk);
    paintName(ctx, brush, box.name, box.x + 23, middle + 0.5, room - 15, 1, { bold: true });
  } else {
    const rows = paintName(ctx, brush, box.name, box.x + 8, middle - 7 + 0.5, room, lines - 1);
    paintMark(ctx, brush, box, box.x + 8, middle + rows * 7 + 0.5, room);
  }
}

/** What a picture leaves out; the mark of those that have gaps beside or below it. @param {CanvasRenderingContext2D} ctx @param {Brush} brush @param {SceneBox} box */
function paintMore(ctx, brush, box) {
  const middle = box.y + box.h / 2;
  const shift = box.mark ? 7 : 0;
  const style = { colour: brush.palette.muted, bold: true };
  paintName(ctx, brush, box.name, box.x + 8, middle - shift + 0.5, box.w - 15, 1, style);
  if (box.mark) paintMark(ctx, brush, box, box.x + 8, middle + shift + 0.5, box.w - 15);
}

/** A node of a query's result: mark, name, and below it its labels. @param {CanvasRenderingContext2D} ctx @param {Brush} brush @param {SceneBox} box */
function paintNode(ctx, brush, box) {
  const { palette } = brush;
  const from = box.x + (box.round ? 14 : 10);
  const room = box.x + box.w - from - (box.round ? 12 : 8);
  const middle = box.sub ? box.y + 13 : box.y + box.h / 2;
  const shift = box.tone ? 13 : 0;
  if (box.tone) paintShape(ctx, box.tone, from + 3, middle, 4.4, toneOf(palette, box.tone));
  paintName(ctx, brush, box.name, from + shift, middle + 0.5, room - shift, 1, { bold: Boolean(box.sub) });
  if (!box.sub) return;
  const labels = { text: box.sub, lang: /** @type {const} */ ("en") };
  paintName(ctx, brush, labels, from, box.y + 29, room, 1, { size: 12, colour: palette.muted });
}

/** @param {CanvasRenderingContext2D} ctx @param {Brush} brush @param {SceneBox} box @param {Look} look */
function paintHeading(ctx, brush, box, look) {
  const { palette } = brush;
  let x = box.x + 8;
  const row = box.kind === "row" || box.kind === "strip";
  const middle = box.y + box.h / 2;
  if (box.number) {
    ctx.beginPath();
    ctx.arc(x + 9, middle, 10, 0, 2 * Math.PI);
    ctx.fillStyle = palette.ink;
    ctx.fill();
    setFont(ctx, brush, "en", FONT, true);
    ctx.fillStyle = palette.card;
    ctx.textAlign = "center";
    ctx.fillText(box.number, x + 9, middle + 0.5);
    ctx.textAlign = "left";
    x += 26;
  }
  if (box.tone) {
    paintShape(ctx, box.tone, x + 4, middle, 5, toneOf(palette, box.tone));
    x += 16;
  }
  const colour = look.hover || (look.chosen && box.kind === "side") ? palette.focus : palette.ink;
  const layer = box.kind === "layer";
  const style = { size: layer ? 14 : FONT, bold: true, colour };
  setFont(ctx, brush, box.name.lang, style.size, true);
  const width = ctx.measureText(box.name.text).width;
  const room = box.x + box.w - x - 6;
  let taken = 0;
  if (box.counts && !row) {
    // counts only where the name has its place first; without the codes where those do not fit
    const short = box.counts.map((count) => ({ ...count, text: count.text.replace(/^\S+ /, "") }));
    const counts = [box.counts, short].find((some) => width + measureCounts(ctx, brush, some) <= room);
    if (counts) taken = paintCounts(ctx, brush, { ...box, counts }, false);
  }
  if (box.sub && box.h >= 32) {
    paintName(ctx, brush, box.name, x, middle - (box.h > 50 ? 16 : 8), box.w - 12, 1, style);
    paintName(
      ctx,
      brush,
      { text: box.sub, lang: brush.loopLang },
      x,
      middle + 8,
      box.w - 12,
      box.h > 50 ? 2 : 1,
      { colour: palette.muted },
    );
    return;
  }
  const fits = width <= room - taken;
  paintName(
    ctx,
    brush,
    box.name,
    x,
    middle + 0.5,
    room - taken,
    layer && !fits ? 2 : 1,
    layer && !fits ? { ...style, size: FONT, leading: 14.5 } : style,
  );
}

/** @param {CanvasRenderingContext2D} ctx @param {Brush} brush @param {Box} frame */
export function paintFrame(ctx, brush, frame) {
  const { palette } = brush;
  roundRect(ctx, frame.x, frame.y, frame.w, frame.h, frame.kind === "layer" ? 10 : 7);
  ctx.fillStyle =
    frame.kind === "layer" ? palette.band : frame.kind === "segment" ? palette.panel : palette.band;
  ctx.fill();
  if (frame.kind !== "layer") return;
  ctx.lineWidth = 1;
  ctx.strokeStyle = palette.hair;
  ctx.stroke();
}

/** Arrow head at (x, y), pointing along the angle. @param {CanvasRenderingContext2D} ctx @param {number} x @param {number} y @param {number} angle @param {number} size */
export function paintArrow(ctx, x, y, angle, size) {
  ctx.save();
  ctx.translate(x, y);
  ctx.rotate(angle);
  ctx.beginPath();
  ctx.moveTo(0, 0);
  ctx.lineTo(-size, -size * 0.6);
  ctx.lineTo(-size, size * 0.6);
  ctx.closePath();
  ctx.fill();
  ctx.restore();
}
