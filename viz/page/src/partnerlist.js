/** The possible partners of a firm in the other country, with the reasons in words. */

/** @import { Child, Ctx } from "./parts.js" */
/** @import { Fit, Partner, Partners } from "./partners.js" */
import { el } from "./dom.js";
import { MOST_VENDORS, findPartners } from "./partners.js";
import { evidence, list, muted, section, thing } from "./parts.js";

const SHOWN = 8;
const AT_ONCE = 3; // before the rest is asked for
const REASONS = 2; // sentences before the rest is asked for
const NAMED = 4; // things named in one sentence

/** @param {Ctx} ctx @param {number} v @returns {Child} */
export function partnerSection(ctx, v) {
  const { model, lang, say } = ctx;
  const { meta, vendors } = model.data;
  const vendor = vendors[v];
  if (meta.within !== "pair" || vendor.placeholder || vendor.until) return null;
  if (!model.data.answers) return null;
  const side = model.chain.country[v];
  const mine = meta.pair.findIndex((code) => model.chain.countryCode.get(code) === side);
  if (mine < 0) return null;
  const country = model.country(meta.pair[1 - mine], lang).text;
  const command = el(
    "p",
    { class: "command" },
    say("page.partners-card"),
    " ",
    el("code", {}, `kizuna partners ${vendor.id} --card ${vendor.id}.html`),
  );
  const title = say("page.partners", { country });
  if (vendors.length > MOST_VENDORS) return section(title, muted(say("page.answers-left-out")), command);
  const found = findPartners(model.chain, v);
  if (!found?.components.length)
    return section(title, muted(say("partners.unknown", { vendor: model.name(`vendor:${v}`, lang).text })));
  const good = found.ranked.filter((one) => one.unlocks.length || one.relieves.length || one.fits.length);
  if (!good.length) return section(title, muted(say("page.partners-none", { country })), command);
  return section(
    title,
    muted(say("page.partners-intro", { n: good.length, country: model.country(meta.pair[mine], lang).text })),
    list(ctx, good.slice(0, SHOWN), (partner) => partnerItem(ctx, v, found, partner), AT_ONCE),
    command,
  );
}

/** @param {Ctx} ctx @param {number} v @param {Partners} found @param {Partner} partner */
function partnerItem(ctx, v, found, partner) {
  const { say } = ctx;
  const reasons = [...explain(ctx, v, found, partner)];
  const measures = [
    partner.unlocks.length && `${say("partners.column.unlocks")} ${partner.unlocks.length}`,
    partner.relieves.length && `${say("partners.column.relieves")} ${partner.relieves.length}`,
    partner.fits.length &&
      `${say("partners.column.fit")} ${(Number(partner.fit[0]) / Number(partner.fit[1])).toFixed(2)}`,
  ].filter(Boolean);
  return el(
    "li",
    { class: "partner", "data-partner": ctx.model.data.vendors[partner.vendor].id },
    thing(ctx, `vendor:${partner.vendor}`),
    el(
      "p",
      { class: "tags" },
      measures.map((text) => el("span", { class: "tag" }, String(text))),
      partner.sameGroup ? el("span", { class: "tag" }, say("partners.same_group")) : null,
      partner.ties.length
        ? el(
            "span",
            { class: "tag tag-tied" },
            `${say("partners.column.ties")}: ${say(`partners.ties.${partner.near ? 2 : 1}`)}`,
          )
        : null,
    ),
    el("ul", { class: "reasons" }, reasons.slice(0, REASONS)),
    reasons.length > REASONS || partner.ties.length
      ? el(
          "details",
          {},
          el("summary", {}, say("page.partners-more")),
          el("ul", { class: "reasons" }, reasons.slice(REASONS)),
          tieItems(ctx, partner),
        )
      : null,
  );
}

