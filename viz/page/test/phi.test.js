import assert from "node:assert/strict";
import { test } from "node:test";
import { Chain } from "../src/phi.js";
import { Steps } from "../src/steps.js";

/**
 * Vendors a (TW), b (JP, of a's group) and c (US); component 0 is made of 1 or 2; a solution needs 0 and the import 3.
 * @param {number[]} [own] what a makes itself for component 0 @param {object} [meta]
 */
const make = (own, meta = {}) =>
  new Chain(
    /** @type {any} */ ({
      meta: { pair: ["TW", "JP"], country_by: "seat", within: "pair", ...meta },
      vendors: [
        { id: "a", country: "TW" },
        { id: "b", country: "JP", head: 0 },
        { id: "c", country: "US" },
      ],
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
    }),
  );
/** @param {Chain} chain @param {...string} ids @returns {Record<string, number>} what is lost, and at which step */
const lose = (chain, ...ids) => {
  const { hop } = chain.ask(ids);
  return Object.fromEntries(
    [...hop.entries()].filter(([, at]) => at >= 0).map(([n, at]) => [chain.key(n), at]),
  );
};

test("losses run over every hop, and an import that is named is gone", () => {
  assert.deepEqual(lose(make(), "vendor:b"), { "component:2": 0 });
  assert.deepEqual(lose(make(), "country:US"), { "component:3": 0, "solution:0": 1 });
  assert.deepEqual(lose(make(), "group:b"), {
    "component:0": 0,
    "component:1": 0,
    "component:2": 0,
    "solution:0": 1,
  });
});

test("in the world a third country steps in, and one made in house needs no part", () => {
  const world = { within: "world" };
  assert.deepEqual(lose(make(undefined, world), "vendor:a"), { "component:1": 0 });
  assert.deepEqual(lose(make(undefined, world), "vendor:a", "vendor:b"), {
    "component:1": 0,
    "component:2": 0,
    "component:0": 1,
    "solution:0": 2,
  });
  assert.deepEqual(make([1]).ask(["vendor:b"]).saved, []);
  assert.deepEqual(make().ask(["vendor:b"]).saved, [0, 4]);
});

test("a chain that lights up leads from what is lost to whom nobody is left to offer", () => {
  const chain = make();
  const loss = chain.ask(["country:US"]);
  const lit = chain.light(loss, 4);
  assert.deepEqual([...lit.nodes], ["solution:0", "component:3"]);
  assert.deepEqual([...lit.roots], ["component:3"]);
  assert.deepEqual(chain.because(loss, 4), [3]);
});

test("what the data do not have is said and takes nothing away", () => {
  const loss = make().ask(["vendor:nobody", "country:XX"]);
  assert.deepEqual(loss.unknown, ["vendor:nobody", "country:XX"]);
  assert.deepEqual(lose(make(), "vendor:nobody"), {});
});

test("steps go back and forth, and a new step forgets the way forth", () => {
  /** @type {string[][]} */
  const shown = [];
  const steps = new Steps((lost) => shown.push(lost));
  steps.take([], ["a"]);
  steps.take(["a"], ["a", "b"]);
  steps.describe().undo();
  steps.describe().undo();
  steps.describe().redo();
  assert.deepEqual(shown, [["a"], [], ["a"]]);
  steps.take(["a"], ["c"]);
  assert.deepEqual([steps.describe().past, steps.describe().future], [2, 0]);
});

test("the browser's own way back is a step back, and elsewhere is a new step", () => {
  const steps = new Steps(() => {});
  steps.take([], ["a"]);
  steps.follow(["a"], []);
  assert.deepEqual([steps.describe().past, steps.describe().future], [0, 1]);
  steps.follow([], ["a"]);
  assert.deepEqual([steps.describe().past, steps.describe().future], [1, 0]);
  steps.follow(["a"], ["b"]);
  assert.deepEqual([steps.describe().past, steps.describe().future], [2, 0]);
});
