import assert from "node:assert/strict";
import { test } from "node:test";
import {
  applyFilters,
  countChoices,
  isFiltered,
  noFilters,
  passes,
  readFilters,
  toggle,
  writeFilters,
} from "../src/filters.js";
import { makePayload } from "./payload.js";

test("without a filter everything is left", () => {
  const payload = makePayload();
  assert.equal(applyFilters(payload, noFilters()).offers.length, payload.offers.length);
  assert.equal(isFiltered(noFilters()), false);
});

test("the counts of a kind add up to what is left, and each choice leaves what its count says", () => {
  const payload = makePayload();
  const counts = countChoices(payload, noFilters(), "country");
  assert.equal(
    [...counts.values()].reduce((a, b) => a + b, 0),
    payload.offers.length,
  );
  for (const [id, count] of counts)
    assert.equal(applyFilters(payload, toggle(noFilters(), "country", id)).offers.length, count);
});

test("two choices of one kind widen, a second kind narrows", () => {
  const facts = {
    layer: "l",
    segment: "s",
    country: "TW",
    owner: "o",
    role: "",
    status: "",
    evidence: "cited",
  };
  const either = toggle(toggle(noFilters(), "country", "JP"), "country", "TW");
  assert.equal(passes(either, facts), true);
  assert.equal(passes(toggle(either, "evidence", "uncited"), facts), false);
});

test("a date keeps what is as precise as the data says, and leaves the undated out", () => {
  const facts = { layer: "", segment: "", country: "", owner: "", role: "", status: "", evidence: "" };
  const filters = { ...noFilters(), since: "2024-05" };
  const kept = ["2024", "2024-05-01", "2025", "2024-04", "2023", undefined].map((d) =>
    passes(filters, facts, d),
  );
  assert.deepEqual(kept, [true, true, true, false, false, false]);
});

test("filters survive the fragment, in any order, and a bad date is left out", () => {
  const filters = { ...toggle(toggle(noFilters(), "role", "b&a=#"), "country", "TW"), since: "2024" };
  const params = new URLSearchParams();
  writeFilters(filters, params);
  assert.deepEqual(readFilters(new URLSearchParams(params.toString())), filters);
  assert.deepEqual(readFilters(new URLSearchParams("f.since=soon&f.country=")), noFilters());
});

test("choosing twice takes the choice back", () => {
  assert.deepEqual(toggle(toggle(noFilters(), "segment", "x"), "segment", "x"), noFilters());
});
