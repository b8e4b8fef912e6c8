/** The page on paper: the picture as SVG, sharp at any size, in light colours whatever the screen has. */

/** @import { Drawing } from "./picture.js" */
import { el } from "./dom.js";
import { applyTheme } from "./memory.js";
import { drawSvg } from "./picture.js";

/**
 * @param {{draw: () => Drawing, render: () => void}} actions `draw` gives what is shown, `render` shows it anew
 */
export function mountPrint({ draw, render }) {
  const host = el("div", { id: "printed" });
  document.getElementById("stage")?.prepend(host);
  addEventListener("beforeprint", () => {
    applyTheme("light");
    document.documentElement.dataset.paper = "white";
    const svg = drawSvg(draw());
    svg.setAttribute("role", "img");
    host.replaceChildren(svg);
  });
  addEventListener("afterprint", () => {
    host.replaceChildren();
    delete document.documentElement.dataset.paper;
    applyTheme();
    render();
  });
}
