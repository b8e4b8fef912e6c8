import assert from "node:assert/strict";
import { test } from "node:test";
import { lightFinding, lightWitness, listTargets } from "../src/witness.js";
import { FINDING } from "./payload.js";

test("a chain lights its nodes, its edges and its root", () => {
  const lit = lightWitness(FINDING.witness["component:0"]);
  assert.deepEqual([...lit.nodes], ["component:0", "component:1"]);
  assert.deepEqual([...lit.roots], ["component:1"]);
  assert.deepEqual(lit.edges, [{ from: "component:0", to: "component:1" }]);
  assert.equal(lit.steps, 1);
});

test("every alternative of a choice lights up, a shared root once", () => {
  const lit = lightWitness(FINDING.witness["solution:0"]);
  assert.deepEqual([...lit.nodes].sort(), ["component:0", "component:1", "component:2", "solution:0"]);
  assert.equal(lit.edges.length, 4);
  assert.equal(lit.depth.get("component:1"), 2);
});

test("targets are solutions first, each by number", () => {
  assert.deepEqual(listTargets(FINDING), ["solution:0", "component:0"]);
  const many = {
    ...FINDING,
    witness: Object.fromEntries(
      ["solution:10", "solution:9", "component:2"].map((key) => [key, FINDING.witness["solution:0"]]),
    ),
  };
  assert.deepEqual(listTargets(many), ["solution:9", "solution:10", "component:2"]);
});

test("without a target chosen the first one lights up; one that is not there counts as none", () => {
  assert.deepEqual(lightFinding(FINDING, null), lightFinding(FINDING, "solution:0"));
  assert.deepEqual(lightFinding(FINDING, "solution:99"), lightFinding(FINDING, "solution:0"));
  assert.deepEqual(lightFinding(FINDING, "__proto__"), lightFinding(FINDING, "solution:0"));
});

test("a finding without witness lights its roots", () => {
  const lit = lightFinding({ ...FINDING, witness: {} }, null);
  assert.deepEqual([...lit.nodes], ["component:1"]);
  assert.deepEqual(lit.edges, []);
});
