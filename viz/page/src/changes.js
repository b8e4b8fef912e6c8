/** What changed between a day and today: what the world began and ended, apart from what was merely learned. */

/** @import { Child, Ctx } from "./parts.js" */
/** @import { Brief, Fact, Finding, Offer, Relation, Step } from "./types.js" */
import { compareFindings, everyOffer, findingOf, listLearned, listTurns } from "./days.js";
import { el, glyph, named } from "./dom.js";
import { glyphOf } from "./model.js";
import { evidence, list, muted, section, thing } from "./parts.js";
import { formatCount, formatDate, formatPeriod } from "./text.js";
import { refKey } from "./witness.js";

const MOST = 40;
const TIES = ["SUPPLIES", "OWNS", "INVESTS_IN", "JOINT_VENTURE_WITH", "PARTNERS_WITH", "LICENSES"];

/** @param {Ctx} ctx @returns {Child[]} */
export function renderChanges(ctx) {
  const { model, say } = ctx;
  const { days } = model.data;
  const intro = el("p", { class: "intro" }, say("page.changes-intro"));
  if (!days?.list.length)
    return [intro, muted(say(days?.left ? "page.changes-large" : "page.changes-undated"))];
  return model.then ? renderDay(ctx, model.then.at) : [intro, ...renderEvery(ctx)];
}

/** Today: the days to choose from, each with what has changed since. @param {Ctx} ctx @returns {Child[]} */
function renderEvery(ctx) {
  const { model, lang, say, go } = ctx;
  const days = /** @type {import("./types.js").Days} */ (model.data.days);
  const lines = [...days.list.keys()].reverse().map((at) => {
    const { opened, closed } = compareFindings(model.data, at);
    const { offers, relations, vendors } = listTurns(model.data, at);
    const day = formatDate(days.list[at], lang);
    return el(
      "li",
      {},
      el(
        "button",
        { type: "button", class: "thing", "data-day": days.list[at], click: () => go({ on: days.list[at] }) },
        days.list[at] === days.report ? say("page.days-report", { day }) : day,
      ),
      el(
        "p",
        { class: "muted" },
        say("page.changes-line", {
          opened: formatCount(opened.length, lang),
          closed: formatCount(closed.length, lang),
          facts: formatCount(offers.length + relations.length + vendors.length, lang),
        }),
      ),
    );
  });
  return [
    section(say("page.changes-choose"), el("ul", { class: "rows", id: "alldays" }, lines)),
    days.left ? muted(say("page.changes-left", { n: formatCount(days.left, lang) })) : null,
    ...renderUndated(ctx),
  ];
}

/** @param {Ctx} ctx @param {number} at @returns {Child[]} */
function renderDay(ctx, at) {
  const { model, lang, say } = ctx;
  const today = /** @type {NonNullable<typeof model.then>} */ (model.then).today.data;
  const days = /** @type {import("./types.js").Days} */ (today.days);
  const found = compareFindings(today, at);
  const turns = listTurns(today, at);
  const learned = listLearned(model.data, at);
  const period = { day: formatDate(days.list[at], lang), today: formatDate(today.meta.date, lang) };
  return [
    el("h2", { tabindex: "-1" }, say("page.changes-since", period)),
    renderCounts(ctx, found, turns, learned, days.at[at].learned),
    el("section", { class: "world" }, renderWorld(ctx, found, turns)),
    el("section", { class: "learned" }, renderLearned(ctx, learned, days.at[at].learned)),
    ...renderUndated(ctx),
  ];
}

/** @typedef {ReturnType<typeof compareFindings>} Found */
/** @typedef {ReturnType<typeof listTurns>} Turns */
/** @typedef {ReturnType<typeof listLearned>} Learned */
/** @typedef {{opened: number[], closed: number[]}|null} Known */

