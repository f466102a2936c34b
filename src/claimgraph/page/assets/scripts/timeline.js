// The timeline: events and statements at their days, in lanes. timelist.js has the list below it.

import { beginning, following, spelled, stepOf, tick } from "./calendar.js";
import { hollow } from "./data.js";
import { element, onceAFrame } from "./dom.js";
import { shows } from "./filters.js";
import { startGestures, zoomButtons } from "./gestures.js";
import { inLanes, packed, rowsWanted, within } from "./lanes.js";
import { moments } from "./moments.js";
import { nearby } from "./nearness.js";
import { choose, state } from "./state.js";
import { drawn, fitting, lengthIn, round, shape } from "./svg.js";
import { showTimeList, startTimeList, wordsOf } from "./timelist.js";
import { count } from "./words.js";

const AXIS = 26; // height of the axis, in pixels
const ROW = 19;
const HEAD = 20; // height of a lane's name
const LONGEST_LABEL = 250;
const FONT = 12;
const SHORTEST = 2; // days in view at least
const TICK_ROOM = 74; // pixels from one line of the axis to the next at least
const BARS = 16; // height of the bars above columns
const MOST_NUMBERS = 60; // columns with their number written above
const OUTSKIRTS = 0.02; // share of moments at each end that may lie outside at first, where they would press the rest together

const GROUPINGS = { kind: "Kind", speaker: "Speaker" };

const view = { from: 0, to: 1, grouping: "kind", drawnFor: null };
let parts = null;

/** The timeline as one of the views. */
export const timelineView = { name: "timeline", label: "Timeline", start, refresh };

function start(container) {
  const { dated, undated } = moments();
  if (!dated.length) return container.append(empty(undated.length));
  parts = build(container);
  startTimeList(parts.list);
  startGestures(parts.plot, { moved, zoomed, fitted: fit });
  new ResizeObserver(() => redraw()).observe(parts.plot);
  return fit();
}

function build(container) {
  const plot = element("div", { class: "scene-plot", tabindex: "0", role: "group", "aria-label": "Timeline; arrows move it, plus and minus zoom, 0 shows all. The list below holds the same." });
  const status = element("p", { class: "scene-status", role: "status" });
  const [earlier, later] = ["earlier", "later"].map((name) => element("button", { type: "button", class: `link ${name}`, onclick: whole }));
  const list = element("div", { class: "scene-list", tabindex: "-1" });
  const stage = element("div", { class: "scene-stage" }, plot, zoomButtons(element, plot, { zoomed, fitted: whole }));
  const head = element("div", { class: "scene-head" }, status, earlier, later, lanesChoice());
  container.append(element("div", { class: "scene" }, head, stage, list));
  return { plot, status, earlier, later, list };
}

function lanesChoice() {
  const button = ([value, words]) => element("button", { type: "button", "aria-pressed": String(value === view.grouping), onclick: (event) => group(value, event.currentTarget) }, words);
  return element("p", { class: "scene-choice" }, "Lanes by ", element("span", { class: "choices", role: "group", "aria-label": "Lanes by" }, Object.entries(GROUPINGS).map(button)));
}

function empty(undated) {
  const why = undated ? `None of the ${count(undated, "event or statement", "events and statements")} has a day: the text names none, and the articles came without a date of publication. Give the articles a date (a line with it, or the field “published”) and build again.` : "There are no events and no statements in this network.";
  return element("p", { class: "empty" }, why);
}

function group(value, pressed) {
  view.grouping = value;
  for (const button of pressed.parentElement.children) button.setAttribute("aria-pressed", String(button === pressed));
  redraw();
}

/** All but far outliers, which would press the rest into a corner; the buttons at the ends tell of them. */
function fit() {
  const found = shown();
  const edge = Math.floor(found.length * OUTSKIRTS);
  const core = span(found.slice(edge, found.length - edge));
  const all = span(found);
  return look(...((core.to - core.from) * 3 < all.to - all.from ? [core.from, core.to] : [all.from, all.to]));
}

function whole() {
  const all = span(shown());
  look(all.from, all.to);
}

function span(found) {
  if (!found.length) return { from: view.from, to: view.to };
  return { from: found[0].from, to: found.reduce((last, moment) => Math.max(last, moment.to), -Infinity) };
}

const shown = () => moments().dated.filter((moment) => shows(moment.node));

/** Brings `[from, to)` into view, with a little air, and more behind the last for its label. */
function look(from, to) {
  const air = Math.max((to - from) * 0.04, (SHORTEST - (to - from)) / 2);
  turn(from - air, to + air + (to - from) * 0.16);
}

function turn(from, to) {
  const all = span(moments().dated);
  const most = Math.max((all.to - all.from) * 1.5, 60);
  const length = Math.min(Math.max(to - from, SHORTEST), most);
  const middle = Math.min(Math.max((from + to) / 2, all.from), all.to);
  Object.assign(view, { from: middle - length / 2, to: middle + length / 2 });
  redraw();
}

