// The map: places with what happened there and what is said about them. maplist.js has the list below it.

import { element, onceAFrame } from "./dom.js";
import { shows } from "./filters.js";
import { startGestures, zoomButtons } from "./gestures.js";
import { showPlaceList, startPlaceList } from "./maplist.js";
import { nearby } from "./nearness.js";
import { places, tallied, tally } from "./places.js";
import { outlinePaths } from "./projection.js";
import { choose, state } from "./state.js";
import { drawn, fitting, lengthIn, round } from "./svg.js";
import { count } from "./words.js";

const UNIT = 1000; // of the outline's path, so that a tenth is a fraction of a pixel at any zoom
const FONT = 12;
const LONGEST_LABEL = 170;
const SMALLEST = 3; // radius of a place where nothing happens, in pixels
const LARGEST = 26; // of the place with the most
const CLOSEST = 2600; // pixels for a unit of the projection: some 100 km are 40 pixels wide; the outline has no finer line
const NARROWEST = 0.35; // of the projection, some 25 degrees, in view at first at least: a country with what surrounds it
const SIZES = { both: "All", events: "Events", claims: "Statements" };
const REACH = 2; // from an actor over an event to its place

const view = { x: 0, y: 0, scale: 0, size: "both", drawnFor: null };
let parts = null;

/** The map as one of the views. */
export const mapView = { name: "map", label: "Map", start, refresh };

function start(container) {
  if (!places().located.length) return container.append(empty());
  parts = build(container);
  startPlaceList(parts.list);
  startGestures(parts.plot, { moved, zoomed, fitted: fit });
  new ResizeObserver(() => (view.scale ? redraw() : fit())).observe(parts.plot);
  return fit();
}

function empty() {
  const number = places().elsewhere.length;
  const who = number === 1 ? "The only place in this network is not" : `None of the ${number} places in this network is`;
  return element("p", { class: "empty" }, number ? `${who} one whose position is known.` : "There are no places in this network.");
}

function build(container) {
  const plot = element("div", { class: "scene-plot map-plot", tabindex: "0", role: "group", "aria-label": "Map; arrows move it, plus and minus zoom, 0 shows all places. The list below holds the same." });
  const { land, borders } = outlinePaths(UNIT);
  const world = drawn("g", {}, drawn("path", { class: "land", d: land }), drawn("path", { class: "borders", d: borders }));
  const marks = drawn("g", {});
  plot.append(drawn("svg", { class: "map", "aria-hidden": "true" }, world, marks));
  const status = element("p", { class: "scene-status", role: "status" });
  const list = element("div", { class: "scene-list", tabindex: "-1" });
  const stage = element("div", { class: "scene-stage" }, plot, zoomButtons(element, plot, { zoomed, fitted: fit }), element("p", { class: "map-source" }, "Outline: Natural Earth"));
  container.append(element("div", { class: "scene" }, element("div", { class: "scene-head" }, status, sizeChoice()), stage, list));
  return { plot, world, marks, status, list };
}

function sizeChoice() {
  const button = ([value, words]) => element("button", { type: "button", "aria-pressed": String(value === view.size), onclick: (event) => resize(value, event.currentTarget) }, words);
  return element("p", { class: "scene-choice" }, "Circles count ", element("span", { class: "choices", role: "group", "aria-label": "What circles count" }, Object.entries(SIZES).map(button)));
}

function resize(value, pressed) {
  view.size = value;
  for (const button of pressed.parentElement.children) button.setAttribute("aria-pressed", String(button === pressed));
  redraw();
}

/** The places that pass the filters with what they count, the most first. */
function shown() {
  const counted = places().located.filter(({ node }) => shows(node)).map((place) => {
    const { events, claims } = tally(place.node);
    const number = { both: events.length + claims.length, events: events.length, claims: claims.length }[view.size];
    return { ...place, events: events.length, claims: claims.length, number };
  });
  return counted.sort((a, b) => b.number - a.number || b.node.weight - a.node.weight || a.node.id - b.node.id);
}

function fit() {
  const found = shown();
  const counted = found.some((place) => place.number) ? found.filter((place) => place.number) : found;
  look(counted.length ? counted : places().located);
}

/** Brings places into view, with some air. */
function look(found) {
  const { clientWidth: width, clientHeight: height } = parts.plot;
  if (!width || !height) return;
  const [left, right, top, bottom] = [["x", Math.min], ["x", Math.max], ["y", Math.min], ["y", Math.max]].map(([axis, of]) => found.reduce((so, place) => of(so, place[axis]), found[0][axis]));
  const scale = Math.min((width * 0.82) / Math.max(right - left, NARROWEST), (height * 0.82) / Math.max(bottom - top, NARROWEST));
  turn((left + right) / 2, (top + bottom) / 2, scale);
}

function turn(x, y, scale) {
  const { clientWidth: width } = parts.plot;
  view.scale = Math.min(Math.max(scale, width / 8), CLOSEST);
  view.x = Math.min(Math.max(x, -2.73), 2.73);
  view.y = Math.min(Math.max(y, -1.42), 1.42);
  redraw();
}

