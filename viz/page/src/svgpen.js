/** A pen like that of a canvas, which writes an SVG document: text stays text. Nothing is parsed, all is built. */

const SVG = "http://www.w3.org/2000/svg";
const XML = "http://www.w3.org/XML/1998/namespace";

// What XML 1.0 cannot hold at all, and halves of characters.
const UNWRITABLE =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** @param {string} text @returns {string} the same, without what no XML document may hold */
export const cleanXml = (text) => text.replace(UNWRITABLE, "\ufffd");

/** @param {number} n */
const num = (n) => String(Math.round(n * 100) / 100);

/**
 * @typedef {{fillStyle: string, strokeStyle: string, lineWidth: number, lineJoin: string, globalAlpha: number, font: string,
 *   textAlign: string, textBaseline: string, lang: string, dash: number[], matrix: number[]}} Settings
 */

/** @returns {Settings} as a canvas has them at first */
const freshSettings = () => ({
  fillStyle: "#000000",
  strokeStyle: "#000000",
  lineWidth: 1,
  lineJoin: "miter",
  globalAlpha: 1,
  font: "400 10px sans-serif",
  textAlign: "left",
  textBaseline: "alphabetic",
  lang: "en",
  dash: [],
  matrix: [1, 0, 0, 1, 0, 0],
});

/** What the painters use of a canvas' context, no more. */
export class SvgPen {
  /** @param {number} width @param {number} height @param {CanvasRenderingContext2D} ruler measures text */
  constructor(width, height, ruler) {
    this.ruler = ruler;
    this.root = document.createElementNS(SVG, "svg");
    this._set(this.root, {
      viewBox: `0 0 ${num(width)} ${num(height)}`,
      width: num(width),
      height: num(height),
    });
    Object.assign(this, freshSettings());
    /** @type {Settings[]} */
    this.stack = [];
    this.path = "";
    this.family = ""; // that of the document
  }

  /** The font of all text that names no other. @param {string} family */
  setFamily(family) {
    this.family = family;
    this.root.setAttribute("font-family", family);
  }

  /** @param {Element} node @param {Record<string, string>} props */
  _set(node, props) {
    for (const [name, value] of Object.entries(props)) node.setAttribute(name, cleanXml(value));
    return node;
  }

  /** @param {string} tag @param {Record<string, string>} props @param {string} [text] */
  _add(tag, props, text) {
    const now = /** @type {Settings} */ (/** @type {unknown} */ (this));
    const node = this._set(document.createElementNS(SVG, tag), props);
    if (now.globalAlpha < 1) node.setAttribute("opacity", num(now.globalAlpha));
    if (now.matrix.join() !== "1,0,0,1,0,0")
      node.setAttribute("transform", `matrix(${now.matrix.map(num).join(" ")})`);
    if (text !== undefined) node.textContent = cleanXml(text);
    this.root.append(node);
    return node;
  }

  save() {
    const now = /** @type {any} */ (this);
    const kept = Object.fromEntries(Object.keys(freshSettings()).map((key) => [key, now[key]]));
    this.stack.push(/** @type {Settings} */ (kept));
  }

  restore() {
    Object.assign(this, this.stack.pop());
  }

  /** @param {number} x @param {number} y */
  translate(x, y) {
    this._multiply([1, 0, 0, 1, x, y]);
  }

  /** @param {number} angle */
  rotate(angle) {
    const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
    this._multiply([cos, sin, -sin, cos, 0, 0]);
  }

  /** @param {number[]} by */
  _multiply([a, b, c, d, e, f]) {
    const now = /** @type {Settings} */ (/** @type {unknown} */ (this));
    const [p, q, r, s, t, u] = now.matrix;
    now.matrix = [
      p * a + r * b,
      q * a + s * b,
      p * c + r * d,
      q * c + s * d,
      p * e + r * f + t,
      q * e + s * f + u,
    ];
  }

  /** @param {number[]} dash */
  setLineDash(dash) {
    /** @type {any} */ (this).dash = dash;
  }

  beginPath() {
    this.path = "";
    this.at = [0, 0];
  }

  /** @param {number} x @param {number} y */
  moveTo(x, y) {
    this.path += `M${num(x)} ${num(y)}`;
    this.at = [x, y];
  }

  /** @param {number} x @param {number} y */
  lineTo(x, y) {
    this.path += `L${num(x)} ${num(y)}`;
    this.at = [x, y];
  }

  /** @param {number} x1 @param {number} y1 @param {number} x2 @param {number} y2 @param {number} x @param {number} y */
  bezierCurveTo(x1, y1, x2, y2, x, y) {
    this.path += `C${num(x1)} ${num(y1)} ${num(x2)} ${num(y2)} ${num(x)} ${num(y)}`;
    this.at = [x, y];
  }

