import assert from "node:assert/strict";
import { test } from "node:test";
import { fold, foldName, listEntries, search, stripLegalForm } from "../src/search.js";
import { makePayload } from "./payload.js";

for (const [a, b] of [
  ["ＴＳＭＣ", "tsmc"],
  ["ｿﾆｰ", "ソニー"],
  ["すみとも", "スミトモ"],
  ["臺灣", "台湾"],
  ["Société", "societe"],
  ["Hon Hai", "hon-hai"],
  ["東京エレクトロン", "東京 エレクトロン"],
]) {
  test(`"${a}" and "${b}" are one spelling`, () => assert.equal(fold(a), fold(b)));
}

for (const [name, bare] of [
  ["台灣積體電路製造股份有限公司", "台灣積體電路製造"],
  ["株式会社日立製作所", "日立製作所"],
  ["㈱安川電機", "安川電機"],
  ["キーエンス㈱", "キーエンス"],
  ["Advantech Co., Ltd.", "advantech"],
  ["Sony Group Corporation", "sony group"],
  ["Fabco", "fabco"],
  ["株式会社", "株式会社"],
]) {
  test(`"${name}" without its legal form is "${bare}"`, () => assert.equal(stripLegalForm(name), bare));
}

test("a firm matches itself across legal forms and scripts", () => {
  assert.equal(foldName("鴻海精密工業股份有限公司"), foldName("鴻海精密工業"));
  assert.equal(foldName("富士通株式會社"), foldName("㈱富士通"));
});

test("a name is found by its beginning, an alias, a former name and an id, in any script", () => {
  const index = [...listEntries(makePayload())];
  /** @param {string} query */
  const keys = (query) => search(index, query).hits.map((hit) => hit.key);
  assert.deepEqual(keys("福爾摩沙"), ["vendor:0"]);
  assert.deepEqual(keys("福爾摩沙股份有限公司"), ["vendor:0"]);
  assert.deepEqual(keys("フジ"), []);
  assert.deepEqual(keys("富士"), ["vendor:1"]);
  assert.deepEqual(keys("ffc"), ["vendor:0"]);
  assert.deepEqual(keys("edo"), ["vendor:1"]);
  assert.deepEqual(keys("formosa-arm"), ["vendor:3"]);
  assert.deepEqual(keys("旅館"), ["solution:0"]);
});

test("what it was found by is told", () => {
  const index = [...listEntries(makePayload())];
  assert.equal(search(index, "edo").hits[0].hit.as, "former");
  assert.equal(search(index, "FFC").hits[0].hit.as, "also");
});

test("a whole name comes before a beginning, a beginning before a middle", () => {
  const index = [...listEntries(makePayload())];
  assert.deepEqual(
    search(index, "robot").hits.map((hit) => hit.key),
    ["component:0", "segment:0", "vendor:1"],
  );
});

test("more than the limit is counted, not listed", () => {
  const { hits, total } = search([...listEntries(makePayload())], "o", 2);
  assert.equal(hits.length, 2);
  assert.equal(total, 8);
});

test("a query of punctuation finds nothing", () => {
  assert.deepEqual(search([...listEntries(makePayload())], " ・、 "), { hits: [], total: 0 });
});
