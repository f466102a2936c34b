// The figures as a table that compares them: what measures the same thing stands together, on one scale.

import { allFigures, comparable, valueWords } from "./compare.js";
import { element } from "./dom.js";
import { isNarrowed, shows } from "./filters.js";
import { dot, scaleOf } from "./plot.js";
import { openArticle } from "./reader.js";
import { byName } from "./sayings.js";
import { saveButton } from "./spreadsheet.js";
import { choose, on, state } from "./state.js";
import { inSteps, withArrows } from "./steps.js";
import { articleName, hasText } from "./text.js";
import { count, day } from "./words.js";

const REASONS = 3; // of clashes in one group; more hide the rows
const period = ({ figure, event }) => figure.period ?? (event?.time || "");
const value = ({ figure }) => figure.si ?? figure.value ?? -Infinity;
// Heading, what it sorts by, and how two of these compare.
const COLUMNS = [
  { name: "Figure", of: value, compare: (a, b) => a - b },
  { name: "", label: "On one scale" },
  { name: "Of what", of: ({ figure }) => figure.of ?? "", compare: byName },
  { name: "Period", of: (row) => row.figure.earliest ?? row.event?.earliest ?? period(row), compare: byName },
  { name: "Who says so", of: ({ who }) => who, compare: byName },
  { name: "When", of: (row) => row.day, compare: byName },
  { name: "Outlet", of: ({ outlet }) => outlet, compare: byName },
];

const sorted = { column: null, down: false };
let body;
let drawn = false;
let oneStop;

export const figureTable = { name: "figures", label: "Figures", start, refresh };

function start(container) {
  body = element("div", {});
  container.append(element("div", { class: "board figure-board" }, body));
  oneStop = withArrows(body, "button.value");
  on("filters", () => { drawn = false; });
}

function refresh() {
  if (!drawn) draw();
  for (const row of body.querySelectorAll("[data-node]")) row.setAttribute("aria-current", String(Number(row.dataset.node) === state.chosen));
}

function draw() {
  drawn = true;
  const rows = allFigures(shows, { own: !isNarrowed() });
  if (!rows.length) return body.replaceChildren(element("p", { class: "empty" }, "No figure is to be seen: these articles give none, or the filters hide the claims and events that do."));
  const groups = comparable(rows);
  const together = new Set(groups.flatMap((group) => group.rows));
  const alone = rows.filter((row) => !together.has(row));
  const table = element("table", {}, element("caption", { class: "unseen" }, "Figures, those that measure the same thing together"), head());
  const clashes = groups.reduce((total, group) => total + group.clashes.length, 0);
  body.replaceChildren(
    element("div", { class: "toolbar" }, saveButton("Save as a spreadsheet (CSV)", "figures.csv", () => sheet(groups, alone))),
    element("p", { class: "lead", role: "status" }, summary(rows, groups, clashes)),
    element("div", { class: "wide", tabindex: 0, role: "region", "aria-label": "Table of figures" }, table),
  );
  const items = [...inOrder(groups), { name: "Measured once", rows: alone, clashes: [] }].flatMap(lines);
  let part;
  const make = ({ group, row }) => {
    const line = row ? figureRow(row, group) : groupRow(group);
    if (!row) part = table.appendChild(element("tbody", {}));
    return part.appendChild(line);
  };
  inSteps(body, items, make, { one: "line", many: "lines", after: oneStop });
}

function summary(rows, groups, clashes) {
  const kinds = groups.length ? `, ${count(groups.length, "thing is", "things are")} measured more than once` : "";
  const apart = clashes ? `, ${count(clashes, "pair does", "pairs do")} not agree` : "";
  return `${count(rows.length, "figure", "figures")}${kinds}${apart}. Choose one to see its sentence.`;
}

function head() {
  const button = ({ name }, index) => element("button", { type: "button", onclick: () => sortBy(index) }, name);
  const direction = (index) => (sorted.column === index ? (sorted.down ? "descending" : "ascending") : "none");
  const cells = COLUMNS.map((column, index) => (column.of ? element("th", { scope: "col", "aria-sort": direction(index) }, button(column, index)) : element("th", { scope: "col" }, element("span", { class: "unseen" }, column.label))));
  return element("thead", {}, element("tr", {}, cells));
}

