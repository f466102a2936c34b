// When things happened or were said, and how that is known.

import { stretch } from "./calendar.js";
import { articleOf } from "./claims.js";
import { nodes } from "./data.js";

/** How a day is known, in words, where that is to be said. */
export const BASES = { event: "", said: "", article: "day of the article" };

let known = null;

/**
 * All events and statements: `dated` as { node, from, to, basis } in the order of time, days numbered as in calendar.js
 * and `to` after the last; `undated` as { node, reason }.
 */
export function moments() {
  known ??= gathered();
  return known;
}

function gathered() {
  const found = [...nodes.values()].filter((node) => node.kind === "event" || node.kind === "claim").map(momentOf);
  const dated = found.filter((moment) => !moment.reason);
  dated.sort((a, b) => a.from - b.from || a.to - b.to || a.node.id - b.node.id);
  return { dated, undated: found.filter((moment) => moment.reason) };
}

function momentOf(node) {
  return node.kind === "event" ? eventMoment(node) : claimMoment(node);
}

function eventMoment(node) {
  const [first, last] = [stretch(node.earliest), stretch(node.latest)];
  if (!first && !last) return { node, reason: node.time ? `“${node.time}” is no day of the calendar` : "the text gives it no day" };
  return { node, basis: "event", from: (first ?? last).from, to: Math.max((last ?? first).to, (first ?? last).to) };
}

function claimMoment(node) {
  const said = stretch(node.said_on);
  if (said) return { node, basis: "said", ...said };
  const published = stretch(articleOf(node)?.published);
  if (published) return { node, basis: "article", ...published };
  return { node, reason: "neither the text nor its article has a day" };
}
