/** What only both countries together can make of a solution: what each brings, the best chains and line-ups. */

/** @import { Child, Ctx } from "./parts.js" */
/** @import { Answers } from "./types.js" */
import { chainSection, lineUpSection, pickRow } from "./placed.js";
import { el, glyph, named, written } from "./dom.js";
import { SIDES, evidence, list, muted, offerLines, section, thing } from "./parts.js";
import { findLack, tracePath } from "./picks.js";
import { refKey } from "./witness.js";

const SHOWN = 6; // what one country brings, before the rest is asked for

/** What a letter of the payload stands for, in the order of the lists. */
export const CLASSES = /** @type {const} */ (["j", "a", "b", "e", "n", "o"]);
/** @type {Record<string, string[]>} marks of those who can make it */
const MARKS = { j: ["circle", "square"], a: ["circle"], b: ["square"], e: ["circle", "square"] };

/** @param {Ctx} ctx @param {string} code */
export function sayClass({ model, lang, say }, code) {
  const [a, b] = model.data.meta.pair.map((one) => model.country(one, lang).text);
  return say(`page.class-${code}`, { a, b, country: code === "a" ? a : b });
}

/** Symbol and word. @param {Ctx} ctx @param {string} code */
export function classTag(ctx, code) {
  const marks = (MARKS[code] ?? []).map(glyph);
  const sign = code === "j" ? [marks[0], "+", marks[1]] : marks.length ? marks : ["–"];
  return el(
    "span",
    { class: `class class-${code}` },
    el("span", { class: "sign", "aria-hidden": "true" }, sign),
    sayClass(ctx, code),
  );
}

/** @param {Ctx} ctx @param {number} s @returns {Child[]} */
export function answerSections(ctx, s) {
  const { answers } = ctx.model.data;
  if (!answers) return [];
  return [
    el("p", { class: "verdict" }, classTag(ctx, answers.solutions[s])),
    ...(answers.lacking ? togetherSection(ctx, s) : []),
    answers.line_ups ? lineUpSection(ctx, answers.line_ups[s]) : commandNote(ctx, s, "line-ups"),
    answers.chains ? chainSection(ctx, answers.chains[s]) : null,
  ];
}

/** What is too dear for the page, and the command that has it. @param {Ctx} ctx @param {number} s @param {string} command */
function commandNote({ model, say }, s, command) {
  return section(
    say("page.lineups"),
    muted(say("page.answers-left-out")),
    el("p", {}, el("code", {}, `kizuna ${command} ${model.data.solutions[s].id}`)),
  );
}

/** @param {Ctx} ctx @param {number} s @returns {Child[]} */
function togetherSection(ctx, s) {
  const { model, lang, say } = ctx;
  const answers = /** @type {Answers} */ (model.data.answers);
  const lacking = /** @type {NonNullable<Answers["lacking"]>} */ (answers.lacking)[s];
  const names = model.data.meta.pair.map((code) => model.country(code, lang).text);
  // What the first country brings is what the second lacks.
  const brings = /** @type {const} */ ([1, 0]).map((lacks, side) => {
    const rows = lacking[lacks][0];
    if (!rows.length) return null;
    return el(
      "section",
      {},
      el(
        "h4",
        { class: "side" },
        glyph(SIDES[side]),
        say("page.brings", { country: names[side], n: rows.length }),
      ),
      muted(say("page.brings-why", { country: names[lacks] })),
      list(ctx, raisePicked(ctx, s, rows), (c) => pathItem(ctx, s, lacks, c), SHOWN),
    );
  });
  const neither = [...new Set([...lacking[0][1], ...lacking[1][1]])];
  const [imports, must] = [answers.imports?.[s] ?? [], new Set(answers.must?.[s] ?? [])];
  const none = !brings.some(Boolean) && !neither.length && !imports.length;
  return [
    section(say("page.together"), none ? muted(say("page.together-none")) : null),
    ...brings,
    neither.length || imports.length
      ? el(
          "section",
          {},
          el(
            "h4",
            { class: "side" },
            glyph("diamond"),
            say("page.neither", { n: neither.length + imports.length }),
          ),
          list(ctx, neither, (c) => pathItem(ctx, s, lacking[0][1].includes(c) ? 0 : 1, c), SHOWN),
          list(
            ctx,
            [...imports].sort((x, y) => Number(must.has(y)) - Number(must.has(x))),
            (c) =>
              el(
                "li",
                { class: "import" },
                thing(ctx, `component:${c}`),
                el("span", { class: "tag" }, say(must.has(c) ? "page.import-must" : "page.import")),
              ),
            SHOWN,
          ),
        )
      : null,
  ];
}

