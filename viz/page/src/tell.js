/** A gap in words, with its chain and its sources: for a letter or a slide. Pure functions. */

/** @import { Ctx } from "./parts.js" */
/** @import { Ev, Finding } from "./types.js" */
import { settleText } from "./gaps.js";
import { listSteps } from "./listing-steps.js";
import { formatDate, formatShare, safeUrl } from "./text.js";
import { listTargets } from "./witness.js";

const MOST = 20; // of any list

/**
 * Numbers the sources as they are named. @param {Ctx} ctx
 */
function makeNotes({ model, lang, say }) {
  /** @type {string[]} */
  const lines = [];
  /** @type {Map<string, number>} */
  const known = new Map();
  /** @param {Ev|undefined} ev @returns {string} a mark such as " [1]"; where there is no source, that is said */
  const mark = (ev) => {
    if (!ev) return "";
    const source = ev.s === undefined ? undefined : model.data.sources[ev.s];
    if (!source) return ` [${say("page.ev-uncited")}]`;
    const id = `${ev.s} ${ev.as_of ?? ""}`;
    const at = known.get(id) ?? lines.length + 1;
    if (!known.has(id)) {
      known.set(id, at);
      const when = ev.as_of
        ? say("page.ev-asof", { date: formatDate(ev.as_of, lang) })
        : say("page.ev-asof-unknown");
      lines.push(
        [`[${at}]`, say(`page.ev-${ev.kind}`), source.title, when, safeUrl(source.url) ?? ""]
          .filter(Boolean)
          .join(" · ")
          .replace("] · ", "] "),
      );
    }
    return ` [${at}]`;
  };
  return { mark, lines };
}

/** @param {Ctx} ctx @param {Finding} finding @param {string} link @returns {string} */
export function tellFinding(ctx, finding, link) {
  const { model, lang, say, state } = ctx;
  const { requires, offers, meta } = model.data;
  const { mark, lines: notes } = makeNotes(ctx);
  /** @param {string} key */
  const name = (key) => model.name(key, lang).text;
  /** @param {number[]} rows @param {string} table */
  const names = (rows, table) =>
    [
      ...rows.slice(0, MOST).map((i) => name(`${table}:${i}`)),
      rows.length > MOST ? `+${rows.length - MOST}` : "",
    ]
      .filter(Boolean)
      .join(say("page.tell-and"));
  const member = model.member(finding, lang)?.text ?? say("page.gap-nobody");
  const unit = finding.unit ? ` (${say(`page.unit-${finding.unit}`)})` : "";
  const { solutions, solutions_total: total } = finding;
  const out = [
    `${member}${unit}: ${say(`kind.${finding.kind}`)}, ${say(`verdict.${finding.verdict}`)}`,
    `${say("page.gap-root")}${names(finding.roots, "component")}`,
    solutions.length
      ? say(finding.kind === "dominant" ? "page.gap-rest" : "page.gap-lost", { n: solutions.length, total })
      : say("page.gap-lost-none"),
    say("page.gap-severity", { value: formatShare(finding.severity, lang) }),
  ];
  // what the claim itself rests on: who offers the roots
  for (const c of finding.roots.slice(0, MOST))
    for (const i of model.offersAt(c).slice(0, MOST))
      out.push(
        `– ${name(`component:${c}`)}: ${name(`vendor:${offers[i].v}`)} (${model.country(model.data.vendors[offers[i].v].country, lang).text})${mark(offers[i].ev)}`,
      );
  const wanted = model.keyOf(state.target) ?? "";
  const target = Object.hasOwn(finding.witness, wanted) ? wanted : listTargets(finding)[0];
  if (target) {
    out.push("", say("page.gap-witness"));
    for (const { step, key, via, root } of listSteps(finding.witness[target])) {
      const need = via === undefined ? undefined : requires[via];
      const why = need?.why ? ` – ${need.why}` : "";
      const rootmark = root ? ` (${say("page.gap-rootmark")})` : "";
      out.push(`${"  ".repeat(step - 1)}${step}. ${name(key)}${rootmark}${why}${mark(need?.ev)}`);
    }
  }
  out.push("", say("page.gap-settle"));
  out.push(
    ...(finding.settle.length
      ? finding.settle.map((item) => `– ${settleText(ctx, item)}`)
      : [`– ${say("page.gap-settle-none")}`]),
  );
  if (notes.length) out.push("", say("page.table-sources"), ...notes);
  out.push(
    "",
    `${finding.id} · ${say("page.scope-data", { version: meta.version, date: formatDate(meta.date, lang), hash: meta.hash.slice(0, 12) })}`,
    link,
  );
  return `${out.join("\n")}\n`;
}
