/** What is reckoned with fractions and with sets, of partners. */

/** @import { Fit } from "./partners.js" */

/** @param {bigint} a @param {bigint} b @returns {bigint} */
const gcd = (a, b) => (b ? gcd(b, a % b) : a);

/** The sum of 1/(1 + n), exact. @param {readonly Fit[]} fits @returns {[bigint, bigint]} */
export function sumFits(fits) {
  let [top, under] = [0n, 1n];
  for (const { groups } of fits) {
    const n = BigInt(1 + groups);
    [top, under] = [top * n + under, under * n];
    const common = gcd(top, under);
    [top, under] = [top / common, under / common];
  }
  return [top, under];
}

/** What is in all sets that are there; null if none is. @param {(Set<number>|null)[]} sets */
export function meet(sets) {
  const there = sets.filter((one) => one !== null);
  if (!there.length) return null;
  const [first, ...rest] = there;
  return rest.length ? new Set([...first].filter((one) => rest.every((set) => set.has(one)))) : first;
}
