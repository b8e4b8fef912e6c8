/** The graph on a day: what the world opened and closed since, apart from what was merely learned. */

/** @import { Child, Ctx } from "./parts.js" */
import { muted } from "./parts.js";

/** @param {Ctx} ctx @returns {Child[]} */
export function renderChanges({ say }) {
  return [muted(say("page.changes-intro"))];
}
