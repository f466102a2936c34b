// The article as one reads it: what is chosen marked strongly, all other names, claims and events lightly.

import { accusation, claimantOf, quoted } from "./claims.js";
import { articles, nodes, whole } from "./data.js";
import { element, webLink } from "./dom.js";
import { shows } from "./filters.js";
import { KINDS } from "./kinds.js";
import { choose, on, state } from "./state.js";
import { PARTS, descent, extent, pointsOf, slice } from "./text.js";
import { day } from "./words.js";

const LIGHT = { mention: "name", cue: "claim", content: "claim", trigger: "event" }; // parts that are marked for every node
const reader = () => document.getElementById("article");
const byArticle = new Map(); // the light marks of an article: { node, part, start, end }, in the order of the text

let open = null; // { iri, spans }: what the window shows
let stops = []; // where previous and next lead: { node, start, end }, one for each time that a node is named or told

function marksOf(iri) {
  if (!byArticle.size) for (const node of nodes.values()) for (const span of node.evidence) addMark(node, span);
  return (byArticle.get(iri) ?? []).filter(({ node }) => shows(node));
}

function addMark(node, { article, part, start, end }) {
  if (!(part in LIGHT)) return;
  if (!byArticle.has(article)) byArticle.set(article, []);
  byArticle.get(article).push({ node, part, start, end });
}

/** The article in a window of its own, with these spans of it marked and in view. */
export async function openArticle(iri, spans) {
  await whole;
  open = { iri, spans: spans.filter((span) => span.article === iri) };
  stops = stopsIn(marksOf(iri));
  showHead(articles[iri]);
  showText();
  reader().showModal();
  document.getElementById("article-text").focus();
  strongest()?.scrollIntoView({ block: "center" });
}

/** A name at each of its places, a claim or an event once, at its first character. */
function stopsIn(marks) {
  const found = new Map();
  for (const { node, part, start, end } of marks) {
    const name = part === "mention" ? `${node.id} ${start}` : String(node.id);
    const known = found.get(name);
    if (!known || start < known.start) found.set(name, { node, start, end: Math.max(end, known?.end ?? 0) });
    else known.end = Math.max(known.end, end);
  }
  return [...found.values()].sort((a, b) => a.start - b.start || b.end - a.end || a.node.id - b.node.id);
}

function showHead(article) {
  document.getElementById("article-title").replaceChildren(article.title || article.identifier || "Article");
  const told = [article.author, article.publisher, day(article.published), descent(article)].filter(Boolean);
  document.getElementById("article-byline").replaceChildren(...told.flatMap((words, index) => [index ? " · " : "", element("bdi", {}, words)]), webLink(article.url, "original"));
}

/** The text, paragraph by paragraph, each with its own direction. */
function showText() {
  const { iri, spans } = open;
  const points = pointsOf(iri);
  const marks = marksOf(iri);
  const strong = spans.filter((span) => span.part in PARTS);
  const [from, to] = spans.length ? extent(spans) : [0, 0];
  const text = document.getElementById("article-text");
  text.replaceChildren(...paragraphs(points).map(([start, end]) => {
    const within = (span) => span.start < end && start < span.end;
    return element("p", { dir: "auto" }, pieces(iri, start, end, { strong: strong.filter(within), light: marks.filter(within), from, to }));
  }));
  showPlace(points.length, [from, to]);
}

/** `[from, to)` of each paragraph that has words. */
function paragraphs(points) {
  const found = [];
  let start = 0;
  for (let at = 0; at <= points.length; at += 1) {
    if (at < points.length && points[at] !== "\n") continue;
    if (points.slice(start, at).some((point) => point.trim())) found.push([start, at]);
    start = at + 1;
  }
  return found;
}

/** A paragraph in pieces: cut wherever a mark or the evidence begins or ends. */
function pieces(iri, start, end, { strong, light, from, to }) {
  const cuts = new Set([start, end]);
  for (const span of [...strong, ...light, { start: from, end: to }]) for (const at of [span.start, span.end]) if (start < at && at < end) cuts.add(at);
  const bounds = [...cuts].sort((a, b) => a - b);
  return bounds.slice(1).map((stop, index) => {
    const begin = bounds[index];
    const covers = (span) => span.start <= begin && stop <= span.end;
    return piece(slice(iri, begin, stop), strong.filter(covers), light.filter(covers), { begin, evidence: from <= begin && stop <= to });
  });
}

