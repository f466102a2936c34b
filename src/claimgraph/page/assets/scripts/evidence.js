// The panel on the right: for whatever is chosen, first the words of the article, then what was read out of them.

import { citationRow, linkRow } from "./citing.js";
import { articleOf, outletOf, quoted, stepsTo, tellersOf } from "./claims.js";
import { links, linksOf, nodes, otherEnd, whole } from "./data.js";
import { element, icon, webLink } from "./dom.js";
import { BETWEEN_CLAIMS, KINDS } from "./kinds.js";
import { claimSteps, steps } from "./listing.js";
import { openArticle } from "./reader.js";
import { badges, chip, confidence, facts, section } from "./rows.js";
import { NOBODY, bearings, dayOf, speakerName } from "./sayings.js";
import { leave, on, state } from "./state.js";
import { articleName, hasText, key, passage, sentence } from "./text.js";
import { figuresOf } from "./values.js";
import { CERTAINTY, FACTUALITY, FORM, linkWords, notice, wordsOnClaim } from "./wording.js";
import { count, day, days } from "./words.js";

const panel = () => document.getElementById("evidence");
const MOST_NAMED = 30; // participants, topics and the like, as chips; more would be a wall

function openButton(spans) {
  const { article } = spans[0] ?? {};
  if (!article) return null;
  if (!hasText(article)) return element("p", { class: "where" }, element("bdi", {}, articleName(article)));
  return element(
    "p",
    { class: "where" },
    element("button", { class: "link", type: "button", onclick: () => openArticle(article, spans) }, "Read it in the article"),
    element("bdi", {}, articleName(article)),
  );
}

function evidenceOf(spans) {
  return spans.length ? [passage(spans), key(spans), openButton(spans)] : [];
}

/** The other articles in which a claim stands word for word: copies, and versions of the first. */
function printedAgain({ evidence }) {
  const others = [...new Set(evidence.map((span) => span.article))].slice(1);
  if (!others.length) return null;
  const words = `Printed again in ${count(others.length, "article", "articles")}, and counted once`;
  return section(words, others.map((article) => openButton(evidence.filter((span) => span.article === article))));
}

function heading(node, words) {
  return element("header", {}, element("p", { class: "kicker" }, icon(node), words), element("h2", { tabindex: "-1", dir: "auto" }, node.label), badges(node));
}

/** Through whom the words came: the article, then each source round this one, outermost first. */
export function chain(claim) {
  return element(
    "ol",
    { class: "chain", "aria-label": "Who says it, through whom" },
    element("li", {}, element("bdi", { class: "step" }, outletOf(articleOf(claim)) || "The article")),
    stepsTo(claim).map(({ who, cue }) =>
      element("li", {}, who ? chip(who) : element("span", { class: "step" }, NOBODY), cue ? element("q", { class: "cue-words" }, cue) : null),
    ),
  );
}

/** How this claim bears on another, on which basis, why, and both in their own words side by side. */
function relation({ link, other, words, tone }, claim) {
  return element(
    "div",
    { class: `relation ${tone}` },
    element("p", { class: "way" }, element("span", {}, element("strong", {}, words), " what ", element("bdi", {}, speakerName(other)), " says"), confidence(link.confidence)),
    reason(link),
    element("div", { class: "sides" }, side(claim, "This claim"), side(other, speakerName(other), chip(other, "Open this claim"))),
  );
}

function side(claim, title, ...more) {
  return element("div", { class: "side" }, element("h4", {}, element("bdi", {}, title)), sentence(claim.evidence) ?? element("p", {}, quoted(claim)), element("p", { class: "where" }, element("bdi", {}, whereOf(claim))), more);
}

/** Where a claim stands: the outlet and the day, or else the article. */
function whereOf(claim) {
  const outlet = outletOf(articleOf(claim));
  return outlet ? [outlet, day(dayOf(claim))].filter(Boolean).join(", ") : articleName(claim.evidence[0]?.article);
}

