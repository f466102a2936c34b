// Search with suggestions, over names, other names, and the words of claims; what matches is marked.

import { claimantOf, quoted } from "./claims.js";
import { nodes, whole } from "./data.js";
import { element, icon } from "./dom.js";
import { KINDS } from "./kinds.js";
import { choose } from "./state.js";
import { count, fold } from "./words.js";

const GROUPS = [
  { name: "Names", most: 6, holds: (kind) => kind !== "claim" && kind !== "event" },
  { name: "Events", most: 4, holds: (kind) => kind === "event" },
  { name: "Claims", most: 6, holds: (kind) => kind === "claim" },
];
const LONGEST = 140; // characters of a claim that are shown; more to its left is cut before the first match
const BEFORE = 40; // characters kept before the first match then
let entries = null;
let last = { wanted: "", found: [] };

/** What is searched, made when somebody first searches: folded words, with a space before each. */
function searched() {
  entries ??= [...nodes.values()].map((node) => ({
    node,
    label: ` ${fold(node.label)}`,
    names: (node.aliases ?? []).map((name) => ` ${fold(name)}`),
    text: ` ${fold([node.label, node.text, ...(node.figures ?? [])].filter((words) => typeof words === "string").join(" ")).replace(/[^\p{L}\p{N}]+/gu, " ")}`,
  }));
  return entries;
}

/** How well a node answers a search: its name first, then another name, then the words of a claim. */
function rank(entry, wanted, words) {
  if (entry.label.startsWith(` ${wanted}`)) return 5;
  if (entry.names.some((name) => name.startsWith(` ${wanted}`))) return 4;
  if (entry.label.includes(` ${wanted}`)) return 3;
  if (entry.names.some((name) => name.includes(` ${wanted}`))) return 2;
  return words.length && words.every((word) => entry.text.includes(` ${word}`)) ? 1 : 0;
}

const wordsOf = (wanted) => wanted.split(/[^\p{L}\p{N}]+/u).filter(Boolean);

/** The nodes that answer a search, the best first; while one types on, only what was found before is looked at. */
export function find(query) {
  const wanted = fold(query.trim());
  if (!wanted) return [];
  const typedOn = last.wanted && wanted.startsWith(last.wanted);
  const words = wordsOf(wanted);
  const found = [];
  for (const entry of typedOn ? last.found : searched()) {
    const how = rank(entry, wanted, words);
    if (how) found.push({ entry, how });
  }
  found.sort((a, b) => b.how - a.how || b.entry.node.weight - a.entry.node.weight || a.entry.node.id - b.entry.node.id);
  last = { wanted, found: found.map(({ entry }) => entry) };
  return last.found.map(({ node }) => node);
}

// Showing

/** Words with what begins like one of the words wanted as marks; case and accents do not matter. */
export function highlighted(text, wanted) {
  const points = Array.from(text);
  const folded = points.map(fold);
  const isWord = points.map((point) => /[\p{L}\p{N}\p{M}]/u.test(point));
  const marks = Array(points.length).fill(false);
  for (let at = 0; at < points.length; at += 1) {
    if (!isWord[at] || isWord[at - 1]) continue;
    const lengths = wordsOf(wanted).map((word) => lengthOf(word, folded, at));
    marks.fill(true, at, at + Math.max(0, ...lengths));
  }
  return runs(points, marks).map(({ words, marked }) => (marked ? element("mark", {}, words) : words));
}

/** How many characters from `at` on make up the word; 0 when others stand there. */
function lengthOf(word, folded, at) {
  let sum = "";
  for (let end = at; end < folded.length && sum.length < word.length; end += 1) {
    sum += folded[end];
    if (sum.startsWith(word)) return end + 1 - at;
    if (!word.startsWith(sum)) return 0;
  }
  return 0;
}

function runs(points, marks) {
  const found = [];
  points.forEach((point, index) => {
    if (index && marks[index] === marks[index - 1]) found[found.length - 1].words += point;
    else found.push({ words: point, marked: marks[index] });
  });
  return found;
}

