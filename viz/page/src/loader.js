/**
 * The one script that stands in the file as it is: it unpacks the style and the other scripts, and adds them.
 *
 * They travel packed because that is a third of their size. The policy of the page lists the hash of each, and a
 * browser runs no other, so that what is unpacked here can be nothing but what the page was written with.
 */

import { applyTheme } from "./memory.js";
import { fail, readStart, tell, textOf } from "./start.js";
import { HTML_LANG } from "./text.js";
import { unpackBytes, unpackJson } from "./unpack.js";

/** A script's text as browsers want it that know the policy's last rule. @param {string} text @returns {string} */
const trust = (text) => policy?.createScript(text) ?? text;
const policy = /** @type {any} */ (globalThis).trustedTypes?.createPolicy("kizuna", {
  createScript: (/** @type {string} */ text) => text,
});

const NOTICE = 250; // milliseconds

const start = readStart();
applyTheme();
document.documentElement.lang = HTML_LANG[start.lang];
// most pages are there before a reader would have read that they are coming
setTimeout(() => {
  if (!document.getElementById("app")?.childElementCount) tell(start.words.loading[start.lang]);
}, NOTICE);
// a file that was changed on its way
document.addEventListener("securitypolicyviolation", ({ violatedDirective }) => {
  if (!document.documentElement.dataset.ready) fail(start, violatedDirective);
});
// the scripts unpack their data with the same functions, which run fast by then
Object.assign(globalThis, { kizunaUnpack: { unpackBytes, unpackJson } });
unpackJson(textOf("kizuna-code"))
  .then(({ style, scripts }) => {
    const sheet = document.createElement("style");
    sheet.textContent = style;
    document.head.append(sheet);
    for (const text of scripts) {
      const script = document.createElement("script");
      script.text = trust(text);
      document.body.append(script);
    }
  })
  .catch((error) => fail(start, error));
