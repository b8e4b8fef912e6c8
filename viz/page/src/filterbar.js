/** The filters: chips of each kind to combine, how many statements each leaves, and what is chosen, always in sight. */

/** @import { Child } from "./dom.js" */
/** @import { Filters, Kind } from "./filters.js" */
/** @import { Ui } from "./frame.js" */
/** @import { Ctx } from "./parts.js" */
/** @import { Hit } from "./search.js" */
/** @import { Left } from "./sieve.js" */
import { el, named } from "./dom.js";
import { countActive, isFiltered, noFilters, toggle, toggleLayer } from "./filters.js";
import { labelChoice, layerOf, listChoices, listYears, titleKind } from "./choices.js";
import { mountOwners } from "./owners.js";
import { choicesOf, countSince } from "./sieve.js";
import { formatCount } from "./text.js";

/** @type {readonly Kind[]} the order in which they are shown */
const SHOWN = ["layer", "segment", "country", "owner", "status", "evidence", "role"];
const FEW = 8; // countries that are shown at first: the pair and those with most statements

/**
 * @param {Ui} ui
 * @param {(text: string) => Hit[]} find looks for firms
 */
export function mountFilters(ui, find) {
  let open = false;
  let wide = false; // are all countries shown?
  /** @type {Ctx|null} */
  let shown = null;
  /** @type {Left|null} the counts of the whole graph */
  let everything = null;
  const bar = el("div", { id: "filter-bar", hidden: true });
  const sum = el("p", { id: "filter-sum", role: "status" });
  const active = el("div", { id: "filter-active", hidden: true });
  const owners = mountOwners({ find, choose: (id) => choose("owner", id) });
  ui.filters.replaceChildren(bar, active);

  /** @param {boolean} next */
  const setOpen = (next) => {
    open = next;
    if (shown) render(shown);
    if (open) /** @type {HTMLElement|null} */ (bar.querySelector(".pick:not(:disabled)"))?.focus();
    else ui.filter.focus();
  };
  /** @param {Partial<Filters>} change */
  const apply = (change) => {
    if (shown) shown.go({ filters: { ...shown.state.filters, ...change } });
  };
  /** @param {Kind} kind @param {string} id */
  const choose = (kind, id) => {
    if (!shown) return;
    const { model, state } = shown;
    apply(
      kind === "layer"
        ? toggleLayer(state.filters, id, (segment) => layerOf(model.data, segment))
        : toggle(state.filters, kind, id),
    );
  };
  ui.filter.addEventListener("click", () => setOpen(!open));
  ui.filters.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !open) return;
    event.stopPropagation();
    setOpen(false);
  });

  /** @param {Ctx} ctx */
  function render(ctx) {
    shown = ctx;
    const { say, state, model } = ctx;
    const n = countActive(state.filters);
    const filtered = isFiltered(state.filters);
    ui.filter.hidden = false;
    ui.filter.replaceChildren(say("page.filters"), n ? el("span", { class: "badge" }, String(n)) : "");
    ui.filter.setAttribute("aria-expanded", String(open));
    ui.filter.setAttribute("aria-label", n ? say("page.filters-n", { n }) : say("page.filters"));
    ui.filters.hidden = !open && !filtered;
    ui.filters.setAttribute("aria-label", say("page.filters"));
    bar.hidden = !open;
    active.hidden = !filtered;
    if (ui.filters.hidden) return;
    const left = model.left ?? (everything ??= model.sift(noFilters()));
    keepFocus(ui, () => {
      if (open)
        bar.replaceChildren(
          ...renderBar(ctx, left, {
            choose,
            apply,
            owners,
            done: () => setOpen(false),
            widen: wide ? null : () => ((wide = true), render(ctx)),
          }),
        );
      renderActive(ctx, left, { active, sum, choose, apply });
    });
  }
  return { render };
}

/** Draws anew and gives the focus back to what had it, or to the button of the filters. @param {Ui} ui @param {() => void} draw */
function keepFocus(ui, draw) {
  const focused = /** @type {HTMLElement|null} */ (document.activeElement);
  const key = ui.filters.contains(focused) ? focused?.dataset.filter : undefined;
  const scroll = ui.filters.firstElementChild?.scrollTop ?? 0;
  draw();
  if (key === undefined) return;
  const again = /** @type {HTMLElement|null} */ (
    ui.filters.querySelector(`[data-filter="${CSS.escape(key)}"]`)
  );
  if (ui.filters.firstElementChild) ui.filters.firstElementChild.scrollTop = scroll;
  if (again && again !== document.activeElement) again.focus({ preventScroll: true });
  else if (!again) ui.filter.focus();
}

/**
 * @typedef {{choose: (kind: Kind, id: string) => void, apply: (change: Partial<Filters>) => void}} Acts
 */

/**
 * @param {Ctx} ctx @param {Left} left
 * @param {Acts & {owners: ReturnType<typeof mountOwners>, done: () => void, widen: (() => void)|null}} acts
 *   `widen` shows the countries that are folded; null: all are shown
 * @returns {Node[]}
 */
