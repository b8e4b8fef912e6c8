/** The page: header, drawing or table, panel; one state in the URL fragment, one render. */

/** @import { View } from "./boxes.js" */
/** @import { Model } from "./model.js" */
/** @import { Ctx } from "./parts.js" */
/** @import { Boards, Lang, Lit, Messages, Payload, Scene, SceneBox, State } from "./types.js" */
import { readBrush } from "./brush.js";
import { renderDays } from "./daybar.js";
import { Almanac } from "./days.js";
import { el, glyph, handOn, named } from "./dom.js";
import { mountFilters } from "./filterbar.js";
import { isFiltered, writeFilters } from "./filters.js";
import { keepFocus } from "./focus.js";
import { makeFrame, watchScreen, watchSize } from "./frame.js";
import { renderHead, renderLegend, renderPath } from "./head.js";
import { mountKeys, openHelp } from "./help.js";
import { makeVendor, markPicked, pickOfTies } from "./firm.js";
import { makeComponent } from "./hubs.js";
import { mountTools } from "./menu.js";
import { split } from "./model.js";
import { placeTip, renderZoom } from "./overlay.js";
import { renderPanel } from "./panel.js";
import { makeLayer, makeSegment } from "./layers.js";
import { makeChain, makeOverview } from "./scenes.js";
import { listEntries } from "./search.js";
import { mountSearch, showHit } from "./searchbox.js";
import { mountPrint } from "./printed.js";
import { renderTools, takePicture } from "./share.js";
import { Steps } from "./steps.js";
import { Stage } from "./stage.js";
import { formatState, parseState } from "./state.js";
import { lightPick, writeVendors } from "./picks.js";
import { openAt, titlePage } from "./subject.js";
import { renderTable } from "./table.js";
import { HTML_LANG, formatCount, makeSay } from "./text.js";
import { sayLoss } from "./loss.js";
import { followTrail } from "./trail.js";
import { foldLit, lightFinding, lightLoss, lightNeeds } from "./witness.js";

export class App {
  /** @param {Payload} payload @param {Boards} boards @param {Messages} messages @param {Lang} lang */
  constructor(payload, boards, messages, lang) {
    this.almanac = new Almanac(payload);
    this.model = this.almanac.today;
    this.boards = boards;
    this.messages = messages;
    this.first = lang;
    this.state = this.readState();
    this.narrowQuery = watchScreen(() => this.render(false));
    this.screen = watchSize(() => this.render(false));
    this.sort = { by: "", down: false };
    this.chosen = ""; // the box of the overview that the panel tells of
    this.sheet = false; // the panel of a telephone is a sheet; is it up?
    this.depth = 0; // steps taken in this page, for the back button
    /** @type {Lit|null} */
    this.lit = null;
    this.steps = new Steps((lost) => this.go({ lost, target: null }));
    /** @type {Scene|null} */
    this.scene = null;
    /** what was shown in the panel before */
    this.shown = "";
    this.reveal = false; // a telephone is to be scrolled to the picture
    /** the scene for which it was */
    this.revealed = "";
    this.ui = makeFrame({ skip: () => this.go({ view: "table" }), sheet: () => this.toggleSheet() });
    this.find = mountSearch({
      open: (key) => this.open(key),
      view: () => this.view(),
      list: () => listEntries(this.model.data),
      show: (hit) => showHit(this.view(), hit),
      hint: "page.search-hint",
      help: "page.search-help",
    });
    this.ui.finder.replaceWith(this.find.node);
    this.filters = mountFilters(this.ui, (text) => this.find.look(text, "vendor"));
    /** the graph through the filters, kept until they change */
    this.seen = { by: "", model: this.model };
    this.stage = new Stage(this.ui.canvas, {
      open: (key) => this.open(key),
      say: (text) => this.announce(text),
      tip: (box, at) => this.showTip(box, at),
    });
    document.addEventListener("keydown", (event) => this.steps.press(event));
    mountTools(this.ui);
    mountPrint({
      draw: () => takePicture(this.ctx(this.view()), this.ui, this.shownNow()),
      render: () => this.render(false),
    });
    mountKeys({
      canvas: this.ui.canvas,
      help: () => openHelp(this.ctx(this.view())),
      leave: () => this.escape(),
      zoom: (factor) => this.stage.zoom(factor),
      fit: () => this.stage.fit(),
    });
    addEventListener("hashchange", () => {
      const { lost } = this.state;
      this.state = this.readState();
      this.steps.follow(lost, this.state.lost);
      this.depth = Math.max(0, this.depth - 1);
      this.render(true);
    });
    this.render(false);
  }

  /** @returns {State} what the fragment asks for */
  readState() {
    return {
      ...parseState(location.hash, this.first),
      ...openAt(this.model.data.meta.subject, location.hash),
    };
  }

