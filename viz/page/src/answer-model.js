/** The result of a query with its indices: names, colours, who is tied to whom. Nothing here touches the document. */

/** @import { AnswerPayload, AnswerState, Cell, Listing } from "./answer-types.js" */
/** @import { Entry } from "./search.js" */
/** @import { Label, Lang } from "./types.js" */
import { makeEntry } from "./search.js";
import { LANGS, pickName } from "./text.js";

/** Characters that steer writing direction, or nothing that is seen. */
// eslint-disable-next-line no-control-regex
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/g;
const HUES = 5; // colours of types; the rest share one

/** A text in one line, for places where no element keeps its direction to itself. @param {string} text */
export const plain = (text) => text.replace(UNSEEN, " ").replace(/\s+/g, " ").trim();

/** The script of a text of unknown language. @param {string} text @param {Lang} lang that of the page @returns {Lang} */
export function guessLang(text, lang) {
  if (/[\u3041-\u30ff]/.test(text)) return "ja";
  if (/[\u3400-\u9fff]/.test(text)) return lang === "ja" ? "ja" : "zh";
  return "en";
}

export class Answer {
  /** @param {AnswerPayload} payload */
  constructor(payload) {
    this.data = payload;
    const { nodes, rels, types } = payload;
    /** @type {number[][]} relationships of each node */
    this.relsOf = nodes.map(() => []);
    rels.forEach(({ a, b }, i) => {
      this.relsOf[a].push(i);
      if (a !== b) this.relsOf[b].push(i);
    });
    const stems = [...new Set(types.map(({ name, short }) => short ?? name))];
    /** colour of each type: one in force and not in force have the same */
    this.hues = types.map(({ name, short }) => Math.min(HUES, stems.indexOf(short ?? name)));
    /** @type {Map<string, number>} how many nodes have each label, in order of appearance */
    this.labels = new Map();
    for (const { l } of nodes)
      for (const label of l) this.labels.set(label, (this.labels.get(label) ?? 0) + 1);
  }

  /** @param {number} i @param {Lang} lang @returns {Label} */
  name(i, lang) {
    const { names, caption, l, id } = this.data.nodes[i];
    const name = pickName(names, lang);
    if (name.text.trim()) return name;
    const text = caption ?? (`${l[0] ?? ""} ${id}`.trim() || String(i + 1));
    return { text, lang: guessLang(text, lang) };
  }

  /** @param {number} i */
  labelsOf(i) {
    return this.data.nodes[i].l.join(" · ");
  }

  /** "n12" or "r3" of the URL fragment, or nothing. @param {string} key @returns {{kind: "n"|"r", i: number}|null} */
  find(key) {
    const parts = /^([nr])(\d{1,7})$/.exec(key);
    if (!parts) return null;
    const [kind, i] = [/** @type {"n"|"r"} */ (parts[1]), Number(parts[2])];
    return i < (kind === "n" ? this.data.nodes : this.data.rels).length ? { kind, i } : null;
  }

  /** A cell as text. @param {Cell} cell @param {Lang} lang @returns {string} */
  text(cell, lang) {
    if (cell === null) return "null";
    if (typeof cell === "string") return cell;
    if ("n" in cell) return cell.n;
    if ("k" in cell) return cell.k;
    if ("t" in cell) return cell.t;
    if ("v" in cell) return this.name(cell.v, lang).text;
    if ("r" in cell) {
      const { a, b, t } = this.data.rels[cell.r];
      return `${this.name(a, lang).text} –${this.data.types[t].name}→ ${this.name(b, lang).text}`;
    }
    if ("p" in cell)
      return cell.p
        .map((node, i) => this.text(node, lang) + (cell.s[i] ? ` ${stepText(cell.s[i])} ` : ""))
        .join("");
    if ("l" in cell) return `[${cell.l.map((part) => this.text(part, lang)).join(", ")}]`;
    return `{${cell.m.map(([key, part]) => `${key}: ${this.text(part, lang)}`).join(", ")}}`;
  }

  /** What a column is sorted by. @param {Cell} cell @param {Lang} lang @returns {string|number} */
  rank(cell, lang) {
    return cell !== null && typeof cell === "object" && "n" in cell ? Number(cell.n) : this.text(cell, lang);
  }

  /** Whether a column holds numbers only. @param {number} column */
  isNumeric(column) {
    const cells = this.data.rows.map((row) => row[column]).filter((cell) => cell !== null);
    return (
      cells.length > 0 && cells.every((cell) => typeof cell === "object" && cell !== null && "n" in cell)
    );
  }
}

/** A step of a path. @param {[string, boolean]} step */
export const stepText = ([type, forward]) => (forward ? `–${type}→` : `←${type}–`);

/** @param {Answer} answer @returns {Generator<Entry, void, void>} */
export function* listAnswerEntries({ data }) {
  for (const [i, { id, names, caption, also }] of data.nodes.entries())
    yield makeEntry(`n${i}`, "node", id, names, [...(caption ? [caption] : []), ...(also ?? [])]);
}

/** @type {Listing[]} */
export const LISTINGS = ["rows", "nodes", "rels"];

/** The listing asked for, or the rows where there is none of it. @param {Answer} answer @param {Listing} list @returns {Listing} */
export const chooseListing = ({ data }, list) => (data[list].length ? list : "rows");

/** @param {string} hash @param {Lang} lang the language if the fragment names none @returns {AnswerState} */
export function parseAnswerState(hash, lang) {
  const params = new URLSearchParams(hash.replace(/^#/, ""));
  const wanted = /** @type {Lang} */ (params.get("lang") ?? "");
  const list = /** @type {Listing} */ (params.get("list") ?? "");
  const at = params.get("at") ?? "";
  return {
    lang: LANGS.includes(wanted) ? wanted : lang,
    view: params.get("view") === "table" ? "table" : "map",
    at,
    tab: (params.get("tab") ?? (at ? "details" : "nodes")) === "details" ? "details" : "nodes",
    list: LISTINGS.includes(list) ? list : "rows",
  };
}

/** @param {AnswerState} state @returns {string} beginning with "#" */
export function formatAnswerState({ lang, view, at, tab, list }) {
  const params = new URLSearchParams({ lang });
  if (view !== "map") params.set("view", view);
  if (at) params.set("at", at);
  if (tab !== (at ? "details" : "nodes")) params.set("tab", tab);
  if (list !== "rows") params.set("list", list);
  return `#${params}`;
}
