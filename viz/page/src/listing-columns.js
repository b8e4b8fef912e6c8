/** The columns that several tables have: counts by country, what an offer says, country, dates. Pure functions. */

/** @import { Ctx } from "./parts.js" */
/** @import { Ev, Offer } from "./types.js" */
import { cellsLeft } from "./boxes.js";
import { sayState } from "./parts.js";
import { formatCount, formatPeriod, formatShare } from "./text.js";

/**
 * A column says what of a row it shows: a thing that opens, the gaps at it, what it rests on, a number, or words;
 * `raw` is what a file says instead of words in the reader's language.
 * @template T
 * @typedef {{id: string, title: string} & (
 *   {kind: "thing", of: (row: T) => string|null} |
 *   {kind: "gaps", of: (row: T) => number[]} |
 *   {kind: "sources", of: (row: T) => Ev|null} |
 *   {kind: "number", of: (row: T) => number|null, say: (row: T) => string} |
 *   {kind: "text", of: (row: T) => string, raw?: (row: T) => string|number|null|undefined}
 * )} Column
 */

/**
 * @template [T=any]
 * @typedef {{caption: string, columns: Column<T>[], rows: T[], keyOf: (row: T) => string}} Listing
 */

/**
 * Counts of a component by country. @template T
 * @param {Ctx} ctx @param {(row: T) => number} of the component of a row, or less than 0 @returns {Column<T>[]}
 */
export function countColumns(ctx, of) {
  const { model, lang, say } = ctx;
  const { components, meta } = model.data;
  /** @type {Map<number, ReturnType<typeof model.cellsOf>>} */
  const known = new Map();
  /** @param {number} c */
  const cells = (c) => {
    const found = known.get(c) ?? cellsLeft(ctx, c);
    known.set(c, found);
    return found;
  };
  return [...meta.pair, "*"].flatMap((code) => {
    const name = code === "*" ? say("page.table-third") : model.country(code, lang).text;
    const id = code === "*" ? "third" : code;
    /** @param {"vendors"|"groups"} what @returns {Column<T>} */
    const column = (what) => {
      /** @param {T} row */
      const cell = (row) => (of(row) < 0 ? undefined : cells(of(row))[code]);
      return {
        id: `${id}-${what}`,
        title:
          what === "vendors"
            ? say("page.table-vendors", { country: name })
            : say("page.table-groups-of", { country: name }),
        kind: "number",
        of: (row) => {
          const found = cell(row);
          return found?.state === "count" || found?.state === "none" ? found[what] : null;
        },
        say: (row) => {
          const found = cell(row);
          if (of(row) < 0 || components[of(row)].virtual) return "–";
          return found?.state === "count" ? formatCount(found[what], lang) : say(sayState(found?.state));
        },
      };
    };
    return code === "*" ? [column("vendors")] : [column("vendors"), column("groups")];
  });
}

/** What an offer says of itself. @template T @param {Ctx} ctx @param {(row: T) => Offer|undefined} of @returns {Column<T>[]} */
export function offerColumns({ say, lang }, of) {
  /** @param {Offer} offer */
  const share = ({ share: part, share_of, share_year }) => {
    if (part === undefined) return "";
    const text = formatShare(part, lang);
    const whole = share_of
      ? say("page.share-of", { share: text, of: share_of })
      : say("page.share", { share: text });
    return share_year ? `${whole} (${share_year})` : whole;
  };
  return [
    { id: "product", title: say("page.table-product"), kind: "text", of: (row) => of(row)?.product ?? "" },
    {
      id: "status",
      title: say("page.table-status"),
      kind: "text",
      of: (row) => (of(row) ? say(`status.${of(row)?.status ?? "unknown"}`) : ""),
      raw: (row) => (of(row) ? (of(row)?.status ?? "unknown") : ""),
    },
    {
      id: "role",
      title: say("page.table-role"),
      kind: "text",
      of: (row) => {
        const offer = of(row);
        if (!offer) return "";
        return [offer.role ? say(`page.role-${offer.role}`) : "", share(offer)].filter(Boolean).join(" · ");
      },
      raw: (row) => of(row)?.role,
    },
  ];
}

/** @template T @param {Ctx} ctx @param {(row: T) => string} of a code, or nothing @returns {Column<T>} */
export const countryColumn = ({ model, lang, say }, of) => ({
  id: "country",
  title: say("page.field-country"),
  kind: "text",
  of: (row) => (of(row) ? model.country(of(row), lang).text : ""),
  raw: of,
});

/** @template T @param {Ctx} ctx @param {(row: T) => {since?: string, until?: string}} of @returns {Column<T>} */
export const periodColumn = ({ lang, say }, of) => ({
  id: "period",
  title: say("page.table-period"),
  kind: "text",
  of: (row) => formatPeriod(of(row), lang, say),
  raw: (row) => [of(row).since ?? "", of(row).until ?? ""].join("/").replace(/^\/$/, ""),
});
