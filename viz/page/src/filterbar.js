/** The filters: chips of each kind to combine, and how many statements are left. */

/** @import { Ui } from "./frame.js" */
/** @import { Ctx } from "./parts.js" */

/** @param {Ctx} ctx @param {Ui} ui */
export function renderFilters(ctx, ui) {
  ui.filters.lang = ctx.lang;
  ui.filters.hidden = true;
}
