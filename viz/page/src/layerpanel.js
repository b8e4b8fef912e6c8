/** What the panel tells of a layer: its segments, and the gaps in them. */

/** @import { Ctx } from "./parts.js" */
import { el } from "./dom.js";
import { gapSection } from "./gaps.js";
import { facts, heading, list, namesOf, section, thing } from "./parts.js";
import { formatCount } from "./text.js";

/** @param {Ctx} ctx @param {number} l */
export function renderLayer(ctx, l) {
  const { model, lang, say } = ctx;
  const { layers, segments } = model.data;
  const inside = segments.flatMap(({ layer }, s) => (layer === l && model.inside(s).length ? [s] : []));
  const gaps = [...new Set(model.componentsOfLayer(l).flatMap((c) => model.gapsAt(c)))].sort((a, b) => a - b);
  return [
    ...heading(
      say("page.layer-of", { n: formatCount(l + 1, lang), of: formatCount(layers.length, lang) }),
      model.name(`layer:${l}`, lang),
    ),
    section(
      say("page.segments"),
      list(ctx, inside, (s) =>
        el(
          "li",
          {},
          thing(ctx, `segment:${s}`),
          el(
            "p",
            { class: "muted" },
            say("page.segment-sum", { n: formatCount(model.inside(s).length, lang) }),
          ),
        ),
      ),
    ),
    gapSection(ctx, "page.tab-gaps", gaps),
    section(say("page.field-names"), namesOf(ctx, layers[l]), facts(ctx, [["page.field-id", layers[l].id]])),
  ];
}
