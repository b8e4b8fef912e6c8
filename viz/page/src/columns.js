/** Tables that came as columns of bytes (viz/_columns.py says how): a column is read when it is first looked at. */

/** @typedef {{k: string, [key: string]: any}} Column */
/** @typedef {{n: number, c: Record<string, Column>}} Table */
/** @typedef {(at: number) => any} Read */

const OWN_ID = "\u0001";
const AT = Symbol("row");
const UTF8 = new TextDecoder("utf-8", { ignoreBOM: true }); // a mark of byte order in a name stays there
/** Readers by what describes their column: who asks twice reads the bytes once. @type {WeakMap<Column, Read>} */
const OPEN = new WeakMap();

/**
 * @param {Uint8Array} bytes
 * @param {[number, number]} part where it starts, how long it is
 */
const cut = (bytes, [start, length]) => bytes.subarray(start, start + length);

/**
 * Whole numbers: lowest bytes of all first; from the least one, or each from the one before.
 * @param {Uint8Array} bytes @param {Column} column @param {number} n
 * @returns {Int32Array}
 */
function readNumbers(bytes, { b, w, o = 0, d }, n) {
  const part = cut(bytes, b);
  const numbers = new Int32Array(n);
  for (let plane = 0; plane < w; plane++)
    for (let i = 0, from = plane * n; i < n; i++) numbers[i] |= part[from + i] << (8 * plane);
  if (d) for (let i = 0, sum = 0; i < n; i++) numbers[i] = sum += (numbers[i] >>> 1) ^ -(numbers[i] & 1);
  else if (o) for (let i = 0; i < n; i++) numbers[i] += o;
  return numbers;
}

/** @param {Uint8Array} bits @param {number} at */
const bitOf = (bits, at) => (bits[at >> 3] >> (at & 7)) & 1;

/** For each row, which value of the known ones is its own; -1: none. @param {Uint8Array} bits @param {number} n */
function rankBits(bits, n) {
  const ranks = new Int32Array(n);
  for (let i = 0, rank = 0; i < n; i++) ranks[i] = bitOf(bits, i) ? rank++ : -1;
  return ranks;
}

/** Where each list starts, and where the last one ends. @param {Read} lengthOf @param {number} n */
function sumLengths(lengthOf, n) {
  const starts = new Int32Array(n + 1);
  for (let i = 0; i < n; i++) starts[i + 1] = starts[i] + lengthOf(i);
  return starts;
}

/** @type {Record<string, (bytes: Uint8Array, column: Column, n: number) => Read>} by kind */
const KINDS = {
  "=":
    (_, { v }) =>
    () =>
      v,
  n(bytes, column, n) {
    const numbers = readNumbers(bytes, column, n);
    return (at) => numbers[at];
  },
  b(bytes, { b }) {
    const bits = cut(bytes, b);
    return (at) => bitOf(bits, at) === 1;
  },
  f(bytes, { c, e }, n) {
    const whole = openColumn(bytes, c, n);
    return (at) => whole(at) / 10 ** e;
  },
  s(bytes, { b }) {
    const texts = UTF8.decode(cut(bytes, b)).split("\n");
    return (at) => texts[at];
  },
  d(bytes, { d, m, c }, n) {
    const text = openColumn(bytes, d, m);
    const code = openColumn(bytes, c, n);
    return (at) => (code(at) === m ? undefined : text(code(at)));
  },
  o(bytes, { p, m, c, z }, n) {
    const ranks = rankBits(cut(bytes, p), n);
    const value = openColumn(bytes, c, m);
    const none = z ? null : undefined;
    return (at) => (ranks[at] < 0 ? none : value(ranks[at]));
  },
  t(bytes, { c }, n) {
    const fields = openFields(bytes, c, n);
    return (at) => makePlain(fields, at);
  },
  p(bytes, { c }, n) {
    const places = c.map((/** @type {Column} */ one) => openColumn(bytes, one, n));
    return (at) => places.map((/** @type {Read} */ place) => place(at));
  },
  l(bytes, { l, m, c }, n) {
    const starts = sumLengths(openColumn(bytes, l, n), n);
    const item = openColumn(bytes, c, m);
    return (at) => Array.from({ length: starts[at + 1] - starts[at] }, (_, i) => item(starts[at] + i));
  },
  m(bytes, { l, m, x, c }, n) {
    const starts = sumLengths(openColumn(bytes, l, n), n);
    const key = openColumn(bytes, x, m);
    const value = openColumn(bytes, c, m);
    return (at) => {
      /** @type {[string, any][]} */
      const pairs = [];
      for (let i = starts[at]; i < starts[at + 1]; i++) pairs.push([key(i), value(i)]);
      return Object.fromEntries(pairs);
    };
  },
  j(bytes, { b }) {
    const values = JSON.parse(UTF8.decode(cut(bytes, b)));
    return (at) => values[at];
  },
};

