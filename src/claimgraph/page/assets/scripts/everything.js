// All nodes and links of the network as one picture: a point for each node, a hair for each link, names of the best linked.
//
// Links are drawn a slice at a time on a canvas that nobody sees, so that the page answers in between; while somebody
// moves the picture the last one is moved along.

import { links, nodes, pause } from "./data.js";
import { shows, showsLink } from "./filters.js";
import { KINDS, LINKS } from "./kinds.js";
import { state } from "./state.js";
import { colours } from "./theme.js";

const SLICE = 3000; // links at once: some 10 milliseconds
const CELLS = 128; // of the grid that finds what is under the pointer, along each side
const REACH = 9; // pixels from a node at which it still is under the pointer
const MOST_LABELS = 45;
const LABEL = "12.5px system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif";
const AS_SHAPE = 3.2; // half the width in pixels from which on a node has the shape of its kind
const AROUND = { beside: 28, below: 44 }; // pixels left free
const SMALL = ["claim", "event", "topic"];
const shapes = Object.fromEntries(Object.entries(KINDS).map(([kind, { path }]) => [kind, new Path2D(path)]));

const held = { canvas: null, lines: null, painted: null, ready: false, hidden: null, byWeight: [], cells: null, box: null };
let generation = 0;
let waiting = false;
export const camera = { scale: 1, x: 0, y: 0, hovered: null };

/** Takes the canvas, and sorts what is drawn: once, when somebody first looks. */
export function startEverything(canvas) {
  held.canvas = canvas;
  held.byWeight = [...nodes.values()].sort((a, b) => a.weight - b.weight || b.id - a.id);
  held.box = box();
  held.cells = cells();
  hide();
}

function box() {
  const all = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const { across, down } of held.byWeight) {
    all.left = Math.min(all.left, across);
    all.right = Math.max(all.right, across);
    all.top = Math.min(all.top, down);
    all.bottom = Math.max(all.bottom, down);
  }
  return all;
}

const side = () => Math.max(held.box.right - held.box.left, held.box.bottom - held.box.top, 1) / CELLS;
const cellOf = (x, y) => [Math.floor((x - held.box.left) / side()), Math.floor((y - held.box.top) / side())];

function cells() {
  const found = new Map();
  for (const node of held.byWeight) {
    const [column, row] = cellOf(node.across, node.down);
    const cell = column * (CELLS + 1) + row;
    if (found.has(cell)) found.get(cell).push(node);
    else found.set(cell, [node]);
  }
  return found;
}

/** Which nodes the filters hide. */
export function hide() {
  held.hidden = new Uint8Array(nodes.size);
  for (const node of held.byWeight) held.hidden[node.id] = shows(node) ? 0 : 1;
}

const toX = (node) => node.across * camera.scale + camera.x;
const toY = (node) => node.down * camera.scale + camera.y;

/** Half the width of a node on the screen: never lost, larger when one comes closer. */
function radius(node) {
  const least = SMALL.includes(node.kind) ? 0.8 : Math.min(1.1 + 0.22 * Math.sqrt(node.weight), 5);
  return Math.max(least, node.size * camera.scale * 0.3);
}

/** The whole picture in the stage. */
export function fit() {
  const { clientWidth: width, clientHeight: height } = held.canvas;
  const { left, right, top, bottom } = held.box;
  camera.scale = Math.min((width - 2 * AROUND.beside) / Math.max(right - left, 1), (height - AROUND.beside - AROUND.below) / Math.max(bottom - top, 1), 2);
  camera.x = width / 2 - ((left + right) / 2) * camera.scale;
  camera.y = (height + AROUND.beside - AROUND.below) / 2 - ((top + bottom) / 2) * camera.scale;
}

/** Closer or further by a factor; the point (x, y) of the screen stays where it is. */
export function zoom(factor, x = held.canvas.clientWidth / 2, y = held.canvas.clientHeight / 2) {
  camera.x = x - (x - camera.x) * factor;
  camera.y = y - (y - camera.y) * factor;
  camera.scale *= factor;
}

/** The node under a point of the screen, the nearest; `null` where there is none. */
export function nodeAt(x, y) {
  const reach = REACH / camera.scale;
  const [across, down] = [(x - camera.x) / camera.scale, (y - camera.y) / camera.scale];
  const [[left, top], [right, bottom]] = [cellOf(across - reach, down - reach), cellOf(across + reach, down + reach)];
  let [found, least] = [null, Infinity];
  for (let column = Math.max(left, 0); column <= Math.min(right, CELLS); column += 1) {
    for (let row = Math.max(top, 0); row <= Math.min(bottom, CELLS); row += 1) {
      for (const node of held.cells.get(column * (CELLS + 1) + row) ?? []) {
        const distance = Math.hypot(toX(node) - x, toY(node) - y) - radius(node); // the larger of two near ones is meant
        if (distance < least && distance < REACH && !held.hidden[node.id]) [found, least] = [node, distance];
      }
    }
  }
  return found;
}

/** Nothing; the picture is drawn with the next frame, once for all that asked. */
export function draw() {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    compose();
  });
}

function sized(canvas, width, height) {
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  return canvas;
}

function compose() {
  const { clientWidth: width, clientHeight: height } = held.canvas;
  const density = devicePixelRatio || 1;
  const ctx = sized(held.canvas, Math.round(width * density), Math.round(height * density)).getContext("2d");
  ctx.setTransform(density, 0, 0, density, 0, 0);
  ctx.clearRect(0, 0, width, height);
  if (held.painted && held.lines.width && held.lines.height) { // hidden while its links were painted, it has no size
    const factor = camera.scale / held.painted.scale;
    ctx.drawImage(held.lines, camera.x - held.painted.x * factor, camera.y - held.painted.y * factor, held.painted.width * factor, held.painted.height * factor);
  }
  drawNodes(ctx, width, height);
  drawOwnLinks(ctx);
  drawLabels(ctx, width, height);
}