  /** @param {Partial<State>} change */
  go(change) {
    const trail = change.at === undefined ? {} : { from: followTrail(this.state, change.at) };
    // a pick belongs to what is open
    const kept = "at" in change || "gap" in change || "tab" in change ? { pick: null } : {};
    const next = { ...this.state, ...trail, ...kept, ...change };
    if (change.lost) this.steps.take(this.state.lost, next.lost);
    if (change.gap || change.at) this.sheet = true;
    const hash = formatState(next);
    if (hash !== formatState(this.state)) {
      history.pushState(null, "", hash);
      this.depth += 1;
    }
    this.state = next;
    this.render(true);
  }

  /** @returns {Model} the graph as the filters leave it */
  sifted() {
    const { filters } = this.state;
    const params = new URLSearchParams();
    writeFilters(filters, params);
    const by = `${this.model.then?.at ?? -1} ${params}`;
    if (by !== this.seen.by) {
      const model = isFiltered(filters) ? this.model.through(this.model.sift(filters)) : this.model;
      this.seen = { by, model };
    }
    return this.seen.model;
  }

  /** @returns {View} */
  view() {
    const { lang } = this.state;
    return {
      model: this.sifted(),
      lang,
      say: makeSay(this.messages, lang),
      narrow: this.narrowQuery.matches,
      screen: this.screen(),
      loss: this.model.lossOf(this.state.lost),
    };
  }

  /** @param {string} key a box or a search result was chosen */
  open(key) {
    if (key.endsWith("solutions")) return this.go({ tab: "solutions", at: null, gap: null, target: null });
    if (key.startsWith("kind:")) {
      const pick = pickOfTies(key);
      this.sheet = true;
      return this.go({ pick: pick === this.state.pick ? null : pick, tab: "details" });
    }
    const at = this.model.idOf(key.replace(/^more:/, "segment:"));
    return this.go({ at, gap: null, target: null, tab: "details", view: "map" });
  }

  leave() {
    if (this.depth > 0) history.back();
    else this.go({ at: null, gap: null, target: null, tab: "" });
  }

  /** By the key: one level up. @returns {boolean} whether there was any */
  escape() {
    const up = this.ui.path.hidden ? undefined : [...this.ui.path.querySelectorAll("ol button")].at(-1);
    up?.dispatchEvent(new MouseEvent("click"));
    return Boolean(up);
  }

