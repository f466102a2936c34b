// What is to be seen, in every view: which kinds of nodes and links, and which claims and events.
//
// Filters are one plain object (filtersAsObject, setFilters) that holds only what is set:
//   hide, links     kinds of nodes and ways of linking that are hidden
//   speaker, outlet, topic, polarity, certainty, form, event    values of facets.js of which one must hold
//   from, to        days in ISO 8601 between which it was said or happened

import { nodes, whole } from "./data.js";
import { FACETS, facetOf, isStatement, statements } from "./facets.js";
import { LINKS } from "./kinds.js";
import { keep, step } from "./undo.js";
import { tell } from "./state.js";

const LISTS = ["hide", "links", ...FACETS.map(({ name }) => name)];
const DAY = /^\d{4}-\d{2}-\d{2}$/;

let filters = {};
let passing = null; // numbers of the nodes that pass, while claims and events are filtered

/** Whether a node passes all filters. */
export function shows(node) {
  if (filters.hide?.includes(node.kind)) return false;
  if (!isNarrowed()) return true;
  passing ??= withEnds(sifted());
  return passing.has(node.id);
}

/** Whether a link and both its ends do. */
export function showsLink(link) {
  return !filters.links?.includes(LINKS[link.type]?.way) && shows(nodes.get(link.from)) && shows(nodes.get(link.to));
}

/** The filters as they are set, for an address or a file; empty when all is shown. */
export const filtersAsObject = () => structuredClone(filters);

/** Sets all filters at once; what is no filter is left out. */
export function setFilters(wanted) {
  const next = {};
  for (const name of LISTS) {
    const values = Array.isArray(wanted?.[name]) ? [...new Set(wanted[name].filter((value) => typeof value === "string"))].sort() : [];
    if (values.length) next[name] = values;
  }
  for (const name of ["from", "to"]) if (DAY.test(wanted?.[name])) next[name] = wanted[name];
  if (JSON.stringify(next) === JSON.stringify(filters)) return;
  filters = next;
  passing = null;
  tell("filters");
}

/** Adds a value to one of the lists, or takes it away; a step that can be undone, as all that follow. */
export function setValue(name, value, on) {
  const others = (filters[name] ?? []).filter((other) => other !== value);
  narrow({ ...filters, [name]: on ? [...others, value] : others });
}

export const setDays = (from, to) => narrow({ ...filters, from, to });
export const clear = () => narrow({});

function narrow(wanted) {
  step(() => setFilters(wanted));
}

export const hideKind = (kind, hide) => setValue("hide", kind, hide);
export const hideWay = (way, hide) => setValue("links", way, hide);

/** Whether claims and events are filtered, beside kinds being hidden. */
export const isNarrowed = () => Object.keys(filters).some((name) => name !== "hide" && name !== "links");

/** Whether a facet that only this kind has is set. */
export const asks = (kind, set = filters) => FACETS.some(({ name, of }) => set[name] && of.length === 1 && of[0] === kind);

/**
 * The claims and events that pass, without regard to the filters named in `but`. An event must be told of by a claim that passes
 * when only claims are asked for, and a claim must tell of such an event when only events are.
 */
export function sifted(...but) {
  const set = Object.fromEntries(Object.entries(filters).filter(([name]) => !but.includes(name)));
  const own = statements().filter((statement) => meets(statement, set));
  const claims = asks("claim", set);
  const events = asks("event", set);
  if (!claims && !events) return own;
  const met = new Set(own.map(({ id }) => id));
  return own.filter(({ id, kind }) => (kind === "claim" ? !events : !claims) || isToldWith(id, met));
}

function meets(statement, set) {
  if (set.from && !(statement.last >= set.from)) return false;
  if (set.to && !(statement.first && statement.first <= set.to)) return false;
  return FACETS.every(({ name }) => !set[name] || !statement[name] || statement[name].some((value) => set[name].includes(value)));
}

const isToldWith = (id, met) => nodes.get(id).links.some((link) => link.type === "reports" && met.has(link.from) && met.has(link.to));

/** The statements with whoever says them, takes part in them, or is spoken of. */
function withEnds(found) {
  const kept = new Set(found.map(({ id }) => id));
  for (const { id } of found) {
    for (const { from, to } of nodes.get(id).links) {
      for (const end of [from, to]) if (!isStatement(nodes.get(end))) kept.add(end);
    }
  }
  return kept;
}

/** How many statements that pass the other filters have each value of a facet, the most frequent first. */
export function countsOf(name) {
  const counts = new Map();
  for (const statement of statements()) for (const value of statement[name] ?? []) counts.set(value, 0);
  for (const statement of sifted(name)) for (const value of statement[name] ?? []) counts.set(value, counts.get(value) + 1);
  const order = Object.keys(facetOf(name).words ?? {});
  const rank = (value) => (order.includes(value) ? order.indexOf(value) : order.length);
  return [...counts].sort((a, b) => rank(a[0]) - rank(b[0]) || b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

whole.then(() => {
  if (!isNarrowed()) return;
  passing = null; // read again, now that all is there
  tell("filters");
});

keep({ read: filtersAsObject, write: setFilters });