/** All nodes that are in the stage, the best linked last; small ones as points, a path for each kind. */
function drawNodes(ctx, width, height) {
  const points = Object.fromEntries(Object.keys(KINDS).map((kind) => [kind, new Path2D()]));
  const large = [];
  for (const node of held.byWeight) {
    if (held.hidden[node.id]) continue;
    const [x, y, half] = [toX(node), toY(node), radius(node)];
    if (x < -half || y < -half || x > width + half || y > height + half) continue;
    if (half < AS_SHAPE) points[node.kind].rect(x - half, y - half, 2 * half, 2 * half);
    else large.push(node);
  }
  for (const [kind, path] of Object.entries(points)) {
    ctx.fillStyle = colours[kind];
    ctx.fill(path);
  }
  for (const node of large) drawShape(ctx, node, radius(node) / 10);
}

function drawShape(ctx, node, scale) {
  ctx.save();
  ctx.translate(toX(node), toY(node));
  ctx.scale(scale, scale);
  ctx.fillStyle = colours[node.kind];
  ctx.fill(shapes[node.kind]);
  ctx.restore();
}

/** The node under the pointer and the chosen one with their links. */
function drawOwnLinks(ctx) {
  for (const id of new Set([state.chosen, camera.hovered])) {
    const node = id === null ? null : nodes.get(id);
    if (!node) continue;
    ctx.beginPath();
    for (const link of node.links) {
      if (!showsLink(link)) continue;
      const other = nodes.get(link.from === id ? link.to : link.from);
      ctx.moveTo(toX(node), toY(node));
      ctx.lineTo(toX(other), toY(other));
    }
    ctx.strokeStyle = colours.accent;
    ctx.lineWidth = 1;
    ctx.stroke();
    drawShape(ctx, node, Math.max(radius(node), 5) / 10);
    ctx.beginPath();
    ctx.arc(toX(node), toY(node), Math.max(radius(node), 5) + 4, 0, 2 * Math.PI);
    ctx.lineWidth = 2;
    ctx.stroke();
  }
}

/** Names: of what is chosen or under the pointer, then of the best linked in the stage that find room. */
function drawLabels(ctx, width, height) {
  const taken = [];
  ctx.font = LABEL;
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  for (const id of [camera.hovered, state.chosen]) if (id !== null && nodes.has(id)) drawLabel(ctx, nodes.get(id), taken, true);
  for (let at = held.byWeight.length - 1; at >= 0 && taken.length < MOST_LABELS; at -= 1) {
    const node = held.byWeight[at];
    const [x, y] = [toX(node), toY(node)];
    if (SMALL.includes(node.kind) && camera.scale < 1) continue;
    if (!held.hidden[node.id] && x > 0 && y > 0 && x < width && y < height) drawLabel(ctx, node, taken, false);
  }
}

function drawLabel(ctx, node, taken, always) {
  const [left, y] = [toX(node) + Math.max(radius(node), 3) + 4, toY(node)];
  const place = { left, right: left + ctx.measureText(node.short).width, top: y - 8, bottom: y + 8 };
  if (!always && taken.some((other) => place.left < other.right && other.left < place.right && place.top < other.bottom && other.top < place.bottom)) return;
  taken.push(place);
  ctx.strokeStyle = colours.paper;
  ctx.lineWidth = 4;
  ctx.strokeText(node.short, left, y);
  ctx.fillStyle = colours.ink;
  ctx.fillText(node.short, left, y);
}

/** Resolves when the links are drawn as they are now; one that begins later ends this one. */
export async function paintLinks() {
  const mine = (generation += 1);
  const { clientWidth: width, clientHeight: height } = held.canvas;
  const density = devicePixelRatio || 1;
  const lines = sized(document.createElement("canvas"), Math.round(width * density), Math.round(height * density));
  const ctx = lines.getContext("2d", { willReadFrequently: true });
  const painted = { scale: camera.scale, x: camera.x, y: camera.y, width, height };
  ctx.setTransform(density, 0, 0, density, 0, 0);
  for (let from = 0; from < links.length && mine === generation; from += SLICE) {
    strokeLinks(ctx, from, painted);
    ctx.getImageData(0, 0, 1, 1); // draws this slice now, not all of them with the last
    await pause();
  }
  if (mine !== generation) return;
  Object.assign(held, { lines, painted });
  draw();
}

function strokeLinks(ctx, from, { scale, x, y, width, height }) {
  const paths = { plain: new Path2D(), agree: new Path2D(), against: new Path2D() };
  for (let at = from; at < Math.min(from + SLICE, links.length); at += 1) {
    const link = links[at];
    const [start, end] = [nodes.get(link.from), nodes.get(link.to)];
    if (held.hidden[link.from] || held.hidden[link.to] || !showsLink(link)) continue;
    const [x1, y1, x2, y2] = [start.across * scale + x, start.down * scale + y, end.across * scale + x, end.down * scale + y];
    if (Math.max(x1, x2) < 0 || Math.max(y1, y2) < 0 || Math.min(x1, x2) > width || Math.min(y1, y2) > height) continue;
    const path = paths[LINKS[link.type]?.tone] ?? paths.plain;
    path.moveTo(x1, y1);
    path.lineTo(x2, y2);
  }
  for (const [tone, path] of Object.entries(paths)) {
    ctx.strokeStyle = colours[tone];
    ctx.globalAlpha = tone === "plain" ? 0.28 : 0.7;
    ctx.lineWidth = tone === "plain" ? 0.7 : 1;
    ctx.stroke(path);
  }
}
