/** What leaves the page of a result: the picture, and the table that is shown or would be. */

/** @import { Answer } from "./answer-model.js" */
/** @import { AnswerCtx, Cell, Listing } from "./answer-types.js" */
/** @import { Value } from "./csv.js" */
/** @import { Ui } from "./frame.js" */
/** @import { Drawing } from "./picture.js" */
/** @import { Lang, Lit, Scene } from "./types.js" */
import { titleOf } from "./answer-head.js";
import { chooseListing, formatAnswerState, guessLang, plain } from "./answer-model.js";
import { readBrush } from "./brush.js";
import { csvJob, drawJobs, renderMenu } from "./menu.js";
import { readLegend } from "./picture.js";
import { fileName } from "./save.js";

const NAMES = /** @type {const} */ (["zh", "ja", "en"]);

/** @typedef {{scene: () => {scene: Scene, lit: Lit|null}, say: (text: string) => void, again: () => void}} Shown */

/** @param {AnswerCtx} ctx @param {Ui} ui @param {Shown} shown @returns {Drawing} */
export function takeAnswer(ctx, ui, shown) {
  const { lang, narrow, say } = ctx;
  const title = titleOf(ctx);
  return {
    ...shown.scene(),
    ...{ chosen: "", narrow, lang, brush: readBrush({ lang, say }) },
    title: { text: title, lang: guessLang(title, lang) },
    lines: [
      [...ui.scope.children]
        .slice(1)
        .map((part) => part.textContent ?? "")
        .join(" · "),
    ],
    legend: readLegend(ui.legend),
  };
}

/** A number as one, unless the file would have it otherwise than the store. @param {string} text @returns {Value} */
const numberOf = (text) => (String(Number(text)) === text ? Number(text) : text);

/** @param {Answer} answer @param {number} i @returns {Value[]} id and names of a node */
function nodeValues({ data }, i) {
  const { id, names, caption } = data.nodes[i];
  return [id, ...NAMES.map((lang) => names[lang] ?? (lang === "en" ? caption : undefined))];
}

/** @param {string} name @returns {string[]} headings of a node */
const nodeHeads = (name) => [`${name}_id`, ...NAMES.map((lang) => `${name}_${lang}`)];

/** Columns of the rows: of nodes alone their ids and names, all else as it stands. @param {Answer} answer @param {Lang} lang @returns {Value[][]} */
function listRows(answer, lang) {
  const { columns, rows } = answer.data;
  const ofNodes = columns.map((_, place) => {
    const cells = rows.map((row) => row[place]).filter((cell) => cell !== null);
    return cells.length > 0 && cells.every((cell) => typeof cell === "object" && "v" in cell);
  });
  /** @param {Cell} cell @param {number} place @returns {Value[]} */
  const values = (cell, place) => {
    if (cell === null) return ofNodes[place] ? nodeHeads("").map(() => null) : [null];
    if (typeof cell === "object" && "n" in cell) return [numberOf(cell.n)];
    if (ofNodes[place] && typeof cell === "object" && "v" in cell) return nodeValues(answer, cell.v);
    return [answer.text(cell, lang)];
  };
  return [
    columns.flatMap((column, place) => (ofNodes[place] ? nodeHeads(column) : [column])),
    ...rows.map((row) => row.flatMap(values)),
  ];
}

/** @param {Answer} answer @returns {Value[][]} */
const listNodes = (answer) => [
  ["labels", ...nodeHeads("node"), "relationships"],
  ...answer.data.nodes.map((_, i) => [answer.labelsOf(i), ...nodeValues(answer, i), answer.relsOf[i].length]),
];

/** @param {Answer} answer @param {Lang} lang @returns {Value[][]} */
const listRels = (answer, lang) => [
  [...nodeHeads("start"), "type", ...nodeHeads("end"), "properties"],
  ...answer.data.rels.map(({ a, b, t, props }) => [
    ...nodeValues(answer, a),
    answer.data.types[t].name,
    ...nodeValues(answer, b),
    answer.text({ m: props }, lang),
  ]),
];

/** The listing as a file has it. @param {Answer} answer @param {Listing} list @param {Lang} lang @returns {Value[][]} */
export const listAnswerValues = (answer, list, lang) =>
  ({ rows: listRows, nodes: listNodes, rels: listRels })[list](answer, lang);

/** @param {AnswerCtx} ctx @param {Ui} ui @param {Shown} shown */
export function renderAnswerTools(ctx, ui, shown) {
  const { answer, lang, state } = ctx;
  const list = state.view === "table" ? chooseListing(answer, state.list) : "rows";
  renderMenu(ctx, ui, {
    jobs: {
      ...(answer.data.nodes.length ? drawJobs(() => takeAnswer(ctx, ui, shown)) : {}),
      csv: csvJob(() => listAnswerValues(answer, list, lang)),
      link: async () => ({ text: location.href.replace(/#.*$/s, "") + formatAnswerState(state) }),
    },
    copy: ["link"],
    name: fileName("kizuna", plain(answer.data.title).slice(0, 60) || "result", list, lang),
    ...shown,
  });
}