/** Up, then down, then as it was. */
function sortBy(index) {
  if (sorted.column !== index) Object.assign(sorted, { column: index, down: false });
  else if (!sorted.down) sorted.down = true;
  else sorted.column = null;
  draw();
  body.querySelectorAll("thead th")[index].querySelector("button").focus();
}

function byColumn(a, b) {
  if (sorted.column === null) return 0;
  const { of, compare } = COLUMNS[sorted.column];
  return compare(of(a), of(b)) * (sorted.down ? -1 : 1);
}

/** The groups, each with its rows in order, by their first rows. */
function inOrder(groups) {
  const whole = groups.map((group) => ({ ...group, rows: inRows(group.rows) }));
  return sorted.column === null ? whole : whole.sort((a, b) => byColumn(a.rows[0], b.rows[0]));
}

const inRows = (rows) => [...rows].sort((a, b) => byColumn(a, b) || value(a) - value(b));

function lines(group) {
  if (!group.rows.length) return [];
  const scale = group.clashes && group.rows.length > 1 && group.name !== "Measured once" ? scaleOf(group.rows.flatMap((row) => [row.low, row.high])) : null;
  const told = { ...group, rows: inRows(group.rows), scale };
  return [{ group: told }, ...told.rows.map((row) => ({ group: told, row }))];
}

/** The heading of a group: what it measures, the ends of the scale, and why some of it clashes. */
function groupRow({ name, rows, clashes, scale }) {
  const reasons = clashes.slice(0, REASONS).map(({ reason, later }) => element("p", { class: later ? "why" : "why against" }, reason));
  const more = clashes.length > REASONS ? element("p", { class: "why" }, `${count(clashes.length - REASONS, "more pair does", "more pairs do")} not agree.`) : null;
  const ends = scale ? [number(scale.least), number(scale.most)] : [];
  return element(
    "tr", { class: "group" },
    element("th", { scope: "rowgroup" }, element("bdi", {}, name), " ", element("small", {}, count(rows.length, "figure", "figures"))),
    element("td", { class: "ends-of-scale" }, scale ? element("span", {}, element("span", {}, ends[0]), element("span", {}, ends[1])) : null, scale?.powers ? element("small", {}, "by powers of ten") : null),
    element("td", { colspan: COLUMNS.length - 2 }, reasons, more),
  );
}

const number = (value) => value.toLocaleString("en", { notation: "compact", maximumFractionDigits: 1 });

function figureRow(row, group) {
  const clashes = group.clashes.filter((clash) => clash.rows.includes(row));
  const tone = clashes.some((clash) => !clash.later) ? "against" : clashes.length ? "changed" : "";
  const open = () => openFigure(row);
  const cells = [
    [element("button", { class: "value", type: "button", onclick: open }, element("bdi", {}, valueWords(row.figure))), tone ? element("small", {}, tone === "against" ? "clashes" : "count changed") : null],
    group.scale ? dot(row.low, row.high, group.scale) : null,
    element("bdi", {}, row.figure.of ?? row.event?.label ?? ""), element("bdi", {}, period(row)), element("bdi", {}, row.who), day(row.day), element("bdi", {}, row.outlet),
  ];
  return element("tr", { class: tone || null, "data-node": row.node?.id, onclick: (event) => { if (!event.target.closest("button")) open(); } }, cells.map((cell) => element("td", {}, cell)));
}

/** The claim or event of a figure; the article itself where it gives the figure on its own. */
function openFigure({ node, figure }) {
  if (node) choose(node.id);
  else if (hasText(figure.article)) openArticle(figure.article, [{ part: "figure", ...figure }]);
}

const SHEET = "measured comparator value lower upper unit of per period earliest latest than who day outlet article text clash identifier".split(" ");

/** The figures as rows of a spreadsheet. */
function sheet(groups, alone) {
  const reasons = new Map();
  for (const { rows, reason } of groups.flatMap((group) => group.clashes)) for (const row of rows) reasons.set(row, [...(reasons.get(row) ?? []), reason]);
  const line = (name) => (row) => {
    const { figure, who, outlet, node } = row;
    const told = { ...figure, measured: name, comparator: figure.comparator_words, who, day: row.day, outlet, article: articleName(figure.article), clash: (reasons.get(row) ?? []).join(" "), identifier: node?.iri ?? figure.article };
    return SHEET.map((column) => told[column] ?? "");
  };
  return [SHEET, ...groups.flatMap((group) => group.rows.map(line(group.name))), ...alone.map(line(""))];
}
