/** What if: firms, groups and countries taken away, and what can no longer be had without them, at every step. */

/** @import { Answer } from "./phi.js" */
/** @import { Child, Ctx } from "./parts.js" */
/** @import { Hit } from "./search.js" */
import { el, glyph, named } from "./dom.js";
import { split } from "./model.js";
import { SIDES, list, muted, section, thing } from "./parts.js";
import { formatCount } from "./text.js";

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

/** @param {Ctx} ctx @param {string} id "vendor:tsmc" @returns {Child} its name, as the reader says it */
export function nameLoss({ model, lang, say }, id) {
  const [kind, name] = [id.slice(0, id.indexOf(":")), id.slice(id.indexOf(":") + 1)];
  if (kind === "country") return named(model.country(name, lang));
  const key = model.keyOf(`vendor:${name}`);
  const label = key ? model.name(key, lang) : { text: name, lang };
  if (kind === "vendor") return named(label);
  // the name stands where the language has it
  const [front, back] = say("page.whatif-group", { name: "\u0000" }).split("\u0000");
  return el("span", {}, front, named(label), back);
}

/** @param {Ctx} ctx @param {string} id @param {boolean} away */
export function takeAway({ state, go }, id, away) {
  const rest = state.lost.filter((one) => one !== id);
  go({ lost: away ? [...rest, id].sort() : rest, gap: null, target: null, tab: "whatif" });
}

/** A button that takes a firm, its group or a country away. @param {Ctx} ctx @param {string} id */
export function lossButton(ctx, id) {
  const away = ctx.state.lost.includes(id);
  return el(
    "button",
    {
      type: "button",
      class: "away",
      "data-away": id,
      "aria-pressed": String(away),
      click: () => takeAway(ctx, id, !away),
    },
    ctx.say(id.startsWith("group:") ? "page.whatif-away-group" : "page.whatif-away"),
  );
}

/** What is gone, each to be put back, and the way back through the steps. @param {Ctx} ctx */
function renderSteps(ctx) {
  const { say, state, go, steps } = ctx;
  /** @param {string} name @param {string} key @param {boolean} on @param {() => void} click */
  const button = (name, key, on, click) =>
    el(
      "button",
      { type: "button", id: `whatif-${name}`, disabled: !on, title: key, click },
      say(`page.${name}`),
    );
  const chips = state.lost.map((id) =>
    el(
      "li",
      {},
      el(
        "button",
        { type: "button", class: "chip", "data-lost": id, click: () => takeAway(ctx, id, false) },
        nameLoss(ctx, id),
        el("span", { class: "hidden" }, ` – ${say("page.whatif-back")}`),
        el("span", { "aria-hidden": "true" }, " ×"),
      ),
    ),
  );
  return el(
    "div",
    { class: "steps" },
    chips.length ? el("ul", { class: "chips", "aria-label": say("page.whatif-gone") }, chips) : null,
    el(
      "div",
      { class: "step-buttons", role: "group", "aria-label": say("page.whatif-steps") },
      button("undo", "Ctrl+Z", steps.past > 0, steps.undo),
      button("redo", "Ctrl+Y", steps.future > 0, steps.redo),
      button("restore", "", state.lost.length > 0, () => go({ lost: [], target: null })),
    ),
  );
}

/** Firms and groups by name, countries by a button. @param {Ctx} ctx */
function renderChooser(ctx) {
  const { say, model, look, state } = ctx;
  const offered = el("ul", { class: "offered", id: "whatif-offered" });
  const status = el("p", { class: "hidden", role: "status" });
  const field = el("input", {
    id: "whatif-field",
    type: "search",
    autocomplete: "off",
    spellcheck: "false",
    "aria-controls": "whatif-offered",
    input: () => {
      const found = field.value.trim() ? look(field.value).filter((hit) => hit.kind === "vendor") : [];
      offered.replaceChildren(...found.slice(0, MOST_OFFERED).flatMap((hit) => offerHit(ctx, hit)));
      status.textContent = field.value.trim() ? say("page.search-count", { n: found.length }) : "";
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

/** A firm that was found, and its group if it has others. @param {Ctx} ctx @param {Hit} hit */
function offerHit(ctx, hit) {
  const { model } = ctx;
  const [, v] = split(hit.key);
  const head = model.headOf(v);
  const ids = [`vendor:${model.data.vendors[v].id}`];
  if (model.membersOf(head).length) ids.push(`group:${model.data.vendors[head].id}`);
  return ids.map((id) =>
    el(
      "li",
      {},
      el(
        "button",
        { type: "button", class: "thing", "data-away": id, click: () => takeAway(ctx, id, true) },
        id.startsWith("vendor:") ? glyph(SIDES[model.sideOf(model.data.vendors[v].country)]) : null,
        nameLoss(ctx, id),
      ),
    ),
  );
}

/** Losses that the data suggests: the gravest findings about somebody. @param {Ctx} ctx */
function renderExamples(ctx) {
  const { model, say } = ctx;
  const ids = model.data.findings
    .filter((finding) => finding.kind === "cut" && finding.member !== null && finding.solutions.length)
    .map((finding) => `${finding.unit === "owner" ? "country" : finding.unit}:${finding.member}`);
  const examples = [...new Set(ids)].slice(0, MOST_EXAMPLES);
  if (!examples.length) return muted(say("page.whatif-none"));
  return section(
    say("page.whatif-examples"),
    el(
      "ul",
      { class: "rows" },
      examples.map((id) =>
        el(
          "li",
          {},
          el(
            "button",
            { type: "button", class: "thing", "data-away": id, click: () => takeAway(ctx, id, true) },
            nameLoss(ctx, id),
          ),
        ),
      ),
    ),
  );
}

/** @param {Ctx} ctx @param {Answer} loss @returns {Child[]} */
function renderAnswer(ctx, loss) {
  const { model, say, lang } = ctx;
  const { lost, solutions, components } = model.chain.sort(loss);
  const total = {
    solutions: loss.before.subarray(model.chain.components).reduce((sum, one) => sum + one, 0),
    components: loss.before.subarray(0, model.chain.components).reduce((sum, one) => sum + one, 0),
  };
  const sentence = say(lost.length ? "page.whatif-sum" : "page.whatif-sum-none", {
    solutions: formatCount(solutions.length, lang),
    allSolutions: formatCount(total.solutions, lang),
    components: formatCount(components.length, lang),
    allComponents: formatCount(total.components, lang),
  });
  return [
    el("p", { class: "sum", role: "status" }, sentence),
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
  const { model, lang, say, go, state } = ctx;
  const key = model.chain.key(node);
  const id = model.idOf(key);
  const causes = model.chain.because(loss, node).map((part) => model.name(model.chain.key(part), lang).text);
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
    el(
      "p",
      { class: "muted" },
      causes.length
        ? say("page.whatif-because", { causes: causes.slice(0, 3).join(say("page.whatif-and")) }) +
            (causes.length > 3 ? ` +${causes.length - 3}` : "")
        : say("page.whatif-nobody-left"),
    ),
  );
}
