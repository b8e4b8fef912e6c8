import assert from "node:assert/strict";
import { test } from "node:test";
import { writeCsv } from "../src/csv.js";
import { fileName } from "../src/save.js";
import { cleanXml } from "../src/svgpen.js";

test("a file for a spreadsheet has a byte order mark and the line ends of Windows", () => {
  assert.equal(writeCsv([["id", "名称"], ["tsmc", 3]]), "\ufeffid,名称\r\ntsmc,3\r\n"); // prettier-ignore
});

for (const text of ["=1+1", "+81", "-x", "@sum", "\t=1", "＝1", "＋1", "－1", "＠x"])
  test(`${JSON.stringify(text)} is text to a spreadsheet, as in what Python writes`, () => {
    assert.equal(writeCsv([[text]]), `\ufeff'${text}\r\n`);
  });

test("a line break before a formula does not hide it", () => {
  assert.equal(writeCsv([["\r=1"]]), '\ufeff"\'\r=1"\r\n');
});

test("numbers below zero stay numbers, and what is not known stays empty", () => {
  assert.equal(writeCsv([[-1, null, undefined, 0.5]]), "\ufeff-1,,,0.5\r\n");
});

test("commas, quotes and line breaks stay in their cell", () => {
  assert.equal(writeCsv([['a "b", c\nd']]), '\ufeff"a ""b"", c\nd"\r\n');
});

test("the name of a file holds nothing that a system forbids", () => {
  assert.equal(
    fileName("kizuna", 'component:a/b\\c<d>|"e*?', "2026-11-22"),
    "kizuna-component-a-b-c-d-e-2026-11-22",
  );
  assert.equal(fileName("..", "台積電", " "), "台積電");
});

test("what XML cannot hold is marked as lost, and all else is kept", () => {
  assert.equal(cleanXml("a\u0000b\ud800c\u{20000}\t𠮷"), "a\ufffdb\ufffdc\u{20000}\t𠮷");
});
