// The days that are filtered: a histogram of when things were said and happened, with a handle at each end of the range.

import { beginning, following, iso, stepOf, stretch } from "./calendar.js";
import { element } from "./dom.js";
import { statements } from "./facets.js";
import { filtersAsObject, setDays, sifted } from "./filters.js";
import { drawn } from "./svg.js";
import { count, day } from "./words.js";

const BARS = 48; // at most, so that one is still some pixels wide
const OUTSKIRTS = 0.02; // share of days at each end that share one bar, where they would press the rest together
const HALF = 40; // height of what was said, and of what happened
const PAGES = 6; // presses of Page Up or Page Down from one end to the other

let parts = null;
let edges = []; // where bars begin, in days since 1970; the last is where the last bar ends
let barOf = null; // the number of the bar in which each claim or event with a day is counted
const held = { from: 0, to: 0 }; // numbers of the edges at which the handles stand

export function startHistogram(section) {
  const days = new Map(statements().filter(({ first }) => first).map(({ id, first }) => [id, stretch(first).from]));
  edges = edgesOf([...days.values()].sort((a, b) => a - b));
  if (edges.length < 3) return;
  barOf = new Map([...days].map(([id, from]) => [id, edges.findLastIndex((edge, index) => index < edges.length - 1 && edge <= from)]));
  parts = { plot: element("div", { class: "days" }), bars: element("div", { class: "bars" }), note: element("p", { class: "note" }) };
  for (const side of ["from", "to"]) parts[side] = handle(side);
  for (const side of ["from", "to"]) parts[`${side}-day`] = element("input", { type: "date", "aria-label": side === "from" ? "First day" : "Last day", onchange: () => typed(side) });
  parts.plot.append(parts.bars, parts.from, parts.to);
  startBrush();
  section.append(
    element("h3", { id: "facet-days" }, "When it was said or happened"),
    parts.plot,
    element("p", { class: "bounds" }, element("span", {}, endName(0)), element("span", {}, endName(edges.length - 1))),
    element("div", { class: "range" }, parts["from-day"], " to ", parts["to-day"]),
    parts.note,
  );
}

/** Where the bars begin: calendar steps over nearly all days, and one bar more at each end where some lie outside. */
function edgesOf(dated) {
  if (!dated.length) return [];
  const cut = Math.floor(dated.length * OUTSKIRTS);
  const [first, last] = [dated[cut], dated[dated.length - 1 - cut]];
  const step = stepOf((last - first) / BARS);
  const found = [beginning(step, first)];
  while (found[found.length - 1] <= last) found.push(following(step, found[found.length - 1]));
  if (dated[0] < found[0]) found.unshift(-Infinity);
  if (dated[dated.length - 1] >= found[found.length - 1]) found.push(Infinity);
  return found;
}

function endName(index) {
  if (edges[index] === -Infinity) return `before ${day(iso(edges[1]))}`;
  if (edges[index] === Infinity) return `after ${day(iso(edges[index - 1] - 1))}`;
  return day(iso(edges[index] - (index ? 1 : 0)));
}

/** The days as the filters have them. */
export function refreshHistogram() {
  if (!parts) return;
  const { from, to } = filtersAsObject();
  held.from = from ? Math.max(0, edges.findLastIndex((edge) => edge <= stretch(from).from)) : 0;
  held.to = to ? Math.max(held.from + 1, edges.findIndex((edge) => edge >= stretch(to).to)) : edges.length - 1;
  if (held.to < 1) held.to = edges.length - 1;
  parts["from-day"].value = from ?? "";
  parts["to-day"].value = to ?? "";
  const undated = sifted("from", "to").filter(({ first }) => !first).length;
  parts.note.textContent = `Above the line what was said, below it what happened. ${leftOut(undated, Boolean(from || to))}`;
  drawBars();
  placeHandles();
}

function leftOut(undated, set) {
  if (!undated) return "";
  return set ? `${count(undated, "has no day and is", "have no day and are")} left out.` : `${count(undated, "has", "have")} no day and would be left out.`;
}

