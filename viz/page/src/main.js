/** The page: header, drawing or table, panel; one state in the URL fragment, one render. */

/** @import { Boards, Lang, Lit, Messages, Payload, Scene, SceneBox, State } from "./types.js" */
/** @import { View } from "./scenes.js" */
/** @import { Ctx } from "./parts.js" */
import { unpackJson, unpackTables } from "./data.js";
import { el, glyph, named } from "./dom.js";
import { Model, split } from "./model.js";
import { renderDetails, renderSolutions } from "./details.js";
import { makeFrame } from "./frame.js";
import { renderGaps } from "./gaps.js";
import { makeChain, makeComponent, makeOverview, makeSegment, makeVendor } from "./scenes.js";
import { mountSearch } from "./searchbox.js";
import { Stage } from "./stage.js";
import { formatState, parseState } from "./state.js";
import { renderTable } from "./table.js";
import {
  HTML_LANG,
  LANGS,
  LANG_LABEL,
  LANG_SHORT,
  chooseLang,
  formatCount,
  formatDate,
  makeSay,
} from "./text.js";
import { lightFinding, listTargets, refKey } from "./witness.js";

const NARROW = "(max-width: 900px)";
const COLOURS = [
  "paper",
  "band",
  "panel",
  "card",
  "ink",
  "muted",
  "line",
  "hair",
  "wire",
  "flow",
  "first",
  "second",
  "third",
  "alert",
  "alertStrong",
  "alertLine",
  "alertInk",
  "lit",
  "litLine",
  "focus",
];
const TABS = /** @type {const} */ (["gaps", "solutions", "details"]);

/** @param {string} id */
const textOf = (id) => document.getElementById(id)?.textContent ?? "";

/** A solution and what it needs directly. @param {Model} model @param {string} key @returns {Lit} */
function lightNeeds(model, key) {
  const edges = model.needs(key).map((row) => ({ from: key, to: refKey(model.data.requires[row].to) }));
  return {
    nodes: new Set([key, ...edges.map((edge) => edge.to)]),
    roots: new Set(),
    edges,
    depth: new Map(),
    steps: 1,
  };
}

