/** The page of a query's result: header, picture or tables, panel; one state in the URL fragment, one render. */

/** @import { AnswerBoard, AnswerCtx, AnswerPayload, AnswerState } from "./answer-types.js" */
/** @import { Box, Lang, Messages, SceneBox } from "./types.js" */
import { renderAnswerHead, renderAnswerLegend, titleOf } from "./answer-head.js";
import { Answer, formatAnswerState, listAnswerEntries, parseAnswerState, plain } from "./answer-model.js";
import { renderAnswerPanel } from "./answer-panel.js";
import { makeAnswer } from "./answer-scene.js";
import { renderAnswerTools, takeAnswer } from "./answer-share.js";
import { renderAnswerTable } from "./answer-table.js";
import { SHAPES } from "./boxes.js";
import { readBrush } from "./brush.js";
import { el, glyph, named } from "./dom.js";
import { makeFrame, watchScreen } from "./frame.js";
import { mountTools } from "./menu.js";
import { placeTip, renderZoom } from "./overlay.js";
import { mountPrint } from "./printed.js";
import { mountSearch } from "./searchbox.js";
import { Stage } from "./stage.js";
import { HTML_LANG, formatCount, makeSay } from "./text.js";
import { findWire } from "./wires.js";

export class AnswerApp {
  /** @param {AnswerPayload} payload @param {{wide: AnswerBoard & {boxes?: Box[]}, narrow: AnswerBoard}} boards @param {Messages} messages @param {Lang} lang */
  constructor(payload, boards, messages, lang) {
    this.answer = new Answer(payload);
    this.boards = boards;
    this.messages = messages;
    this.first = lang;
    this.state = parseAnswerState(location.hash, lang);
    this.narrowQuery = watchScreen(() => this.render(false));
    /** @type {Record<string, {by: string, down: boolean}>} */
    this.sorts = {};
    this.sheet = false; // the panel of a telephone is a sheet; is it up?
    this.shown = "";
    this.drawn = ""; // the scene before
    /** @type {import("./wires.js").Wire[]} */
    this.wires = [];
    /** @type {string[]} */
    this.lit = [];
    this.ui = makeFrame({ skip: () => this.go({ view: "table" }), sheet: () => this.toggleSheet() });
    this.find = mountSearch({
      open: (key) => this.open(key),
      view: () => this.ctx(),
      list: () => listAnswerEntries(this.answer),
      show: ({ key }) => this.showHit(Number(key.slice(1))),
      hint: "result.search-hint",
    });
    this.ui.finder.replaceWith(this.find.node);
    this.ui.path.hidden = true;
    this.stage = new Stage(this.ui.canvas, {
      open: (key) => this.open(key),
      say: (text) => this.announce(text),
      tip: (box, at) => this.showTip(box, at),
      miss: (at) => this.miss(at),
    });
    mountTools(this.ui);
    mountPrint({
      draw: () => takeAnswer(this.ctx(), this.ui, this.shownNow()),
      render: () => this.render(false),
    });
    addEventListener("hashchange", () => {
      this.state = parseAnswerState(location.hash, this.first);
      this.render(true);
    });
    addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.state.at && document.activeElement?.id !== "search")
        this.go({ at: "", tab: "nodes" });
    });
    this.render(false);
  }

  /** @param {Partial<AnswerState>} change */
  go(change) {
    const next = { ...this.state, ...change };
    if (change.at) this.sheet = true;
    const hash = formatAnswerState(next);
    if (hash !== formatAnswerState(this.state)) history.pushState(null, "", hash);
    this.state = next;
    this.render(true);
  }

  /** @returns {AnswerCtx} */
  ctx() {
    const { answer, state } = this;
    const narrow = this.narrowQuery.matches;
    const say = makeSay(this.messages, state.lang);
    return { answer, state, lang: state.lang, say, narrow, go: (change) => this.go(change) };
  }

  /** @param {string} key a node that was chosen in the picture or in the search */
  open(key) {
    const drawn = Number(key.slice(1)) < this.answer.data.drawn;
    this.go({ at: key, tab: "details", view: drawn ? "map" : "table" });
  }

  /** A click beside all boxes: a line, or nothing. @param {{x: number, y: number}} at */
  miss(at) {
    const key = findWire(this.wires, at);
    if (key) this.go({ at: key, tab: "details" });
    else if (this.state.at) this.go({ at: "", tab: "nodes" });
  }

  /** The picture, for those that take it away; it is there even while the table is shown. @returns {import("./answer-share.js").Shown} */
  shownNow() {
    return {
      scene: () => this.draw(this.ctx()),
      say: (text) => this.announce(text),
      again: () => this.render(false),
    };
  }

  toggleSheet() {
    this.sheet = !this.sheet;
    this.render(false);
  }

  /** @param {string} text */
  announce(text) {
    this.ui.live.textContent = text;
  }

  /** @param {number} i @returns {import("./searchbox.js").Found} */
  showHit(i) {
    const { side } = this.answer.data.nodes[i];
    const mark = side === undefined ? null : glyph(SHAPES[side]);
    return { mark, name: this.answer.name(i, this.state.lang), kind: plain(this.answer.labelsOf(i)) };
  }

  /** @param {boolean} moved whether the reader went somewhere */
  render(moved) {
    const ctx = this.ctx();
    const { lang, narrow, answer } = ctx;
    const drawable = answer.data.nodes.length > 0;
    const asTable = !drawable || this.state.view === "table";
    document.documentElement.lang = HTML_LANG[lang];
    document.title = titleOf(ctx);
    document.body.classList.toggle("narrow", narrow);
    renderAnswerHead(ctx, this.ui);
    renderAnswerTools(ctx, this.ui, this.shownNow());
    this.find.node.hidden = this.ui.panel.hidden = !drawable;
    this.ui.map.hidden = this.ui.legend.hidden = asTable;
    this.ui.table.hidden = !asTable;
    renderAnswerLegend(ctx, this.ui); // hidden beside a table, yet a picture to take away has it
    if (asTable)
      renderAnswerTable(ctx, this.ui.table, (this.sorts[this.state.list] ??= { by: "", down: false }));
    else this.renderStage(ctx);
    renderAnswerPanel(ctx, this.ui, {
      up: this.sheet,
      choose: (tab) => {
        this.sheet = true;
        this.go({ tab });
      },
    });
    const now = `${this.state.tab} ${this.state.at}`;
    if (moved && now !== this.shown) this.ui.body.scrollTop = 0;
    if (moved) this.announceChosen(ctx);
    this.shown = now;
    this.find.retext();
  }

  /** @param {AnswerCtx} ctx */
  draw({ answer, lang, narrow, state }) {
    return makeAnswer(answer, lang, narrow ? this.boards.narrow : this.boards.wide, state.at);
  }

  /** @param {AnswerCtx} ctx */
  renderStage(ctx) {
    const { say, narrow, lang, state } = ctx;
    this.ui.canvas.setAttribute("aria-label", say("result.map-label"));
    renderZoom(say, this.ui, this.stage);
    const { scene, lit, wires } = this.draw(ctx);
    this.wires = wires;
    this.lit = [...(lit?.nodes ?? [])].sort();
    this.showTip(null, { x: 0, y: 0 });
    this.stage.show(scene, { lit, chosen: "", brush: readBrush({ lang, say }), narrow });
    this.ui.path.hidden = scene.key === "result";
    this.ui.path.replaceChildren(
      el(
        "button",
        { type: "button", class: "back", click: () => this.go({ at: "", tab: "nodes" }) },
        `‹ ${say("result.show-all")}`,
      ),
    );
    if (state.at) this.stage.bring(state.at);
    if (scene.key !== this.drawn && scene.key !== "result")
      scrollTo({ top: this.ui.path.getBoundingClientRect().top + scrollY });
    this.drawn = scene.key;
  }

  /** @param {AnswerCtx} ctx */
  announceChosen({ answer, say, lang, state }) {
    const found = answer.find(state.at);
    const { data } = answer;
    const name =
      found?.kind === "n" ? answer.name(found.i, lang).text : found && answer.text({ r: found.i }, lang);
    this.announce(
      name
        ? say("page.said-open", { name: plain(name) })
        : say("result.said-whole", { n: formatCount(data.counts.nodes, lang) }),
    );
  }

  /** @param {SceneBox|null} box @param {{x: number, y: number}} at */
  showTip(box, at) {
    this.ui.tip.hidden = !box;
    if (!box) return;
    const labels = plain(this.answer.labelsOf(Number(box.key.slice(1))));
    this.ui.tip.replaceChildren(
      el("strong", {}, named(box.name)),
      el("div", {}, box.tone ? glyph(box.tone) : "", el("bdi", {}, labels)),
    );
    placeTip(this.ui, at);
  }
}
