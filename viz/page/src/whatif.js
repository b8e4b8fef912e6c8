/** What if: firms, groups and countries taken away, and what can no longer be had without them, at every step. */

/** @import { Answer } from "./phi.js" */
/** @import { Child, Ctx } from "./parts.js" */
/** @import { Finding } from "./types.js" */
import { el, glyph, named } from "./dom.js";
import { fillNames, nameLoss, sayWhy, sumUp, takeAway } from "./loss.js";
import { split } from "./model.js";
import { SIDES, list, muted, section, thing } from "./parts.js";
import { fold } from "./search.js";
import { formatCount } from "./text.js";

const HEIRS = "whatif-undo whatif-redo whatif-field"; // who gets the focus of a button that goes
const MOST_OFFERED = 6; // things offered while one types
const MOST_EXAMPLES = 3;
const MOST_SHOWN = 25;

/** @param {Ctx} ctx @returns {Child[]} */
export function renderWhatIf(ctx) {
  const { say, loss } = ctx;
  return [
    el("p", { class: "intro" }, say("page.whatif-intro")),
    renderSteps(ctx),
    renderChooser(ctx),
    ...(loss ? renderAnswer(ctx, loss) : [renderExamples(ctx)]),
  ];
}

/** What is gone, each to be put back, and the way back through the steps. @param {Ctx} ctx */
function renderSteps(ctx) {
  const { say, state, go, steps } = ctx;
  /** @param {string} name @param {string} text @param {string} key @param {boolean} on @param {() => void} click */
  const button = (name, text, key, on, click) =>
    el(
      "button",
      { type: "button", id: `whatif-${name}`, disabled: !on, title: key, "data-heirs": HEIRS, click },
      text,
    );
  const chips = state.lost.map((id) =>
    el(
      "li",
      {},
      el(
        "button",
        {
          type: "button",
          class: "chip",
          id: `lost-${id}`,
          "data-lost": id,
          "data-heirs": HEIRS,
          click: () => takeAway(ctx, id, false),
        },
        nameLoss(ctx, id),
        el("span", { class: "hidden" }, ` – ${say("page.whatif-back")}`),
        el("span", { "aria-hidden": "true" }, " ×"),
      ),
    ),
  );
  const firms = ctx.loss?.vendors.reduce((sum, one) => sum + one, 0) ?? 0;
  return el(
    "div",
    { class: "steps" },
    chips.length ? el("ul", { class: "chips", "aria-label": say("page.whatif-gone") }, chips) : null,
    el(
      "div",
      { class: "step-buttons", role: "group", "aria-label": say("page.whatif-steps") },
      button("undo", say("page.undo"), "Ctrl+Z", steps.past > 0, steps.undo),
      button("redo", say("page.redo"), "Ctrl+Y", steps.future > 0, steps.redo),
      button("restore", say("page.restore"), "", state.lost.length > 0, () => go({ lost: [], target: null })),
    ),
    firms > 1 ? muted(say("page.whatif-firms", { n: formatCount(firms, ctx.lang) })) : null,
  );
}

/** Firms and groups by name, countries by a button. @param {Ctx} ctx */
function renderChooser(ctx) {
  const { say, model, state } = ctx;
  const offered = el("ul", { class: "offered", id: "whatif-offered" });
  const status = el("p", { class: "hidden", role: "status" });
  const field = el("input", {
    id: "whatif-field",
    type: "search",
    autocomplete: "off",
    spellcheck: "false",
    "aria-controls": "whatif-offered",
    input: () => {
      const query = field.value.trim();
      const ids = query ? findLosses(ctx, query) : [];
      offered.replaceChildren(...ids.slice(0, MOST_OFFERED).map((id) => offer(ctx, id)));
      status.textContent = !query
        ? ""
        : say(ids.length ? "page.search-count" : "page.search-none", { n: ids.length, query });
      status.className = query && !ids.length ? "muted" : "hidden";
    },
    keydown: (/** @type {KeyboardEvent} */ event) => {
      const first = offered.querySelector("button");
      if (event.key !== "Enter" || event.isComposing || !first) return;
      event.preventDefault();
      first.click();
    },
  });
  const countries = [...model.data.meta.pair].map((code, side) =>
    el(
      "button",
      {
        type: "button",
        class: "away",
        id: `away-country:${code}`,
        "data-away": `country:${code}`,
        "aria-pressed": String(state.lost.includes(`country:${code}`)),
        click: () => takeAway(ctx, `country:${code}`, !state.lost.includes(`country:${code}`)),
      },
      glyph(SIDES[side]),
      named(model.country(code, ctx.lang)),
    ),
  );
  return el(
    "div",
    { class: "chooser" },
    el("label", { for: "whatif-field" }, say("page.whatif-field")),
    field,
    status,
    offered,
    el("div", { class: "countries", role: "group", "aria-label": say("page.whatif-countries") }, countries),
  );
}

/** Countries, then firms and their groups, whose names hold what was typed. @param {Ctx} ctx @param {string} query @returns {string[]} */
function findLosses({ model, look }, query) {
  const wanted = fold(query);
  const countries = [...model.chain.countryCode.keys()].filter((code) =>
    [code, ...Object.values(model.data.countries[code] ?? {})].some(
      (name) => wanted !== "" && fold(name).startsWith(wanted),
    ),
  );
  const firms = look(query)
    .filter((hit) => hit.kind === "vendor")
    .flatMap(({ key }) => {
      const [, v] = split(key);
      const head = model.headOf(v);
      const id = `vendor:${model.data.vendors[v].id}`;
      return model.membersOf(head).length ? [id, `group:${model.data.vendors[head].id}`] : [id];
    });
  return [...new Set([...countries.sort().map((code) => `country:${code}`), ...firms])];
}

