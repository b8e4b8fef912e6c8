import assert from "node:assert/strict";
import { test } from "node:test";
import { findAimed, nearest } from "../src/aim.js";
import { sortRows } from "../src/board.js";
import { MOST_DRAWN, countsOf, markOf } from "../src/boxes.js";
import { makeVendor } from "../src/firm.js";
import { makeComponent } from "../src/hubs.js";
import { Model } from "../src/model.js";
import { makeLayer, makeSegment } from "../src/layers.js";
import { makeChain, makeOverview } from "../src/scenes.js";
import { foldLit, lightFinding } from "../src/witness.js";
import { clipText, listPieces, wrapText } from "../src/wrap.js";
import { FINDING, makePayload } from "./payload.js";

/** @import { SceneBox } from "../src/types.js" */
/** @param {import("../src/types.js").Payload} [payload] @param {boolean} [narrow] */
const makeView = (payload = makePayload(), narrow = false) => ({
  model: new Model(payload),
  lang: /** @type {const} */ ("en"),
  say: (/** @type {string} */ key) => key,
  narrow,
});

/** @param {SceneBox[]} boxes */
function findOverlaps(boxes) {
  const hits = [];
  for (const [i, a] of boxes.entries()) {
    for (const b of boxes.slice(i + 1))
      if (a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h) hits.push([a.key, b.key]);
  }
  return hits;
}

/** A component with `n` vendors of each country. @param {number} n */
function makeCrowd(n) {
  const payload = makePayload();
  const countries = ["TW", "JP", "KR"];
  payload.vendors = Array.from({ length: 3 * n }, (_, i) => ({
    id: `v${i}`,
    country: countries[i % 3],
    names: { en: `Vendor ${i}` },
    ev: { kind: "uncited" },
  }));
  payload.offers = payload.vendors.map((_, v) => ({ v, c: 1, counted: true, ev: { kind: "uncited" } }));
  return payload;
}

test("the first country stands left of the component, the second right, others below", () => {
  const { boxes } = makeComponent(makeView(), 1);
  /** @param {string} key */
  const at = (key) => /** @type {SceneBox} */ (boxes.find((box) => box.key === key));
  assert.ok(at("vendor:0").x + at("vendor:0").w < at("component:1").x);
  assert.ok(at("component:1").x + at("component:1").w < at("vendor:1").x);
  assert.ok(at("vendor:2").y > Math.max(at("vendor:0").y + 40, at("vendor:1").y + 40, at("component:1").y));
});

test("an offer that does not count is dashed", () => {
  const { boxes } = makeComponent(makeView(), 1);
  assert.deepEqual(
    boxes.filter((box) => box.dashed).map((box) => box.key),
    ["vendor:1"],
  );
});

for (const narrow of [false, true]) {
  for (const n of [0, 1, 7, 40, 300]) {
    test(`no boxes overlap around a component with ${n} vendors a country${narrow ? ", on a telephone" : ""}`, () => {
      const scene = makeComponent(makeView(makeCrowd(n), narrow), 1);
      assert.deepEqual(findOverlaps(scene.boxes), []);
      assert.ok(scene.boxes.length <= MOST_DRAWN);
      assert.equal(scene.boxes.filter((box) => box.kind === "vendor").length + scene.hidden, 3 * n);
    });
  }
}

test("a firm's picture shows what it offers and whom it is tied to", () => {
  const { boxes } = makeVendor(makeView(), 1);
  assert.deepEqual(
    boxes.filter((box) => box.kind === "component").map((box) => box.key),
    ["component:0", "component:1"],
  );
  assert.deepEqual(
    boxes.filter((box) => box.kind === "vendor").map((box) => [box.key, box.sub]),
    [
      ["vendor:0", "page.undated"],
      ["vendor:2", "page.history · page.until"],
    ],
  );
  assert.deepEqual(findOverlaps(boxes), []);
});

/** @param {Partial<import("../src/types.js").Relation>[]} relations of vendor 0 with vendor 1 if they do not say otherwise */
const makeTied = (relations) => {
  const payload = makePayload();
  payload.relations = relations.map((one) => ({
    ...{ type: "SUPPLIES", from: 0, to: 1, in_force: true, ev: { kind: "uncited" } },
    ...one,
  }));
  return makeView(payload);
};

