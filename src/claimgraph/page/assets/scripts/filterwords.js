// What is filtered, said as a person would.

import { nodes } from "./data.js";
import { facetOf, statements, valueName } from "./facets.js";
import { asks, filtersAsObject, isNarrowed, sifted } from "./filters.js";
import { KINDS, WAYS } from "./kinds.js";
import { day } from "./words.js";

const MOST_NAMED = 2; // values named; of more the rest is counted
const LONGEST = 60; // characters of a value
const TURNING = /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufefc]/u; // written from right to left, or turning what follows

/** "Claims by Reuters, denied, 2 to 9 March 2023; without places"; empty when nothing is filtered. */
export function filterWords() {
  const set = filtersAsObject();
  const told = isNarrowed() ? [`${subject()}${by(set)}${inOutlet(set)}${on(set)}`, ...["polarity", "certainty", "form"].map((name) => listed(set, name)), span(set)] : [];
  return [told.filter(Boolean).join(", "), without(set)].filter(Boolean).join("; ").replace(/^./u, (first) => first.toUpperCase());
}

/** "34 of 120": how many of the claims or events that are asked for are left. */
export function outcome() {
  const kinds = kindsAsked();
  const left = isNarrowed() ? sifted().filter(({ kind }) => kinds.includes(kind)).length : null;
  if (left === null) {
    const { hide = [] } = filtersAsObject();
    const shown = [...nodes.values()].filter(({ kind }) => !hide.includes(kind)).length;
    return `${shown.toLocaleString("en")} of ${nodes.size.toLocaleString("en")} nodes`;
  }
  return `${left.toLocaleString("en")} of ${statements().filter(({ kind }) => kinds.includes(kind)).length.toLocaleString("en")}`;
}

/** Claims, events or both: what the facets that are set belong to, and is not hidden. */
function kindsAsked() {
  const asked = asks("claim") === asks("event") ? ["claim", "event"] : [asks("claim") ? "claim" : "event"];
  const seen = asked.filter((kind) => !filtersAsObject().hide?.includes(kind));
  return seen.length ? seen : asked;
}

function subject() {
  const events = filtersAsObject().event ? ` (${listed(filtersAsObject(), "event")})` : "";
  return { claim: "claims", event: `events${events}`, "claim,event": `claims and events${events}` }[kindsAsked()];
}

const by = (set) => (set.speaker ? ` by ${listed(set, "speaker")}` : "");
const on = (set) => (set.topic ? ` on ${listed(set, "topic")}` : "");
const inOutlet = (set) => (set.outlet ? ` in ${listed(set, "outlet")}` : "");

function listed(set, name) {
  const values = (set[name] ?? []).map((value) => fitted(valueName(facetOf(name), value)));
  if (values.length <= MOST_NAMED + 1) return values.join(" or ");
  return `${values.slice(0, MOST_NAMED).join(", ")} or ${values.length - MOST_NAMED} others`;
}

/** A value within a sentence: not too long, and kept from turning the words beside it. */
function fitted(words) {
  const points = Array.from(words);
  const short = points.length > LONGEST ? `${points.slice(0, LONGEST).join("").trimEnd()}…` : words;
  return TURNING.test(short) ? `\u2068${short}\u2069` : short;
}

/** "2 to 9 March 2023", with what both days share said once. */
function span({ from, to }) {
  if (!from || !to) return from ? `from ${day(from)}` : to ? `until ${day(to)}` : "";
  if (from === to) return day(from);
  const shared = from.slice(0, 7) === to.slice(0, 7) ? 1 : from.slice(0, 4) === to.slice(0, 4) ? 2 : 3;
  return `${day(from).split(" ").slice(0, shared).join(" ")} to ${day(to)}`;
}

function without({ hide = [], links = [] }) {
  const names = [...hide.map((kind) => KINDS[kind]?.many.toLowerCase()), ...links.map((way) => WAYS[way] && `“${WAYS[way].name.toLowerCase()}” links`)].filter(Boolean);
  return names.length ? `without ${names.join(", ").replace(/, ([^,]*)$/, " and $1")}` : "";
}
