// The panel on the right: for whatever is chosen, first the words of the article, then what was read out of them.

import { articleOf, claimantOf, quoted, stepsTo } from "./claims.js";
import { links, linksOf, nodes, otherEnd } from "./data.js";
import { element, icon, webLink } from "./dom.js";
import { BETWEEN_CLAIMS, KINDS, LINKS } from "./kinds.js";
import { chip, claimRow, confidence, facts, section } from "./rows.js";
import { leave, on, state } from "./state.js";
import { articleName, hasText, key, openArticle, passage } from "./text.js";
import { count, day, days } from "./words.js";

const POLARITY = {
  affirmed: "The source affirms it.",
  denied: "The source denies it.",
  questioned: "The source asks or doubts it.",
};
const CERTAINTY = {
  certain: "put as certain",
  probable: "put as probable",
  possible: "put as possible",
  unknown: "left open",
};
const FORM = { direct: "quoted word for word", indirect: "rendered by the article", mixed: "rendered, with some words quoted" };
const FACTUALITY = {
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
  said_on: "The day is not stated here; it is carried over.",
};

const panel = () => document.getElementById("evidence");

function openButton(spans) {
  const { article } = spans[0] ?? {};
  if (!article) return null;
  if (!hasText(article)) return element("p", { class: "where" }, articleName(article));
  return element(
    "p",
    { class: "where" },
    element("button", { class: "link", type: "button", onclick: () => openArticle(article, spans) }, "Read it in the article"),
    element("span", {}, articleName(article)),
  );
}

function evidenceOf(spans) {
  return spans.length ? [passage(spans), key(spans), openButton(spans)] : [];
}

function heading(node, words) {
  return element("header", {}, element("p", { class: "kicker" }, icon(node), words), element("h2", { tabindex: "-1" }, node.label));
}

/** Through whom the words came: the article, then each source round this one, outermost first. */
export function chain(claim) {
  return element(
    "ol",
    { class: "chain", "aria-label": "Who says it, through whom" },
    element("li", {}, element("span", { class: "step" }, articleOf(claim)?.publisher ?? "Article")),
    stepsTo(claim).map(({ who, cue }) =>
      element("li", {}, who ? chip(who) : element("span", { class: "step" }, "a source without a name"), cue ? element("q", { class: "cue-words" }, cue) : null),
    ),
  );
}

export function wordsOnClaim(claim) {
  const sentences = [POLARITY[claim.polarity] ?? ""];
  if (claim.content_polarity === "denied") sentences.push("What is said is itself a negation: that something is not so.");
  if (claim.stance) sentences.push(claim.stance === "positive" ? "It speaks in favour." : "It speaks against.");
  for (const field of claim.inferred ?? []) if (INFERRED[field]) sentences.push(INFERRED[field]);
  return [...new Set(sentences)].filter(Boolean).join(" ");
}

function figures(node) {
  return (node.figures ?? []).map((figure) => element("span", { class: "figure" }, figure));
}

/** How this claim bears on another, why, and the other's own words. */
function relation(link, claim) {
  const other = nodes.get(otherEnd(link, claim.id));
  const way = link.from === claim.id ? LINKS[link.type].out : LINKS[link.type].back;
  const who = claimantOf(other);
  return element(
    "div",
    { class: `relation ${LINKS[link.type].tone}` },
    element("p", { class: "way" }, element("strong", {}, way), who ? ` what ${who.label} says` : " this", confidence(link.confidence)),
    passage(other.evidence),
    link.rationale ? element("p", { class: "why" }, link.rationale) : null,
    chip(other, "Open this claim"),
  );
}

function showClaim(claim) {
  const related = claim.links.filter((link) => BETWEEN_CLAIMS.includes(link.type));
  const targets = (type, end) => linksOf(claim.id, type, end).map((link) => chip(nodes.get(otherEnd(link, claim.id))));
  return [
    element("header", {}, element("p", { class: "kicker" }, icon(claim), "Claim"), element("h2", { class: "content-words", tabindex: "-1" }, quoted(claim))),
    chain(claim),
    evidenceOf(claim.evidence),
    element("p", { class: "reading" }, wordsOnClaim(claim)),
    facts([
      ["Said on", claim.said_on && day(claim.said_on)],
      ["Form", FORM[claim.form]],
      ["Certainty", CERTAINTY[claim.certainty]],
      ["Figures", figures(claim)],
      ["About", targets("about", "from")],
      ["Topics", targets("topic", "from")],
      ["Tells of", targets("reports", "from")],
    ]),
    section("Other claims on this", related.map((link) => relation(link, claim))),
    section("Said inside it", targets("inside", "to")),
    colophon(claim),
  ];
}

function showEvent(event) {
  const narrated = event.voice !== "reported";
  const telling = linksOf(event.id, "reports", "to").map((link) => nodes.get(link.from));
  return [
    heading(event, event.event_type ? `Event · ${event.event_type}` : "Event"),
    element("p", { class: "reading" }, narrated ? "The article says this in its own voice." : "Only a source says this; the article does not vouch for it."),
    evidenceOf(event.evidence),
    facts([
      ["Told in", telling.map((claim) => chip(claim, `${claimantOf(claim)?.label ?? "a source"}: ${claim.label}`))],
      ["Taking part", [...linksOf(event.id, "participant", "from").map(participant), ...(event.participants ?? []).map((words) => element("span", { class: "figure" }, words))]],
      ["Place", linksOf(event.id, "place", "from").map((link) => chip(nodes.get(link.to)))],
      ["Time", [event.time, days(event.earliest, event.latest)].filter(Boolean).join(", ")],
      ["Figures", figures(event)],
      ["Factuality", FACTUALITY[event.factuality]],
    ]),
    colophon(event),
  ];
}