function drawBars() {
  const heights = { claim: Array(edges.length - 1).fill(0), event: Array(edges.length - 1).fill(0) };
  for (const { id, kind } of sifted("from", "to")) if (barOf.has(id)) heights[kind][barOf.get(id)] += 1;
  const most = Math.max(1, ...heights.claim, ...heights.event);
  const bar = (kind) => (number, index) => {
    const height = number ? Math.max(2, (number / most) * (HALF - 2)) : 0;
    return drawn("rect", { class: `${kind} ${index >= held.from && index < held.to ? "" : "out"}`, x: index + 0.08, width: 0.84, y: kind === "claim" ? HALF - height : HALF + 1, height });
  };
  parts.bars.replaceChildren(drawn("svg", { viewBox: `0 0 ${edges.length - 1} ${2 * HALF}`, preserveAspectRatio: "none", "aria-hidden": "true" }, heights.claim.map(bar("claim")), heights.event.map(bar("event"))));
}

function placeHandles() {
  for (const side of ["from", "to"]) {
    const other = side === "from" ? { "aria-valuemin": 0, "aria-valuemax": held.to - 1 } : { "aria-valuemin": held.from + 1, "aria-valuemax": edges.length - 1 };
    const state = { ...other, "aria-valuenow": held[side], "aria-valuetext": valueText(side) };
    for (const [name, value] of Object.entries(state)) parts[side].setAttribute(name, value);
    parts[side].style.left = `${(100 * held[side]) / (edges.length - 1)}%`;
  }
  for (const bar of parts.bars.querySelectorAll("rect")) bar.classList.toggle("out", bar.x.baseVal.value < held.from || bar.x.baseVal.value >= held.to);
}

function valueText(side) {
  if (held[side] === (side === "from" ? 0 : edges.length - 1)) return side === "from" ? "from the beginning" : "to the end";
  return side === "from" ? `from ${day(iso(edges[held.from]))}` : `to ${day(iso(edges[held.to] - 1))}`;
}

function handle(side) {
  return element("div", { class: `handle ${side}`, role: "slider", tabindex: "0", "aria-label": side === "from" ? "Beginning of the days shown" : "End of the days shown", onkeydown: (event) => pressed(side, event) });
}

function pressed(side, event) {
  const page = Math.max(1, Math.round(edges.length / PAGES));
  const steps = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -page, PageUp: page, Home: -edges.length, End: edges.length };
  if (!(event.key in steps)) return;
  event.preventDefault();
  move(side, held[side] + steps[event.key]);
  apply();
}

/** A handle at another edge, as far as the other lets it. */
function move(side, index) {
  held[side] = side === "from" ? Math.max(0, Math.min(index, held.to - 1)) : Math.min(edges.length - 1, Math.max(index, held.from + 1));
  placeHandles();
}

function apply() {
  const from = held.from ? iso(edges[held.from]) : undefined;
  const to = held.to < edges.length - 1 ? iso(edges[held.to] - 1) : undefined;
  setDays(from, to);
}

/** The days that were typed; where they cross, the one typed last holds. */
function typed(side) {
  const [from, to] = [parts["from-day"].value || undefined, parts["to-day"].value || undefined];
  const cross = from && to && from > to;
  setDays(cross && side === "to" ? undefined : from, cross && side === "from" ? undefined : to);
}

/** Drawing over the bars chooses them; drawing a handle moves it. */
function startBrush() {
  let side = null;
  const edgeAt = (event) => {
    const box = parts.bars.getBoundingClientRect();
    return ((event.clientX - box.left) / box.width) * (edges.length - 1);
  };
  parts.plot.addEventListener("pointerdown", (event) => {
    if (event.button > 0) return;
    parts.plot.setPointerCapture(event.pointerId);
    side = ["from", "to"].find((one) => parts[one] === event.target) ?? "to";
    if (event.target === parts[side]) return;
    const at = Math.max(0, Math.min(edges.length - 2, Math.floor(edgeAt(event))));
    Object.assign(held, { from: at, to: at + 1 });
    placeHandles();
  });
  parts.plot.addEventListener("pointermove", (event) => { if (side) move(side, Math.round(edgeAt(event))); });
  parts.plot.addEventListener("pointerup", () => { if (side) apply(); side = null; });
  parts.plot.addEventListener("pointercancel", () => { side = null; refreshHistogram(); });
}
