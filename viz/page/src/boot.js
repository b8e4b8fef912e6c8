/** The opening of a page: unpacks its data, or says why it cannot. */

/** @import { Box, Lang } from "./types.js" */
import { fail, readStart, textOf } from "./start.js";

/** The loader has left them there. @type {typeof import("./unpack.js")} */
const { unpackBytes, unpackJson } = /** @type {any} */ (globalThis).kizunaUnpack;

/** The boxes of the picture, as the network of Python has them. @param {any[]} nodes @returns {Box[]} */
const boxesOf = (nodes) =>
  nodes.map(({ id, group, x, y, widthConstraint: { minimum: w }, heightConstraint: { minimum: h } }) => ({
    key: id,
    kind: group,
    x: x - w / 2,
    y: y - h / 2,
    w,
    h,
  }));

/** @param {(data: any, boxes: Box[], lang: Lang) => Record<string, unknown>} open shows the page; returns what tests and the curious may look at */
export async function boot(open) {
  const start = readStart();
  try {
    const data = await unpackJson(textOf("kizuna-data"));
    data.bytes = await unpackBytes(textOf("kizuna-columns"));
    const boxes = boxesOf((await unpackJson(textOf("kizuna-graph"))).nodes);
    Object.assign(window, { kizuna: open(data, boxes, start.own) });
    document.documentElement.dataset.ready = "yes";
  } catch (error) {
    fail(start, error);
  }
}