function moved(dx) {
  const days = (dx / parts.plot.clientWidth) * (view.to - view.from);
  turn(view.from - days, view.to - days);
}

function zoomed(factor, x) {
  const at = view.from + (x / parts.plot.clientWidth) * (view.to - view.from);
  const length = Math.max((view.to - view.from) / factor, SHORTEST);
  const share = (at - view.from) / (view.to - view.from);
  turn(at - share * length, at + (1 - share) * length);
}

const redraw = onceAFrame(() => { if (parts) draw(); });

function refresh() {
  if (!parts) return;
  const chosen = state.chosen !== view.drawnFor && moments().dated.find((moment) => moment.node.id === state.chosen);
  view.drawnFor = state.chosen;
  if (chosen && (chosen.to <= view.from || chosen.from >= view.to)) look(chosen.from - (view.to - view.from) / 2, chosen.to + (view.to - view.from) / 2);
  redraw();
}

// Drawing

function draw() {
  const found = shown();
  const inside = within(found, view.from, view.to);
  const { clientWidth: width, clientHeight: height } = parts.plot;
  if (!width || !height) return;
  const scale = { width, height, perDay: width / (view.to - view.from), x: (day) => ((day - view.from) / (view.to - view.from)) * width };
  const near = nearby();
  const lanes = inLanes(found, view.grouping, Math.max(2, Math.min(10, Math.floor((height - AXIS) / (HEAD + 2 * ROW)))));
  const picture = drawn("svg", { class: `timeline${near ? " choosing" : ""}`, width, height, "aria-hidden": "true" }, axis(scale), laneDrawings(lanes, scale, near));
  parts.plot.replaceChildren(picture);
  tell(found, inside);
  showTimeList(inside, near);
}

function tell(found, inside) {
  const events = inside.filter((moment) => moment.node.kind === "event").length;
  const what = [events && count(events, "event", "events"), inside.length - events && count(inside.length - events, "statement", "statements")].filter(Boolean).join(" and ");
  const range = spelled(Math.floor(view.from), Math.ceil(view.to));
  parts.status.replaceChildren(what || "Nothing in view", element("span", { class: "unseen" }, `, ${range}`));
  const before = found.filter((moment) => moment.to <= view.from).length;
  const after = found.filter((moment) => moment.from >= view.to).length;
  tellEnd(parts.earlier, before && `← ${before.toLocaleString("en")} earlier`);
  tellEnd(parts.later, after && `${after.toLocaleString("en")} later →`);
}

function tellEnd(button, words) {
  button.hidden = !words;
  button.textContent = words || "";
}

function axis({ x, perDay, width, height }) {
  const step = stepOf(TICK_ROOM / perDay);
  const lines = [];
  for (let at = beginning(step, view.from), first = true; at < view.to; at = following(step, at)) {
    if (at < view.from) continue;
    lines.push(drawn("line", { class: "tick", x1: round(x(at)), x2: round(x(at)), y1: AXIS - 6, y2: height }));
    if (x(at) < width - 30) lines.push(drawn("text", { class: "tick-words", x: round(x(at)) + 4, y: AXIS - 8 }, tick(step, at, first)));
    first = false;
  }
  return drawn("g", {}, lines);
}

/** The lanes below each other; rows go to those that want them, one at a time, and columns have one scale. */
function laneDrawings(lanes, scale, near) {
  const visible = lanes.map((lane) => ({ ...lane, moments: within(lane.moments, view.from, view.to) }));
  const rows = shared(visible.map((lane) => (lane.moments.length ? rowsWanted(lane.moments, scale, labelLength, 14) : 1)), Math.floor((scale.height - AXIS - lanes.length * HEAD) / ROW));
  const places = visible.map((lane, index) => packed(lane.moments, rows[index], scale, labelLength));
  const each = scaleOf(visible, places, rows);
  let top = AXIS;
  return visible.map((lane, index) => {
    const box = { top: top + HEAD, height: rows[index] * ROW, kind: lane.kind, each: each.get(lane.scale) };
    top = box.top + box.height;
    return laneDrawing(lane, places[index], box, scale, near);
  });
}

/** Pixels for each moment of a column, the same in all lanes that are to be compared. */
function scaleOf(lanes, places, rows) {
  const each = new Map();
  lanes.forEach((lane, index) => {
    const here = columnRoom(rows[index], places[index]) / tallest(places[index]);
    each.set(lane.scale, Math.min(here, each.get(lane.scale) ?? Infinity));
  });
  return each;
}

const columnRoom = (rows, { bars }) => Math.max(rows * ROW - 16 - (bars?.length ? BARS : 0), 10);
const tallest = ({ columns }) => Math.max(1, ...(columns ?? []).map((column) => column.moments.length));