function piece(words, strong, light, { begin, evidence }) {
  if (!strong.length && !light.length) return evidence ? element("span", { class: "evidence" }, words) : document.createTextNode(words);
  const inner = [...light].sort((a, b) => a.end - a.start - (b.end - b.start) || a.node.id - b.node.id)[0];
  const parts = [...new Set(strong.map((span) => span.part))];
  const lights = [...new Set(light.map((span) => `light-${LIGHT[span.part]}`))];
  const chosen = evidence ? ["evidence"] : [];
  const title = [...parts.map((part) => PARTS[part]), inner ? said(inner.node) : ""].filter(Boolean).join(" · ");
  const attributes = { class: [...parts, ...lights, ...chosen].join(" "), title, "data-start": begin, "data-node": inner?.node.id };
  return element(parts.length ? "mark" : "span", attributes, words);
}

/** A node in a few words, for the line below the text and for whoever points at a mark. */
function said(node) {
  const words = node.kind === "claim" ? `${claimantOf(node)?.label ?? "a source"}: ${quoted(node)}` : node.label;
  return `${KINDS[node.kind].one}: ${words.length > 120 ? `${Array.from(words).slice(0, 120).join("")}…` : words}`;
}

/** Which of how many marks this is, what it is, and where. */
function showPlace(length, [from, to]) {
  const at = current();
  const place = from < to ? `characters ${from.toLocaleString("en")} to ${to.toLocaleString("en")} of ${length.toLocaleString("en")}` : `${length.toLocaleString("en")} characters`;
  const node = at < 0 ? null : stops[at].node;
  document.getElementById("article-count").textContent = stops.length ? `${at < 0 ? "–" : at + 1} of ${stops.length}` : "nothing is marked here";
  document.getElementById("article-now").replaceChildren(node ? element("bdi", {}, said(node)) : "", accusation(node ?? { polarity: "denied" }) ? " (an accusation, not established)" : "");
  document.getElementById("article-offsets").textContent = place;
  for (const step of ["previous", "next"]) document.getElementById(`article-${step}`).disabled = !stops.length;
}

/** The stop that is shown: the chosen node at the place where the window shows it. */
function current() {
  const start = open.spans.length ? Math.min(...open.spans.map((span) => span.start)) : -1;
  const here = stops.findIndex((stop) => stop.node.id === state.chosen && stop.start === start);
  return here < 0 ? stops.findIndex((stop) => stop.node.id === state.chosen) : here;
}

const strongest = () => document.querySelector("#article-text mark, #article-text .evidence");

/** The next or the previous mark is chosen and comes into view. */
function step(by) {
  const at = current();
  if (!stops.length) return;
  take(stops[at < 0 ? (by > 0 ? 0 : stops.length - 1) : (at + by + stops.length) % stops.length]);
}

function take({ node, start }) {
  const own = node.evidence.filter((span) => span.article === open.iri);
  const spans = node.kind === "claim" || node.kind === "event" ? own : own.filter((span) => span.start === start);
  open = { ...open, spans };
  if (state.chosen === node.id) showText();
  else choose(node.id);
  strongest()?.scrollIntoView({ block: "nearest" });
}

/** Whatever is chosen from elsewhere while the window is open is marked in it. */
function follow() {
  if (!reader().open || state.chosen === null) return;
  const own = nodes.get(state.chosen).evidence.filter((span) => span.article === open.iri);
  if (!open.spans.some((span) => own.some(({ part, start, end }) => part === span.part && start === span.start && end === span.end))) open = { ...open, spans: own };
  showText();
}

const KEYS = { n: 1, j: 1, p: -1, k: -1 };

export function startReader() {
  const text = document.getElementById("article-text");
  document.getElementById("article-close").addEventListener("click", () => reader().close());
  document.getElementById("article-previous").addEventListener("click", () => step(-1));
  document.getElementById("article-next").addEventListener("click", () => step(1));
  reader().addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in KEYS)) return;
    step(KEYS[event.key]);
    event.preventDefault();
  });
  reader().addEventListener("click", (event) => {
    if (event.target === reader()) reader().close();
  });
  text.addEventListener("click", (event) => {
    const mark = event.target.closest("[data-node]");
    if (!mark || String(getSelection())) return; // words being selected are not a choice
    const node = nodes.get(Number(mark.dataset.node));
    const at = Number(mark.dataset.start);
    take({ node, start: node.evidence.find((span) => span.article === open.iri && span.start <= at && at < span.end)?.start ?? at });
  });
  on("choice", follow);
  on("filters", () => { if (reader().open) { stops = stopsIn(marksOf(open.iri)); showText(); } });
}
