// Below the timeline: what is in view as a list, day by day, and what has no day, with the reason.

import { spelled } from "./calendar.js";
import { claimantOf, quoted } from "./claims.js";
import { linksOf, nodes } from "./data.js";
import { element, icon } from "./dom.js";
import { shows } from "./filters.js";
import { BASES, moments } from "./moments.js";
import { choose, state } from "./state.js";
import { inSteps, withArrows } from "./steps.js";
import { count } from "./words.js";

const CALM = 160; // milliseconds without a move after which the list follows

let list = null;
let timer = null;
let oneStop = null;

export function startTimeList(container) {
  list = container;
  oneStop = withArrows(list, ".row");
}

/** Who says what, or what happened to whom; `named` is false where the lane has the name. */
export function wordsOf(node, { named = true } = {}) {
  if (node.kind === "event") return [node.short, takingPart(node)].filter(Boolean).join(" · ");
  const who = named && claimantOf(node);
  return who ? `${who.short}: ${node.short}` : node.short;
}

/** Who and what takes part in an event, and where it is. */
function takingPart(event) {
  const ends = [...linksOf(event.id, "participant", "from"), ...linksOf(event.id, "place", "from")].map((link) => nodes.get(link.to).short);
  const unlinked = (event.participants ?? []).map((words) => words.replace(/ \([a-z]+\)$/, ""));
  return [...new Set([...ends, ...unlinked])].slice(0, 3).join(", ");
}

/** The list follows the picture when that has come to rest. */
export function showTimeList(inside, near) {
  clearTimeout(timer);
  timer = setTimeout(() => fill(inside, near), CALM);
}

function fill(inside, near) {
  const missing = moments().undated.filter((moment) => shows(moment.node));
  const seen = element("section", { "aria-label": "In view, by day" });
  const undated = element("section", { class: "undated", "aria-label": "Without a day", hidden: !missing.length }, element("h2", {}, `Without a day: ${eventsOr(missing.length)}`));
  inSteps(seen, withDays(inside), ({ moment, words }) => element("div", {}, words ? element("h2", {}, words) : null, row(moment, near)), LISTED);
  inSteps(undated, missing, (moment) => element("div", {}, row(moment, near)), LISTED);
  if (!inside.length) seen.prepend(element("p", { class: "empty" }, "Nothing in view. Zoom out, or press “Show all”."));
  list.replaceChildren(seen, undated);
  oneStop();
}

const LISTED = { one: "event or statement", many: "events and statements", after: () => oneStop() };
const eventsOr = (number) => count(number, LISTED.one, LISTED.many);

/** Each moment, the first of a day or stretch with that in words. */
function withDays(found) {
  let last = "";
  return found.map((moment) => {
    const words = spelled(moment.from, moment.to);
    const first = words !== last;
    last = words;
    return { moment, words: first ? words : "" };
  });
}

function row(moment, near) {
  const { node } = moment;
  const who = node.kind === "claim" ? claimantOf(node) : null;
  const chosen = node.id === state.chosen;
  const marked = chosen ? " chosen" : near?.has(node.id) ? " near" : "";
  const note = moment.reason ?? BASES[moment.basis];
  const words = node.kind === "claim" ? element("bdi", {}, quoted(node)) : [element("b", {}, element("bdi", {}, node.label)), ` ${takingPart(node)}`];
  return element(
    "button",
    { type: "button", class: `row${marked}`, "data-node": node.id, "aria-current": chosen ? "true" : null, onclick: () => choose(node.id) },
    icon(node), element("span", {}, who ? element("b", {}, element("bdi", {}, who.label), " ") : null, words), note ? element("small", {}, note) : null,
  );
}
