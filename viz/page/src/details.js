/** All that is known about the thing chosen, and the list of solutions. */

/** @import { Child, Ctx } from "./parts.js" */
/** @import { Offer } from "./types.js" */
import { el, glyph, named, outLink, written } from "./dom.js";
import { compareVendors, split } from "./model.js";
import { formatCount, formatDate, pickName, siteUrl } from "./text.js";
import { cameBySection, pickedSection, relationSection } from "./ties.js";
import { CLASSES, answerSections, classTag, needMix } from "./answers.js";
import { gapSection } from "./gaps.js";
import { renderLayer } from "./layerpanel.js";
import { lossButton, lossNote } from "./loss.js";
import { partnerSection } from "./partnerlist.js";
import {
  SIDES,
  thing,
  section,
  muted,
  list,
  evidence,
  namesOf,
  facts,
  heading,
  offerLines,
  cellTable,
  cellLine,
  needSections,
  otherNames,
} from "./parts.js";

/** Solutions by the problem of society that they answer, or by who can make them. @param {Ctx} ctx */
export function renderSolutions(ctx) {
  const { model, state, say, go } = ctx;
  const { answers } = model.data;
  const byClass = Boolean(answers) && state.pick === "by:class";
  /** @param {string} key @param {boolean} on @param {string|null} pick */
  const button = (key, on, pick) =>
    el("button", { type: "button", "aria-pressed": String(on), click: () => go({ pick }) }, say(key));
  return [
    answers
      ? el(
          "div",
          { class: "lists", role: "group" },
          button("page.by-problem", !byClass, null),
          button("page.by-class", byClass, "by:class"),
        )
      : null,
    ...groupSolutions(ctx, byClass)
      .filter((group) => group.rows.length)
      .map((group) =>
        el(
          "section",
          {},
          el("h3", {}, group.label, el("span", { class: "count" }, formatCount(group.rows.length, ctx.lang))),
          list(ctx, group.rows, (s) =>
            el(
              "li",
              {},
              thing(ctx, `solution:${s}`),
              answers && !byClass ? el("p", { class: "muted" }, classTag(ctx, answers.solutions[s])) : null,
              answers ? needMix(ctx, s) : null,
            ),
          ),
        ),
      ),
  ];
}

/** @param {Ctx} ctx @param {boolean} byClass @returns {{label: Child, rows: number[]}[]} */
function groupSolutions(ctx, byClass) {
  const { model, lang } = ctx;
  const { problems, solutions, answers } = model.data;
  const all = solutions.map((_, s) => s);
  if (byClass)
    return CLASSES.map((code) => ({
      label: classTag(ctx, code),
      rows: all.filter((s) => answers?.solutions[s] === code),
    }));
  const groups = problems.map((problem, p) => ({
    label: /** @type {Child} */ (named(pickName(problem.names, lang, problem.id))),
    rows: all.filter((s) => solutions[s].problems.includes(p)),
  }));
  return [...groups, { label: "–", rows: all.filter((s) => !solutions[s].problems.length) }];
}

/** @param {Ctx} ctx */
export function renderDetails(ctx) {
  const key = ctx.model.keyOf(ctx.state.at);
  if (!key) return [muted(ctx.say("page.details-empty"))];
  const [kind, at] = split(key);
  const render = {
    component: renderComponent,
    vendor: renderVendor,
    solution: renderSolution,
    segment: renderSegment,
    layer: renderLayer,
  }[kind];
  return render ? render(ctx, at) : [];
}

/** @param {Ctx} ctx @param {number} c */
function renderComponent(ctx, c) {
  const { model, lang, say } = ctx;
  const component = model.data.components[c];
  const kicker = [
    say("page.is-component"),
    say(`page.nature-${component.nature}`),
    say(`page.stage-${component.stage}`),
    component.virtual ? say("page.virtual") : "",
  ]
    .filter(Boolean)
    .join(" · ");
  return [
    ...heading(kicker, model.name(`component:${c}`, lang)),
    lossNote(ctx, `component:${c}`),
    cellTable(ctx, c),
    written("p", "note", component.note),
    gapSection(ctx, "page.gap-of", model.gapsAt(c)),
    ...vendorSections(ctx, c),
    ...needSections(ctx, `component:${c}`),
    section(
      say("page.field-names"),
      namesOf(ctx, component),
      facts(ctx, [
        ["page.field-aliases", otherNames(component.aliases)],
        ["page.field-family", component.family],
        ["page.field-id", component.id],
      ]),
    ),
  ];
}

