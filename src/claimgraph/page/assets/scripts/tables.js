// Nodes and claims as the rows of a spreadsheet.

import { articleOf, outletOf, quoted, stepsTo } from "./claims.js";
import { linksOf, nodes } from "./data.js";
import { KINDS } from "./kinds.js";
import { NOBODY, bearings, dayOf, speakerName } from "./sayings.js";
import { extent } from "./text.js";

const several = (values) => (values ?? []).join("; ");
const ends = (node, type) => several(linksOf(node.id, type, "from").map((link) => nodes.get(link.to).label));

const NODE_COLUMNS = {
  kind: (node) => KINDS[node.kind].one.toLowerCase(),
  name: (node) => (node.kind === "claim" ? quoted(node) : node.label),
  "other names": (node) => several(node.aliases),
  roles: (node) => several(node.roles),
  "event type": (node) => node.event_type,
  voice: (node) => node.voice,
  factuality: (node) => node.factuality,
  "first day": (node) => node.earliest,
  "last day": (node) => node.latest,
  links: (node) => node.links.length,
  "claims said": (node) => linksOf(node.id, "said", "from").length,
  "known as": (node) => several(node.same_as),
  confidence: (node) => node.confidence,
  identifier: (node) => node.iri,
};

const CLAIM_COLUMNS = {
  speaker: speakerName,
  through: (claim) => stepsTo(claim).map(({ who }) => who?.label ?? NOBODY).slice(0, -1).join(" > "),
  cue: (claim) => claim.cue,
  claim: quoted,
  form: (claim) => claim.form,
  polarity: (claim) => claim.polarity,
  "content polarity": (claim) => claim.content_polarity,
  certainty: (claim) => claim.certainty,
  day: dayOf,
  about: (claim) => ends(claim, "about"),
  topics: (claim) => ends(claim, "topic"),
  figures: (claim) => several(claim.figures),
  "other claims": (claim) => several(bearings(claim).map(({ words, other }) => `${words} ${speakerName(other)}: ${quoted(other)}`)),
  outlet: (claim) => outletOf(articleOf(claim)),
  article: (claim) => articleOf(claim)?.title ?? articleOf(claim)?.identifier,
  published: (claim) => articleOf(claim)?.published,
  url: (claim) => articleOf(claim)?.url,
  start: (claim) => range(claim)[0],
  end: (claim) => range(claim)[1],
  confidence: (claim) => claim.confidence,
  identifier: (claim) => claim.iri,
};

/** The characters of the article in which a claim stands. */
const range = (claim) => (claim.evidence.length ? extent(claim.evidence) : ["", ""]);

function tableOf(columns, rows) {
  return [Object.keys(columns), ...rows.map((row) => Object.values(columns).map((value) => value(row) ?? ""))];
}

/** A header and a row for each node. */
export const nodeTable = (shown) => tableOf(NODE_COLUMNS, shown);

/** A header and a row for each claim among the nodes. */
export const claimTable = (shown) => tableOf(CLAIM_COLUMNS, shown.filter((node) => node.kind === "claim"));
