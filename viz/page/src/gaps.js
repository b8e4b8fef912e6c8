/** The list of gaps, and one gap with its chain, what would settle it and who could stand in. */

/** @import { Child, Ctx } from "./parts.js" */
/** @import { Finding, Witness } from "./types.js" */
import { el, glyph, named, written } from "./dom.js";
import { glyphOf } from "./model.js";
import { formatCount, formatShare } from "./text.js";
import { seesGap } from "./sifted.js";
import { listTargets, refKey } from "./witness.js";
import { lossButton } from "./loss.js";
import { thing, section, muted, list, leftOutOf, evidence, meter } from "./parts.js";

const SHOWN_GAPS = 30; // of each kind, until the reader asks for more
const SHOWN_ROOTS = 8; // the loss of a country may have a hundred

/** @param {Ctx} ctx @param {number[]} roots @returns {Child[]} */
const listRoots = (ctx, roots) => roots.flatMap((c, i) => [i ? " · " : " ", thing(ctx, `component:${c}`)]);

/** One line of the list of gaps. @param {Ctx} ctx @param {number} row */
function gapCard(ctx, row) {
  const { model, lang, say, go } = ctx;
  const finding = model.data.findings[row];
  const member = model.member(finding, lang);
  const roots = finding.roots.map((c) => model.name(`component:${c}`, lang));
  return el(
    "li",
    {},
    el(
      "button",
      {
        type: "button",
        class: `gap gap-${glyphOf(finding)}`,
        "data-gap": finding.id,
        click: () =>
          go({
            gap: finding.id,
            at: null,
            target: null,
            tab: "gaps",
            view: ctx.narrow ? ctx.state.view : "map",
          }),
      },
      el("span", { class: "gap-mark" }, glyph(glyphOf(finding))),
      el(
        "span",
        { class: "gap-text" },
        el(
          "strong",
          {},
          member ? named(member) : say("page.gap-nobody"),
          finding.unit ? el("span", { class: "muted" }, ` ${say(`page.unit-${finding.unit}`)}`) : null,
        ),
        el(
          "span",
          { class: "gap-root" },
          joined(
            roots.slice(0, 3).map((label) => named(label)),
            roots.length > 3 ? ` +${roots.length - 3}` : "",
          ),
        ),
        el("span", { class: "gap-lost" }, meter(finding.severity), lostText(ctx, finding)),
      ),
    ),
  );
}

/** @param {Ctx} ctx @param {Finding} finding */
function lostText({ say }, { kind, solutions, solutions_total: total }) {
  if (!solutions.length) return say("page.gap-lost-none");
  return say(kind === "dominant" ? "page.gap-rest" : "page.gap-lost", { n: solutions.length, total });
}

/** @param {Node[]} nodes @param {string} tail @returns {Child[]} */
const joined = (nodes, tail) => [...nodes.flatMap((node, i) => (i ? [" · ", node] : [node])), tail];

/** @param {Ctx} ctx @param {number} off how many gaps the filters keep back */
const filterNote = ({ say, lang }, off) =>
  el(
    "p",
    { class: "note" },
    say("page.filters-gaps"),
    off ? ` ${say("page.filters-off", { n: formatCount(off, lang) })}` : "",
  );

/** Gaps by kind, each in its rank. @param {Ctx} ctx */
export function renderGaps(ctx) {
  const { model, say } = ctx;
  const chosen = model.finding(ctx.state.gap);
  if (chosen) return renderFinding(ctx, chosen);
  const all = model.data.findings.map((_, i) => i).filter((i) => seesGap(model, model.data.findings[i]));
  /** @type {HTMLElement[]} */
  const nodes = [el("p", { class: "intro" }, say("page.gaps-intro"))];
  for (const kind of ["confirmed", "apparent", "uncovered", "dominant", "fragile"]) {
    const rows = all.filter((i) => glyphOf(model.data.findings[i]) === kind);
    if (rows.length)
      nodes.push(
        el(
          "section",
          { class: "gaps" },
          el(
            "h3",
            {},
            glyph(kind),
            `${say(`page.gaps-${kind}`)} `,
            el("span", { class: "count" }, formatCount(rows.length, ctx.lang)),
          ),
          list(ctx, rows, (row) => gapCard(ctx, row), SHOWN_GAPS),
        ),
      );
  }
  const off = model.data.findings.length - all.length;
  if (model.left) nodes.splice(1, 0, filterNote(ctx, off));
  else if (!all.length) nodes.push(muted(say("page.gaps-none")));
  return nodes;
}

