/** What stands in a box: name, counts of the pair, the gravest gap; and boxes in a grid. Pure functions. */

/** @import { Box, Count, Lang, SceneBox } from "./types.js" */
/** @import { Model } from "./model.js" */
import { GLYPHS, glyphOf, split } from "./model.js";
import { formatCount } from "./text.js";

export const MOST_DRAWN = 400; // more would have labels of less than 7 px

/** @typedef {(key: string, params?: Record<string, string|number>) => string} Say */
/** @typedef {{model: Model, lang: Lang, say: Say, narrow: boolean}} View */

export const SHAPES = /** @type {const} */ (["circle", "square", "diamond"]);

/**
 * The counts of the pair at a component: a number, 0 where the list is complete, "?" where it is not known.
 * @param {View} view @param {number} c @returns {Count[]}
 */
export function countsOf({ model, lang }, c) {
  const cells = model.cellsOf(c);
  return model.data.meta.pair.map((code, side) => {
    const cell = cells[code];
    const text =
      !cell || cell.state === "not known"
        ? "?"
        : cell.state === "left out"
          ? "–"
          : formatCount(cell.vendors, lang);
    return { shape: SHAPES[side], text: `${code} ${text}` };
  });
}

/** @param {View} view @param {number[]} components @returns {Count[]} */
function sumCounts({ model, lang }, components) {
  const sums = model.countVendors(components);
  return model.data.meta.pair.map((code, side) => ({
    shape: SHAPES[side],
    text: `${code} ${model.left && !sums[side] ? "–" : formatCount(sums[side], lang)}`,
  }));
}

/**
 * The gravest gap whose root is one of these components, as a mark.
 * @param {View} view @param {number[]} rows positions of findings
 * @returns {SceneBox["mark"]}
 */
export function markOf({ model, lang, say }, rows) {
  const findings = rows.map((i) => model.data.findings[i]);
  if (!findings.length) return undefined;
  findings.sort((a, b) => GLYPHS.indexOf(glyphOf(a)) - GLYPHS.indexOf(glyphOf(b)));
  const [worst] = findings;
  const name = model.member(worst, lang);
  // A fragile gap stands beside counts that deny it: its mark must say which it is.
  const fragile = worst.verdict === "fragile";
  const key = {
    uncovered: fragile ? "page.mark-nobody-fragile" : "page.mark-nobody",
    dominant: "page.mark-dominant",
    cut: fragile ? "page.mark-only-fragile" : "page.mark-only",
  }[worst.kind];
  const more = findings.length > 1 ? ` +${findings.length - 1}` : "";
  return {
    glyph: glyphOf(worst),
    text: say(key, { name: name?.text ?? "" }) + more,
    lang: name?.lang ?? lang,
  };
}

/**
 * @param {View} view @param {Box} box
 * @param {Map<number, number>} [shown] components of each segment that the picture shows, where it does not show all
 * @returns {SceneBox}
 */
export function fillBox(view, box, shown) {
  const content = writeBox(view, box, shown);
  // what the filters leave nothing of stays in its place, set back
  return seesBox(view, box.key) ? content : { ...content, dashed: true, faint: true };
}

/** @param {View} view @param {string} key whether the filters leave anything of what a box stands for */
function seesBox({ model }, key) {
  if (!model.left) return true;
  const [kind, at] = split(key);
  if (kind === "component") return model.seesComponent(at);
  if (kind === "segment" || kind === "more") return model.inside(at).some((c) => model.seesComponent(c));
  if (kind === "layer") return model.componentsOfLayer(at).some((c) => model.seesComponent(c));
  return true;
}

/** @param {View} view @param {Box} box @param {Map<number, number>} [shown] @returns {SceneBox} */
function writeBox(view, box, shown) {
  const { model, lang, say } = view;
  const [kind, at] = split(box.key);
  if (kind === "more") {
    const n = model.inside(at).length - (shown?.get(at) ?? 0);
    return { ...box, name: { text: say("page.more", { n: formatCount(n, lang) }), lang } };
  }
  if (box.key === "solutions") {
    const count = formatCount(model.data.solutions.length, lang);
    return {
      ...box,
      name: { text: say("page.solutions"), lang },
      sub: box.kind === "solutions" ? count : say("page.solutions-sub"),
      bold: true,
    };
  }
  const name = model.name(box.key, lang);
  if (kind === "layer")
    return {
      ...box,
      name,
      number: String(at + 1),
      counts: sumCounts(view, model.componentsOfLayer(at)),
      bold: true,
    };
  if (kind === "segment") {
    const inside = model.inside(at);
    const gaps = inside.filter((c) => model.gapsAt(c).length);
    const summary = box.kind === "summary";
    const mark =
      summary && gaps.length
        ? markOf(
            view,
            gaps.flatMap((c) => model.gapsAt(c)),
          )
        : undefined;
    if (mark) mark.text = say("page.segment-gaps", { n: gaps.length });
    const sub = summary
      ? say("page.segment-sum", { n: formatCount(inside.length, lang) })
      : box.kind === "row"
        ? say("page.secures")
        : undefined;
    return {
      ...box,
      name,
      sub,
      mark,
      counts: box.kind === "row" ? undefined : sumCounts(view, inside),
      bold: true,
    };
  }
  // A process step is a set of requirements: nobody sells it, so that it has no counts.
  if (kind === "component" && model.data.components[at].virtual)
    return { ...box, name, dashed: true, mark: markOf(view, model.gapsAt(at)) };
  if (kind === "component")
    return { ...box, name, counts: countsOf(view, at), mark: markOf(view, model.gapsAt(at)) };
  return { ...box, name };
}

/**
 * Boxes of one size in a grid.
 * @template T
 * @param {T[]} items @param {{x: number, y: number, w: number, h: number, gap: number, columns: number}} grid
 * @param {(item: T, box: {x: number, y: number, w: number, h: number}) => SceneBox} make
 * @returns {{boxes: SceneBox[], width: number, height: number}} column by column
 */
export function layGrid(items, { x, y, w, h, gap, columns }, make) {
  const rows = Math.ceil(items.length / columns);
  const boxes = items.map((item, i) =>
    make(item, {
      x: x + Math.floor(i / Math.max(rows, 1)) * (w + gap),
      y: y + (i % Math.max(rows, 1)) * (h + gap),
      w,
      h,
    }),
  );
  const used = rows ? Math.ceil(items.length / rows) : 0;
  return { boxes, width: Math.max(0, used * (w + gap) - gap), height: Math.max(0, rows * (h + gap) - gap) };
}
