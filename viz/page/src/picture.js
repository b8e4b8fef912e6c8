/** A scene as a picture to take away: title, scope, the drawing and its legend, on a canvas or as SVG. */

/** @import { Brush } from "./brush.js" */
/** @import { Edge, Label, Lang, Lit, Scene } from "./types.js" */
import { lookOf, paintArrow, paintBox, paintFrame } from "./draw.js";
import { paintLoop } from "./loop.js";
import { FONT, paintShape, roundRect, setFont, toneOf } from "./pen.js";
import { SvgPen, cleanXml } from "./svgpen.js";
import { HTML_LANG } from "./text.js";
import { wrapText } from "./wrap.js";

const EDGE = 24; // of paper around all
const LEAST = 720; // width at which title and legend are legible
const MOST_PIXELS = 32e6; // of a canvas, that every browser makes

/**
 * @typedef {{glyph?: string, text?: string, dash?: boolean, bold?: boolean, wire?: string, swatch?: string}} Sign a part of a legend's item;
 *   `wire` and `swatch` are colours of the palette
 * @typedef {{scene: Scene, lit: Lit|null, chosen: string, narrow: boolean, brush: Brush, lang: Lang, title: Label,
 *   lines: string[], legend: Sign[][]}} Drawing
 */

/**
 * A picture, laid out: its size, and how it is painted with a pen.
 * @param {Drawing} drawing @param {CanvasRenderingContext2D} ruler measures text
 */
export function layPicture(drawing, ruler) {
  const { scene, brush, title, lines, legend, lang } = drawing;
  const width = Math.max(scene.width, LEAST);
  setFont(ruler, brush, lang, 12.5);
  const rows = lines.flatMap((line) =>
    wrapText((text) => ruler.measureText(text).width, line, width, 3, lang),
  );
  setFont(ruler, brush, title.lang, 20, true);
  const heads = wrapText((text) => ruler.measureText(text).width, title.text, width, 2, title.lang);
  const under = EDGE + 8 + heads.length * 26;
  const top = under + rows.length * 18 + 12;
  const signs = layLegend(legend, brush, lang, ruler, width);
  const below = top + scene.height + 20;
  /** @param {CanvasRenderingContext2D} ctx */
  const paint = (ctx) => {
    ctx.fillStyle = brush.palette.paper;
    ctx.fillRect(0, 0, width + 2 * EDGE, below + signs.height + EDGE);
    ctx.textBaseline = "middle";
    setFont(ctx, brush, title.lang, 20, true);
    ctx.fillStyle = brush.palette.ink;
    heads.forEach((row, i) => ctx.fillText(row, EDGE, EDGE + 14 + i * 26));
    setFont(ctx, brush, lang, 12.5);
    ctx.fillStyle = brush.palette.muted;
    rows.forEach((row, i) => ctx.fillText(row, EDGE, under + 8 + i * 18));
    ctx.save();
    ctx.translate(EDGE + (width - scene.width) / 2, top);
    paintScene(ctx, drawing);
    ctx.restore();
    ctx.save();
    ctx.translate(EDGE, below);
    signs.paint(ctx);
    ctx.restore();
  };
  return { width: width + 2 * EDGE, height: below + signs.height + EDGE, paint };
}

/** All of a scene, where the stage paints what is seen of it. @param {CanvasRenderingContext2D} ctx @param {Drawing} drawing */
function paintScene(ctx, { scene, lit, chosen, narrow, brush }) {
  ctx.save();
  if (lit) ctx.globalAlpha = 0.5;
  for (const frame of scene.frames) paintFrame(ctx, brush, frame);
  scene.under?.(ctx, brush);
  if (scene.loop) paintLoop(ctx, brush, scene, narrow);
  ctx.restore();
  paintEdges(ctx, brush, scene);
  for (const box of scene.boxes) paintBox(ctx, brush, box, lookOf(box, { lit, chosen }));
}

/** Lines as vis-network draws them: straight, and ending at a box's border. @param {CanvasRenderingContext2D} ctx @param {Brush} brush @param {Scene} scene */
function paintEdges(ctx, { palette }, { boxes, ports, edges }) {
  const places = new Map(
    [...boxes, ...ports.map((port) => ({ ...port, w: 2, h: 2 }))].map((box) => [box.key, box]),
  );
  ctx.save();
  for (const { from, to, dashed, arrow, strong } of /** @type {Edge[]} */ (edges)) {
    const [a, b] = [places.get(from), places.get(to)];
    if (!a || !b) continue;
    const [x, y, u, v] = [a.x + a.w / 2, a.y + a.h / 2, b.x + b.w / 2, b.y + b.h / 2];
    const angle = Math.atan2(v - y, u - x);
    // how much of the way from b's middle lies inside b
    const inside = Math.min(b.w / 2 / Math.abs(u - x || 1e-9), b.h / 2 / Math.abs(v - y || 1e-9), 1);
    const [ex, ey] = arrow ? [u - (u - x) * inside, v - (v - y) * inside] : [u, v];
    ctx.strokeStyle = ctx.fillStyle = strong ? palette.litLine : palette.wire;
    ctx.lineWidth = strong ? 2.4 : 1;
    ctx.setLineDash(dashed ? [5, 4] : []);
    ctx.beginPath();
    ctx.moveTo(x, y);
    ctx.lineTo(ex, ey);
    ctx.stroke();
    ctx.setLineDash([]);
    if (arrow) paintArrow(ctx, ex, ey, angle, strong ? 12 : 8);
  }
  ctx.restore();
}

