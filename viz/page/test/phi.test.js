import assert from "node:assert/strict";
import { test } from "node:test";
import { evaluate, listLost } from "../src/phi.js";

const NONE = { vendors: [], groups: [], countries: [] };
/** Vendors 0 TW, 1 JP (of group 0), 2 US; component 0 is made of 1 or 2; a solution needs 0 and the import 3. */
const make = (/** @type {number[]=} */ own) =>
  /** @type {any} */ ({
    meta: { pair: ["TW", "JP"], country_by: "seat" },
    vendors: [{ country: "TW" }, { country: "JP", head: 0 }, { country: "US" }],
    components: [{}, {}, {}, {}],
    solutions: [{}],
    offers: [
      [0, 0, own],
      [0, 1],
      [1, 2],
      [2, 3],
      [2, 0],
    ].map(([v, c, o]) => ({ v, c, counted: true, own: o })),
    requires: [
      { from: ["component", 0], to: ["component", 1], alt: "x" },
      { from: ["component", 0], to: ["component", 2], alt: "x" },
      { from: ["solution", 0], to: ["component", 0] },
      { from: ["solution", 0], to: ["component", 3] },
    ],
  });

test("losses run over every hop, and an import that is named is gone", () => {
  assert.equal(evaluate(make([]), NONE).size, 5);
  assert.deepEqual(listLost(make([]), { ...NONE, vendors: [1] }), ["component:2"]);
  assert.deepEqual(listLost(make([]), { ...NONE, countries: ["US"] }), ["component:3", "solution:0"]);
  assert.deepEqual(listLost(make([]), { ...NONE, groups: [0] }), [
    "component:0",
    "component:1",
    "component:2",
    "solution:0",
  ]);
});
