// The claim board: who says what, side by side with who says otherwise; what is disputed first.

import { articleOf, claimantOf, outletOf } from "./claims.js";
import { links, nodes } from "./data.js";
import { element, icon } from "./dom.js";
import { shows, showsLink } from "./filters.js";
import { BETWEEN_CLAIMS, LINKS } from "./kinds.js";
import { confidence } from "./rows.js";
import { bearings, byName, dayOf, isVague, mannersOf, NOBODY, sayingOf, speakerName, standing, subjectsOf } from "./sayings.js";
import { saveButton } from "./spreadsheet.js";
import { choose, on, state } from "./state.js";
import { inSteps, withArrows } from "./steps.js";
import { articleName } from "./text.js";
import { count, day } from "./words.js";

const PAIRS = 4; // of claims that meet, before somebody asks for more: the claims themselves stay in sight
const GROUPINGS = { topic: "Topic", speaker: "Speaker", article: "Article" };
const ORDERS = { disputed: "Disputed first", newest: "Newest first", oldest: "Oldest first", speaker: "By speaker", outlet: "By outlet" };
const STANDING = ["disputed", "supported", ""];
const COMPARE = {
  disputed: (a, b) => a.standing - b.standing || b.claim.weight - a.claim.weight,
  newest: (a, b) => (b.day > a.day ? 1 : b.day < a.day ? -1 : 0),
  oldest: (a, b) => !a.day - !b.day || (a.day > b.day ? 1 : a.day < b.day ? -1 : 0),
  speaker: (a, b) => byName(a.speaker, b.speaker),
  outlet: (a, b) => byName(a.outlet, b.outlet),
};

const chosen = { grouping: "topic", order: "disputed" };
let body;
let drawn = false;
let oneStop;

export const claimBoard = { name: "claims", label: "Claims", start, refresh };

function start(container) {
  body = element("div", { class: "told-list" });
  container.append(element("div", { class: "board" }, toolbar(), body));
  oneStop = withArrows(body, "button.told");
  on("filters", () => { drawn = false; });
}

function refresh() {
  if (!drawn) draw();
  for (const row of body.querySelectorAll("button.told")) row.setAttribute("aria-current", String(Number(row.dataset.node) === state.chosen));
}

function toolbar() {
  const press = (name) => (event) => {
    chosen.grouping = name;
    for (const button of event.currentTarget.parentElement.children) button.setAttribute("aria-pressed", String(button === event.currentTarget));
    draw();
  };
  const reorder = (event) => { chosen.order = event.target.value; draw(); };
  return element(
    "div", { class: "toolbar" },
    element("div", { class: "choices", role: "group", "aria-label": "Group claims by" }, Object.entries(GROUPINGS).map(([name, words]) => element("button", { type: "button", "aria-pressed": String(name === chosen.grouping), onclick: press(name) }, words))),
    element("label", {}, "Order ", element("select", { onchange: reorder }, Object.entries(ORDERS).map(([name, words]) => element("option", { value: name }, words)))),
    saveButton("Save as a spreadsheet (CSV)", "claims.csv", () => [COLUMNS.map(([name]) => name), ...visible().sort(inOrder).map((told) => COLUMNS.map(([, value]) => value(told)))]),
  );
}

// The columns of the spreadsheet.
const COLUMNS = [
  ["speaker", (told) => told.speaker], ["cue", ({ claim }) => claim.cue], ["claim", ({ claim }) => sayingOf(claim)],
  ["form", ({ claim }) => claim.form], ["polarity", ({ claim }) => claim.polarity], ["content", ({ claim }) => claim.content_polarity],
  ["certainty", ({ claim }) => claim.certainty], ["day", (told) => told.day], ["outlet", (told) => told.outlet],
  ["article", ({ claim }) => articleName(claim.evidence[0]?.article)], ["figures", ({ claim }) => (claim.figures ?? []).join("; ")],
  ["standing", (told) => STANDING[told.standing]], ["bears on", ({ claim }) => bearings(claim).map(bearing).join("; ")], ["identifier", ({ claim }) => claim.iri],
];

/** The claims that pass the filters, each with what it is sorted by. */
function visible() {
  const claims = [...nodes.values()].filter((node) => node.kind === "claim" && shows(node));
  return claims.map((claim) => ({ claim, standing: standing(claim), day: dayOf(claim), speaker: speakerName(claim), outlet: outletOf(articleOf(claim)) }));
}

function inOrder(a, b) {
  return COMPARE[chosen.order](a, b) || COMPARE.disputed(a, b) || a.claim.id - b.claim.id;
}

/** { name, node, rows } of each group; a claim with several subjects stands under each. */
function groupsOf(all) {
  const groups = new Map();
  for (const told of all) {
    for (const { key, name, node } of headings(told.claim)) {
      if (!groups.has(key)) groups.set(key, { name, node, rows: [] });
      groups.get(key).rows.push(told);
    }
  }
  const sorted = [...groups.values()];
  for (const group of sorted) group.rows.sort(inOrder);
  return sorted.sort((a, b) => Number(!a.node) - Number(!b.node) || groupOrder(a, b) || byName(a.name, b.name));
}

function groupOrder(a, b) {
  if (chosen.order !== "disputed") return COMPARE[chosen.order](a.rows[0], b.rows[0]);
  const having = (group, kind) => group.rows.filter((told) => told.standing === kind).length;
  return having(b, 0) - having(a, 0) || having(b, 1) - having(a, 1) || b.rows.length - a.rows.length;
}

