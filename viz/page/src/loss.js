/** What is taken away: its name, a sentence on what is lost without it, and the button that takes it. */

/** @import { Answer } from "./phi.js" */
/** @import { View } from "./boxes.js" */
/** @import { Child, Ctx } from "./parts.js" */
import { isLost } from "./boxes.js";
import { el, glyph, named } from "./dom.js";
import { split } from "./model.js";
import { formatCount } from "./text.js";

const MOST_NAMED = 3; // names in a sentence

/** @param {View} view @param {string} id "vendor:tsmc" @returns {HTMLElement} its name, as the reader says it */
export function nameLoss({ model, lang, say }, id) {
  const [kind, name] = [id.slice(0, id.indexOf(":")), id.slice(id.indexOf(":") + 1)];
  if (kind === "country") return named(model.country(name, lang));
  const key = model.keyOf(`vendor:${name}`);
  const label = key ? model.name(key, lang) : { text: name, lang };
  if (kind === "vendor") return named(label);
  // the name stands where the language has it
  const [front, back] = say("page.whatif-group").split("{name}");
  return el("span", {}, front, named(label), back);
}

/**
 * A sentence with the names of those who are gone at their place in it, the first few of many.
 * @param {Ctx} ctx @param {string} key @param {Record<string, string|number>} [params] @returns {Child[]}
 */
export function fillNames(ctx, key, params = {}) {
  const { say, state } = ctx;
  const more = state.lost.length - MOST_NAMED;
  const names = state.lost
    .slice(0, MOST_NAMED)
    .flatMap((id, i) => [i ? say("page.whatif-and") : "", nameLoss(ctx, id)]);
  const [front, ...rest] = say(key, params).split("{names}");
  return [front, ...names, more > 0 ? say("page.whatif-more", { n: more }) : "", rest.join("{names}")];
}

/** What is lost, in one sentence. @param {Answer} loss @param {View} view @returns {[string, Record<string, string>]} key and figures */
export function sumUp(loss, { model, lang }) {
  const { lost, solutions, components } = model.chain.sort(loss);
  const cut = model.chain.components;
  /** @param {Uint8Array} nodes */
  const count = (nodes) =>
    formatCount(
      nodes.reduce((sum, one) => sum + one, 0),
      lang,
    );
  return [
    lost.length ? "page.whatif-sum" : "page.whatif-sum-none",
    {
      solutions: formatCount(solutions.length, lang),
      all_solutions: count(loss.before.subarray(cut)),
      components: formatCount(components.length, lang),
      all_components: count(loss.before.subarray(0, cut)),
    },
  ];
}

/** The same for those who do not see the picture; empty if nobody is gone. @param {View} view @param {readonly string[]} ids */
export function sayLoss(view, ids) {
  const { loss, say } = view;
  if (!loss) return "";
  const [key, figures] = sumUp(loss, view);
  const names = ids.map((id) => nameLoss(view, id).textContent).join(say("page.whatif-and"));
  return say(key, { ...figures, names });
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
      id: `away-${id}`,
      "data-away": id,
      "aria-pressed": String(away),
      click: () => takeAway(ctx, id, !away),
    },
    ctx.say(id.startsWith("group:") ? "page.whatif-away-group" : "page.whatif-away"),
  );
}

/** Why a thing is lost, in words. @param {View} view @param {Answer} loss @param {number} node */
export function sayWhy({ model, lang, say }, loss, node) {
  const causes = model.chain.because(loss, node).map((part) => model.name(model.chain.key(part), lang).text);
  if (!causes.length) return say("page.whatif-nobody-left");
  const some = causes.slice(0, MOST_NAMED).join(say("page.whatif-and"));
  const more = causes.length > MOST_NAMED ? ` +${causes.length - MOST_NAMED}` : "";
  return say("page.whatif-because", { causes: some }) + more;
}

/** In the details of a thing: that it is lost, and why. @param {Ctx} ctx @param {string} key @returns {Child} */
export function lossNote(ctx, key) {
  const { loss } = ctx;
  if (!loss || !isLost(ctx, key)) return null;
  const [kind, at] = split(key);
  const node = ctx.model.chain.node([/** @type {"component"|"solution"} */ (kind), at]);
  return el(
    "p",
    { class: "note lost" },
    glyph("lost"),
    fillNames(ctx, "page.whatif-note", { why: sayWhy(ctx, loss, node) }),
  );
}