/** Why, strongest first, as `kizuna partners` says it. @param {Ctx} ctx @param {number} v @param {Partners} found @param {Partner} partner @returns {Generator<HTMLElement>} */
function* explain(ctx, v, found, partner) {
  const { model, lang, say } = ctx;
  /** @param {string} key */
  const name = (key) => model.name(key, lang).text;
  const spoken = { vendor: name(`vendor:${v}`), partner: name(`vendor:${partner.vendor}`) };
  const code = model.data.meta.pair.find((one) => model.chain.countryCode.get(one) === found.country) ?? "";
  const country = model.country(code, lang).text;
  /** Offers and requirements that a sentence rests on. @param {number[]} components @param {number[]} [rows] */
  const grounds = (components, rows = []) => [
    ...components.flatMap((c) => offersBy(ctx, partner.vendor, c)).map((offer) => evidence(ctx, offer.ev)),
    ...rows.map((row) => evidence(ctx, model.data.requires[row].ev)),
  ];
  /** @param {string} key @param {Record<string, string|number>} params @param {HTMLElement[]} from */
  const item = (key, params, from) =>
    el("li", {}, el("p", {}, say(key, { ...spoken, country, ...params })), from);
  if (partner.unlocks.length)
    yield item(
      "partners.reason.unlocks",
      {
        brings: components(ctx, partner.brings),
        n: partner.unlocks.length,
        targets: targets(ctx, partner.unlocks),
      },
      grounds(partner.brings.slice(0, NAMED)),
    );
  for (const { group, shared, targets: kept } of partner.relieves)
    yield item(
      shared.length ? "partners.reason.relieves" : "partners.reason.relieves_otherwise",
      { group: name(`vendor:${group}`), shared: components(ctx, shared), targets: targets(ctx, kept) },
      grounds(shared),
    );
  for (const fits of groupFits(ctx, partner.fits)) {
    const [{ other, needs, groups }] = fits;
    const place = { country, other: name(`component:${other}`), n: groups };
    yield item(
      needs ? "partners.reason.fit_needs" : "partners.reason.fit_needed",
      {
        ...place,
        own: components(
          ctx,
          fits.map((fit) => fit.own),
        ),
        rivals: say(groups ? "partners.rivals" : "partners.rivals_none", place),
      },
      grounds(
        [other],
        fits.slice(0, NAMED).map((fit) => fit.via),
      ),
    );
  }
}

/** @param {Ctx} ctx @param {number} v @param {number} c */
function offersBy({ model }, v, c) {
  return model
    .offersOf(v)
    .map((row) => model.data.offers[row])
    .filter((offer) => offer.c === c && offer.counted);
}

/** @param {Ctx} ctx @param {string[]} names */
function joinSome({ say }, names) {
  const more = names.length - NAMED;
  return (
    names.slice(0, NAMED).join(say("page.comma")) +
    (more > 0 ? `${say("page.comma")}${say("partners.more", { n: more })}` : "")
  );
}

/** @param {Ctx} ctx @param {number[]} rows */
const components = (ctx, rows) =>
  joinSome(
    ctx,
    [...new Set(rows)].map((c) => ctx.model.name(`component:${c}`, ctx.lang).text),
  );

/** Solutions first: they are what people know. @param {Ctx} ctx @param {number[]} nodes */
function targets(ctx, nodes) {
  const { chain } = ctx.model;
  const solutions = nodes.filter((node) => node >= chain.components);
  const order = [...solutions, ...nodes.filter((node) => node < chain.components)];
  return joinSome(
    ctx,
    order.map((node) => ctx.model.name(chain.key(node), ctx.lang).text),
  );
}

/** Fits of one component of the partner in one direction together. @param {Ctx} ctx @param {Fit[]} fits @returns {Fit[][]} */
function groupFits({ model }, fits) {
  /** @type {Map<string, Fit[]>} */
  const groups = new Map();
  for (const fit of fits) {
    const key = `${fit.other} ${fit.needs}`;
    groups.set(key, [...(groups.get(key) ?? []), fit]);
  }
  /** @param {Fit[]} group */
  const weight = (group) => group.length / (1 + group[0].groups);
  /** @param {Fit[]} group */
  const id = (group) => model.data.components[group[0].other].id;
  return [...groups.values()].sort((a, b) => weight(b) - weight(a) || (id(a) < id(b) ? -1 : 1));
}

/** @param {Ctx} ctx @param {Partner} partner */
function tieItems(ctx, partner) {
  const { model, lang, say } = ctx;
  return partner.ties.length
    ? el(
        "ul",
        { class: "reasons" },
        partner.ties.map((row) => {
          const { type, from, to, ev } = model.data.relations[row];
          const names = {
            giver: model.name(`vendor:${from}`, lang).text,
            taker: model.name(`vendor:${to}`, lang).text,
          };
          return el("li", {}, el("p", {}, say(`partners.tie.${type}`, names)), evidence(ctx, ev));
        }),
      )
    : null;
}