  /** What the picture shows, for those that take it away. @returns {import("./share.js").Shown} */
  shownNow() {
    return {
      scene: () => ({ scene: /** @type {Scene} */ (this.scene), lit: this.lit, chosen: this.chosen }),
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

  /** @param {boolean} moved whether the reader went somewhere */
  render(moved) {
    keepFocus(() => this.renderAll(moved));
  }

  /** @param {boolean} moved */
  renderAll(moved) {
    this.model = this.almanac.on(this.state.on);
    const view = this.view();
    const { say, lang } = view;
    document.documentElement.lang = HTML_LANG[lang];
    document.title = titlePage(this.model, say, lang);
    const ctx = this.ctx(view);
    renderHead(ctx, this.ui);
    renderDays(ctx, this.ui);
    renderTools(ctx, this.ui, this.shownNow());
    this.filters.render(ctx);
    const lit = this.chooseScene(view);
    renderPath(ctx, this.ui, {
      undrawn: this.scene?.hidden ?? 0,
      open: (key) => this.open(key),
      leave: () => this.leave(),
    });
    renderLegend(ctx, this.ui, this.scene?.key === "overview");
    this.renderPanel(view, moved);
    this.find.retext();
    this.renderStage(view, moved, lit); // last: what stands round it leaves it its place
    const top = (this.ui.map.parentElement?.getBoundingClientRect().top ?? 0) + scrollY;
    if (this.reveal) scrollTo({ top: this.ui.path.hidden ? 0 : top });
    this.reveal = false;
  }

  /** @param {View} view @returns {{key: string|null, scene: Scene, lit: Lit|null}} */
  choose(view) {
    const { model } = this;
    const key = model.keyOf(this.state.at);
    const [kind, at] = key ? split(key) : ["", 0];
    if (kind === "component") return { key, scene: makeComponent(view, at), lit: null };
    if (kind === "vendor")
      return { key, scene: markPicked(makeVendor(view, at), this.state.pick), lit: null };
    if (kind === "segment") return { key, scene: makeSegment(view, at), lit: null };
    if (kind === "layer") return { key, scene: makeLayer(view, at), lit: null };
    const finding = model.finding(this.state.gap);
    const picked = lightPick(model, key, this.state.pick);
    const lit = finding
      ? lightFinding(finding, model.keyOf(this.state.target))
      : kind === "solution" && key
        ? (picked ?? lightNeeds(model, key))
        : lightLoss(view, this.state.target);
    if (lit && view.narrow)
      return {
        key,
        scene: writeVendors(
          view,
          makeChain(view, lit, `chain:${this.state.gap ?? key ?? this.state.target}`),
          picked,
        ),
        lit: { ...lit, edges: [] },
      };
    return { key, scene: writeVendors(view, makeOverview(view, this.boards, lit), picked), lit };
  }

  /** Chooses what is drawn. @param {View} view @returns {Lit|null} what lights up, before it is folded */
  chooseScene(view) {
    const asTable = this.state.view === "table";
    this.ui.map.hidden = asTable;
    this.ui.table.hidden = !asTable;
    this.ui.legend.hidden = asTable;
    document.body.classList.toggle("narrow", view.narrow);
    const { key, scene, lit } = this.choose(view);
    this.lit = lit && foldLit(this.model, lit, scene);
    const lines = [
      ...scene.edges,
      ...(this.lit?.edges ?? []).map((edge) => ({
        ...edge,
        arrow: true,
        strong: this.lit?.depth.size !== 0,
      })),
    ];
    this.scene = { ...scene, edges: lines };
    this.chosen = key && scene.key === "overview" ? key : (this.state.pick?.replace(/^tie:/, "kind:") ?? "");
    return lit;
  }

  /** @param {View} view @param {boolean} moved @param {Lit|null} lit */
  renderStage(view, moved, lit) {
    this.showTip(null, { x: 0, y: 0 });
    if (!this.scene || this.state.view === "table")
      return renderTable(this.ctx(view), this.ui.table, this.sort, lit);
    this.ui.canvas.setAttribute("aria-label", view.say("page.map-label"));
    renderZoom(view.say, this.ui, this.stage);
    this.stage.show(this.scene, {
      lit: this.lit,
      chosen: this.chosen,
      brush: readBrush(view),
      narrow: view.narrow,
    });
    if (!moved) return;
    this.announceScene(view);
    this.reveal = view.narrow && this.scene.key !== this.revealed;
    this.revealed = this.scene.key;
  }

  /** @param {View} view */
  announceScene(view) {
    const { say, lang, model } = view;
    const finding = model.finding(this.state.gap);
    if (finding && this.lit)
      this.announce(
        say("page.said-lit", {
          name: model.member(finding, lang)?.text ?? say("page.gap-nobody"),
          n: this.lit.steps,
        }),
      );
    else if (this.state.pick && this.lit) this.announce(say("page.said-picked", { n: this.lit.nodes.size }));
    else {
      const key = model.keyOf(this.state.at);
      this.announce(
        key
          ? say("page.said-open", { name: model.name(key, lang).text })
          : sayLoss(view, this.state.lost) ||
              say("page.said-overview", { n: formatCount(model.data.components.length, lang) }),
      );
    }
  }

  /** @param {View} view @returns {Ctx} */
  ctx(view) {
    return {
      ...view,
      state: this.state,
      go: (change) => this.go(change),
      steps: this.steps.describe(),
      look: (query) => this.find.look(query),
    };
  }

  /** @param {View} view @param {boolean} moved */
  renderPanel(view, moved) {
    // what is drawn anew keeps the focus of the reader
    const held = /** @type {HTMLElement|null} */ (
      this.ui.body.contains(document.activeElement) ? document.activeElement : null
    );
    const now = renderPanel(this.ctx(view), this.ui, {
      up: this.sheet,
      choose: (tab) => {
        this.sheet = true;
        this.go({ tab });
        if (view.narrow) this.render(false);
      },
    });
    if (held) handOn(held);
    if (moved && now !== this.shown) this.ui.body.scrollTop = 0;
    this.shown = now;
    requestAnimationFrame(() => this.showPick()); // once it is laid out
  }

  /** Brings the row that is picked into the panel's window. */
  showPick() {
    const { body } = this.ui;
    /** @type {HTMLElement|null} */
    const open = body.querySelector(".choosable.open");
    if (!open) return;
    const [row, frame] = [open.getBoundingClientRect(), body.getBoundingClientRect()];
    if (row.top < frame.top || row.top > frame.bottom - 120) body.scrollTop += row.top - frame.top - 50;
  }

  /** @param {SceneBox|null} box @param {{x: number, y: number}} at */
  showTip(box, at) {
    this.ui.tip.hidden = !box;
    if (!box) return;
    const lines = [named(box.name)];
    /** @type {(Node|string)[]} */
    const small = [];
    for (const count of box.counts ?? []) small.push(glyph(count.shape), `${count.text} `);
    if (box.sub) small.push(box.sub);
    this.ui.tip.replaceChildren(
      el("strong", {}, lines),
      small.length ? el("div", {}, small) : "",
      box.mark?.text ? el("div", {}, glyph(box.mark.glyph), box.mark.text) : "",
    );
    placeTip(this.ui, at);
  }
}
