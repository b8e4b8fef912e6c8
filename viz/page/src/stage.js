/** The drawing: vis-network for pan, zoom and lines; our own painter for everything with text. */

/** @import { Lit, Scene, SceneBox } from "./types.js" */
/** @import { Brush } from "./brush.js" */
import { findAimed, nearest } from "./aim.js";
import { lookOf, paintBox, paintFrame } from "./draw.js";
import { paintLoop } from "./loop.js";
import { FONT } from "./pen.js";
import { OPTIONS, makeEdge, makeNode } from "./shapes.js";

/** What we use of vis-network; the bundle is a script of its own. @type {{Network: any, DataSet: any}} */
const vis = /** @type {any} */ (globalThis).vis;

const MARGIN = 10;
const MOST_SCALE = 1.3; // in a window of the size below; larger ones show larger letters
const USUAL = { w: 1070, h: 760 };
const LEAST_SCALE = 12 / FONT + 0.003; // of the first picture: labels of 12 px; a smaller window scrolls

export class Stage {
  /**
   * @param {HTMLElement} container
   * @param {{open: (key: string) => void, say: (text: string) => void, tip: (box: SceneBox|null, at: {x: number, y: number}) => void,
   *   miss?: (at: {x: number, y: number}) => void}} actions `miss`: a click beside all boxes, in units of the scene
   */
  constructor(container, actions) {
    this.container = container;
    this.frame = /** @type {HTMLElement} */ (container.parentElement); // what is seen of the container
    this.actions = actions;
    /** @type {Scene|null} */
    this.scene = null;
    /** @type {Lit|null} */
    this.lit = null;
    /** @type {Brush|null} */
    this.brush = null;
    this.narrow = false;
    this.chosen = "";
    this.hover = "";
    this.focus = "";
    this.size = "";
    this.moved = false; // by the reader; a resize then keeps the view
    this.scrolls = false; // the picture is larger than its frame
    this.held = false; // what vis-network was told of that
    this.started = false; // vis-network draws for the first time in the frame after it was made
    this.nodes = new vis.DataSet();
    this.edges = new vis.DataSet();
    this.network = new vis.Network(container, { nodes: this.nodes, edges: this.edges }, OPTIONS);
    this.network.on("beforeDrawing", (/** @type {CanvasRenderingContext2D} */ ctx) => this._paintUnder(ctx));
    this.network.on("afterDrawing", (/** @type {CanvasRenderingContext2D} */ ctx) => this._paintOver(ctx));
    this.network.on("click", (/** @type {any} */ event) => this._click(event.pointer.canvas));
    for (const name of ["zoom", "dragEnd"]) this.network.on(name, () => (this.moved = true));
    container.addEventListener("pointermove", (event) => this._point(event));
    container.addEventListener("pointerleave", () => this._setHover(null, { x: 0, y: 0 }));
    container.addEventListener("keydown", (event) => this._press(event));
    container.addEventListener("blur", () => this._setFocus(""));
    new ResizeObserver(() => this.resize()).observe(this.frame);
  }

  /**
   * @param {Scene} scene
   * @param {{lit: Lit|null, chosen: string, brush: Brush, narrow: boolean}} look
   */
  show(scene, { lit, chosen, brush, narrow }) {
    const same =
      this.scene?.key === scene.key &&
      this.narrow === narrow &&
      (scene.steady || Boolean(this.lit) === Boolean(lit));
    this.scene = scene;
    this.lit = lit;
    this.chosen = chosen;
    this.brush = brush;
    this.narrow = narrow;
    /** @type {Map<string, SceneBox>} */
    this.boxes = new Map(scene.boxes.map((box) => [box.key, box]));
    if (!this.boxes.has(this.focus)) this.focus = "";
    const nodes = [...scene.boxes, ...scene.ports.map((port) => ({ ...port, w: 2, h: 2 }))].map((box) =>
      makeNode(/** @type {SceneBox} */ (box)),
    );
    const edges = scene.edges.map((edge, i) => makeEdge(edge, i, brush));
    this._quietly(() => {
      this.edges.clear();
      this.nodes.clear();
      this.nodes.add(nodes);
      this.edges.add(edges);
    });
    if (same && (this.moved || scene.steady)) this.network.redraw();
    else this.fit();
    const [root] = lit?.roots ?? [];
    const box = root && !narrow && this.boxes.get(root);
    if (box) this._scrollTo(box);
  }

