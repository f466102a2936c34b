// How a claim reads in one line: who, in which words, how sure, when, where.

import { articleOf, claimantOf, quoted } from "./claims.js";
import { linksOf, nodes, otherEnd } from "./data.js";
import { BETWEEN_CLAIMS, LINKS } from "./kinds.js";

export const NOBODY = "a source without a name";
export const NO_OUTLET = "an outlet without a name";
const MANNERS = {
  polarity: { denied: "denied", questioned: "asked or doubted" },
  content_polarity: { denied: "a negation" },
  certainty: { probable: "as probable", possible: "as possible", unknown: "left open" },
  stance: { positive: "in favour", negative: "against" },
};
const OUTER_MARKS = /^\s*["“„«]([^"“”„«»]*)["”“»]\s*$/;

/** The words of a claim, in quotation marks only where the article quotes them. */
export function sayingOf(claim) {
  const words = quoted(claim);
  if (claim.form !== "direct" || !claim.text) return words;
  const inner = OUTER_MARKS.exec(words)?.[1] ?? (/["“”]/.test(words) ? null : words);
  return inner === null ? words : `“${inner.trim()}”`;
}

/** What differs from a plain, affirmed, certain claim, in words. */
export function mannersOf(claim) {
  return Object.entries(MANNERS).map(([field, words]) => words[claim[field]]).filter(Boolean);
}

/** Who says it, by name. */
export const speakerName = (claim) => claimantOf(claim)?.label ?? NOBODY;

/** Whether nobody who has a name says it. */
export const isVague = (claim) => claimantOf(claim)?.vague !== undefined ? Boolean(claimantOf(claim).vague) : !claimantOf(claim);

/** The day on which it was said, else that of the article, as an ISO date. */
export const dayOf = (claim) => claim.said_on || (articleOf(claim)?.published ?? "").slice(0, 10);

/** How a claim bears on others and they on it: { link, other, words, tone } of each, what disputes it first. */
export function bearings(claim) {
  const met = claim.links.filter((link) => BETWEEN_CLAIMS.includes(link.type));
  const told = met.map((link) => {
    const { out, back, tone } = LINKS[link.type];
    return { link, other: nodes.get(otherEnd(link, claim.id)), words: link.from === claim.id ? out : back, tone };
  });
  return told.sort((a, b) => (a.tone === b.tone ? 0 : a.tone === "against" ? -1 : 1));
}

/** 0 for a disputed claim, 1 for one that another supports, 2 for one that stands alone. */
export function standing(claim) {
  const tones = claim.links.filter((link) => BETWEEN_CLAIMS.includes(link.type)).map((link) => LINKS[link.type].tone);
  return tones.includes("against") ? 0 : tones.includes("agree") ? 1 : 2;
}

/** What it is about: its topics, else the actors, places and documents that it names. */
export function subjectsOf(claim) {
  const found = linksOf(claim.id, "topic", "from");
  return (found.length ? found : linksOf(claim.id, "about", "from")).map((link) => nodes.get(link.to));
}

/** Alphabetical order that is the same in every browser's language. */
export const byName = (a, b) => COLLATOR.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
const COLLATOR = new Intl.Collator("en", { numeric: true });
