import assert from "node:assert/strict";
import { test } from "node:test";
import {
  chooseLang,
  fill,
  formatDate,
  formatPeriod,
  formatShare,
  guessLang,
  makeSay,
  pickName,
  safeUrl,
  siteUrl,
} from "../src/text.js";

const MESSAGES = {
  "page.since": { en: "since {date}", ja: "{date}から", zh: "自 {date}" },
  "page.until": { en: "until {date}", ja: "{date}まで", zh: "至 {date}" },
  "page.from_to": { en: "{since} to {until}", ja: "{since}〜{until}", zh: "{since} 至 {until}" },
  "page.undated": { en: "dates unknown", ja: "時期不明", zh: "期間不明" },
};

test("the page opens in the first language of the reader that it speaks", () => {
  assert.equal(chooseLang(["ja-JP", "en"]), "ja");
  assert.equal(chooseLang(["zh-TW"]), "zh");
  assert.equal(chooseLang(["fr-FR", "ZH-hant-HK", "en"]), "zh");
  assert.equal(chooseLang(["ko", "de"]), "en");
  assert.equal(chooseLang([]), "en");
});

test("placeholders are filled; text that looks like one is left alone", () => {
  assert.equal(fill("{a} and {b}", { a: "{b}", b: 2 }), "{b} and 2");
  assert.equal(fill("{toString}", {}), "{toString}");
});

test("a message that is missing shows its key", () => {
  assert.equal(makeSay(MESSAGES, "en")("page.nothing"), "page.nothing");
  assert.equal(makeSay(MESSAGES, "en")("constructor"), "constructor");
});

test("a missing name is shown in Latin, else in what there is, and keeps its own language", () => {
  assert.deepEqual(pickName({ en: "TSMC", zh: "台積電" }, "ja"), { text: "TSMC", lang: "en" });
  assert.deepEqual(pickName({ zh: "柏昇" }, "en"), { text: "柏昇", lang: "zh" });
  assert.deepEqual(pickName({}, "en", "acme"), { text: "acme", lang: "en" });
});

test("dates are as precise as the data has them", () => {
  assert.deepEqual(
    ["2024", "2024-04", "2024-04-26"].map((date) => formatDate(date, "en")),
    ["2024", "2024-04", "2024-04-26"],
  );
  assert.deepEqual(
    ["2024", "2024-04", "2024-04-26"].map((date) => formatDate(date, "ja")),
    ["2024年", "2024年4月", "2024年4月26日"],
  );
  assert.equal(formatDate("about 2020", "zh"), "about 2020");
});

test("a period says what is known of it", () => {
  const say = makeSay(MESSAGES, "en");
  assert.equal(formatPeriod({ since: "2010", until: "2015" }, "en", say), "2010 to 2015");
  assert.equal(formatPeriod({ until: "2015" }, "en", say), "until 2015");
  assert.equal(formatPeriod({ since: "2010" }, "ja", makeSay(MESSAGES, "ja")), "2010年から");
  assert.equal(formatPeriod({}, "en", say), "dates unknown");
});

test("a share is written in per cent, to a tenth", () => {
  assert.equal(formatShare(0.704, "en"), "70.4%");
  assert.equal(formatShare(1, "ja"), "100%");
});

for (const url of [
  "javascript:alert(1)",
  "JAVASCRIPT:alert(1)",
  " javascript:alert(1)",
  "data:text/html,x",
  "//evil.example",
  "/etc/passwd",
  "file:///etc/passwd",
  "https://",
  "",
  undefined,
]) {
  test(`${JSON.stringify(url)} is no link`, () => assert.equal(safeUrl(url), null));
}

test("http and https are links", () => {
  assert.equal(safeUrl("https://example.org/a?b=c#d"), "https://example.org/a?b=c#d");
  assert.equal(safeUrl(" HTTP://EXAMPLE.org "), "http://example.org/");
});

test("a domain is a link, anything else that stands there is not", () => {
  assert.equal(siteUrl("aaeon.com"), "https://aaeon.com/");
  assert.equal(siteUrl("https://tsmc.com/x"), "https://tsmc.com/x");
  for (const text of ["javascript:alert(1)", "aaeon", "a.b onclick=x", "<a.b>", undefined])
    assert.equal(siteUrl(text), null);
});

test("the letters of a text, else the country, say in which shapes its Han characters are drawn", () => {
  assert.equal(guessLang("ソニー"), "ja");
  assert.equal(guessLang("ソニー", "TW"), "ja");
  assert.equal(guessLang("鴻海", "TW"), "zh-Hant");
  assert.equal(guessLang("東芝", "jp"), "ja");
  assert.equal(guessLang("华为", "CN"), "zh-Hans");
  assert.equal(guessLang("東芝"), undefined);
  assert.equal(guessLang("Foxconn", "TW"), "en");
});
