// The network on the canvas: shapes, links, and labels that give way to each other.

import { firstView, hollow, links, nodes, otherEnd, whole } from "./data.js";
import { shows, showsLink } from "./filters.js";
import { BETWEEN_CLAIMS, KINDS, LINKS } from "./kinds.js";
import { choose, chooseLink, leave, on, state } from "./state.js";
import { colours } from "./theme.js";

const LABEL_PIXELS = 12.5; // on the screen, at any zoom
const LABEL_GAP = 3; // pixels between a shape and its label, and round each label
const LABEL_FACES = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif';
const LINKS_OF_THE_WELL_KNOWN = 4; // an actor with as many is named even where the label covers small shapes
const SMALL = ["claim", "event", "topic"];
const LEAST_PIXELS = 4.5; // half the width of the smallest shape that can still be told from others
const READABLE = 0.9; // the zoom at which a node and its neighbours have room for their labels
const MOST_NEW_NEIGHBOURS = 40; // more at once would bury what is there
const FAINT = 0.16; // what is not linked to the chosen node stays as a shadow
const shapes = Object.fromEntries(Object.entries(KINDS).map(([kind, { path }]) => [kind, new Path2D(path)]));

let canvas; // the vis.Network
let drawnNodes;
let drawnLinks;
const view = { near: null, hovered: null, focused: null, lineWidth: 1 };

/** Half the width of a node: its own, but never so small on the screen that its shape is lost. */
const radius = (node) => Math.max(node.size, LEAST_PIXELS / (canvas?.getScale() ?? 1));

const isFaint = (id) => view.near !== null && !view.near.has(id);

/** One node: its shape in the colour of its kind, a halo of paper round it, a ring when it is chosen. */
function drawNode({ ctx, id, x, y }) {
  const node = nodes.get(id);
  const scale = radius(node) / 10;
  const colour = colours[node.kind];
  return {
    drawNode() {
      ctx.save();
      ctx.globalAlpha = isFaint(id) ? FAINT : 1;
      ctx.translate(x, y);
      ctx.scale(scale, scale);
      ctx.lineJoin = "round";
      drawRing(ctx, id, node, scale);
      ctx.lineWidth = 5 / scale;
      ctx.strokeStyle = colours.paper;
      ctx.stroke(shapes[node.kind]);
      ctx.fillStyle = hollow(node) ? colours.paper : colour;
      ctx.fill(shapes[node.kind]);
      ctx.lineWidth = 1.8 / scale;
      ctx.strokeStyle = colour;
      if (node.vague) ctx.setLineDash([3 / scale, 2 / scale]);
      ctx.stroke(shapes[node.kind]);
      drawSign(ctx, node);
      ctx.restore();
    },
    nodeDimensions: { width: 2 * radius(node), height: 2 * radius(node) },
  };
}

function drawRing(ctx, id, node, scale) {
  if (id !== state.chosen && id !== view.focused && id !== view.hovered) return;
  ctx.lineWidth = (id === view.hovered ? 8 : 11) / scale;
  ctx.strokeStyle = id === view.hovered && id !== state.chosen ? colours.plain : colours.accent;
  ctx.stroke(shapes[node.kind]);
}

/** A claim that denies or asks says so in its bubble. */
function drawSign(ctx, node) {
  const sign = node.kind === "claim" && (node.polarity === "questioned" ? "?" : node.polarity === "denied" || node.content_polarity === "denied" ? "×" : "");
  if (!sign) return;
  ctx.fillStyle = colours.paper;
  ctx.font = "bold 12px system-ui, sans-serif";
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillText(sign, 0, -1.5);
}

const asDrawn = (node) => ({ id: node.id, x: node.x, y: node.y, shape: "custom", ctxRenderer: drawNode, size: node.size, label: undefined });

function linkStyle(link) {
  const near = link.id === state.link || (state.chosen !== null && (link.from === state.chosen || link.to === state.chosen));
  const faint = view.near !== null && !near;
  const tone = LINKS[link.type]?.tone ?? "plain";
  const colour = colours[tone];
  const between = BETWEEN_CLAIMS.includes(link.type);
  return {
    color: { color: colour, highlight: colour, hover: colour, opacity: faint ? 0.07 : near ? 0.95 : between ? 0.9 : 0.7 },
    width: view.lineWidth * ((between ? 2 : 1.2) + Math.min(link.weight - 1, 3) * 0.5 + (near ? 0.8 : 0)),
    dashes: link.type === "contradicts" ? [7, 4] : link.type === "responds-to" ? [2, 3] : false,
    hidden: !showsLink(link),
  };
}

