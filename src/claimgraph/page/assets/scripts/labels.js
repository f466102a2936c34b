// Labels that give way to each other: as large on the screen at any zoom, and none over another.

import { isFaint, radius, view } from "./shapes.js";
import { state } from "./state.js";
import { colours } from "./theme.js";

const LABEL_PIXELS = 12.5; // on the screen, at any zoom
const LABEL_GAP = 3; // pixels between a shape and its label, and round each label
const LABEL_FACES = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif';
const LINKS_OF_THE_WELL_KNOWN = 4; // an actor with as many is named even where the label covers small shapes
const SMALL = ["claim", "event", "topic"];

/** Labels, the most important first; one that would touch a label or a shape takes another side or is left out. */
export function drawLabels(ctx, canvas, visible) {
  const { scale } = view;
  const { width, height } = canvas.canvas.frame.canvas.getBoundingClientRect();
  const [corner, far] = [canvas.DOMtoCanvas({ x: 0, y: 0 }), canvas.DOMtoCanvas({ x: width, y: height })];
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
