// The views, as tabs: each a way of looking at the same nodes and links, with the same choice and filters.

import { whole } from "./data.js";
import { element } from "./dom.js";
import { on, state, tell } from "./state.js";

/**
 * A view is { name, label, start(container), refresh() }. `start` is called once, when the view is first opened and all
 * data is there; `refresh` whenever choice, filters or theme are others while it is open.
 */
const views = [];
const started = new Set();

export function startViews(all) {
  views.push(...all);
  const bar = document.getElementById("views");
  bar.replaceChildren(
    ...views.map(({ name, label }) =>
      element("button", { type: "button", role: "tab", id: `tab-${name}`, "aria-controls": `view-${name}`, "data-view": name, onclick: () => openView(name) }, label),
    ),
  );
  bar.addEventListener("keydown", moveAlong);
  for (const { name, label } of views) {
    if (!section(name)) document.querySelector(".stage").append(element("section", { id: `view-${name}`, class: "view", role: "tabpanel", "aria-label": label, hidden: true }));
  }
  for (const what of ["choice", "filters", "theme"]) on(what, refresh);
  openView(state.view);
}

/** Shows one view; resolves when it is drawn. */
export async function openView(name) {
  state.view = name;
  for (const view of views) {
    section(view.name).hidden = view.name !== name;
    const tab = document.getElementById(`tab-${view.name}`);
    tab.setAttribute("aria-selected", String(view.name === name));
    tab.tabIndex = view.name === name ? 0 : -1;
    if (view.name === name) tab.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
  tell("view");
  await refresh();
}

async function refresh() {
  const view = views.find(({ name }) => name === state.view);
  if (!view?.start) return;
  await whole;
  if (!started.has(view.name)) {
    started.add(view.name);
    await view.start(section(view.name));
  }
  view.refresh?.();
}

const section = (name) => document.getElementById(`view-${name}`);

function moveAlong(event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const at = views.findIndex(({ name }) => name === state.view);
  const next = views[(at + step + views.length) % views.length].name;
  openView(next);
  document.getElementById(`tab-${next}`).focus();
  event.preventDefault();
}
