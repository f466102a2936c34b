// Figures that can be laid side by side: what each measures, which measure the same thing, and which cannot both hold.

import { outletOf } from "./claims.js";
import { articles, linksOf, nodes } from "./data.js";
import { dayOf, speakerName } from "./sayings.js";
import { day, fold } from "./words.js";

const NOT_MEASURED = new Set("a an the this that these those its his her their our of in on at by for to from and or".split(" "));
const ABOUT = 0.1; // "about 40" may be 36 to 44
const ROUNDED = 1000; // from here on the noughts at a number's end are taken for rounding
const SAME_STORY = 0.3; // share of the names of the poorer article, rare ones counting more, that the other has too
const SAME_COUNT = { killing: "death" }; // whoever is killed is among the dead
const STORY_DAYS = 60; // between two articles of one story
const DAY = 86_400_000;

/**
 * All figures that pass `shows`, each once: { figure, node, claim, event, who, day, outlet, key, si, low, high }. `node`
 * is what it belongs to: the innermost claim, else the event, else nothing where the article gives it on its own; such
 * figures come only with `own`.
 */
export function allFigures(shows, { own = true } = {}) {
  const found = new Map();
  for (const node of nodes.values()) {
    for (const figure of shows(node) ? node.quantities ?? [] : []) keep(found, figure, node);
  }
  for (const [iri, article] of Object.entries(articles)) {
    for (const figure of own ? article.figures ?? [] : []) keep(found, { ...figure, article: iri }, null);
  }
  return [...found.values()].map(described).sort((a, b) => byPlace(a.figure, b.figure));
}

const byPlace = (a, b) => (a.article > b.article ? 1 : a.article < b.article ? -1 : a.start - b.start || a.end - b.end);

function keep(found, figure, node) {
  const place = `${figure.article} ${figure.start} ${figure.end}`;
  if (!found.has(place)) found.set(place, { figure, claim: null, event: null });
  const row = found.get(place);
  if (node?.kind === "claim" && (!row.claim || (node.depth ?? 0) > (row.claim.depth ?? 0))) row.claim = node;
  if (node?.kind === "event") row.event ??= node;
}

function described({ figure, claim, event }) {
  const article = articles[figure.article];
  const [low, high] = bounds(figure);
  return {
    figure, claim, event, node: claim ?? event, low, high,
    who: claim ? speakerName(claim) : "the article",
    day: (claim && dayOf(claim)) || (article?.published ?? "").slice(0, 10),
    outlet: outletOf(article),
    key: keyOf(figure, event),
  };
}

/** The least and the most that a figure may mean, in the SI unit where there is one: [40, Infinity] of "40 or more". */
export function bounds(figure) {
  const scale = figure.si !== undefined && figure.value ? figure.si / figure.value : 1;
  const value = figure.value;
  if (value === undefined || figure.comparator === "x") return [NaN, NaN];
  const upper = figure.upper !== undefined && figure.upper !== value ? figure.upper : null;
  const [low, high] = {
    ">": [value, Infinity], ">=": [value, Infinity], "<": [-Infinity, value], "<=": [-Infinity, value], "~": [value * (1 - ABOUT), value * (1 + ABOUT)],
  }[figure.comparator] ?? [value, value];
  return [low * scale, (upper !== null && figure.comparator === "=" ? upper : high) * scale];
}

// Units of one dimension, which the graph gives in one SI unit too; any other unit compares with itself alone.
const DIMENSIONS = {
  mass: ["kilogram", "gram", "milligram", "microgram", "tonne", "pound", "ounce"],
  length: ["metre", "kilometre", "centimetre", "millimetre", "mile", "nautical-mile", "yard", "foot", "inch"],
  volume: ["litre", "gallon", "barrel", "cubic-metre", "cubic-foot"],
  area: ["hectare", "acre", "square-metre", "square-kilometre", "square-mile", "square-foot"],
  time: ["second", "minute", "hour", "day", "week"],
};
const dimension = (unit) => Object.keys(DIMENSIONS).find((name) => DIMENSIONS[name].includes(unit)) ?? unit ?? "";

/** What is measured as words without order, articles and endings: "fentanyl pill" of "the fentanyl pills". */
export function measured(of) {
  const words = fold(of ?? "").match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.filter((word) => !NOT_MEASURED.has(word)).map((word) => word.replace(/(?<=\p{L}{3})(?<!s)s$/u, ""));
}

