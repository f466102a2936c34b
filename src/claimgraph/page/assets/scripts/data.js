// What the page knows: nodes, links, articles (docs/page-data.md has the format).

const DATA = JSON.parse(document.getElementById("network-data").textContent);

export const articles = DATA.articles;
export const firstView = DATA.view;

export const nodes = new Map(DATA.records.map((node) => [node.id, { ...node, links: [] }]));
export const links = DATA.links.map((link, index) => ({ ...link, id: index }));
for (const link of links) {
  nodes.get(link.from).links.push(link);
  if (link.to !== link.from) nodes.get(link.to).links.push(link);
}

/** Resolves when all nodes, links and articles are there; the first view's are from the start. */
export const whole = Promise.resolve();

export const otherEnd = (link, id) => (link.from === id ? link.to : link.from);

/** The links of a node of one type; `end` says on which side the node stands. */
export function linksOf(id, type, end) {
  return nodes.get(id).links.filter((link) => link.type === type && (!end || link[end] === id));
}

/** Whether a node is drawn as an outline: an event that only a source tells of, a source without a name. */
export function hollow(node) {
  return node.voice === "reported" || node.vague === true;
}
