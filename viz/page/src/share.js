/** What leaves the explorer: pictures, tables and texts. */

/** @import { Ui } from "./frame.js" */
/** @import { Ctx } from "./parts.js" */
/** @import { Drawing } from "./picture.js" */
/** @import { Lit, Scene } from "./types.js" */
import { readBrush } from "./brush.js";
import { openHelp } from "./help.js";
import { listShown, listValues } from "./listing.js";
import { csvJob, drawJobs, renderMenu } from "./menu.js";
import { readLegend } from "./picture.js";
import { fileName } from "./save.js";
import { formatState } from "./state.js";
import { titlePage } from "./subject.js";
import { tellFinding } from "./tell.js";

/**
 * What the menu works on; asked for when it is needed.
 * @typedef {{scene: () => {scene: Scene, lit: Lit|null, chosen: string}, say: (text: string) => void, again: () => void}} Shown
 */

/** @param {Ctx} ctx @returns {string} of the thing or the gap that is shown */
function idOfShown({ state }) {
  return state.at ?? state.gap ?? "overview";
}

/** @param {Ctx} ctx @returns {import("./types.js").Label} */
function nameOfShown({ model, lang, say, state }) {
  const finding = model.finding(state.gap);
  const key = model.keyOf(state.at);
  if (key) return model.name(key, lang);
  if (finding) return model.member(finding, lang) ?? { text: say("page.gap-nobody"), lang };
  return { text: titlePage(model, say, lang), lang };
}

/** @param {Ctx} ctx @param {Ui} ui @param {Shown} shown @returns {Drawing} */
export function takePicture(ctx, ui, shown) {
  const title = nameOfShown(ctx);
  const whole = titlePage(ctx.model, ctx.say, ctx.lang);
  const scope = [...ui.scope.children].map((part) => part.textContent ?? "").join(" · ");
  return {
    ...shown.scene(),
    narrow: ctx.narrow,
    brush: readBrush(ctx),
    lang: ctx.lang,
    title,
    lines: [title.text === whole ? "" : whole, scope].filter(Boolean),
    legend: readLegend(ui.legend),
  };
}

/** @param {Ctx} ctx @param {Ui} ui @param {Shown} shown @returns {Record<string, import("./menu.js").Job>} */
const listJobs = (ctx, ui, shown) => ({
  ...drawJobs(() => takePicture(ctx, ui, shown)),
  csv: csvJob(() => listValues(ctx, listShown(ctx, shown.scene().lit))),
  link: async () => ({ text: linkOf(ctx) }),
  state: async () => ({ text: formatState(ctx.state) }),
  finding: async () => {
    const finding = ctx.model.finding(ctx.state.gap);
    return { text: finding ? tellFinding(ctx, finding, linkOf(ctx)) : "" };
  },
});

/** @param {Ctx} ctx @returns {string} the address of this view, in this copy of the page */
const linkOf = ({ state }) => location.href.replace(/#.*$/s, "") + formatState(state);

/** @param {Ctx} ctx @param {Ui} ui @param {Shown} shown */
export const renderTools = (ctx, ui, shown) =>
  renderMenu(ctx, ui, {
    jobs: listJobs(ctx, ui, shown),
    copy: ["link", "state", ...(ctx.state.gap ? ["finding"] : [])],
    name: fileName("kizuna", idOfShown(ctx), ctx.model.data.meta.date, ctx.lang),
    say: shown.say,
    again: shown.again,
    help: () => openHelp(ctx),
  });
