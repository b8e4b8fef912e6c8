/** The search field and its list, walked by keyboard. */

/** @import { Entry, Hit } from "./search.js" */
/** @import { Say, View } from "./boxes.js" */
/** @import { Label, Lang } from "./types.js" */
import { el, glyph, named } from "./dom.js";
import { findMatch, findNearest, groupHits } from "./found.js";
import { split } from "./model.js";
import { search } from "./search.js";
import { HTML_LANG, formatCount } from "./text.js";

const PATIENCE = 1000; // milliseconds
const SIDES = /** @type {const} */ (["circle", "square", "diamond"]);

/**
 * What is said of a thing found: `kind` heads its group, `where` tells where it belongs, `off` why it is not in the picture.
 * @typedef {{mark: Node|null, name: Label, kind: string, where?: Label|null, off?: string}} Found
 */

/**
 * @param {{open: (key: string) => void, view: () => {say: Say, lang: Lang}, list: () => Generator<Entry, void, void>,
 *   show: (hit: Hit) => Found, hint: string, help?: string}} actions `hint` is the key of what may be looked for, `help` of
 *   what is said where nothing is found
 */
export function mountSearch({ open, view, list, show, hint, help }) {
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
  const hits = el("div", { id: "hits", role: "listbox", hidden: true });
  const count = el("p", { id: "hit-count", role: "status", class: "hidden" });
  const node = el("div", { id: "finder", role: "search" }, label, input, hits, count);
  /** @type {Entry[]} */
  const index = [];
  /** @type {Generator<Entry, void, void>|null} */
  let rest = null;
  /** @type {Hit[]} */
  let shown = [];
  let at = -1;

  /** @param {number} next -1: none */
  const mark = (next) => {
    at = next < 0 || !shown.length ? -1 : next % shown.length;
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
    const groups = found.total
      ? groupHits(found.hits)
      : [findNearest(index, query)].filter((near) => near.length);
    shown = groups.flat();
    const more = found.total ? found.total - shown.length : 0;
    // a list box without any option is none to a screen reader
    const silent = shown.length ? { role: "presentation" } : { role: "option", "aria-disabled": "true" };
    /** @param {string} text */
    const line = (text) => el("li", { class: "none", ...silent }, text);
    let next = 0;
    const items = groups.map((group) => {
      const title = found.total ? show(group[0]).kind : say("page.search-nearest");
      const options = group.map((hit) =>
        makeItem(say, show(hit), { hit, query: found.total ? query : "", i: next++, choose }),
      );
      return el(
        "div",
        { role: "group", "aria-label": title },
        el("span", { class: "hit-group", "aria-hidden": "true" }, title),
        el("ul", { role: "none" }, options),
      );
    });
    hits.replaceChildren(
      ...(found.total ? [] : [line(say("page.search-none", { query })), ...(help ? [line(say(help))] : [])]),
      ...items,
      ...(more > 0 ? [line(say("page.search-more", { n: formatCount(more, lang) }))] : []),
    );
    count.textContent = say("page.search-count", { n: formatCount(found.total, lang) });
    hits.hidden = false;
    input.setAttribute("aria-expanded", "true");
    mark(found.total ? 0 : -1); // what is only near is not chosen by Enter
  };

  input.addEventListener("input", update);
  input.addEventListener("focus", update);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // Enter and arrows belong to the input method
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      mark(event.key === "ArrowDown" ? at + 1 : (at > 0 ? at : shown.length) - 1);
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
    const control = event.ctrlKey || event.metaKey;
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement?.tagName ?? "");
    if (control ? event.key.toLowerCase() !== "k" || event.altKey : event.key !== "/" || typing) return;
    event.preventDefault();
    input.focus();
    input.select();
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
  const goOn = () => {
    requestIdleCallback((deadline) => !warm(() => deadline.timeRemaining() < 2) && goOn());
  };

  return {
    node,
    /** @param {string} query @param {string} [kind] of things; default: all @returns {Hit[]} what is found, best first */
    look(query, kind) {
      warm(() => false);
      return search(kind ? index.filter((entry) => entry.kind === kind) : index, query).hits;
    },
    /** reads the names while nothing else is to be done, so that the first search is quick; the picture goes first */
    whenIdle() {
      if ("requestIdleCallback" in window) setTimeout(goOn, PATIENCE);
    },
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
    kind: say(`page.search-in-${kind}`),
    where: whereIs(model, lang, kind, at),
    off: seen ? undefined : say("page.filters-hit"),
  };
}

/** Where a thing belongs: the country of a firm, the segment of a component. @param {View["model"]} model @param {Lang} lang @param {string} kind @param {number} at */
function whereIs(model, lang, kind, at) {
  if (kind === "vendor") return model.country(model.data.vendors[at].country, lang);
  return kind === "component" ? model.name(`segment:${model.data.components[at].segment}`, lang) : null;
}

/** A text with the part that was matched set off. @param {Label} label @param {string} query */
function marked(label, query) {
  const match = findMatch(label.text, query);
  if (!match) return named(label);
  const { text } = label;
  return el(
    "bdi",
    { lang: HTML_LANG[label.lang] },
    text.slice(0, match[0]),
    el("mark", {}, text.slice(...match)),
    text.slice(match[1]),
  );
}

/**
 * @param {Say} say @param {Found} found
 * @param {{hit: Hit, query: string, i: number, choose: (i: number) => void}} place
 */
function makeItem(say, { mark, name, where, off }, { hit: { key, hit }, query, i, choose }) {
  /** @param {"page.search-former"|"page.search-also"} key a message with a place for the name */
  const also = (key) => {
    const [before, after] = say(key, { name: "\n" }).split("\n");
    return [before, marked({ text: hit.text, lang: hit.lang ?? name.lang }, query), after];
  };
  const other =
    hit.text === name.text
      ? null
      : el(
          "span",
          { class: "muted" },
          hit.as === "id"
            ? marked({ text: hit.text, lang: "en" }, query)
            : also(hit.as === "former" ? "page.search-former" : "page.search-also"),
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
    el("span", { class: "hit-name" }, mark, marked(name, query)),
    other,
    off ? el("span", { class: "hit-off" }, off) : null,
    where ? el("span", { class: "hit-kind" }, named(where)) : null,
  );
}
