// What stands out, above the list: whoever opens the page reads in a moment what it is about.

import { claimantOf } from "./claims.js";
import { firstView, nodes, whole } from "./data.js";
import { element, icon } from "./dom.js";
import { shows } from "./filters.js";
import { NOBODY, bearings, isVague, sayingOf, standing } from "./sayings.js";
import { choose, on } from "./state.js";
import { openView } from "./views.js";

const MOST = 4; // as many as are read at a glance

/** The claims of the first view that stand out, one of each source: disputed ones, supported ones, those of who says most. */
function outstanding() {
  const claims = firstView.nodes.map(({ id }) => nodes.get(id)).filter((node) => node.kind === "claim" && !isVague(node) && shows(node));
  const ranked = claims.map((claim) => ({ claim, who: claimantOf(claim), rank: standing(claim) }));
  ranked.sort((a, b) => a.rank - b.rank || b.who.weight - a.who.weight || b.claim.weight - a.claim.weight || a.claim.id - b.claim.id);
  const heard = new Set();
  return ranked.filter(({ who }) => !heard.has(who) && heard.add(who)).slice(0, MOST).map(({ claim }) => claim);
}

function row(claim) {
  const [bearing] = bearings(claim);
  const other = bearing && claimantOf(bearing.other);
  return element(
    "button",
    { class: "row", type: "button", "data-node": claim.id, onclick: () => choose(claim.id, { centre: true, focus: true }) },
    icon(claim),
    element("span", {}, element("span", {}, element("b", {}, `${claimantOf(claim).label} `), sayingOf(claim)), bearing ? element("small", { class: bearing.tone }, ` ${bearing.words} `, other ? element("bdi", {}, other.label) : NOBODY) : null),
  );
}

function refresh() {
  const box = document.getElementById("outstanding");
  const claims = outstanding();
  box.hidden = !claims.length;
  box.replaceChildren(
    element("h3", { id: "outstanding-title" }, "What stands out"),
    element("p", { class: "unseen" }, "Disputed claims first, then supported ones, then those of the sources that are linked most; one of each source."),
    ...claims.map(row),
    element("button", { class: "link", type: "button", onclick: () => openView("claims") }, "All claims, disputed first"),
  );
}

export async function startOutstanding() {
  await whole;
  refresh();
  on("filters", refresh);
}