test("ties stand in groups by kind and direction, each firm once", () => {
  const view = makeTied([
    {},
    { type: "OWNS", from: 1, to: 0 },
    { from: 2, to: 0 },
    { type: "PARTNERS_WITH", to: 2 },
  ]);
  const { boxes, frames, edges } = makeVendor(view, 0);
  const kinds = boxes.filter((box) => box.key.startsWith("kind:")).map((box) => box.key.slice(7));
  assert.deepEqual(kinds, ["OWNS:in", "SUPPLIES:in"]);
  assert.deepEqual(
    frames.map((frame) => frame.key.slice(7)),
    kinds,
  );
  assert.deepEqual(
    boxes.filter((box) => box.kind === "vendor").map((box) => [box.key, box.sub]),
    [
      ["vendor:1", "+ page.tie-SUPPLIES-out"],
      ["vendor:2", "+ page.tie-PARTNERS_WITH-out"],
    ],
  );
  assert.deepEqual(findOverlaps(boxes), []);
  assert.ok(edges.every((edge) => !edge.to.startsWith("end:") || !edge.arrow));
});

test("an arrow points from who gives to who gets, and a mutual tie has none", () => {
  for (const [relation, to, arrow] of /** @type {const} */ ([
    [{}, "end", true],
    [{ from: 1, to: 0 }, "hub", true],
    [{ type: "JOINT_VENTURE_WITH" }, "end", false],
  ])) {
    const tie = makeVendor(makeTied([relation]), 0).edges.find((edge) => /^(end|hub)/.test(edge.to));
    assert.deepEqual([tie?.to.slice(0, 3), tie?.arrow], [to, arrow]);
  }
});

test("a tie says its share, its dates and what it is for; one of the past is dashed", () => {
  const view = makeTied([
    { type: "OWNS", share: 0.6, control: "no", since: "2015", until: "2020", in_force: false },
  ]);
  const box = makeVendor(view, 0).boxes.find((one) => one.key === "vendor:1");
  assert.equal(box?.sub, "page.history · 60% · page.control-no · page.from_to");
  assert.equal(box?.dashed, true);
  assert.equal(makeVendor(view, 0).edges.find((edge) => edge.to.startsWith("end:"))?.dashed, true);
  const supply = makeVendor(makeTied([{ c: 1 }]), 0).boxes.find((one) => one.key === "vendor:1");
  assert.equal(supply?.sub, "Foundry");
});

for (const narrow of [false, true])
  test(`a firm with a thousand ties draws no more than may be${narrow ? ", on a telephone" : ""}`, () => {
    const payload = makeCrowd(400);
    payload.relations = payload.vendors.slice(1).map((_, i) => ({
      ...{ type: i % 2 ? "SUPPLIES" : "OWNS", from: 0, to: i + 1, in_force: true, ev: { kind: "uncited" } },
    }));
    const scene = makeVendor(makeView(payload, narrow), 0);
    assert.ok(scene.boxes.length <= 500);
    assert.equal(scene.boxes.filter((box) => box.kind === "vendor").length + scene.hidden, 1199);
    assert.deepEqual(findOverlaps(scene.boxes), []);
  });

test("a segment's picture holds its components", () => {
  const { boxes, hidden } = makeSegment(makeView(), 0);
  assert.deepEqual(
    boxes.map((box) => box.key),
    ["segment:0", "component:0", "component:2"],
  );
  assert.equal(hidden, 0);
});

test("a layer's picture holds its segments with their components, and says what it leaves out", () => {
  const { key, boxes, frames, hidden } = makeLayer(makeView(), 0);
  assert.equal(key, "layer:0");
  assert.deepEqual(boxes[0].key, "layer:0");
  assert.deepEqual(
    frames.map((frame) => frame.key),
    boxes.filter((box) => box.kind === "segment").map((box) => box.key),
  );
  assert.equal(hidden, 0);
  assert.deepEqual(findOverlaps(boxes), []);
});

