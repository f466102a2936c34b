// The list of all nodes: everything that a canvas shows can be reached from the keyboard.

import { claimantOf, quoted } from "./claims.js";
import { nodes } from "./data.js";
import { element, icon } from "./dom.js";
import { shows } from "./filters.js";
import { KINDS } from "./kinds.js";
import { focusNode } from "./network.js";
import { choose, on } from "./state.js";
import { fold } from "./words.js";

/** All nodes by kind, as one list box: arrows move, letters jump, Enter opens. */
export function startList() {
  const list = document.getElementById("list");
  for (const kind of Object.keys(KINDS)) {
    const members = [...nodes.values()].filter((node) => node.kind === kind).sort((a, b) => b.weight - a.weight || a.id - b.id);
    if (!members.length) continue;
    const title = `list-${kind}`;
    list.append(element("div", { role: "group", "aria-labelledby": title, "data-kind": kind }, element("h3", { id: title, role: "presentation" }, KINDS[kind].many), members.map(listRow)));
  }
  on("filters", () => {
    for (const row of list.querySelectorAll("[data-node]")) row.hidden = !shows(nodes.get(Number(row.dataset.node)));
    for (const group of list.querySelectorAll("[role=group]")) group.hidden = !group.querySelector("[data-node]:not([hidden])");
  });
  list.addEventListener("keydown", moveInList);
  list.addEventListener("focus", () => focusRow(visibleRows()[0]));
  list.addEventListener("focusout", (event) => { if (!list.contains(event.relatedTarget)) focusNode(null); });
}

function listRow(node) {
  const who = node.kind === "claim" ? claimantOf(node) : null;
  return element(
    "div",
    { role: "option", tabindex: "-1", class: "row", "data-node": node.id, onclick: () => choose(node.id, { centre: true }), onfocus: () => focusNode(node.id) },
    icon(node), element("span", {}, who ? element("b", {}, `${who.label} `) : null, node.kind === "claim" ? quoted(node) : node.label), node.kind === "event" && node.voice === "narrated" ? element("small", {}, "article's own voice") : null,
  );
}

const visibleRows = () => [...document.querySelectorAll("#list [role=option]")].filter((row) => row.offsetParent !== null);

function focusRow(row) {
  if (!row) return;
  row.focus();
  row.scrollIntoView({ block: "nearest" });
}

function moveInList(event) {
  const rows = visibleRows();
  const at = rows.indexOf(document.activeElement);
  const steps = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1, PageDown: at + 10, PageUp: at - 10 };
  if (event.key in steps) focusRow(rows[Math.max(0, Math.min(rows.length - 1, steps[event.key]))]);
  else if (event.key === "Enter" || event.key === " ") choose(Number(document.activeElement.dataset.node), { centre: true, focus: true });
  else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && event.key !== "/") {
    const letter = fold(event.key);
    focusRow([...rows.slice(at + 1), ...rows.slice(0, at + 1)].find((row) => fold(row.textContent).startsWith(letter)));
  } else return;
  event.preventDefault();
}
