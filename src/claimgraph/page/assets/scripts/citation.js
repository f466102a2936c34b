// How a claim, an event or an article is cited: as a sentence, as BibTeX, as CSL-JSON (citationstyles.org).

import { articleOf, outletOf, stepsTo } from "./claims.js";
import { NOBODY, sayingOf } from "./sayings.js";
import { extent, slice } from "./text.js";
import { day } from "./words.js";

const BY_POLARITY = { denied: ", denying", questioned: ", asking" };
const BIBTEX_SPECIAL = { "\\": "\\textbackslash{}", "{": "\\{", "}": "\\}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}" };

/**
 * A sentence that can stand in a text: who says it, in quotation marks only what is quoted, outlet, title, day, the
 * characters `[from, to)` of the article, and the IRI. "Ada Roos, denying, as reported: that ... In: The Post, Bridge
 * (2 January 2025), characters 0 to 42. https://..."
 */
export function citation(node) {
  const words = node.kind === "claim" ? claimWords(node) : eventWords(node);
  return `${words}${/[.!?…”]$/.test(words) ? "" : "."} ${source(node)} ${node.iri}`;
}

function claimWords(claim) {
  const speakers = stepsTo(claim).map(({ who }) => who?.label ?? NOBODY).reverse();
  const [who, ...through] = speakers.filter((name, index) => name !== speakers[index - 1]);
  const speaker = `${who}${through.length ? `, according to ${through.join(", according to ")}` : ""}`;
  const how = BY_POLARITY[claim.polarity] ?? "";
  return capital(`${speaker}${how}${claim.form === "direct" ? "" : ", as reported"}: ${sayingOf(claim).trim()}`);
}

function eventWords(event) {
  const voice = event.voice === "reported" ? "Told by a source in the article" : "Told by the article";
  const [span] = event.evidence;
  const words = span ? slice(span.article, ...extent(event.evidence)).trim() : "";
  return `${voice} (${event.event_type || event.label}): ${words || event.label}`;
}

function source(node) {
  const article = articleOf(node);
  if (!article) return "";
  const [start, end] = extent(node.evidence);
  const name = [outletOf(article) || article.author, article.title || article.identifier].filter(Boolean).join(", ");
  return `In: ${name}${article.published ? ` (${day(article.published)})` : ""}, characters ${start} to ${end}.`;
}

const capital = (words) => words.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());

/** The year, month and day of an article as numbers, as far as they are known. */
const dateParts = (published) => (/^\d{4}(-\d{2}){0,2}/.exec(published ?? "")?.[0] ?? "").split("-").filter(Boolean).map(Number);

const keyOf = (article) => `${(article.identifier ?? "article").replace(/[^\p{ASCII}]|[^A-Za-z0-9]+/gu, "-").replace(/^-+|-+$/g, "") || "article"}`;

/** The article as one entry of BibTeX, with the claim or the event in its note. */
export function bibtex(node) {
  const article = articleOf(node);
  const [year, month, date] = dateParts(article.published);
  const fields = {
    author: article.author && `{${escaped(article.author)}}`,
    title: `{${escaped(article.title || article.identifier || "")}}`,
    journal: escaped(outletOf(article)),
    year,
    month,
    day: date,
    url: article.url,
    note: escaped(`${node.kind === "claim" ? claimWords(node) : eventWords(node)} Characters ${extent(node.evidence).join(" to ")}, ${node.iri}`),
  };
  const lines = Object.entries(fields).filter(([, value]) => value).map(([name, value]) => `  ${name} = {${value}}`);
  return `@${outletOf(article) ? "article" : "misc"}{${keyOf(article)},\n${lines.join(",\n")}\n}\n`;
}

const escaped = (words) => words.replace(/[\\{}~^]/g, (sign) => BIBTEX_SPECIAL[sign]).replace(/[%&$#_]/g, "\\$&").replace(/\s+/g, " ");

/** The article as CSL-JSON, as reference managers read it. */
export function csl(node) {
  const article = articleOf(node);
  const parts = dateParts(article.published);
  const entry = {
    id: keyOf(article),
    type: "article-newspaper",
    title: article.title || article.identifier || "",
    author: article.author ? [{ literal: article.author }] : undefined,
    "container-title": outletOf(article) || undefined,
    issued: parts.length ? { "date-parts": [parts] } : undefined,
    URL: article.url,
    note: `${node.kind === "claim" ? claimWords(node) : eventWords(node)} Characters ${extent(node.evidence).join(" to ")}, ${node.iri}`,
  };
  return `${JSON.stringify([entry], null, 2)}\n`;
}
