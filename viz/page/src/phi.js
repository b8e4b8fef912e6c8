/** What can be had, and what no longer can if some are gone: the structure function, as queries/structure.py has it. */

/** @import { Need, Offer, Payload } from "./types.js" */

/** Vendors and groups (by the head's number) by their numbers, countries by code. @typedef {{vendors: number[], groups: number[], countries: string[]}} Removal */

/** @param {Payload} payload @param {number} v */
const headOf = (payload, v) => payload.vendors[v].head ?? v;

/** @param {Payload} payload @param {number} v @returns {string} by seat, or by owner as the page says */
export function countryOf(payload, v) {
  const at = payload.meta.country_by === "owner" ? headOf(payload, v) : v;
  return payload.vendors[at].country;
}

/** @param {Payload} payload @param {Removal} removal @param {number} v */
export function isRemoved(payload, removal, v) {
  return (
    removal.vendors.includes(v) ||
    removal.groups.includes(headOf(payload, v)) ||
    removal.countries.includes(countryOf(payload, v))
  );
}

/**
 * Counted offers of the pair; of third countries, for what nobody of the pair offers. Removal does not change which.
 * @param {Payload} payload @returns {Offer[]}
 */
export function listPresent(payload) {
  const counted = payload.offers.filter((offer) => offer.counted);
  /** @param {Offer} offer */
  const home = (offer) => payload.meta.pair.includes(countryOf(payload, offer.v));
  const covered = new Set(counted.filter(home).map((offer) => offer.c));
  return counted.filter((offer) => home(offer) || !covered.has(offer.c));
}

/** @param {Need[]} needs @returns {Map<string, Need[][]>} for each whole its requirements, each as its alternatives */
function groupNeeds(needs) {
  /** @type {Map<string, Map<string, Need[]>>} */
  const wholes = new Map();
  needs.forEach((need, at) => {
    const parts = wholes.get(need.from.join(":")) ?? new Map();
    wholes.set(need.from.join(":"), parts);
    const choice = need.alt === undefined ? `#${at}` : `=${need.alt}`;
    parts.set(choice, [...(parts.get(choice) ?? []), need]);
  });
  return new Map([...wholes].map(([key, parts]) => [key, [...parts.values()]]));
}

/**
 * @param {Payload} payload
 * @param {Removal} removal
 * @returns {Set<string>} what can be had: ``component:3``, ``solution:1``
 */
export function evaluate(payload, removal) {
  const needs = groupNeeds(payload.requires);
  /** @type {Map<number, Offer[]>} */
  const offers = new Map();
  for (const offer of listPresent(payload))
    if (!isRemoved(payload, removal, offer.v)) offers.set(offer.c, [...(offers.get(offer.c) ?? []), offer]);
  /** @type {Set<string>} */
  const can = new Set();
  /** @param {string} key @param {number[]} own components made in house */
  const supplied = (key, own) =>
    (needs.get(key) ?? []).every((choice) =>
      choice.some(({ to }) => can.has(to.join(":")) || (to[0] === "component" && own.includes(to[1]))),
    );
  /** @param {number} c */
  const made = (c) =>
    payload.components[c].virtual
      ? supplied(`component:${c}`, [])
      : (offers.get(c) ?? []).some((offer) => supplied(`component:${c}`, offer.own ?? []));
  for (let size = -1; size < can.size;) {
    size = can.size;
    payload.components.forEach((_, c) => made(c) && can.add(`component:${c}`));
    payload.solutions.forEach((_, s) => supplied(`solution:${s}`, []) && can.add(`solution:${s}`));
  }
  return can;
}

/** @param {Payload} payload @param {Removal} removal @returns {string[]} what could be had and no longer can */
export function listLost(payload, removal) {
  const after = evaluate(payload, removal);
  return [...evaluate(payload, { vendors: [], groups: [], countries: [] })]
    .filter((key) => !after.has(key))
    .sort();
}
