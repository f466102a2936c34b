// The line below the network: how much of it is drawn, and why that part; and what to do where nothing is.

import { nodes, whole } from "./data.js";
import { element } from "./dom.js";
import { clear, isNarrowed, shows } from "./filters.js";
import { isDrawn, visibleNodes } from "./stage.js";
import { on } from "./state.js";
import { count } from "./words.js";

let first; // what the page says of its first view, and how many nodes that is

function refresh() {
  const seen = visibleNodes().length;
  const line = document.querySelector(".status");
  line.textContent = isNarrowed() ? filtered(seen) : seen > first.seen ? `${first.words} ${count(seen - first.seen, "node", "nodes")} brought in.` : first.words;
  const empty = document.getElementById("empty");
  empty.hidden = seen > 0;
  if (!seen) empty.replaceChildren(...(nodes.size ? ["Nothing passes the filters. ", element("button", { type: "button", class: "link", onclick: clear }, "Clear them")] : ["Nothing was found in these articles: no actors, no events, no claims."]));
}

function filtered(seen) {
  const passing = [...nodes.values()].filter(shows);
  const left = passing.filter(({ id }) => !isDrawn(id)).length;
  return `${count(seen, "node passes", "nodes pass")} the filters.${left ? ` ${count(left, "more is", "more are")} not drawn, those with the fewest links: choose one in the list or the search, or filter further.` : ""}`;
}

export function startStatus() {
  first = { words: document.querySelector(".status").textContent, seen: visibleNodes().length };
  for (const what of ["filters", "steps"]) on(what, () => whole.then(refresh));
  refresh();
}
