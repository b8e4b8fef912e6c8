/** The search field and its list, walked by keyboard. */

/** @import { Entry, Hit } from "./search.js" */
/** @import { Say, View } from "./boxes.js" */
/** @import { Label, Lang } from "./types.js" */
import { el, glyph, named } from "./dom.js";
import { split } from "./model.js";
import { search } from "./search.js";
import { formatCount } from "./text.js";

const SIDES = /** @type {const} */ (["circle", "square", "diamond"]);

/** What is said of a thing found. `off` says why it is not in the picture. @typedef {{mark: Node|null, name: Label, kind: string, off?: string}} Found */

/**
 * @param {{open: (key: string) => void, view: () => {say: Say, lang: Lang}, list: () => Generator<Entry, void, void>,
 *   show: (hit: Hit) => Found, hint: string}} actions `hint` is the key of what may be looked for
 */
export function mountSearch({ open, view, list, show, hint }) {
  const input = el("input", {
    id: "search",
    type: "search",
    autocomplete: "off",
    spellcheck: "false",
    role: "combobox",
    "aria-expanded": "false",
    "aria-controls": "hits",
    "aria-autocomplete": "list",
  });
  const label = el("label", { for: "search", class: "hidden" });
  const hits = el("ul", { id: "hits", role: "listbox", hidden: true });
  const count = el("p", { id: "hit-count", role: "status", class: "hidden" });
  const node = el("div", { id: "finder", role: "search" }, label, input, hits, count);
  /** @type {Entry[]} */
  const index = [];
  /** @type {Generator<Entry, void, void>|null} */
  let rest = null;
  /** @type {Hit[]} */
  let shown = [];
  let at = -1;

  /** @param {number} next */
  const mark = (next) => {
    at = shown.length ? (next + shown.length) % shown.length : -1;
    [...hits.querySelectorAll("[role=option]")].forEach((item, i) =>
      item.setAttribute("aria-selected", String(i === at)),
    );
    if (at >= 0) {
      input.setAttribute("aria-activedescendant", `hit-${at}`);
      document.getElementById(`hit-${at}`)?.scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  };
  const close = () => {
    hits.hidden = true;
    input.setAttribute("aria-expanded", "false");
    mark(-1);
  };
  /** @param {number} i */
  const choose = (i) => {
    const hit = shown[i];
    if (!hit) return;
    input.value = "";
    shown = [];
    close();
    open(hit.key);
  };
  const update = () => {
    const { say, lang } = view();
    const query = input.value.trim();
    if (!query) return close();
    warm(() => false);
    const found = search(index, query);
    shown = found.hits;
    const more = found.total - shown.length;
    hits.replaceChildren(
      ...shown.map((hit, i) => makeItem(view().say, show(hit), hit, i, choose)),
      ...(shown.length ? [] : [el("li", { class: "none" }, say("page.search-none", { query }))]),
      ...(more > 0
        ? [el("li", { class: "none" }, say("page.search-more", { n: formatCount(more, lang) }))]
        : []),
    );
    count.textContent = say("page.search-count", { n: formatCount(found.total, lang) });
    hits.hidden = false;
    input.setAttribute("aria-expanded", "true");
    mark(shown.length ? 0 : -1);
  };

  input.addEventListener("input", update);
  input.addEventListener("focus", update);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // Enter and arrows belong to the input method
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      mark(at + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter") {
      event.preventDefault();
      choose(at);
    } else if (event.key === "Escape") {
      input.value = "";
      close();
    }
  });
  node.addEventListener("focusout", (event) => {
    if (!node.contains(/** @type {Node|null} */ (event.relatedTarget))) close();
  });
  document.addEventListener("keydown", (event) => {
    if (
      event.key !== "/" ||
      event.ctrlKey ||
      event.metaKey ||
      /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement?.tagName ?? "")
    )
      return;
    event.preventDefault();
    input.focus();
  });

  /** @param {() => boolean} stop reads names until told to stop */
  const warm = (stop) => {
    rest ??= list();
    for (let next = rest.next(); !next.done; next = rest.next()) {
      index.push(next.value);
      if (stop()) return false;
    }
    return true;
  };
  const whenIdle = () => {
    if ("requestIdleCallback" in window)
      requestIdleCallback((deadline) => !warm(() => deadline.timeRemaining() < 2) && whenIdle());
  };

  return {
    node,
    /** @param {string} query @param {string} [kind] of things; default: all @returns {Hit[]} what is found, best first */
    look(query, kind) {
      warm(() => false);
      return search(kind ? index.filter((entry) => entry.kind === kind) : index, query).hits;
    },
    /** reads the names while nothing else is to be done, so that the first search is quick */
    whenIdle,
    /** after a change of language */
    retext() {
      const { say } = view();
      label.textContent = say("page.search");
      input.placeholder = say(hint);
      hits.setAttribute("aria-label", say("page.search"));
    },
  };
}

/** What the explorer says of a thing found. @param {View} view @param {Hit} hit @returns {Found} */
export function showHit({ model, say, lang }, { key, kind }) {
  const [, at] = split(key);
  const mark = kind === "vendor" ? glyph(SIDES[model.sideOf(model.data.vendors[at].country)]) : null;
  const seen =
    kind === "vendor"
      ? model.seesVendor(at)
      : kind === "component"
        ? model.seesComponent(at)
        : kind !== "segment" || model.inside(at).some((c) => model.seesComponent(c));
  return {
    mark,
    name: model.name(key, lang),
    kind: say(`page.is-${kind}`),
    off: seen ? undefined : say("page.filters-hit"),
  };
}

/** @param {Say} say @param {Found} found @param {Hit} hit @param {number} i @param {(i: number) => void} choose */
function makeItem(say, { mark, name, kind, off }, { key, hit }, i, choose) {
  const other =
    hit.text === name.text
      ? null
      : el(
          "span",
          { class: "muted" },
          hit.as === "former"
            ? say("page.search-former", { name: hit.text })
            : hit.as === "id"
              ? hit.text
              : say("page.search-also", { name: hit.text }),
        );
  return el(
    "li",
    {
      role: "option",
      id: `hit-${i}`,
      "aria-selected": "false",
      "data-key": key,
      mousedown: (/** @type {Event} */ event) => event.preventDefault(),
      click: () => choose(i),
    },
    el("span", { class: "hit-name" }, mark, named(name)),
    other,
    off ? el("span", { class: "hit-off" }, off) : null,
    el("span", { class: "hit-kind" }, kind),
  );
}
