/**
 * The payload as Python writes it, and what the modules hand to one another. Types only.
 *
 * @typedef {"en"|"ja"|"zh"} Lang
 * @typedef {{en?: string, zh?: string, ja?: string}} Names
 * @typedef {{kind: "cited"|"report"|"uncited", s?: number, as_of?: string, conf?: string, note?: string, printed?: string}} Ev
 * @typedef {["component"|"solution", number]} Ref
 * @typedef {{vendors: number, groups: number, state: string, level: string}} Cell
 * @typedef {{id: string, names: Names, firms?: number[]}} Layer
 * @typedef {{id: string, layer: number|null, nature: string, names: Names, firms?: number[]}} Segment
 * @typedef {{id: string, segment: number, nature: string, stage: string, family?: string, virtual?: boolean, names: Names,
 *   aliases?: string[], note?: string, cells: Record<string, Cell>}} Component
 * @typedef {{id: string, country: string, names: Names, aliases?: string[], former?: string[], city?: string, exchange?: string,
 *   ticker?: string, website?: string, until?: string, head?: number, placeholder?: boolean, note?: string, ev: Ev}} Vendor
 * @typedef {{v: number, c: number, product?: string, status?: string, role?: string, share?: number, share_of?: string,
 *   share_year?: number, since?: string, until?: string, counted: boolean, when?: "later"|"over", own?: number[], ev: Ev}} Offer
 * @typedef {{from: Ref, to: Ref, alt?: string, kind: string, why?: string, ev: Ev}} Need
 * @typedef {{type: string, from: number, to: number, c?: number, share?: number, control?: string, since?: string, until?: string,
 *   in_force: boolean, when?: "later"|"over", detail?: string, ev: Ev}} Relation
 * @typedef {{id: string, names: Names}} Problem
 * @typedef {{id: string, names: Names, description?: Names, problems: number[], ev: Ev}} Solution
 * @typedef {{v: number, segment: number, printed?: string, ev: Ev}} Listed
 * @typedef {{url?: string, title?: string}} Source
 * @typedef {{at: Ref, root?: boolean, choice?: string, children?: Witness[], via?: number}} Witness
 * @typedef {{reason: string, v: number, c: number, status?: string, same_cut: boolean}} SecondSource
 * @typedef {{key: string, [param: string]: string|number}} Settle
 * @typedef {{id: string, kind: "cut"|"uncovered"|"dominant", unit: string|null, member: string|null, vendors: number[], roots: number[],
 *   components: number[], solutions: number[], solutions_total: number, direct: number[], severity: number, stand_ins?: number, verdict: string,
 *   also: {group?: boolean, country?: boolean}, seat_owner_disagree: boolean, settle: Settle[],
 *   witness: Record<string, Witness>, second_sources: SecondSource[], abroad: number[], more?: Record<string, number>}} Finding
 * Two countries together, by solution: score, its parts, components, vendors, ties (two places, twice what counts, relations),
 * those alike, imports; what each country lacks is what the other brings, what neither has, and the requirements on the way.
 * @typedef {[number, number[], number[], number[], [number, number, number, number[]][], number[][]?, number[]?]} AnswerRow
 * @typedef {{components: string, solutions: string, imports?: number[][], must?: number[][], lacking?: [number[][], number[][]][],
 *   chains?: {rows: AnswerRow[], empty?: number[]}[], line_ups?: {rows: AnswerRow[], rough?: boolean, unfilled?: number[]}[]}} Answers
 * @typedef {{name: string, version: string, date: string, hash: string, subject?: string, pair: [string, string], within: string, country_by: string,
 *   counts: Record<string, number>, left_out?: {kept: number, of: number, what: string[]}}} Meta
 * @typedef {{format: number, meta: Meta, countries: Record<string, Names>, layers: Layer[], segments: Segment[],
 *   components: Component[], vendors: Vendor[], offers: Offer[], requires: Need[], relations: Relation[], problems: Problem[],
 *   solutions: Solution[], listed: Listed[], sources: Source[], findings: Finding[], days?: Days, answers?: Answers}} Payload
 *
 * The days of the past, as `viz/days.py` writes them: positions, and differences from today.
 * @typedef {{id: string, kind: string, unit: string|null, member: string|null, roots: number[], solutions: number, fragile?: boolean}} Brief
 * @typedef {[kind: "offer"|"relation"|"vendor", at: number, what: "began"|"ended"|"changed"]} Fact
 * @typedef {[to: number, kind: "opened"|"closed", finding: number, enough: boolean, facts: Fact[]]} Step
 * @typedef {{findings: number[], counts: [number, number, number], off: number[], on: number[], ties: number[], heads: number[],
 *   cells: [number, string, number, number, string, string][], learned: {opened: number[], closed: number[]}|null}} Day
 * @typedef {{list: string[], report: string|null, left: number, at: Day[], findings: (Partial<Finding> & {i?: number})[], past: Offer[],
 *   steps: Step[], briefs: Brief[], completeness: [number, string, string, string][]}} Days
 *
 * @typedef {{key: string, kind: string, x: number, y: number, w: number, h: number}} Box
 * @typedef {{width: number, height: number, boxes: Box[], frames: Box[]}} Board
 * @typedef {{wide: Board, narrow: Board, small?: Board, large?: Board, huge?: Board}} Boards
 * @typedef {Record<string, Record<Lang, string>>} Messages
 * @typedef {{from: string, to: string, dashed?: boolean, arrow?: boolean, strong?: boolean, label?: string, opens?: string}} Edge `opens` is the key of a box that it stands for
 *
 * What to write into a box.
 * @typedef {{text: string, lang: Lang}} Label
 * @typedef {{shape: string, text: string}} Count
 * @typedef {{name: Label, sub?: string, counts?: Count[], mark?: {glyph: string, text: string, lang: Lang}, tone?: string, bold?: boolean,
 *   number?: string, dashed?: boolean, gone?: boolean, calm?: boolean, faint?: boolean, round?: boolean, skin?: {fill?: string, line?: string, width?: number}}} Content
 * @typedef {Box & Content} SceneBox
 * @typedef {{key: string, width: number, height: number, boxes: SceneBox[], frames: Box[], ports: {key: string, x: number, y: number}[], edges: Edge[], loop: boolean, hidden: number,
 *   steady?: boolean, least?: number, under?: (ctx: CanvasRenderingContext2D, brush: import("./brush.js").Brush) => void}} Scene
 * @typedef {{nodes: Set<string>, roots: Set<string>, edges: {from: string, to: string}[], depth: Map<string, number>, steps: number}} Lit
 *
 * What the reader looks at: `lost` are the ids taken away ("vendor:tsmc", "group:foxconn", "country:TW"), `on` a day, or null for
 * that of the data; `from` are the ids of what was opened on the way to a firm; `pick` is a path, chain or line-up of the
 * solution ("line-up:1"), or ties of the firm ("tie:0:SUPPLIES:out").
 * @typedef {{lang: Lang, view: "map"|"table", at: string|null, gap: string|null, target: string|null, tab: string,
 *   lost: string[], on: string|null, filters: import("./filters.js").Filters, from?: string[], pick?: string|null}} State
 */
export {};
