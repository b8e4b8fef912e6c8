/** Which part of a name a search has matched, and the names that come nearest where it has matched none. Pure functions. */

/** @import { Entry, Hit } from "./search.js" */
import { fold, foldName } from "./search.js";

const PARTS = new Intl.Segmenter("en", { granularity: "grapheme" });

/**
 * Where a text, as it is written, matches a query that was typed in another width, script or spelling.
 * @param {string} text @param {string} query
 * @returns {[number, number]|null} from and to; null if no part of it does
 */
export function findMatch(text, query) {
  const wanted = foldName(query);
  if (!wanted) return null;
  let folded = "";
  /** @type {[number, number][]} of each character of the folded text, from where to where it comes */
  const from = [];
  // character by character as they are read: ﾃﾞ is one, and so is what a combining mark stands on
  for (const { segment, index } of PARTS.segment(text)) {
    const part = fold(segment);
    folded += part;
    for (let i = 0; i < part.length; i++) from.push([index, index + segment.length]);
  }
  const at = folded.indexOf(wanted);
  return at < 0 ? null : [from[at][0], from[at + wanted.length - 1][1]];
}

/** @param {string} text @returns {string[]} its pairs of characters; of one character, itself */
const pairsOf = (text) =>
  text.length < 2 ? [text] : Array.from({ length: text.length - 1 }, (_, i) => text.slice(i, i + 2));

/**
 * Names that share most pairs of characters with what was looked for (Dice's coefficient), at least half of them.
 * @param {Entry[]} index @param {string} query @param {number} [most]
 * @returns {Hit[]} nearest first, one for each thing
 */
export function findNearest(index, query, most = 3) {
  const wanted = foldName(query);
  if (wanted.length < 2) return [];
  const pairs = [...new Set(pairsOf(wanted))];
  /** @type {Hit[]} */
  const found = [];
  for (const { key, kind, spellings } of index) {
    /** @type {Hit|null} */
    let best = null;
    for (const hit of spellings) {
      const { folded } = hit;
      // a name of very different length cannot come near
      if (folded.length > 2 * wanted.length || wanted.length > 2 * folded.length) continue;
      let shared = 0;
      for (const pair of pairs) if (folded.includes(pair)) shared += 1;
      const score = (2 * shared) / (pairs.length + Math.max(folded.length - 1, 1));
      if (score >= 0.5 && score > (best?.score ?? 0)) best = { key, kind, hit, score };
    }
    if (best) found.push(best);
  }
  return found.sort((a, b) => b.score - a.score || (a.key < b.key ? -1 : 1)).slice(0, most);
}

/**
 * Hits by kind: the kind of the best hit first, in each the best first.
 * @param {Hit[]} hits best first @returns {Hit[][]}
 */
export function groupHits(hits) {
  /** @type {Map<string, Hit[]>} */
  const groups = new Map();
  for (const hit of hits) {
    const group = groups.get(hit.kind);
    if (group) group.push(hit);
    else groups.set(hit.kind, [hit]);
  }
  return [...groups.values()];
}