function asLine(link) {
  return { id: link.id, from: link.from, to: link.to, ...linkStyle(link) };
}

/** Labels, the most important first; one that would touch a label or a shape takes another side or is left out. */
function drawLabels(ctx) {
  const scale = canvas.getScale();
  const { width, height } = canvas.canvas.frame.canvas.getBoundingClientRect();
  const [corner, far] = [canvas.DOMtoCanvas({ x: 0, y: 0 }), canvas.DOMtoCanvas({ x: width, y: height })];
  const visible = drawnNodes.get().filter((item) => !item.hidden).map((item) => nodes.get(item.id));
  const room = {
    size: LABEL_PIXELS / scale,
    gap: LABEL_GAP / scale,
    stage: { left: corner.x, right: far.x, top: corner.y, bottom: far.y },
    shapes: visible.filter((node) => !isFaint(node.id)).map((node) => ({ id: node.id, ...shapeBox(node) })),
    labels: [],
  };
  ctx.save();
  ctx.lineJoin = "round";
  ctx.textBaseline = "middle";
  for (const node of visible.sort(byImportance)) {
    if (!isFaint(node.id) || node.id === view.hovered) placeLabel(ctx, node, room);
  }
  ctx.restore();
}

function shapeBox(node) {
  const half = radius(node);
  return { left: node.x - half, right: node.x + half, top: node.y - half, bottom: node.y + half };
}

function importance(node) {
  if (node.id === state.chosen || node.id === view.focused || node.id === view.hovered) return 1e9;
  return (view.near?.has(node.id) ? 1e6 : 0) + (SMALL.includes(node.kind) ? 0 : 1e3) + node.weight;
}

const byImportance = (a, b) => importance(b) - importance(a) || a.id - b.id;

function placeLabel(ctx, node, { size, gap, stage, shapes: others, labels }) {
  const chosen = importance(node) >= 1e9;
  const actor = !SMALL.includes(node.kind);
  const wellKnown = actor && node.weight >= LINKS_OF_THE_WELL_KNOWN;
  ctx.font = `${chosen || wellKnown ? "600 " : ""}${node.kind === "claim" ? "italic " : ""}${size}px ${LABEL_FACES}`;
  const boxes = sides(node, ctx.measureText(node.short).width, size, gap);
  const clear = (box) => within(box, stage) && labels.every((other) => apart(box, other));
  const open = (box) => clear(box) && others.every((other) => other.id === node.id || apart(box, other));
  const box = boxes.find(open) ?? (wellKnown ? boxes.find(clear) : null) ?? (chosen ? boxes[0] : null);
  if (!box) return;
  labels.push(box);
  ctx.lineWidth = size * 0.32;
  ctx.strokeStyle = colours.paper;
  ctx.strokeText(node.short, box.x, box.y);
  ctx.fillStyle = actor || chosen ? colours.ink : colours.muted;
  ctx.fillText(node.short, box.x, box.y);
}

/** Where a label can stand: below, right, left, above. */
function sides(node, width, size, gap) {
  const half = radius(node);
  const beside = [
    [node.x - width / 2, node.y + half + gap + size / 2],
    [node.x + half + 2 * gap, node.y],
    [node.x - half - 2 * gap - width, node.y],
    [node.x - width / 2, node.y - half - gap - size / 2],
  ];
  return beside.map(([left, y]) => ({ left: left - gap, right: left + width + gap, top: y - size * 0.6, bottom: y + size * 0.6, x: left, y }));
}

const within = (box, stage) => stage.left <= box.left && box.right <= stage.right && stage.top <= box.top && box.bottom <= stage.bottom;
const apart = (a, b) => a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;