for (const narrow of [false, true])
  test(`a segment of thousands draws no more than may be${narrow ? ", on a telephone" : ""}`, () => {
    const payload = makePayload();
    const [first] = payload.components;
    payload.components = Array.from({ length: 3000 }, (_, i) => ({ ...first, id: `c${i}`, segment: 0 }));
    payload.findings = [];
    payload.offers = [];
    payload.requires = [];
    for (const scene of [
      makeSegment(makeView(payload, narrow), 0),
      makeLayer(makeView(payload, narrow), payload.segments[0].layer ?? 0),
    ]) {
      const drawn = scene.boxes.filter((box) => box.kind === "component").length;
      assert.ok(scene.boxes.length <= 500);
      assert.equal(drawn + scene.hidden, 3000);
      assert.deepEqual(findOverlaps(scene.boxes), []);
      assert.ok(scene.boxes.some((box) => box.key === "more:0"));
    }
  });

test("a telephone shows what lights up, each step under the one that needs it", () => {
  const { boxes } = makeChain(makeView(makePayload(), true), lightFinding(FINDING, "solution:0"), "chain");
  assert.deepEqual(
    boxes.map((box) => [box.key, box.x]),
    [
      ["solution:0", 8],
      ["component:0", 24],
      ["component:1", 40],
      ["component:2", 24],
    ],
  );
});

test("not known is a question mark, not a zero", () => {
  const payload = makePayload();
  payload.components[0].cells.TW = { vendors: 0, groups: 0, state: "none", level: "complete" };
  assert.deepEqual(
    countsOf(makeView(payload), 0).map((count) => count.text),
    ["TW 0", "JP 1"],
  );
  assert.deepEqual(
    countsOf(makeView(), 0).map((count) => count.text),
    ["TW ?", "JP 1"],
  );
});

test("the gravest of several gaps is the mark, and the others are counted", () => {
  const payload = makePayload();
  payload.findings = [
    { ...FINDING, kind: "dominant" },
    { ...FINDING, verdict: "confirmed" },
  ];
  const mark = markOf(makeView(payload), [0, 1]);
  assert.equal(mark?.glyph, "confirmed");
  assert.equal(mark?.text, "page.mark-only +1");
  assert.equal(markOf(makeView(), []), undefined);
});

test("vendors are counted once however many components they offer, by side of the pair", () => {
  const { model } = makeView();
  assert.deepEqual(model.countVendors([0, 1, 2]), [2, 1, 1]);
});

const measure = (/** @type {string} */ text) => text.length;

test("a name is broken between words, and what does not fit ends in an ellipsis", () => {
  assert.deepEqual(wrapText(measure, "Ethernet switch and router", 15, 2), ["Ethernet switch", "and router"]);
  assert.deepEqual(wrapText(measure, "Industrial embedded computer and board", 12, 2), [
    "Industrial",
    "embedded co…",
  ]);
  assert.deepEqual(wrapText(measure, "", 12, 2), []);
});

test("a fragile gap says in its mark that it is one", () => {
  const payload = makePayload();
  payload.findings[0] = { ...FINDING, verdict: "fragile" };
  assert.equal(markOf(makeView(payload), [0])?.text, "page.mark-only-fragile");
  payload.findings[0] = { ...FINDING, verdict: "fragile", kind: "uncovered", unit: null, member: null };
  assert.equal(markOf(makeView(payload), [0])?.text, "page.mark-nobody-fragile");
});

test("Japanese and Chinese break between words, never before a closing mark", () => {
  assert.deepEqual(wrapText(measure, "画像処理システム", 5, 2, "ja"), ["画像処理", "システム"]);
  for (const line of wrapText(measure, "コンピューター・ボード（産業用）", 6, 9, "ja"))
    assert.doesNotMatch(line, /^[ー・）、。]/);
  assert.ok(listPieces("乙太網路交換器", "zh").length > 1);
});

test("clipping never splits a character in two", () => {
  assert.equal(
    clipText((text) => [...text].length, "𠮷野家𠮷野家", 3),
    "𠮷野…",
  );
});

