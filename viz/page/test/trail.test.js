import assert from "node:assert/strict";
import { test } from "node:test";
import { sortByGravity } from "../src/gravity.js";
import { Model } from "../src/model.js";
import { formatState, parseState } from "../src/state.js";
import { followTrail, listAbove } from "../src/trail.js";
import { FINDING, makePayload } from "./payload.js";

test("a firm that is opened from a component keeps the component above it", () => {
  assert.deepEqual(followTrail({ at: "component:chip" }, "vendor:a"), ["component:chip"]);
  assert.deepEqual(followTrail({ at: "vendor:a", from: ["component:chip"] }, "vendor:b"), [
    "component:chip",
    "vendor:a",
  ]);
});

test("what is opened by search or anew has nothing above it", () => {
  assert.deepEqual(followTrail({ at: null }, "vendor:a"), []);
  assert.deepEqual(followTrail({ at: "segment:chips" }, "vendor:a"), []);
  assert.deepEqual(followTrail({ at: "vendor:a", from: ["component:chip"] }, "component:lens"), []);
  assert.deepEqual(followTrail({ at: "vendor:a" }, null), []);
});

test("going back along the way shortens it", () => {
  const state = { at: "vendor:b", from: ["component:chip", "vendor:a"] };
  assert.deepEqual(followTrail(state, "vendor:a"), ["component:chip"]);
  assert.deepEqual(followTrail(state, "vendor:b"), state.from);
});

test("of a long way the first step and the last ones are kept", () => {
  const state = { at: "vendor:c", from: ["component:chip", "vendor:a", "vendor:b"] };
  assert.deepEqual(followTrail(state, "vendor:d"), ["component:chip", "vendor:b", "vendor:c"]);
});

test("above a component stand its segment and its layer, above a firm the way to it", () => {
  const model = new Model(makePayload());
  const { components, segments, vendors } = model.data;
  const c = `component:${components[0].id}`;
  const s = components[0].segment;
  const place = [...(segments[s].layer === null ? [] : [`layer:${segments[s].layer}`]), `segment:${s}`];
  assert.deepEqual(listAbove(model, { at: c }), place);
  assert.deepEqual(listAbove(model, { at: `vendor:${vendors[0].id}`, from: [c] }), [...place, "component:0"]);
  assert.deepEqual(listAbove(model, { at: `vendor:${vendors[0].id}`, from: ["component:none"] }), []);
});

test("the way to a firm travels in the address", () => {
  const state = { ...parseState("", "en"), at: "vendor:a", from: ["component:chip"] };
  assert.deepEqual(parseState(formatState(state), "en"), state);
  assert.equal(parseState("#from=layer:x&from=javascript:1", "en").from, undefined);
});

test("roots of gaps come first, process steps last", () => {
  const payload = makePayload();
  const [first] = payload.components;
  payload.components = Array.from({ length: 4 }, (_, i) => ({ ...first, id: `c${i}`, stage: "input" }));
  payload.components[0].virtual = true;
  payload.requires = [];
  payload.offers = [];
  payload.findings = [
    { ...FINDING, unit: "country", roots: [2] },
    { ...FINDING, unit: "vendor", roots: [3] },
  ];
  assert.deepEqual(sortByGravity(new Model(payload), [0, 1, 2, 3]), [3, 2, 1, 0]);
});
