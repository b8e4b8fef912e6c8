import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { decodeBase64, makeRows, unpackJson, unpackTables } from "../src/data.js";
import { noFilters } from "../src/filters.js";
import { formatState, parseState } from "../src/state.js";

test("what Python packs is unpacked, every script and every quote of it", async () => {
  const data = { name: '台積電 ソニー \u2028 </script> " \\ 😀', list: [1, null, true] };
  const packed = gzipSync(JSON.stringify(data)).toString("base64");
  assert.deepEqual(await unpackJson(` ${packed}\n`), data);
});

test("bytes above 127 survive", () => {
  assert.deepEqual([...decodeBase64(Buffer.from([0, 127, 128, 255]).toString("base64"))], [0, 127, 128, 255]);
});

test("data that is cut short is an error, not half a page", async () => {
  const packed = gzipSync(JSON.stringify({ a: 1 }))
    .subarray(0, 20)
    .toString("base64");
  await assert.rejects(unpackJson(packed));
});

test("a state is found again in its own fragment", () => {
  /** @type {import("../src/types.js").State} */
  const state = {
    lang: "ja",
    view: "table",
    at: "component:plc",
    gap: "GAP-1",
    target: "solution:inn",
    pick: "line-up:2",
    tab: "whatif",
    lost: ["country:TW", "group:foxconn", "vendor:tsmc"],
    on: "2017-06-30",
    filters: { ...noFilters(), layer: ["ai", "cloud"], since: "2024" },
  };
  assert.deepEqual(parseState(formatState(state), "en"), state);
});

test("a fragment that says nothing sensible gives the first picture", () => {
  const none = {
    at: null,
    gap: null,
    target: null,
    tab: "",
    lost: [],
    on: null,
    filters: noFilters(),
  };
  const first = { lang: "zh", view: "map", ...none };
  assert.deepEqual(parseState("", "zh"), first);
  assert.deepEqual(parseState("#lang=xx&view=3d&tab=%3Cscript%3E&lost=all&on=soon", "zh"), first);
});

test("columns read as rows: plain, coded, nested, and what a row lacks", () => {
  const rows = makeRows({
    n: 3,
    c: {
      id: ["a", "b", "c"],
      kind: { d: ["cited", null], i: [0, 1, 0] },
      ev: { t: { n: 3, c: { s: [7, null, 0] } } },
    },
  });
  assert.deepEqual(
    rows.map((row) => [row.id, row.kind, row.ev.s, row.other]),
    [
      ["a", "cited", 7, undefined],
      ["b", undefined, undefined, undefined],
      ["c", "cited", 0, undefined],
    ],
  );
});

test("tables that came as rows stay as they are", () => {
  const { vendors, meta, layers } = unpackTables({
    vendors: { n: 1, c: { id: ["x"] } },
    meta: { n: "?" },
    layers: [{ id: "ai" }],
  });
  assert.equal(vendors[0].id, "x");
  assert.deepEqual([meta, layers], [{ n: "?" }, [{ id: "ai" }]]);
});
