// What lists and panels are made of: a button for a node, a row for a claim, a section with its title.

import { claimantOf, quoted } from "./claims.js";
import { element, icon } from "./dom.js";
import { choose } from "./state.js";

/** A button that opens a node. */
export function chip(node, words) {
  return element("button", { class: "chip", type: "button", "data-node": node.id, onclick: () => choose(node.id) }, icon(node), element("span", {}, words ?? node.label));
}

/** A claim with who says it, as a button that opens it. */
export function claimRow(claim, { named = true } = {}) {
  const who = named && claimantOf(claim);
  return element("button", { class: "row", type: "button", "data-node": claim.id, onclick: () => choose(claim.id) }, icon(claim), element("span", {}, who ? element("b", {}, `${who.label} `) : null, quoted(claim)));
}

/** A section with its title; null where nothing is in it. */
export function section(title, ...children) {
  const filled = children.flat().filter(Boolean);
  return filled.length ? element("section", {}, element("h3", {}, title), filled) : null;
}

/** Names and values as two columns, without those that have no value. */
export function facts(rows) {
  const kept = rows.filter(([, value]) => value && (!Array.isArray(value) || value.length));
  return kept.length ? element("dl", { class: "facts" }, kept.map(([name, value]) => [element("dt", {}, name), element("dd", {}, value)])) : null;
}

/** How sure, from 0 to 1. */
export function confidence(value) {
  if (typeof value !== "number") return null;
  return element("meter", { min: 0, max: 1, value, title: `confidence ${value}`, "aria-label": `confidence ${value}` }, String(value));
}

/** What people have decided about it, as badges; null where nobody has. */
export function badges({ curated }) {
  return curated?.length ? element("ul", { class: "badges", "aria-label": "Decided by people" }, curated.map((words) => element("li", { dir: "auto" }, words))) : null;
}
