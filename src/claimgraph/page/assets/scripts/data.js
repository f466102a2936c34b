// What the page knows: nodes, links, articles (docs/page-data.md has the format).
//
// The first view's nodes and links are there from the start; the rest comes in blocks, each read in a task of its own, so
// that the page answers in between. Evidence is decoded when somebody asks for it.

const HEAD = JSON.parse(document.getElementById("network-data").textContent);
const FIRST_DRAWING = 200; // milliseconds to wait for it; a page in the background draws nothing

export const articles = {}; // by IRI
export const nodes = new Map(); // by number
export const links = []; // by number
export const since = HEAD.since ?? null; // the earlier build that the graph was compared with: how many claims it had
export const counts = HEAD.counts; // of articles, of nodes by kind, of links by type

const articleOrder = []; // IRIs, as evidence numbers them
const numberOfArticle = new Map();

/** Pieces of evidence from their numbers: part, article, start, end; and the words where no text shows them. */
function pieces(flat, words) {
  return Array.from({ length: flat.length / 4 }, (_, index) => {
    const [part, article, start, end] = flat.slice(4 * index, 4 * index + 4);
    const piece = { part: HEAD.parts[part], article: articleOrder[article], start, end };
    return words?.[index] ? { ...piece, text: words[index] } : piece;
  });
}

/** A node; `links` are those that are there already. */
class Node {
  #flat = [];
  #words = null;
  #evidence = null;
  links = [];

  set evidence(flat) { this.#flat = flat; }
  set words(words) { this.#words = words; }
  get evidence() {
    if (this.#evidence) return this.#evidence;
    const evidence = pieces(this.#flat, this.#words);
    if (evidence.every((piece) => piece.article)) this.#evidence = evidence;
    return evidence;
  }
}

/** A link; its evidence is some of its ends' own and what else there is, in the order in which one reads. */
class Link {
  #own = [];
  #words = null;
  #ofFrom = [];
  #ofTo = [];

  set evidence(flat) { this.#own = flat; }
  set words(words) { this.#words = words; }
  set of_from(positions) { this.#ofFrom = positions; }
  set of_to(positions) { this.#ofTo = positions; }
  get evidence() {
    const chosen = (positions, end) => positions.map((position) => nodes.get(end).evidence[position]);
    return [...chosen(this.#ofFrom, this.from), ...chosen(this.#ofTo, this.to), ...pieces(this.#own, this.#words)].sort(asRead);
  }
}

function asRead(a, b) {
  return numberOfArticle.get(a.article) - numberOfArticle.get(b.article) || a.start - b.start || a.end - b.end || (a.part < b.part ? -1 : 1);
}

/** The values of a column, whichever of its four forms it has; `null` where there is none. */
function valuesOf(column, count) {
  if (Array.isArray(column)) return column;
  if ("all" in column) return Array(count).fill(column.all);
  if ("codes" in column) return column.codes.map((code) => column.values[code]);
  const values = Array(count).fill(null);
  column.at.forEach((position, index) => { values[position] = column.values[index]; });
  return values;
}

/** The rows of a table, each on what `make` makes; a row has nothing of what is `null` in it. */
function rowsOf({ count, ...columns }, make) {
  const rows = Array.from({ length: count }, make);
  for (const [name, column] of Object.entries(columns)) {
    const values = valuesOf(column, count);
    for (let row = 0; row < count; row += 1) if (values[row] !== null) rows[row][name] = values[row];
  }
  return rows;
}

function takeNodes(kind, { prefix, rest, ...columns }, prefixes) {
  const [beginnings, ends] = [valuesOf(prefix, columns.count), valuesOf(rest, columns.count)];
  rowsOf(columns, () => new Node()).forEach((node, row) => {
    node.id = nodes.size;
    node.iri = prefixes[beginnings[row]] + ends[row];
    node.kind = kind;
    node.short ??= node.label;
    if (node.text === true) node.text = node.label;
    nodes.set(node.id, node);
  });
}

function takeLinks(type, table) {
  for (const link of rowsOf(table, () => new Link())) {
    link.id = links.length;
    link.type = type;
    links.push(link);
    nodes.get(link.from).links.push(link);
    if (link.to !== link.from) nodes.get(link.to).links.push(link);
  }
}

/** Nothing; what a block holds is with the rest. */
function take(block) {
  for (const { iri, ...article } of block.articles ?? []) {
    numberOfArticle.set(iri, articleOrder.length);
    articleOrder.push(iri);
    articles[iri] = article;
  }
  for (const [kind, table] of Object.entries(block.nodes ?? {})) takeNodes(kind, table, block.prefixes);
  for (const [type, table] of Object.entries(block.links ?? {})) takeLinks(type, table);
}

/** Resolves in a task of its own, after what the reader has done meanwhile; unlike a timer, also in the background. */
export function pause() {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => { port1.close(); resolve(); };
    port2.postMessage(null);
  });
}

function firstDrawing() {
  return new Promise((resolve) => {
    setTimeout(resolve, FIRST_DRAWING);
    requestAnimationFrame(() => requestAnimationFrame(resolve));
  });
}

async function takeRest() {
  await firstDrawing();
  if (document.readyState === "loading") await new Promise((resolve) => document.addEventListener("DOMContentLoaded", resolve));
  for (const script of document.querySelectorAll("script.network-block")) {
    take(JSON.parse(script.textContent));
    await pause();
  }
}

take(HEAD.blocks[0]);

/** What the first view draws: nodes by their numbers, each at its place, links by theirs. */
export const firstView = {
  nodes: HEAD.view.x.map((x, id) => ({ id, x, y: HEAD.view.y[id] })),
  edges: Array.from({ length: HEAD.view.links }, (_, link) => ({ link })),
  options: HEAD.view.options,
};

/** Resolves when all nodes, links and articles are there; the first view's are from the start. */
export const whole = takeRest();

export const otherEnd = (link, id) => (link.from === id ? link.to : link.from);

/** The links of a node of one type; `end` says on which side the node stands. */
export function linksOf(id, type, end) {
  return nodes.get(id).links.filter((link) => link.type === type && (!end || link[end] === id));
}

/** Whether a node is drawn as an outline: an event that only a source tells of, a source without a name. */
export function hollow(node) {
  return node.voice === "reported" || node.vague === true;
}
