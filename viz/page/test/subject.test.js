/** A page about one thing: where it opens. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { openAt } from "../src/subject.js";

test("opens at its subject unless the fragment says where", () => {
  assert.deepEqual(openAt("vendor:tsmc", ""), { at: "vendor:tsmc" });
  assert.deepEqual(openAt("vendor:tsmc", "#"), { at: "vendor:tsmc" });
  assert.deepEqual(openAt("vendor:tsmc", "#lang=ja"), {});
  assert.deepEqual(openAt(undefined, ""), {});
});