function headings(claim) {
  if (chosen.grouping === "article") {
    const article = claim.evidence[0]?.article;
    return [{ key: article, name: articleName(article), node: article }];
  }
  if (chosen.grouping === "speaker") {
    const who = claimantOf(claim);
    return [who ? { key: who.id, name: who.label, node: who } : { key: "", name: "Sources that the article does not name", node: null }];
  }
  const subjects = subjectsOf(claim).map((node) => ({ key: node.id, name: node.label, node }));
  return subjects.length ? subjects : [{ key: "", name: "About nothing that has a name", node: null }];
}

function draw() {
  const all = visible();
  body.dataset.by = chosen.grouping;
  drawn = true;
  if (!all.length) return body.replaceChildren(element("p", { class: "empty" }, emptiness()));
  body.replaceChildren(element("p", { class: "lead", role: "status" }, summary(all)));
  drawPairs();
  drawGroups(groupsOf(all));
}

function emptiness() {
  const claims = [...nodes.values()].filter((node) => node.kind === "claim").length;
  return claims ? `The filters hide all ${count(claims, "claim", "claims")}. Clear the filters to see them again.` : "No claim was found in these articles: nobody in them is said to have said something.";
}

function summary(all) {
  const having = (kind) => all.filter((told) => told.standing === kind).length;
  const speakers = new Set(all.map(({ claim }) => claimantOf(claim)?.id)).size;
  const parts = [having(0) && `${having(0)} disputed`, having(1) && `${having(1)} supported by another`].filter(Boolean);
  return `${count(all.length, "claim", "claims")} by ${count(speakers, "source", "sources")}${parts.length ? `: ${parts.join(", ")}` : ""}. Choose one to see the words behind it.`;
}

/** Claims that bear on each other, side by side, with the reason. */
function drawPairs() {
  const met = links.filter((link) => BETWEEN_CLAIMS.includes(link.type) && showsLink(link));
  const rank = ({ type }) => ["contradicts", "responds-to", "corroborates", "restates", "differs-in-scope"].indexOf(type);
  met.sort((a, b) => rank(a) - rank(b) || (b.confidence ?? 0) - (a.confidence ?? 0) || a.id - b.id);
  if (!met.length) return;
  const list = element("div", { class: "pairs" });
  body.append(element("h2", {}, "Who answers whom"), list);
  inSteps(list, met, pair, { one: "pair", many: "pairs", step: PAIRS });
  body.append(element("h2", {}, "All claims"));
}

function pair(link) {
  const { out, tone } = LINKS[link.type];
  return element(
    "div", { class: `pair ${tone}` },
    side(nodes.get(link.from)),
    element("p", { class: "verdict" }, element("strong", {}, out), confidence(link.confidence)),
    side(nodes.get(link.to)),
    link.rationale ? element("p", { class: "why" }, link.rationale) : null,
  );
}

function side(claim) {
  return element("button", { class: "told", type: "button", "data-node": claim.id, onclick: () => choose(claim.id) }, who(claim), saying(claim), whenAndWhere(claim));
}

/** Headings and rows as one long list, so that the first step is short however the groups are. */
function drawGroups(groups) {
  const items = groups.flatMap((group) => group.rows.map((told, index) => ({ told, group, first: index === 0 })));
  let list;
  const make = ({ told, group, first }) => {
    const row = element("li", {}, claimLine(told));
    if (!first) {
      list.append(row);
      return row;
    }
    list = element("ol", { class: "told-group" }, row);
    return element("section", {}, groupHeading(group), list);
  };
  inSteps(body, items, make, { one: "row", many: "rows", after: oneStop });
}

function groupHeading({ name, node, rows }) {
  const title = element("bdi", {}, name);
  const opened = node?.kind ? element("button", { type: "button", onclick: () => choose(node.id) }, icon(node), title) : title;
  return element("h3", {}, opened, element("small", {}, count(rows.length, "claim", "claims")));
}

/** One claim as a row: who, the words, how, when and where, and what it bears on. */
function claimLine({ claim }) {
  const met = bearings(claim);
  return element(
    "button", { class: "told", type: "button", "data-node": claim.id, "aria-current": String(claim.id === state.chosen), onclick: () => choose(claim.id) },
    who(claim), saying(claim, met), whenAndWhere(claim),
  );
}

function who(claim) {
  const claimant = claimantOf(claim);
  return element("span", { class: isVague(claim) ? "who vague" : "who" }, claimant ? icon(claimant) : null, element("bdi", {}, claimant?.label ?? NOBODY));
}

function saying(claim, met = []) {
  const notes = [...mannersOf(claim), ...(claim.figures ?? [])].map((words) => element("span", {}, words));
  const answers = met.slice(0, 2).map((one) => element("span", { class: one.tone }, bearing(one)));
  return element(
    "span", { class: "said" },
    element("span", { class: "wording" }, claim.cue ? [element("bdi", { class: "cue" }, claim.cue), " "] : null, element("bdi", { class: "words" }, sayingOf(claim))),
    notes.length || answers.length ? element("span", { class: "notes" }, answers, met.length > 2 ? element("span", {}, `and ${met.length - 2} more`) : null, notes) : null,
  );
}

const bearing = ({ words, other }) => `${words} ${speakerName(other)}`;

function whenAndWhere(claim) {
  return element("span", { class: "when" }, element("span", {}, day(dayOf(claim))), element("bdi", {}, outletOf(articleOf(claim))));
}
