/** What the reader looks at, written into the URL fragment so that a link or a reload finds it again. */

/** @import { Lang, State } from "./types.js" */
import { readFilters, writeFilters } from "./filters.js";
import { LANGS } from "./text.js";

export const TABS = /** @type {const} */ (["gaps", "solutions", "whatif", "changes", "details"]);
/** @typedef {(typeof TABS)[number]} Tab */

const LOST = /^(vendor|group|country):[^\s]+$/;
const STEP = /^(component|vendor):[^\s]+$/;
const PICK = /^(path|chain|line-up|by|tie):[^\s]+$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * @param {URLSearchParams} params of the fragment
 * @param {Lang} lang the language if it names none
 * @returns {Lang}
 */
const langOf = (params, lang) => LANGS.find((one) => one === params.get("lang")) ?? lang;

/** Parameters of a fragment. @param {string} hash with or without "#" */
const paramsOf = (hash) => new URLSearchParams(hash.replace(/^#/, ""));

/** The language alone, before there is a page. @param {string} hash @param {Lang} lang @returns {Lang} */
export const readLang = (hash, lang) => langOf(paramsOf(hash), lang);

/**
 * @param {string} hash with or without "#"
 * @param {Lang} lang the language if the fragment names none
 * @returns {State}
 */
export function parseState(hash, lang) {
  const params = paramsOf(hash);
  const tab = params.get("tab") ?? "";
  const on = params.get("on") ?? "";
  const pick = params.get("pick") ?? "";
  const from = params
    .getAll("from")
    .filter((id) => STEP.test(id))
    .slice(0, 3);
  return {
    lang: langOf(params, lang),
    view: params.get("view") === "table" ? "table" : "map",
    at: params.get("at"),
    gap: params.get("gap"),
    target: params.get("target"),
    tab: TABS.includes(/** @type {Tab} */ (tab)) ? tab : "",
    lost: [...new Set(params.getAll("lost"))].filter((id) => LOST.test(id)).sort(),
    on: DAY.test(on) ? on : null,
    filters: readFilters(params),
    ...(from.length ? { from } : {}),
    ...(PICK.test(pick) ? { pick } : {}),
  };
}

/** @param {State} state @returns {string} beginning with "#"; equal states give equal text */
export function formatState({ lang, view, at, gap, target, pick, tab, lost, on, filters, from = [] }) {
  const params = new URLSearchParams({ lang });
  if (view !== "map") params.set("view", view);
  if (at) params.set("at", at);
  for (const id of from) params.append("from", id);
  if (gap) params.set("gap", gap);
  if (target) params.set("target", target);
  if (pick) params.set("pick", pick);
  if (tab) params.set("tab", tab);
  for (const id of [...lost].sort()) params.append("lost", id);
  if (on) params.set("on", on);
  writeFilters(filters, params);
  return `#${params.toString().replaceAll("%3A", ":")}`;
}
