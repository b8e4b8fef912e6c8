/** A payload that a reader can see whole: a robot needs a chip, and the chip comes from one foundry alone. */

/** @import { Finding, Payload } from "../src/types.js" */

const EV = /** @type {const} */ ({ kind: "uncited" });
/** @param {number} vendors */
const cell = (vendors) => ({
  vendors,
  groups: vendors,
  state: vendors ? "count" : "not known",
  level: "partial",
});
/** @param {string} id @param {number} segment @param {string} en @param {number} tw @param {number} jp */
const component = (id, segment, en, tw, jp) => ({
  id,
  segment,
  nature: "hardware",
  stage: "loop",
  names: { en },
  cells: { TW: cell(tw), JP: cell(jp), "*": cell(0) },
});

/** @type {Finding} */
export const FINDING = {
  id: "GAP-1",
  kind: "cut",
  unit: "vendor",
  member: "formosa",
  vendors: [0],
  roots: [1],
  components: [0, 1],
  solutions: [0],
  solutions_total: 1,
  direct: [],
  severity: 1,
  verdict: "apparent",
  also: {},
  seat_owner_disagree: false,
  settle: [],
  second_sources: [],
  abroad: [],
  witness: {
    "component:0": { at: ["component", 0], children: [{ at: ["component", 1], root: true, via: 0 }] },
    "solution:0": {
      at: ["solution", 0],
      children: [
        {
          at: ["component", 0],
          via: 1,
          choice: "arm",
          children: [{ at: ["component", 1], root: true, via: 0 }],
        },
        {
          at: ["component", 2],
          via: 2,
          choice: "arm",
          children: [{ at: ["component", 1], root: true, via: 3 }],
        },
      ],
    },
  },
};

/** @returns {Payload} */
export const makePayload = () => ({
  format: 1,
  meta: {
    name: "toy",
    version: "1",
    date: "2026",
    hash: "0",
    pair: ["TW", "JP"],
    within: "pair",
    country_by: "seat",
    counts: { vendors: 4, components: 3, offers: 5, counted: 4, blank_status: 3, relations: 2, sources: 0 },
  },
  countries: { TW: { en: "Taiwan", zh: "台灣" }, JP: { en: "Japan", ja: "日本" }, KR: { en: "South Korea" } },
  layers: [
    { id: "ai", names: { en: "AI" } },
    { id: "solution", names: { en: "Solutions" } },
  ],
  segments: [
    { id: "robots", layer: 1, nature: "hardware", names: { en: "Robots" } },
    { id: "chips", layer: 0, nature: "hardware", names: { en: "Chips" } },
  ],
  components: [
    component("robot", 0, "Robot", 0, 1),
    component("foundry", 1, "Foundry", 1, 0),
    component("cobot", 0, "Cobot", 1, 0),
  ],
  vendors: [
    {
      id: "formosa",
      country: "TW",
      names: { en: "Formosa Foundry", zh: "福爾摩沙股份有限公司" },
      aliases: ["FFC"],
      ev: EV,
    },
    {
      id: "fuji",
      country: "JP",
      names: { en: "Fuji Robotics", ja: "富士ロボット株式会社" },
      former: ["Edo Arms"],
      ev: EV,
    },
    { id: "hanok", country: "KR", names: { en: "Hanok" }, ev: EV },
    { id: "formosa-arm", country: "TW", names: { en: "Formosa Arm" }, head: 0, ev: EV },
  ],
  offers: [
    { v: 0, c: 1, status: "volume", counted: true, ev: EV },
    { v: 1, c: 0, counted: true, ev: EV },
    { v: 1, c: 1, status: "pilot", counted: false, ev: EV },
    { v: 2, c: 1, counted: true, ev: EV },
    { v: 3, c: 2, counted: true, ev: EV },
  ],
  requires: [
    { from: ["component", 0], to: ["component", 1], kind: "input", ev: EV },
    { from: ["solution", 0], to: ["component", 0], alt: "arm", kind: "input", ev: EV },
    { from: ["solution", 0], to: ["component", 2], alt: "arm", kind: "input", ev: EV },
    { from: ["component", 2], to: ["component", 1], kind: "input", ev: EV },
  ],
  relations: [
    { type: "SUPPLIES", from: 0, to: 1, in_force: true, ev: EV },
    { type: "PARTNERS_WITH", from: 2, to: 1, in_force: false, until: "2019", ev: EV },
  ],
  problems: [],
  solutions: [{ id: "inn", names: { en: "Inn", zh: "旅館" }, problems: [], ev: EV }],
  listed: [],
  sources: [],
  findings: [FINDING],
});
