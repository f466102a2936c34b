// The newsroom measures as a page of small tables, each with how it is counted.

import { claimantOf } from "./claims.js";
import { since } from "./data.js";
import { element, icon } from "./dom.js";
import { LINKS } from "./kinds.js";
import { bar } from "./plot.js";
import { claimRow } from "./rows.js";
import { NOBODY, sayingOf, speakerName } from "./sayings.js";
import { saveButton } from "./spreadsheet.js";
import { choose, on } from "./state.js";
import { inSteps } from "./steps.js";
import { accusations, answers, byKind, bySpeaker, formsByOutlet, formsBySpeaker, fresh, speaksAbout, vagueByOutlet, voices } from "./tally.js";
import { count, day } from "./words.js";

const ROWS = 8; // of a table before somebody asks for more
const percent = (share) => `${Math.round(100 * share)}%`;

let body;
let drawn = false;

export const measuresView = { name: "measures", label: "Measures", start, refresh };

function start(container) {
  body = element("div", { class: "measures" });
  container.append(element("div", { class: "board" }, body));
  on("filters", () => { drawn = false; });
}

function refresh() {
  if (!drawn) draw();
}

function draw() {
  drawn = true;
  const rows = voices();
  if (!rows.length) return body.replaceChildren(element("p", { class: "empty" }, "There is nothing to measure: no claim was found in these articles, or the filters hide them all."));
  const all = measures(rows);
  body.replaceChildren(
    element("div", { class: "toolbar" }, saveButton("Save as a spreadsheet (CSV)", "measures.csv", () => sheet(all)), element("span", { class: "lead" }, `${count(rows.length, "claim", "claims")} counted.`)),
    element("div", { class: "measure-grid" }, all.map(shown)),
  );
}

const name = ({ node, name: words }) => (node ? opener(node) : element("bdi", {}, words));
const opener = (node, words = node.label) => element("button", { class: "name", type: "button", onclick: () => choose(node.id) }, icon(node), element("bdi", {}, words));
const side = (node) => (node ? opener(node) : element("bdi", {}, NOBODY));
const plain = (node) => node?.label ?? NOBODY;
const soleBar = (share) => bar([{ share, kind: "part-1" }], 64);

// The columns of the tables: `of` gives the cell, `value` what the spreadsheet has, where that is another. The bars of a
// share of voice are as long as theirs is of the largest, so that they can be told apart.
const VOICE = [
  { head: "Source", of: name, value: (row) => row.name },
  { of: ({ share }, rows) => soleBar(share / Math.max(...rows.map((row) => row.share))) },
  { head: "Claims", number: true, of: ({ claims }) => claims },
  { head: "of all", number: true, of: ({ share }) => percent(share), value: ({ share }) => share },
  { head: "Words", number: true, of: ({ words }) => words.toLocaleString("en"), value: ({ words }) => words },
  { head: "of all words", number: true, of: ({ wordShare }) => percent(wordShare), value: ({ wordShare }) => wordShare },
];
const FORMS = [
  { head: "Source", of: name, value: (row) => row.name },
  { of: ({ total, direct, mixed, indirect }) => bar([{ share: direct / total, kind: "part-1" }, { share: mixed / total, kind: "part-2" }, { share: indirect / total, kind: "part-3" }], 64) },
  { head: "Claims", number: true, of: ({ total }) => total },
  { head: "quoted", key: "part-1", number: true, of: ({ direct, total }) => percent(direct / total), value: ({ direct }) => direct },
  { head: "in part", key: "part-2", number: true, of: ({ mixed, total }) => percent(mixed / total), value: ({ mixed }) => mixed },
  { head: "rendered", key: "part-3", number: true, of: ({ indirect, total }) => percent(indirect / total), value: ({ indirect }) => indirect },
];
const VAGUE = [
  { head: "Outlet", of: name },
  { of: ({ share }) => soleBar(share) },
  { head: "Without a name", number: true, of: ({ vague, total }) => `${vague} of ${total}`, value: ({ vague }) => vague },
  { head: "Share", number: true, of: ({ share }) => percent(share), value: ({ share }) => share },
  { head: "Most often", of: ({ sources }) => element("bdi", {}, sources.join(", ")), value: ({ sources }) => sources.join("; ") },
];
const ANSWERS = [
  { head: "Who", of: ({ from }) => side(from), value: ({ from }) => plain(from) },
  { head: "does what", of: ({ type }) => element("span", { class: LINKS[type].tone }, LINKS[type].out), value: ({ type }) => type },
  { head: "Whom", of: ({ to }) => side(to), value: ({ to }) => plain(to) },
  { head: "Times", number: true, of: ({ count: times }) => times },
];
const ABOUT = [
  { head: "Who", of: ({ who }) => side(who), value: ({ who }) => plain(who) },
  { head: "about whom", of: ({ about }) => side(about), value: ({ about }) => plain(about) },
  { head: "Claims", number: true, of: ({ count: claims }) => claims },
  { head: "in favour", number: true, of: ({ positive }) => positive || "" },
  { head: "against", number: true, of: ({ negative }) => negative || "" },
];
const ACCUSED = [
  { head: "Accused", of: ({ people }) => people.map((one) => opener(one)), value: ({ people }) => people.map(plain).join("; ") },
  { head: "Of what, in whose words", of: charge, value: ({ node }) => (node.kind === "claim" ? sayingOf(node) : node.label) },
  { head: "By", of: ({ speakers }) => element("bdi", {}, [...new Set(speakers.map(speakerName))].join(", ") || "a source"), value: ({ speakers }) => [...new Set(speakers.map(speakerName))].join("; ") },
  { head: "When, where", of: ({ day: when, outlet }) => [day(when), element("br"), element("bdi", {}, outlet)], value: ({ day: when, outlet }) => `${when} ${outlet}`.trim() },
];

