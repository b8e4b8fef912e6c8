/** The explorer's page. */

import { App } from "./app.js";
import { boot } from "./boot.js";
import { unpackTables } from "./data.js";
import { Chain, nameAnswer } from "./phi.js";
import { listTargets } from "./witness.js";

boot(({ payload, boards, messages, bytes }, boxes, lang) => {
  boards.wide.boxes = boxes;
  const page = new App(unpackTables(payload, bytes), boards, messages, lang);
  queueMicrotask(() => page.find.whenIdle());
  return {
    boxes: () => page.stage.inspect(),
    bounds: (/** @type {string} */ key) => page.stage.boundsOf(key),
    lines: () => page.stage.inspectLines(),
    lit: () =>
      page.lit
        ? { nodes: [...page.lit.nodes].sort(), roots: [...page.lit.roots].sort(), edges: page.lit.edges }
        : null,
    scene: () => page.scene?.key ?? "",
    state: () => ({ ...page.state }),
    // of another payload too, so that the two ways to reckon can be compared
    whatIf: (/** @type {string[]} */ lost, /** @type {any} */ other) =>
      nameAnswer(other ? new Chain(other) : page.model.chain, lost),
    targets: () => {
      const finding = page.model.finding(page.state.gap);
      return finding ? listTargets(finding) : [];
    },
  };
});
