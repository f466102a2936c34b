// What the codes of the graph mean, in plain words.

import { accusation, claimantOf, tellersOf } from "./claims.js";
import { element } from "./dom.js";
import { LINKS } from "./kinds.js";

const POLARITY = {
  affirmed: "The source affirms it.",
  denied: "The source denies it.",
  questioned: "The source asks or doubts it.",
};
export const CERTAINTY = {
  certain: "put as certain",
  probable: "put as probable",
  possible: "put as possible",
  unknown: "left open",
};
export const FORM = { direct: "quoted word for word", indirect: "rendered by the article", mixed: "rendered, with some words quoted" };
export const FACTUALITY = {
  happened: "presented as having happened",
  ongoing: "presented as going on",
  planned: "planned",
  hypothetical: "hypothetical",
  denied: "said not to have happened",
  generic: "spoken of in general",
};
const INFERRED = {
  source: "Who says it is not stated here; it is carried over from the text before.",
  source_entity: "Who says it is not stated here; it is carried over from the text before.",
  cue: "It stands as a line of its speaker's own, without a verb that says so.",
  said_on: "The day is not stated here; it is carried over.",
};

/** How the source stands to what is said, and what the page had to infer. */
export function wordsOnClaim(claim) {
  const sentences = [POLARITY[claim.polarity] ?? ""];
  if (claim.content_polarity === "denied") sentences.push("What is said is itself a negation: that something is not so.");
  if (claim.stance) sentences.push(claim.stance === "positive" ? "It speaks in favour." : "It speaks against.");
  for (const field of claim.inferred ?? []) if (INFERRED[field]) sentences.push(INFERRED[field]);
  return [...new Set(sentences)].filter(Boolean).join(" ");
}

export function linkWords(link) {
  if (link.type === "participant" && link.role) return `${LINKS[link.type].out}, as ${link.role}`;
  if (link.type === "role") return `is ${link.role} of`;
  return LINKS[link.type]?.out ?? link.type;
}

const listed = (names) => names.flatMap((name, index) => [index ? (index === names.length - 1 ? " and " : ", ") : "", element("bdi", {}, name)]);

/** A note on whoever is accused here by name; null where nobody is. It says whose words these are, and no more. */
export function notice(node) {
  const found = accusation(node);
  if (!found) return null;
  const speakers = (node.kind === "event" ? tellersOf(node) : [node]).map((claim) => claimantOf(claim)?.label ?? "a source without a name");
  const named = listed(found.people.map((person) => person.label));
  const what = found.offence ? [`An account of an offence (${found.offence.event_type}) that names `, named, "."] : ["An accusation or a criticism that names ", named, "."];
  const who = speakers.length ? listed([...new Set(speakers)].slice(0, 4)) : ["a source"];
  return element("p", { class: "notice", role: "note" }, element("strong", {}, what), " This is what ", who, speakers.length > 1 ? " say" : " says", "; the article does not establish it, and neither does this page.");
}
