/** The filter by ultimate owner: a field to look for a firm, and the groups that it finds, as there are hundreds. */

/** @import { Ctx } from "./parts.js" */
/** @import { Hit } from "./search.js" */
/** @import { Left } from "./sieve.js" */
import { labelChoice, titleKind } from "./choices.js";
import { el, named } from "./dom.js";
import { split } from "./model.js";
import { choicesOf } from "./sieve.js";
import { formatCount } from "./text.js";

const MOST = 6; // groups offered at once

/** @typedef {{id: string, through: string|null}} Owner `through` is the firm that was found, if it is not the owner itself */

/**
 * The groups to offer: of the firms found, or else the ones with most statements left.
 * @param {Ctx} ctx @param {Left} left @param {Hit[]|null} hits null: nothing is looked for
 * @returns {Owner[]}
 */
export function listOwners({ model, state }, left, hits) {
  const counts = choicesOf(left, "owner");
  /** @type {Owner[]} */
  const chosen = state.filters.owner.map((id) => ({ id, through: null }));
  /** @type {Owner[]} */
  const found = hits
    ? hits.map(({ key }) => {
        const [, v] = split(key);
        const head = model.headOf(v);
        return { id: model.data.vendors[head].id, through: head === v ? null : key };
      })
    : [...counts]
        .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
        .slice(0, MOST + chosen.length)
        .map(([id]) => ({ id, through: null }));
  const once = new Map();
  for (const owner of [...chosen, ...found])
    if (!once.has(owner.id) && (counts.get(owner.id) !== undefined || chosen.includes(owner)))
      once.set(owner.id, owner);
  return [...once.values()].slice(0, MOST + chosen.length);
}

/** @param {{find: (text: string) => Hit[], choose: (id: string) => void}} actions */
export function mountOwners({ find, choose }) {
  /** @type {{ctx: Ctx, left: Left}|null} */
  let last = null;
  const chips = el("div", { class: "picks" });
  const input = el("input", {
    type: "search",
    id: "filter-owner",
    autocomplete: "off",
    spellcheck: "false",
    "data-filter": "owner",
    input: () => update(),
    keydown: (/** @type {KeyboardEvent} */ event) => {
      // Escape first empties the field, then closes the filters
      if (event.key !== "Escape" || !input.value) return;
      event.stopPropagation();
      input.value = "";
      update();
    },
  });
  const legend = el("label", { for: "filter-owner" });
  const group = el(
    "fieldset",
    { class: "filter-owner" },
    el("legend", {}, legend),
    el("div", {}, input, chips),
  );

  const update = () => {
    if (!last) return;
    const { ctx, left } = last;
    const { model, say, lang, state } = ctx;
    const text = input.value.trim();
    const counts = choicesOf(left, "owner");
    const owners = listOwners(ctx, left, text ? find(text) : null);
    chips.replaceChildren(
      ...owners.map(({ id, through }) => {
        const n = counts.get(id) ?? 0;
        const pressed = state.filters.owner.includes(id);
        return el(
          "button",
          {
            type: "button",
            class: "pick",
            "data-filter": `owner:${id}`,
            "aria-pressed": String(pressed),
            disabled: !n && !pressed,
            click: () => choose(id),
          },
          named(labelChoice(ctx, "owner", id)),
          through ? el("span", { class: "muted" }, " ← ", named(model.name(through, lang))) : null,
          el("span", { class: "count" }, formatCount(n, lang)),
        );
      }),
      ...(text && !owners.length
        ? [el("span", { class: "muted" }, say("page.search-none", { query: text }))]
        : []),
    );
  };
  return {
    /** @param {Ctx} ctx @param {Left} left */
    render(ctx, left) {
      last = { ctx, left };
      legend.textContent = ctx.say(titleKind("owner"));
      input.placeholder = ctx.say("page.filters-owner-hint");
      update();
      return group;
    },
  };
}
