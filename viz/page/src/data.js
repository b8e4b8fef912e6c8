/** From the text in the page back to data. */

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
  const stream = new Blob([decodeBase64(packed)]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

/**
 * A table as columns: values in order, or different values and positions in them, or a table of its own.
 * @typedef {{n: number, c: Record<string, any[]|{d: any[], i: number[]}|{t: Columns}>}} Columns
 */

/**
 * The class of a table's rows. A row holds its number alone; its properties read the columns, so that a table of
 * hundreds of thousands of rows costs next to nothing until it is looked at.
 * @param {Columns} columns
 * @returns {new (at: number) => any}
 */
function makeRowClass({ c }) {
  class Row {
    /** @param {number} at */
    constructor(at) {
      this._at = at;
    }
  }
  for (const [key, column] of Object.entries(c)) {
    /** @type {(at: number) => any} */
    let read;
    if (Array.isArray(column)) read = (at) => column[at] ?? undefined;
    else if ("d" in column) read = (at) => column.d[column.i[at]] ?? undefined;
    else {
      const Inner = makeRowClass(column.t);
      read = (at) => new Inner(at);
    }
    Object.defineProperty(Row.prototype, key, {
      get() {
        return read(this._at);
      },
    });
  }
  return Row;
}

/** @param {Columns} columns @returns {any[]} */
export function makeRows(columns) {
  const Row = makeRowClass(columns);
  return Array.from({ length: columns.n }, (_, at) => new Row(at));
}

/**
 * Every table that came as columns, as rows.
 * @param {Record<string, any>} packed
 * @returns {any}
 */
export function unpackTables(packed) {
  return Object.fromEntries(
    Object.entries(packed).map(([key, table]) => [
      key,
      table && Number.isInteger(table.n) && table.c ? makeRows(table) : table,
    ]),
  );
}
