// The filters: a sheet over the panel with every value and how often it occurs, and what is filtered in words.

import { nodes, whole } from "./data.js";
import { element, icon } from "./dom.js";
import { FACETS, valueName } from "./facets.js";
import { clear, countsOf, filtersAsObject, setValue } from "./filters.js";
import { filterWords, outcome } from "./filterwords.js";
import { refreshHistogram, startHistogram } from "./histogram.js";
import { KINDS } from "./kinds.js";
import { on, state } from "./state.js";
import { fold } from "./words.js";

const FEW = 6; // values shown at first
const STEP = 50; // more of them at each press
const MANY = 15; // from here on values can be searched

const sheet = () => document.getElementById("filters");
const opener = () => document.getElementById("filter-button");
const shown = Object.fromEntries(FACETS.map(({ name }) => [name, { limit: FEW, wanted: "" }]));
let made = false;

function open() {
  sheet().hidden = false;
  opener().setAttribute("aria-expanded", "true");
  whole.then(() => {
    if (!made) make();
    made = true;
    refresh();
    sheet().querySelector("h2").focus();
  });
}

function close() {
  const inside = sheet().contains(document.activeElement);
  sheet().hidden = true;
  opener().setAttribute("aria-expanded", "false");
  if (inside) opener().focus();
}

function make() {
  const days = element("section", { id: "filter-days" });
  sheet().querySelector(".sheet").append(days, ...FACETS.map(facetSection), kindsSection());
  startHistogram(days);
}

function facetSection(facet) {
  const title = `facet-${facet.name}`;
  const search = element("input", { type: "search", class: "within", hidden: true, placeholder: "Find in these", "aria-label": `Find in: ${facet.title}`, oninput: (event) => {
    shown[facet.name].wanted = event.currentTarget.value;
    refreshFacet(facet);
  } });
  return element("section", { role: "group", "aria-labelledby": title, "data-facet": facet.name }, element("h3", { id: title }, facet.title), search, element("div", { class: "values" }));
}

function kindsSection() {
  const kinds = Object.keys(KINDS).map((kind) => [kind, [...nodes.values()].filter((node) => node.kind === kind).length]).filter(([, total]) => total);
  return element(
    "section", { role: "group", "aria-labelledby": "facet-hide", "data-facet": "hide" },
    element("h3", { id: "facet-hide" }, "Shown"),
    element("div", { class: "values" }, kinds.map(([kind, total]) => choice({ name: "hide", value: kind }, [icon(kind), KINDS[kind].many], total))),
  );
}

/** A box to tick; ticked means wanted, of kinds: shown. */
function choice({ name, value }, words, total) {
  const box = element("input", { type: "checkbox", "data-value": value, onchange: (event) => setValue(name, value, name === "hide" ? !event.currentTarget.checked : event.currentTarget.checked) });
  return element("label", { class: "value" }, box, element("bdi", { class: "clipped" }, words), element("small", {}, total.toLocaleString("en")));
}

function refreshFacet(facet) {
  const section = sheet().querySelector(`[data-facet="${facet.name}"]`);
  const set = filtersAsObject()[facet.name] ?? [];
  const counts = countsOf(facet.name);
  const { limit, wanted } = shown[facet.name];
  section.hidden = counts.length < 2 && !set.length;
  section.querySelector(".within").hidden = counts.length < MANY;
  const named = counts.map(([value, total]) => [value, total, valueName(facet, value)]);
  const found = named.filter(([, , name]) => fold(name).includes(fold(wanted.trim())));
  const first = [...found.filter(([value]) => set.includes(value)), ...found.filter(([value]) => !set.includes(value))].slice(0, Math.max(limit, set.length));
  const focused = document.activeElement?.dataset.value;
  section.querySelector(".values").replaceChildren(
    ...(facet.words ? found : first).map(([value, total, name]) => choice({ name: facet.name, value }, capital(name), total)),
    ...(found.length > first.length && !facet.words ? [more(facet, found.length - first.length)] : []),
    ...(found.length ? [] : [element("p", { class: "none" }, "None is called so.")]),
  );
  for (const box of section.querySelectorAll("input[type=checkbox]")) {
    box.checked = set.includes(box.dataset.value);
    if (focused !== undefined && box.dataset.value === focused) box.focus();
  }
}

const capital = (words) => words.charAt(0).toLocaleUpperCase("en") + words.slice(1);

function more(facet, left) {
  return element("button", { type: "button", class: "link", onclick: () => {
    shown[facet.name].limit += STEP;
    refreshFacet(facet);
  } }, `Show ${Math.min(STEP, left)} more${left > STEP ? ` of ${left.toLocaleString("en")}` : ""}`);
}

/** What is filtered, in words, at the head of the page and of the sheet. */
function refreshWords() {
  const words = filterWords();
  const told = words ? `${words} · ${outcome()}` : "";
  const line = document.getElementById("filter-words");
  line.textContent = told;
  line.title = told;
  document.getElementById("filter-clear").hidden = !words;
  sheet().querySelector(".words").textContent = told || "Nothing is filtered: all claims and events are to be seen.";
  sheet().querySelector(".clear").hidden = !words;
}

function refresh() {
  refreshWords();
  if (sheet().hidden || !made) return;
  refreshHistogram();
  FACETS.forEach(refreshFacet);
  const { hide = [] } = filtersAsObject();
  for (const box of sheet().querySelectorAll("[data-facet=hide] input")) box.checked = !hide.includes(box.dataset.value);
}

export function startFilterPanel() {
  opener().addEventListener("click", () => (sheet().hidden ? open() : close()));
  for (const button of document.querySelectorAll("#filter-clear, #filters .clear")) button.addEventListener("click", () => { clear(); (sheet().hidden ? opener() : sheet().querySelector("h2")).focus(); });
  sheet().querySelector(".close").addEventListener("click", close);
  sheet().addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    close();
  });
  on("filters", () => whole.then(refresh));
  on("choice", () => { if (state.chosen !== null || state.link !== null) close(); }); // what is chosen is shown below the sheet
}
