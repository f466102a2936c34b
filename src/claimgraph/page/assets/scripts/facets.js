// What claims and events can be told apart by: who says it, where it is published, how it is put, when it was.

import { outletOf } from "./claims.js";
import { articles, linksOf, nodes, whole } from "./data.js";
import { NO_OUTLET, NOBODY } from "./sayings.js";

export const UNNAMED = "unnamed"; // the source of a claim that names none
const UNTOLD = "not told"; // an article without publisher and address

/**
 * The facets in the order of the panel. `of` is the kind of node that has the facet; the others pass it only through
 * what they are linked to. `words` name each value within a sentence, and give the order where there are few.
 */
export const FACETS = [
  { name: "speaker", title: "Who says it", of: ["claim"], values: speakersOf },
  { name: "outlet", title: "Published by", of: ["claim", "event"], values: outletsOf },
  { name: "topic", title: "On which topic", of: ["claim", "event"], values: topicsOf },
  { name: "polarity", title: "Affirmed or denied", of: ["claim"], words: { affirmed: "affirmed", denied: "denied", questioned: "questioned" } },
  { name: "certainty", title: "How certain", of: ["claim"], words: { certain: "put as certain", probable: "put as probable", possible: "put as possible", unknown: "left open" } },
  { name: "form", title: "In whose words", of: ["claim"], words: { direct: "quoted word for word", mixed: "with some words quoted", indirect: "rendered by the article" } },
  { name: "event", title: "Kind of event", of: ["event"], values: (node) => (node.event_type ? node.event_type.split(", ") : ["other"]) },
];

export const facetOf = (name) => FACETS.find((facet) => facet.name === name);

export const isStatement = (node) => node.kind === "claim" || node.kind === "event";

function speakersOf(claim) {
  const found = linksOf(claim.id, "said", "to").map((link) => nodes.get(link.from).iri);
  return found.length ? found : [UNNAMED];
}

function topicsOf(node) {
  return linksOf(node.id, "topic", "from").map((link) => nodes.get(link.to).iri);
}

function outletsOf(node) {
  return [...new Set(node.evidence.map((span) => outletOf(articles[span.article]) || UNTOLD))];
}

let read = null;

/** Every claim and event as { id, kind, first, last, [facet]: values }; `first` and `last` are its days, or empty. */
export function statements() {
  read ??= [...nodes.values()].filter(isStatement).map(statementOf);
  return read;
}

function statementOf(node) {
  const [first, last] = daysOf(node);
  const found = { id: node.id, kind: node.kind, first, last };
  for (const { name, of, values } of FACETS) {
    if (of.includes(node.kind)) found[name] = values ? values(node) : [node[name]].filter(Boolean);
  }
  return found;
}

/** The first and the last day: of an event when it was, of a claim when it was said or else when its article came out. */
export function daysOf(node) {
  if (node.kind === "event") return [start(node.earliest || node.latest), end(node.latest || node.earliest)];
  const said = node.said_on || articles[node.evidence[0]?.article]?.published;
  return [start(said), end(said)];
}

const DAY = /^\d{4}(?:-\d{2})?(?:-\d{2})?(?=T|$)/;
const start = (iso) => padded(iso, "-01-01");
const end = (iso) => padded(iso, "-12-31");

function padded(iso, rest) {
  const day = DAY.exec(iso || "")?.[0] ?? "";
  return day && day + rest.slice(day.length - 4);
}

let named = null;

/** A value as it is called: the speaker's or topic's name, the words for a form, or the value itself. */
export function valueName(facet, value) {
  if (value === UNNAMED) return NOBODY;
  if (value === UNTOLD && facet.name === "outlet") return NO_OUTLET;
  if (facet.name !== "speaker" && facet.name !== "topic") return facet.words?.[value] ?? value;
  named ??= new Map([...nodes.values()].map((node) => [node.iri, node.label]));
  return named.get(value) ?? value;
}

whole.then(() => {
  read = null;
  named = null;
});
