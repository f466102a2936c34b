// Steps that can be undone: what is drawn, where it stands, and what is filtered, before and after each.

import { tell } from "./state.js";

const MOST = 60; // steps kept; one of a network of 1,000 nodes takes some 40 kB
const keepers = [];
const past = [];
const future = [];

/** A part of the page whose state belongs to a step: `read` gives it as plain data, `write` brings it back. */
export function keep(keeper) {
  keepers.push(keeper);
}

const read = () => keepers.map((keeper) => JSON.stringify(keeper.read()));

/** Does something that can be undone; what changes nothing is no step. */
export function step(change) {
  const before = read();
  change();
  const after = read();
  if (after.every((state, index) => state === before[index])) return;
  past.push({ before, after });
  if (past.length > MOST) past.shift();
  future.length = 0;
  tell("steps");
}

export const canUndo = () => past.length > 0;
export const canRedo = () => future.length > 0;
export const undo = () => move(past, future, "before");
export const redo = () => move(future, past, "after");

function move(from, to, side) {
  const done = from.pop();
  if (!done) return;
  to.push(done);
  const now = read();
  keepers.forEach((keeper, index) => { if (now[index] !== done[side][index]) keeper.write(JSON.parse(done[side][index])); });
  tell("steps");
}

/** Ctrl+Z and Ctrl+Shift+Z or Ctrl+Y, except where words are typed and the browser undoes them itself. */
export function startUndo() {
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.target.matches?.("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
    const key = event.key.toLowerCase();
    if (key !== "z" && key !== "y") return;
    event.preventDefault();
    if (key === "y" || event.shiftKey) redo();
    else undo();
  });
}
