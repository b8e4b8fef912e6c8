/** Filters that a reader combines: within one kind any choice will do, across kinds all must hold. */

/** @import { Offer, Payload } from "./types.js" */

export const KINDS = /** @type {const} */ ([
  "layer",
  "segment",
  "country",
  "owner",
  "role",
  "status",
  "evidence",
]);

/**
 * `since` is the earliest date of a statement that is still shown; null shows all, the undated among them.
 * @typedef {typeof KINDS[number]} Kind
 * @typedef {Record<Kind, string[]> & {since: string|null}} Filters
 */

/** @returns {Filters} */
export function noFilters() {
  return {
    layer: [],
    segment: [],
    country: [],
    owner: [],
    role: [],
    status: [],
    evidence: [],
    since: null,
  };
}

/** @param {Filters} filters */
export function isFiltered(filters) {
  return filters.since !== null || KINDS.some((kind) => filters[kind].length > 0);
}

/**
 * The filters a fragment names; what it misspells is left out, what it repeats is taken once.
 * @param {URLSearchParams} params
 * @returns {Filters}
 */
export function readFilters(params) {
  const filters = noFilters();
  for (const kind of KINDS) filters[kind] = [...new Set(params.getAll(`f.${kind}`).filter(Boolean))].sort();
  const since = params.get("f.since") ?? "";
  if (/^\d{4}(-\d{2}){0,2}$/.test(since)) filters.since = since;
  return filters;
}

/** @param {Filters} filters @param {URLSearchParams} params written into; equal filters write equal text */
export function writeFilters(filters, params) {
  for (const kind of KINDS) for (const id of [...filters[kind]].sort()) params.append(`f.${kind}`, id);
  if (filters.since) params.set("f.since", filters.since);
}

/**
 * @param {Filters} filters @param {Kind} kind @param {string} id
 * @returns {Filters} with the choice added, or without it if it was there
 */
export function toggle(filters, kind, id) {
  const chosen = filters[kind];
  const next = chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id].sort();
  return { ...filters, [kind]: next };
}

/**
 * @param {Payload} payload @param {Offer} offer
 * @returns {Record<Kind, string>} what a statement is, by kind of filter; "" where nothing is known
 */
export function describeOffer(payload, offer) {
  const vendor = payload.vendors[offer.v];
  const segment = payload.segments[payload.components[offer.c]?.segment ?? -1];
  return {
    layer: payload.layers[segment?.layer ?? -1]?.id ?? "",
    segment: segment?.id ?? "",
    country: vendor?.country ?? "",
    owner: payload.vendors[vendor?.head ?? offer.v]?.id ?? "",
    role: offer.role ?? "",
    status: offer.status ?? "",
    evidence: offer.ev.kind,
  };
}

/**
 * @param {Filters} filters @param {Record<Kind, string>} facts @param {string} [asOf] date of the statement
 */
export function passes(filters, facts, asOf) {
  // ISO dates of unequal length are compared as far as the shorter says: 2024 is not before 2024-05.
  if (filters.since !== null) {
    if (!asOf) return false;
    const digits = Math.min(asOf.length, filters.since.length);
    if (asOf.slice(0, digits) < filters.since.slice(0, digits)) return false;
  }
  return KINDS.every((kind) => filters[kind].length === 0 || filters[kind].includes(facts[kind]));
}

/**
 * What is left: the statements, and the firms and components that they name.
 * @param {Payload} payload @param {Filters} filters
 * @returns {{offers: number[], vendors: Set<number>, components: Set<number>}}
 */
export function applyFilters(payload, filters) {
  /** @type {number[]} */
  const offers = [];
  for (const [i, offer] of payload.offers.entries())
    if (passes(filters, describeOffer(payload, offer), offer.ev.as_of)) offers.push(i);
  return {
    offers,
    vendors: new Set(offers.map((i) => /** @type {Offer} */ (payload.offers[i]).v)),
    components: new Set(offers.map((i) => /** @type {Offer} */ (payload.offers[i]).c)),
  };
}

/**
 * How many statements each choice would leave, the other kinds' choices kept.
 * @param {Payload} payload @param {Filters} filters @param {Kind} kind
 * @returns {Map<string, number>} in order of id; a choice that leaves none is not listed
 */
export function countChoices(payload, filters, kind) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  const others = { ...filters, [kind]: [] };
  for (const offer of payload.offers) {
    const facts = describeOffer(payload, offer);
    if (passes(others, facts, offer.ev.as_of)) counts.set(facts[kind], (counts.get(facts[kind]) ?? 0) + 1);
  }
  return new Map([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}
