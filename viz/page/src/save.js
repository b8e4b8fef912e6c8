/** What leaves the page: a file through a link to a blob, a text through the clipboard. */

import { el } from "./dom.js";

/** @param {Blob} blob @param {string} name of the file */
export function saveBlob(blob, name) {
  const url = URL.createObjectURL(blob);
  const link = el("a", { href: url, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60_000); // some browsers read it only after a question to the reader
}

/** A name of a file that every system takes. @param {...string} parts */
export const fileName = (...parts) =>
  parts
    .map((part) => part.replace(/[^\p{L}\p{N}.]+/gu, "-").replace(/^[-.]+|[-.]+$/g, ""))
    .filter(Boolean)
    .join("-")
    .slice(0, 120);

/**
 * Copies by whichever way this browser allows; a page opened from a file is not everywhere trusted with the clipboard.
 * @param {string} text @returns {Promise<boolean>} whether it is copied
 */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyOld(text);
  }
}

/** @param {string} text */
function copyOld(text) {
  const field = el("textarea", { class: "hidden", "aria-hidden": "true", tabindex: "-1" });
  const before = /** @type {HTMLElement|null} */ (document.activeElement);
  field.value = text;
  document.body.append(field);
  field.select();
  try {
    return document.execCommand("copy");
  } catch {
    return false;
  } finally {
    field.remove();
    before?.focus();
  }
}
