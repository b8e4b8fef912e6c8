import assert from "node:assert/strict";
import { test } from "node:test";
import {
  Answer,
  formatAnswerState,
  guessLang,
  listAnswerEntries,
  parseAnswerState,
  plain,
} from "../src/answer-model.js";
import { fillOf, lightAround, makeAnswer } from "../src/answer-scene.js";
import { search } from "../src/search.js";
import { curvesOf, findWire, placeLabels, pointAt } from "../src/wires.js";

/** Two firms, a chip, an engine that only the table has. */
const makePayload = () => ({
  title: "",
  pair: /** @type {[string, string]} */ (["TW", "JP"]),
  columns: ["v", "n"],
  rows: [
    [{ v: 0 }, { n: "10" }],
    [{ v: 1 }, { n: "9" }],
    [null, null],
  ],
  nodes: [
    { l: ["Vendor"], id: "ff", names: { en: "Formosa Foundry", zh: "福爾摩沙" }, side: 0, props: [] },
    { l: ["Vendor"], id: "ko", names: { ja: "菊光学" }, also: ["Kiku"], side: 1, props: [] },
    { l: ["Component"], id: "chip", names: { en: "Chip" }, props: [] },
    { l: ["Engine", "Old"], id: "7", names: {}, props: [] },
  ],
  rels: [
    { t: 0, a: 0, b: 2, props: [] },
    { t: 1, a: 1, b: 0, props: [] },
  ],
  types: [{ name: "OFFERS" }, { name: "SUPPLIES_NOT_IN_FORCE", short: "SUPPLIES", past: true }],
  lines: [
    { a: 0, b: 2, t: 0, r: [0] },
    { a: 1, b: 0, t: 1, r: [1] },
  ],
  drawn: 3,
  truncated: false,
  counts: { rows: 3, nodes: 4, rels: 2, skipped: 0 },
});
const answer = new Answer(/** @type {any} */ (makePayload()));
const BOARD = {
  width: 366,
  height: 150,
  wires: [
    [200, 20, 200, 120, 30],
    [200, 70, 200, 20, 20],
  ],
  places: /** @type {[number, number, number, number][]} */ ([
    [0, 0, 200, 40],
    [0, 50, 200, 40],
    [0, 100, 200, 40],
  ]),
};

test("a node has the name of the page's language, else a Latin one, else its label and id", () => {
  assert.deepEqual(answer.name(0, "zh"), { text: "福爾摩沙", lang: "zh" });
  assert.deepEqual(answer.name(0, "ja"), { text: "Formosa Foundry", lang: "en" });
  assert.deepEqual(answer.name(1, "en"), { text: "菊光学", lang: "ja" });
  assert.deepEqual(answer.name(3, "en"), { text: "Engine 7", lang: "en" });
});

test("cells are written as Cypher writes them", () => {
  assert.equal(answer.text(null, "en"), "null");
  assert.equal(answer.text({ r: 1 }, "en"), "菊光学 –SUPPLIES_NOT_IN_FORCE→ Formosa Foundry");
  assert.equal(
    answer.text(
      {
        p: [{ v: 2 }, { v: 0 }, { v: 1 }],
        s: [
          ["OFFERS", false],
          ["SUPPLIES", true],
        ],
      },
      "en",
    ),
    "Chip ←OFFERS– Formosa Foundry –SUPPLIES→ 菊光学",
  );
  assert.equal(
    answer.text({ l: ["a", { m: [["k", { n: "1" }]] }, { l: [{ k: "true" }, { t: "P2D" }] }] }, "en"),
    "[a, {k: 1}, [true, P2D]]",
  );
});

test("a column of numbers and nulls is numeric and is sorted by value", () => {
  assert.equal(answer.isNumeric(0), false);
  assert.equal(answer.isNumeric(1), true);
  assert.equal(answer.rank({ n: "10" }, "en"), 10);
  assert.equal(answer.rank({ v: 2 }, "en"), "Chip");
});

test("nodes are found by names in three scripts, aliases and ids", () => {
  const index = [...listAnswerEntries(answer)];
  /** @param {string} query */
  const find = (query) => search(index, query).hits.map((hit) => hit.key);
  assert.deepEqual(find("福爾摩沙"), ["n0"]);
  assert.deepEqual(find("kiku"), ["n1"]);
  assert.deepEqual(find("CHIP"), ["n2"]);
  assert.deepEqual(find("7"), ["n3"]);
});

test("text that steers writing direction is gone where no element holds it", () => {
  assert.equal(plain("\u202egnp.exe\u202c\u0000 a\n b"), "gnp.exe a b");
});

test("the script of a text is guessed by its letters", () => {
  assert.deepEqual(
    ["センサー", "台積電", "Chip"].map((text) => guessLang(text, "en")),
    ["ja", "zh", "en"],
  );
  assert.equal(guessLang("半導体", "ja"), "ja");
});