/** The row that is picked stands among those shown. @param {Ctx} ctx @param {number} s @param {number[]} rows */
function raisePicked({ model, state }, s, rows) {
  const picked = state.pick?.startsWith("path:") ? findLack(model, s, state.pick.slice(5)) : null;
  const at = picked ? rows.indexOf(picked.c) : -1;
  return at < SHOWN ? rows : [rows[at], ...rows.filter((_, n) => n !== at)];
}

/** Counted offers of a component by one side of the pair. @param {Ctx} ctx @param {number} c @param {number} side */
function vendorsOf({ model }, c, side) {
  const { offers, vendors } = model.data;
  const rows = model.offersAt(c).map((row) => offers[row]);
  return rows.filter((offer) => offer.counted && model.sideOf(vendors[offer.v].country) === side);
}

/** Something that one country lacks: who has it, and the way to it. @param {Ctx} ctx @param {number} s @param {0|1} lacks @param {number} c */
function pathItem(ctx, s, lacks, c) {
  const { model, lang, say } = ctx;
  const path = tracePath(model, s, lacks, c);
  const offers = vendorsOf(ctx, c, 1 - lacks);
  const firms = [...new Set(offers.map((offer) => offer.v))];
  const some = firms.slice(0, 2).flatMap((v, n) => [n ? " · " : "", named(model.name(`vendor:${v}`, lang))]);
  return pickRow(
    ctx,
    `path:${model.data.components[c].id}`,
    [
      el("strong", {}, named(model.name(`component:${c}`, lang))),
      el(
        "span",
        { class: "muted" },
        firms.length ? [...some, firms.length > 2 ? ` +${firms.length - 2}` : ""] : say("page.nobody"),
        ` · ${say("page.path-steps", { n: path.length })}`,
      ),
    ],
    () => [
      el(
        "ol",
        { class: "way" },
        path.map((row) => wayItem(ctx, row)),
      ),
      el(
        "ul",
        { class: "rows" },
        offers.map((offer) => el("li", {}, thing(ctx, `vendor:${offer.v}`), offerLines(ctx, offer))),
      ),
    ],
  );
}

/** @param {Ctx} ctx @param {number} row of REQUIRES */
function wayItem(ctx, row) {
  const need = ctx.model.data.requires[row];
  return el(
    "li",
    {},
    thing(ctx, refKey(need.to)),
    need.alt
      ? el("p", { class: "tags" }, el("span", { class: "tag" }, ctx.say("page.alt", { name: need.alt })))
      : null,
    written("p", "product", need.why),
    evidence(ctx, need.ev),
  );
}

/** What a solution requires itself, by who can make it: a bar, and the same in words. @param {Ctx} ctx @param {number} s */
export function needMix(ctx, s) {
  const { model, say } = ctx;
  const answers = /** @type {Answers} */ (model.data.answers);
  const codes = model.needs(`solution:${s}`).map((row) => {
    const [kind, at] = model.data.requires[row].to;
    return answers[kind === "component" ? "components" : "solutions"][at];
  });
  const counts = CLASSES.map((code) => ({ code, n: codes.filter((one) => one === code).length })).filter(
    ({ n }) => n,
  );
  const bar = el("span", { class: "mix", "aria-hidden": "true" });
  for (const { code, n } of counts) {
    const part = el("span", { class: `mix-${code}` });
    part.style.flexGrow = String(n);
    bar.append(part);
  }
  return el(
    "p",
    { class: "needs-mix" },
    bar,
    el(
      "span",
      { class: "muted" },
      `${say("page.needs-mix", { total: codes.length })} `,
      counts.map(({ code, n }) => `${sayClass(ctx, code)} ${n}`).join(" · "),
    ),
  );
}
