/** Chains and line-ups of a solution: firms in their places, with the score in its parts and the ties between them. */

/** @import { Child, Ctx } from "./parts.js" */
/** @import { Answers } from "./types.js" */
import { el, glyph, named } from "./dom.js";
import { SIDES, evidence, list, muted, offerLines, section, thing } from "./parts.js";
import { orderPlaces } from "./picks.js";
import { formatCount } from "./text.js";

const PARTS = /** @type {const} */ (["need", "backup", "tie", "evidence", "balance"]);

/** A row that opens, and lights up what it is about. @param {Ctx} ctx @param {string} pick @param {Child[]} head @param {() => Child[]} body */
export function pickRow({ state, go, narrow }, pick, head, body) {
  const open = state.pick === pick;
  return el(
    "li",
    { class: open ? "choosable open" : "choosable" },
    el(
      "button",
      {
        type: "button",
        id: `pick-${pick}`,
        "data-pick": pick,
        "aria-expanded": String(open),
        click: () => go({ pick: open ? null : pick, ...(narrow ? {} : { view: "map" }) }),
      },
      el("span", { class: "choosable-fold", "aria-hidden": "true" }, open ? "▾" : "▸"),
      el("span", { class: "choosable-text" }, head),
    ),
    open ? el("div", { class: "choosable-body" }, body()) : null,
  );
}

/** @typedef {import("./types.js").AnswerRow} Row */

/** @param {Ctx} ctx @param {NonNullable<Answers["line_ups"]>[0]} found */
export function lineUpSection(ctx, found) {
  const { model, lang, say } = ctx;
  if (!found.rows.length) {
    const names = (found.unfilled ?? []).map((c) => model.name(`component:${c}`, lang).text);
    return section(
      say("page.lineups"),
      muted(
        names.length
          ? say("page.lineups-unfilled", { names: names.join(say("page.comma")) })
          : say("page.lineups-none"),
      ),
    );
  }
  return section(
    say("page.lineups"),
    muted(say(found.rough ? "page.lineups-rough" : "page.lineups-intro")),
    list(ctx, found.rows, (row) => placesItem(ctx, "line-up", row, found.rows)),
  );
}

/** @param {Ctx} ctx @param {NonNullable<Answers["chains"]>[0]} found */
export function chainSection(ctx, found) {
  const { model, lang, say } = ctx;
  const empty = (found.empty ?? []).map((layer) => model.name(`layer:${layer}`, lang).text);
  return section(
    say("page.chains"),
    muted(
      found.rows.length
        ? say("page.chains-intro")
        : say(empty.length ? "page.chains-empty" : "page.chains-none", {
            layers: empty.join(say("page.comma")),
          }),
    ),
    list(ctx, found.rows, (row) => placesItem(ctx, "chain", row, found.rows)),
  );
}

/** A chain or a line-up. @param {Ctx} ctx @param {"chain"|"line-up"} kind @param {Row} row @param {Row[]} rows */
function placesItem(ctx, kind, row, rows) {
  const { model, lang, say } = ctx;
  const [score, parts, components, vendors, , alike = [], imports = []] = row;
  const number = rows.indexOf(row) + 1;
  const order = kind === "chain" ? components.map((_, place) => place) : orderPlaces(model, components);
  const sides = [0, 1, 2].map(
    (side) => vendors.filter((v) => model.sideOf(model.data.vendors[v].country) === side).length,
  );
  const count = sides.flatMap((n, side) => (n ? [glyph(SIDES[side]), `${formatCount(n, lang)} `] : []));
  const text =
    kind === "chain"
      ? nameChain(ctx, row)
      : number === 1
        ? nameFirms(ctx, row, order)
        : nameDifference(ctx, row, rows[0]);
  return pickRow(
    ctx,
    `${kind}:${number}`,
    [
      el(
        "strong",
        {},
        say(kind === "chain" ? "page.chain-n" : "page.lineup-n", { n: number }),
        el("span", { class: "score" }, count, say("page.score", { score: score.toFixed(2) })),
      ),
      el("span", { class: "muted" }, text),
    ],
    () => [
      el(
        "ol",
        { class: "places" },
        order.map((place) => placeItem(ctx, components[place], vendors[place], alike[place] ?? [])),
      ),
      tieList(ctx, row),
      imports.length
        ? el(
            "p",
            { class: "muted" },
            say("page.lineup-imports"),
            imports.flatMap((c) => [" ", thing(ctx, `component:${c}`)]),
          )
        : null,
      el(
        "p",
        { class: "parts" },
        PARTS.flatMap((part, n) => [
          el("span", {}, `${say(`paths.part.${part}`)} `, el("b", {}, parts[n].toFixed(2))),
        ]),
      ),
    ],
  );
}

