// What the page knows: nodes, links, articles. Everything that came out of an article stays text: it is put into
// the page with createTextNode only, never as markup.

const DATA = JSON.parse(document.getElementById("network-data").textContent);

const KINDS = {
  person: { one: "Person", many: "People", path: "M0-9A9 9 0 1 1 0 9A9 9 0 1 1 0-9Z" },
  organization: { one: "Organization", many: "Organizations", path: "M-8-8H8V8H-8Z" },
  group: { one: "Group", many: "Groups", path: "M-10 0L-5-8.5H5L10 0L5 8.5H-5Z" },
  place: { one: "Place", many: "Places", path: "M0 11C-3 6-8 3-8-3A8 8 0 0 1 8-3C8 3 3 6 0 11Z" },
  document: { one: "Document", many: "Documents", path: "M-7-9H3L7-5V9H-7Z" },
  event: { one: "Event", many: "Events", path: "M0-10L10 0L0 10L-10 0Z" },
  claim: { one: "Claim", many: "Claims", path: "M-8-9H8A2 2 0 0 1 10-7V3A2 2 0 0 1 8 5H0L-5 10V5H-8A2 2 0 0 1-10 3V-7A2 2 0 0 1-8-9Z" },
  topic: { one: "Topic", many: "Topics", path: "M0-9L9.5 7H-9.5Z" },
};

// How a link reads from its start and from its end. `tone` is the colour that page.css gives it.
const LINKS = {
  said: { out: "said", back: "said by", tone: "claim" },
  about: { out: "is about", back: "is spoken about in", tone: "plain" },
  topic: { out: "concerns", back: "is the topic of", tone: "plain" },
  reports: { out: "tells of", back: "is told of in", tone: "plain" },
  participant: { out: "involves", back: "takes part in", tone: "event" },
  place: { out: "took place in", back: "is the place of", tone: "place" },
  inside: { out: "stands inside", back: "contains", tone: "claim" },
  role: { out: "holds a role of", back: "has a role held by", tone: "person" },
  located: { out: "lies in", back: "contains", tone: "place" },
  author: { out: "is by", back: "is the author of", tone: "plain" },
  part: { out: "includes", back: "is a part of", tone: "event" },
  corroborates: { out: "supports", back: "is supported by", tone: "agree" },
  restates: { out: "says again", back: "is said again in", tone: "agree" },
  contradicts: { out: "contradicts", back: "is contradicted by", tone: "against" },
  "responds-to": { out: "answers", back: "is answered by", tone: "against" },
};
const MEETINGS = { agree: "Support", against: "Contradiction" };
const BETWEEN_CLAIMS = ["restates", "corroborates", "contradicts", "responds-to"];

const nodes = new Map(DATA.records.map((node) => [node.id, { ...node, links: [] }]));
const links = DATA.links.map((link, index) => ({ ...link, id: index }));
for (const link of links) {
  nodes.get(link.from).links.push(link);
  if (link.to !== link.from) nodes.get(link.to).links.push(link);
}

const otherEnd = (link, id) => (link.from === id ? link.to : link.from);

/** The links of a node of one type; `end` says on which side the node stands. */
function linksOf(id, type, end) {
  return nodes.get(id).links.filter((link) => link.type === type && (!end || link[end] === id));
}

/** A word list compared without regard to case and accents. */
function fold(words) {
  return words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** An element with text and elements inside; text never becomes markup. */
function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

/** The little shape of a kind, as it is drawn in the network. */
function icon(node) {
  const kind = typeof node === "string" ? node : node.kind;
  const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  drawing.setAttribute("viewBox", "-12 -12 24 24");
  drawing.setAttribute("class", `icon ${kind}${hollow(node) ? " hollow" : ""}`);
  drawing.setAttribute("aria-hidden", "true");
  path.setAttribute("d", KINDS[kind].path);
  drawing.append(path);
  return drawing;
}

/** Whether a node is drawn as an outline: an event that only a source tells of, a source without a name. */
function hollow(node) {
  return node.voice === "reported" || node.vague === true;
}

/** Days as people write them: "23 March 2023"; anything else as it is. */
function day(iso) {
  const parts = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso || "");
  if (!parts) return iso || "";
  const months = "January February March April May June July August September October November December".split(" ");
  return `${Number(parts[3])} ${months[Number(parts[2]) - 1]} ${parts[1]}`;
}

/** One day, or the first and the last of several. */
function days(earliest, latest) {
  return earliest === latest || !latest ? day(earliest) : `${day(earliest)} to ${day(latest)}`;
}

function count(number, one, many) {
  return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
}
