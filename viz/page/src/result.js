/** The page of a query's result. */

import { AnswerApp } from "./answer-app.js";
import { boot } from "./boot.js";

boot(({ payload, boards, messages }, boxes, lang) => {
  const page = new AnswerApp(payload, { ...boards, wide: { ...boards.wide, boxes } }, messages, lang);
  queueMicrotask(() => page.find.whenIdle());
  return {
    boxes: () => page.stage.inspect(),
    bounds: (/** @type {string} */ key) => page.stage.boundsOf(key),
    lit: () => page.lit,
    scene: () => page.stage.scene?.key ?? "",
    state: () => ({ ...page.state }),
    wires: () => page.wires.map(({ text, dashed, key }) => ({ text, dashed, key })),
  };
});