/** Vendors of a component by country, with their offers. @param {Ctx} ctx @param {number} c */
function vendorSections(ctx, c) {
  const { model, lang, say } = ctx;
  const { offers, vendors, meta } = model.data;
  const rows = model
    .offersAt(c)
    .map((i) => offers[i])
    .sort(compareVendors(model));
  return [0, 1, 2].map((side) => {
    const mine = rows.filter((offer) => model.sideOf(vendors[offer.v].country) === side);
    const name = side === 2 ? say("page.third") : model.country(meta.pair[side], lang).text;
    if (!mine.length && side === 2) return null;
    const note = side === 2 && meta.within === "pair" ? muted(say("page.third-note")) : null;
    return el(
      "section",
      {},
      el(
        "h3",
        {},
        glyph(SIDES[side]),
        ` ${say("page.vendors")} – ${name} `,
        el("span", { class: "count" }, formatCount(mine.length, lang)),
      ),
      note,
      mine.length ? list(ctx, mine, (offer) => vendorItem(ctx, offer)) : muted(say("page.nobody")),
    );
  });
}

/** @param {Ctx} ctx @param {Offer} offer */
function vendorItem(ctx, offer) {
  const { model, lang, say } = ctx;
  const vendor = model.data.vendors[offer.v];
  const head = model.headOf(offer.v);
  return el(
    "li",
    { class: offer.counted ? "" : "off" },
    thing(ctx, `vendor:${offer.v}`),
    model.sideOf(vendor.country) === 2
      ? el("span", { class: "muted" }, ` ${model.country(vendor.country, lang).text}`)
      : null,
    head === offer.v
      ? null
      : el(
          "span",
          { class: "muted" },
          ` ${say("page.group", { name: model.name(`vendor:${head}`, lang).text })}`,
        ),
    vendor.placeholder ? el("p", { class: "note" }, say("page.placeholder")) : null,
    offerLines(ctx, offer),
  );
}

/** @param {Ctx} ctx @param {number} v */
function renderVendor(ctx, v) {
  const { model, lang, say } = ctx;
  const vendor = model.data.vendors[v];
  const head = model.headOf(v);
  const country = model.country(vendor.country, lang);
  const members = model.membersOf(v);
  const unknown = () => el("span", { class: "muted" }, say("page.unknown"));
  const listing = [vendor.exchange, vendor.ticker].filter(Boolean).join(" ");
  const site = siteUrl(vendor.website);
  return [
    ...heading(`${say("page.is-vendor")} · ${country.text}`, model.name(`vendor:${v}`, lang)),
    vendor.placeholder ? el("p", { class: "note" }, say("page.placeholder")) : null,
    written("p", "note", vendor.note),
    el(
      "p",
      { class: "tags" },
      lossButton(ctx, `vendor:${vendor.id}`),
      model.membersOf(head).length ? lossButton(ctx, `group:${model.data.vendors[head].id}`) : null,
    ),
    pickedSection(ctx, v),
    cameBySection(ctx, v),
    gapSection(ctx, "page.gap-of-vendor", model.gapsOf(v)),
    partnerSection(ctx, v),
    section(
      say("page.offers"),
      model.offersOf(v).length
        ? list(ctx, model.offersOf(v), (row) => offerItem(ctx, model.data.offers[row]))
        : muted(say("page.offers-none")),
    ),
    relationSection(ctx, v),
    section(
      say("page.field-names"),
      namesOf(ctx, vendor),
      facts(ctx, [
        ["page.field-aliases", otherNames(vendor.aliases, vendor.country)],
        ["page.field-former", otherNames(vendor.former, vendor.country)],
        ["page.field-country", named(country)],
        ["page.field-city", vendor.city || unknown()],
        ["page.field-listing", listing || unknown()],
        [
          "page.field-website",
          site ? outLink(site, String(vendor.website), say("page.newtab")) : vendor.website || unknown(),
        ],
        ["page.field-owner", head === v ? null : thing(ctx, `vendor:${head}`)],
        [
          "page.field-members",
          members.length ? list(ctx, members, (m) => el("li", {}, thing(ctx, `vendor:${m}`)), 40) : null,
        ],
        ["page.field-until", vendor.until ? formatDate(vendor.until, lang) : null],
        ["page.field-listed", model.listedOf(v).map((row) => listedItem(ctx, model.data.listed[row]))],
        ["page.field-id", vendor.id],
      ]),
      evidence(ctx, vendor.ev),
    ),
  ];
}