/** @param {Ctx} ctx @param {Found} found @param {Turns} turns @param {Learned} learned @param {Known} known */
function renderCounts({ say, lang }, found, turns, learned, known) {
  const count = (/** @type {number} */ n) => (n ? formatCount(n, lang) : "–");
  /** @param {{what: string}[]} rows */
  const signed = (rows) => {
    const parts = [
      ["began", "+"],
      ["ended", "−"],
      ["changed", "±"],
    ].map(([what, sign]) => [rows.filter((row) => row.what === what).length, sign]);
    return (
      parts.flatMap(([n, sign]) => (n ? [`${sign}${formatCount(Number(n), lang)}`] : [])).join(" ") || "–"
    );
  };
  /** @type {[string, string, string][]} */
  const rows = [
    ["page.changes-opened", count(found.opened.length), known ? count(known.opened.length) : "?"],
    ["page.changes-closed", count(found.closed.length), known ? count(known.closed.length) : "?"],
    ["page.changes-changed", count(found.changed.length), ""],
    ["page.changes-offers", signed(turns.offers), count(learned.offers.length)],
    ...TIES.map(
      (type) =>
        /** @type {[string, string, string]} */ ([
          `page.changes-${type}`,
          signed(turns.relations.filter(({ row }) => /** @type {Relation} */ (row).type === type)),
          count(learned.relations.filter((row) => row.type === type).length),
        ]),
    ),
    ["page.changes-vendors", turns.vendors.length ? `−${formatCount(turns.vendors.length, lang)}` : "–", ""],
    ["page.changes-requires", "", count(learned.requires.length)],
    ["page.changes-completeness", "", count(learned.completeness.length)],
  ];
  const head = ["page.changes-what", "page.changes-world", "page.changes-learned"];
  return el(
    "table",
    { class: "tally" },
    el(
      "thead",
      {},
      el(
        "tr",
        {},
        head.map((key) => el("th", { scope: "col" }, say(key))),
      ),
    ),
    el(
      "tbody",
      {},
      rows
        .filter(([, world, told]) => ![world, told].every((text) => text === "–" || text === ""))
        .map(([key, ...cells]) =>
          el(
            "tr",
            { "data-kind": key.slice(13) },
            el("th", { scope: "row" }, say(key)),
            cells.map((text) => el("td", {}, text)),
          ),
        ),
    ),
  );
}

/** @param {Ctx} ctx @param {Found} found @param {Turns} turns @returns {Child[]} */
function renderWorld(ctx, { opened, closed, changed }, { offers, relations, vendors }) {
  const { say } = ctx;
  const facts = offers.length + relations.length + vendors.length;
  return [
    el("h3", {}, say("page.changes-world")),
    muted(say("page.changes-world-note")),
    gapList(ctx, "page.changes-opened", opened, (row) =>
      gapItem(ctx, row.finding, true, stepFacts(ctx, row.step)),
    ),
    gapList(ctx, "page.changes-closed", closed, (row) =>
      gapItem(ctx, row.finding, false, stepFacts(ctx, row.step)),
    ),
    gapList(ctx, "page.changes-changed", changed, (row) =>
      gapItem(
        ctx,
        row.finding,
        false,
        muted(row.fields.map((name) => say(`page.changes-field-${name}`)).join(" · ")),
      ),
    ),
    facts ? null : muted(say("page.changes-nothing")),
    fold(ctx, "page.changes-offers", offers.length, () =>
      list(ctx, offers, ({ what, row }) => offerItem(ctx, /** @type {Offer} */ (row), what), MOST),
    ),
    ...TIES.map((type) => {
      const rows = relations.filter(({ row }) => /** @type {Relation} */ (row).type === type);
      return fold(ctx, `page.changes-${type}`, rows.length, () =>
        list(ctx, rows, ({ what, row }) => tieItem(ctx, /** @type {Relation} */ (row), what), MOST),
      );
    }),
    fold(ctx, "page.changes-vendors", vendors.length, () =>
      list(ctx, vendors, (v) => vendorItem(ctx, v), MOST),
    ),
  ];
}