/** Draws what has changed: the theme, the choice, the filter, the zoom (lines never become hairs). */
function redraw() {
  view.lineWidth = Math.max(1, 0.7 / canvas.getScale());
  drawnLinks.update(drawnLinks.getIds().map((id) => ({ id, ...linkStyle(links[id]) })));
  drawnNodes.update(drawnNodes.getIds().map((id) => ({ id, hidden: !shows(nodes.get(id)) })));
  canvas.redraw();
}

/** A node outside the first view comes in beside its neighbours, with its links to what is there. */
function bringIn(id) {
  if (drawnNodes.get(id)) return;
  const node = nodes.get(id);
  const there = node.links.map((link) => drawnNodes.get(otherEnd(link, id))).filter(Boolean).map((item) => nodes.get(item.id));
  const turn = 2.399963 * node.id; // the golden angle: neighbours brought in one after the other do not meet
  const reach = 60 + 5 * Math.sqrt(node.id % 97);
  const middle = (axis) => (there.length ? there.reduce((sum, other) => sum + other[axis], 0) / there.length : 0);
  node.x = middle("x") + reach * Math.cos(turn);
  node.y = middle("y") + reach * Math.sin(turn);
  drawnNodes.add(asDrawn(node));
  drawnLinks.add(node.links.filter((link) => !drawnLinks.get(link.id) && drawnNodes.get(otherEnd(link, id))).map(asLine));
}

/** The whole network in the stage. */
function showAll() {
  canvas.fit({ animation: false, maxZoomLevel: 1.4 });
  redraw();
}

/** What draws, a vis.Network. */
export const drawing = () => canvas;

/** The ring on the canvas that follows the keyboard; `null` takes it away. */
export function focusNode(id) {
  view.focused = id;
  canvas.redraw();
}

/** Brings in what is chosen and its neighbours, and leaves only them in full colour. */
async function showChoice({ centre = false }) {
  await whole;
  const { chosen, link } = state;
  const ends = link === null ? [] : [links[link].from, links[link].to];
  const around = chosen === null ? ends : [chosen, ...nodes.get(chosen).links.map((each) => otherEnd(each, chosen))];
  view.near = around.length ? new Set(around) : null;
  if (chosen !== null) {
    bringIn(chosen);
    for (const id of around) if (nodes.get(chosen).links.length <= MOST_NEW_NEIGHBOURS) bringIn(id);
    if (centre) canvas.moveTo({ position: canvas.getPosition(chosen), scale: Math.max(canvas.getScale(), READABLE), animation: false });
  }
  redraw();
}

export function startNetwork() {
  drawnNodes = new vis.DataSet(firstView.nodes.map((item) => asDrawn(Object.assign(nodes.get(item.id), { x: item.x, y: item.y }))));
  drawnLinks = new vis.DataSet(firstView.edges.map((item) => asLine(links[item.link])));
  canvas = new vis.Network(document.getElementById("canvas"), { nodes: drawnNodes, edges: drawnLinks }, firstView.options);
  canvas.canvas.frame.tabIndex = -1; // the list is the canvas for the keyboard
  canvas.on("afterDrawing", drawLabels);
  canvas.on("hoverNode", ({ node }) => { view.hovered = node; canvas.canvas.body.container.style.cursor = "pointer"; canvas.redraw(); });
  canvas.on("blurNode", () => { view.hovered = null; canvas.canvas.body.container.style.cursor = ""; canvas.redraw(); });
  canvas.on("dragEnd", ({ nodes: moved }) => moved.forEach((id) => Object.assign(nodes.get(id), canvas.getPosition(id))));
  let zoomed;
  canvas.on("zoom", () => {
    clearTimeout(zoomed);
    zoomed = setTimeout(redraw, 120);
  });
  canvas.on("click", ({ nodes: [node], edges: [link] }) => {
    if (node !== undefined) choose(node);
    else if (link !== undefined) chooseLink(link);
    else leave();
  });
  canvas.once("afterDrawing", showAll);
  document.getElementById("zoom-in").addEventListener("click", () => canvas.moveTo({ scale: canvas.getScale() * 1.3 }));
  document.getElementById("zoom-out").addEventListener("click", () => canvas.moveTo({ scale: canvas.getScale() / 1.3 }));
  document.getElementById("zoom-fit").addEventListener("click", showAll);
  on("choice", showChoice);
  on("filters", redraw);
  on("theme", redraw);
}
