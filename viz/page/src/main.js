/** The start of the page: unpacks its data, or says why it cannot. */

import { App } from "./app.js";
import { unpackJson, unpackTables } from "./data.js";
import { el } from "./dom.js";
import { parseState } from "./state.js";
import { HTML_LANG, chooseLang } from "./text.js";
import { listTargets } from "./witness.js";

/** @param {string} id */
const textOf = (id) => document.getElementById(id)?.textContent ?? "";

/** The boxes of the first picture, as the network of Python has them. @param {any[]} nodes @returns {import("./types.js").Box[]} */
const boxesOf = (nodes) =>
  nodes.map(({ id, group, x, y, widthConstraint: { minimum: w }, heightConstraint: { minimum: h } }) => ({
    key: id,
    kind: group,
    x: x - w / 2,
    y: y - h / 2,
    w,
    h,
  }));

async function start() {
  const begin = JSON.parse(textOf("kizuna-start"));
  const app = /** @type {HTMLElement} */ (document.getElementById("app"));
  const own = begin.lang ?? chooseLang(navigator.languages);
  const { lang } = parseState(location.hash, own);
  document.documentElement.lang = HTML_LANG[lang];
  app.append(el("p", { class: "notice" }, begin.loading[lang]));
  try {
    const { payload, boards, messages } = await unpackJson(textOf("kizuna-data"));
    boards.wide.boxes = boxesOf((await unpackJson(textOf("kizuna-graph"))).nodes);
    const page = new App(unpackTables(payload), boards, messages, own);
    // what tests and the curious may look at
    Object.assign(window, {
      kizuna: {
        boxes: () => page.stage.inspect(),
        bounds: (/** @type {string} */ key) => page.stage.boundsOf(key),
        lit: () =>
          page.lit
            ? { nodes: [...page.lit.nodes].sort(), roots: [...page.lit.roots].sort(), edges: page.lit.edges }
            : null,
        scene: () => page.scene?.key ?? "",
        state: () => ({ ...page.state }),
        targets: () => {
          const finding = page.model.finding(page.state.gap);
          return finding ? listTargets(finding) : [];
        },
      },
    });
    document.documentElement.dataset.ready = "yes";
    page.find.whenIdle();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    app.replaceChildren(
      el("p", { class: "notice", role: "alert" }, String(begin.failed[lang]).replace("{reason}", reason)),
    );
    throw error;
  }
}

start();
