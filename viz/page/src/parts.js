/** What the panel is made of: things to press, evidence, names, facts. */

/** @import { View } from "./boxes.js" */
/** @import { Ev, Label, Lang, Offer, State } from "./types.js" */
import { cellsLeft, isGone, isLost } from "./boxes.js";
import { el, glyph, named, outLink, written } from "./dom.js";
import { split } from "./model.js";
import { formatCount, formatDate, formatPeriod, formatShare } from "./text.js";
import { refKey } from "./witness.js";

/** @typedef {(change: Partial<State>) => void} Go */
/** The way back and forth through what was taken away. @typedef {{past: number, future: number, undo: () => void, redo: () => void}} Steps */
/** @typedef {View & {go: Go, state: State, steps: Steps, look: (query: string) => import("./search.js").Hit[]}} Ctx */
/** @typedef {Node|string|null|undefined|false} Child */

export const SIDES = /** @type {const} */ (["circle", "square", "diamond"]);

const MOST_ROWS = 200;

/** A button with the name of a thing, which opens it. @param {Ctx} ctx @param {string} key */
export function thing(ctx, key) {
  const { model, lang, go } = ctx;
  const [kind, at] = split(key);
  const side = kind === "vendor" ? glyph(SIDES[model.sideOf(model.data.vendors[at].country)]) : null;
  return el(
    "button",
    {
      type: "button",
      class: "thing",
      click: () => go({ at: model.idOf(key), gap: null, target: null, tab: "details", view: "map" }),
    },
    side,
    named(model.name(key, lang)),
    ...tagLost(ctx, key),
  );
}

/** The sign of what is lost in a what-if, and its words for those who do not see it. @param {Ctx} ctx @param {string} key @returns {Child[]} */
function tagLost(ctx, key) {
  const [kind, at] = split(key);
  const firm = kind === "vendor";
  const lost = firm ? isGone(ctx, at) : (kind === "component" || kind === "solution") && isLost(ctx, key);
  if (!lost) return [];
  const text = ctx.say(firm ? "page.whatif-gone" : "page.legend-lost");
  return [
    el("span", { class: "lost-tag", title: text }, glyph("lost")),
    el("span", { class: "hidden" }, ` – ${text}`),
  ];
}

/** @param {string} title @param {...(Child|Child[])} children @returns {HTMLElement} */
export const section = (title, ...children) => el("section", {}, el("h3", {}, title), ...children);

/** @param {string} text */
export const muted = (text) => el("p", { class: "muted" }, text);

/** Rows of a list, the rest behind a button. @template T @param {Ctx} ctx @param {T[]} rows @param {(row: T) => HTMLElement} make @param {number} [most] */
export function list(ctx, rows, make, most = MOST_ROWS) {
  const ul = el("ul", { class: "rows" }, rows.slice(0, most).map(make));
  if (rows.length > most) {
    const more = el(
      "button",
      {
        type: "button",
        class: "more",
        click: () => {
          item.remove();
          ul.append(...list(ctx, rows.slice(most), make).childNodes);
        },
      },
      ctx.say("page.table-more", { n: rows.length - most }),
    );
    const item = el("li", {}, more);
    ul.append(item);
  }
  return ul;
}

/** How much of a list the page does not have. @param {Ctx} ctx @param {number|undefined} n */
export const leftOutOf = ({ say, lang }, n) =>
  n ? muted(say("page.list-left-out", { n: formatCount(n, lang) })) : null;

/** What a row rests on: kind, page, date, confidence. Unknown is written as unknown. @param {Ctx} ctx @param {Ev} ev */
export function evidence({ model, lang, say }, ev) {
  const source = ev.s === undefined ? undefined : model.data.sources[ev.s];
  /** @type {Child[]} */
  const parts = [el("span", { class: `ev ev-${ev.kind}` }, say(`page.ev-${ev.kind}`))];
  if (source)
    parts.push(
      outLink(
        source.url,
        written("span", "", source.title, hostOf(source.url).split(".").at(-1)) ||
          hostOf(source.url) ||
          say("page.ev-source"),
        say("page.newtab"),
      ),
    );
  else if (model.data.meta.left_out && ev.kind !== "uncited") parts.push(say("page.ev-left-out"));
  if (ev.kind !== "uncited" || ev.as_of)
    parts.push(
      ev.as_of ? say("page.ev-asof", { date: formatDate(ev.as_of, lang) }) : say("page.ev-asof-unknown"),
    );
  parts.push(say(`page.conf-${ev.conf ?? "unknown"}`));
  if (ev.printed) parts.push(say("page.field-printed", { text: ev.printed }));
  const line = el("p", { class: "evidence" });
  parts.forEach((part, i) => line.append(i ? " · " : "", /** @type {Node|string} */ (part)));
  return el("div", {}, line, written("p", "note", ev.note));
}

/** @param {string|undefined} url */
function hostOf(url) {
  try {
    return url ? new URL(url).hostname.replace(/^www\./, "") : "";
  } catch {
    return "";
  }
}

/** Names in all three scripts; a missing one is said to be unknown. @param {Ctx} ctx @param {any} row */
export function namesOf({ say }, row) {
  const items = /** @type {Lang[]} */ (["zh", "ja", "en"]).flatMap((lang) => [
    el("dt", {}, say(`page.lang-${lang}`)),
    el(
      "dd",
      {},
      row.names[lang]
        ? named({ text: row.names[lang], lang })
        : el("span", { class: "muted" }, say("page.unknown")),
    ),
  ]);
  return el("dl", { class: "facts" }, items);
}

