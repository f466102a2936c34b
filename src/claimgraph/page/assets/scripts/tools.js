// The buttons over the network: undo, groups, and what can be done with the chosen node.

import { whole } from "./data.js";
import { element } from "./dom.js";
import { groupsShown, showGroups } from "./groups.js";
import { collapse, collapsible, expand, isDrawn, isPinned, missingNeighbours, nextNeighbours, pin } from "./stage.js";
import { on, state } from "./state.js";
import { canRedo, canUndo, redo, undo } from "./undo.js";

const tools = {};

function tool(name, words, title, onclick) {
  tools[name] = element("button", { type: "button", class: "tool", title, onclick }, words);
  return tools[name];
}

const withChosen = (act) => () => act(state.chosen);

function refresh() {
  const id = state.chosen;
  const drawn = id !== null && isDrawn(id);
  const missing = drawn ? missingNeighbours(id).length : 0;
  const next = drawn ? nextNeighbours(id).length : 0;
  const away = drawn ? collapsible(id).length : 0;
  tools.undo.disabled = !canUndo();
  tools.redo.disabled = !canRedo();
  tools.groups.setAttribute("aria-pressed", String(groupsShown()));
  tools.expand.hidden = !missing;
  tools.expand.textContent = next < missing ? `Show ${next} of ${missing} more neighbours` : `Show ${missing} more ${missing === 1 ? "neighbour" : "neighbours"}`;
  tools.collapse.hidden = !away;
  tools.collapse.textContent = `Put away ${away}`;
  tools.pin.hidden = !drawn;
  tools.pin.textContent = drawn && isPinned(id) ? "Unpin" : "Pin";
}

export function startTools() {
  document.getElementById("tools").append(
    tool("undo", "Undo", "Undo the last step (Ctrl+Z)", undo),
    tool("redo", "Redo", "Do it again (Ctrl+Shift+Z)", redo),
    tool("groups", "Groups", "Tint nodes that have more links among themselves than to the rest", () => showGroups(!groupsShown())),
    tool("expand", "", "Bring in neighbours that are not drawn (E, or a double click)", withChosen(expand)),
    tool("collapse", "", "Put away what was brought in, or what hangs on this alone (E)", withChosen(collapse)),
    tool("pin", "", "Keep it where it is put (P)", withChosen((id) => pin(id))),
  );
  for (const what of ["choice", "filters", "steps", "groups"]) on(what, () => whole.then(refresh));
  refresh();
}
