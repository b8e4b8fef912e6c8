/** The graph on a day of the past: a payload of its own, made from that of today and what differs. */

/** @import { Days, Finding, Offer, Payload, Relation } from "./types.js" */
import { Model } from "./model.js";

/** A row with some of its properties replaced; the others are read through it. @template {object} T @param {T} row @param {Partial<T>} other @returns {T} */
function override(row, other) {
  const made = Object.create(row);
  for (const [key, value] of Object.entries(other)) Object.defineProperty(made, key, { value });
  return made;
}

/** The first day of a partial date, so that dates compare as texts. @param {string} date */
export const firstDay = (date) => date + ({ 4: "-01-01", 7: "-01" }[date.length] ?? "");

/**
 * Which of the days in the page a day is shown as: the latest that is not after it, else the first.
 * @param {Payload} data @param {string|null} on @returns {number} its number, -1 for the data's own day
 */
export function findDay({ days, meta }, on) {
  if (!on || !days?.list.length || on >= meta.date) return -1;
  return Math.max(
    0,
    days.list.findLastIndex((day) => day <= on),
  );
}

/** A finding of any day, by its number: today's, or made of what differs from it. @param {Payload} data @param {number} ref @returns {Finding} */
export function findingOf({ findings, days }, ref) {
  if (ref < findings.length) return findings[ref];
  const row = /** @type {Days} */ (days).findings[ref - findings.length];
  /** @type {Record<string, unknown>} what the row has of its own; a row of a packed table answers for all keys */
  const own = {};
  for (const key in row) {
    const value = /** @type {any} */ (row)[key];
    if (key !== "i" && value !== undefined) own[key] = value;
  }
  return /** @type {Finding} */ (row.i === undefined ? own : override(findings[row.i], own));
}

/** Every offer that the page knows: those of today, then those that are history. @param {Payload} data @returns {Offer[]} */
export const everyOffer = ({ offers, days }) => [...offers, ...(days?.past ?? [])];

/** @param {Payload} data @param {number} at @returns {Payload} */
export function payloadOn(data, at) {
  const days = /** @type {Days} */ (data.days);
  const [day, then] = [days.list[at], days.at[at]];
  const [off, on, ties] = [new Set(then.off), new Set(then.on), new Set(then.ties)];
  /** @param {{since?: string}} row @returns {"later"|"over"} */
  const when = ({ since }) => (since && firstDay(since) > day ? "later" : "over");
  const [offers, counted, blank] = then.counts;
  /** @type {Map<number, number>} */
  const heads = new Map();
  for (let i = 0; i < then.heads.length; i += 2) heads.set(then.heads[i], then.heads[i + 1]);
  /** @type {Map<number, Record<string, any>>} */
  const cells = new Map();
  for (const [c, country, vendors, groups, state, level] of then.cells)
    cells.set(c, { ...cells.get(c), [country]: { vendors, groups, state, level } });
  return {
    ...data,
    meta: { ...data.meta, counts: { ...data.meta.counts, offers, counted, blank_status: blank } },
    components: data.components.map((row, c) =>
      cells.has(c) ? override(row, { cells: override(row.cells, cells.get(c) ?? {}) }) : row,
    ),
    vendors: data.vendors.map((row, v) =>
      heads.has(v) ? override(row, { head: heads.get(v) === v ? undefined : heads.get(v) }) : row,
    ),
    offers: [
      ...data.offers.map((row, i) => (off.has(i) ? override(row, { counted: false, when: when(row) }) : row)),
      ...days.past.map((row, i) => (on.has(i) ? row : override(row, { counted: false, when: when(row) }))),
    ],
    relations: data.relations.map((row, i) => {
      const holds = row.in_force !== ties.has(i);
      if (holds) return row.in_force ? row : override(row, { in_force: true });
      return override(row, { in_force: false, when: when(row) });
    }),
    findings: then.findings.map((ref) => findingOf(data, ref)),
  };
}

/** The models of all days, each made when it is first asked for. */
export class Almanac {
  /** @param {Payload} payload */
  constructor(payload) {
    this.today = new Model(payload);
    /** @type {Map<number, Model>} */
    this._models = new Map([[-1, this.today]]);
  }

