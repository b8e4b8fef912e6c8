/** What vis-network is told of a scene: how it behaves, the rectangles under the boxes, the lines between them. */

/** @import { Edge, SceneBox } from "./types.js" */
/** @import { Brush } from "./brush.js" */

const CLEAR = "rgba(0,0,0,0)";

export const OPTIONS = {
  autoResize: false, // our own observer refits at the same time
  physics: false,
  layout: { improvedLayout: false },
  interaction: {
    dragNodes: false,
    hover: false,
    selectable: false,
    hideEdgesOnDrag: true,
    hideEdgesOnZoom: true,
    keyboard: false,
    tooltipDelay: 1e9,
  },
  nodes: { chosen: false, physics: false },
  edges: { chosen: false, physics: false, smooth: false },
};

/**
 * A node of vis-network: the invisible rectangle under a box, so that lines end at its border. `DataSet.update`
 * merges, so every style key is given each time.
 * @param {SceneBox} box
 */
export function makeNode({ key, x, y, w, h }) {
  return {
    id: key,
    x: x + w / 2,
    y: y + h / 2,
    shape: "box",
    label: " ",
    margin: { top: 0, right: 0, bottom: 0, left: 0 },
    borderWidth: 0,
    widthConstraint: { minimum: w, maximum: w },
    heightConstraint: { minimum: h },
    color: { background: CLEAR, border: CLEAR },
    font: { size: 1, color: CLEAR },
    shadow: false,
    shapeProperties: { borderRadius: 0 },
    fixed: true,
    hidden: false,
    opacity: 1,
  };
}

/** @param {Edge} edge @param {number} number @param {Brush} brush */
export function makeEdge({ from, to, dashed = false, arrow = false, strong = false }, number, { palette }) {
  const colour = strong ? palette.litLine : palette.wire;
  return {
    id: `edge:${number}`,
    from,
    to,
    color: { color: colour, highlight: colour, hover: colour, inherit: false, opacity: 1 },
    width: strong ? 2.4 : arrow ? 1.4 : 1,
    dashes: dashed ? [5, 4] : false,
    arrows: {
      to: { enabled: arrow, scaleFactor: strong ? 0.8 : 0.65 },
      from: { enabled: false },
      middle: { enabled: false },
    },
    smooth: false,
    hidden: false,
    shadow: false,
    selectionWidth: 0,
  };
}
