// Long lists, a step at a time and in an order that the reader chooses: fifteen thousand claims never stand there at once.

import { element } from "./dom.js";
import { claimRow } from "./rows.js";
import { byName, dayOf, speakerName, standing } from "./sayings.js";
import { inSteps } from "./steps.js";

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

const place = (claim) => claim.evidence[0] ?? { article: "", start: 0 };

/** As the articles have them. */
function byPlace(a, b) {
  const [one, other] = [place(a), place(b)];
  return one.article === other.article ? one.start - other.start || a.id - b.id : one.article < other.article ? -1 : 1;
}

const CLAIM_ORDERS = [
  ["day, newest first", (a, b) => (dayOf(a) < dayOf(b) ? 1 : dayOf(a) > dayOf(b) ? -1 : byPlace(a, b))],
  ["day, oldest first", (a, b) => (dayOf(a) > dayOf(b) ? 1 : dayOf(a) < dayOf(b) ? -1 : byPlace(a, b))],
  ["disputed first", (a, b) => standing(a) - standing(b) || byPlace(a, b)],
  ["most linked", (a, b) => b.weight - a.weight || byPlace(a, b)],
];
const SPEAKER_ORDER = ["speaker", (a, b) => byName(speakerName(a), speakerName(b)) || byPlace(a, b)];

/** Claims as rows, in steps; `named` says whether each row names its speaker. */
export function claimSteps(title, claims, { named = true } = {}) {
  const once = [...new Set(claims)];
  return steps(title, once, (claim) => claimRow(claim, { named }), { orders: named ? [...CLAIM_ORDERS, SPEAKER_ORDER] : CLAIM_ORDERS });
}
