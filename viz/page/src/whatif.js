/** What if: firms, groups and countries taken away, and what can no longer be had without them. */

/** @import { Child, Ctx } from "./parts.js" */
import { muted } from "./parts.js";

/** @param {Ctx} ctx @returns {Child[]} */
export function renderWhatIf({ say }) {
  return [muted(say("page.whatif-intro"))];
}
