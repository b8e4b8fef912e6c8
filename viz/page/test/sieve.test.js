import assert from "node:assert/strict";
import { test } from "node:test";
import { KINDS, isSince, noFilters, toggle } from "../src/filters.js";
import { Model } from "../src/model.js";
import { ACROSS, AXES, UNKNOWN, choicesOf, countSince } from "../src/sieve.js";
import { countOff, seesGap } from "../src/sifted.js";
import { makePayload } from "./payload.js";

/** @import { Filters } from "../src/filters.js" */
/** @import { Payload } from "../src/types.js" */

/** Numbers below n, the same in each run. @param {number} seed @returns {(n: number) => number} */
function makeRandom(seed) {
  let state = seed;
  return (n) => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return Math.floor((state / 4294967296) * n);
  };
}

/** @param {number} seed @returns {Payload} a random graph with every kind of statement */
function makeRandomPayload(seed) {
  const random = makeRandom(seed);
  /** @template T @param {readonly T[]} list */
  const pick = (list) => list[random(list.length)];
  const base = makePayload();
  const names = { en: "x" };
  const vendors = Array.from({ length: 12 }, (_, i) => ({
    id: `v${i}`,
    country: pick(["TW", "JP", "KR"]),
    names,
    ...(i > 3 && random(3) === 0 ? { head: random(3) } : {}),
    ev: /** @type {const} */ ({ kind: "uncited" }),
  }));
  const segments = Array.from({ length: 5 }, (_, i) => ({
    id: `s${i}`,
    layer: i === 4 ? null : i % 2,
    nature: "hardware",
    names,
  }));
  const components = Array.from({ length: 9 }, (_, i) => ({
    ...base.components[0],
    id: `c${i}`,
    segment: random(5),
  }));
  const offers = Array.from({ length: 60 }, () => ({
    v: random(12),
    c: random(9),
    counted: random(4) > 0,
    status: pick([undefined, "volume", "pilot"]),
    role: pick([undefined, "leader"]),
    ev: {
      kind: pick(/** @type {const} */ (["cited", "report", "uncited"])),
      as_of: pick([undefined, "2019", "2021-03", "2021-03-09", "2024-11"]),
    },
  }));
  return { ...base, segments, components, vendors, offers, relations: [], findings: [] };
}

/** What a statement is, read from its rows. @param {Payload} payload @param {number} i */
function describe(payload, i) {
  const offer = payload.offers[i];
  const segment = payload.segments[payload.components[offer.c].segment];
  return {
    layer: segment.layer === null ? ACROSS : payload.layers[segment.layer].id,
    segment: segment.id,
    country: payload.vendors[offer.v].country,
    owner: payload.vendors[payload.vendors[offer.v].head ?? offer.v].id,
    role: offer.role ?? UNKNOWN,
    status: offer.status ?? UNKNOWN,
    evidence: offer.ev.kind,
    date: offer.ev.as_of ?? "",
  };
}

/** The statements left, one by one. @param {Payload} payload @param {Filters} filters */
const leftOf = (payload, filters) =>
  payload.offers
    .map((_, i) => i)
    .filter((i) => {
      const facts = describe(payload, i);
      const dated = filters.since === null || isSince(facts.date, filters.since);
      return dated && KINDS.every((kind) => !filters[kind].length || filters[kind].includes(facts[kind]));
    });

/** @param {Payload} payload @param {number} seed @returns {Filters} a few choices at random */
function chooseFilters(payload, seed) {
  const random = makeRandom(seed);
  let filters = noFilters();
  for (let n = random(5); n > 0; n--) {
    const kind = KINDS[random(KINDS.length)];
    const id = describe(payload, random(payload.offers.length))[kind];
    if (!filters[kind].includes(id)) filters = toggle(filters, kind, id);
  }
  return random(3) ? filters : { ...filters, since: "2021" };
}

test("what is left is what a look at each statement leaves, on random graphs", () => {
  for (let seed = 1; seed <= 60; seed++) {
    const payload = makeRandomPayload(seed);
    const filters = chooseFilters(payload, seed * 7);
    const left = new Model(payload).sift(filters);
    const wanted = leftOf(payload, filters);
    assert.deepEqual(
      payload.offers.map((_, i) => i).filter((i) => left.keep[i]),
      wanted,
    );
    assert.equal(left.statements, wanted.length);
    assert.equal(left.vendors, new Set(wanted.map((i) => payload.offers[i].v)).size);
    assert.equal(left.components, new Set(wanted.map((i) => payload.offers[i].c)).size);
  }
});

test("each choice leaves, alone in its kind, as many statements as its number says", () => {
  for (let seed = 1; seed <= 40; seed++) {
    const payload = makeRandomPayload(seed);
    const filters = chooseFilters(payload, seed * 11);
    const left = new Model(payload).sift(filters);
    for (const kind of KINDS)
      for (const [id, n] of choicesOf(left, kind))
        assert.equal(n, leftOf(payload, { ...filters, [kind]: [id] }).length, `${seed} ${kind} ${id}`);
    assert.equal(countSince(left, "2021"), leftOf(payload, { ...filters, since: "2021" }).length);
  }
});