/** Two figures with the same key measure the same kind of thing; "" compares with nothing. */
function keyOf(figure, event) {
  const words = measured(figure.of);
  const kind = SAME_COUNT[event?.event_type] ?? event?.event_type ?? "";
  if (!words.length && !kind) return "";
  if (figure.value === undefined || figure.comparator === "x") return "";
  return [dimension(figure.unit), words.join(" "), kind, figure.per ?? ""].join("|");
}

/**
 * Figures that measure the same thing, together: { name, rows, clashes } of each, those with clashes first, then those
 * that most sources speak of; what is measured once alone is not among them. One word ("people") is compared within one story only.
 */
export function comparable(rows) {
  const byKey = new Map();
  for (const row of rows) if (row.key) byKey.set(row.key, [...(byKey.get(row.key) ?? []), row]);
  const groups = [...byKey.values()].flatMap((members) => (isSpecific(members[0]) ? [members] : byStory(members)));
  const named = groups.filter((members) => members.length > 1).map((members) => ({ name: nameOf(members[0]), rows: members, clashes: clashesOf(members) }));
  const voices = ({ rows: members }) => new Set(members.map((row) => row.who)).size;
  return named.sort((a, b) => b.clashes.length - a.clashes.length || voices(b) - voices(a) || b.rows.length - a.rows.length);
}

const isSpecific = (row) => measured(row.figure.of).length > 1;

/** What a group of figures measures, in words: "people, death, per day". */
function nameOf({ figure, event }) {
  const of = (figure.of ?? "").replace(/^(?:the|an?|its|their|his|her) /i, "");
  return [of || figure.unit, SAME_COUNT[event?.event_type] ?? event?.event_type, figure.per && `per ${figure.per}`].filter(Boolean).join(", ");
}

/** The rows of each story: articles that are linked from one to the next by the names that they share. */
function byStory(rows) {
  const stories = [];
  for (const row of rows) {
    const joined = stories.filter((story) => story.some((other) => sameStory(row.figure.article, other.figure.article)));
    for (const story of joined) stories.splice(stories.indexOf(story), 1);
    stories.push([...joined.flat(), row]);
  }
  return stories;
}

let names;

/** The named actors and places of each article, and in how many articles each of them is. */
function namesByArticle() {
  if (names) return names;
  names = { of: new Map(), articles: new Map() };
  for (const node of nodes.values()) {
    if (node.vague || !["person", "organization", "group", "place"].includes(node.kind)) continue;
    const where = new Set(node.evidence.map((span) => span.article));
    names.articles.set(node.id, where.size);
    for (const article of where) names.of.set(article, [...(names.of.get(article) ?? []), node.id]);
  }
  return names;
}

/** Whether two articles tell of the same story: near in time, and with names in common that few others have. */
export function sameStory(one, other) {
  if (one === other) return true;
  const [a, b] = [one, other].map((iri) => Date.parse((articles[iri]?.published ?? "").slice(0, 10)));
  if (Math.abs(a - b) > STORY_DAYS * DAY) return false;
  const known = namesByArticle();
  const rarity = (id) => Math.log((Object.keys(articles).length + 1) / known.articles.get(id));
  const sum = (ids) => ids.reduce((total, id) => total + rarity(id), 0);
  const [mine, theirs] = [known.of.get(one) ?? [], known.of.get(other) ?? []];
  const shared = mine.filter((id) => theirs.includes(id));
  return shared.length > 1 && sum(shared) >= SAME_STORY * Math.min(sum(mine), sum(theirs));
}

/** The pairs of a group that cannot both hold: { rows, later, reason } of each. */
function clashesOf(rows) {
  return rows.flatMap((row, index) => rows.slice(index + 1).map((other) => clash(row, other)).filter(Boolean));
}

/** Why two figures cannot both hold; null where they can, or where they may be of different things. */
export function clash(one, other) {
  if (!apart(one, other) || !oneSetting(one, other)) return null;
  const shared = anchorsOf(one).filter((id) => anchorsOf(other).includes(id));
  if (!shared.length && !twoVoices(one, other)) return null;
  const [first, second] = one.day > other.day ? [other, one] : [one, other];
  const later = Boolean(first.day && second.day && first.day !== second.day);
  const told = (row) => `${row.who === "the article" && row.outlet ? row.outlet : row.who} has ${valueWords(row.figure)}`;
  const silent = [["place", placesOf], ["period", periodOf]].filter(([, of]) => !of(one).length || !of(other).length).map(([name]) => name);
  const reason = [
    `${told(first)}, ${told(second)}: both of ${nameOf(one)}, ${shared.length ? `both naming ${shared.slice(0, 3).map((id) => nodes.get(id).label).join(", ")}` : "in one article"}.`,
    later ? `The second is told later, on ${day(second.day)}: it may be a newer count.` : "If they speak of the same, both cannot hold.",
    silent.length ? `Not both state a ${silent.join(" or a ")}.` : "",
  ];
  return { rows: [first, second], later, reason: reason.filter(Boolean).join(" ") };
}

