/** The date switch in the head, and the strip that says that the picture is of the past. */

/** @import { Ui } from "./frame.js" */
/** @import { Ctx, Go } from "./parts.js" */
import { el } from "./dom.js";
import { findDay } from "./days.js";
import { formatCount, formatDate } from "./text.js";

/** @param {Ctx} ctx @param {Ui} ui */
export function renderDays(ctx, ui) {
  const { say, lang, model, go } = ctx;
  const { days } = model.data;
  ui.days.hidden = !days?.list.length;
  renderPast(ctx, ui);
  if (!days?.list.length) return;
  const at = model.then?.at ?? -1;
  const { label, select } = findSwitch(ui, go);
  label.textContent = say("page.days-label");
  ui.days.setAttribute("aria-label", say("page.days-group"));
  // The latest first, as the data's own day is where one starts.
  const options = [...days.list.keys()].reverse().map((i) => {
    const day = formatDate(days.list[i], lang);
    return el(
      "option",
      { value: days.list[i] },
      days.list[i] === days.report ? say("page.days-report", { day }) : day,
    );
  });
  const today = say("page.days-today", { day: formatDate(model.data.meta.date, lang) });
  select.replaceChildren(el("option", { value: "" }, today), ...options);
  select.value = at < 0 ? "" : days.list[at];
  document.body.classList.toggle("past", at >= 0);
}

/** The switch, made once so that it keeps the focus. @param {Ui} ui @param {Go} go */
function findSwitch(ui, go) {
  const label = ui.days.querySelector("label") ?? el("label", { for: "day" });
  const select =
    ui.days.querySelector("select") ??
    el("select", {
      id: "day",
      change: (/** @type {Event} */ event) =>
        go({ on: /** @type {HTMLSelectElement} */ (event.target).value || null }),
    });
  if (!select.isConnected) ui.days.replaceChildren(label, select);
  return { label, select };
}

/** @param {Ctx} ctx @param {Ui} ui */
function renderPast({ say, lang, model, state, go }, ui) {
  const { days, meta } = model.data;
  ui.past.hidden = !model.then;
  if (!model.then || !days) {
    // Asked for a day that the page cannot show: it says so, and shows today's data.
    const lacks = state.on && state.on < meta.date && findDay(model.data, state.on) < 0;
    ui.past.hidden = !lacks;
    const text = lacks ? say("page.days-none", { asked: formatDate(state.on ?? "", lang) }) : "";
    return ui.past.replaceChildren(el("p", {}, text));
  }
  const day = days.list[model.then.at];
  const asked = state.on ?? day;
  const other =
    asked === day
      ? ""
      : ` ${say(asked < day ? "page.days-first" : "page.days-nearest", { asked: formatDate(asked, lang) })}`;
  ui.past.replaceChildren(
    el(
      "p",
      {},
      el("strong", {}, say("page.days-past", { day: formatDate(day, lang) })),
      ` ${say("page.days-counted", { n: formatCount(meta.counts.counted, lang) })}${other}`,
    ),
    el(
      "span",
      { class: "ways" },
      el(
        "button",
        {
          type: "button",
          "data-do": "changes",
          click: () => go({ tab: "changes", gap: null, target: null }),
        },
        say("page.days-changes"),
      ),
      el(
        "button",
        { type: "button", "data-do": "today", click: () => goBack(ui, go) },
        say("page.days-back"),
      ),
    ),
  );
}

/** The button goes with the strip; the focus goes to the switch. @param {Ui} ui @param {Go} go */
function goBack(ui, go) {
  go({ on: null });
  ui.days.querySelector("select")?.focus();
}
