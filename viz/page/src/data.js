/** Tables of a payload that travelled as columns, as rows again. */

import { makeRows, readColumn } from "./columns.js";

const TABLES = Symbol("tables");

/**
 * One column of a table of the payload, read without making the table's rows.
 * @param {any} payload @param {string} name of the table @param {string} key of the column
 * @returns {{n: number, read: (at: number) => any}}
 */
export function columnOf(payload, name, key) {
  const { packed, bytes } = payload[TABLES] ?? {};
  const table = packed?.[name];
  if (table?.c) return { n: table.n, read: readColumn(bytes, table, key) };
  const rows = payload[name];
  return { n: rows.length, read: (at) => rows[at][key] };
}

/** @param {any} value */
const isTable = (value) => Boolean(value && Number.isInteger(value.n) && value.c);
/** @param {unknown} value */
const isMapping = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

/**
 * Every table that came as columns, as rows; they are made when the table is first asked for.
 * @param {Record<string, any>} packed
 * @param {Uint8Array} bytes
 * @returns {any}
 */
export function unpackTables(packed, bytes) {
  // not enumerable: a payload made from this one has rows of its own
  const data = Object.defineProperty({}, TABLES, { value: { packed, bytes } });
  for (const [key, value] of Object.entries(packed)) defineEntry(data, key, value, bytes);
  return data;
}

/**
 * A table as its rows, a mapping with the tables in it, anything else as it is.
 * @param {object} data @param {string} key @param {any} value @param {Uint8Array} bytes
 */
function defineEntry(data, key, value, bytes) {
  /** @type {any[]|null} */
  let rows = null;
  if (isTable(value))
    Object.defineProperty(data, key, { enumerable: true, get: () => (rows ??= makeRows(bytes, value)) });
  else if (isMapping(value) && Object.values(value).some(isTable)) {
    const inner = {};
    for (const [name, part] of Object.entries(value)) defineEntry(inner, name, part, bytes);
    Object.defineProperty(data, key, { enumerable: true, value: inner });
  } else Object.defineProperty(data, key, { enumerable: true, value });
}
