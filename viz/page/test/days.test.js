import assert from "node:assert/strict";
import { test } from "node:test";
import { Almanac, compareFindings, findDay, firstDay, listLearned, listTurns } from "../src/days.js";
import { FINDING, makePayload } from "./payload.js";

/** Two days: on the first the foundry has no offer yet, an older one has; on the second all is as today. */
function makeDays() {
  const payload = makePayload();
  payload.meta.date = "2026-01-01";
  payload.offers[0] = { ...payload.offers[0], since: "2015-06" };
  const other = { ...FINDING, i: undefined, id: "GAP-2", member: "old" };
  const same = { off: [], on: [], ties: [], heads: [], cells: [], learned: null };
  payload.days = {
    list: ["2012-01-01", "2020-01-01"],
    report: null,
    left: 0,
    at: [
      {
        ...same,
        findings: [payload.findings.length, payload.findings.length + 1],
        counts: [3, 2, 0],
        off: [0],
        on: [0],
        heads: [1, 0],
        cells: [[1, "TW", 9, 8, "count", "partial"]],
      },
      { ...same, findings: payload.findings.map((_, i) => i), counts: [4, 3, 0] },
    ],
    findings: [{ i: 0, severity: 0.5 }, other],
    past: [{ v: 1, c: 1, until: "2014", counted: true, ev: { kind: "cited", as_of: "2016" } }],
    steps: [[1, "closed", payload.findings.length + 1, true, [["offer", 0, "began"]]]],
    briefs: [],
    completeness: [[1, "TW", "complete", "2013-05"]],
  };
  return payload;
}

test("a partial date begins on its first day", () => {
  assert.deepEqual(["2015", "2015-06", "2015-06-09"].map(firstDay), [
    "2015-01-01",
    "2015-06-01",
    "2015-06-09",
  ]);
});

test("a day is shown as the latest listed one that is not after it, an earlier one as the first", () => {
  const payload = makeDays();
  const days = ["2012-01-01", "2019-12-31", "2025-01-01", "2000-01-01", "2026-01-01", "2030-01-01", null];
  assert.deepEqual(
    days.map((day) => findDay(payload, day)),
    [0, 0, 1, 0, -1, -1, -1],
  );
});

test("a page without days shows today's data for every day", () => {
  assert.equal(findDay(makePayload(), "2012-01-01"), -1);
});

test("an offer that begins later is there, not counted, and said to be not yet", () => {
  const { data } = new Almanac(makeDays()).on("2012-01-01");
  assert.deepEqual([data.offers[0].counted, data.offers[0].when], [false, "later"]);
});

test("an offer that is history counts on its day, and is no longer on a later one", () => {
  const almanac = new Almanac(makeDays());
  const [then, later] = ["2012-01-01", "2020-01-01"].map((day) => almanac.on(day).data.offers.at(-1));
  assert.deepEqual([then?.counted, then?.when], [true, undefined]);
  assert.deepEqual([later?.counted, later?.when], [false, "over"]);
});

test("cells, groups and counts are those of the day, and today's are left as they are", () => {
  const almanac = new Almanac(makeDays());
  const { data } = almanac.on("2012-01-01");
  assert.equal(data.components[1].cells.TW.vendors, 9);
  assert.equal(data.vendors[1].head, 0);
  assert.equal(data.meta.counts.counted, 2);
  assert.notEqual(almanac.today.data.components[1].cells.TW.vendors, 9);
});

test("a finding of a day is today's with what differs, or one of its own", () => {
  const { data } = new Almanac(makeDays()).on("2012-01-01");
  assert.deepEqual(
    data.findings.map(({ id, severity, member }) => [id, severity, member]),
    [
      ["GAP-1", 0.5, "formosa"],
      ["GAP-2", 1, "old"],
    ],
  );
});

test("the model of a day is made once", () => {
  const almanac = new Almanac(makeDays());
  assert.equal(almanac.on("2012-01-01"), almanac.on("2013-07-07"));
  assert.equal(almanac.on(null), almanac.today);
});

test("what began and what ended between a day and today are told apart", () => {
  const payload = makeDays();
  assert.deepEqual(
    listTurns(payload, 0).offers.map(({ what, row }) => [what, /** @type {any} */ (row).v]),
    [
      ["began", payload.offers[0].v],
      ["ended", 1],
    ],
  );
});

test("a gap that is no more is closed, with the step that closed it; one with another severity is changed", () => {
  const { opened, closed, changed } = compareFindings(makeDays(), 0);
  assert.deepEqual([opened.length, closed.length, changed.length], [makePayload().findings.length - 1, 1, 1]);
  assert.deepEqual(closed[0].step?.[4], [["offer", 0, "began"]]);
  assert.deepEqual(changed[0].fields, ["severity"]);
});

test("only what held on the day and was stated afterwards is learned", () => {
  const almanac = new Almanac(makeDays());
  const learned = listLearned(almanac.on("2012-01-01").data, 0);
  assert.deepEqual(
    learned.offers.map(({ v }) => v),
    [1],
  );
  assert.equal(learned.completeness.length, 1);
});
