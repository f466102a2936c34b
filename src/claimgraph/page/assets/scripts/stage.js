// Which nodes and links are drawn, and where each stands: the first view, and what is brought in and put away again.

import { firstView, links, nodes, otherEnd } from "./data.js";
import { isNarrowed, shows } from "./filters.js";
import { freeSpot } from "./placing.js";
import { keep, step } from "./undo.js";

const MOST_AT_ONCE = 40; // neighbours brought in by one step; more would bury what is there
const MOST_FILTERED = 200; // nodes that a filter brings in; with more, the network says how many are left out
const FILTER = "filter"; // what brought a node in, if not a number of a node

export const stage = { nodes: null, links: null }; // the vis.DataSets
const held = new Map(); // what brought each drawn node in (a node, the filter, or null), and whether it is pinned
let looks;

/** The first view, each node at its place. `asDrawn` and `asLine` say how vis-network draws a node and a link. */
export function startStage(asDrawn, asLine) {
  looks = { asDrawn, asLine };
  for (const { id, x, y } of firstView.nodes) {
    Object.assign(nodes.get(id), { x, y });
    held.set(id, { by: null, pinned: false });
  }
  stage.nodes = new vis.DataSet(firstView.nodes.map(({ id }) => asDrawn(nodes.get(id))));
  stage.links = new vis.DataSet(firstView.edges.map(({ link }) => asLine(links[link])));
  keep({ read: readPlaces, write: writePlaces });
}

export const isDrawn = (id) => held.has(id);
export const isPinned = (id) => held.get(id)?.pinned === true;
export const drawnNodes = () => [...held.keys()].map((id) => nodes.get(id));
export const visibleNodes = () => drawnNodes().filter(shows);

/** The visible node with the most links; null when there is none. */
export const mostLinked = () => visibleNodes().reduce((best, node) => (!best || node.weight > best.weight ? node : best), null);

const readPlaces = () => [...held].map(([id, { by, pinned }]) => [id, nodes.get(id).x, nodes.get(id).y, by, pinned]).sort((a, b) => a[0] - b[0]);

function writePlaces(places) {
  const wanted = new Set(places.map(([id]) => id));
  remove([...held.keys()].filter((id) => !wanted.has(id)));
  const added = [];
  const moved = [];
  for (const [id, x, y, by, pinned] of places) {
    const node = nodes.get(id);
    if (!held.has(id)) added.push(node);
    else if (node.x !== x || node.y !== y) moved.push({ id, x, y });
    Object.assign(node, { x, y });
    held.set(id, { by, pinned });
  }
  stage.nodes.update(moved);
  draw(added);
}

/** Nodes that are held, with their places, are drawn, and so are their links to what is drawn. */
function draw(added) {
  if (!added.length) return;
  stage.nodes.add(added.map(looks.asDrawn));
  const found = new Set(added.flatMap((node) => node.links.filter((link) => held.has(otherEnd(link, node.id)))));
  stage.links.add([...found].filter((link) => !stage.links.get(link.id)).map(looks.asLine));
}

function remove(ids) {
  if (!ids.length) return;
  for (const id of ids) held.delete(id);
  stage.nodes.remove(ids);
  stage.links.remove(ids.flatMap((id) => nodes.get(id).links.map((link) => link.id)));
}

// Bringing in

/** Nodes come in, each beside what it is linked to, or all of them round the node `beside`. */
function bring(wanted, by, beside = null) {
  const drawn = drawnNodes();
  const added = wanted.filter((node) => !held.has(node.id));
  for (const node of added) {
    Object.assign(node, freeSpot(node, beside ? [beside] : drawnNeighbours(node), drawn));
    held.set(node.id, { by, pinned: false });
    drawn.push(node);
  }
  draw(added);
}

const neighbours = (node) => [...new Set(node.links.map((link) => otherEnd(link, node.id)))].filter((id) => id !== node.id).map((id) => nodes.get(id));
const drawnNeighbours = (node) => neighbours(node).filter(({ id }) => held.has(id));

/** The neighbours of a node that the filters let through and that are not drawn, those with the most links first. */
export function missingNeighbours(id) {
  const missing = neighbours(nodes.get(id)).filter((node) => !held.has(node.id) && shows(node));
  return missing.sort((a, b) => b.weight - a.weight || a.id - b.id);
}

export const nextNeighbours = (id) => missingNeighbours(id).slice(0, MOST_AT_ONCE);

/** Brings in the next neighbours of a node. */
export function expand(id) {
  step(() => bring(nextNeighbours(id), id, nodes.get(id)));
}

/** Brings in a node that is wanted, and its neighbours where nothing that is drawn is linked to it. */
export function bringIn(id) {
  if (held.has(id)) return;
  step(() => {
    bring([nodes.get(id)], id);
    if (!drawnNeighbours(nodes.get(id)).length) bring(nextNeighbours(id), id, nodes.get(id));
  });
}

/** While claims and events are filtered, what passes is drawn, those with the most links first; then no longer. */
export function bringFiltered() {
  remove([...held].filter(([id, { by, pinned }]) => by === FILTER && !pinned && !(isNarrowed() && shows(nodes.get(id)))).map(([id]) => id));
  if (!isNarrowed()) return;
  const passing = [...nodes.values()].filter(shows);
  const room = MOST_FILTERED - [...held.values()].filter(({ by }) => by === FILTER).length;
  const missing = passing.filter((node) => !held.has(node.id)).sort((a, b) => b.weight - a.weight || a.id - b.id);
  bring(missing.slice(0, Math.max(0, room)), FILTER);
}

// Putting away

/** What `collapse` would put away: what the node brought in, and what that did; else those that hang on it alone. */
export function collapsible(id) {
  const found = new Set();
  const follow = (from) => {
    for (const [other, { by, pinned }] of held) {
      if (by !== from || pinned || other === id || found.has(other)) continue;
      found.add(other);
      follow(other);
    }
  };
  follow(id);
  return found.size ? [...found] : leaves(id);
}

const leaves = (id) => drawnNeighbours(nodes.get(id)).filter((node) => !isPinned(node.id) && drawnNeighbours(node).length === 1).map((node) => node.id);

export function collapse(id) {
  step(() => remove(collapsible(id)));
}

/** Brings in what is missing round a node, or puts away what it has. */
export function toggleNeighbours(id) {
  if (missingNeighbours(id).length) expand(id);
  else collapse(id);
}

/** A pinned node stays where it is put, when what is round it is put away or the filters are cleared. */
export function pin(id, pinned = !isPinned(id)) {
  step(() => held.set(id, { ...held.get(id), pinned }));
}

/** Nodes that were drawn to another place stay there. */
export function put(places) {
  step(() => {
    for (const [id, { x, y }] of Object.entries(places)) {
      Object.assign(nodes.get(Number(id)), { x, y });
      held.set(Number(id), { ...held.get(Number(id)), pinned: true });
    }
  });
}
