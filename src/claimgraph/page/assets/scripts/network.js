// The network on the canvas. It never moves by itself: where a node stands is decided once (stage.js).

import { firstView, links, nodes, otherEnd, whole } from "./data.js";
import { isNarrowed, shows } from "./filters.js";
import { drawGroups } from "./groups.js";
import { drawLabels } from "./labels.js";
import { asDrawn, asLine, badgeAt, drawBadges, linkStyle, view } from "./shapes.js";
import { bringFiltered, bringIn, expand, mostLinked, put, stage, startStage, toggleNeighbours, visibleNodes } from "./stage.js";
import { choose, chooseLink, leave, on, state } from "./state.js";

const READABLE = 0.9; // the zoom at which a node and its neighbours have room for their labels
const CLOSEST = 1.4; // few nodes are not blown up
const LEGIBLE = 0.25; // from here on shapes do not cover each other
const AROUND = { sides: 60, above: 48, below: 34 }; // pixels left free round the picture, on a small stage a tenth of it at most

let canvas; // the vis.Network

/** What draws, a vis.Network. */
export const drawing = () => canvas;

/** Draws what has changed: the theme, the choice, the filters, the zoom (lines never become hairs). */
export function redraw() {
  view.scale = canvas.getScale();
  stage.links.update(stage.links.getIds().map((id) => ({ id, ...linkStyle(links[id]) })));
  stage.nodes.update(stage.nodes.getIds().map((id) => ({ id, hidden: !shows(nodes.get(id)) })));
  canvas.redraw();
}

let fitsLater = false; // a stage that another view covers has no size to fit anything into

/** All that is to be seen, in the stage, with room for the tools above and for labels at the sides. */
export function showAll() {
  fit();
  redraw();
}

/** Places the view round everything that is seen, without drawing it. */
function fit() {
  const seen = visibleNodes();
  const container = canvas.body.container;
  fitsLater = !container.clientWidth;
  if (seen.length && !fitsLater) canvas.moveTo({ ...frameOf(seen, container), animation: false });
}

/** The view that has all these nodes in it. */
function frameOf(seen, { clientWidth: width, clientHeight: height }) {
  const [left, right, top, bottom] = [["x", 1], ["x", -1], ["y", 1], ["y", -1]].map(([axis, sign]) => sign * Math.min(...seen.map((node) => sign * node[axis])));
  const sides = Math.min(AROUND.sides, width / 10);
  const [above, below] = [AROUND.above, AROUND.below].map((room) => Math.min(room, height / 10));
  const scale = Math.min((width - 2 * sides) / Math.max(right - left, 1), (height - above - below) / Math.max(bottom - top, 1), CLOSEST);
  const y = (top + bottom) / 2 - (above - below) / 2 / scale;
  return { position: { x: (left + right) / 2, y }, scale: Math.max(scale, 0.02) };
}

/** All of the first view; on a stage too small for that, what surrounds the node with the most links. */
function showFirst() {
  fit();
  if (canvas.getScale() < LEGIBLE && visibleNodes().length) canvas.moveTo({ position: mostLinked(), scale: LEGIBLE, animation: false });
}

/** The ring on the canvas that follows the keyboard; `null` takes it away. */
export function focusNode(id) {
  view.focused = id;
  canvas.redraw();
}

/** Moves the stage, where it must, so that a node is inside it. */
export function reveal(id) {
  const { clientWidth: width, clientHeight: height } = canvas.body.container;
  const { x, y } = canvas.canvasToDOM(nodes.get(id));
  const margin = 40;
  const beyond = (at, size) => Math.min(0, at - margin) || Math.max(0, at - size + margin);
  const [dx, dy] = [beyond(x, width), beyond(y, height)];
  if (!dx && !dy) return;
  const centre = canvas.getViewPosition();
  canvas.moveTo({ position: { x: centre.x + dx / view.scale, y: centre.y + dy / view.scale }, animation: false });
}

/** Brings in what is chosen, and leaves only it and its neighbours in full colour. */
async function showChoice({ centre = false }) {
  await whole;
  const { chosen, link } = state;
  const ends = link === null ? [] : [links[link].from, links[link].to];
  const around = chosen === null ? ends : [chosen, ...nodes.get(chosen).links.map((each) => otherEnd(each, chosen))];
  view.near = around.length ? new Set(around) : null;
  for (const id of chosen === null ? ends : [chosen]) bringIn(id);
  if (centre && chosen !== null) canvas.moveTo({ position: nodes.get(chosen), scale: Math.max(canvas.getScale(), READABLE), animation: false });
  redraw();
}

function clicked({ nodes: [node], edges: [link], pointer }) {
  const badge = badgeAt(pointer.canvas);
  if (badge !== undefined) expand(badge);
  else if (node !== undefined) choose(node);
  else if (link !== undefined) chooseLink(link);
  else leave();
  canvas.body.container.focus({ preventScroll: true });
}

/** The browser's own double click: the library's takes two slow taps on a busy machine for single ones. */
function doubleClicked({ clientX, clientY }) {
  const { left, top } = canvas.body.container.getBoundingClientRect();
  const node = canvas.getNodeAt({ x: clientX - left, y: clientY - top });
  if (node !== undefined) toggleNeighbours(node);
}

function hovers(node) {
  view.hovered = node;
  canvas.body.container.style.cursor = node === null ? "" : "pointer";
  canvas.redraw();
}

function startCanvas(container, options) {
  canvas = new vis.Network(container, { nodes: stage.nodes, edges: stage.links }, options);
  canvas.canvas.frame.tabIndex = -1; // the container takes the keyboard (directions.js)
  canvas.on("beforeDrawing", (ctx) => {
    view.scale = canvas.getScale();
    drawGroups(ctx);
  });
  canvas.on("afterDrawing", (ctx) => {
    drawLabels(ctx, canvas, visibleNodes());
    drawBadges(ctx);
  });
  canvas.on("hoverNode", ({ node }) => hovers(node));
  canvas.on("blurNode", () => hovers(null));
  canvas.on("dragEnd", ({ nodes: moved }) => { if (moved.length) put(canvas.getPositions(moved)); });
  canvas.on("click", clicked);
  container.addEventListener("dblclick", doubleClicked);
  let zoomed;
  canvas.on("zoom", () => {
    clearTimeout(zoomed);
    zoomed = setTimeout(redraw, 120);
  });
  showFirst();
}

export function startNetwork() {
  const container = document.getElementById("canvas");
  const scale = firstView.nodes.length && container.clientWidth ? frameOf(firstView.nodes, container).scale : 1;
  view.scale = scale < LEGIBLE ? LEGIBLE : scale; // lines are as thick as they are drawn first
  startStage(asDrawn, asLine);
  startCanvas(container, firstView.options);
  const zooms = { "zoom-in": () => zoomBy(1.3), "zoom-out": () => zoomBy(1 / 1.3), "zoom-fit": showAll };
  for (const [id, zoom] of Object.entries(zooms)) document.getElementById(id).addEventListener("click", zoom);
  on("choice", showChoice);
  on("filters", showFiltered);
  on("view", () => { if (fitsLater) showAll(); });
  for (const what of ["theme", "steps", "groups"]) on(what, redraw);
}

let narrowed = false;

/** What passes the filters; all of it in the stage, unless kinds are only hidden or shown. */
function showFiltered() {
  bringFiltered();
  const refit = narrowed || isNarrowed();
  narrowed = isNarrowed();
  if (refit) showAll();
  else redraw();
}

export function zoomBy(factor) {
  canvas.moveTo({ scale: canvas.getScale() * factor });
  redraw();
}