/** How many of `all` rows each gets that wants so many: at least one, then in turn. */
function shared(wanted, all) {
  const given = wanted.map(() => 1);
  let left = all - given.length;
  while (left > 0 && given.some((rows, index) => rows < wanted[index])) {
    for (let index = 0; index < given.length && left > 0; index += 1) {
      if (given[index] >= wanted[index]) continue;
      given[index] += 1;
      left -= 1;
    }
  }
  return given;
}

const labelOf = ({ node }) => wordsOf(node, { named: view.grouping !== "speaker" });
const lengths = new Map();

/** How long a label wishes to be. */
function labelLength(moment) {
  const words = labelOf(moment);
  if (!lengths.has(words)) lengths.set(words, Math.min(lengthIn(words.slice(0, 80), FONT), LONGEST_LABEL));
  return lengths.get(words);
}

function laneDrawing(lane, place, box, scale, near) {
  const top = box.top - HEAD;
  const name = drawn("text", { class: "lane-name", x: 8, y: top + 14 }, fitting(lane.name, scale.width - 80, FONT), drawn("tspan", { class: "lane-count", dx: 6 }, lane.moments.length ? lane.moments.length.toLocaleString("en") : ""));
  const line = drawn("line", { class: "lane-line", x1: 0, x2: scale.width, y1: top, y2: top });
  const drawings = place.marks ? place.marks.map((mark) => markDrawing(mark, box, near)) : [...columnDrawings(place.columns, box, scale, near), ...place.bars.map((bar) => barDrawing(bar, box, scale, near))];
  return drawn("g", { class: `lane ${lane.kind}`, "data-lane": lane.name }, line, name, drawings);
}

const nearClass = (near, id) => (!near ? "" : id === state.chosen ? " chosen" : near.has(id) ? " near" : "");

function markDrawing(mark, box, near) {
  const { node, basis } = mark.moment;
  const y = box.top + (mark.row + 0.5) * ROW;
  const sign = mark.bar
    ? drawn("rect", { class: "bar-mark", x: round(mark.left), y: round(y - 7), width: Math.max(round(mark.right - mark.left), 2), height: 14, rx: 4 })
    : shape(node.kind, (mark.left + mark.right) / 2, y, 0.5);
  const words = mark.room ? drawn("text", { x: round(mark.start), y: round(y + 4) }, fitting(labelOf(mark.moment), Math.min(mark.room, LONGEST_LABEL), FONT)) : null;
  const about = drawn("title", {}, `${wordsOf(node)}\n${spelled(mark.moment.from, mark.moment.to)}`);
  const classes = `mark ${node.kind}${hollow(node) ? " hollow" : ""}${basis === "article" ? " assumed" : ""}${nearClass(near, node.id)}`;
  return drawn("g", { class: classes, "data-node": node.id, onclick: () => choose(node.id) }, about, sign, words);
}

function columnDrawings(columns, box, { x }, near) {
  const foot = box.top + box.height - 3;
  const tall = (number) => Math.max(number * box.each, 3);
  return columns.map((column) => {
    const [left, width] = [round(x(column.from) + 1), Math.max(round(x(column.to) - x(column.from) - 2), 2)];
    const total = column.moments.length;
    const touched = near ? column.moments.filter((moment) => near.has(moment.node.id)).length : 0;
    const block = (number, name) => drawn("rect", { class: name, x: left, width, y: round(foot - tall(number)), height: round(tall(number)), rx: 2 });
    const number = width >= 15 && columns.length <= MOST_NUMBERS ? drawn("text", { class: "column-number", "text-anchor": "middle", x: left + width / 2, y: round(foot - 3 - tall(total)) }, total.toLocaleString("en")) : null;
    return counterDrawing(column, box, [number, block(total, "column"), touched ? block(touched, "column near") : null]);
  });
}

function barDrawing(bar, box, { width }, near) {
  const y = box.top + 1 + bar.row * (BARS / 2);
  const touched = near && bar.moments.some((moment) => near.has(moment.node.id));
  return counterDrawing(bar, box, drawn("rect", { class: `bar-mark${touched ? " near" : ""}`, x: round(Math.max(bar.left, -9)), y, width: Math.max(round(Math.min(bar.right, width + 9) - Math.max(bar.left, -9)), 2), height: 6, rx: 3 }));
}

/** Several moments as one drawing; a click brings their days into view. */
function counterDrawing(counter, box, drawings) {
  const [one, many] = box.kind === "claim" ? ["statement", "statements"] : ["event", "events"];
  const words = `${count(counter.moments.length, one, many)}, ${spelled(counter.from, counter.to)}`;
  const only = counter.moments.length === 1 ? counter.moments[0].node.id : null;
  return drawn("g", { class: "counter", "data-count": counter.moments.length, onclick: () => (only === null ? look(counter.from, counter.to) : choose(only)) }, drawn("title", {}, words), drawings);
}