class App {
  /** @param {Payload} payload @param {Boards} boards @param {Messages} messages @param {Lang} lang */
  constructor(payload, boards, messages, lang) {
    this.model = new Model(payload);
    this.boards = boards;
    this.messages = messages;
    this.first = lang;
    this.state = parseState(location.hash, lang);
    this.narrowQuery = matchMedia(NARROW);
    this.sort = { by: "", down: false };
    this.sheet = false; // the panel of a telephone is a sheet; is it up?
    this.depth = 0; // steps taken in this page, for the back button
    /** @type {Lit|null} */
    this.lit = null;
    /** @type {Scene|null} */
    this.scene = null;
    /** what was shown in the panel before */
    this.shown = "";
    this.reveal = false; // a telephone is to be scrolled to the picture
    /** the scene for which it was */
    this.revealed = "";
    this.ui = makeFrame({ skip: (event) => this.skipToTable(event), sheet: () => this.toggleSheet() });
    this.find = mountSearch({ open: (key) => this.open(key), view: () => this.view() });
    this.ui.finder.replaceWith(this.find.node);
    this.stage = new Stage(this.ui.canvas, {
      open: (key) => this.open(key),
      say: (text) => this.announce(text),
      tip: (box, at) => this.showTip(box, at),
    });
    addEventListener("hashchange", () => {
      this.state = parseState(location.hash, this.first);
      this.depth = Math.max(0, this.depth - 1);
      this.render(true);
    });
    this.narrowQuery.addEventListener("change", () => this.render(false));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.render(false));
    this.render(false);
  }

  /** @param {Partial<State>} change */
  go(change) {
    const next = { ...this.state, ...change };
    if (change.gap || change.at) this.sheet = true;
    const hash = formatState(next);
    if (hash !== formatState(this.state)) {
      history.pushState(null, "", hash);
      this.depth += 1;
    }
    this.state = next;
    this.render(true);
  }

  /** @returns {View} */
  view() {
    const { lang } = this.state;
    return { model: this.model, lang, say: makeSay(this.messages, lang), narrow: this.narrowQuery.matches };
  }

  /** @param {Event} event */
  skipToTable(event) {
    event.preventDefault();
    this.go({ view: "table" });
    this.ui.table.focus();
  }

  /** @param {string} key a box or a search result was chosen */
  open(key) {
    if (key === "solutions") return this.go({ tab: "solutions", at: null, gap: null, target: null });
    return this.go({ at: this.model.idOf(key), gap: null, target: null, tab: "details", view: "map" });
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
    const view = this.view();
    const { say, lang } = view;
    document.documentElement.lang = HTML_LANG[lang];
    document.title = say("page.title");
    this.renderHead(view);
    this.renderStage(view, moved);
    this.renderPath(view);
    this.renderLegend(view);
    this.renderPanel(view, moved);
    this.find.retext();
    const top = (this.ui.map.parentElement?.getBoundingClientRect().top ?? 0) + scrollY;
    if (this.reveal) scrollTo({ top: this.ui.path.hidden ? 0 : top });
    this.reveal = false;
  }

  /** @param {View} view */
  renderHead({ say, lang, model, narrow }) {
    const { meta } = model.data;
    this.ui.skip.textContent = say("page.skip");
    this.ui.brand.replaceChildren(
      el("span", { class: "logo", lang: "ja", "aria-hidden": "true" }, "絆"),
      el("span", { class: "word" }, "Kizuna"),
      el("span", { class: "sub" }, say("page.brand")),
    );
    this.ui.languages.setAttribute("aria-label", say("page.language"));
    this.ui.languages.replaceChildren(
      ...LANGS.map((one) =>
        el(
          "button",
          {
            type: "button",
            lang: HTML_LANG[one],
            "aria-pressed": String(one === lang),
            "data-lang": one,
            title: LANG_LABEL[one],
            click: () => this.go({ lang: one }),
          },
          narrow ? LANG_SHORT[one] : LANG_LABEL[one],
        ),
      ),
    );
    this.ui.views.setAttribute("aria-label", say("page.view"));
    this.ui.views.replaceChildren(
      ...["map", "table"].map((one) =>
        el(
          "button",
          {
            type: "button",
            "aria-pressed": String(this.state.view === one),
            "data-view": one,
            click: () => this.go({ view: /** @type {"map"|"table"} */ (one) }),
          },
          say(`page.view-${one}`),
        ),
      ),
    );
    const [a, b] = meta.pair.map((code) => model.country(code, lang).text);
    const { offers, counted, blank_status: blank } = meta.counts;
    const parts = [
      el("strong", {}, say(meta.within === "world" ? "page.scope-world" : "page.scope-pair", { a, b })),
      say(meta.country_by === "owner" ? "page.scope-owner" : "page.scope-seat"),
      say("page.scope-data", {
        version: meta.version,
        date: formatDate(meta.date, lang),
        hash: meta.hash.slice(0, 12),
      }),
      say("page.scope-offers", {
        counted: formatCount(counted, lang),
        offers: formatCount(offers, lang),
        blank: formatCount(blank, lang),
      }),
      ...(Array.isArray(/** @type {any} */ (meta).missing) && /** @type {any} */ (meta).missing.length
        ? [say("scope.missing", { edges: /** @type {any} */ (meta).missing.join(", ") })]
        : []),
      el("em", {}, say("scope.phi")),
    ];
    this.ui.scope.replaceChildren(...parts.map((part) => el("span", {}, part)));
  }

  /** @param {View} view @returns {{key: string|null, scene: Scene, lit: Lit|null}} */
  choose(view) {
    const { model } = this;
    const key = model.keyOf(this.state.at);
    const [kind, at] = key ? split(key) : ["", 0];
    if (kind === "component") return { key, scene: makeComponent(view, at), lit: null };
    if (kind === "vendor") return { key, scene: makeVendor(view, at), lit: null };
    if (kind === "segment") return { key, scene: makeSegment(view, at), lit: null };
    const scene = makeOverview(view, this.boards);
    const finding = model.finding(this.state.gap);
    const lit = finding
      ? lightFinding(finding, model.keyOf(this.state.target))
      : kind === "solution" && key
        ? lightNeeds(model, key)
        : null;
    if (lit && view.narrow)
      return {
        key,
        scene: makeChain(view, lit, `chain:${this.state.gap ?? key}`),
        lit: { ...lit, edges: [] },
      };
    return { key, scene, lit };
  }

  /** @param {View} view @param {boolean} moved */
  renderStage(view, moved) {
    const { say } = view;
    const asTable = this.state.view === "table";
    this.ui.map.hidden = asTable;
    this.ui.table.hidden = !asTable;
    this.ui.legend.hidden = asTable;
    document.body.classList.toggle("narrow", view.narrow);
    this.ui.canvas.setAttribute("aria-label", say("page.map-label"));
    this.ui.zoom.replaceChildren(
      ...[
        ["page.zoom-out", "−", 1 / 1.25],
        ["page.zoom-in", "+", 1.25],
      ].map(([key, text, factor]) =>
        el(
          "button",
          {
            type: "button",
            title: say(String(key)),
            "aria-label": say(String(key)),
            click: () => this.stage.zoom(Number(factor)),
          },
          String(text),
        ),
      ),
      el("button", { type: "button", click: () => this.stage.fit() }, say("page.fit")),
    );
    const { key, scene, lit } = this.choose(view);
    this.scene = scene;
    this.lit = lit && this.foldLit(lit, scene);
    this.showTip(null, { x: 0, y: 0 });
    if (asTable) return renderTable(this.ctx(view), this.ui.table, this.sort);
    const lines = [
      ...scene.edges,
      ...(this.lit?.edges ?? []).map((edge) => ({
        ...edge,
        arrow: true,
        strong: this.lit?.depth.size !== 0,
      })),
    ];
    const chosen = key && scene.key === "overview" ? key : "";
    this.stage.show(
      { ...scene, edges: lines },
      { lit: this.lit, chosen, brush: this.brush(view), narrow: view.narrow },
    );
    if (!moved) return;
    this.announceScene(view);
    this.reveal = view.narrow && scene.key !== this.revealed;
    this.revealed = scene.key;
  }

  /** What is inside a segment drawn as one box lights up that box. @param {Lit} lit @param {Scene} scene @returns {Lit} */
  foldLit(lit, scene) {
    const drawn = new Set(scene.boxes.map((box) => box.key));
    /** @param {string} key */
    const shown = (key) => {
      if (drawn.has(key)) return key;
      const [kind, at] = split(key);
      return kind === "component" ? `segment:${this.model.data.components[at].segment}` : "solutions";
    };
    const depth = new Map([...lit.depth].map(([node, at]) => [shown(node), at]));
    const edges = lit.edges
      .map(({ from, to }) => ({ from: shown(from), to: shown(to) }))
      .filter(({ from, to }) => from !== to && drawn.has(from) && drawn.has(to));
    return {
      nodes: new Set([...lit.nodes].map(shown)),
      roots: new Set([...lit.roots].map(shown)),
      edges,
      depth,
      steps: lit.steps,
    };
  }

  /** @param {View} view */
  announceScene({ say, lang, model }) {
    const finding = model.finding(this.state.gap);
    if (finding && this.lit)
      this.announce(
        say("page.said-lit", {
          name: model.member(finding, lang)?.text ?? say("page.gap-nobody"),
          n: this.lit.steps,
        }),
      );
    else {
      const key = model.keyOf(this.state.at);
      this.announce(
        key
          ? say("page.said-open", { name: model.name(key, lang).text })
          : say("page.said-overview", { n: formatCount(model.data.components.length, lang) }),
      );
    }
  }

  /** @param {View} view */
  brush({ lang, say }) {
    const style = getComputedStyle(document.documentElement);
    const palette = Object.fromEntries(
      COLOURS.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]),
    );
    const fonts = /** @type {Record<Lang, string>} */ (
      Object.fromEntries(LANGS.map((one) => [one, style.getPropertyValue(`--font-${one}`).trim()]))
    );
    return { palette, fonts, loopText: say("page.loop"), loopLang: lang };
  }

  /** @param {View} view */
  renderPath({ say, lang, model }) {
    const key = model.keyOf(this.state.at);
    const finding = model.finding(this.state.gap);
    this.ui.path.hidden = !key && !finding;
    this.ui.path.setAttribute("aria-label", say("page.path"));
    /** @type {(Node|string)[]} */
    const steps = [
      el(
        "button",
        { type: "button", click: () => this.go({ at: null, gap: null, target: null, tab: "" }) },
        say("page.overview"),
      ),
    ];
    const [kind, at] = key ? split(key) : ["", 0];
    if (kind === "component") {
      const segment = `segment:${model.data.components[at].segment}`;
      steps.push(
        el("button", { type: "button", click: () => this.open(segment) }, named(model.name(segment, lang))),
      );
    }
    if (key) steps.push(el("span", { "aria-current": "page" }, named(model.name(key, lang))));
    if (finding) {
      const member = model.member(finding, lang);
      steps.push(
        el(
          "span",
          { "aria-current": "page" },
          glyph("apparent"),
          member ? named(member) : say("page.gap-nobody"),
        ),
      );
    }
    const back = el(
      "button",
      {
        type: "button",
        class: "back",
        click: () =>
          this.depth > 0 ? history.back() : this.go({ at: null, gap: null, target: null, tab: "" }),
      },
      `‹ ${say("page.back")}`,
    );
    const hidden = this.scene?.hidden
      ? el("span", { class: "notdrawn" }, say("page.notdrawn", { n: formatCount(this.scene.hidden, lang) }))
      : "";
    this.ui.path.replaceChildren(
      back,
      el(
        "ol",
        {},
        steps.map((step) => el("li", {}, step)),
      ),
      hidden,
    );
  }

  /** @param {View} view */
  renderLegend({ say, lang, model }) {
    /** @param {string} shape @param {string} text */
    const item = (shape, text) => el("span", { class: "item" }, glyph(shape), text);
    const [a, b] = model.data.meta.pair.map((code) => `${code} ${model.country(code, lang).text}`);
    this.ui.legend.setAttribute("aria-label", say("page.legend"));
    this.ui.legend.replaceChildren(
      el("span", { class: "item" }, item("circle", a), item("square", b), say("page.legend-vendors")),
      el("span", { class: "item" }, el("b", {}, "?"), say("cell.not_known")),
      el("span", { class: "item" }, el("b", {}, "0"), say("page.legend-none")),
      el(
        "span",
        { class: "item" },
        say("page.legend-cut"),
        ...["confirmed", "apparent", "fragile"].map((kind) => item(kind, say(`verdict.${kind}`))),
      ),
      item("uncovered", say("kind.uncovered")),
      item("dominant", say("kind.dominant")),
      this.scene?.key === "overview"
        ? ""
        : el(
            "span",
            { class: "item" },
            el("span", { class: "dash", "aria-hidden": "true" }),
            say("page.legend-history"),
          ),
    );
  }

  /** @param {View} view @returns {Ctx} */
  ctx(view) {
    return { ...view, state: this.state, go: (change) => this.go(change) };
  }

  /** @param {View} view @param {boolean} moved */
  renderPanel(view, moved) {
    const { say } = view;
    const tab = this.state.tab || (this.state.at ? "details" : "gaps");
    this.ui.panel.setAttribute("aria-label", say("page.panel"));
    this.ui.panel.classList.toggle("up", this.sheet);
    this.ui.handle.textContent = say(this.sheet ? "page.panel-close" : "page.panel-open");
    this.ui.handle.setAttribute("aria-expanded", String(this.sheet));
    this.ui.tabs.replaceChildren(
      ...TABS.map((one) => {
        const count =
          one === "gaps"
            ? this.model.data.findings.length
            : one === "solutions"
              ? this.model.data.solutions.length
              : null;
        return el(
          "button",
          {
            type: "button",
            role: "tab",
            id: `tab-${one}`,
            "aria-selected": String(tab === one),
            "aria-controls": "body",
            tabindex: tab === one ? "0" : "-1",
            "data-tab": one,
            click: () => {
              this.sheet = true;
              this.go({ tab: one });
              if (view.narrow) this.render(false);
            },
            keydown: (/** @type {KeyboardEvent} */ event) => this.moveTab(event, one),
          },
          say(`page.tab-${one}`),
          count === null ? null : el("span", { class: "count" }, formatCount(count, view.lang)),
        );
      }),
    );
    this.ui.body.setAttribute("aria-labelledby", `tab-${tab}`);
    const render = tab === "gaps" ? renderGaps : tab === "solutions" ? renderSolutions : renderDetails;
    const now = `${tab} ${this.state.at} ${this.state.gap}`;
    this.ui.body.replaceChildren(
      ...render(this.ctx(view))
        .flat()
        .filter((node) => node !== null && node !== undefined)
        .map((node) => /** @type {Node} */ (node)),
    );
    if (moved && now !== this.shown) this.ui.body.scrollTop = 0;
    this.shown = now;
  }

  /** @param {KeyboardEvent} event @param {string} from */
  moveTab(event, from) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = TABS[(TABS.indexOf(/** @type {any} */ (from)) + step + TABS.length) % TABS.length];
    this.go({ tab: next });
    document.getElementById(`tab-${next}`)?.focus();
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
    const frame = this.ui.map.getBoundingClientRect();
    const [x, y] = [at.x - frame.left, at.y - frame.top];
    const { offsetWidth: w, offsetHeight: h } = this.ui.tip;
    this.ui.tip.style.left = `${Math.max(4, Math.min(x + 14, frame.width - w - 8))}px`;
    this.ui.tip.style.top = `${y + 18 + h > frame.height ? y - h - 10 : y + 18}px`;
  }
}