function reason(link) {
  if (!link.rationale && !link.basis) return null;
  return element("p", { class: "why" }, link.rationale, link.basis ? element("small", {}, ` Compared by: ${link.basis}.`) : null);
}

function showClaim(claim) {
  const targets = (type, end) => chips(linksOf(claim.id, type, end).map((link) => nodes.get(otherEnd(link, claim.id))));
  return [
    element("header", {}, element("p", { class: "kicker" }, icon(claim), "Claim"), element("h2", { class: "content-words", tabindex: "-1", dir: "auto" }, quoted(claim)), badges(claim)),
    chain(claim),
    notice(claim),
    evidenceOf(claim.evidence),
    printedAgain(claim),
    element("p", { class: "reading" }, wordsOnClaim(claim)),
    facts([
      ["Said on", claim.said_on && day(claim.said_on)],
      ["Form", FORM[claim.form]],
      ["Certainty", CERTAINTY[claim.certainty]],
      ["Figures", figuresOf(claim)],
      ["About", targets("about", "from")],
      ["Topics", targets("topic", "from")],
      ["Tells of", targets("reports", "from")],
    ]),
    steps("Other claims on this", bearings(claim), (bearing) => relation(bearing, claim), { first: 4 }),
    claimSteps("Said inside it", linksOf(claim.id, "inside", "to").map((link) => nodes.get(link.from))),
    citationRow(claim),
    colophon(claim),
  ];
}

/** Nodes as chips, not more than can be looked over. */
function chips(found, words = () => undefined) {
  const shown = found.slice(0, MOST_NAMED).map((node, index) => chip(node, words(node, index)));
  return found.length > MOST_NAMED ? [...shown, element("small", {}, `and ${count(found.length - MOST_NAMED, "other", "others")}`)] : shown;
}

function showEvent(event) {
  const narrated = event.voice !== "reported";
  const taking = linksOf(event.id, "participant", "from");
  return [
    heading(event, event.event_type ? `Event · ${event.event_type}` : "Event"),
    element("p", { class: "reading" }, narrated ? "The article says this in its own voice." : "Only a source says this; the article does not vouch for it."),
    notice(event),
    evidenceOf(event.evidence),
    facts([
      ["Taking part", [...chips(taking.map((link) => nodes.get(link.to)), (who, index) => withRole(who, taking[index].role)), ...(event.participants ?? []).map((words) => element("span", { class: "figure" }, words))]],
      ["Place", chips(linksOf(event.id, "place", "from").map((link) => nodes.get(link.to)))],
      ["Time", [event.time, days(event.earliest, event.latest)].filter(Boolean).join(", ")],
      ["Figures", figuresOf(event)],
      ["Factuality", FACTUALITY[event.factuality]],
      ["Topics", chips(linksOf(event.id, "topic", "from").map((link) => nodes.get(link.to)))],
    ]),
    claimSteps("Told in", tellersOf(event)),
    citationRow(event),
    colophon(event),
  ];
}

const withRole = (node, role) => (role ? `${node.label} (${role})` : node.label);

