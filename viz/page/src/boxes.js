/** What stands in a box: name, counts of the pair, the gravest gap; and boxes in a grid. Pure functions. */

/** @import { Box, Count, Label, Lang, SceneBox } from "./types.js" */
/** @import { Model } from "./model.js" */
import { GLYPHS, glyphOf, split } from "./model.js";
import { formatCount } from "./text.js";

export const MOST_DRAWN = 400; // more would have labels of less than 7 px

/** @typedef {(key: string, params?: Record<string, string|number>) => string} Say */
/** @typedef {"small"|"wide"|"large"|"huge"} ScreenSize */
/**
 * `screen` of one that is not narrow; `loss`: what is lost without those who were taken away.
 * @typedef {{model: Model, lang: Lang, say: Say, narrow: boolean, screen?: ScreenSize, loss?: import("./phi.js").Answer|null}} View
 */

export const SHAPES = /** @type {const} */ (["circle", "square", "diamond"]);

/** Whether a firm is taken away. @param {View} view @param {number} v */
export const isGone = ({ loss }, v) => loss?.vendors[v] === 1;

/** @param {View} view @param {string} key of a component or a solution @returns {boolean} */
export function isLost({ model, loss }, key) {
  if (!loss) return false;
  const [kind, at] = split(key);
  return loss.hop[model.chain.node([/** @type {"component"|"solution"} */ (kind), at])] >= 0;
}

/**
 * Who offers a component, by country, without those who are taken away.
 * @param {View} view @param {number} c @returns {ReturnType<Model["cellsOf"]>}
 */
export function cellsLeft(view, c) {
  const { model, loss } = view;
  const cells = model.cellsOf(c);
  if (!loss) return cells;
  const { offers, vendors, meta } = model.data;
  const counted = model
    .offersAt(c)
    .map((row) => offers[row])
    .filter((offer) => model.counts(offer));
  /** @param {typeof counted} rows */
  const heads = (rows) => new Set(rows.map(({ v }) => model.headOf(v))).size;
  return Object.fromEntries(
    Object.entries(cells).map(([code, cell]) => {
      const here = counted.filter(({ v }) => {
        const { country } = vendors[v];
        return (meta.pair.includes(country) ? country : "*") === code;
      });
      const left = here.filter(({ v }) => !isGone(view, v));
      const gone = new Set(here.filter(({ v }) => isGone(view, v)).map(({ v }) => v)).size;
      if (!gone || cell.state !== "count") return [code, cell];
      const groups = cell.groups - heads(here) + heads(left);
      return [code, { ...cell, vendors: cell.vendors - gone, groups }];
    }),
  );
}

/** Why a component is lost: nobody is left, or the first thing that it lacks. @param {View} view @param {string} key @returns {SceneBox["mark"]} */
function sayWhy({ model, loss, lang, say }, key) {
  if (!loss) return undefined;
  const { chain } = model;
  const [first] = chain.because(loss, split(key)[1]);
  if (first === undefined) return { glyph: "uncovered", text: say("page.whatif-mark-nobody"), lang };
  const name = model.name(chain.key(first), lang);
  return { glyph: "lost", text: say("page.whatif-mark-needs", { name: name.text }), lang: name.lang };
}

/** "3 lost", of many that one box stands for. @param {View} view @param {() => string[]} keys @returns {string} */
function sayLost(view, keys) {
  if (!view.loss) return "";
  const n = keys().filter((key) => isLost(view, key)).length;
  return n ? view.say("page.whatif-n-lost", { n: formatCount(n, view.lang) }) : "";
}

/**
 * The counts of the pair at a component: a number, 0 where the list is complete, "?" where it is not known.
 * @param {View} view @param {number} c @returns {Count[]}
 */