/** @param {Ctx} ctx @param {Row} row */
const nameChain = ({ model, lang }, [, , components]) =>
  components.flatMap((c, n) => [n ? " → " : "", named(model.name(`component:${c}`, lang))]);

/** @param {Ctx} ctx @param {Row} row @param {number[]} order */
const nameFirms = ({ model, lang }, [, , , vendors], order) =>
  [...new Set(order.map((place) => vendors[place]))].flatMap((v, n) => [
    n ? " · " : "",
    named(model.name(`vendor:${v}`, lang)),
  ]);

/** What a line-up has otherwise than the best. @param {Ctx} ctx @param {Row} row @param {Row} best @returns {Child[]} */
function nameDifference({ model, lang, say }, [, , components, vendors], [, , first, firms]) {
  const other = components.flatMap((c, place) => (firms[first.indexOf(c)] === vendors[place] ? [] : [place]));
  return [
    `${say("page.lineup-differs")} `,
    ...other.flatMap((place, n) => [
      n ? " · " : "",
      named(model.name(`vendor:${vendors[place]}`, lang)),
      " (",
      named(model.name(`component:${components[place]}`, lang)),
      ")",
    ]),
  ];
}

/** @param {Ctx} ctx @param {number} c @param {number} v @param {number[]} alike */
function placeItem(ctx, c, v, alike) {
  const offers = ctx.model.offersAt(c).map((row) => ctx.model.data.offers[row]);
  const offer = offers.find((one) => one.v === v && one.counted);
  return el(
    "li",
    {},
    thing(ctx, `component:${c}`),
    el("div", { class: "by" }, thing(ctx, `vendor:${v}`), offer ? offerLines(ctx, offer) : null),
    alike.length
      ? el(
          "p",
          { class: "muted" },
          `${ctx.say("page.lineup-alike")} `,
          alike.flatMap((one, n) => [n ? " · " : "", thing(ctx, `vendor:${one}`)]),
        )
      : null,
  );
}

/** Ties that neighbours are known to have, with what says so. @param {Ctx} ctx @param {Row} row */
function tieList(ctx, [, , , vendors, ties]) {
  const { model, lang, say } = ctx;
  if (!ties.length) return muted(say("page.ties-none"));
  return el(
    "div",
    { class: "ties" },
    el("h5", {}, say("page.ties-n", { n: ties.length })),
    el(
      "ul",
      { class: "rows" },
      ties.map(([one, other, , relations]) =>
        el(
          "li",
          {},
          el("p", {}, thing(ctx, `vendor:${vendors[one]}`), " – ", thing(ctx, `vendor:${vendors[other]}`)),
          relations.map((row) => {
            const relation = model.data.relations[row];
            const names = {
              giver: model.name(`vendor:${relation.from}`, lang).text,
              taker: model.name(`vendor:${relation.to}`, lang).text,
            };
            return el(
              "div",
              {},
              el("p", { class: "product" }, say(`partners.tie.${relation.type}`, names)),
              evidence(ctx, relation.ev),
            );
          }),
        ),
      ),
    ),
  );
}
