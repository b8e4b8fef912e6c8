import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { columnOf, unpackTables } from "../src/data.js";
import { noFilters } from "../src/filters.js";
import { formatState, parseState } from "../src/state.js";
import { decodeBase85, unpackJson } from "../src/unpack.js";

/** Base 85 as Python writes it. @param {Buffer} bytes */
function pack(bytes) {
  const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%:()*+-;,=.?@^_`{|}~";
  let text = "";
  for (let at = 0; at < bytes.length; at += 4) {
    let number = 0;
    for (let i = 0; i < 4; i++) number = number * 256 + (bytes[at + i] ?? 0);
    const group = Array.from({ length: 5 }, (_, i) => digits[Math.floor(number / 85 ** (4 - i)) % 85]);
    text += group.join("").slice(0, Math.min(4, bytes.length - at) + 1);
  }
  return text;
}

test("what Python packs is unpacked, every script and every quote of it", async () => {
  const data = { name: '台積電 ソニー \u2028 </script> " \\ 😀', list: [1, null, true] };
  const packed = pack(gzipSync(JSON.stringify(data)));
  assert.deepEqual(await unpackJson(` ${packed}\n`), data);
});

test("data that is cut short is an error, not half a page", async () => {
  await assert.rejects(unpackJson(pack(gzipSync(JSON.stringify({ a: 1 })).subarray(0, 20))));
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

test("five characters are four bytes, and the last group may be short", () => {
  // What Python's base64.b85encode gives, with its < > & as , . :
  assert.deepEqual([...decodeBase85("|NsC0")], [255, 255, 255, 255]);
  assert.deepEqual([...decodeBase85("009C61O)!")].length, 7);
  assert.deepEqual([...decodeBase85("00")], [0]);
  assert.deepEqual([...decodeBase85(" \n")], []);
});

test("tables that came as rows stay as they are, and have columns too", () => {
  const { meta, layers } = unpackTables({ meta: { n: "?" }, layers: [{ id: "ai" }] }, new Uint8Array());
  assert.deepEqual([meta, layers], [{ n: "?" }, [{ id: "ai" }]]);
  const { n, read } = columnOf({ layers }, "layers", "id");
  assert.deepEqual([n, read(0)], [1, "ai"]);
});

test("a row reads its columns, a mapping in it too, and its own id in its texts", () => {
  const bytes = new TextEncoder().encode("acme\nfuji\u0001.example");
  const table = {
    n: 2,
    c: {
      id: { k: "s", b: [0, 9] },
      site: { k: "r", c: { k: "d", d: { k: "s", b: [9, 9] }, m: 1, c: { k: "=", v: 0 } } },
      ev: { k: "t", c: { kind: { k: "=", v: "cited" } } },
    },
  };
  const { firms } = unpackTables({ firms: table }, bytes);
  assert.equal(firms, firms);
  assert.deepEqual(
    firms.map((/** @type {any} */ row) => [row.id, row.site, row.ev.kind, row.other]),
    [
      ["acme", "acme.example", "cited", undefined],
      ["fuji", "fuji.example", "cited", undefined],
    ],
  );
});

test("a mapping has the tables in it as rows, and the rest as it is", () => {
  const findings = { n: 2, c: { i: { k: "o", p: [0, 1], m: 1, c: { k: "=", v: 7 } } } };
  const { days } = unpackTables({ days: { list: ["2020-01-01"], findings } }, new Uint8Array([2]));
  assert.deepEqual(days.list, ["2020-01-01"]);
  assert.deepEqual(
    days.findings.map((/** @type {any} */ row) => row.i),
    [undefined, 7],
  );
});
