// What is linked with what is chosen.

import { links, nodes, otherEnd } from "./data.js";
import { state } from "./state.js";

/** The numbers of what is chosen and of what so many links lead to from it, or null where nothing is chosen. */
export function nearby(steps = 1) {
  if (state.link !== null) return new Set([links[state.link].from, links[state.link].to]);
  if (state.chosen === null) return null;
  const found = new Set([state.chosen]);
  for (let step = 0, edge = [state.chosen]; step < steps; step += 1) {
    edge = edge.flatMap((id) => nodes.get(id).links.map((link) => otherEnd(link, id))).filter((id) => !found.has(id));
    for (const id of edge) found.add(id);
  }
  return found;
}