/** Aliases, or names of the past, each in the shapes of its language. @param {string[]|undefined} names @param {string} [country] */
export const otherNames = (names = [], country = "") =>
  names.flatMap((name, i) => [i ? ", " : "", written("span", "", name, country)]);

/** @param {Ctx} ctx @param {[string, Child|Child[]][]} rows label key and value; empty values are left out */
export function facts({ say }, rows) {
  const shown = rows.filter(([, value]) => value && (!Array.isArray(value) || value.length));
  return shown.length
    ? el(
        "dl",
        { class: "facts" },
        shown.flatMap(([key, value]) => [el("dt", {}, say(key)), el("dd", {}, value)]),
      )
    : null;
}

/** @param {string} kicker @param {Label} name */
export const heading = (kicker, name) => [
  el("p", { class: "kicker" }, kicker),
  el("h2", { tabindex: "-1" }, named(name)),
];

/** @param {Ctx} ctx @param {Offer} offer */
export function offerLines(ctx, offer) {
  const { lang, say } = ctx;
  /** @type {Child[]} */
  const tags = [
    el(
      "span",
      { class: `status status-${/^\w+$/.test(offer.status ?? "") ? offer.status : "unknown"}` },
      say(`status.${offer.status ?? "unknown"}`),
    ),
  ];
  if (offer.when) tags.push(el("span", { class: "tag" }, say(`page.when-${offer.when}`)));
  else if (!offer.counted) tags.push(el("span", { class: "tag" }, say("page.notcounted")));
  if (offer.role) tags.push(el("span", { class: "tag" }, say(`page.role-${offer.role}`)));
  if (offer.share !== undefined) {
    const share = formatShare(offer.share, lang);
    const year = offer.share_year ? ` (${offer.share_year})` : "";
    tags.push(
      el(
        "span",
        { class: "tag" },
        (offer.share_of
          ? say("page.share-of", { share, of: offer.share_of })
          : say("page.share", { share })) + year,
      ),
    );
  }
  return [
    el("p", { class: "tags" }, tags, el("span", { class: "muted" }, formatPeriod(offer, lang, say))),
    written("p", "product", offer.product),
    evidence(ctx, offer.ev),
  ];
}

/** A small bar; the text beside it says the same. @param {number} share */
export function meter(share) {
  const bar = el("span", { class: "meter", "aria-hidden": "true" }, el("span"));
  /** @type {HTMLElement} */ (bar.firstElementChild).style.width =
    `${Math.round(Math.max(0, Math.min(1, share)) * 100)}%`;
  return bar;
}

/** What is said where a cell has no number. @param {string|undefined} state */
export const sayState = (state) =>
  state === "none" ? "cell.none" : state === "left out" ? "page.filters-out" : "cell.not_known";

/** @param {Ctx} ctx @param {number} c */
export function cellTable(ctx, c) {
  const { model, lang, say } = ctx;
  const cells = cellsLeft(ctx, c);
  const rows = [...model.data.meta.pair, "*"].map((code, side) => {
    const cell = cells[code] ?? { vendors: 0, groups: 0, state: "not known", level: "unknown" };
    const name = code === "*" ? { text: say("page.third"), lang } : model.country(code, lang);
    const count =
      cell.state === "count"
        ? say("page.vendors-n", { n: cell.vendors, groups: cell.groups })
        : say(sayState(cell.state));
    return el(
      "tr",
      {},
      el("th", { scope: "row" }, glyph(SIDES[side]), named(name)),
      el("td", {}, count),
      el("td", { class: "muted" }, say(`page.level-${cell.level}`)),
    );
  });
  return el("table", { class: "cells" }, el("tbody", {}, rows));
}

/** "Taiwan 4 · Japan not known" @param {Ctx} ctx @param {number} c */
export function cellLine(ctx, c) {
  const { model, lang, say } = ctx;
  const cells = cellsLeft(ctx, c);
  return model.data.meta.pair
    .map((code) => {
      const cell = cells[code];
      const count = cell?.state === "count" ? formatCount(cell.vendors, lang) : say(sayState(cell?.state));
      return `${model.country(code, lang).text} ${count}`;
    })
    .join(" · ");
}

/** @param {Ctx} ctx @param {string} key */
export function needSections(ctx, key) {
  const { model, say } = ctx;
  /** @param {number} row @param {"from"|"to"} end */
  const item = (row, end) => {
    const need = model.data.requires[row];
    return el(
      "li",
      {},
      thing(ctx, refKey(need[end])),
      el(
        "p",
        { class: "tags" },
        el("span", { class: "tag" }, say(`page.req-${need.kind}`)),
        need.alt ? el("span", { class: "tag" }, say("page.alt", { name: need.alt })) : null,
      ),
      written("p", "product", need.why),
      evidence(ctx, need.ev),
    );
  };
  const needs = model.needs(key);
  const by = model.neededBy(key);
  return [
    section(
      say("page.needs"),
      needs.length
        ? list(
            ctx,
            [...needs].sort((a, b) => altOf(ctx, a) - altOf(ctx, b)),
            (row) => item(row, "to"),
            40,
          )
        : muted(say("page.needs-none")),
    ),
    key.startsWith("component:") || by.length
      ? section(
          say("page.neededby"),
          by.length ? list(ctx, by, (row) => item(row, "from"), 40) : muted(say("page.neededby-none")),
        )
      : null,
  ];
}

/** Plain needs first, then choices. @param {Ctx} ctx @param {number} row */
const altOf = (ctx, row) => (ctx.model.data.requires[row].alt ? 1 : 0);
