// Ask: SPARQL over the whole graph in the page itself, with the competency questions to begin with.

import { articles, nodes } from "./data.js";
import { element, icon } from "./dom.js";
import { ask, carriedConsole, stop } from "./engine.js";
import { saveButton } from "./spreadsheet.js";
import { choose } from "./state.js";
import { count } from "./words.js";

const STEP = 100; // rows shown at once, and how many more a press brings
const SHORT = /^[\d.:TZ+-]{1,32}$/; // numbers, days and times, which stay on one line
const EXAMPLE = "SELECT ?who ?said WHERE {\n  ?claim a cg:Claim ; schema:text ?said ; cg:claimant ?actor .\n  ?actor rdfs:label ?who\n}\nLIMIT 20";

let parts = null;
let byIri = null;
let found = null;

/** The console as a view, in a page that carries one. */
export const consoleViews = "console" in document.documentElement.dataset ? [{ name: "ask", label: "Ask", start }] : [];

function start(container) {
  byIri = new Map([...nodes.values()].map((node) => [node.iri, node]));
  const query = element("textarea", { id: "query", rows: "9", spellcheck: "false", autocapitalize: "off", "aria-label": "Query in SPARQL", onkeydown: runByKey });
  query.value = EXAMPLE;
  const run = element("button", { type: "button", class: "run", onclick: () => answer() }, "Run");
  const halt = element("button", { type: "button", class: "quiet", disabled: true, onclick: () => stop() }, "Stop");
  const status = element("p", { class: "ask-status", role: "status" });
  const result = element("div", { class: "ask-result" });
  parts = { query, run, halt, status, result };
  container.append(element("div", { class: "ask" }, questionList(), element("section", { class: "ask-query", "aria-label": "Query" }, query, element("p", { class: "ask-buttons" }, run, halt, element("span", { class: "hint" }, element("kbd", {}, "Ctrl"), " ", element("kbd", {}, "Enter"), " runs it"), status)), result));
}

function questionList() {
  const { questions } = carriedConsole();
  const button = ({ name, asks, query }) => element("button", { type: "button", class: "question", "data-question": name, onclick: () => pose(query) }, asks);
  return element("nav", { class: "questions", "aria-label": "Questions" }, element("h2", {}, "Questions"), questions.map(button));
}

function pose(query) {
  parts.query.value = query;
  answer();
}

function runByKey(event) {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  answer();
}

/** Runs the query that is written, and shows what comes or why nothing does. */
async function answer() {
  if (parts.run.disabled) return;
  setRunning(true);
  parts.result.replaceChildren();
  const begun = performance.now();
  try {
    const answered = await ask(parts.query.value, tell);
    tell(summary(answered, (performance.now() - begun) / 1000));
    show(answered);
  } catch (error) {
    tell("No answer.");
    parts.result.replaceChildren(element("p", { class: "ask-error", role: "alert" }, explained(error.message)));
  } finally {
    setRunning(false);
  }
}

function setRunning(running) {
  parts.run.disabled = running;
  parts.halt.disabled = !running;
}

function tell(words) {
  parts.status.textContent = words;
}

function summary({ rows, truth }, seconds) {
  const what = rows ? (rows.length ? count(rows.length, "row", "rows") : "No rows: nothing in this graph is so") : truth ? "Yes" : "No";
  return `${what}, in ${seconds.toFixed(1)} s.`;
}

/** Oxigraph's words, with what to do. */
function explained(message) {
  if (/^error at|expected|parse/i.test(message)) return `This is no query that can be read: ${message}`;
  if (/service/i.test(message)) return `Only the graph in this page can be asked: ${message}`;
  return message;
}

function show({ variables, rows }) {
  if (!rows?.length) return;
  found = { variables, rows };
  const body = element("tbody", {});
  const more = element("button", { type: "button", class: "more" });
  const table = element("table", {}, element("thead", {}, element("tr", {}, variables.map((name) => element("th", { scope: "col" }, name)))), body);
  const next = () => {
    const from = body.childElementCount;
    body.append(...rows.slice(from, from + STEP).map(rowOf));
    const left = rows.length - body.childElementCount;
    more.hidden = left <= 0;
    more.textContent = `Show ${Math.min(STEP, left)} more of ${count(left, "row", "rows")}`;
  };
  more.addEventListener("click", next);
  next();
  parts.result.replaceChildren(element("p", {}, saveButton("Save as a spreadsheet (CSV)", "answer.csv", asRows)), element("div", { class: "ask-table", tabindex: "0", role: "region", "aria-label": "Answer" }, table), more);
}

const asRows = () => [found.variables, ...found.rows.map((row) => found.variables.map((name) => row[name]?.value ?? ""))];

function rowOf(row) {
  return element("tr", {}, found.variables.map((name) => element("td", {}, row[name] ? cellOf(row[name]) : null)));
}

/** A node of the network as a button that opens it, any other name as short as it goes, and words as they are. */
function cellOf({ type, value }) {
  if (type === "uri") {
    const node = byIri.get(value);
    if (node) return element("button", { type: "button", class: "link", title: value, onclick: () => choose(node.id, { centre: true }) }, icon(node), element("bdi", {}, node.label));
    return element("span", { class: "iri", title: value }, articles[value]?.title ?? shortened(value));
  }
  if (type === "triple") return element("span", { class: "iri" }, ["subject", "predicate", "object"].map((end) => [cellOf(value[end]), " "]));
  return element("bdi", { class: SHORT.test(value) ? "number" : null }, value);
}

function shortened(iri) {
  const [name, beginning] = Object.entries(carriedConsole().prefixes).find(([, namespace]) => iri.startsWith(namespace)) ?? [];
  return name ? `${name}:${iri.slice(beginning.length)}` : iri;
}