test("arrow keys go to the nearest box in that direction", () => {
  const boxes = [
    [0, 0],
    [100, 0],
    [0, 50],
    [100, 60],
  ].map(([x, y], i) => ({
    key: `component:${i}`,
    kind: "component",
    x,
    y,
    w: 80,
    h: 30,
    name: { text: "", lang: /** @type {const} */ ("en") },
  }));
  assert.equal(nearest(boxes, "", [1, 0]), "component:0");
  assert.equal(nearest(boxes, "component:0", [1, 0]), "component:1");
  assert.equal(nearest(boxes, "component:0", [0, 1]), "component:2");
  assert.equal(nearest(boxes, "component:0", [-1, 0]), "component:0");
});

test("rows that are equal in a column keep the order of the data, up and down", () => {
  assert.deepEqual(sortRows([2, 1, 2, -1], true, "en"), [0, 2, 1, 3]);
  assert.deepEqual(sortRows(["b", "a", "b"], false, "en"), [1, 0, 2]);
});

/** One segment of six components that shows two of them, and a box for the rest. */
function makeFolded() {
  const payload = makePayload();
  payload.segments = payload.segments.slice(0, 1);
  const [first] = payload.components;
  payload.components = Array.from({ length: 6 }, (_, i) => ({ ...first, id: `c${i}`, segment: 0 }));
  /** @param {string} key @param {string} kind @param {number} y */
  const box = (key, kind, y) => ({ key, kind, x: 0, y, w: 100, h: 30 });
  const boxes = [
    box("component:0", "component", 0),
    box("component:1", "component", 40),
    box("more:0", "more", 80),
  ];
  const board = { width: 100, height: 110, boxes, frames: [] };
  return { view: makeView(payload), boards: { wide: board, narrow: board } };
}

/** @param {string[]} keys @param {string[]} roots */
const light = (keys, roots = []) => ({
  nodes: new Set(keys),
  roots: new Set(roots),
  edges: [],
  depth: new Map(),
  steps: 0,
});

test("a folded segment counts what it does not show", () => {
  const { view, boards } = makeFolded();
  const say = (/** @type {string} */ key, /** @type {any} */ params) => `${key} ${params?.n}`;
  const scene = makeOverview({ ...view, say }, boards);
  assert.equal(scene.boxes[2].name.text, "page.more 4");
});

test("what lights up takes the place of what does not, and only as far as there are places", () => {
  const { view, boards } = makeFolded();
  const keys = (/** @type {any} */ lit) => makeOverview(view, boards, lit).boxes.map((box) => box.key);
  assert.deepEqual(keys(light(["component:5"])), ["component:0", "component:5", "more:0"]);
  assert.deepEqual(keys(light(["component:0", "component:5"])), ["component:0", "component:5", "more:0"]);
  const three = light(["component:3", "component:4", "component:5"], ["component:5"]);
  assert.deepEqual(keys(three), ["component:3", "component:5", "more:0"]);
  const shown = foldLit(view.model, three, makeOverview(view, boards, three));
  assert.deepEqual([...shown.nodes], ["component:3", "more:0", "component:5"]);
});

test("a process step has no counts", () => {
  const { view, boards } = makeFolded();
  view.model.data.components[1].virtual = true;
  const [plain, step] = makeOverview(view, boards).boxes;
  assert.ok(plain.counts?.length);
  assert.equal(step.counts, undefined);
  assert.equal(step.dashed, true);
});

test("a first word that is too long is cut, also where more lines follow", () => {
  const rows = wrapText((text) => text.length, "Telecommunications service of all kinds", 12, 2);
  assert.ok(
    rows.every((row) => row.length <= 12),
    rows.join("|"),
  );
  assert.equal(rows[0], "Telecommuni…");
});

test("a line between firms opens what its heading opens, within seven pixels of it", () => {
  const scene = makeVendor(makeView(), 0);
  const line = scene.edges.find((edge) => edge.opens);
  const [a, b] = [line?.from, line?.to].map((key) => scene.ports.find((port) => port.key === key));
  assert.ok(a && b);
  const middle = { x: (a.x + b.x) / 2 + 1, y: (a.y + b.y) / 2 + 1 };
  assert.equal(findAimed(scene, middle, 1)?.key, "kind:1:SUPPLIES:out");
  assert.equal(findAimed(scene, { x: middle.x, y: middle.y + 20 }, 1), null);
});
