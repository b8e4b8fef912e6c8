/** The rows in which changes are told: gaps that opened or closed, and the statements that did it. */

/** @import { Child, Ctx } from "./parts.js" */
/** @import { Brief, Days, Fact, Finding, Need, Offer, Relation, Step } from "./types.js" */
import { everyOffer } from "./days.js";
import { el, glyph, named } from "./dom.js";
import { glyphOf } from "./model.js";
import { evidence, list, muted, thing } from "./parts.js";
import { formatCount, formatDate, formatPeriod } from "./text.js";
import { refKey } from "./witness.js";

/** @typedef {ReturnType<typeof import("./days.js").listLearned>} Learned */

/** Rows shown before the rest is asked for. */
export const MOST = 40;

/** A list that is made when it is opened. @param {Ctx} ctx @param {string} key @param {number} n @param {() => HTMLElement} make @returns {Child} */
export function fold({ say, lang }, key, n, make) {
  if (!n) return null;
  const node = el(
    "details",
    {
      class: "fold",
      "data-fold": key.slice(13),
      toggle: () => {
        if (node.open && node.childElementCount === 1) node.append(make());
      },
    },
    el("summary", {}, say(key), " ", el("span", { class: "count" }, formatCount(n, lang))),
  );
  return node;
}

/** @template T @param {Ctx} ctx @param {string} key @param {T[]} rows @param {(row: T) => HTMLElement} make @returns {Child} */
export function gapList(ctx, key, rows, make) {
  if (!rows.length) return null;
  return el(
    "div",
    { "data-gaps": key.slice(13) },
    el("h4", {}, ctx.say(key), " ", el("span", { class: "count" }, formatCount(rows.length, ctx.lang))),
    list(ctx, rows, make, MOST),
  );
}

/** A gap to press; one that is there only today opens in today's data. @param {Ctx} ctx @param {Finding} finding @param {boolean} now @param {Child} facts */
export function gapItem(ctx, finding, now, facts) {
  const { model, lang, say, go } = ctx;
  const there = !now && model.finding(finding.id);
  const member = model.member(finding, lang);
  return el(
    "li",
    { "data-gap": finding.id },
    el(
      "button",
      {
        type: "button",
        class: "thing",
        click: () =>
          go({
            gap: finding.id,
            at: null,
            target: null,
            tab: "gaps",
            view: "map",
            ...(there ? {} : { on: null }),
          }),
      },
      glyph(glyphOf(finding)),
      member ? named(member) : say("page.gap-nobody"),
    ),
    finding.unit ? el("span", { class: "muted" }, ` ${say(`page.unit-${finding.unit}`)}`) : null,
    rootLine(ctx, finding.roots),
    facts,
  );
}

/** A gap that neither day has under today's statements: its roots can be opened. @param {Ctx} ctx @param {Brief} brief @param {Child} facts */
export function briefItem(ctx, brief, facts) {
  const { model, lang, say } = ctx;
  const member = model.member(/** @type {Finding} */ (/** @type {unknown} */ (brief)), lang);
  const verdict = brief.fragile ? "fragile" : "apparent";
  return el(
    "li",
    { "data-gap": brief.id },
    glyph(brief.kind === "cut" ? verdict : brief.kind),
    el("strong", {}, member ? named(member) : say("page.gap-nobody")),
    brief.unit ? el("span", { class: "muted" }, ` ${say(`page.unit-${brief.unit}`)}`) : null,
    rootLine(ctx, brief.roots),
    facts,
  );
}

/** @param {Ctx} ctx @param {number[]} roots */
function rootLine(ctx, roots) {
  const shown = roots.slice(0, 4);
  return el(
    "p",
    { class: "roots" },
    shown.flatMap((c, i) => [i ? " · " : "", thing(ctx, `component:${c}`)]),
    roots.length > shown.length ? ` +${roots.length - shown.length}` : "",
  );
}

