/** The panel: its tabs, and what the chosen one shows. */

/** @import { Ui } from "./frame.js" */
/** @import { Child, Ctx, Go } from "./parts.js" */
/** @import { Tab } from "./state.js" */
import { renderChanges } from "./changes.js";
import { renderDetails, renderSolutions } from "./details.js";
import { el } from "./dom.js";
import { renderGaps } from "./gaps.js";
import { seesGap } from "./sifted.js";
import { TABS } from "./state.js";
import { formatCount } from "./text.js";
import { renderWhatIf } from "./whatif.js";

/** @type {Record<Tab, (ctx: Ctx) => Child[]>} */
const RENDER = {
  gaps: renderGaps,
  solutions: renderSolutions,
  whatif: renderWhatIf,
  changes: renderChanges,
  details: renderDetails,
};

/**
 * @param {Ctx} ctx @param {Ui} ui
 * @param {{up: boolean, choose: (tab: Tab) => void}} sheet the panel of a telephone: is it up, and what a tab does
 * @returns {string} what is shown
 */
export function renderPanel(ctx, ui, { up, choose }) {
  const { say, lang, model, state, go } = ctx;
  const tab = /** @type {Tab} */ (state.tab || (state.at ? "details" : "gaps"));
  ui.panel.setAttribute("aria-label", say("page.panel"));
  ui.panel.classList.toggle("up", up);
  ui.handle.textContent = say(up ? "page.panel-close" : "page.panel-open");
  ui.handle.setAttribute("aria-expanded", String(up));
  ui.tabs.replaceChildren(
    ...TABS.map((one) => {
      const count =
        one === "gaps"
          ? model.data.findings.filter((finding) => seesGap(model, finding)).length
          : one === "solutions"
            ? model.data.solutions.length
            : null;
      return el(
        "button",
        {
          type: "button",
          role: "tab",
          id: `tab-${one}`,
          "aria-selected": String(tab === one),
          "aria-controls": "body",
          tabindex: tab === one ? "0" : "-1",
          "data-tab": one,
          click: () => choose(one),
          keydown: (/** @type {KeyboardEvent} */ event) => moveTab(event, one, go),
        },
        say(`page.tab-${one}`),
        count === null ? null : el("span", { class: "count" }, formatCount(count, lang)),
      );
    }),
  );
  ui.body.setAttribute("aria-labelledby", `tab-${tab}`);
  ui.body.replaceChildren(
    ...RENDER[tab](ctx)
      .flat()
      .filter((node) => node !== null && node !== undefined)
      .map((node) => /** @type {Node} */ (node)),
  );
  // a list has no heading to see, yet those who go by headings find its sections below one
  if (!ui.body.querySelector("h2"))
    ui.body.prepend(el("h2", { class: "hidden", tabindex: "-1" }, say(`page.tab-${tab}`)));
  // ties that are picked stand at the top; what is picked below stays where it is
  return `${tab} ${state.at} ${state.gap} ${state.pick?.startsWith("tie:") ? state.pick : ""}`;
}

/** @param {KeyboardEvent} event @param {Tab} from @param {Go} go */
function moveTab(event, from, go) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const next = TABS[(TABS.indexOf(from) + step + TABS.length) % TABS.length];
  go({ tab: next });
  document.getElementById(`tab-${next}`)?.focus();
}