  /** Shows all of the scene, as large as it goes; what stays legible at no smaller scale is scrolled. */
  fit() {
    if (!this.scene) return;
    this.moved = false;
    const { width, height, key } = this.scene;
    const style = this.container.style;
    style.width = style.height = "";
    const [w, h] = [this.frame.clientWidth - 2 * MARGIN, this.frame.clientHeight - 2 * MARGIN];
    const most = MOST_SCALE * Math.max(1, Math.min(w / USUAL.w, h / USUAL.h));
    let scale = Math.min(this.narrow ? MOST_SCALE : most, w / width, this.narrow ? Infinity : h / height);
    // a chain is better seen whole
    const least = this.scene.least ?? (this.lit ? 0.85 * LEAST_SCALE : LEAST_SCALE);
    const scrolls = this.narrow || ((key === "overview" || Boolean(this.scene.least)) && scale < least);
    if (scrolls && !this.narrow) scale = least;
    this.size = this._measure();
    this._place(scale, scrolls);
  }

  /** @param {number} scale @param {boolean} scrolls */
  _place(scale, scrolls) {
    if (!this.scene) return;
    const { width, height } = this.scene;
    const style = this.container.style;
    this.scrolls = scrolls;
    this.container.classList.toggle("scrolls", scrolls); // fingers are then the browser's
    if (scrolls) {
      style.width = `${Math.max(this.frame.clientWidth, Math.ceil(width * scale + 2 * MARGIN))}px`;
      style.height = `${Math.ceil(height * scale + 2 * MARGIN)}px`;
    }
    this._quietly(() => {
      this._hold(scrolls);
      this._setSize();
      this.network.moveTo({
        position: { x: width / 2, y: height / 2 },
        scale: Math.max(0.05, scale),
        animation: false,
      });
    });
    if (this.started) this.network.redraw();
  }

  /** A picture that scrolls is not dragged or zoomed; vis-network takes long to be told. @param {boolean} still */
  _hold(still) {
    if (still === this.held) return;
    this.held = still;
    this.network.setOptions({ interaction: { dragView: !still, zoomView: !still } });
  }

  /** vis-network draws at once at each change: here not before all are made. @param {() => void} change */
  _quietly(change) {
    const { emitter } = this.network.body;
    emitter.emit("_blockRedraw");
    change();
    emitter.emit("_allowRedraw");
  }

  _setSize() {
    this.network.setSize(`${this.container.clientWidth}px`, `${this.container.clientHeight}px`);
  }

  /** What a picture is fitted into; a telephone's frame grows with its content, so that only its width counts. */
  _measure() {
    const { clientWidth, clientHeight } = this.frame;
    return this.narrow ? `${clientWidth}` : `${clientWidth} ${clientHeight}`;
  }

  resize() {
    if (this._measure() === this.size || !this.frame.clientWidth) return;
    if (this.moved) {
      this.size = this._measure();
      this._setSize();
      this.network.redraw();
    } else this.fit();
  }

  /** @param {number} factor */
  zoom(factor) {
    if (this.scrolls && this.scene?.steady) {
      const most = 6000 / Math.max(this.scene.width, this.scene.height);
      return this._place(Math.min(most, Math.max(0.25, this.network.getScale() * factor)), true);
    }
    this.moved = true;
    this.network.moveTo({
      scale: Math.min(4, Math.max(0.1, this.network.getScale() * factor)),
      animation: false,
    });
  }

  /** Boxes as they stand on the screen, for tests and for the curious. */
  inspect() {
    const scale = this.network.getScale();
    return (this.scene?.boxes ?? []).map((box) => {
      const at = this.network.canvasToDOM({ x: box.x, y: box.y });
      return {
        key: box.key,
        kind: box.kind,
        name: box.name.text,
        mark: box.mark?.text ?? "",
        gone: Boolean(box.gone),
        faint: Boolean(box.faint),
        counts: (box.counts ?? []).map((count) => count.text),
        x: at.x,
        y: at.y,
        w: box.w * scale,
        h: box.h * scale,
        font: (box.kind === "vendor" && box.sub ? 12 : FONT) * scale,
      };
    });
  }

  /** Lines that open something, by the middle of each on the screen. */
  inspectLines() {
    return (this.scene?.edges ?? [])
      .filter((edge) => edge.opens)
      .map(({ from, to, opens }) => {
        const [a, b] = [from, to].map((key) => this.network.getPosition(key));
        return { opens, ...this.network.canvasToDOM({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }) };
      });
  }

