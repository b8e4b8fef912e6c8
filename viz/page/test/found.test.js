import assert from "node:assert/strict";
import { test } from "node:test";
import { findMatch, findNearest, groupHits } from "../src/found.js";
import { foldName, listCodes, listEntries, search } from "../src/search.js";
import { makePayload } from "./payload.js";

for (const [text, query, part] of [
  ["デンソー", "ﾃﾞﾝｿｰ", "デンソー"],
  ["ﾃﾞﾝｿｰ", "でんそー", "ﾃﾞﾝｿｰ"],
  ["Hon Hai Precision", "honhai", "Hon Hai"],
  ["台灣積體電路製造股份有限公司", "积体电路", "積體電路"],
  ["株式会社日立製作所", "㈱日立", "日立"],
  ["Société Générale", "generale", "Générale"],
  ["2330.TW", "2330", "2330"],
]) {
  test(`in "${text}", "${query}" matches "${part}"`, () => {
    const match = findMatch(text, query);
    assert.equal(match && text.slice(...match), part);
  });
}

test("what matches nowhere is not set off", () => assert.equal(findMatch("Sony", "tsmc"), null));

for (const [simple, full] of [
  ["台达电子", "台達電子"],
  ["联发科技", "聯發科技"],
  ["鸿海精密工业", "鴻海精密工業"],
  ["英业达股份有限公司", "英業達"],
]) {
  test(`"${simple}" finds "${full}"`, () => assert.equal(foldName(simple), foldName(full)));
}

test("a share is found by its number, and by the number as quotes have it", () => {
  const payload = makePayload();
  Object.assign(payload.vendors[0], { ticker: "2330", exchange: "TWSE" });
  const index = [...listEntries(payload)];
  for (const query of ["2330", "2330.TW", "２３３０．ｔｗ", "2330 TW"])
    assert.deepEqual(
      search(index, query).hits.map((hit) => hit.key),
      ["vendor:0"],
      query,
    );
});

test("of an exchange that is not known, the number alone is a code", () => {
  assert.deepEqual(listCodes("7203", "Mars"), ["7203"]);
  assert.deepEqual(listCodes(undefined, "TWSE"), []);
});

test("a misspelt name is near, and one of other characters is not", () => {
  const index = [...listEntries(makePayload())];
  assert.equal(search(index, "Formosa Fuondry").total, 0);
  assert.equal(findNearest(index, "Formosa Fuondry")[0].key, "vendor:0");
  assert.deepEqual(findNearest(index, "qqqq"), []);
});

test("hits stand by kind, the kind of the best first", () => {
  const index = [...listEntries(makePayload())];
  const groups = groupHits(search(index, "robot").hits);
  assert.deepEqual(
    groups.map((group) => group.map((hit) => hit.key)),
    [["component:0"], ["segment:0"], ["vendor:1"]],
  );
});