function participant(link) {
  const who = nodes.get(link.to);
  return chip(who, link.role ? `${who.label} (${link.role})` : who.label);
}

function showEntity(entity) {
  const listed = (type, end) => linksOf(entity.id, type, end).map((link) => nodes.get(otherEnd(link, entity.id)));
  const events = entity.links.filter((link) => ["participant", "place"].includes(link.type) && link.to === entity.id);
  return [
    heading(entity, entity.vague ? `${KINDS[entity.kind].one} · a source that the article does not name` : KINDS[entity.kind].one),
    facts([
      ["Also called", (entity.aliases ?? []).join(", ")],
      ["Role", (entity.roles ?? []).join(", ")],
      ["Known as", (entity.same_as ?? []).map((address) => webLink(address, address.replace(/^https?:\/\/(www\.)?/, "")))],
    ]),
    section("Roles", linksOf(entity.id, "role").map((link) => element("p", { class: "role" }, link.from === entity.id ? `${link.role} of ` : `${link.role}: `, chip(nodes.get(otherEnd(link, entity.id)))))),
    section("Says", listed("said", "from").map((claim) => claimRow(claim, { named: false }))),
    section("Is spoken about in", [...listed("about", "to"), ...listed("topic", "to")].map((claim) => claimRow(claim))),
    section("Events", events.map((link) => chip(nodes.get(link.from), `${nodes.get(link.from).label}${link.role ? ` (${link.role})` : ""}`))),
    section("By or from it", [...listed("author", "to"), ...listed("located", "to")].map((node) => chip(node))),
    section("Named in the text", mentions(entity)),
    colophon(entity),
  ];
}

/** One row for each article that names the entity; opens the article with every mention marked. */
function mentions(entity) {
  const byArticle = new Map();
  for (const span of entity.evidence) byArticle.set(span.article, [...(byArticle.get(span.article) ?? []), span]);
  return [...byArticle].map(([article, spans]) => {
    const times = count(spans.length, "time", "times");
    if (!hasText(article)) return element("p", { class: "where" }, `${articleName(article)}: ${times}`);
    return element("p", { class: "where" }, element("button", { class: "link", type: "button", onclick: () => openArticle(article, spans) }, articleName(article)), element("span", {}, times));
  });
}

function showLink(link) {
  const [from, to] = [nodes.get(link.from), nodes.get(link.to)];
  const between = BETWEEN_CLAIMS.includes(link.type);
  return [
    element("header", {}, element("p", { class: "kicker" }, "Link"), element("h2", { tabindex: "-1" }, linkWords(link))),
    element("div", { class: "ends" }, chip(from), element("p", { class: "way" }, element("strong", {}, linkWords(link)), confidence(link.confidence)), chip(to)),
    link.rationale ? element("p", { class: "why" }, link.rationale) : null,
    between ? [from, to].map((claim) => evidenceOf(claim.evidence)) : evidenceOf(link.evidence),
  ];
}

export function linkWords(link) {
  if (link.type === "participant" && link.role) return `${LINKS[link.type].out}, as ${link.role}`;
  if (link.type === "role") return `is ${link.role} of`;
  return LINKS[link.type]?.out ?? link.type;
}

/** How sure, by which rule, and the name for SPARQL. */
function colophon(node) {
  const parts = [];
  if (typeof node.confidence === "number") parts.push(element("span", {}, "Confidence ", confidence(node.confidence), ` ${node.confidence}`));
  if (node.origin) parts.push(element("span", {}, `Found by ${node.origin}`));
  parts.push(element("span", { class: "iri" }, node.iri));
  return element("footer", {}, parts);
}

let cameFrom = null;

export function startEvidence() {
  on("choice", ({ focus }) => {
    if (state.chosen !== null) showNode(nodes.get(state.chosen));
    else if (state.link !== null) show(showLink(links[state.link]));
    else return hide();
    if (focus || document.activeElement === document.body) panel().querySelector("h2").focus();
  });
}

function showNode(node) {
  const render = { claim: showClaim, event: showEvent }[node.kind] ?? showEntity;
  show(render(node));
}

/** What is chosen, at the top of the panel. */
function show(children) {
  if (!panel().contains(document.activeElement)) cameFrom = document.activeElement;
  panel().replaceChildren(element("button", { class: "back", type: "button", onclick: () => leave() }, "← All"), ...children.flat(3).filter(Boolean));
  panel().scrollTop = 0;
  panel().hidden = false;
  document.getElementById("overview").hidden = true;
}

/** Back to the list, and to where the keyboard was. */
function hide() {
  if (panel().hidden) return;
  panel().hidden = true;
  document.getElementById("overview").hidden = false;
  if (cameFrom?.isConnected && cameFrom !== document.body) cameFrom.focus();
}
