// Claims and who stands behind them: the source, the chain of sources, the article.

import { articles, linksOf, nodes } from "./data.js";

const LONGEST_CHAIN = 12; // a report of a report of a report; more would be a circle in the data
// Kinds of events that accuse whoever is named as having done them.
const OFFENCES = ["abuse", "attack", "crime", "cyberattack", "kidnapping", "killing", "trafficking"];
const LONGEST_OPENING = 30; // characters before who is accused: "that the former President"
const LONGEST_JOIN = 6; // between two who are: ", ", " and "
const OWNER = /^['’]s?(?![\p{L}\p{N}])/u;
const NAME = /[\p{Lu}\p{Lt}\p{Lo}]/u; // a letter that a common noun has not, or of a script without small letters

/** The words of a claim. */
export const quoted = (claim) => (claim.text && claim.text !== claim.label ? claim.text : claim.label);

/** Who says it. */
export const claimantOf = (claim) => linksOf(claim.id, "said", "to").map((link) => nodes.get(link.from))[0];

/** The claim inside which it stands. */
export const parentOf = (claim) => linksOf(claim.id, "inside", "from").map((link) => nodes.get(link.to))[0];

/** The article that a claim or an event stands in. */
export const articleOf = (node) => articles[node.evidence[0]?.article];

/** Who published an article: the publisher, else the site that it stands on; nothing where neither is known. */
export function outletOf(article) {
  if (article?.publisher) return article.publisher;
  return /^https?:\/\/(?:www\.)?([^/:?#]+)/i.exec(article?.url ?? "")?.[1].toLowerCase() ?? "";
}

/** Through whom the words came, outermost first: { claim, who, cue } of each; `who` is undefined for a source without a name. */
export function stepsTo(claim) {
  const steps = [];
  for (let at = claim; at && steps.length < LONGEST_CHAIN; at = parentOf(at)) steps.unshift({ claim: at, who: claimantOf(at), cue: at.cue });
  return steps.filter((step, index) => index === 0 || step.cue || step.who !== steps[index - 1].who);
}

/** The claims that tell of an event. */
export const tellersOf = (event) => linksOf(event.id, "reports", "to").map((link) => nodes.get(link.from));

/**
 * Whom a claim or a reported event accuses, by name: { people, offence }; null where it accuses nobody. A claim accuses
 * by its verb ("accused"), or by telling of an offence with somebody as the one who did it.
 */
export function accusation(node) {
  if (node.polarity === "denied" || node.content_polarity === "denied") return null;
  if (node.kind === "event") return offenceOf(node);
  if (node.cue_class === "accuse") return people(addressed(node));
  return linksOf(node.id, "reports", "from").map((link) => offenceOf(nodes.get(link.to))).find(Boolean) ?? null;
}

/**
 * Who is accused by the verb: the person with whom the words begin ("Ada of theft", "that President Ada lied"), and who
 * follows at once ("Ada and Bo"); not who comes later, nor whose deed or thing it is ("Ada's statement").
 */
function addressed(claim) {
  const words = claim.evidence.find(({ part }) => part === "content");
  if (!words) return [];
  const mentions = linksOf(claim.id, "about", "from").flatMap((link) => {
    const node = nodes.get(link.to);
    return node.evidence.filter(({ article, start, end }) => article === words.article && start >= words.start && end <= words.end).map(({ start, end }) => ({ node, start, end }));
  });
  const found = [];
  let until = words.start + LONGEST_OPENING;
  for (const { node, start, end } of mentions.sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (start > until || OWNER.test([...quoted(claim)].slice(end - words.start).join(""))) break;
    found.push(node);
    until = end + LONGEST_JOIN;
  }
  return found;
}

/** The offence that only a source tells of, and who is named as having done it. */
function offenceOf(event) {
  if (event.voice !== "reported" || event.factuality === "denied") return null;
  if (!(event.event_type ?? "").split(", ").some((type) => OFFENCES.includes(type))) return null;
  const agents = linksOf(event.id, "participant", "from").filter((link) => link.role === "agent");
  return people(agents.map((link) => nodes.get(link.to)), event);
}

function people(named, offence = null) {
  const found = [...new Set(named)].filter((node) => node.kind === "person" && !node.vague && NAME.test(node.label));
  return found.length ? { people: found, offence } : null;
}