/** @param {Ctx} ctx @param {import("./types.js").Listed} listed */
const listedItem = (ctx, listed) =>
  el(
    "div",
    {},
    thing(ctx, `segment:${listed.segment}`),
    listed.printed ? ` ${ctx.say("page.field-printed", { text: listed.printed })}` : null,
    evidence(ctx, listed.ev),
  );

/** @param {Ctx} ctx @param {Offer} offer */
const offerItem = (ctx, offer) =>
  el("li", { class: offer.counted ? "" : "off" }, thing(ctx, `component:${offer.c}`), offerLines(ctx, offer));

/** @param {Ctx} ctx @param {number} s */
function renderSolution(ctx, s) {
  const { model, lang, say } = ctx;
  const solution = model.data.solutions[s];
  const description = pickName(solution.description, lang);
  const gaps = model.data.findings.flatMap((finding, i) => (finding.solutions.includes(s) ? [i] : []));
  const problems = solution.problems.map((p) =>
    named(pickName(model.data.problems[p].names, lang, model.data.problems[p].id)),
  );
  return [
    ...heading(say("page.is-solution"), model.name(`solution:${s}`, lang)),
    lossNote(ctx, `solution:${s}`),
    description.text ? el("p", { class: "intro" }, named(description)) : null,
    facts(ctx, [["page.field-problem", problems.flatMap((node, i) => [i ? ", " : "", node])]]),
    ...answerSections(ctx, s),
    gapSection(ctx, "page.gap-of-solution", gaps),
    ...needSections(ctx, `solution:${s}`),
    section(
      say("page.field-names"),
      namesOf(ctx, solution),
      facts(ctx, [["page.field-id", solution.id]]),
      evidence(ctx, solution.ev),
    ),
  ];
}

/** @param {Ctx} ctx @param {number} s */
function renderSegment(ctx, s) {
  const { model, lang, say } = ctx;
  const segment = model.data.segments[s];
  const layer =
    segment.layer === null ? say("page.secures") : model.name(`layer:${segment.layer}`, lang).text;
  const listed = model.data.listed.filter((row) => row.segment === s);
  const gaps = [...new Set(model.inside(s).flatMap((c) => model.gapsAt(c)))].sort((a, b) => a - b);
  return [
    ...heading(
      `${say("page.is-segment")} · ${layer} · ${say(`page.nature-${segment.nature}`)}`,
      model.name(`segment:${s}`, lang),
    ),
    gapSection(ctx, "page.tab-gaps", gaps),
    section(
      say("page.components"),
      list(ctx, model.inside(s), (c) =>
        el("li", {}, thing(ctx, `component:${c}`), el("p", { class: "muted" }, cellLine(ctx, c))),
      ),
    ),
    listed.length
      ? section(
          say("page.field-listed"),
          list(ctx, listed, (row) =>
            el(
              "li",
              {},
              thing(ctx, `vendor:${row.v}`),
              evidence(
                ctx,
                row.printed && !row.ev.printed
                  ? Object.create(row.ev, { printed: { value: row.printed } })
                  : row.ev,
              ),
            ),
          ),
        )
      : null,
    section(say("page.field-names"), namesOf(ctx, segment), facts(ctx, [["page.field-id", segment.id]])),
  ];
}