function showEntity(entity) {
  const listed = (type, end) => linksOf(entity.id, type, end).map((link) => nodes.get(otherEnd(link, entity.id)));
  const isEvent = (node) => node.kind === "event";
  const events = entity.links.filter((link) => ["participant", "place", "topic"].includes(link.type) && link.to === entity.id && isEvent(nodes.get(link.from)));
  return [
    heading(entity, entity.vague ? `${KINDS[entity.kind].one} · a source that the article does not name` : KINDS[entity.kind].one),
    facts([
      ["Also called", (entity.aliases ?? []).slice(0, MOST_NAMED).flatMap((name, index) => [index ? " · " : "", element("bdi", {}, name)])],
      ["Role", (entity.roles ?? []).join(", ")],
      ["Known as", (entity.same_as ?? []).map((address) => webLink(address, address.replace(/^https?:\/\/(www\.)?/, "")))],
    ]),
    section("Roles", linksOf(entity.id, "role").slice(0, MOST_NAMED).map((link) => element("p", { class: "role" }, link.from === entity.id ? `${link.role} of ` : `${link.role}: `, chip(nodes.get(otherEnd(link, entity.id)))))),
    claimSteps("Says", listed("said", "from"), { named: false }),
    claimSteps("Is spoken about in", [...listed("about", "to"), ...listed("topic", "to").filter((node) => !isEvent(node))]),
    steps("Events", events, (link) => chip(nodes.get(link.from), withRole(nodes.get(link.from), link.role)), { first: 12 }),
    steps("By or from it", [...listed("author", "to"), ...listed("located", "to")], (node) => chip(node), { first: 12 }),
    steps("Named in the text", mentions(entity), (row) => row),
    linkRow(entity),
    colophon(entity),
  ];
}

/** One row for each article that names the entity, the one that names it most first; opens it with every mention marked. */
function mentions(entity) {
  const byArticle = new Map();
  for (const span of entity.evidence) {
    if (!byArticle.has(span.article)) byArticle.set(span.article, []);
    byArticle.get(span.article).push(span);
  }
  return [...byArticle].sort((a, b) => b[1].length - a[1].length).map(([article, spans]) => {
    const name = element("bdi", {}, articleName(article));
    const opener = hasText(article) ? element("button", { class: "link", type: "button", onclick: () => openArticle(article, spans) }, name) : name;
    return element("p", { class: "where" }, opener, element("span", {}, count(spans.length, "time", "times")));
  });
}

function showLink(link) {
  const [from, to] = [nodes.get(link.from), nodes.get(link.to)];
  const between = BETWEEN_CLAIMS.includes(link.type);
  return [
    element("header", {}, element("p", { class: "kicker" }, "Link"), element("h2", { tabindex: "-1" }, linkWords(link)), badges(link)),
    element("div", { class: "ends" }, chip(from), element("p", { class: "way" }, element("strong", {}, linkWords(link)), confidence(link.confidence)), chip(to)),
    reason(link),
    between ? element("div", { class: "sides" }, [from, to].map((claim) => side(claim, speakerName(claim)))) : evidenceOf(link.evidence),
    between ? null : claimSteps("Claims behind it", behind(from, to)),
    linkRow(link),
  ];
}

/** The claims that have to do with both ends of a link: by one about the other, or about both; for an event, those that tell of it. */
function behind(from, to) {
  if (from.kind === "claim" || to.kind === "claim") return [];
  const event = [from, to].find((node) => node.kind === "event");
  if (event) return tellersOf(event);
  const near = (node) => new Set(node.links.map((link) => nodes.get(otherEnd(link, node.id))).filter((node) => node.kind === "claim"));
  const there = near(to);
  return [...near(from)].filter((claim) => there.has(claim));
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
let keys = false; // whether the last thing done was done with the keyboard

export function startEvidence() {
  let ready = false;
  document.addEventListener("keydown", () => { keys = true; }, true);
  document.addEventListener("pointerdown", () => { keys = false; }, true);
  whole.then(() => { ready = true; });
  on("choice", (how) => (ready ? follow(how) : whole.then(() => follow(how))));
}

/** Whether the keyboard goes along: in the network Enter says so itself, elsewhere what is chosen with a key is read next. */
const goesAlong = () => document.activeElement === document.body || (keys && document.activeElement.id !== "canvas");

/** Shows what is chosen now. */
function follow({ focus }) {
  const { chosen, link } = state;
  if (chosen === null && link === null) return hide();
  if (chosen !== null) showNode(nodes.get(chosen));
  else show(showLink(links[link]));
  if (focus || goesAlong()) panel().querySelector("h2").focus();
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
