/** What tables and panel of a result are made of: nodes and relationships to press, values of every kind. */

/** @import { AnswerCtx, Cell, Props } from "./answer-types.js" */
import { guessLang, stepText } from "./answer-model.js";
import { SHAPES } from "./boxes.js";
import { el, glyph, named, outLink } from "./dom.js";
import { siteUrl } from "./text.js";

/** @typedef {Node|string} Child */

/** A button with the name of a node, which chooses it. @param {AnswerCtx} ctx @param {number} i */
export function nodeButton({ answer, lang, go }, i) {
  const { side } = answer.data.nodes[i];
  return el(
    "button",
    {
      type: "button",
      class: "thing",
      "data-at": `n${i}`,
      click: () => go({ at: `n${i}`, tab: "details", view: i < answer.data.drawn ? "map" : "table" }),
    },
    side === undefined ? null : glyph(SHAPES[side]),
    named(answer.name(i, lang)),
  );
}

/** A type as it is written in Cypher. @param {string} text */
export const typed = (text) => el("bdi", { class: "typed", lang: "en" }, text);

/** A relationship with its ends. @param {AnswerCtx} ctx @param {number} i */
export function relParts(ctx, i) {
  const { a, b, t } = ctx.answer.data.rels[i];
  return el(
    "span",
    {},
    nodeButton(ctx, a),
    " ",
    relButton(ctx, i, stepText([ctx.answer.data.types[t].name, true])),
    " ",
    nodeButton(ctx, b),
  );
}

/** @param {AnswerCtx} ctx @param {number} i @param {string} text */
export function relButton({ answer, go }, i, text) {
  const { a, b } = answer.data.rels[i];
  const drawn = Math.max(a, b) < answer.data.drawn;
  return el(
    "button",
    {
      type: "button",
      class: "thing",
      "data-at": `r${i}`,
      click: () => go({ at: `r${i}`, tab: "details", view: drawn ? "map" : "table" }),
    },
    typed(text),
  );
}

/** Parts with commas between, in brackets. @param {string} brackets @param {Child[][]} parts */
const bracket = ([open, close], parts) =>
  el(
    "span",
    {},
    open,
    parts.flatMap((part, i) => [...(i ? [", "] : []), ...part]),
    close,
  );

/** A value as part of the page. @param {AnswerCtx} ctx @param {Cell} cell @returns {Child} */
export function show(ctx, cell) {
  const { answer, lang, say } = ctx;
  if (cell === null) return el("span", { class: "muted" }, "null");
  if (typeof cell === "string") {
    const text = named({ text: cell, lang: guessLang(cell, lang) });
    return /^https?:/i.test(cell) ? outLink(cell, text, say("page.newtab")) : text;
  }
  if ("v" in cell) return nodeButton(ctx, cell.v);
  if ("r" in cell) return relParts(ctx, cell.r);
  if ("p" in cell)
    return el(
      "span",
      {},
      cell.p.flatMap((node, i) => [
        show(ctx, node),
        ...(cell.s[i] ? [" ", typed(stepText(cell.s[i])), " "] : []),
      ]),
    );
  if ("l" in cell)
    return bracket(
      "[]",
      cell.l.map((part) => [show(ctx, part)]),
    );
  if ("m" in cell)
    return bracket(
      "{}",
      cell.m.map(([key, part]) => [el("bdi", { class: "muted" }, `${key}: `), show(ctx, part)]),
    );
  return el("bdi", {}, answer.text(cell, lang));
}

/** Properties under their own names, every one. @param {AnswerCtx} ctx @param {Props} props */
export const listProps = (ctx, props) =>
  el(
    "dl",
    { class: "facts props" },
    props.flatMap(([key, cell]) => [
      el("dt", {}, el("bdi", {}, key)),
      el("dd", {}, showProp(ctx, key, cell)),
    ]),
  );

/** @param {AnswerCtx} ctx @param {string} key @param {Cell} cell */
function showProp(ctx, key, cell) {
  const site = key === "website" && typeof cell === "string" ? siteUrl(cell) : null;
  if (site) return outLink(site, String(cell), ctx.say("page.newtab"));
  if (cell !== null && typeof cell === "object" && "l" in cell && cell.l.length)
    return el(
      "ul",
      { class: "plain" },
      cell.l.map((part) => el("li", {}, show(ctx, part))),
    );
  return show(ctx, cell);
}