/** @param {Ctx} ctx @param {Learned} learned @param {Known} known @returns {Child[]} */
function renderLearned(ctx, learned, known) {
  const { model, say, lang } = ctx;
  const { offers, relations, requires, completeness } = learned;
  const briefs = model.data.days?.briefs ?? [];
  const today = /** @type {NonNullable<typeof model.then>} */ (model.then).today.data;
  const opened = (known?.opened ?? []).map((ref) => findingOf(today, ref));
  return [
    el("h3", {}, say("page.changes-learned")),
    muted(say("page.changes-learned-note")),
    known ? null : muted(say("page.changes-incomparable")),
    fold(ctx, "page.changes-known-opened", opened.length, () =>
      list(
        ctx,
        opened,
        (finding) => gapItem(ctx, finding, false, rootFacts(ctx, finding.roots, learned)),
        MOST,
      ),
    ),
    fold(ctx, "page.changes-known-closed", known?.closed.length ?? 0, () =>
      list(
        ctx,
        (known?.closed ?? []).map((i) => briefs[i]),
        (brief) => briefItem(ctx, brief, rootFacts(ctx, brief.roots, learned)),
        MOST,
      ),
    ),
    fold(ctx, "page.changes-offers", offers.length, () =>
      list(ctx, offers, (row) => offerItem(ctx, row), MOST),
    ),
    ...TIES.map((type) => {
      const rows = relations.filter((row) => row.type === type);
      return fold(ctx, `page.changes-${type}`, rows.length, () =>
        list(ctx, rows, (row) => tieItem(ctx, row), MOST),
      );
    }),
    fold(ctx, "page.changes-requires", requires.length, () =>
      list(
        ctx,
        requires,
        (row) =>
          el(
            "li",
            {},
            thing(ctx, refKey(row.from)),
            " ← ",
            thing(ctx, refKey(row.to)),
            evidence(ctx, row.ev),
          ),
        MOST,
      ),
    ),
    fold(ctx, "page.changes-completeness", completeness.length, () =>
      list(
        ctx,
        completeness,
        ([c, country, level, date]) =>
          el(
            "li",
            {},
            thing(ctx, `component:${c}`),
            el(
              "p",
              { class: "muted" },
              `${country === "*" ? say("page.third") : model.country(country, lang).text} · ${say(`page.level-${level}`)} · ${say("page.ev-asof", { date: formatDate(date, lang) })}`,
            ),
          ),
        MOST,
      ),
    ),
  ];
}

/** What cannot be dated. @param {Ctx} ctx @returns {Child[]} */
function renderUndated({ model, say, lang }) {
  const data = (model.then?.today ?? model).data;
  const rows = [...everyOffer(data), ...data.relations];
  const told = [...rows, ...data.requires];
  /** @param {string} key @param {number} n @param {number} all */
  const line = (key, n, all) => muted(say(key, { n: formatCount(n, lang), all: formatCount(all, lang) }));
  return [
    section(
      say("page.changes-undatable"),
      line("page.changes-blank", rows.filter((row) => !row.since).length, rows.length),
      line("page.changes-unstated", told.filter((row) => !row.ev.as_of).length, told.length),
    ),
  ];
}

/** A list that is made when it is opened. @param {Ctx} ctx @param {string} key @param {number} n @param {() => HTMLElement} make @returns {Child} */
function fold({ say, lang }, key, n, make) {
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
function gapList(ctx, key, rows, make) {
  if (!rows.length) return null;
  return el(
    "div",
    { "data-gaps": key.slice(13) },
    el("h4", {}, ctx.say(key), " ", el("span", { class: "count" }, formatCount(rows.length, ctx.lang))),
    list(ctx, rows, make, MOST),
  );
}

/** A gap to press; one that is there only today opens in today's data. @param {Ctx} ctx @param {Finding} finding @param {boolean} now @param {Child} facts */
function gapItem(ctx, finding, now, facts) {
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
function briefItem(ctx, brief, facts) {
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
function stepFacts(ctx, step) {
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
function rootFacts(ctx, roots, { offers, requires, completeness }) {
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
      needs
        .slice(0, MOST)
        .map((row) =>
          el(
            "li",
            {},
            thing(ctx, refKey(row.from)),
            " ← ",
            thing(ctx, refKey(row.to)),
            evidence(ctx, row.ev),
          ),
        ),
      lists.map(([c, country, level, date]) =>
        el(
          "li",
          {},
          thing(ctx, `component:${c}`),
          muted(
            `${country === "*" ? ctx.say("page.third") : ctx.model.country(country, ctx.lang).text} · ${ctx.say(`page.level-${level}`)} · ${ctx.say("page.ev-asof", { date: formatDate(date, ctx.lang) })}`,
          ),
        ),
      ),
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
const offerItem = (ctx, offer, what) =>
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
const tieItem = (ctx, row, what) =>
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
const vendorItem = (ctx, v) =>
  el(
    "li",
    {},
    thing(ctx, `vendor:${v}`),
    turnLine(ctx, "ended", /** @type {any} */ ({ until: ctx.model.data.vendors[v].until })),
    evidence(ctx, ctx.model.data.vendors[v].ev),
  );
