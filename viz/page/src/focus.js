/** Keeps the keyboard where it was: a render makes its elements anew, and the one that had the focus is gone. */

/**
 * Where the focus is, in words that still hold after a render.
 * @param {Element|null} node
 * @returns {{home: string, signs: string, at: number}|null} the nearest lasting ancestor, the element's own marks, its place
 */
function describe(node) {
  const home = node?.parentElement?.closest(
    "#tools, #languages, #views, #tabs, #body, #table, #path, #filters, #zoom",
  );
  if (!node || !home) return null;
  const all = [...home.querySelectorAll("button, a[href], input, select, [tabindex]")];
  return { home: home.id, signs: signsOf(node), at: all.indexOf(node) };
}

/** @param {Element} node */
const signsOf = (node) =>
  [
    node.tagName,
    node.id,
    .../** @type {HTMLElement} */ (node)
      .getAttributeNames()
      .filter((n) => n.startsWith("data-"))
      .map((n) => `${n}=${node.getAttribute(n)}`),
  ].join(" ");

/**
 * Renders, and puts the focus on what took the place of the element that had it; where nothing did, on the head of that
 * part of the page.
 * @param {() => void} render
 */
export function keepFocus(render) {
  const before = describe(document.activeElement);
  render();
  if (!before || (document.activeElement && document.activeElement !== document.body)) return;
  const home = document.getElementById(before.home);
  if (!home || home.hidden) return;
  const all = /** @type {HTMLElement[]} */ ([
    ...home.querySelectorAll("button, a[href], input, select, [tabindex]"),
  ]);
  const marked = /data-|#/.test(before.signs) || before.signs.split(" ")[1];
  const same = marked
    ? all.find((node) => signsOf(node) === before.signs)
    : ["languages", "views", "tools", "zoom"].includes(before.home)
      ? all[before.at]
      : undefined;
  const next = same ?? home.querySelector("h2[tabindex]") ?? (home.hasAttribute("tabindex") ? home : null);
  /** @type {HTMLElement|null} */ (next)?.focus({ preventScroll: Boolean(same) });
}