/** The boxes of the first picture, as the network of Python has them. @param {any[]} nodes @returns {import("./types.js").Box[]} */
const boxesOf = (nodes) =>
  nodes.map(({ id, group, x, y, widthConstraint: { minimum: w }, heightConstraint: { minimum: h } }) => ({
    key: id,
    kind: group,
    x: x - w / 2,
    y: y - h / 2,
    w,
    h,
  }));

async function start() {
  const begin = JSON.parse(textOf("kizuna-start"));
  const app = /** @type {HTMLElement} */ (document.getElementById("app"));
  const own = begin.lang ?? chooseLang(navigator.languages);
  const { lang } = parseState(location.hash, own);
  document.documentElement.lang = HTML_LANG[lang];
  app.append(el("p", { class: "notice" }, begin.loading[lang]));
  try {
    const { payload, boards, messages } = await unpackJson(textOf("kizuna-data"));
    boards.wide.boxes = boxesOf((await unpackJson(textOf("kizuna-graph"))).nodes);
    const page = new App(unpackTables(payload), boards, messages, own);
    // what tests and the curious may look at
    Object.assign(window, {
      kizuna: {
        boxes: () => page.stage.inspect(),
        bounds: (/** @type {string} */ key) => page.stage.boundsOf(key),
        lit: () =>
          page.lit
            ? { nodes: [...page.lit.nodes].sort(), roots: [...page.lit.roots].sort(), edges: page.lit.edges }
            : null,
        scene: () => page.scene?.key ?? "",
        state: () => ({ ...page.state }),
        targets: () => {
          const finding = page.model.finding(page.state.gap);
          return finding ? listTargets(finding) : [];
        },
      },
    });
    document.documentElement.dataset.ready = "yes";
    page.find.whenIdle();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    app.replaceChildren(
      el("p", { class: "notice", role: "alert" }, String(begin.failed[lang]).replace("{reason}", reason)),
    );
    throw error;
  }
}

start();