/** @param {Sign[][]} legend @param {Brush} brush @param {Lang} lang @param {CanvasRenderingContext2D} ruler @param {number} width */
function layLegend(legend, brush, lang, ruler, width) {
  const { palette } = brush;
  /** @type {{sign: Sign, x: number, y: number}[]} */
  const placed = [];
  let [x, y] = [0, 8];
  for (const item of legend) {
    const sizes = item.map(({ text, dash, bold, wire, swatch }) => {
      if (text === undefined) return dash || wire || swatch ? 30 : 16;
      setFont(ruler, brush, lang, FONT, bold);
      return ruler.measureText(text).width + 6;
    });
    const total = sizes.reduce((sum, size) => sum + size, 0);
    if (x && x + total > width) [x, y] = [0, y + 20];
    item.forEach((sign, i) => {
      placed.push({ sign, x, y });
      x += sizes[i];
    });
    x += 14;
  }
  /** @param {CanvasRenderingContext2D} ctx */
  const paint = (ctx) => {
    for (const { sign, x: left, y: middle } of placed) {
      ctx.textBaseline = "middle";
      if (sign.glyph) {
        const side = ["circle", "square", "diamond"].includes(sign.glyph);
        const ink = side
          ? toneOf(palette, sign.glyph)
          : ["fragile", "dominant"].includes(sign.glyph)
            ? palette.ink
            : palette.alertInk;
        paintShape(ctx, sign.glyph, left + 6, middle, 4.6, ink);
      } else if (sign.dash || sign.wire) {
        ctx.beginPath();
        ctx.moveTo(left, middle);
        ctx.lineTo(left + (sign.wire ? 18 : 24), middle);
        ctx.setLineDash(sign.dash ? [4, 3] : []);
        ctx.strokeStyle = ctx.fillStyle = palette[sign.wire ?? "muted"];
        ctx.lineWidth = 1.6;
        ctx.stroke();
        ctx.setLineDash([]);
        if (sign.wire) paintArrow(ctx, left + 25, middle, 0, 8);
      } else if (sign.swatch) {
        roundRect(ctx, left, middle - 6, 22, 12, 3);
        ctx.fillStyle = palette[sign.swatch];
        ctx.fill();
        ctx.strokeStyle = palette.line;
        ctx.lineWidth = 1;
        ctx.stroke();
      } else if (sign.text) {
        setFont(ctx, brush, lang, FONT, sign.bold);
        ctx.fillStyle = palette.ink;
        ctx.fillText(sign.text, left, middle);
      }
    }
  };
  return { height: placed.length ? y + 8 : 0, paint };
}

/** The legend as it stands on the page, as parts to paint. @param {HTMLElement} host @returns {Sign[][]} */
export function readLegend(host) {
  /** @param {Node} node @returns {Sign[]} */
  const read = (node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      const text = (node.textContent ?? "").trim();
      return text ? [{ text, bold: node.parentElement?.tagName === "B" }] : [];
    }
    if (!(node instanceof Element)) return [];
    const look = node.getAttribute("class") ?? "";
    const [, glyph] = /glyph-(\w+)/.exec(look) ?? [];
    if (glyph) return [{ glyph }];
    const [, hue] = /wire-(\d)/.exec(look) ?? [];
    if (hue) return [{ wire: `t${hue}`, dash: Boolean(node.querySelector("[stroke-dasharray]")) }];
    const [, swatch] = /swatch-(panel|band|paper|card)/.exec(look) ?? [];
    if (swatch) return [{ swatch }];
    if (node.classList.contains("dash")) return [{ dash: true }];
    return [...node.childNodes].flatMap(read);
  };
  return [...host.children].map(read).filter((item) => item.length);
}

/** @returns {CanvasRenderingContext2D} */
export const makeRuler = () =>
  /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));

/** @param {Drawing} drawing @returns {SVGSVGElement} text as text, in the fonts and languages of the page */
export function drawSvg(drawing) {
  const ruler = makeRuler();
  const { width, height, paint } = layPicture(drawing, ruler);
  const pen = new SvgPen(width, height, ruler);
  const title = document.createElementNS(pen.root.namespaceURI, "title");
  title.textContent = cleanXml(drawing.title.text);
  pen.root.setAttribute("lang", HTML_LANG[drawing.lang]);
  pen.root.append(title);
  pen.setFamily(drawing.brush.fonts[drawing.lang]);
  paint(/** @type {any} */ (pen));
  return /** @type {SVGSVGElement} */ (pen.root);
}

/** @param {Drawing} drawing @returns {string} an SVG document */
export const writeSvg = (drawing) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(drawSvg(drawing))}\n`;

/** @param {Drawing} drawing @returns {Promise<Blob>} a PNG of twice the size, or as large as a canvas may be */
export function drawPng(drawing) {
  const { width, height, paint } = layPicture(drawing, makeRuler());
  const scale = Math.min(2, Math.sqrt(MOST_PIXELS / (width * height)));
  const canvas = document.createElement("canvas");
  canvas.width = Math.ceil(width * scale);
  canvas.height = Math.ceil(height * scale);
  const ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  ctx.scale(scale, scale);
  paint(ctx);
  return new Promise((done, fail) =>
    canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error("no picture"))), "image/png"),
  );
}
