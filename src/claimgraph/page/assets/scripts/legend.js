// The legend below the network: what each shape, line and outline means. A kind or way that is pressed is shown.

import { counts, nodes, whole } from "./data.js";
import { element, icon } from "./dom.js";
import { filtersAsObject, hideKind, hideWay } from "./filters.js";
import { groups, groupsShown, lookAt } from "./groups.js";
import { KINDS, LINKS, WAYS } from "./kinds.js";
import { on } from "./state.js";
import { count } from "./words.js";

const ENDS = { arrow: "M24 1L30 5L24 9Z", vee: "M24 1L30 5L24 9L26.5 5Z", circle: "M30 5A3 3 0 1 1 24 5A3 3 0 1 1 30 5Z", bar: "M27.5 0H30V10H27.5Z" };

const legend = () => document.getElementById("legend");

function fill() {
  const kinds = Object.keys(KINDS).filter((kind) => counts.nodes[kind]);
  const total = (way) => Object.keys(LINKS).reduce((sum, type) => sum + (LINKS[type].way === way ? counts.links[type] ?? 0 : 0), 0);
  legend().replaceChildren(
    element("div", { class: "keys", role: "group", "aria-label": "Kinds of nodes" }, kinds.map((kind) => toggle({ "data-kind": kind }, icon(kind), KINDS[kind].many, counts.nodes[kind], "", (hide) => hideKind(kind, hide)))),
    element("div", { class: "keys", role: "group", "aria-label": "Ways of linking" }, Object.keys(WAYS).filter(total).map((way) => toggle({ "data-way": way }, line(way), WAYS[way].name, total(way), WAYS[way].tells, (hide) => hideWay(way, hide)))),
    element("p", { class: "signs" }, signs()),
  );
}

function toggle(data, sign, name, total, tells, hide) {
  const title = `${tells ? `${name}: ${tells}. ` : ""}Press to hide or show`;
  const pressed = (event) => hide(event.currentTarget.getAttribute("aria-pressed") === "true");
  return element("button", { type: "button", class: "toggle", "aria-pressed": "true", title, ...data, onclick: pressed }, sign, element("span", {}, name), element("small", {}, total.toLocaleString("en")));
}

/** A short line as the network draws it. */
export function line(way) {
  const { tone, width, dashes, end } = WAYS[way];
  const drawing = svg("svg", { viewBox: "0 0 32 10", class: `line ${tone}`, "aria-hidden": "true" });
  drawing.append(svg("path", { d: "M0 5H25", "stroke-width": width + 0.4, "stroke-dasharray": dashes ? dashes.join(" ") : "none" }), svg("path", { d: ENDS[end], class: "end" }));
  return drawing;
}

function svg(tag, attributes) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

/** What filled, outlined and dashed shapes, signs and sizes mean, as far as they occur. */
function signs() {
  const all = [...nodes.values()];
  const outlined = { kind: "event", voice: "reported" };
  const found = [
    [all.some((node) => node.kind === "event"), [icon("event"), " told by the article itself, ", icon(outlined), " only by a source"]],
    [all.some((node) => node.vague), [icon({ kind: "person", vague: true }), " a source without a name"]],
    [all.some((node) => node.kind === "claim" && (node.polarity === "denied" || node.content_polarity === "denied")), ["× denies"]],
    [all.some((node) => node.polarity === "questioned"), ["? asks"]],
    [true, ["larger: more links"]],
  ];
  return found.filter(([occurs]) => occurs).map(([, words]) => element("span", {}, words));
}

/** The buttons as the filters are, wherever they were set; the groups while they are tinted. */
function refresh() {
  const { hide = [], links: hidden = [] } = filtersAsObject();
  for (const button of legend().querySelectorAll(".toggle")) {
    const { kind, way } = button.dataset;
    button.setAttribute("aria-pressed", String(!(kind ? hide.includes(kind) : hidden.includes(way))));
  }
}

function refreshGroups({ looked = false }) {
  if (looked) return;
  const box = document.getElementById("groups");
  box.hidden = !groupsShown();
  if (box.hidden) return;
  const all = groups();
  box.replaceChildren(
    ...(all.length ? all.map(groupName) : [element("span", {}, "No group of five or more is to be seen.")]),
  );
}

function groupName({ number, name, size }) {
  const looks = (group) => () => lookAt(group);
  const title = `${name} and ${count(size - 1, "other node", "other nodes")}, with more links among themselves than to the rest`;
  return element(
    "button",
    { type: "button", class: "toggle", title, onmouseenter: looks(number), onmouseleave: looks(null), onfocus: looks(number), onblur: looks(null) },
    element("span", { class: `tint group-${number}`, "aria-hidden": "true" }), element("bdi", { class: "clipped" }, name), element("small", {}, `+${size - 1}`),
  );
}

export function startLegend() {
  fill();
  refresh();
  whole.then(() => legend().querySelector(".signs").replaceChildren(...signs()));
  on("filters", refresh);
  for (const what of ["groups", "filters", "steps"]) on(what, (how) => { if (groupsShown() || what === "groups") refreshGroups(how); });
}
