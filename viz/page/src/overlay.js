/** What lies over a picture: the buttons that zoom it, and the tip beside the pointer. */

/** @import { Say } from "./boxes.js" */
/** @import { Ui } from "./frame.js" */
/** @import { Stage } from "./stage.js" */
import { el } from "./dom.js";

const STEP = 1.25;

/** @param {Say} say @param {Ui} ui @param {Stage} stage */
export function renderZoom(say, ui, stage) {
  /** @param {string} key @param {string} sign @param {number} factor */
  const button = (key, sign, factor) => {
    const title = say(key);
    return el(
      "button",
      { type: "button", title, "aria-label": title, click: () => stage.zoom(factor) },
      sign,
    );
  };
  ui.zoom.replaceChildren(
    button("page.zoom-out", "−", 1 / STEP),
    button("page.zoom-in", "+", STEP),
    el("button", { type: "button", click: () => stage.fit() }, say("page.fit")),
  );
}

/** Puts the tip beside the pointer and inside the picture. @param {Ui} ui @param {{x: number, y: number}} at */
export function placeTip({ map, tip }, at) {
  const frame = map.getBoundingClientRect();
  const [x, y] = [at.x - frame.left, at.y - frame.top];
  const { offsetWidth: w, offsetHeight: h } = tip;
  tip.style.left = `${Math.max(4, Math.min(x + 14, frame.width - w - 8))}px`;
  tip.style.top = `${y + 18 + h > frame.height ? y - h - 10 : y + 18}px`;
}
