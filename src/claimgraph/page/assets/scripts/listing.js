// Long lists, a step at a time and in an order that the reader chooses: fifteen thousand claims never stand there at once.

import { articleOf, claimantOf } from "./claims.js";
import { element } from "./dom.js";
import { claimRow } from "./rows.js";
import { inSteps } from "./steps.js";
import { fold } from "./words.js";

const FIRST = 8; // as many as fit beside the rest of a panel
const STEP = 40;

/**
 * A section with its title, how many there are, and the first of them; the others come in steps. `orders` is what the
 * list can be sorted by: [name, compare], the first as it comes. Null where there is nothing.
 */
export function steps(title, items, row, { orders = [], first = FIRST } = {}) {
  if (!items.length) return null;
  const list = element("div", { class: "steps" });
  const fill = (compare) => {
    list.replaceChildren();
    inSteps(list, compare ? [...items].sort(compare) : items, row, { first, step: STEP, one: "", many: "" });
  };
  fill(orders[0]?.[1]);
  const total = items.length > 1 ? element("small", {}, items.length.toLocaleString("en")) : null;
  return element("section", {}, element("div", { class: "list-head" }, element("h3", {}, title, " ", total), items.length > first ? sorter(orders, fill) : null), list);
}

/** The choice of the order. */
function sorter(orders, sort) {
  if (orders.length < 2) return null;
  const changed = (event) => sort(orders[event.target.value][1]);
  return element("label", { class: "order" }, "by ", element("select", { onchange: changed, "aria-label": "Order" }, orders.map(([name], index) => element("option", { value: index }, name))));
}

const saidOn = (claim) => claim.said_on || articleOf(claim)?.published || "";
const speaker = (claim) => fold(claimantOf(claim)?.label ?? "");
const byNumber = (a, b) => a.id - b.id; // as the articles have them
const against = (claim) => claim.links.filter((link) => link.type === "contradicts" || link.type === "responds-to").length;

const CLAIM_ORDERS = [
  ["day, newest first", (a, b) => (saidOn(a) < saidOn(b) ? 1 : saidOn(a) > saidOn(b) ? -1 : byNumber(a, b))],
  ["day, oldest first", (a, b) => (saidOn(a) > saidOn(b) ? 1 : saidOn(a) < saidOn(b) ? -1 : byNumber(a, b))],
  ["most disputed", (a, b) => against(b) - against(a) || byNumber(a, b)],
  ["most linked", (a, b) => b.weight - a.weight || byNumber(a, b)],
];
const SPEAKER_ORDER = ["speaker", (a, b) => speaker(a).localeCompare(speaker(b), "en") || byNumber(a, b)];

/** Claims as rows, in steps; `named` says whether each row names its speaker. */
export function claimSteps(title, claims, { named = true } = {}) {
  const once = [...new Set(claims)];
  return steps(title, once, (claim) => claimRow(claim, { named }), { orders: named ? [...CLAIM_ORDERS, SPEAKER_ORDER] : CLAIM_ORDERS });
}
