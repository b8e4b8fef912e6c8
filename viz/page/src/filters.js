/** Filters that a reader combines: within one kind any choice will do, across kinds all must hold. */

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
 * Layers chosen otherwise; a segment that lies in none of them is no longer chosen.
 * @param {Filters} filters @param {string} id @param {(segment: string) => string} layerOf
 * @returns {Filters}
 */
export function toggleLayer(filters, id, layerOf) {
  const next = toggle(filters, "layer", id);
  if (!next.layer.length) return next;
  return { ...next, segment: next.segment.filter((segment) => next.layer.includes(layerOf(segment))) };
}

/** @param {Filters} filters how many choices are made */
export function countActive(filters) {
  return KINDS.reduce((sum, kind) => sum + filters[kind].length, filters.since === null ? 0 : 1);
}

/**
 * Whether a statement is of a date or later. ISO dates of unequal length are compared as far as the shorter says: 2024 is
 * not before 2024-05. The undated never is.
 * @param {string} asOf @param {string} since
 */
export function isSince(asOf, since) {
  if (!asOf) return false;
  const digits = Math.min(asOf.length, since.length);
  return asOf.slice(0, digits) >= since.slice(0, digits);
}
