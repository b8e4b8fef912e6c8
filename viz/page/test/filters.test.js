import assert from "node:assert/strict";
import { test } from "node:test";
import {
  countActive,
  isFiltered,
  isSince,
  noFilters,
  readFilters,
  toggle,
  toggleLayer,
  writeFilters,
} from "../src/filters.js";

test("two choices of one kind and a date are three", () => {
  const either = toggle(toggle(noFilters(), "country", "JP"), "country", "TW");
  assert.equal(countActive({ ...either, since: "2024" }), 3);
  assert.equal(isFiltered(noFilters()), false);
});

test("a date keeps what is as precise as the data says, and leaves the undated out", () => {
  const kept = ["2024", "2024-05-01", "2025", "2024-04", "2023", ""].map((date) => isSince(date, "2024-05"));
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

test("a segment outside the layers chosen is no longer chosen", () => {
  const filters = toggle(toggle(noFilters(), "segment", "chips"), "segment", "robots");
  const layerOf = (/** @type {string} */ id) => (id === "chips" ? "ai" : "solution");
  assert.deepEqual(toggleLayer(filters, "ai", layerOf).segment, ["chips"]);
});

test("without a layer every segment stays chosen", () => {
  const filters = toggle(toggle(noFilters(), "segment", "chips"), "layer", "ai");
  assert.deepEqual(toggleLayer(filters, "ai", () => "ai").segment, ["chips"]);
});