/** Whether no number lies within both, rounding apart. */
function apart(one, other) {
  const slack = Math.max(rounding(one), rounding(other));
  return one.low - slack > other.high || other.low - slack > one.high;
}

/** Half of the last place that is no nought, of numbers that are large enough to be rounded. */
function rounding({ figure, low }) {
  if (!(Math.abs(figure.value) >= ROUNDED) || !Number.isInteger(figure.value)) return 0;
  const noughts = /0*$/.exec(String(figure.value))[0].length;
  return ((10 ** noughts / 2) * Math.abs(Number.isFinite(low) ? low : figure.value)) / Math.abs(figure.value);
}

/**
 * Whether two figures may be of the same: not one voice, two stories, other places, times or participants, nor doubtful.
 * A share is never compared: what does the sharing ("voted", "were men") is not in the figure.
 */
function oneSetting(one, other) {
  if (one.node === other.node || (one.figure.article === other.figure.article && one.who === other.who)) return false;
  if (one.figure.unit === "percent" || ![one, other].every(isPlain)) return false;
  if (!sameStory(one.figure.article, other.figure.article)) return false;
  return meet(placesOf(one), placesOf(other)) && meet(takersOf(one), takersOf(other)) && overlap(periodOf(one), periodOf(other));
}

/** Whether one article lets two sources say it. */
const twoVoices = (one, other) => Boolean(one.figure.article === other.figure.article && one.claim && other.claim);

/** Whether a figure is of an event that is said to have happened, without doubt or denial. */
function isPlain({ event, claim }) {
  const sure = !claim || (claim.polarity === "affirmed" && claim.content_polarity !== "denied" && claim.certainty === "certain");
  return Boolean(event) && sure && event.polarity !== "denied" && ["happened", "ongoing"].includes(event.factuality ?? "happened");
}

const takersOf = (row) => linksOf(row.event.id, "participant", "from").map((link) => link.to).filter((id) => !nodes.get(id).vague && nodes.get(id).kind !== "group");
const anchorsOf = (row) => [...new Set([...placesOf(row), ...takersOf(row), ...(row.claim ? linksOf(row.claim.id, "about", "from").map((link) => link.to) : [])])];
const placesOf = (row) => linksOf(row.event.id, "place", "from").map((link) => link.to);

/** First and last day of what a figure is of: its own period, else that of its event. */
function periodOf({ figure, event }) {
  if (figure.earliest) return [figure.earliest, figure.latest ?? figure.earliest];
  return event?.earliest ? [event.earliest, event.latest ?? event.earliest] : [];
}

const meet = (a, b) => !a.length || !b.length || a.some((one) => b.includes(one));
const overlap = (a, b) => !a.length || !b.length || (a[0] <= b[1] && b[0] <= a[1]);

const UNITS = { percent: "%", "percentage-point": " percentage points", foot: " feet", inch: " inches", count: "", ratio: "" };

/** A figure's value as one says it: "more than 40 kilograms", "20 to 30%"; its words where it has no number. */
export function valueWords(figure) {
  if (figure.value === undefined) return figure.text ?? "a figure without a number";
  const number = (value) => value.toLocaleString("en", { maximumFractionDigits: 4 });
  const range = figure.upper !== undefined && figure.upper !== figure.value && figure.comparator === "=" ? ` to ${number(figure.upper)}` : "";
  if (figure.comparator === "x") return `${number(figure.value)} times`;
  const sign = figure.comparator === "=" || !figure.comparator ? "" : `${figure.comparator_words} `;
  return `${sign}${number(figure.value)}${range}${unitWords(figure)}${figure.per ? ` per ${figure.per}` : ""}`;
}

function unitWords({ unit, value }) {
  if (!unit) return "";
  if (unit in UNITS) return UNITS[unit];
  return /^[A-Z]{3}$/.test(unit) || value === 1 ? ` ${unit}` : ` ${unit.replaceAll("-", " ")}s`;
}
