/** What is drawn of a query's result: boxes, lines, and what lights up around the one that is chosen. Pure functions. */

/** @import { Answer } from "./answer-model.js" */
/** @import { AnswerBoard } from "./answer-types.js" */
/** @import { Box, Lang, Lit, Scene, SceneBox } from "./types.js" */
/** @import { Wire } from "./wires.js" */
import { plain, stepText } from "./answer-model.js";
import { SHAPES } from "./boxes.js";
import { makeWirePainter } from "./wires.js";

/** @typedef {{key: string, width: number, height: number, places: {node: number, place: number[]}[], wires: {line: number, flat: number[]}[]}} Plan */

const FEW = 8; // nodes that a telephone shows together even if one is chosen
const CHOSEN = { line: "focus", width: 2.6 };
const LIT = { line: "ink", width: 1.8 };
const SMALL = 30; // a box of less height holds a name only
const LEAST = 0.7; // labels of 9 px; what is larger than its window then is scrolled
const MOST_WRITTEN = 40; // lines of one type on which it is written; the legend says the rest

/** Fills as the explorer has them; other labels take theirs in turn. @type {Record<string, string>} */
const FILLS = { Layer: "band", Segment: "panel", Solution: "paper", Vendor: "card", Component: "card" };
const TURNS = ["card", "band", "paper", "panel"];

/** @param {Answer} answer @param {string|undefined} label */
export function fillOf(answer, label) {
  if (label === undefined) return "card";
  if (Object.hasOwn(FILLS, label)) return FILLS[label];
  const others = [...answer.labels.keys()].filter((one) => !Object.hasOwn(FILLS, one));
  return TURNS[others.indexOf(label) % TURNS.length];
}

/** What stays bright around the chosen node or relationship. @param {Answer} answer @param {string} at @returns {{nodes: Set<number>, lines: Set<number>}|null} */
export function lightAround(answer, at) {
  const { data } = answer;
  const found = answer.find(at);
  if (!found) return null;
  const lines = new Set(
    data.lines.flatMap(({ a, b, r }, i) =>
      (found.kind === "n" ? a === found.i || b === found.i : r.includes(found.i)) ? [i] : [],
    ),
  );
  const nodes = new Set([...lines].flatMap((i) => [data.lines[i].a, data.lines[i].b]));
  if (found.kind === "n") nodes.add(found.i);
  return nodes.size && [...nodes].every((i) => i < data.drawn) ? { nodes, lines } : null;
}

/**
 * What is chosen and what it is tied to, alone, for a telephone: a column with arcs beside it.
 * @param {Answer} answer @param {AnswerBoard} board @param {NonNullable<ReturnType<typeof lightAround>>} light @param {string} at
 * @returns {Plan}
 */
function planAround(answer, board, light, at) {
  const found = answer.find(at);
  const order = [...light.nodes].sort(
    (a, b) =>
      Number(found?.kind === "n" && b === found.i) - Number(found?.kind === "n" && a === found.i) ||
      board.places[a][1] - board.places[b][1],
  );
  const [, , w, h] = board.places[0];
  const step = h + 10;
  const row = new Map(order.map((node, place) => [node, place]));
  const wires = [...light.lines].map((line, place) => {
    const [y0, y1] = [answer.data.lines[line].a, answer.data.lines[line].b].map(
      (node) => (row.get(node) ?? 0) * step + h / 2 + ((place % 5) - 2) * 3,
    );
    return { line, flat: [w, y0, w, y1, Math.min(86, 16 + 0.14 * Math.abs(y1 - y0))] };
  });
  return {
    key: `around:${at}`,
    width: board.width,
    height: order.length * step,
    places: order.map((node, place) => ({ node, place: [0, place * step, w, h] })),
    wires,
  };
}