/** The facts that were enough for a step. @param {Ctx} ctx @param {Step|null} step @returns {Child} */
export function stepFacts(ctx, step) {
  if (!step) return null;
  const { say } = ctx;
  const [, , , enough, facts] = step;
  return el(
    "div",
    { class: "because" },
    el("p", { class: "muted" }, say(enough ? "page.changes-because" : "page.changes-near")),
    facts.length
      ? el(
          "ul",
          { class: "rows" },
          facts.map((fact) => factItem(ctx, fact)),
        )
      : null,
  );
}

/** @param {Ctx} ctx @param {Fact} fact */
function factItem(ctx, [kind, at, what]) {
  const data = (ctx.model.then?.today ?? ctx.model).data;
  if (kind === "vendor") return vendorItem(ctx, at);
  return kind === "offer"
    ? offerItem(ctx, everyOffer(data)[at], what)
    : tieItem(ctx, data.relations[at], what);
}

/** Statements on some components that were made only afterwards. @param {Ctx} ctx @param {number[]} roots @param {Learned} learned @returns {Child} */
export function rootFacts(ctx, roots, { offers, requires, completeness }) {
  const some = new Set(roots);
  const mine = offers.filter(({ c }) => some.has(c));
  const needs = requires.filter(({ to }) => to[0] === "component" && some.has(to[1]));
  const lists = completeness.filter(([c]) => some.has(c));
  const n = mine.length + needs.length + lists.length;
  if (!n) return muted(ctx.say("page.changes-elsewhere"));
  return fold(ctx, "page.changes-on-roots", n, () =>
    el(
      "ul",
      { class: "rows" },
      mine.slice(0, MOST).map((row) => offerItem(ctx, row)),
      needs.slice(0, MOST).map((row) => needItem(ctx, row)),
      lists.map((row) => listItem(ctx, row)),
    ),
  );
}

/** @param {Ctx} ctx @param {string|undefined} what @param {Offer|Relation} row */
const turnLine = ({ say, lang }, what, row) =>
  el(
    "p",
    { class: "tags" },
    what
      ? el("span", { class: `tag turn-${what}` }, say(`page.changes-${what === "changed" ? "turned" : what}`))
      : null,
    el("span", { class: "muted" }, formatPeriod(row, lang, say)),
  );

/** @param {Ctx} ctx @param {Offer} offer @param {string} [what] */
export const offerItem = (ctx, offer, what) =>
  el(
    "li",
    {},
    thing(ctx, `vendor:${offer.v}`),
    " → ",
    thing(ctx, `component:${offer.c}`),
    turnLine(ctx, what, offer),
    evidence(ctx, offer.ev),
  );

/** @param {Ctx} ctx @param {Relation} row @param {string} [what] */
export const tieItem = (ctx, row, what) =>
  el(
    "li",
    {},
    thing(ctx, `vendor:${row.from}`),
    row.type === "PARTNERS_WITH" || row.type === "JOINT_VENTURE_WITH" ? " – " : " → ",
    thing(ctx, `vendor:${row.to}`),
    turnLine(ctx, what, row),
    row.c === undefined ? null : el("p", {}, thing(ctx, `component:${row.c}`)),
    evidence(ctx, row.ev),
  );

/** @param {Ctx} ctx @param {number} v */
export const vendorItem = (ctx, v) =>
  el(
    "li",
    {},
    thing(ctx, `vendor:${v}`),
    turnLine(ctx, "ended", /** @type {any} */ ({ until: ctx.model.data.vendors[v].until })),
    evidence(ctx, ctx.model.data.vendors[v].ev),
  );

/** @param {Ctx} ctx @param {Need} row */
export const needItem = (ctx, row) =>
  el("li", {}, thing(ctx, refKey(row.from)), " ← ", thing(ctx, refKey(row.to)), evidence(ctx, row.ev));

/** How far a list of vendors is known to be whole. @param {Ctx} ctx @param {Days["completeness"][0]} row */
export function listItem(ctx, [c, country, level, date]) {
  const { model, say, lang } = ctx;
  const where = country === "*" ? say("page.third") : model.country(country, lang).text;
  const when = say("page.ev-asof", { date: formatDate(date, lang) });
  return el(
    "li",
    {},
    thing(ctx, `component:${c}`),
    muted(`${where} · ${say(`page.level-${level}`)} · ${when}`),
  );
}
