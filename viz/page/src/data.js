/** From the text in the page back to data. */

import { makeRows, readColumn } from "./columns.js";

// As base64.b85encode of Python has it, with three characters that HTML gives no meaning to.
const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%:()*+-;,=.?@^_`{|}~";

/**
 * @param {string} base64
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function decodeBase64(base64) {
  const binary = atob(base64.trim());
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

/**
 * Unpacks gzip in base64 into JSON, by the browser's own means.
 * @param {string} packed
 * @returns {Promise<any>}
 */
export async function unpackJson(packed) {
  return JSON.parse(await unzip(decodeBase64(packed)).text());
}

/**
 * Unpacks gzip in base 85 into bytes.
 * @param {string} packed
 * @returns {Promise<Uint8Array>}
 */
export async function unpackBytes(packed) {
  if (!packed.trim()) return new Uint8Array();
  return new Uint8Array(await unzip(decodeBase85(packed)).arrayBuffer());
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
const unzip = (bytes) =>
  new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")));

/**
 * Five characters are four bytes; a group that is short at the end is short by as many bytes.
 * @param {string} text
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function decodeBase85(text) {
  const digits = text.trim();
  const value = new Uint8Array(128);
  for (let i = 0; i < DIGITS.length; i++) value[DIGITS.charCodeAt(i)] = i;
  const groups = Math.ceil(digits.length / 5);
  const view = new DataView(new ArrayBuffer(4 * groups));
  for (let group = 0, at = 0; group < groups; group++) {
    let number = 0;
    for (let i = 0; i < 5; i++, at++)
      number = number * 85 + (at < digits.length ? value[digits.charCodeAt(at)] : 84);
    view.setUint32(4 * group, number);
  }
  return new Uint8Array(view.buffer, 0, 4 * groups - (5 * groups - digits.length));
}

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

/**
 * Every table that came as columns, as rows; they are made when the table is first asked for.
 * @param {Record<string, any>} packed
 * @param {Uint8Array} bytes
 * @returns {any}
 */
export function unpackTables(packed, bytes) {
  const data = { [TABLES]: { packed, bytes } };
  for (const [key, table] of Object.entries(packed)) {
    const isTable = table && Number.isInteger(table.n) && table.c;
    /** @type {any[]|null} */
    let rows = null;
    Object.defineProperty(data, key, {
      enumerable: true,
      ...(isTable ? { get: () => (rows ??= makeRows(bytes, table)) } : { value: table }),
    });
  }
  return data;
}
