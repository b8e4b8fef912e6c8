/**
 * The payload of a query's result as Python writes it. Types only.
 *
 * A cell: null, a text, or an object of one kind: number, word of Cypher, other text, node, relationship, path, list, map.
 * @typedef {null|string|{n: string}|{k: string}|{t: string}|{v: number}|{r: number}|{p: Cell[], s: [string, boolean][]}|{l: Cell[]}|{m: [string, Cell][]}} Cell
 * @typedef {[string, Cell][]} Props
 * @typedef {{l: string[], id: string, names: import("./types.js").Names, caption?: string, also?: string[], side?: 0|1|2, props: Props}} AnswerNode
 * @typedef {{t: number, a: number, b: number, props: Props}} AnswerRel
 * @typedef {{name: string, short?: string, past?: boolean}} AnswerType
 * @typedef {{a: number, b: number, t: number, r: number[]}} AnswerLine
 * @typedef {{title: string, pair: [string, string], columns: string[], rows: Cell[][], nodes: AnswerNode[], rels: AnswerRel[],
 *   types: AnswerType[], lines: AnswerLine[], drawn: number, truncated: boolean,
 *   counts: {rows: number, nodes: number, rels: number, skipped: number}}} AnswerPayload
 * @typedef {{width: number, height: number, wires: number[][], places: [number, number, number, number][]}} AnswerBoard
 * @typedef {"rows"|"nodes"|"rels"} Listing
 * @typedef {{lang: import("./types.js").Lang, view: "map"|"table", at: string, tab: "nodes"|"details", list: Listing}} AnswerState
 * @typedef {import("./boxes.js").Say} Say
 * @typedef {{answer: import("./answer-model.js").Answer, lang: import("./types.js").Lang, say: Say, narrow: boolean, state: AnswerState,
 *   go: (change: Partial<AnswerState>) => void}} AnswerCtx
 */
export {};