/** @param {Uint8Array} bytes @param {Column} column @param {number} n rows @returns {Read} reads nothing before it is asked */
function openColumn(bytes, column, n) {
  const known = OPEN.get(column);
  if (known) return known;
  /** @type {Read|null} */
  let inner = null;
  /** @type {Read} */
  const read = (at) => (inner ??= KINDS[column.k](bytes, column, n))(at);
  OPEN.set(column, read);
  return read;
}

/** @param {Uint8Array} bytes @param {Record<string, Column>} columns @param {number} n @returns {[string, Read][]} */
const openFields = (bytes, columns, n) =>
  Object.entries(columns).map(([key, column]) => [key, openColumn(bytes, column, n)]);

/** @param {[string, Read][]} fields @param {number} at */
function makePlain(fields, at) {
  /** @type {Record<string, any>} */
  const row = {};
  for (const [key, read] of fields) {
    const value = read(at);
    if (value !== undefined) Object.defineProperty(row, key, { value, enumerable: true, writable: true });
  }
  return row;
}

/**
 * The class of a table's rows. A row holds its number alone; its properties read the columns, so that a table of
 * hundreds of thousands of rows costs next to nothing until it is looked at.
 * @param {Uint8Array} bytes @param {Table} table
 * @returns {new (at: number) => any}
 */
function makeRowClass(bytes, { n, c }) {
  class Row {
    /** @type {number} */
    [AT];
    /** @param {number} at */
    constructor(at) {
      this[AT] = at;
    }
  }
  const own = c.id ? openColumn(bytes, c.id, n) : null;
  for (const [key, column] of Object.entries(c)) {
    const read = openRow(bytes, column, n, own);
    Object.defineProperty(Row.prototype, key, {
      enumerable: true,
      get() {
        return read(this[AT]);
      },
    });
  }
  return Row;
}

/**
 * A column of a row: a mapping in it reads its columns too, a text may name the row's id.
 * @param {Uint8Array} bytes @param {Column} column @param {number} n @param {Read|null} own @returns {Read}
 */
function openRow(bytes, column, n, own) {
  if (column.k === "t") {
    const Inner = makeRowClass(bytes, { n, c: column.c });
    return (at) => new Inner(at);
  }
  if (column.k !== "r" || !own) return openColumn(bytes, column, n);
  const text = openColumn(bytes, column.c, n);
  return (at) => text(at)?.replaceAll(OWN_ID, own(at));
}

/** One column of a table, without its rows. @param {Uint8Array} bytes @param {Table} table @param {string} key @returns {Read} */
export const readColumn = (bytes, { n, c }, key) => (c[key] ? openColumn(bytes, c[key], n) : () => undefined);

/** @param {Uint8Array} bytes @param {Table} table @returns {any[]} */
export function makeRows(bytes, table) {
  const Row = makeRowClass(bytes, table);
  const rows = new Array(table.n);
  for (let at = 0; at < table.n; at++) rows[at] = new Row(at);
  return rows;
}