/** A button that takes away what was found or is proposed. @param {Ctx} ctx @param {string} id @param {Child} [note] */
function offer(ctx, id, note = null) {
  const { model } = ctx;
  const row = model.row(model.keyOf(id.replace(/^group:/, "vendor:")) ?? "");
  const country = id.startsWith("country:") ? id.slice(8) : row?.country;
  return el(
    "li",
    {},
    el(
      "button",
      { type: "button", class: "thing", "data-away": id, click: () => takeAway(ctx, id, true) },
      glyph(SIDES[model.sideOf(country)]),
      nameLoss(ctx, id),
    ),
    note,
  );
}

/**
 * Losses that the data suggests: the gravest that is confirmed, the one that most solutions hang on, a country.
 * @param {Ctx} ctx @returns {string[]}
 */
function pickExamples({ model }) {
  const cuts = model.data.findings.filter(({ kind, member }) => kind === "cut" && member !== null);
  const widest = cuts.toSorted((a, b) => b.solutions.length - a.solutions.length);
  const isFirm = (/** @type {Finding} */ { unit }) => unit === "vendor" || unit === "group";
  const wanted = [
    cuts.find((one) => isFirm(one) && one.verdict === "confirmed"),
    widest.find(isFirm),
    widest.find((one) => !isFirm(one)),
    ...cuts,
  ].filter((one) => one !== undefined);
  const ids = wanted.map(({ unit, member }) => `${unit === "owner" ? "country" : unit}:${member}`);
  return [...new Set(ids)].slice(0, MOST_EXAMPLES);
}

/** @param {Ctx} ctx */
function renderExamples(ctx) {
  const { model, say, lang } = ctx;
  const rows = pickExamples(ctx).map((id) => {
    const { solutions, components } = model.chain.sort(model.chain.ask([id]));
    const figures = {
      solutions: formatCount(solutions.length, lang),
      components: formatCount(components.length, lang),
    };
    return offer(ctx, id, muted(say("page.whatif-example", figures)));
  });
  return rows.length
    ? section(say("page.whatif-examples"), el("ul", { class: "rows" }, rows))
    : muted(say("page.whatif-none"));
}

/** @param {Ctx} ctx @param {Answer} loss @returns {Child[]} */
function renderAnswer(ctx, loss) {
  const { model, say, lang } = ctx;
  const { solutions, components } = model.chain.sort(loss);
  const [key, figures] = sumUp(loss, ctx);
  return [
    el("p", { class: "sum" }, fillNames(ctx, key, figures)),
    loss.unknown.length
      ? el("p", { class: "note" }, say("page.whatif-unknown", { ids: loss.unknown.join(", ") }))
      : null,
    solutions.length
      ? section(
          say("page.whatif-solutions"),
          list(ctx, solutions, (node) => lostItem(ctx, loss, node), MOST_SHOWN),
        )
      : null,
    ...componentSections(ctx, loss, components),
    loss.weakened.length
      ? section(
          say("page.whatif-weakened"),
          muted(say("page.whatif-weakened-note")),
          list(
            ctx,
            loss.weakened,
            ({ component, head, before }) =>
              el(
                "li",
                {},
                thing(ctx, `component:${component}`),
                el(
                  "p",
                  { class: "muted" },
                  say("page.whatif-weakened-row", {
                    n: before,
                    name: model.name(`vendor:${head}`, lang).text,
                  }),
                ),
              ),
            MOST_SHOWN,
          ),
        )
      : null,
    loss.saved.length
      ? section(
          say("page.whatif-saved"),
          muted(say("page.whatif-saved-note")),
          list(ctx, loss.saved, (node) => el("li", {}, thing(ctx, model.chain.key(node))), MOST_SHOWN),
        )
      : null,
    muted(say("page.whatif-terms")),
  ];
}

/** Components by how far down the chain they fall. @param {Ctx} ctx @param {Answer} loss @param {number[]} components */
function componentSections(ctx, loss, components) {
  const { say, lang } = ctx;
  const hops = [...new Set(components.map((node) => loss.hop[node]))];
  return hops.map((hop) => {
    const nodes = components.filter((node) => loss.hop[node] === hop);
    return el(
      "section",
      { "data-hop": String(hop) },
      el(
        "h3",
        {},
        hop === 0
          ? say("page.whatif-hop-0")
          : say(hop === 1 ? "page.whatif-hop-1" : "page.whatif-hop-n", { n: hop }),
        el("span", { class: "count" }, formatCount(nodes.length, lang)),
      ),
      list(ctx, nodes, (node) => lostItem(ctx, loss, node), MOST_SHOWN),
    );
  });
}

/** What is lost, and by way of what; pressing lights up the chain down to those who are gone. @param {Ctx} ctx @param {Answer} loss @param {number} node */
function lostItem(ctx, loss, node) {
  const { model, lang, go, state } = ctx;
  const key = model.chain.key(node);
  const id = model.idOf(key);
  return el(
    "li",
    {},
    el(
      "button",
      {
        type: "button",
        class: "thing",
        "data-key": key,
        "aria-pressed": String(state.target === id),
        click: () => go({ target: state.target === id ? null : id, at: null, gap: null, tab: "whatif" }),
      },
      named(model.name(key, lang)),
    ),
    el("p", { class: "muted" }, sayWhy(ctx, loss, node)),
  );
}
