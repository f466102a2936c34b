// The address of the page names what is open: a link to any state of it.

import { nodes } from "./data.js";
import { choose, on, state } from "./state.js";

export function startAddress() {
  open();
  on("choice", write);
}

function write() {
  const iri = state.chosen === null ? "" : nodes.get(state.chosen).iri;
  const hash = iri ? `#${encodeURIComponent(iri)}` : "";
  if (location.hash !== hash) history.replaceState(null, "", hash || location.pathname + location.search);
}

function open() {
  const iri = decodeURIComponent(location.hash.slice(1));
  const node = iri && [...nodes.values()].find((candidate) => candidate.iri === iri);
  if (node) choose(node.id, { centre: true });
}