test("cells count distinct firms and groups with a counted statement that is left", () => {
  const payload = makeRandomPayload(5);
  const filters = toggle(noFilters(), "evidence", "cited");
  const model = new Model(payload);
  const seen = model.through(model.sift(filters));
  for (let c = 0; c < payload.components.length; c++) {
    const rows = leftOf(payload, filters)
      .map((i) => payload.offers[i])
      .filter((offer) => offer.c === c && offer.counted && payload.vendors[offer.v].country === "TW");
    const cell = seen.cellsOf(c).TW;
    assert.equal(cell.vendors, new Set(rows.map(({ v }) => v)).size);
    assert.equal(cell.groups, new Set(rows.map(({ v }) => payload.vendors[v].head ?? v)).size);
  }
});

test("layers and segments count a firm once", () => {
  const payload = makeRandomPayload(8);
  const model = new Model(payload);
  const seen = model.through(model.sift(toggle(noFilters(), "country", "JP")));
  const all = payload.components.map((_, c) => c);
  const counted = payload.offers.filter((o) => o.counted && payload.vendors[o.v].country === "JP");
  assert.deepEqual(seen.countVendors(all), [0, new Set(counted.map(({ v }) => v)).size, 0]);
});

/** @param {Filters} filters @param {(payload: Payload) => void} [change] @returns {Model} the robot's chain through filters */
function look(filters, change) {
  const payload = makePayload();
  change?.(payload);
  const model = new Model(payload);
  return model.through(model.sift(filters));
}

test("a status that is chosen is counted, also where it is not counted otherwise", () => {
  const seen = look(toggle(noFilters(), "status", "pilot"));
  assert.equal(seen.cellsOf(1).JP.vendors, 1);
});

test("where the filters leave none of the firms known, a cell does not say that there are none", () => {
  const seen = look(toggle(noFilters(), "country", "KR"));
  assert.equal(seen.cellsOf(1).TW.state, "left out");
  assert.equal(seen.cellsOf(0).TW.state, "not known");
});

test("offers and ties are those of firms that are left; the whole graph stays at hand", () => {
  const seen = look(toggle(noFilters(), "country", "JP"));
  assert.deepEqual(seen.offersAt(1), [2]);
  assert.deepEqual(seen.offersOf(0), []);
  assert.deepEqual(seen.relationsOf(1), []);
  assert.deepEqual(seen.whole.offersAt(1), [0, 2, 3]);
  assert.deepEqual(seen.gapsAt(1), [0]);
});

test("a firm without statements is seen if its country and owner are, unless something else is chosen", () => {
  /** @param {Payload} payload */
  const addHolding = (payload) =>
    payload.vendors.push({ id: "holding", country: "TW", names: { en: "H" }, ev: { kind: "uncited" } });
  const inTaiwan = toggle(noFilters(), "country", "TW");
  assert.equal(look(inTaiwan, addHolding).seesVendor(4), true);
  assert.equal(look(toggle(noFilters(), "country", "JP"), addHolding).seesVendor(4), false);
  assert.equal(look(toggle(inTaiwan, "evidence", "uncited"), addHolding).seesVendor(4), false);
});

test("a gap stays while a root or a firm of it has a statement left", () => {
  const filters = toggle(noFilters(), "country", "KR");
  const seen = look(filters);
  assert.equal(seesGap(seen, seen.data.findings[0]), true);
  const elsewhere = look(toggle(filters, "segment", "robots"));
  assert.equal(seesGap(elsewhere, elsewhere.data.findings[0]), false);
});

test("a gap that nobody fills stays in the layers chosen, whatever else is chosen", () => {
  /** @param {Payload} payload */
  const addLens = (payload) => {
    payload.components.push({ ...payload.components[0], id: "lens" });
    payload.findings = [{ ...payload.findings[0], kind: "uncovered", roots: [3], vendors: [] }];
  };
  const inside = look(toggle(toggle(noFilters(), "layer", "solution"), "country", "KR"), addLens);
  assert.equal(seesGap(inside, inside.data.findings[0]), true);
  const outside = look(toggle(noFilters(), "layer", "ai"), addLens);
  assert.equal(seesGap(outside, outside.data.findings[0]), false);
});

test("what is kept back is counted as boxes: firms of a component, components of a segment, components and ties of a firm", () => {
  const seen = look(toggle(noFilters(), "country", "JP"));
  assert.equal(countOff(seen, "component:1"), 2);
  assert.equal(countOff(seen, "segment:0"), 1);
  assert.equal(countOff(seen, "vendor:0"), 1);
  assert.equal(countOff(seen.whole, "component:1"), 0);
});

test("codes are as narrow as their choices allow", () => {
  const { codes } = new Model(makePayload()).sift(noFilters());
  assert.ok(AXES.every((axis) => codes.axes[axis].of instanceof Uint8Array));
});