/** @param {Ctx} ctx @param {string} title key @param {number[]} rows */
export const gapSection = (ctx, title, rows) =>
  rows.length
    ? el(
        "section",
        { class: "gaps" },
        el("h3", {}, ctx.say(title)),
        list(ctx, rows, (row) => gapCard(ctx, row), 20),
      )
    : null;

/** Fills "component:3", "vendor:5", "country:TW" in a message with names. @param {Ctx} ctx @param {{key: string, [param: string]: string|number}} item */
export function settleText({ model, lang, say }, { key, ...params }) {
  const filled = Object.fromEntries(
    Object.entries(params).map(([param, value]) => {
      const text = String(value);
      if (text.startsWith("country:")) {
        const code = text.slice(8);
        return [param, code === "*" ? say("page.third") : model.country(code, lang).text];
      }
      const found = /^(component|vendor|solution|segment):\d+$/.test(text)
        ? text
        : (model.keyOf(`component:${text}`) ??
          model.keyOf(`vendor:${text}`) ??
          model.keyOf(`solution:${text}`));
      if (found && model.row(found)) return [param, model.name(found, lang).text];
      return [param, model.data.countries[text] ? model.country(text, lang).text : text];
    }),
  );
  return say(key, filled);
}

/** @param {Ctx} ctx @param {Finding} finding */
function renderFinding(ctx, finding) {
  const { model, lang, say, go } = ctx;
  const member = model.member(finding, lang);
  const targets = listTargets(finding);
  const target =
    ctx.state.target && finding.witness[model.keyOf(ctx.state.target) ?? ""]
      ? String(model.keyOf(ctx.state.target))
      : targets[0];
  const back = el(
    "button",
    { type: "button", class: "back", click: () => go({ gap: null, target: null, tab: "gaps" }) },
    `‹ ${say("page.tab-gaps")}`,
  );
  const also = [
    finding.also.group && say("page.gap-also-group"),
    finding.also.country && say("page.gap-also-country"),
    finding.seat_owner_disagree && say("page.gap-disagree"),
  ].filter(Boolean);
  return [
    back,
    el(
      "p",
      { class: "kicker" },
      glyph(glyphOf(finding)),
      ` ${say(`kind.${finding.kind}`)} · ${say(`verdict.${finding.verdict}`)}${finding.unit ? ` · ${say(`page.unit-${finding.unit}`)}` : ""}`,
    ),
    el("h2", { tabindex: "-1" }, member ? named(member) : say("page.gap-nobody")),
    el(
      "div",
      { class: "roots" },
      say("page.gap-root"),
      listRoots(ctx, finding.roots.slice(0, SHOWN_ROOTS)),
      finding.roots.length > SHOWN_ROOTS
        ? el(
            "details",
            {},
            el("summary", {}, say("page.more", { n: finding.roots.length - SHOWN_ROOTS })),
            listRoots(ctx, finding.roots.slice(SHOWN_ROOTS)),
          )
        : "",
    ),
    el("p", { class: "severity" }, meter(finding.severity), lostText(ctx, finding)),
    el(
      "p",
      { class: "muted" },
      `${say("page.gap-severity", { value: formatShare(finding.severity, lang) })} · ${say("page.gap-components", { n: finding.components.length })}`,
    ),
    el("p", { class: "muted" }, finding.id),
    finding.unit && finding.member
      ? el(
          "p",
          { class: "tags" },
          lossButton(ctx, `${finding.unit === "owner" ? "country" : finding.unit}:${finding.member}`),
        )
      : null,
    also.length
      ? el(
          "ul",
          { class: "plain" },
          also.map((text) => el("li", {}, text)),
        )
      : null,
    target
      ? section(
          say("page.gap-witness"),
          pickTarget(ctx, finding, targets, target),
          el("ul", { class: "tree" }, witnessItem(ctx, finding.witness[target])),
        )
      : null,
    section(
      say("page.gap-settle"),
      finding.settle.length
        ? list(ctx, finding.settle, (item) => el("li", {}, settleText(ctx, item)), 8)
        : muted(say("page.gap-settle-none")),
      leftOutOf(ctx, finding.more?.settle),
    ),
    section(
      say("page.gap-second"),
      finding.second_sources.length
        ? list(ctx, finding.second_sources, (source) => secondItem(ctx, source), 12)
        : muted(say("page.gap-second-none")),
      leftOutOf(ctx, finding.more?.second_sources),
    ),
    section(
      say("page.gap-abroad"),
      finding.abroad.length
        ? list(
            ctx,
            finding.abroad,
            (v) =>
              el(
                "li",
                {},
                thing(ctx, `vendor:${v}`),
                el("span", { class: "muted" }, ` ${model.country(model.data.vendors[v].country, lang).text}`),
              ),
            12,
          )
        : muted(say("page.gap-second-none")),
      leftOutOf(ctx, finding.more?.abroad),
    ),
    finding.vendors.length
      ? section(
          say("page.gap-vendors"),
          list(ctx, finding.vendors, (v) => el("li", {}, thing(ctx, `vendor:${v}`)), 12),
        )
      : null,
  ];
}

