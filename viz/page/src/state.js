/** What the reader looks at, written into the URL fragment so that a link or a reload finds it again. */

/** @import { Lang, State } from "./types.js" */
import { LANGS } from "./text.js";

const TABS = ["gaps", "solutions", "details"];

/**
 * @param {string} hash with or without "#"
 * @param {Lang} lang the language if the fragment names none
 * @returns {State}
 */
export function parseState(hash, lang) {
  const params = new URLSearchParams(hash.replace(/^#/, ""));
  const wanted = /** @type {Lang} */ (params.get("lang") ?? "");
  return {
    lang: LANGS.includes(wanted) ? wanted : lang,
    view: params.get("view") === "table" ? "table" : "map",
    at: params.get("at"),
    gap: params.get("gap"),
    target: params.get("target"),
    tab: TABS.includes(params.get("tab") ?? "") ? String(params.get("tab")) : "",
  };
}

/** @param {State} state @returns {string} beginning with "#"; equal states give equal text */
export function formatState({ lang, view, at, gap, target, tab }) {
  const params = new URLSearchParams({ lang });
  if (view !== "map") params.set("view", view);
  if (at) params.set("at", at);
  if (gap) params.set("gap", gap);
  if (target) params.set("target", target);
  if (tab) params.set("tab", tab);
  return `#${params.toString().replaceAll("%3A", ":")}`;
}
