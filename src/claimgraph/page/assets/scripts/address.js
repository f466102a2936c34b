// The address of the page names all that is open: the view, what is chosen, the filters. It can be sent to others, and
// the browser's back and forward buttons lead along what was looked at.
//
//   #view=board&node=article/flood-12ab%23claim-40-80&filters=(kinds:!(place))
//   #link=article/...,said,article/...          a link without an IRI of its own: its ends and its type
//   #https%3A%2F%2F...                          the IRI alone, as earlier pages wrote it

import { articles, links, nodes, whole } from "./data.js";
import { choose, chooseLink, leave, on, state } from "./state.js";
import { openView } from "./views.js";

const KNOWN = ["view", "node", "link", "filters"];
let opening = false; // what is opened from the address need not be written into it again

/** What all IRIs of one graph begin with; it need not stand in an address. */
function base() {
  const [article] = Object.keys(articles);
  return article?.includes("/article/") ? article.slice(0, article.indexOf("/article/") + 1) : "";
}

const shorter = (iri) => (base() && iri.startsWith(base()) ? iri.slice(base().length) : iri);
const longer = (name) => (nodesByIri().has(name) ? name : base() + name);

let known;
function nodesByIri() {
  known ??= new Map([...nodes.values()].map((node) => [node.iri, node]));
  return known;
}

/** The fragment for a node or a link in the present view. */
function fragment(thing) {
  const parts = {
    view: state.view === "network" ? "" : state.view,
    node: thing && thing.from === undefined ? shorter(thing.iri) : "",
    link: thing && thing.from !== undefined ? linkName(thing) : "",
  };
  const written = Object.entries(parts).filter(([, value]) => value).map(([name, value]) => `${name}=${readable(value)}`);
  return written.length ? `#${written.join("&")}` : "";
}

/** Percent-encoded only where an address needs it. */
const readable = (words) => encodeURIComponent(words).replace(/%(?:2F|3A|40|2C)/g, (code) => decodeURIComponent(code));

/** The name of a link: its IRI, or its ends, type and role. */
function linkName(link) {
  if (link.iri) return shorter(link.iri);
  return [shorter(nodes.get(link.from).iri), link.type, shorter(nodes.get(link.to).iri), link.role].filter(Boolean).join(",");
}

/** The address that opens a node or a link as it is seen now. */
export function linkTo(thing) {
  return location.href.replace(/#.*$/s, "") + fragment(thing);
}

/** The address of all that is open now. */
export const linkHere = () => linkTo(chosenThing());

const chosenThing = () => (state.chosen !== null ? nodes.get(state.chosen) : state.link !== null ? links[state.link] : null);

/** The address follows what is open; a step back in the browser leads to what was open before. */
function write() {
  if (opening) return;
  const hash = fragment(chosenThing());
  if (location.hash === hash) return;
  try {
    history.pushState(null, "", hash || location.pathname + location.search);
  } catch {
    // a page inside another one, or one that was never loaded from anywhere, has no history of its own
  }
}

function read() {
  const hash = location.hash.slice(1);
  if (!/^(?:view|node|link|filters)=/.test(hash)) return hash ? { node: decoded(hash), view: state.view } : {};
  const pairs = hash.split("&").map((pair) => pair.split("=")).filter(([name]) => KNOWN.includes(name));
  return Object.fromEntries(pairs.map(([name, ...value]) => [name, decoded(value.join("="))]));
}

/** The words of an address; as they stand where somebody cut them in the middle of a sign. */
function decoded(words) {
  try {
    return decodeURIComponent(words);
  } catch {
    return words;
  }
}

async function open() {
  if (document.getElementById(location.hash.slice(1))) return; // a way within the page, as "Skip to the list"
  const { view = "network", node, link } = read();
  if (node || link) await whole;
  opening = true;
  if (view !== state.view && document.getElementById(`tab-${view}`)) await openView(view);
  const found = node && nodesByIri().get(longer(node));
  const line = link && links.find((each) => linkName(each) === link);
  if (found) choose(found.id, { centre: true });
  else if (line) chooseLink(line.id);
  else leave();
  opening = false;
}

export function startAddress() {
  open();
  on("choice", write);
  on("view", write);
  addEventListener("popstate", open);
}
