/** A table as a CSV file that a spreadsheet opens and does not run. Pure functions. */

/** @typedef {string|number|null|undefined} Value */

// The same signs as in Python; the full-width ones are formulas in Japanese and Chinese editions.
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

/** @param {Value} value @returns {string} */
function writeCell(value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** @param {Value[][]} rows the first of them the headings @returns {string} with a byte order mark, which Excel needs */
export const writeCsv = (rows) =>
  `\ufeff${rows.map((row) => `${row.map(writeCell).join(",")}\r\n`).join("")}`;
