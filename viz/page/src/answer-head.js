/** What stands about the picture of a result: header, counts, legend. */

/** @import { AnswerCtx } from "./answer-types.js" */
/** @import { Ui } from "./frame.js" */
import { guessLang, plain } from "./answer-model.js";
import { typed } from "./answer-parts.js";
import { fillOf } from "./answer-scene.js";
import { renderBar } from "./bar.js";
import { SHAPES } from "./boxes.js";
import { drawing, el, glyph, named } from "./dom.js";
import { formatCount } from "./text.js";

const MOST_LABELS = 8; // in the legend
const MOST_TYPES = 8;

/** @param {AnswerCtx} ctx */
export const titleOf = ({ answer, say }) => plain(answer.data.title) || say("result.title");

/** The bar, the title, and how much there is. @param {AnswerCtx} ctx @param {Ui} ui */
export function renderAnswerHead(ctx, ui) {
  const { say, lang, answer } = ctx;
  const { data } = answer;
  const title = titleOf(ctx);
  ui.skip.textContent = say("result.skip");
  ui.views.hidden = !data.nodes.length;
  renderBar(ctx, ui);
  const { rows, nodes, rels, skipped } = data.counts;
  /** @param {number} n */
  const count = (n) => formatCount(n, lang);
  const listed = data.rows.length;
  const parts = [
    el("strong", {}, named({ text: title, lang: data.title ? guessLang(title, lang) : lang })),
    say("result.count-rows", { rows: count(rows), columns: count(data.columns.length) }),
    nodes ? say("result.count-elements", { nodes: count(nodes), rels: count(rels) }) : say("result.no-nodes"),
    data.truncated ? el("em", {}, say("result.truncated")) : "",
    nodes > data.drawn
      ? el("em", {}, say("result.undrawn", { drawn: count(data.drawn), n: count(nodes - data.drawn) }))
      : "",
    skipped ? el("em", {}, say("result.skipped", { n: count(skipped) })) : "",
    rows > listed
      ? el("em", {}, say("result.unlisted", { listed: count(listed), n: count(rows - listed) }))
      : "",
  ];
  ui.scope.replaceChildren(...parts.filter(Boolean).map((part) => el("span", {}, part)));
}

/** Marks, labels and types that are drawn. @param {AnswerCtx} ctx @param {Ui} ui */
export function renderAnswerLegend({ say, answer, lang }, ui) {
  const { nodes, types, pair, drawn, lines } = answer.data;
  const sides = new Set(nodes.slice(0, drawn).map(({ side }) => side));
  const places = [pair[0], pair[1], ""].flatMap((code, side) =>
    sides.has(/** @type {0|1|2} */ (side))
      ? [
          el(
            "span",
            { class: "item" },
            glyph(SHAPES[side]),
            code ? `${code} ${say(`result.country-${code}`)}` : say("page.third"),
          ),
        ]
      : [],
  );
  const labels = [...answer.labels].slice(0, MOST_LABELS).map(([label, n]) => {
    const round = label === "Solution" ? " swatch-round" : "";
    const swatch = el("span", {
      class: `swatch swatch-${fillOf(answer, label)}${round}`,
      "aria-hidden": "true",
    });
    return el(
      "span",
      { class: "item" },
      swatch,
      typed(label),
      el("span", { class: "count" }, formatCount(n, lang)),
    );
  });
  /** @type {number[]} */
  const counts = types.map(() => 0);
  for (const { t, r } of lines) counts[t] += r.length;
  const drawnTypes = types.map((type, t) => ({ ...type, t })).filter(({ t }) => counts[t]);
  const ties = drawnTypes
    .slice(0, MOST_TYPES)
    .map(({ name, past, t }) =>
      el(
        "span",
        { class: "item" },
        wireGlyph(answer.hues[t], Boolean(past)),
        typed(name),
        el("span", { class: "count" }, formatCount(counts[t], lang)),
      ),
    );
  const more = answer.labels.size + drawnTypes.length - labels.length - ties.length;
  ui.legend.setAttribute("aria-label", say("page.legend"));
  ui.legend.replaceChildren(
    ...places,
    ...labels,
    ...ties,
    drawnTypes.some(({ past }) => past) ? el("span", { class: "item" }, say("result.legend-past")) : "",
    more > 0 ? el("span", { class: "item muted" }, `+${more}`) : "",
  );
}

/** @param {number} hue @param {boolean} dashed */
function wireGlyph(hue, dashed) {
  /** @type {Record<string, string>} */
  const dash = dashed ? { "stroke-dasharray": "4 3" } : {};
  return drawing(
    "0 0 26 9",
    `wire wire-${hue}`,
    { d: "M0 4.5H19", stroke: "currentColor", "stroke-width": "1.6", ...dash },
    { d: "M26 4.5L18 .5V8.5z", fill: "currentColor" },
  );
}
