// Places, what happened there, and where on the earth they are.

import { linksOf, nodes } from "./data.js";
import { shows } from "./filters.js";
import { project } from "./projection.js";
import { count } from "./words.js";

let known = null;

/** All places: `located` with their point { node, x, y } in the projection, `elsewhere` without. */
export function places() {
  known ??= gathered();
  return known;
}

function gathered() {
  const all = [...nodes.values()].filter((node) => node.kind === "place");
  // The data leaves out what is zero: a place on the equator or on the meridian of Greenwich has one of the two.
  const hasPoint = (node) => node.latitude !== undefined || node.longitude !== undefined;
  const located = all.filter(hasPoint).map((node) => {
    const [x, y] = project(node.longitude ?? 0, node.latitude ?? 0);
    return { node, x, y };
  });
  return { located, elsewhere: all.filter((node) => !hasPoint(node)) };
}

/** The events in a place or with it, and the statements about it, that pass the filters: { events, claims }. */
export function tally(place) {
  const ids = (type) => linksOf(place.id, type, "to").map((link) => link.from);
  const passing = (found) => [...new Set(found)].filter((id) => shows(nodes.get(id)));
  return { events: passing([...ids("place"), ...ids("participant")]), claims: passing(ids("about")) };
}

/** "3 events, 1 statement"; "named only" where there are none. */
export const tallied = (events, claims) => [events && count(events, "event", "events"), claims && count(claims, "statement", "statements")].filter(Boolean).join(", ") || "named only";
