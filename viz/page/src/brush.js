/** Colours and fonts of the drawing, as the style sheet has them. */

/** @import { Say } from "./boxes.js" */
/** @import { Lang } from "./types.js" */
import { LANGS } from "./text.js";

/** @typedef {Record<string, string>} Palette colours by name, read from the style sheet */
/** @typedef {{palette: Palette, fonts: Record<Lang, string>, loopText: string, loopLang: Lang}} Brush */

const COLOURS = [
  "paper",
  "band",
  "panel",
  "card",
  "ink",
  "muted",
  "line",
  "hair",
  "wire",
  "flow",
  "first",
  "second",
  "third",
  "alert",
  "alertStrong",
  "alertLine",
  "alertInk",
  "lit",
  "litLine",
  "focus",
  "t0",
  "t1",
  "t2",
  "t3",
  "t4",
  "t5",
];

/** What the style sheet says, read anew as the colours change. @param {{lang: Lang, say: Say}} view @returns {Brush} */
export function readBrush({ lang, say }) {
  const style = getComputedStyle(document.documentElement);
  const palette = Object.fromEntries(
    COLOURS.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]),
  );
  const fonts = /** @type {Record<Lang, string>} */ (
    Object.fromEntries(LANGS.map((one) => [one, style.getPropertyValue(`--font-${one}`).trim()]))
  );
  return { palette, fonts, loopText: say("page.loop"), loopLang: lang };
}
