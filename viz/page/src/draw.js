/** Painting: boxes, frames, marks and the loop, on the canvas that vis-network owns. */

/** @import { Box, Lang, Label, Scene, SceneBox } from "./types.js" */

/** @typedef {Record<string, string>} Palette colours by name, read from the style sheet */
/** @typedef {{palette: Palette, fonts: Record<Lang, string>, loopText: string, loopLang: Lang}} Brush */
/** @typedef {{dim: boolean, lit: boolean, root: boolean, hover: boolean, focus: boolean, chosen: boolean, step?: number}} Look */

export const FONT = 12.6; // 12 px and a little at the scale at which the first picture fits a window of 1440 x 900

/** @param {CanvasRenderingContext2D} ctx @param {Brush} brush @param {Lang} lang @param {number} size @param {boolean} [bold] */
function setFont(ctx, brush, lang, size, bold = false) {
  ctx.font = `${bold ? 600 : 400} ${size}px ${brush.fonts[lang]}`;
}

/** @param {CanvasRenderingContext2D} ctx @param {number} x @param {number} y @param {number} w @param {number} h @param {number} r */
function roundRect(ctx, x, y, w, h, r) {
  ctx.beginPath();
  ctx.roundRect(x, y, w, h, r);
}

const EAST_ASIAN = /[\u2e80-\u9fff\uff00-\uffef]/;
const CLOSING = /^[、。，．）」』・：；！？ーァィゥェォッャュョー,.)\]}/〜-]/u;
const OPENING = /[（「『([{]$/u;

/** @type {Map<Lang, Intl.Segmenter|null>} */
const segmenters = new Map();

/**
 * The pieces between which a name may break: words, in Chinese and Japanese too where the browser knows them.
 * @param {string} text @param {Lang} lang
 * @returns {string[]}
 */
export function listPieces(text, lang) {
  if (!EAST_ASIAN.test(text)) return text.match(/[^\s/-]+[/-]?|[/-]|\s+/gu) ?? [text];
  if (!segmenters.has(lang))
    segmenters.set(
      lang,
      "Segmenter" in Intl
        ? new Intl.Segmenter(lang === "zh" ? "zh-Hant" : lang, { granularity: "word" })
        : null,
    );
  const segmenter = segmenters.get(lang);
  const words = segmenter ? [...segmenter.segment(text)].map(({ segment }) => segment) : [...text];
  return keepTogether(words);
}

/** No line begins with a closing mark or ends with an opening one. @param {string[]} words */
function keepTogether(words) {
  /** @type {string[]} */
  const out = [];
  for (const word of words) {
    const last = out.length - 1;
    if (last >= 0 && (CLOSING.test(word) || OPENING.test(out[last]))) out[last] += word;
    else out.push(word);
  }
  return out;
}

/**
 * Breaks a name into lines that fit; the last one ends in an ellipsis if there is more.
 * @param {(text: string) => number} measure
 * @param {string} text @param {number} width @param {number} lines @param {Lang} [lang]
 * @returns {string[]}
 */
export function wrapText(measure, text, width, lines, lang = "en") {
  const pieces = listPieces(text, lang).flatMap((piece) =>
    EAST_ASIAN.test(piece) && measure(piece) > width ? keepTogether([...piece]) : [piece],
  );
  /** @type {string[]} */
  const out = [];
  let line = "";
  for (let i = 0; i < pieces.length; i++) {
    const next = line + pieces[i];
    if (!line.trim() || measure(next.trimEnd()) <= width) {
      line = next.trimStart();
      continue;
    }
    if (out.length === lines - 1) return [...out, clipText(measure, line + pieces.slice(i).join(""), width)];
    out.push(line.trimEnd());
    line = pieces[i].trimStart();
  }
  if (line.trim()) out.push(line.trimEnd());
  return out.map((one) => clipText(measure, one, width));
}

/**
 * The same, its lines about equally long: as narrow as it gets without another line or an ellipsis.
 * @param {Parameters<typeof wrapText>} args
 */
export function balanceText(...args) {
  const [measure, text, width, lines, lang] = args;
  let best = wrapText(...args);
  if (best.length < 2 || best.some((line) => line.endsWith("…"))) return best;
  for (let narrow = width * 0.95; narrow > width * 0.5; narrow *= 0.95) {
    const next = wrapText(measure, text, narrow, lines, lang);
    if (next.length > best.length || next.some((line) => line.endsWith("…"))) break;
    best = next;
  }
  return best;
}

/** @param {(text: string) => number} measure @param {string} text @param {number} width */
export function clipText(measure, text, width) {
  if (measure(text) <= width) return text;
  const chars = [...text];
  let low = 0;
  let high = chars.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (measure(`${chars.slice(0, middle).join("").trimEnd()}…`) <= width) low = middle;
    else high = middle - 1;
  }
  return `${chars.slice(0, low).join("").trimEnd()}…`;
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
  } else {
    ctx.moveTo(x, y - r * 1.15);
    ctx.lineTo(x + r * 1.15, y);
    ctx.lineTo(x, y + r * 1.15);
    ctx.lineTo(x - r * 1.15, y);
    ctx.closePath();
  }
}

const HOLLOW = new Set(["apparent", "fragile", "uncovered"]);

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
const toneOf = (palette, shape) =>
  palette[{ circle: "first", square: "second", diamond: "third" }[shape] ?? "muted"];

/**
 * Counts of a box, in a column or in a row, flush right.
 * @param {CanvasRenderingContext2D} ctx @param {Brush} brush @param {SceneBox} box @param {boolean} stacked
 * @returns {number} the width they take
 */
function paintCounts(ctx, brush, box, stacked) {
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
function paintName(
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
function paintMark(ctx, brush, box, x, y, width) {
  if (!box.mark) return;
  const ink =
    box.mark.glyph === "confirmed" || box.mark.glyph === "apparent" || box.mark.glyph === "uncovered"
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

/** @param {Palette} palette @param {SceneBox} box @param {Look} look @returns {{fill: string, line: string, width: number}} */
function boxColours(palette, box, look) {
  const grave =
    box.mark &&
    (box.mark.glyph === "confirmed" || box.mark.glyph === "apparent" || box.mark.glyph === "uncovered");
  if (look.root) return { fill: palette.alertStrong, line: palette.alertInk, width: 2.4 };
  if (look.lit) return { fill: palette.lit, line: palette.ink, width: 2 };
  if (look.chosen) return { fill: palette.card, line: palette.focus, width: 2.4 };
  if (grave) return { fill: palette.alert, line: palette.alertLine, width: 1.4 };
  return {
    fill: box.kind === "solution" ? palette.paper : palette.card,
    line: look.hover ? palette.ink : palette.line,
    width: look.hover ? 1.6 : 1,
  };
}

/** @param {CanvasRenderingContext2D} ctx @param {Brush} brush @param {SceneBox} box @param {Look} look */
export function paintBox(ctx, brush, box, look) {
  const { palette } = brush;
  ctx.save();
  ctx.globalAlpha = look.dim ? 0.22 : 1;
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
    roundRect(ctx, box.x, box.y, box.w, box.h, box.kind === "solution" ? box.h / 2 : 5);
    ctx.fillStyle = fill;
    ctx.fill();
    ctx.lineWidth = width;
    ctx.strokeStyle = line;
    if (box.dashed) ctx.setLineDash([4, 3]);
    ctx.stroke();
    ctx.setLineDash([]);
    paintInside(ctx, brush, box);
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
  const stacked = box.h >= 30 && box.w < 300;
  const taken = paintCounts(ctx, brush, box, stacked);
  const room = box.w - 15 - taken;
  const lines = Math.max(1, Math.floor((box.h - 1) / 13.6));
  if (!box.mark) paintName(ctx, brush, box.name, box.x + 8, middle + 0.5, room, lines);
  else if (lines === 1) {
    paintShape(ctx, box.mark.glyph, box.x + 13, middle, 4.6, palette.alertInk);
    paintName(ctx, brush, box.name, box.x + 23, middle + 0.5, room - 15, 1, { bold: true });
  } else {
    const rows = paintName(ctx, brush, box.name, box.x + 8, middle - 7 + 0.5, room, lines - 1);
    paintMark(ctx, brush, box, box.x + 8, middle + rows * 7 + 0.5, room);
  }
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
  const colour = look.hover ? palette.focus : palette.ink;
  const layer = box.kind === "layer";
  const style = { size: layer ? 14 : FONT, bold: true, colour };
  setFont(ctx, brush, box.name.lang, style.size, true);
  const width = ctx.measureText(box.name.text).width;
  const room = box.x + box.w - x - 6;
  let taken = 0;
  if (box.counts && !row) {
    // counts only where the name has its place first; without the codes where those do not fit
    const short = box.counts.map((count) => ({ ...count, text: count.text.replace(/^\S+ /, "") }));
    if (width + 128 <= room) taken = paintCounts(ctx, brush, box, false);
    else if (width + 84 <= room) taken = paintCounts(ctx, brush, { ...box, counts: short }, false);
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
function paintArrow(ctx, x, y, angle, size) {
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

/**
 * The flow of data from layer to layer, and back from the last to the first.
 * @param {CanvasRenderingContext2D} ctx @param {Brush} brush @param {Scene} scene @param {boolean} narrow
 */
export function paintLoop(ctx, brush, scene, narrow) {
  const heads = scene.boxes.filter((box) => box.kind === "layer");
  if (heads.length < 2) return;
  const { palette } = brush;
  const [first, last] = [heads[0], heads[heads.length - 1]];
  ctx.save();
  ctx.strokeStyle = ctx.fillStyle = palette.flow;
  ctx.lineWidth = 2;
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
    ctx.lineTo(b.x - 7, y);
    ctx.stroke();
    paintArrow(ctx, b.x, y, 0, 8);
  }
  const [right, left, top] = [last.x + last.w - 24, first.x + 24, 9];
  ctx.beginPath();
  ctx.moveTo(right, last.y);
  ctx.arcTo(right, top, right - 10, top, 8);
  ctx.arcTo(left, top, left, top + 10, 8);
  ctx.lineTo(left, first.y - 6);
  ctx.stroke();
  paintArrow(ctx, left, first.y, Math.PI / 2, 8);
  setFont(ctx, brush, brush.loopLang, FONT, true);
  ctx.textBaseline = "middle";
  const text = `↻ ${brush.loopText}`;
  const width = ctx.measureText(text).width;
  ctx.fillStyle = palette.paper;
  ctx.fillRect((left + right) / 2 - width / 2 - 10, top - 8, width + 20, 16);
  ctx.fillStyle = palette.flow;
  ctx.fillText(text, (left + right) / 2 - width / 2, top + 0.5);
  ctx.restore();
}
