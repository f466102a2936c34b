// The list of all nodes: everything that a canvas shows can be reached from the keyboard.

import { claimantOf, quoted } from "./claims.js";
import { nodes, whole } from "./data.js";
import { element, icon } from "./dom.js";
import { shows } from "./filters.js";
import { KINDS } from "./kinds.js";
import { focusNode } from "./network.js";
import { choose, on } from "./state.js";
import { fold } from "./words.js";

const STEP = 60; // rows of a kind at once: more would be built and never seen

/** All nodes by kind, as one list box, the most linked first: arrows move, letters jump, Enter opens. */
export async function startList() {
  const list = document.getElementById("list");
  list.addEventListener("keydown", moveInList);
  list.addEventListener("focus", () => focusRow(visibleRows()[0]));
  list.addEventListener("focusout", (event) => { if (!list.contains(event.relatedTarget)) focusNode(null); });
  await whole;
  const groups = Object.keys(KINDS).map(makeGroup).filter(Boolean);
  list.replaceChildren(...groups.map(({ box }) => box));
  groups.forEach(fillGroup);
  on("filters", () => groups.forEach(fillGroup));
}

function makeGroup(kind) {
  const members = [...nodes.values()].filter((node) => node.kind === kind).sort((a, b) => b.weight - a.weight || a.id - b.id);
  if (!members.length) return null;
  const title = `list-${kind}`;
  const rows = element("div", { role: "presentation" });
  const box = element("div", { role: "group", "aria-labelledby": title, "data-kind": kind }, element("h3", { id: title, role: "presentation" }, KINDS[kind].many), rows);
  return { box, rows, members, limit: STEP };
}

/** The rows of a kind that the filters leave, as many as asked for, and one that brings the next. */
function fillGroup(group) {
  const shown = group.members.filter(shows);
  const left = shown.length - group.limit;
  group.box.hidden = !shown.length;
  group.rows.replaceChildren(...shown.slice(0, group.limit).map(listRow), ...(left > 0 ? [moreRow(group, left)] : []));
}

function moreRow(group, left) {
  const more = () => {
    const at = group.limit;
    group.limit += STEP;
    fillGroup(group);
    focusRow(group.rows.children[at]);
  };
  return element("div", { role: "option", tabindex: "-1", class: "row more", onclick: more }, element("span", {}, `Show more (${left.toLocaleString("en")} left)`));
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
  else if (event.key === "Enter" || event.key === " ") openRow(document.activeElement);
  else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && event.key !== "/") {
    const letter = fold(event.key);
    focusRow([...rows.slice(at + 1), ...rows.slice(0, at + 1)].find((row) => fold(row.textContent).startsWith(letter)));
  } else return;
  event.preventDefault();
}

function openRow(row) {
  if (row.dataset.node) choose(Number(row.dataset.node), { centre: true, focus: true });
  else row.click();
}
