// The network from the keyboard: arrows lead to the nearest node on that side, letters do what the buttons do.

import { claimantOf } from "./claims.js";
import { KINDS } from "./kinds.js";
import { drawing, focusNode, reveal, showAll, zoomBy } from "./network.js";
import { view } from "./shapes.js";
import { isPinned, missingNeighbours, mostLinked, pin, toggleNeighbours, visibleNodes } from "./stage.js";
import { choose, state } from "./state.js";
import { count } from "./words.js";

const SIDES = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
const ASIDE = 2; // a node aside of the direction counts as so much further away as it is aside

/** The nearest of `others` on one side of a node: within 45 degrees of the direction, those aside counted as further. */
export function nearest(node, [dx, dy], others) {
  let best = null;
  for (const other of others) {
    const [x, y] = [other.x - node.x, other.y - node.y];
    const ahead = x * dx + y * dy;
    const aside = Math.abs(x * dy) + Math.abs(y * dx);
    if (other.id === node.id || ahead <= 0 || aside > ahead) continue;
    const far = ahead + ASIDE * aside;
    if (!best || far < best.far || (far === best.far && other.id < best.other.id)) best = { far, other };
  }
  return best?.other ?? null;
}

/** The node that the keyboard is at: where it was, else what is chosen, else the one with the most links. */
function current() {
  const seen = new Set(visibleNodes().map(({ id }) => id));
  const id = [view.focused, state.chosen].find((one) => one !== null && seen.has(one));
  return id === undefined ? null : visibleNodes().find((node) => node.id === id);
}

function goTo(node) {
  if (!node) return;
  focusNode(node.id);
  reveal(node.id);
  say(spoken(node));
}

/** A node as a screen reader hears it. */
function spoken(node) {
  const who = node.kind === "claim" ? claimantOf(node) : null;
  const missing = missingNeighbours(node.id).length;
  const parts = [who ? `${who.label}: ${node.label}` : node.label, KINDS[node.kind].one.toLowerCase(), count(node.links.length, "link", "links")];
  if (missing) parts.push(`${missing} not drawn`);
  if (isPinned(node.id)) parts.push("pinned");
  return parts.join(", ");
}

export function say(words) {
  document.getElementById("said").textContent = words;
}

const COMMANDS = {
  Enter: (node) => choose(node.id, { focus: true }),
  " ": (node) => choose(node.id),
  e: (node) => toggleNeighbours(node.id),
  p: (node) => pin(node.id),
};

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const node = current();
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (key in SIDES) goTo(node ? nearest(node, SIDES[key], visibleNodes()) : mostLinked());
  else if (key === "Home") goTo(mostLinked());
  else if (key === "+" || key === "=") zoomBy(1.3);
  else if (key === "-") zoomBy(1 / 1.3);
  else if (key === "0") showAll();
  else if (key in COMMANDS && node) {
    COMMANDS[key](node);
    if (key === "e" || key === "p") goTo(node);
  } else return;
  event.preventDefault();
}

export function startKeyboard() {
  const container = drawing().body.container;
  container.addEventListener("keydown", pressed);
  container.addEventListener("focus", () => { if (container.matches(":focus-visible")) goTo(current() ?? mostLinked()); });
  container.addEventListener("blur", () => focusNode(null));
}