test("the fragment finds the state again, and nonsense is the first picture", () => {
  const state = parseAnswerState("#lang=ja&view=table&at=r1&list=rels", "en");
  assert.deepEqual(state, { lang: "ja", view: "table", at: "r1", tab: "details", list: "rels" });
  assert.deepEqual(parseAnswerState(formatAnswerState(state), "en"), state);
  assert.deepEqual(parseAnswerState("#lang=xx&view=x&list=__proto__", "zh"), {
    lang: "zh",
    view: "map",
    at: "",
    tab: "nodes",
    list: "rows",
  });
  for (const key of ["n4", "r9", "n-1", "nX", "", "n99999999"]) assert.equal(answer.find(key), null);
});

test("what is chosen lights up with what it is tied to", () => {
  assert.deepEqual(lightAround(answer, "n0")?.nodes, new Set([0, 2, 1]));
  assert.deepEqual(lightAround(answer, "n1")?.nodes, new Set([1, 0]));
  assert.deepEqual(lightAround(answer, "r0")?.nodes, new Set([0, 2]));
  assert.equal(lightAround(answer, "n3"), null); // the table has it, the picture not
  assert.equal(lightAround(answer, ""), null);
});

test("lines not in force are dashed and of the colour of their type", () => {
  const { wires, scene } = makeAnswer(answer, "en", BOARD, "");
  assert.deepEqual(
    wires.map(({ text, dashed, hue }) => [text, dashed, hue]),
    [
      ["OFFERS", false, 0],
      ["SUPPLIES", true, 1],
    ],
  );
  assert.deepEqual(
    scene.boxes.map(({ name, sub, tone }) => [name.text, sub, tone]),
    [
      ["Formosa Foundry", "Vendor", "circle"],
      ["菊光学", "Vendor", "square"],
      ["Chip", "Component", undefined],
    ],
  );
});

test("labels of other databases take fills in turn", () => {
  assert.deepEqual(
    ["Layer", "Segment", "Engine", "Old", undefined].map((label) => fillOf(answer, label)),
    ["band", "panel", "card", "band", "card"],
  );
});

test("on a telephone the chosen node stands first, alone with what it is tied to", () => {
  const payload = makePayload();
  payload.nodes = Array.from({ length: 12 }, (_, i) => ({ ...payload.nodes[0], id: `v${i}` }));
  payload.drawn = 12;
  const places = payload.nodes.map(
    (_, i) => /** @type {[number, number, number, number]} */ ([0, i * 50, 262, 40]),
  );
  const many = new Answer(/** @type {any} */ (payload));
  const { scene } = makeAnswer(many, "en", { ...BOARD, places }, "n1");
  assert.deepEqual(
    scene.boxes.map(({ key, y, sub }) => [key, y, sub]),
    [
      ["n1", 0, "Vendor"],
      ["n0", 50, "–SUPPLIES_NOT_IN_FORCE→"],
    ],
  );
});

/** @param {number[]} points @param {number} [bulge] */
const makeWire = (points, bulge = 0) => ({
  ...{ points, bulge, hue: 0, text: "OFFERS", dashed: false, lit: false, dim: false },
  key: `r${points[1]}`,
});

test("a line begins and ends at its points, an arc stands out by its bulge", () => {
  const [curve, next] = curvesOf(makeWire([0, 0, 100, 40, 200, 40]));
  assert.deepEqual(pointAt(curve, 0), [0, 0]);
  assert.deepEqual(pointAt(next, 1), [200, 40]);
  const [arc] = curvesOf(makeWire([10, 0, 10, 80], 30));
  assert.deepEqual(pointAt(arc, 0.5), [40, 40]);
});

test("types are written beside boxes and one another, or not at all", () => {
  const box = { key: "n0", kind: "node", x: 40, y: -10, w: 120, h: 30 };
  const wires = [makeWire([0, 0, 200, 0]), makeWire([0, 60, 200, 60]), makeWire([0, 62, 200, 62])];
  const placed = placeLabels(wires, [box], () => 40, 200);
  assert.deepEqual(
    placed.map(({ wire, x, y }) => [wire.key, Math.round(x), Math.round(y)]),
    [
      ["r60", 100, 60],
      ["r62", 39, 62],
    ],
  );
  assert.deepEqual(
    placeLabels([makeWire([190, 0, 190, 50], 20)], [], () => 40, 200),
    [],
  );
});

test("a click near a line finds it, one far from all finds nothing", () => {
  const wires = [makeWire([0, 0, 200, 0]), makeWire([0, 60, 200, 60])];
  assert.equal(findWire(wires, { x: 100, y: 57 }), "r60");
  assert.equal(findWire(wires, { x: 100, y: 30 }), "");
});
