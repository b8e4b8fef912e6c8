/** What stands about the drawing: the header, the way to what is open, the legend. */

/** @import { Ui } from "./frame.js" */
/** @import { Ctx } from "./parts.js" */
import { renderBar } from "./bar.js";
import { el, glyph, named } from "./dom.js";
import { glyphOf } from "./model.js";
import { countOff } from "./sifted.js";
import { describePart } from "./subject.js";
import { formatCount, formatDate } from "./text.js";
import { fillNames } from "./loss.js";
import { listAbove } from "./trail.js";

/** The bar, and what the figures stand for. @param {Ctx} ctx @param {Ui} ui */
export function renderHead(ctx, ui) {
  const { say, lang, model } = ctx;
  const { meta } = model.data;
  ui.skip.textContent = say("page.skip");
  renderBar(ctx, ui);
  const [a, b] = meta.pair.map((code) => model.country(code, lang).text);
  const { offers, counted, blank_status: blank } = meta.counts;
  const part = describePart(model, say, lang);
  const parts = [
    ...(part ? [el("strong", {}, part)] : []),
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
    ...leftOut(ctx),
    el("em", {}, say("scope.phi")),
  ];
  ui.scope.replaceChildren(...parts.map((part) => el("span", {}, part)));
}

/** What a page of limited size does not have. @param {Ctx} ctx @returns {HTMLElement[]} */
function leftOut({ say, lang, model }) {
  const { left_out: left } = model.data.meta;
  if (!left) return [];
  const counts = { n: formatCount(left.kept, lang), m: formatCount(left.of, lang) };
  return left.what.map((what) => el("strong", {}, say(`page.left-out-${what}`, counts)));
}

/**
 * The way to what is open, and how much of it is not drawn.
 * @param {Ctx} ctx @param {Ui} ui @param {{undrawn: number, open: (key: string) => void, leave: () => void}} way
 */
export function renderPath(ctx, ui, { undrawn, open, leave }) {
  const { say, lang, model, state, go } = ctx;
  const key = model.keyOf(state.at);
  const finding = model.finding(state.gap);
  ui.path.hidden = !key && !finding && !ctx.loss;
  ui.path.setAttribute("aria-label", say("page.path"));
  /** @type {(Node|string)[]} */
  const steps = [
    el(
      "button",
      { type: "button", click: () => go({ at: null, gap: null, target: null, tab: "" }) },
      say("page.overview"),
    ),
  ];
  for (const above of listAbove(model, state))
    steps.push(el("button", { type: "button", click: () => open(above) }, named(model.name(above, lang))));
  if (key) steps.push(el("span", { "aria-current": "page" }, named(model.name(key, lang))));
  if (finding) {
    const member = model.member(finding, lang);
    steps.push(
      el(
        "span",
        { "aria-current": "page" },
        glyph(glyphOf(finding)),
        member ? named(member) : say("page.gap-nobody"),
      ),
    );
  }
  const back = el("button", { type: "button", class: "back", click: leave }, `‹ ${say("page.back")}`);
  const off = countOff(model, key);
  const hidden =
    undrawn || off
      ? el(
          "span",
          { class: "notdrawn" },
          off ? el("span", {}, say("page.filters-off", { n: formatCount(off, lang) })) : null,
          undrawn ? el("span", {}, say("page.notdrawn", { n: formatCount(undrawn, lang) })) : null,
        )
      : "";
  const way = el(
    "ol",
    {},
    steps.map((step) => el("li", {}, step)),
  );
  ui.path.replaceChildren(...(key || finding ? [back, way] : []), lossBanner(ctx), hidden);
}

/** That the picture is one of what would be left. @param {Ctx} ctx @returns {Node|string} */
function lossBanner(ctx) {
  const { say, loss, go, model, lang, steps } = ctx;
  if (!loss) return "";
  const { solutions, components } = model.chain.sort(loss);
  const lost = solutions.length + components.length;
  return el(
    "span",
    { id: "loss" },
    el(
      "button",
      { type: "button", class: "loss-open", click: () => go({ tab: "whatif", at: null, gap: null }) },
      glyph("lost"),
      fillNames(ctx, "page.whatif-banner"),
    ),
    el(
      "span",
      {},
      lost
        ? say("page.whatif-banner-lost", {
            solutions: formatCount(solutions.length, lang),
            components: formatCount(components.length, lang),
          })
        : say("page.whatif-banner-none"),
    ),
    steps.past
      ? el("button", { type: "button", id: "loss-undo", click: steps.undo }, say("page.undo"))
      : null,
    el(
      "button",
      { type: "button", id: "loss-restore", click: () => go({ lost: [], target: null }) },
      say("page.restore"),
    ),
  );
}

/** @param {Ctx} ctx @param {Ui} ui @param {boolean} overview whether the first picture is drawn, which has no ties of the past */
export function renderLegend({ say, lang, model, loss }, ui, overview) {
  /** @param {string} shape @param {string} text */
  const item = (shape, text) => el("span", { class: "item" }, glyph(shape), text);
  const [a, b] = model.data.meta.pair.map((code) => `${code} ${model.country(code, lang).text}`);
  ui.legend.setAttribute("aria-label", say("page.legend"));
  ui.legend.replaceChildren(
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
    loss ? item("lost", say("page.legend-lost")) : "",
    overview
      ? ""
      : el(
          "span",
          { class: "item" },
          el("span", { class: "dash", "aria-hidden": "true" }),
          say("page.legend-history"),
        ),
  );
}