  /** Where vis-network has the rectangle of a box: lines end there. @param {string} key */
  boundsOf(key) {
    return this.network.getBoundingBox(key);
  }

  /** @param {CanvasRenderingContext2D} ctx */
  _paintUnder(ctx) {
    this.started = true;
    if (!this.scene || !this.brush) return;
    ctx.save();
    if (this.lit) ctx.globalAlpha = 0.5;
    for (const frame of this.scene.frames) paintFrame(ctx, this.brush, frame);
    this.scene.under?.(ctx, this.brush);
    if (this.scene.loop) paintLoop(ctx, this.brush, this.scene, this.narrow);
    ctx.restore();
  }

  /** @param {CanvasRenderingContext2D} ctx */
  _paintOver(ctx) {
    if (!this.scene || !this.brush) return;
    const from = this.network.DOMtoCanvas({ x: 0, y: 0 });
    const to = this.network.DOMtoCanvas({ x: this.container.clientWidth, y: this.container.clientHeight });
    for (const box of this.scene.boxes) {
      if (box.x > to.x || box.y > to.y || box.x + box.w < from.x || box.y + box.h < from.y) continue;
      paintBox(ctx, this.brush, box, lookOf(box, this));
    }
  }

  /** @param {{x: number, y: number}} at @returns {SceneBox|null} */
  _find(at) {
    return this.scene && findAimed(this.scene, at, this.network.getScale());
  }

  /** @param {{x: number, y: number}} at */
  _click(at) {
    const box = this._find(at);
    if (box) this.actions.open(box.key);
    else this.actions.miss?.(at);
  }

  /** @param {PointerEvent} event */
  _point(event) {
    if (event.pointerType === "touch" || event.buttons) return;
    const frame = this.container.getBoundingClientRect();
    const box = this._find(
      this.network.DOMtoCanvas({ x: event.clientX - frame.left, y: event.clientY - frame.top }),
    );
    this._setHover(box, { x: event.clientX, y: event.clientY });
  }

  /** @param {SceneBox|null} box @param {{x: number, y: number}} at */
  _setHover(box, at) {
    const key = box?.key ?? "";
    this.container.classList.toggle("pointing", Boolean(box));
    this.actions.tip(box, at);
    if (key === this.hover) return;
    this.hover = key;
    this.network.redraw();
  }

  /** @param {string} key */
  _setFocus(key) {
    if (key === this.focus) return;
    this.focus = key;
    const box = this.boxes?.get(key);
    if (box) this._scrollTo(box);
    if (box)
      this.actions.say(
        [box.name.text, ...(box.counts ?? []).map((count) => count.text), box.mark?.text, box.sub]
          .filter(Boolean)
          .join(", "),
      );
    this.network.redraw();
  }

  /** Shows a box that was chosen elsewhere; one beyond the edges of a moved picture by showing all of that. @param {string} key */
  bring(key) {
    const box = this.boxes?.get(key);
    if (!box) return;
    const { x, y } = this.network.canvasToDOM({ x: box.x + box.w / 2, y: box.y + box.h / 2 });
    if (this.scrolls) this._scrollTo(box);
    else if (x < 0 || y < 0 || x > this.container.clientWidth || y > this.container.clientHeight) this.fit();
  }

  /** Brings a box into the part that is seen. @param {SceneBox} box */
  _scrollTo(box) {
    const { x, y } = this.network.canvasToDOM({ x: box.x, y: box.y });
    const { scrollLeft, scrollTop, clientWidth, clientHeight } = this.frame;
    if (
      y < scrollTop ||
      y > scrollTop + clientHeight - 60 ||
      x < scrollLeft ||
      x > scrollLeft + clientWidth - 180
    )
      this.frame.scrollTo({ left: x - 200, top: y - 100 });
  }

  /** Arrow keys go to the nearest box in that direction; Enter opens. @param {KeyboardEvent} event */
  _press(event) {
    const way = /** @type {Record<string, [number, number]>} */ ({
      ArrowLeft: [-1, 0],
      ArrowRight: [1, 0],
      ArrowUp: [0, -1],
      ArrowDown: [0, 1],
    })[event.key];
    if (way) {
      event.preventDefault();
      this._setFocus(nearest(this.scene?.boxes ?? [], this.focus, way));
    } else if ((event.key === "Enter" || event.key === " ") && this.focus) {
      event.preventDefault();
      this.actions.open(this.focus);
    }
  }
}
