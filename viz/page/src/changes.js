/** What changed between a day and today: what the world began and ended, apart from what was merely learned. */

/** @import { Child, Ctx } from "./parts.js" */
/** @import { Offer, Relation } from "./types.js" */
import {
  MOST,
  briefItem,
  fold,
  gapItem,
  gapList,
  listItem,
  needItem,
  offerItem,
  rootFacts,
  stepFacts,
  tieItem,
  vendorItem,
} from "./changed.js";
import { compareFindings, everyOffer, findingOf, listLearned, listTurns } from "./days.js";
import { el } from "./dom.js";
import { list, muted, section } from "./parts.js";
import { formatCount, formatDate } from "./text.js";

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
  const { model, say } = ctx;
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
      list(ctx, requires, (row) => needItem(ctx, row), MOST),
    ),
    fold(ctx, "page.changes-completeness", completeness.length, () =>
      list(ctx, completeness, (row) => listItem(ctx, row), MOST),
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
