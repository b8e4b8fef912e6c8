/** What leaves the page: pictures, tables and texts. */

/** @import { Ui } from "./frame.js" */
/** @import { Ctx } from "./parts.js" */

/** @param {Ctx} ctx @param {Ui} ui */
export function renderTools(ctx, ui) {
  ui.tools.lang = ctx.lang;
  ui.tools.hidden = true;
}