/** As much of a long text as shows the first match. */
function excerpt(text, wanted) {
  const points = Array.from(text);
  if (points.length <= LONGEST) return text;
  const folded = ` ${fold(text)}`;
  const at = Math.min(...wordsOf(wanted).map((word) => folded.indexOf(` ${word}`)).filter((found) => found >= 0), points.length);
  const before = at < points.length && at > LONGEST - BEFORE ? at - BEFORE : 0;
  const start = before ? points.indexOf(" ", before) + 1 : 0;
  return `${start ? "…" : ""}${points.slice(start, start + LONGEST).join("")}${start + LONGEST < points.length ? "…" : ""}`;
}

function suggestion(node, index, wanted, take) {
  const who = node.kind === "claim" ? claimantOf(node) : null;
  const words = excerpt(node.kind === "claim" ? quoted(node) : node.label, wanted);
  const alias = fold(node.label).includes(wanted) ? null : (node.aliases ?? []).find((name) => ` ${fold(name)}`.includes(` ${wanted}`));
  return element(
    "li", { role: "option", id: `suggestion-${index}`, "aria-selected": "false", onmousedown: () => take(node) },
    icon(node), element("bdi", {}, who ? element("b", {}, `${who.label} `) : null, highlighted(words, wanted), alias ? element("small", {}, " also ", highlighted(excerpt(alias, wanted), wanted)) : null),
    node.kind === "claim" || node.kind === "event" ? null : element("small", {}, KINDS[node.kind].one.toLowerCase()),
  );
}

/** The suggestions by groups, and the nodes in the order in which they stand there. */
function suggestions(all, typed, take) {
  const wanted = fold(typed.trim());
  const offered = [];
  const rows = [];
  for (const { name, most, holds } of GROUPS) {
    const members = all.filter((node) => holds(node.kind));
    if (!members.length) continue;
    const first = members.slice(0, most);
    const options = first.map((node, index) => suggestion(node, offered.length + index, wanted, take));
    offered.push(...first);
    const title = `suggestions-${name.toLowerCase()}`;
    const left = members.length - first.length;
    rows.push(element("li", { role: "presentation" }, element("p", { class: "heading", id: title }, name, left ? element("small", {}, `and ${count(left, "more", "more")}; type on`) : null), element("ul", { role: "group", "aria-labelledby": title }, options)));
  }
  if (!offered.length) rows.push(element("li", { class: "none", role: "presentation" }, `Nothing is called "${typed.trim()}", and no claim has these words.`));
  return { rows, offered };
}

export function startSearch() {
  const box = document.getElementById("search");
  const list = document.getElementById("suggestions");
  let offered = [];
  let active = -1;
  const close = () => {
    list.hidden = true;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };
  const mark = (index) => {
    active = index;
    const options = [...list.querySelectorAll("[role=option]")];
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
    if (!options[index]) return box.removeAttribute("aria-activedescendant");
    box.setAttribute("aria-activedescendant", options[index].id);
    return options[index].scrollIntoView({ block: "nearest" });
  };
  const take = (node) => {
    close();
    box.value = node.label;
    choose(node.id, { centre: true });
  };
  const suggest = () => {
    if (!box.value.trim()) return close();
    const found = suggestions(find(box.value), box.value, take);
    offered = found.offered;
    list.replaceChildren(...found.rows);
    list.hidden = false;
    box.setAttribute("aria-expanded", "true");
    return mark(offered.length ? 0 : -1);
  };
  whole.then(() => { entries = null; last = { wanted: "", found: [] }; });
  box.addEventListener("focus", () => whole.then(searched));
  box.addEventListener("input", () => whole.then(suggest));
  box.addEventListener("keydown", (event) => {
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !list.hidden) {
      event.preventDefault();
      if (offered.length) mark((active + (event.key === "ArrowDown" ? 1 : offered.length - 1)) % offered.length);
    } else if (event.key === "Enter" && !list.hidden && offered[active]) take(offered[active]);
    else if (event.key === "Escape" && !list.hidden) {
      event.stopPropagation();
      close();
    }
  });
  box.addEventListener("blur", () => setTimeout(close, 150));
}