  /** @param {string|null} on @returns {Model} */
  on(on) {
    const at = findDay(this.today.data, on);
    const kept = this._models.get(at);
    if (kept) return kept;
    const model = new Model(payloadOn(this.today.data, at));
    model.then = { at, today: this.today };
    this._models.set(at, model);
    return model;
  }
}

/** @typedef {{what: "began"|"ended"|"changed", row: Offer|Relation}} Turn */

/**
 * What the world began and ended between a day and today, as today's statements tell both.
 * @param {Payload} data that of today @param {number} at
 * @returns {{offers: Turn[], relations: Turn[], vendors: number[]}}
 */
export function listTurns(data, at) {
  const days = /** @type {Days} */ (data.days);
  const [day, { off, on, ties }] = [days.list[at], days.at[at]];
  const holds = (/** @type {Relation} */ row) => row.in_force;
  const relations = ties.map((i) => data.relations[i]);
  /** @param {string|undefined} until */
  const gone = (until) => Boolean(until && firstDay(until) > day && firstDay(until) <= data.meta.date);
  return {
    offers: pairUp(
      off.map((i) => data.offers[i]),
      on.map((i) => days.past[i]),
      ({ v, c }) => `${v} ${c}`,
    ),
    relations: pairUp(
      relations.filter(holds),
      relations.filter((row) => !holds(row)),
      ({ type, from, to, c }) => `${type} ${from} ${to} ${c}`,
    ),
    vendors: [...data.vendors.keys()].filter((v) => gone(data.vendors[v].until)),
  };
}

/**
 * One statement that follows another on the same fact is a change, no beginning and no end.
 * @template {Offer|Relation} T @param {T[]} began @param {T[]} ended @param {(row: T) => string} key @returns {{what: Turn["what"], row: T}[]}
 */
function pairUp(began, ended, key) {
  const [starts, ends] = [began, ended].map((rows) => new Set(rows.map(key)));
  return [
    ...began.map((row) => ({
      what: ends.has(key(row)) ? /** @type {const} */ ("changed") : /** @type {const} */ ("began"),
      row,
    })),
    ...ended
      .filter((row) => !starts.has(key(row)))
      .map((row) => ({ what: /** @type {const} */ ("ended"), row })),
  ];
}

// Of a finding, what makes it another though it keeps its id; its verdict and what would settle it stand apart.
const FIELDS = /** @type {const} */ ([
  "roots",
  "vendors",
  "components",
  "solutions",
  "direct",
  "severity",
  "stand_ins",
]);

/**
 * Gaps that the world opened, closed and changed between a day and today.
 * @param {Payload} data that of today @param {number} at
 */
export function compareFindings(data, at) {
  const days = /** @type {Days} */ (data.days);
  const refs = days.at[at].findings;
  const then = new Map(refs.map((ref) => [findingOf(data, ref).id, ref]));
  const now = new Set(data.findings.map((finding) => finding.id));
  /** @param {string} kind @param {string} id */
  const step = (kind, id) =>
    days.steps.findLast(([to, what, ref]) => to > at && what === kind && findingOf(data, ref).id === id) ??
    null;
  return {
    opened: data.findings
      .filter(({ id }) => !then.has(id))
      .map((finding) => ({ finding, step: step("opened", finding.id) })),
    closed: [...then]
      .filter(([id]) => !now.has(id))
      .map(([id, ref]) => ({ finding: findingOf(data, ref), step: step("closed", id) })),
    changed: data.findings.flatMap((finding) => {
      const ref = then.get(finding.id);
      if (ref === undefined) return [];
      const before = findingOf(data, ref);
      const fields = FIELDS.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(finding[name]));
      return fields.length ? [{ before, finding, fields }] : [];
    }),
  };
}

/**
 * What held on a day and was stated only afterwards; a statement without a date counts as always known.
 * @param {Payload} data that of the day @param {number} at
 */
export function listLearned(data, at) {
  const days = /** @type {Days} */ (data.days);
  const day = days.list[at];
  /** @param {string|undefined} date */
  const late = (date) => Boolean(date && firstDay(date) > day);
  return {
    offers: data.offers.filter((row) => !row.when && late(row.ev.as_of)),
    relations: data.relations.filter((row) => row.in_force && late(row.ev.as_of)),
    requires: data.requires.filter((row) => late(row.ev.as_of)),
    completeness: days.completeness.filter(([, , , date]) => late(date)),
  };
}