/** @param {Ctx} ctx @param {Finding} finding @param {string[]} targets @param {string} target */
function pickTarget(ctx, finding, targets, target) {
  const { model, lang, say, go } = ctx;
  const direct = new Set(finding.direct.map((s) => `solution:${s}`));
  /** @param {"solution"|"component"} kind */
  const options = (kind) =>
    targets
      .filter((key) => key.startsWith(kind))
      .map((key) => {
        const how =
          kind === "solution" ? ` – ${say(direct.has(key) ? "page.gap-direct" : "page.gap-hidden")}` : "";
        return el("option", { value: key, selected: key === target }, model.name(key, lang).text + how);
      });
  const groups = /** @type {const} */ (["solution", "component"]).map((kind) => {
    const inside = options(kind);
    return inside.length ? el("optgroup", { label: say(`page.gap-target-${kind}`) }, inside) : null;
  });
  const select = el(
    "select",
    {
      id: "target",
      change: (/** @type {Event} */ event) =>
        go({ target: model.idOf(/** @type {HTMLSelectElement} */ (event.target).value) }),
    },
    groups,
  );
  return el("p", { class: "target" }, el("label", { for: "target" }, say("page.gap-target")), " ", select);
}

/** @param {Ctx} ctx @param {Witness} witness @returns {HTMLElement} */
function witnessItem(ctx, witness) {
  const { model, say } = ctx;
  const need = witness.via === undefined ? undefined : model.data.requires[witness.via];
  const children = witness.children ?? [];
  const choice =
    children.length > 1 ||
    children.some((child) => child.choice !== undefined) ||
    (witness.choice !== undefined && children.length > 0)
      ? (children.find((child) => child.choice)?.choice ?? "")
      : "";
  return el(
    "li",
    {},
    el(
      "div",
      { class: witness.root ? "step step-root" : "step" },
      thing(ctx, refKey(witness.at)),
      witness.root ? el("span", { class: "tag tag-root" }, say("page.gap-rootmark")) : null,
    ),
    need ? el("div", { class: "why" }, written("p", "product", need.why), evidence(ctx, need.ev)) : null,
    children.length
      ? el(
          "p",
          { class: "needs" },
          children.length > 1 || choice ? say("page.gap-choice") : say("page.gap-needs"),
        )
      : null,
    children.length
      ? el(
          "ul",
          {},
          children.map((child) => witnessItem(ctx, child)),
        )
      : null,
  );
}

/** @param {Ctx} ctx @param {import("./types.js").SecondSource} source */
function secondItem(ctx, { reason, v, c, status, same_cut }) {
  const { model, lang, say } = ctx;
  return el(
    "li",
    {},
    thing(ctx, `vendor:${v}`),
    el(
      "p",
      { class: "muted" },
      `${say(`reason.${reason}`)} · ${model.name(`component:${c}`, lang).text} · ${say(`status.${status ?? "unknown"}`)} · ${model.country(model.data.vendors[v].country, lang).text}`,
    ),
    same_cut
      ? el("p", { class: "tags" }, el("span", { class: "tag tag-root" }, say("page.gap-samecut")))
      : null,
  );
}
