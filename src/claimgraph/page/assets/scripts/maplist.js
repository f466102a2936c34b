// Below the map: the places as a list, and those that no map can show.

import { element, icon } from "./dom.js";
import { shows } from "./filters.js";
import { places, tally, tallied } from "./places.js";
import { choose, state } from "./state.js";
import { inSteps, withArrows } from "./steps.js";
import { count } from "./words.js";

const CALM = 160; // milliseconds without a move after which the list follows

let list = null;
let timer = null;
let oneStop = null;
let last = "";

export function startPlaceList(container) {
  list = container;
  oneStop = withArrows(list, ".row");
}

/** The list follows the picture when that has come to rest. */
export function showPlaceList(found, near) {
  clearTimeout(timer);
  timer = setTimeout(() => fill(found, near), CALM);
}

function fill(found, near) {
  const elsewhere = places().elsewhere.filter(shows).map((node) => ({ node, ...numbers(node) }));
  elsewhere.sort((a, b) => b.events + b.claims - a.events - a.claims || a.node.id - b.node.id);
  const drawnNow = JSON.stringify([found.map((place) => [place.node.id, place.number]), elsewhere.length, state.chosen, state.link]);
  if (drawnNow === last) return; // moved and zoomed only
  last = drawnNow;
  const seen = element("section", { "aria-label": "On the map" }, element("h2", {}, "On the map"));
  const unseen = element("section", { class: "undated", "aria-label": "Not on the map", hidden: !elsewhere.length }, element("h2", {}, `Not on the map: ${count(elsewhere.length, "place", "places")} whose position is not known`));
  for (const [section, rows] of [[seen, found], [unseen, elsewhere]]) inSteps(section, rows, (place) => element("div", {}, row(place, near)), { one: "place", many: "places", after: () => oneStop() });
  list.replaceChildren(seen, unseen);
  oneStop();
}

function numbers(node) {
  const { events, claims } = tally(node);
  return { events: events.length, claims: claims.length };
}

function row({ node, events, claims }, near) {
  const chosen = node.id === state.chosen;
  const marked = chosen ? " chosen" : near?.has(node.id) ? " near" : "";
  return element(
    "button",
    { type: "button", class: `row${marked}`, "data-node": node.id, "aria-current": chosen ? "true" : null, onclick: () => choose(node.id) },
    icon(node), element("span", {}, element("bdi", {}, node.label)), element("small", {}, tallied(events, claims)),
  );
}
