// The address of the page names all that is open: the view, what is chosen, the filters. It can be sent to others, and
// the browser's back and forward buttons lead along what was looked at.
//
//   #view=claims&node=article/flood-12ab%23claim-40-80    a view and a node; its IRI without what all IRIs begin with
//   #link=entity/Q1,said,article/flood-12ab%23claim-40-80  a link without an IRI of its own: its ends and its type
//   #hide=place,topic&speaker=entity/Q1&from=2023-01-01    the filters, as filters.js names them
//   #at=-120,40,0.85                                       which part of the network is seen: its middle and the zoom
//   #https%3A%2F%2F...                                     the IRI alone, as earlier pages wrote it

import { articles, links, nodes, whole } from "./data.js";
import { filtersAsObject, setFilters } from "./filters.js";
import { drawing, redraw } from "./network.js";
import { choose, chooseLink, leave, on, state } from "./state.js";
import { openView } from "./views.js";

const DAYS = ["from", "to"]; // filters that are one value; the others are lists
const FIRST_VIEW = "network";
let opening = false; // what is opened from the address need not be written into it again

/** What all IRIs of one graph begin with; it need not stand in an address. */
function base() {
  const [article] = Object.keys(articles);
  return article?.includes("/article/") ? article.slice(0, article.indexOf("/article/") + 1) : "";
}

const shorter = (iri) => (base() && iri.startsWith(base()) ? iri.slice(base().length) : iri);
const longer = (name) => (nodesByIri().has(base() + name) ? base() + name : name);

let known;
function nodesByIri() {
  known ??= new Map([...nodes.values()].map((node) => [node.iri, node]));
  return known;
}

// Writing

/** Percent-encoded only where an address needs it. */
const readable = (words) => encodeURIComponent(words).replace(/%(?:2F|3A|40)/g, decodeURIComponent);

/** The name of a link: its IRI, or its ends, type and role. */
function linkName(link) {
  if (link.iri) return [shorter(link.iri)];
  return [shorter(nodes.get(link.from).iri), link.type, shorter(nodes.get(link.to).iri), link.role].filter(Boolean);
}

/** The fragment for a node, a link or nothing in the present view, with the present filters. */
function fragment(thing, more = {}) {
  const parts = {
    view: state.view === FIRST_VIEW ? [] : [state.view],
    node: thing && thing.from === undefined ? [shorter(thing.iri)] : [],
    link: thing && thing.from !== undefined ? linkName(thing) : [],
    ...Object.fromEntries(Object.entries(filtersAsObject()).map(([name, value]) => [name, [value].flat().map(shorter)])),
    ...more,
  };
  const written = Object.entries(parts).filter(([, values]) => values.length).map(([name, values]) => `${name}=${values.map(readable).join(",")}`);
  return written.length ? `#${written.join("&")}` : "";
}

const withFragment = (hash) => location.href.replace(/#.*$/s, "") + hash;
const chosenThing = () => (state.chosen !== null ? nodes.get(state.chosen) : state.link !== null ? links[state.link] : null);

/** The address that opens a node or a link as it is seen now. */
export const linkTo = (thing) => withFragment(fragment(thing));

/** The address of all that is open now, with the part of the network that is seen. */
export function linkHere() {
  const { x, y } = drawing().getViewPosition();
  const at = [Math.round(x), Math.round(y), Number(drawing().getScale().toPrecision(3))];
  return withFragment(fragment(chosenThing(), state.view === FIRST_VIEW ? { at } : {}));
}

/** The address follows what is open; with `push`, a step back in the browser leads to what was open before. */
function write(push) {
  if (opening) return;
  const hash = fragment(chosenThing());
  if (location.hash === hash) return;
  try {
    history[push ? "pushState" : "replaceState"](null, "", hash || location.pathname + location.search);
  } catch {
    // a page inside another one, or one that was never loaded from anywhere, has no history of its own
  }
}

// Reading

/** The address as { view, node, link, at, filters }; of one that has none of these, the IRI that it is. */
function read() {
  const hash = location.hash.slice(1);
  const pairs = hash.split("&").map((pair) => /^([a-z]+)=(.*)$/s.exec(pair)).filter(Boolean);
  if (!pairs.length) return hash ? { node: decoded(hash) } : {};
  const { view, node, link, at, ...filters } = Object.fromEntries(pairs.map(([, name, values]) => [name, values.split(",").map(decoded)]));
  return { view: view?.[0], node: node?.join(","), link: link?.join(","), at: at?.map(Number), filters };
}

/** The words of an address; as they stand where somebody cut them in the middle of a sign. */
function decoded(words) {
  try {
    return decodeURIComponent(words);
  } catch {
    return words;
  }
}

const asFilters = (found) => Object.fromEntries(Object.entries(found).map(([name, values]) => [name, DAYS.includes(name) ? values[0] : values.map(longer)]));

/** Opens what the address names; without an address, what the page opens with. */
async function open() {
  if (document.getElementById(location.hash.slice(1))) return; // a way within the page, as "Skip to the list"
  const { view = FIRST_VIEW, node, link, at, filters } = read();
  if (location.hash) await whole;
  opening = true;
  setFilters(asFilters(filters ?? {}));
  if (view !== state.view && document.getElementById(`tab-${view}`)) await openView(view);
  const found = node && nodesByIri().get(longer(node));
  const line = link && links.find((each) => linkName(each).join(",") === link);
  if (found) choose(found.id, { centre: !at });
  else if (line) chooseLink(line.id);
  else leave();
  if (at?.length === 3 && at.every(Number.isFinite)) look(at);
  opening = false;
}

function look([x, y, scale]) {
  drawing().moveTo({ position: { x, y }, scale: Math.min(Math.max(scale, 0.02), 10), animation: false });
  redraw();
}

export function startAddress() {
  open();
  on("choice", () => write(true));
  on("view", () => write(true));
  on("filters", () => write(false));
  addEventListener("popstate", open);
}