function charge({ node, offence }) {
  return [element("button", { class: "charge", type: "button", onclick: () => choose(node.id) }, element("bdi", {}, node.kind === "claim" ? sayingOf(node) : node.label)), offence ? element("small", {}, offence.event_type) : null];
}

/** { title, how, columns, rows, empty } of each measure. */
function measures(rows) {
  const counted = "A claim inside another counts only where it has a source of its own.";
  return [
    { title: "Accusations against named people", how: "Claims that accuse a person by name, and offences that only a source lays to one. No article vouches for them; check before you repeat one.", columns: ACCUSED, rows: accusations(), wide: true, empty: "No accusation against a person with a name was found. One may have been missed." },
    { title: "Share of voice, by source", how: `How many claims, and how many words of claims, each named source has of all. ${counted}`, columns: VOICE, rows: bySpeaker(rows), empty: "No claim has a source with a name." },
    { title: "Share of voice, by kind of source", how: "The same, for people, organizations and so on; whoever has no name is a kind of its own.", columns: VOICE, rows: byKind(rows) },
    { title: "Quoted or rendered, by outlet", how: "Of each outlet's claims, how many are quoted word for word, quoted in part, or rendered in the article's words.", columns: FORMS, rows: formsByOutlet(rows) },
    { title: "Quoted or rendered, by source", how: "The same for each named source.", columns: FORMS, rows: formsBySpeaker(rows), empty: "No claim has a source with a name." },
    { title: "Sources without a name", how: "The share of an outlet's claims whose source has no name: “officials”, “police”, or nobody at all.", columns: VAGUE, rows: vagueByOutlet(rows) },
    { title: "Who answers whom", how: "How often a claim of one source contradicts, answers, supports or repeats a claim of another.", columns: ANSWERS, rows: answers(), empty: "No claim was found to bear on another." },
    { title: "Who speaks about whom", how: "How many claims of a named source name another person, organization or group, and for how many of them the text shows favour or disfavour.", columns: ABOUT, rows: speaksAbout(rows), empty: "No claim names another actor." },
    news(),
  ];
}

const NEW = [
  { head: "Claim", of: (claim) => claimRow(claim), value: sayingOf },
  { head: "Source", sheet: true, of: () => "", value: (claim) => plain(claimantOf(claim)) },
];

function news() {
  const title = "New since the earlier graph";
  if (!since) return { title, how: "This page was not compared with an earlier graph. “claimgraph view FOLDER --since EARLIER” writes it again with what EARLIER, the folder of a graph built before, did not have.", columns: NEW, rows: [], wide: true, empty: "" };
  const rows = fresh();
  const articles = since.articles.length ? `, and ${count(since.articles.length, "new article", "new articles")}` : "";
  const how = `Claims that the earlier graph did not have in these words from this article: ${rows.length.toLocaleString("en")} beside the ${since.claims.toLocaleString("en")} of then${articles}.`;
  return { title, how, columns: NEW, rows, wide: true, empty: "Nothing is new." };
}

function shown({ title, how, columns, rows, empty, wide }) {
  const visible = columns.filter((column) => !column.sheet);
  const section = element("section", { class: wide ? "measure wide-measure" : "measure" }, element("h2", {}, title), element("p", { class: "how" }, how));
  if (!rows.length) section.append(element("p", { class: "none" }, empty ?? "Nothing to count."));
  else {
    const table = element("tbody", {});
    section.append(element("div", { class: "wide", tabindex: 0, role: "region", "aria-label": title }, element("table", {}, element("caption", { class: "unseen" }, title), head(visible), table)));
    inSteps(section, rows, (row) => table.appendChild(element("tr", {}, visible.map((column) => element("td", { class: column.number ? "number" : null }, cellOf(column, row, rows))))), { one: "row", many: "rows", step: ROWS });
  }
  return section;
}

const cellOf = ({ of }, row, rows) => {
  const cell = of(row, rows);
  return typeof cell === "number" ? cell.toLocaleString("en") : cell;
};

function head(columns) {
  const cells = columns.map(({ head: words, key, number }) => element("th", { scope: "col", class: number ? "number" : null }, key ? element("span", { class: `swatch ${key}`, "aria-hidden": "true" }) : null, words ?? element("span", { class: "unseen" }, "As a bar")));
  return element("thead", {}, element("tr", {}, cells));
}

/** All measures as one table: measure, row, column, value. */
function sheet(all) {
  const lines = all.flatMap(({ title, columns, rows }) => {
    const told = columns.filter((column) => column.head);
    const cell = (column, row) => (column.value ?? ((one) => (typeof column.of(one) === "object" ? one.name : column.of(one))))(row);
    return rows.flatMap((row) => told.slice(1).map((column) => [title, cell(told[0], row), column.head, cell(column, row)]));
  });
  return [["measure", "row", "column", "value"], ...lines];
}
