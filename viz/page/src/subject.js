/** A page about one thing: where it opens, what it is called, which part of the data it holds. */

/** @import { Say } from "./boxes.js" */
/** @import { Model } from "./model.js" */
/** @import { Lang, State } from "./types.js" */

/**
 * Where a page opens that is called without a fragment; with one, what the fragment says counts.
 * @param {string|undefined} subject such as "vendor:tsmc" @param {string} hash @returns {Partial<State>}
 */
export const openAt = (subject, hash) => (subject && !hash.replace(/^#/, "") ? { at: subject } : {});

/** The title of the window. @param {Model} model @param {Say} say @param {Lang} lang */
export function titlePage(model, say, lang) {
  const name = nameSubject(model, lang);
  return name ? say("page.subject-title", { name }) : say("page.title");
}

/** Which part of the data is here; empty: all of it. @param {Model} model @param {Say} say @param {Lang} lang */
export function describePart(model, say, lang) {
  const name = nameSubject(model, lang);
  return name ? say(`page.subject-${model.data.meta.subject?.split(":")[0]}`, { name }) : "";
}

/** @param {Model} model @param {Lang} lang @returns {string} */
function nameSubject(model, lang) {
  const key = model.keyOf(model.data.meta.subject ?? null);
  return key ? model.name(key, lang).text : "";
}
