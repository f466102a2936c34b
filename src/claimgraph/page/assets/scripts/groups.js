// Groups: nodes with more links among themselves than to the rest, found by Louvain's method (Blondel et al. 2008) with
// the nodes always taken in the same order, so that the same network has the same groups. Drawn as a soft tint.

import { links, nodes, otherEnd, whole } from "./data.js";
import { isDrawn, visibleNodes } from "./stage.js";
import { tell } from "./state.js";
import { colours } from "./theme.js";

const ROUNDS = 12; // of moving nodes; Louvain's gains are made in the first few
const LEVELS = 6;
const LEAST = 5; // nodes to be seen; fewer are no group that needs a name
export const MOST_GROUPS = 8; // as many tints as the palette has
const REACH = 30; // of the tint round a node, in the layout's units
const TINT = 0.15;
const BESIDE = 0.05; // the tint of the others while one is looked at
const NAMES = ["person", "organization", "group", "place"]; // kinds that can name a group

const shown = { on: false, looked: null };
let found = null;

whole.then(() => { found = null; });

export const groupsShown = () => shown.on;

export function showGroups(on) {
  shown.on = on;
  tell("groups");
}

/** The group that is looked at, while the mouse or the keyboard is on its name; `null` for none. */
export function lookAt(group) {
  shown.looked = group;
  tell("groups", { looked: true });
}

/** The groups of what is to be seen, the largest first: { number, name, members, visible }, at most MOST_GROUPS. */
export function groups() {
  found ??= named(louvain([...nodes.keys()], links));
  const visible = new Map();
  for (const node of visibleNodes()) {
    const group = found.get(node.id);
    if (group) visible.set(group, [...(visible.get(group) ?? []), node]);
  }
  const large = [...visible].filter(([, members]) => members.length >= LEAST);
  large.sort((a, b) => b[1].length - a[1].length || a[0].first - b[0].first);
  return large.slice(0, MOST_GROUPS).map(([group, members], index) => ({ number: index + 1, name: group.name, size: group.size, members, tint: colours[`group-${index + 1}`] }));
}

/** Each node's group as { name, size, first }; a group is called after its actor with the most links inside it. */
function named(membership) {
  const members = new Map();
  for (const [id, number] of membership) members.set(number, [...(members.get(number) ?? []), nodes.get(id)]);
  const result = new Map();
  for (const all of members.values()) {
    const actors = all.filter(({ kind }) => NAMES.includes(kind));
    const inside = (node) => node.links.filter((link) => membership.get(otherEnd(link, node.id)) === membership.get(node.id)).length;
    const central = (actors.length ? actors : all).map((node) => ({ node, inside: inside(node) })).reduce((best, one) => (one.inside > best.inside ? one : best)).node;
    const group = { name: central.label, size: all.length, first: all[0].id };
    for (const { id } of all) result.set(id, group);
  }
  return result;
}

/** A Map from each id to the number of its group. */
export function louvain(ids, edges) {
  let graph = { ids, edges: edges.map(({ from, to, weight }) => [from, to, weight ?? 1]) };
  let membership = new Map(ids.map((id) => [id, id]));
  for (let level = 0; level < LEVELS; level += 1) {
    const moved = moves(graph);
    if (!moved) break;
    membership = new Map([...membership].map(([id, group]) => [id, moved.get(group)]));
    graph = joined(graph, moved);
  }
  return membership;
}

/** Moves each node to the group of neighbours with the most gain of modularity, until none gains; null if none moved. */
function moves({ ids, edges }) {
  const around = new Map(ids.map((id) => [id, []]));
  const strength = new Map(ids.map((id) => [id, 0]));
  let total = 0;
  for (const [from, to, weight] of edges) {
    total += weight;
    strength.set(from, strength.get(from) + weight).set(to, strength.get(to) + weight);
    if (from === to) continue;
    around.get(from).push([to, weight]);
    around.get(to).push([from, weight]);
  }
  const group = new Map(ids.map((id) => [id, id]));
  const sums = new Map(strength);
  let anything = false;
  for (let round = 0, changed = true; round < ROUNDS && changed; round += 1) {
    changed = false;
    for (const id of ids) {
      const best = bestGroup(id, around.get(id), { group, sums, strength, total });
      if (best === group.get(id)) continue;
      sums.set(group.get(id), sums.get(group.get(id)) - strength.get(id));
      sums.set(best, sums.get(best) + strength.get(id));
      group.set(id, best);
      changed = anything = true;
    }
  }
  return anything ? group : null;
}

function bestGroup(id, around, { group, sums, strength, total }) {
  const own = group.get(id);
  const into = new Map([[own, 0]]);
  for (const [other, weight] of around) into.set(group.get(other), (into.get(group.get(other)) ?? 0) + weight);
  const gain = (to) => into.get(to) - (strength.get(id) * (sums.get(to) - (to === own ? strength.get(id) : 0))) / (2 * total);
  let best = own;
  for (const to of into.keys()) if (gain(to) > gain(best) + 1e-9) best = to;
  return best;
}

/** The graph of the groups: links between the same two are one with the weight of all. */
function joined({ edges }, group) {
  const merged = new Map();
  for (const [from, to, weight] of edges) {
    const ends = [group.get(from), group.get(to)];
    const key = ends.join(" ");
    if (merged.has(key)) merged.get(key)[2] += weight;
    else merged.set(key, [...ends, weight]);
  }
  return { ids: [...new Set(group.values())], edges: [...merged.values()] };
}

// Drawing

/** A soft tint round each group. */
export function drawGroups(ctx) {
  if (!shown.on) return;
  ctx.save();
  for (const { number, members, tint } of groups()) {
    ctx.globalAlpha = shown.looked === null || shown.looked === number ? TINT : BESIDE;
    ctx.fillStyle = tint;
    ctx.fill(outline(members));
  }
  ctx.restore();
}

/** One path round all members and the links between them; filled at once, so that the tint is even. */
function outline(members) {
  const path = new Path2D();
  const inside = new Set(members.map(({ id }) => id));
  for (const node of members) {
    path.moveTo(node.x + REACH, node.y);
    path.arc(node.x, node.y, REACH, 0, 2 * Math.PI);
    for (const link of node.links) {
      const other = nodes.get(otherEnd(link, node.id));
      if (other.id > node.id && inside.has(other.id) && isDrawn(other.id)) band(path, node, other);
    }
  }
  return path;
}

/** A band between two nodes, turning the same way as the circles. */
function band(path, from, to) {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const [x, y] = [((to.y - from.y) / length) * REACH * 0.6, (-(to.x - from.x) / length) * REACH * 0.6];
  path.moveTo(from.x + x, from.y + y);
  path.lineTo(to.x + x, to.y + y);
  path.lineTo(to.x - x, to.y - y);
  path.lineTo(from.x - x, from.y - y);
  path.closePath();
}
