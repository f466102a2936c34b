// Search with suggestions, over names, other names, and the words of claims.

import { nodes, whole } from "./data.js";
import { element, icon } from "./dom.js";
import { KINDS } from "./kinds.js";
import { choose } from "./state.js";
import { count, fold } from "./words.js";

const MOST_SUGGESTIONS = 12;
let entries;

/** What is searched, made when somebody first searches. */
function searched() {
  entries ??= [...nodes.values()].map((node) => ({
    node,
    label: fold(node.label),
    names: (node.aliases ?? []).map(fold),
    text: fold([node.text, node.cue, ...(node.figures ?? [])].filter(Boolean).join(" ")),
  }));
  return entries;
}

/** How well a node answers a search: its name first, then another name, then the words of a claim. */
function rank(entry, wanted) {
  if (entry.label.startsWith(wanted)) return 5;
  if (entry.names.some((name) => name.startsWith(wanted))) return 4;
  if (` ${entry.label}`.includes(` ${wanted}`)) return 3;
  if (entry.names.some((name) => ` ${name}`.includes(` ${wanted}`))) return 2;
  return wanted.split(/\s+/).every((word) => ` ${entry.text} ${entry.label}`.includes(` ${word}`)) ? 1 : 0;
}

export function find(query) {
  const wanted = fold(query.trim());
  if (!wanted) return [];
  const found = searched().map((entry) => ({ ...entry, rank: rank(entry, wanted) })).filter((entry) => entry.rank > 0);
  found.sort((a, b) => b.rank - a.rank || b.node.weight - a.node.weight || a.node.id - b.node.id);
  return found.map((entry) => entry.node);
}

export function startSearch() {
  const box = document.getElementById("search");
  const options = document.getElementById("suggestions");
  let found = [];
  let active = -1;
  const close = () => {
    options.hidden = true;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };
  const mark = (index) => {
    active = index;
    [...options.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
    const option = options.children[index];
    if (!option?.id) return;
    box.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  };
  const take = (node) => {
    close();
    box.value = node.label;
    choose(node.id, { centre: true });
  };
  box.addEventListener("input", async () => {
    await whole;
    const all = find(box.value);
    found = all.slice(0, MOST_SUGGESTIONS);
    options.replaceChildren(...suggestions(found, all.length, box.value.trim(), take));
    options.hidden = !box.value.trim();
    box.setAttribute("aria-expanded", String(!options.hidden));
    mark(found.length ? 0 : -1);
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (found.length) mark((active + (event.key === "ArrowDown" ? 1 : found.length - 1)) % found.length);
    } else if (event.key === "Enter" && found[active]) take(found[active]);
    else if (event.key === "Escape" && !options.hidden) {
      event.stopPropagation();
      close();
    }
  });
  box.addEventListener("blur", () => setTimeout(close, 150));
}

function suggestions(found, total, wanted, take) {
  const rows = found.map((node, index) =>
    element("li", { role: "option", id: `suggestion-${index}`, onmousedown: () => take(node) }, icon(node), element("span", {}, node.label), element("small", {}, KINDS[node.kind].one.toLowerCase())),
  );
  if (!found.length && wanted) return [element("li", { class: "none" }, `Nothing is called "${wanted}", and no claim has these words.`)];
  if (total > found.length) rows.push(element("li", { class: "none" }, `and ${count(total - found.length, "more", "more")}; type on`));
  return rows;
}
