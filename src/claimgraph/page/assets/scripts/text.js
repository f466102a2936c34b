// Articles and the marks in them. Offsets are code points, JavaScript's strings are UTF-16: texts are cut as code points.

import { articles } from "./data.js";
import { element } from "./dom.js";
import { day } from "./words.js";

export const PARTS = {
  source: "source",
  cue: "cue",
  content: "content",
  trigger: "event",
  participant: "participant",
  place: "place",
  time: "time",
  figure: "figure",
  mention: "name",
  role: "role",
};
const LONGEST_CONTEXT = 420; // characters of a paragraph shown on each side of the sentence; more hides the evidence

const codePoints = new Map();

/** The code points of an article's text. */
export function pointsOf(article) {
  if (!codePoints.has(article)) codePoints.set(article, Array.from(articles[article]?.text ?? ""));
  return codePoints.get(article);
}

export const hasText = (article) => Boolean(articles[article]?.text);

export function slice(article, start, end) {
  return pointsOf(article).slice(start, end).join("");
}

/** `[from, to)` of an article as text with its marked spans; overlapping spans share their characters. */
export function marked(article, from, to, spans) {
  const inside = spans.filter((span) => span.part in PARTS && span.start < to && from < span.end);
  const cuts = new Set([from, to]);
  for (const span of inside) cuts.add(Math.max(span.start, from)).add(Math.min(span.end, to));
  const bounds = [...cuts].sort((a, b) => a - b);
  return bounds.slice(1).map((end, index) => {
    const start = bounds[index];
    const parts = inside.filter((span) => span.start <= start && end <= span.end).map((span) => span.part);
    const words = document.createTextNode(slice(article, start, end));
    if (!parts.length) return words;
    const names = [...new Set(parts)];
    return element("mark", { class: names.join(" "), title: names.map((part) => PARTS[part]).join(", ") }, words);
  });
}

/** The paragraph round `[start, end)`, not further than LONGEST_CONTEXT on each side. */
export function paragraph(article, start, end) {
  const points = pointsOf(article);
  let from = start;
  let to = end;
  while (from > 0 && points[from - 1] !== "\n" && start - from < LONGEST_CONTEXT) from -= 1;
  while (to < points.length && points[to] !== "\n" && to - end < LONGEST_CONTEXT) to += 1;
  return [from, to];
}

/** Where the evidence stands in the first of its articles: from the first to the last of its characters, and to the ends of their sentences. */
export function extent(all) {
  const { article } = all[0];
  const spans = all.filter((span) => span.article === article);
  const start = Math.min(...spans.map((span) => span.start));
  const end = Math.max(...spans.map((span) => span.end));
  if (spans.some((span) => span.part === "sentence") || !hasText(article)) return [start, end];
  const [from, to] = paragraph(article, start, end);
  let at = from;
  let [first, last] = [start, end];
  for (const { segment } of new Intl.Segmenter("en", { granularity: "sentence" }).segment(slice(article, from, to))) {
    const next = at + Array.from(segment).length;
    if (at <= start && start < next) first = at;
    if (at < end && end <= next) last = at + Array.from(segment.trimEnd()).length;
    at = next;
  }
  return [first, Math.max(last, end)];
}

/** The evidence in its paragraph, context in a lighter ink; without the article's text, the quoted spans alone. */
export function passage(spans) {
  if (!spans.length) return null;
  const { article } = spans[0];
  const here = spans.filter((span) => span.article === article);
  if (!hasText(article)) return quotedAlone(here);
  const [start, end] = extent(here);
  const [from, to] = paragraph(article, start, end);
  const before = element("span", { class: "context" }, from > 0 && slice(article, from - 1, from) !== "\n" ? "…" : "", slice(article, from, start));
  const after = element("span", { class: "context" }, slice(article, end, to));
  return element("blockquote", { class: "passage", dir: "auto" }, before, marked(article, start, end, here), after);
}

/** The sentence of the evidence alone, to stand beside another. */
export function sentence(spans) {
  const here = spans.filter((span) => span.article === spans[0].article);
  if (!here.length) return null;
  if (!hasText(here[0].article)) return quotedAlone(here);
  return element("blockquote", { class: "passage", dir: "auto" }, marked(here[0].article, ...extent(here), here));
}

function quotedAlone(spans) {
  const rows = spans
    .filter((span) => span.part in PARTS)
    .map((span) => [
      element("dt", {}, PARTS[span.part]),
      element("dd", {}, span.text ? element("mark", { class: span.part }, span.text) : `characters ${span.start} to ${span.end} (text not included)`),
    ]);
  return element("dl", { class: "passage quoted" }, rows.flat());
}

/** Which mark means what, for the marks that are there. */
export function key(spans) {
  if (!hasText(spans[0].article)) return null; // without the text each row names its part
  const present = Object.keys(PARTS).filter((part) => spans.some((span) => span.part === part));
  return element("p", { class: "key", "aria-hidden": "true" }, present.map((part) => element("span", {}, element("mark", { class: part }, PARTS[part]))));
}

/** "copy of Title, 23 March 2023" where an article is one, or a later version; else nothing. */
export function descent({ copy_of: copy, version_of: version } = {}) {
  if (copy) return `copy of ${articleName(copy)}`;
  return version ? `later version of ${articleName(version)}` : "";
}

/** "Title, 23 March 2023" of an article. */
export function articleName(iri) {
  const article = articles[iri] ?? {};
  const name = article.title || article.identifier || "untitled article";
  return article.published ? `${name}, ${day(article.published)}` : name;
}