function renderBar(ctx, left, { choose, apply, owners, done, widen }) {
  const { say, lang } = ctx;
  const groups = SHOWN.map((kind) =>
    kind === "owner"
      ? owners.render(ctx, left)
      : el(
          "fieldset",
          { class: `filter-${kind}` },
          el("legend", {}, say(titleKind(kind))),
          el(
            "div",
            { class: "picks" },
            renderChips(ctx, left, kind, choose, kind === "country" ? widen : null),
          ),
        ),
  );
  return [
    el(
      "div",
      { class: "filter-top" },
      el("h2", {}, say("page.filters")),
      el(
        "button",
        { type: "button", class: "back", "data-filter": "close", click: done },
        say("page.filters-close"),
      ),
    ),
    el("div", { class: "filter-groups" }, groups, renderSince(ctx, left, apply)),
    el("p", { class: "filter-note" }, say("page.filters-rule")),
    el(
      "button",
      { type: "button", class: "filter-done", "data-filter": "done", click: done },
      say("page.filters-show", { n: formatCount(left.statements, lang) }),
    ),
  ];
}

/**
 * @param {Ctx} ctx @param {Left} left @param {Exclude<Kind, "owner">} kind @param {Acts["choose"]} choose
 * @param {(() => void)|null} widen
 * @returns {Child[]}
 */
function renderChips(ctx, left, kind, choose, widen) {
  const { say, lang, state, model } = ctx;
  const counts = choicesOf(left, kind);
  const all = listChoices(model.data, left, state.filters, kind);
  const shown = all.filter((id, i) => !widen || i < FEW || state.filters[kind].includes(id));
  const chips = shown.map((id) => {
    const n = counts.get(id) ?? 0;
    const pressed = state.filters[kind].includes(id);
    const label = labelChoice(ctx, kind, id);
    return el(
      "button",
      {
        type: "button",
        class: "pick",
        "data-filter": `${kind}:${id}`,
        "aria-pressed": String(pressed),
        title: `${label.text}: ${say("page.filters-leaves", { n: formatCount(n, lang) })}`,
        disabled: !n && !pressed,
        click: () => choose(kind, id),
      },
      named(label),
      el("span", { class: "count" }, formatCount(n, lang)),
    );
  });
  if (widen && shown.length < all.length)
    chips.push(
      el(
        "button",
        { type: "button", class: "pick more", "data-filter": `more:${kind}`, click: widen },
        say("page.more", { n: formatCount(all.length - shown.length, lang) }),
      ),
    );
  return chips;
}

/** @param {Ctx} ctx @param {Left} left @param {Acts["apply"]} apply */
function renderSince(ctx, left, apply) {
  const { say, lang, state } = ctx;
  const { since } = state.filters;
  const options = listYears(left, since).map((date) =>
    el(
      "option",
      { value: date, selected: date === since },
      `${labelChoice(ctx, "date", date).text} (${formatCount(countSince(left, date), lang)})`,
    ),
  );
  const undated = choicesOf(left, "date").get("") ?? 0;
  return el(
    "fieldset",
    { class: "filter-date" },
    el("legend", {}, el("label", { for: "filter-since" }, say("page.filters-date"))),
    el(
      "div",
      { class: "picks" },
      el(
        "select",
        {
          id: "filter-since",
          "data-filter": "since",
          change: (/** @type {Event} */ event) =>
            apply({ since: /** @type {HTMLSelectElement} */ (event.target).value || null }),
        },
        el("option", { value: "", selected: since === null }, say("page.filters-anydate")),
        options,
      ),
      el("span", { class: "muted" }, say("page.filters-undated", { n: formatCount(undated, lang) })),
    ),
  );
}

/**
 * @param {Ctx} ctx @param {Left} left
 * @param {Acts & {active: HTMLElement, sum: HTMLElement}} parts
 */
function renderActive(ctx, left, { active, sum, choose, apply }) {
  const { say, lang, state } = ctx;
  const { filters } = state;
  /** @param {Kind|"date"} kind @param {string} id @param {() => void} drop */
  const chip = (kind, id, drop) => {
    const label = labelChoice(ctx, kind, id);
    const title = say(titleKind(kind));
    return el(
      "li",
      {},
      el(
        "button",
        {
          type: "button",
          class: "pick chosen",
          "data-filter": `drop:${kind}:${id}`,
          title: say("page.filters-drop", { name: label.text }),
          "aria-label": say("page.filters-drop", { name: `${title}: ${label.text}` }),
          click: drop,
        },
        el("span", { class: "muted" }, `${title} `),
        named(label),
        el("span", { class: "cross", "aria-hidden": "true" }, "×"),
      ),
    );
  };
  const chips = SHOWN.flatMap((kind) => filters[kind].map((id) => chip(kind, id, () => choose(kind, id))));
  const { since } = filters;
  if (since !== null) chips.push(chip("date", since, () => apply({ since: null })));
  const text = say("page.filters-sum", {
    n: formatCount(left.statements, lang),
    m: formatCount(left.codes.size, lang),
    v: formatCount(left.vendors, lang),
    c: formatCount(left.components, lang),
  });
  if (sum.textContent !== text) sum.textContent = text;
  const clear = el(
    "button",
    { type: "button", class: "back", "data-filter": "clear", click: () => apply(noFilters()) },
    say("page.filters-clear"),
  );
  if (!active.contains(sum)) active.replaceChildren(sum);
  while (sum.nextSibling) sum.nextSibling.remove();
  sum.after(
    el("ul", { class: "picks", "aria-label": say("page.filters-active") }, chips),
    clear,
    el("p", { class: "filter-note", title: say("page.filters-gaps") }, say("page.filters-gaps")),
  );
}
