// A network as files that others read: GraphML, GEXF, and the JSON of networkx (`node_link_data`). Nodes are named by their
// IRIs, and have the attributes that `claimgraph build` gives them in graph.graphml.

import { nodes, otherEnd } from "./data.js";

const OWN = ["id", "iri", "short", "size", "links", "weight", "x", "y"]; // the page's, not the graph's
const OF_A_LINK = ["id", "from", "to", "weight", "evidence"];
const NOT_IN_XML = /[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu; // XML 1.0, production Char

const known = ([name, value]) => value !== null && value !== undefined && value !== "" && typeof value !== "function" && name !== "";

/** What is known of a node, lists as they are. */
function attributesOf(node) {
  const own = Object.entries(node).filter(([name]) => !OWN.includes(name) && name !== "evidence").filter(known);
  const place = typeof node.x === "number" ? { x: node.x, y: node.y } : {};
  return { ...Object.fromEntries(own), evidence: node.evidence, ...place };
}

function attributesOfLink(link) {
  return { ...Object.fromEntries(Object.entries(link).filter(([name]) => !OF_A_LINK.includes(name)).filter(known)), weight: link.weight ?? 1, evidence: link.evidence };
}

/** The network as networkx reads it: `networkx.node_link_graph(json.load(file), edges="edges")`. */
export function asJson({ title, nodes: shown, links: between }) {
  const graph = {
    directed: true,
    multigraph: true,
    graph: { name: title },
    nodes: shown.map((node) => ({ id: node.iri, ...attributesOf(node) })),
    edges: between.map((link) => ({ source: nodes.get(link.from).iri, target: nodes.get(link.to).iri, key: link.id, ...attributesOfLink(link) })),
  };
  return `${JSON.stringify(graph, null, 1)}\n`;
}

/** Words as XML holds them; what it cannot hold becomes the sign for that. */
function xml(value) {
  const words = typeof value === "string" ? value : typeof value === "object" ? JSON.stringify(value) : String(value);
  return words.replace(NOT_IN_XML, "\ufffd").replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;").replaceAll("\n", "&#10;").replaceAll("\r", "&#13;").replaceAll("\t", "&#9;");
}

const typeOf = (value) => (typeof value === "number" ? "double" : typeof value === "boolean" ? "boolean" : "string");

/** The columns of a table of attributes: { name, type }, in the order in which they first come. */
function columnsOf(rows) {
  const columns = new Map();
  for (const row of rows) {
    for (const [name, value] of Object.entries(row)) {
      const type = typeOf(value);
      if (!columns.has(name)) columns.set(name, type);
      else if (columns.get(name) !== type) columns.set(name, "string");
    }
  }
  return [...columns].map(([name, type]) => ({ name, type }));
}

function* graphmlLines({ nodes: shown, links: between }) {
  const tables = { node: shown.map(attributesOf), edge: between.map(attributesOfLink) };
  const keys = Object.entries(tables).flatMap(([domain, rows]) => columnsOf(rows).map((column, index) => ({ ...column, domain, id: `${domain[0]}${index}` })));
  const data = (domain, row) => keys.filter((key) => key.domain === domain && key.name in row).map((key) => `<data key="${key.id}">${xml(row[key.name])}</data>`).join("");
  yield '<?xml version="1.0" encoding="UTF-8"?>';
  yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">';
  for (const { id, domain, name, type } of keys) yield `<key id="${id}" for="${domain}" attr.name="${xml(name)}" attr.type="${type}"/>`;
  yield '<graph edgedefault="directed">';
  for (const [index, node] of shown.entries()) yield `<node id="${xml(node.iri)}">${data("node", tables.node[index])}</node>`;
  for (const [index, link] of between.entries()) yield `<edge id="${link.id}" source="${xml(nodes.get(link.from).iri)}" target="${xml(nodes.get(link.to).iri)}">${data("edge", tables.edge[index])}</edge>`;
  yield "</graph>";
  yield "</graphml>";
}

function* gexfLines({ title, nodes: shown, links: between }) {
  const tables = { node: shown.map(attributesOf), edge: between.map(attributesOfLink) };
  const columns = { node: columnsOf(tables.node), edge: columnsOf(tables.edge) };
  const values = (of, row) => columns[of].map(({ name }, index) => (name in row ? `<attvalue for="${index}" value="${xml(row[name])}"/>` : "")).join("");
  yield '<?xml version="1.0" encoding="UTF-8"?>';
  yield '<gexf xmlns="http://www.gexf.net/1.2draft" xmlns:viz="http://www.gexf.net/1.2draft/viz" version="1.2">';
  yield `<meta><creator>claimgraph</creator><description>${xml(title)}</description></meta>`;
  yield '<graph defaultedgetype="directed" mode="static">';
  for (const of of ["node", "edge"]) yield `<attributes class="${of}">${columns[of].map(({ name, type }, index) => `<attribute id="${index}" title="${xml(name)}" type="${type}"/>`).join("")}</attributes>`;
  yield "<nodes>";
  for (const [index, node] of shown.entries()) {
    const place = typeof node.x === "number" ? `<viz:position x="${node.x}" y="${-node.y}" z="0"/>` : "";
    yield `<node id="${xml(node.iri)}" label="${xml(node.label)}"><attvalues>${values("node", tables.node[index])}</attvalues>${place}<viz:size value="${node.size}"/></node>`;
  }
  yield "</nodes><edges>";
  for (const [index, link] of between.entries()) {
    yield `<edge id="${link.id}" source="${xml(nodes.get(link.from).iri)}" target="${xml(nodes.get(link.to).iri)}" weight="${link.weight ?? 1}"><attvalues>${values("edge", tables.edge[index])}</attvalues></edge>`;
  }
  yield "</edges></graph></gexf>";
}

export const asGraphml = (part) => `${[...graphmlLines(part)].join("\n")}\n`;
export const asGexf = (part) => `${[...gexfLines(part)].join("\n")}\n`;

/** The links between nodes of a part of the network. */
export function linksAmong(shown, passes) {
  const inside = new Set(shown.map(({ id }) => id));
  const found = new Set(shown.flatMap((node) => node.links.filter((link) => inside.has(otherEnd(link, node.id)) && passes(link))));
  return [...found].sort((a, b) => a.id - b.id);
}
