// How nodes and links look on the canvas.

import { hollow, nodes } from "./data.js";
import { showsLink } from "./filters.js";
import { KINDS, LINKS, WAYS } from "./kinds.js";
import { isPinned, missingNeighbours } from "./stage.js";
import { state } from "./state.js";
import { colours } from "./theme.js";

const LEAST_PIXELS = 4.5; // half the width of the smallest shape that can still be told from others
const FAINT = 0.16; // what is not linked to the chosen node stays as a shadow
const BADGE = { pixels: 11, away: 0.7 }; // the number of neighbours not drawn, at the upper right of a node
const shapes = Object.fromEntries(Object.entries(KINDS).map(([kind, { path }]) => [kind, Object.assign(new Path2D(path), { d: path })])); // `d`: picture.js writes it into SVG

/** What has the reader's attention: the chosen node with its neighbours, the mouse, the keyboard; and the zoom. */
export const view = { near: null, hovered: null, focused: null, scale: 1 };

/** Half the width of a node: its own, but never so small on the screen that its shape is lost. */
export const radius = (node) => Math.max(node.size, LEAST_PIXELS / view.scale);

export const isFaint = (id) => view.near !== null && !view.near.has(id);

export const asDrawn = (node) => ({ id: node.id, x: node.x, y: node.y, shape: "custom", ctxRenderer: drawNode, size: node.size, label: undefined });

/** One node: its shape in the colour of its kind, a halo of paper round it, a ring when it is chosen. */
function drawNode({ ctx, id, x, y }) {
  const node = nodes.get(id);
  const scale = radius(node) / 10;
  return {
    drawNode() {
      ctx.save();
      ctx.globalAlpha = isFaint(id) ? FAINT : 1;
      ctx.translate(x, y);
      ctx.scale(scale, scale);
      drawShape(ctx, node, scale);
      drawSign(ctx, node);
      if (isPinned(id)) drawPin(ctx);
      ctx.restore();
    },
    nodeDimensions: { width: 2 * radius(node), height: 2 * radius(node) },
  };
}

function drawShape(ctx, node, scale) {
  ctx.lineJoin = "round";
  drawRing(ctx, node, scale);
  ctx.lineWidth = 5 / scale;
  ctx.strokeStyle = colours.paper;
  ctx.stroke(shapes[node.kind]);
  ctx.fillStyle = hollow(node) ? colours.paper : colours[node.kind];
  ctx.fill(shapes[node.kind]);
  ctx.lineWidth = 1.8 / scale;
  ctx.strokeStyle = colours[node.kind];
  if (node.vague) ctx.setLineDash([3 / scale, 2 / scale]);
  ctx.stroke(shapes[node.kind]);
}

function drawRing(ctx, { id, kind }, scale) {
  if (id !== state.chosen && id !== view.focused && id !== view.hovered) return;
  ctx.lineWidth = (id === view.hovered ? 8 : 11) / scale;
  ctx.strokeStyle = id === view.hovered && id !== state.chosen ? colours.plain : colours.accent;
  ctx.stroke(shapes[kind]);
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

/** A pinned node has a dot at its upper left. */
function drawPin(ctx) {
  ctx.setLineDash([]);
  ctx.beginPath();
  ctx.arc(-8.5, -8.5, 3.6, 0, 2 * Math.PI);
  ctx.fillStyle = colours.ink;
  ctx.fill();
  ctx.lineWidth = 1.6;
  ctx.strokeStyle = colours.paper;
  ctx.stroke();
}

const badged = () => [...new Set([state.chosen, view.focused, view.hovered])].filter((id) => id !== null && nodes.get(id)?.x !== undefined);

/** How many neighbours are not drawn, beside the nodes that have attention. */
export function drawBadges(ctx) {
  ctx.save();
  for (const id of badged()) {
    const missing = missingNeighbours(id).length;
    if (!missing) continue;
    const { x, y, size } = badgeBox(nodes.get(id));
    ctx.beginPath();
    ctx.arc(x, y, size, 0, 2 * Math.PI);
    ctx.fillStyle = colours.accent;
    ctx.fill();
    ctx.fillStyle = colours.paper;
    ctx.font = `600 ${size * 0.95}px system-ui, sans-serif`;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillText(missing > 99 ? "…" : `+${missing}`, x, y);
  }
  ctx.restore();
}

function badgeBox(node) {
  const away = radius(node) * BADGE.away + 9 / view.scale;
  return { x: node.x + away, y: node.y - away, size: BADGE.pixels / view.scale };
}

/** The node whose badge is at a point of the network, if any. */
export function badgeAt({ x, y }) {
  return badged().find((id) => {
    const box = badgeBox(nodes.get(id));
    return Math.hypot(box.x - x, box.y - y) <= box.size && missingNeighbours(id).length > 0;
  });
}

const wayOf = (link) => WAYS[LINKS[link.type]?.way] ?? WAYS.about;

/** How a link looks now: by its way and weight, stronger at what is chosen, faint away from it. */
export function linkStyle(link) {
  const near = link.id === state.link || (state.chosen !== null && (link.from === state.chosen || link.to === state.chosen));
  const faint = view.near !== null && !near;
  const { tone, width } = wayOf(link);
  const colour = colours[tone];
  return {
    color: { color: colour, highlight: colour, hover: colour, opacity: faint ? 0.07 : near ? 0.95 : width > 2 ? 0.9 : 0.7 },
    width: Math.max(1, 0.7 / view.scale) * (width + Math.min(link.weight - 1, 3) * 0.5 + (near ? 0.8 : 0)),
    hidden: !showsLink(link),
  };
}

export function asLine(link) {
  const { dashes, end } = wayOf(link);
  return { id: link.id, from: link.from, to: link.to, dashes, arrows: { to: { enabled: true, type: end, scaleFactor: end === "arrow" ? 0.35 : 0.28 } }, ...linkStyle(link) };
}
