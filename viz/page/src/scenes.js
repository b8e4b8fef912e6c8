/** What is drawn where: the overview, the chain that lights up on a telephone. Pure functions. */

/** @import { View } from "./boxes.js" */
/** @import { Board, Boards, Edge, Lit, Scene, SceneBox } from "./types.js" */
import { MOST_DRAWN, fillBox } from "./boxes.js";
import { split } from "./model.js";

/**
 * In a folded segment, what lights up takes the places of what does not, the last ones first.
 * @param {View} view @param {Board} board @param {Lit|null} lit @returns {Board["boxes"]}
 */
export function swapLit({ model }, board, lit) {
  const drawn = new Set(board.boxes.map((box) => box.key));
  if (!lit || [...lit.nodes].every((key) => drawn.has(key))) return board.boxes;
  /** What folds: the segment of a component, or the solutions. @param {string} key */
  const home = (key) => {
    const [kind, at] = split(key);
    return kind === "component" ? `segment:${model.data.components[at].segment}` : kind;
  };
  // roots before the steps of a chain
  const missing = [...lit.nodes]
    .filter((key) => /^(component|solution):/.test(key) && !drawn.has(key))
    .sort((a, b) => Number(lit.roots.has(b)) - Number(lit.roots.has(a)));
  const boxes = [...board.boxes];
  for (const key of missing) {
    const free = boxes.findLastIndex(
      (box) => box.kind === split(key)[0] && home(box.key) === home(key) && !lit.nodes.has(box.key),
    );
    if (free >= 0) boxes[free] = { ...boxes[free], key };
  }
  return boxes;
}

/** The largest board for a screen; one that a smaller board makes needless does not exist. @param {Boards} boards @param {View["screen"]} screen */
const pickBoard = ({ small, wide, large, huge }, screen) =>
  screen === "small"
    ? (small ?? wide)
    : (screen === "huge" && huge) || (screen && screen !== "wide" && large) || wide;

/** @param {View} view @param {Boards} boards @param {Lit|null} [lit] @returns {Scene} */
export function makeOverview(view, boards, lit = null) {
  /** @type {Board} */
  const board = view.narrow ? boards.narrow : pickBoard(boards, view.screen);
  const places = swapLit(view, board, lit);
  const shown = new Set(places.map((box) => box.key));
  const boxes = places.map((box) => fillBox(view, box, shown));
  return {
    key: "overview",
    width: board.width,
    height: board.height,
    boxes,
    frames: board.frames,
    ports: [],
    edges: [],
    loop: true,
    hidden: 0,
  };
}

/**
 * What lights up, alone and from top to bottom, for a telephone: each step is set in under the one that needs it.
 * @param {View} view @param {Lit} lit @param {string} key
 * @returns {Scene}
 */
export function makeChain(view, lit, key) {
  const [w, h, gap, step] = [366, 44, 12, 16];
  const starts = [...lit.nodes].filter((node) => !lit.edges.some((edge) => edge.to === node));
  /** @type {SceneBox[]} */
  const boxes = [];
  /** @type {Scene["ports"]} */
  const ports = [];
  /** @type {Edge[]} */
  const edges = [];
  const placed = new Set();
  /** @param {string} node @param {number} depth @param {SceneBox|null} parent */
  const place = (node, depth, parent) => {
    if (placed.has(node) || boxes.length >= MOST_DRAWN) return;
    placed.add(node);
    const x = 8 + Math.min(depth, 8) * step; // room for the number at the corner
    const kind = node.startsWith("solution:") ? "solution" : "component";
    const box = fillBox(view, { key: node, kind, x, y: 4 + boxes.length * (h + gap), w: w - x, h });
    boxes.push(box);
    if (parent && parent.x < x) {
      const from = parent.x + step / 2;
      ports.push(
        { key: `down:${node}`, x: from - 1, y: parent.y + parent.h - 1 },
        { key: `turn:${node}`, x: from - 1, y: box.y + h / 2 - 1 },
        { key: `in:${node}`, x: x - 1, y: box.y + h / 2 - 1 },
      );
      edges.push(
        { from: `down:${node}`, to: `turn:${node}`, strong: true },
        { from: `turn:${node}`, to: `in:${node}`, strong: true },
      );
    }
    for (const edge of lit.edges) if (edge.from === node) place(edge.to, depth + 1, box);
  };
  for (const node of starts) place(node, 0, null);
  return {
    key,
    width: w,
    height: boxes.length * (h + gap),
    boxes,
    frames: [],
    ports,
    edges,
    loop: false,
    hidden: 0,
  };
}