/** How a node is tied to the chosen one, as seen from there. @param {Answer} answer @param {number} node @param {Set<number>} lines */
function sayTies({ data }, node, lines) {
  const ties = [...lines]
    .map((line) => data.lines[line])
    .filter(({ a, b }) => a === node || b === node)
    .map(({ b, t }) => stepText([plain(data.types[t].name), b === node]));
  return [...new Set(ties)].join(" · ");
}

/** @param {AnswerBoard & {boxes?: Box[]}} board @returns {Plan} */
const planAll = (board) => ({
  key: "result",
  width: board.width,
  height: board.height,
  places: (board.boxes?.map(({ x, y, w, h }) => [x, y, w, h]) ?? board.places).map((place, node) => ({
    node,
    place,
  })),
  wires: board.wires.map((flat, line) => ({ line, flat })),
});

/**
 * @param {Answer} answer @param {Lang} lang @param {AnswerBoard & {boxes?: Box[]}} board without `boxes`, that of a telephone
 * @param {string} at key of what is chosen
 * @returns {{scene: Scene, lit: Lit|null, wires: Wire[]}}
 */
export function makeAnswer(answer, lang, board, at) {
  const { data } = answer;
  const light = lightAround(answer, at);
  const alone = light && !board.boxes && data.drawn > FEW;
  const plan = alone ? planAround(answer, board, light, at) : planAll(board);
  const boxes = plan.places.map(({ node, place }) => {
    const chosen = at === `n${node}`;
    const box = makeBox(answer, lang, node, place, chosen ? CHOSEN : light?.nodes.has(node) ? LIT : {});
    return alone && !chosen ? { ...box, sub: sayTies(answer, node, light.lines) || box.sub } : box;
  });
  const wires = plan.wires.map(({ line, flat }) => makeWire(answer, line, flat, alone ? null : light));
  /** @type {number[]} */
  const often = [];
  for (const { hue } of wires) often[hue] = (often[hue] ?? 0) + 1;
  return {
    wires,
    lit: light && {
      nodes: new Set([...light.nodes].map((i) => `n${i}`)),
      roots: new Set(),
      edges: [],
      depth: new Map(),
      steps: 0,
    },
    scene: {
      key: plan.key,
      width: plan.width,
      height: plan.height,
      boxes,
      frames: [],
      ports: [],
      edges: [],
      loop: false,
      hidden: data.counts.nodes - data.drawn,
      steady: true,
      least: LEAST,
      under: makeWirePainter(wires, boxes, ({ hue }) => !alone && often[hue] <= MOST_WRITTEN, plan.width),
    },
  };
}

/** @param {Answer} answer @param {Lang} lang @param {number} i @param {number[]} place @param {SceneBox["skin"]} skin @returns {SceneBox} */
function makeBox(answer, lang, i, [x, y, w, h], skin) {
  const { l, side } = answer.data.nodes[i];
  const name = answer.name(i, lang);
  return {
    key: `n${i}`,
    kind: "node",
    ...{ x, y, w, h },
    name: { ...name, text: plain(name.text) || "?" },
    sub: h < SMALL ? undefined : plain(answer.labelsOf(i)) || undefined,
    tone: side === undefined ? undefined : SHAPES[side],
    round: l.includes("Solution"),
    skin: { fill: fillOf(answer, l[0]), ...skin },
  };
}

/** @param {Answer} answer @param {number} line @param {number[]} flat points, and the bulge @param {ReturnType<typeof lightAround>} light @returns {Wire} */
function makeWire(answer, line, flat, light) {
  const { t, r } = answer.data.lines[line];
  const { name, short, past } = answer.data.types[t];
  return {
    points: flat.slice(0, -1),
    bulge: flat[flat.length - 1],
    hue: answer.hues[t],
    text: plain(short ?? name) + (r.length > 1 ? ` ×${r.length}` : ""),
    dashed: Boolean(past),
    lit: Boolean(light?.lines.has(line)),
    dim: Boolean(light && !light.lines.has(line)),
    key: `r${r[0]}`,
  };
}