function moved(dx, dy) {
  turn(view.x - dx / view.scale, view.y - dy / view.scale, view.scale);
}

function zoomed(factor, px, py) {
  const { clientWidth: width, clientHeight: height } = parts.plot;
  const scale = Math.min(Math.max(view.scale * factor, width / 8), CLOSEST);
  const [awayX, awayY] = [px - width / 2, py - height / 2];
  turn(view.x + awayX / view.scale - awayX / scale, view.y + awayY / view.scale - awayY / scale, scale);
}

const redraw = onceAFrame(() => { if (parts) draw(); });

function refresh() {
  if (!parts) return;
  const chosen = state.chosen !== view.drawnFor && places().located.find((place) => place.node.id === state.chosen);
  view.drawnFor = state.chosen;
  if (chosen && !inView(chosen)) turn(chosen.x, chosen.y, view.scale);
  redraw();
}

const inView = (place) => Math.abs(place.x - view.x) * view.scale < parts.plot.clientWidth / 2 && Math.abs(place.y - view.y) * view.scale < parts.plot.clientHeight / 2;

// Drawing

function draw() {
  const { clientWidth: width, clientHeight: height } = parts.plot;
  if (!width || !height || !view.scale) return;
  const found = shown();
  const near = nearby(REACH);
  parts.plot.firstChild.setAttribute("viewBox", `0 0 ${width} ${height}`);
  parts.world.setAttribute("transform", `translate(${round(width / 2 - view.x * view.scale)} ${round(height / 2 - view.y * view.scale)}) scale(${view.scale / UNIT})`);
  parts.marks.replaceChildren(...placeDrawings(found, { width, height }, near));
  parts.marks.setAttribute("class", near ? "choosing" : "");
  const counted = found.filter((place) => place.number).length;
  parts.status.textContent = `${count(counted, "place", "places")} with ${{ both: "events or statements", events: "events", claims: "statements" }[view.size]}`;
  showPlaceList(found, near);
}

/** Circles, the largest at the bottom, and above them those labels that find room; the larger circle's first. */
function placeDrawings(found, { width, height }, near) {
  const most = Math.max(1, ...found.map((place) => place.number));
  const circles = found.map((place) => ({
    place,
    x: width / 2 + (place.x - view.x) * view.scale,
    y: height / 2 + (place.y - view.y) * view.scale,
    r: place.number ? Math.max(Math.min(LARGEST, width / 30) * Math.sqrt(place.number / most), SMALLEST + 1) : SMALLEST,
  })).filter(({ x, y, r }) => x > -r && x < width + r && y > -r && y < height + r);
  const ranked = near ? [...circles].sort((a, b) => Number(near.has(b.place.node.id)) - Number(near.has(a.place.node.id))) : circles;
  const labels = labelled(ranked, width);
  return [...circles.map((circle) => circleDrawing(circle, near)), ...labels.map((label) => labelDrawing(label, near))];
}

const nearClass = (near, id) => (!near ? "" : id === state.chosen ? " chosen" : near.has(id) ? " near" : "");

function circleDrawing({ place, x, y, r }, near) {
  const { node, number, events, claims } = place;
  const about = drawn("title", {}, `${node.label}\n${tallied(events, claims)}`);
  return drawn("circle", { class: `spot${number ? "" : " bare"}${nearClass(near, node.id)}`, cx: round(x), cy: round(y), r: round(r), "data-node": node.id, onclick: () => choose(node.id) }, about);
}

/** Labels beside their circles, none on another label and none on a larger circle. */
function labelled(circles, width) {
  const taken = [];
  const found = [];
  for (const circle of circles) {
    const words = fitting(circle.place.node.label, LONGEST_LABEL, FONT);
    const box = sides(circle, lengthIn(words, FONT)).find((side) => side.left > 2 && side.right < width - 2 && !taken.some((other) => overlap(side, other)));
    const { x, y, r } = circle;
    taken.push({ left: x - r, right: x + r, top: y - r, bottom: y + r });
    if (!box) continue;
    taken.push(box);
    found.push({ circle, words, box });
  }
  return found;
}

/** Where a label may stand: to the right, to the left, above, below. */
function sides({ x, y, r }, length) {
  const beside = (left, middle) => ({ left, right: left + length, top: middle - 8, bottom: middle + 8 });
  return [beside(x + r + 4, y), beside(x - r - 4 - length, y), beside(x - length / 2, y - r - 9), beside(x - length / 2, y + r + 9)];
}

const overlap = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

function labelDrawing({ circle, words, box }, near) {
  const { node, number } = circle.place;
  return drawn("text", { class: `spot-name${number ? "" : " bare"}${nearClass(near, node.id)}`, x: round(box.left), y: round((box.top + box.bottom) / 2 + 4), "data-node": node.id, onclick: () => choose(node.id) }, words);
}