export function countsOf(view, c) {
  const { model, lang } = view;
  const cells = cellsLeft(view, c);
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

/**
 * How many firms of the pair offer any of these components: as it was counted, unless something is taken away.
 * @param {View} view @param {number[]|undefined} counted @param {number[]} components @returns {Count[]}
 */
function sumCounts({ model, lang, loss }, counted, components) {
  const whole = !loss && !model.left && !model.then;
  const sums = (whole && counted) || model.countVendors(components, loss?.vendors);
  return model.data.meta.pair.map((code, side) => ({
    shape: SHAPES[side],
    text: `${code} ${model.left && !sums[side] ? "–" : formatCount(sums[side], lang)}`,
  }));
}

/** The first of the gravest gaps. @param {View["model"]} model @param {number[]} rows positions of findings, one at least */
function findWorst({ data }, rows) {
  let worst = data.findings[rows[0]];
  let rank = GLYPHS.indexOf(glyphOf(worst));
  for (let i = 1; i < rows.length && rank; i++) {
    const other = data.findings[rows[i]];
    const next = GLYPHS.indexOf(glyphOf(other));
    if (next < rank) [worst, rank] = [other, next];
  }
  return worst;
}

/**
 * The gravest gap whose root is one of these components, as a mark.
 * @param {View} view @param {number[]} rows positions of findings
 * @returns {SceneBox["mark"]}
 */
export function markOf({ model, lang, say }, rows) {
  if (!rows.length) return undefined;
  const worst = findWorst(model, rows);
  const name = model.member(worst, lang);
  // A fragile gap stands beside counts that deny it: its mark must say which it is.
  const fragile = worst.verdict === "fragile";
  const key = {
    uncovered: fragile ? "page.mark-nobody-fragile" : "page.mark-nobody",
    dominant: "page.mark-dominant",
    cut: fragile ? "page.mark-only-fragile" : "page.mark-only",
  }[worst.kind];
  const more = rows.length > 1 ? ` +${rows.length - 1}` : "";
  return {
    glyph: glyphOf(worst),
    text: say(key, { name: name?.text ?? "" }) + more,
    lang: name?.lang ?? lang,
  };
}

/**
 * How many a picture leaves out, and how many of them are roots of gaps.
 * @param {View} view @param {string} key "more:3" or "more:solutions" @param {Set<string>} [shown] the boxes of the picture
 * @returns {{name: Label, mark?: SceneBox["mark"]}}
 */
function sayMore(view, key, shown = new Set()) {
  const { model, lang, say } = view;
  const at = split(key)[1];
  const all = Number.isNaN(at)
    ? model.data.solutions.map((_, s) => `solution:${s}`)
    : model.inside(at).map((c) => `component:${c}`);
  const left = all.filter((one) => !shown.has(one));
  const gaps = left.filter((one) => !Number.isNaN(at) && model.gapsAt(split(one)[1]).length);
  const text = [say("page.more", { n: formatCount(left.length, lang) }), sayLost(view, () => left)];
  const name = { text: text.filter(Boolean).join(" · "), lang };
  if (!gaps.length) return { name };
  const rows = gaps.flatMap((one) => model.gapsAt(split(one)[1]));
  const glyph = glyphOf(findWorst(model, rows));
  return {
    name,
    mark: { glyph, text: say("page.segment-gaps", { n: gaps.length }), lang },
  };
}

/**
 * @param {View} view @param {Box} box
 * @param {Set<string>} [shown] what the picture shows, where it does not show all
 * @returns {SceneBox}
 */
export function fillBox(view, box, shown) {
  const content = writeBox(view, box, shown);
  // what the filters leave nothing of stays in its place, set back
  return seesBox(view, box.key, shown) ? content : { ...content, dashed: true, faint: true };
}

/** Whether the filters leave anything of what a box stands for. @param {View} view @param {string} key @param {Set<string>} [shown] */
function seesBox({ model }, key, shown) {
  if (!model.left) return true;
  const [kind, at] = split(key);
  if (kind === "component") return model.seesComponent(at);
  if (key === "more:solutions") return true;
  if (kind === "more")
    return model.inside(at).some((c) => model.seesComponent(c) && !shown?.has(`component:${c}`));
  if (kind === "segment") return model.inside(at).some((c) => model.seesComponent(c));
  if (kind === "layer") return model.componentsOfLayer(at).some((c) => model.seesComponent(c));
  return true;
}

/** @param {View} view @param {Box} box @param {Set<string>} [shown] @returns {SceneBox} */
function writeBox(view, box, shown) {
  const { model, lang, say } = view;
  const [kind, at] = split(box.key);
  if (kind === "more")
    return { ...box, ...sayMore(view, box.key, shown), skin: { fill: "panel", line: "hair" } };
  if (box.key === "solutions") {
    const count = formatCount(model.data.solutions.length, lang);
    const lost = sayLost(view, () => model.data.solutions.map((_, s) => `solution:${s}`));
    return {
      ...box,
      name: { text: say("page.solutions"), lang },
      sub: [box.kind === "solutions" ? count : say("page.solutions-sub"), lost].filter(Boolean).join(" · "),
      bold: true,
    };
  }
  const name = model.name(box.key, lang);
  if (kind === "layer")
    return {
      ...box,
      name,
      number: String(at + 1),
      counts: sumCounts(view, model.data.layers[at].firms, model.componentsOfLayer(at)),
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
    const lost = sayLost(view, () => inside.map((c) => `component:${c}`));
    const sub = summary
      ? [say("page.segment-sum", { n: formatCount(inside.length, lang) }), lost].filter(Boolean).join(" · ")
      : box.kind === "row"
        ? say("page.secures")
        : undefined;
    return {
      ...box,
      name,
      sub,
      mark,
      counts: box.kind === "row" ? undefined : sumCounts(view, model.data.segments[at].firms, inside),
      bold: true,
    };
  }
  if (kind !== "component" && kind !== "solution") return { ...box, name };
  const gone = isLost(view, box.key);
  const state = { gone, calm: Boolean(view.loss) && !gone };
  if (kind === "solution") return { ...box, ...state, name };
  const mark = gone ? sayWhy(view, box.key) : markOf(view, model.gapsAt(at));
  // A process step is a set of requirements: nobody sells it, so that it has no counts.
  if (model.data.components[at].virtual) return { ...box, ...state, name, dashed: true, mark };
  return { ...box, ...state, name, counts: countsOf(view, at), mark };
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
