// What is chosen, and in which view. Whoever draws it listens: this module knows none of them.
//
//   on("choice", how)   another node or link is chosen, or none; `how` is what `choose` was given
//   on("filters")       other nodes and links are to be seen (filters.js)
//   on("view")          another view is open (views.js)
//   on("theme")         light or dark (theme.js)

export const state = {
  view: "network",
  chosen: null, // number of a node
  link: null, // number of a link
};

const listeners = new Map();

/** `listener` is called with what `tell` was given, each time, in the order in which they came to listen. */
export function on(what, listener) {
  listeners.set(what, [...(listeners.get(what) ?? []), listener]);
}

export function tell(what, how = {}) {
  for (const listener of listeners.get(what) ?? []) listener(how);
}

/** Opens a node everywhere. `centre` brings it into the middle of the network, `focus` brings the keyboard to its evidence. */
export function choose(id, { centre = false, focus = false } = {}) {
  state.chosen = id;
  state.link = null;
  tell("choice", { centre, focus });
}

export function chooseLink(id) {
  state.chosen = null;
  state.link = id;
  tell("choice");
}

/** Nothing is chosen. */
export function leave() {
  if (state.chosen === null && state.link === null) return;
  state.chosen = null;
  state.link = null;
  tell("choice");
}