  closePath() {
    this.path += "Z";
  }

  /** A whole circle, as the painters draw no other arc. @param {number} x @param {number} y @param {number} r */
  arc(x, y, r) {
    const half = `A${num(r)} ${num(r)} 0 1 1`;
    this.path += `M${num(x + r)} ${num(y)}${half} ${num(x - r)} ${num(y)}${half} ${num(x + r)} ${num(y)}Z`;
  }

  /** A corner, rounded: from where the pen is towards (x1, y1) and on towards (x2, y2). @param {number} x1 @param {number} y1 @param {number} x2 @param {number} y2 @param {number} r */
  arcTo(x1, y1, x2, y2, r) {
    const [x0, y0] = this.at ?? [x1, y1];
    const [ux, uy] = unit(x0 - x1, y0 - y1);
    const [vx, vy] = unit(x2 - x1, y2 - y1);
    const cos = ux * vx + uy * vy;
    const turn = ux * vy - uy * vx;
    if (Math.abs(turn) < 1e-6) return this.lineTo(x1, y1);
    const reach = r / Math.tan(Math.acos(cos) / 2);
    this.lineTo(x1 + ux * reach, y1 + uy * reach);
    const [x, y] = [x1 + vx * reach, y1 + vy * reach];
    this.path += `A${num(r)} ${num(r)} 0 0 ${turn < 0 ? 1 : 0} ${num(x)} ${num(y)}`;
    this.at = [x, y];
  }

  /** @param {number} x @param {number} y @param {number} w @param {number} h */
  rect(x, y, w, h) {
    this.path += `M${num(x)} ${num(y)}h${num(w)}v${num(h)}h${num(-w)}Z`;
  }

  /** @param {number} x @param {number} y @param {number} w @param {number} h @param {number} radius */
  roundRect(x, y, w, h, radius) {
    const r = Math.min(radius, w / 2, h / 2);
    /** @param {number} dx @param {number} dy */
    const bend = (dx, dy) => `a${num(r)} ${num(r)} 0 0 1 ${num(dx)} ${num(dy)}`;
    this.path +=
      `M${num(x + r)} ${num(y)}h${num(w - 2 * r)}${bend(r, r)}v${num(h - 2 * r)}${bend(-r, r)}` +
      `h${num(2 * r - w)}${bend(-r, -r)}v${num(2 * r - h)}${bend(r, -r)}Z`;
  }

  fill() {
    this._add("path", { d: this.path, fill: /** @type {any} */ (this).fillStyle });
  }

  stroke() {
    const { strokeStyle, lineWidth, lineJoin, dash } = /** @type {any} */ (this);
    /** @type {Record<string, string>} */
    const props = { d: this.path, fill: "none", stroke: strokeStyle, "stroke-width": num(lineWidth) };
    if (lineJoin !== "miter") props["stroke-linejoin"] = lineJoin;
    if (dash.length) props["stroke-dasharray"] = dash.join(" ");
    this._add("path", props);
  }

  /** @param {number} x @param {number} y @param {number} w @param {number} h */
  fillRect(x, y, w, h) {
    const { fillStyle: fill } = /** @type {any} */ (this);
    this._add("rect", { x: num(x), y: num(y), width: num(w), height: num(h), fill });
  }

  /** @param {string} text */
  measureText(text) {
    this.ruler.font = /** @type {any} */ (this).font;
    return this.ruler.measureText(text);
  }

  /** @param {string} text @param {number} x @param {number} y */
  fillText(text, x, y) {
    if (!text) return;
    const { font, fillStyle, textAlign, textBaseline, lang } = /** @type {any} */ (this);
    const [, weight, size, family] = /^(\d+) ([\d.]+)px (.*)$/s.exec(font) ?? ["", "400", "10", "sans-serif"];
    // The middle of the letters is written as a height, since not every program knows `dominant-baseline`.
    const down = textBaseline === "middle" ? 0.355 * Number(size) : 0;
    /** @type {Record<string, string>} */
    const props = {
      x: num(x),
      y: num(y + down),
      fill: fillStyle,
      "font-size": num(Number(size)),
      lang,
    };
    if (family !== this.family) props["font-family"] = family;
    if (weight !== "400") props["font-weight"] = weight;
    if (textAlign !== "left") props["text-anchor"] = textAlign === "center" ? "middle" : "end";
    this._add("text", props, text).setAttributeNS(XML, "xml:lang", lang);
  }
}

/** @param {number} x @param {number} y */
function unit(x, y) {
  const length = Math.hypot(x, y) || 1;
  return [x / length, y / length];
}
