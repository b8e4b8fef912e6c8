/** The panel of a result: all its nodes by label, or everything about the one that is chosen. */

/** @import { AnswerCtx } from "./answer-types.js" */
/** @import { Ui } from "./frame.js" */
import { listProps, nodeButton, relButton, relParts, typed } from "./answer-parts.js";
import { el, named } from "./dom.js";
import { formatCount } from "./text.js";

const TABS = /** @type {const} */ (["nodes", "details"]);
const MOST = 150; // nodes or relationships of a list before a button shows the rest

/** @param {AnswerCtx} ctx @param {Ui} ui @param {{up: boolean, choose: (tab: "nodes"|"details") => void}} sheet */
export function renderAnswerPanel(ctx, ui, { up, choose }) {
  const { say, lang, answer, state } = ctx;
  ui.panel.setAttribute("aria-label", say("result.panel"));
  ui.panel.classList.toggle("up", up);
  ui.handle.textContent = say(up ? "page.panel-close" : "page.panel-open");
  ui.handle.setAttribute("aria-expanded", String(up));
  ui.tabs.replaceChildren(
    ...TABS.map((one) =>
      el(
        "button",
        {
          type: "button",
          role: "tab",
          id: `tab-${one}`,
          "aria-selected": String(state.tab === one),
          "aria-controls": "body",
          tabindex: state.tab === one ? "0" : "-1",
          "data-tab": one,
          click: () => choose(one),
          keydown: (/** @type {KeyboardEvent} */ event) => {
            if (event.key !== "ArrowRight" && event.key !== "ArrowLeft") return;
            event.preventDefault();
            const next = one === "nodes" ? "details" : "nodes";
            choose(next);
            document.getElementById(`tab-${next}`)?.focus();
          },
        },
        say(one === "nodes" ? "result.list-nodes" : "page.tab-details"),
        one === "nodes" ? el("span", { class: "count" }, formatCount(answer.data.counts.nodes, lang)) : null,
      ),
    ),
  );
  ui.body.setAttribute("aria-labelledby", `tab-${state.tab}`);
  ui.body.replaceChildren(...(state.tab === "nodes" ? listNodes(ctx) : renderChosen(ctx)));
}

/** Nodes under their first labels. @param {AnswerCtx} ctx */
function listNodes(ctx) {
  const { answer, lang } = ctx;
  /** @type {Map<string, number[]>} */
  const groups = new Map();
  answer.data.nodes.forEach(({ l }, i) => {
    const label = l.length ? answer.labelsOf(i) : "–";
    const group = groups.get(label);
    if (group) group.push(i);
    else groups.set(label, [i]);
  });
  return [...groups].map(([label, group], place) =>
    el(
      "section",
      {},
      el(
        "h3",
        { class: place ? "" : "first" },
        typed(label),
        " ",
        el("span", { class: "count" }, formatCount(group.length, lang)),
      ),
      rows(ctx, group, (i) => el("li", {}, nodeButton(ctx, i))),
    ),
  );
}

/** @param {AnswerCtx} ctx @param {number[]} items @param {(i: number) => HTMLElement} make */
function rows({ say, lang }, items, make) {
  const list = el("ul", { class: "rows" }, items.slice(0, MOST).map(make));
  if (items.length <= MOST) return list;
  const more = el("li", {});
  more.append(
    el(
      "button",
      { type: "button", class: "more", click: () => more.replaceWith(...items.slice(MOST).map(make)) },
      say("page.table-more", { n: formatCount(items.length - MOST, lang) }),
    ),
  );
  list.append(more);
  return list;
}

/** @param {AnswerCtx} ctx @returns {HTMLElement[]} */
function renderChosen(ctx) {
  const { answer, say, state, go } = ctx;
  const found = answer.find(state.at);
  if (!found) return [el("p", { class: "muted" }, say("result.details-empty"))];
  const clear = el(
    "button",
    { type: "button", class: "clear", click: () => go({ at: "", tab: "nodes" }) },
    say("result.show-all"),
  );
  return [clear, ...(found.kind === "n" ? renderNode(ctx, found.i) : renderRel(ctx, found.i))];
}

/** @param {AnswerCtx} ctx @param {number} i */
function renderNode(ctx, i) {
  const { answer, lang, say } = ctx;
  const { data, relsOf } = answer;
  const ends = /** @type {const} */ (["a", "b"]);
  return [
    el("p", { class: "kicker" }, typed(answer.labelsOf(i))),
    el("h2", { tabindex: "-1" }, named(answer.name(i, lang))),
    section(ctx, "result.properties", data.nodes[i].props),
    ...ends.map((end) => {
      const here = relsOf[i].filter((r) => data.rels[r][end] === i);
      if (!here.length) return el("span", { hidden: true });
      const title = say(end === "a" ? "result.outgoing" : "result.incoming");
      return el(
        "section",
        {},
        el("h3", {}, title, " ", el("span", { class: "count" }, formatCount(here.length, lang))),
        rows(ctx, here, (r) => tie(ctx, r, end)),
      );
    }),
  ];
}

/** A relationship as one of its ends has it. @param {AnswerCtx} ctx @param {number} r @param {"a"|"b"} end */
function tie(ctx, r, end) {
  const { rels, types } = ctx.answer.data;
  const type = types[rels[r].t];
  const text = end === "a" ? `–${type.name}→` : `←${type.name}–`;
  return el(
    "li",
    { class: type.past ? "off" : "" },
    relButton(ctx, r, text),
    " ",
    nodeButton(ctx, rels[r][end === "a" ? "b" : "a"]),
  );
}

/** @param {AnswerCtx} ctx @param {number} r */
function renderRel(ctx, r) {
  const { rels, types, lines } = ctx.answer.data;
  const { t, props } = rels[r];
  const others = (lines.find((line) => line.r.includes(r))?.r ?? []).filter((other) => other !== r);
  return [
    el("p", { class: "kicker" }, ctx.say(types[t].past ? "result.is-past" : "result.is-rel")),
    el("h2", { tabindex: "-1" }, typed(types[t].name)),
    el("p", {}, relParts(ctx, r)),
    section(ctx, "result.properties", props),
    ...others.map((other) =>
      el(
        "section",
        {},
        el("h3", {}, relButton(ctx, other, types[t].name)),
        listProps(ctx, rels[other].props),
      ),
    ),
  ];
}

/** @param {AnswerCtx} ctx @param {string} key @param {import("./answer-types.js").Props} props */
const section = (ctx, key, props) =>
  el(
    "section",
    {},
    el("h3", {}, ctx.say(key)),
    props.length ? listProps(ctx, props) : el("p", { class: "muted" }, ctx.say("result.properties-none")),
  );
