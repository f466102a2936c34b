// What can be taken along: a picture of the network, tables, the network for other tools, paper, a link.

import { linkHere } from "./address.js";
import { copyButton } from "./copy.js";
import { nodes, whole } from "./data.js";
import { element } from "./dom.js";
import { shows, showsLink } from "./filters.js";
import { asGexf, asGraphml, asJson, linksAmong } from "./graphfiles.js";
import { drawing } from "./network.js";
import { asPng, asSvg } from "./picture.js";
import { asCsv, save } from "./spreadsheet.js";
import { state } from "./state.js";
import { claimTable, nodeTable } from "./tables.js";
import { openView } from "./views.js";
import { count } from "./words.js";

const title = () => document.querySelector(".bar h1").textContent;

/** What all files are called, after the page. */
function fileName(ending) {
  const words = title().normalize("NFKD").replace(/[^A-Za-z0-9]+/g, "-").replace(/^-+|-+$/g, "").toLowerCase();
  return `${words.slice(0, 60).replace(/-[^-]*$/, (last) => (words.length > 60 ? "" : last)) || "network"}${ending}`;
}

const drawnNodes = () => drawing().body.data.nodes.get({ filter: (item) => !item.hidden }).map(({ id }) => nodes.get(id));
const passingNodes = () => [...nodes.values()].filter(shows);

/** The part of the network that is saved: { title, nodes, links }. */
function part(scope) {
  const shown = (scope === "drawn" ? drawnNodes() : passingNodes()).sort((a, b) => a.id - b.id);
  return { title: title(), nodes: shown, links: linksAmong(shown, showsLink) };
}

const FILES = {
  "Nodes (CSV)": (found) => save(fileName("-nodes.csv"), asCsv(nodeTable(found.nodes)), "text/csv"),
  "Claims (CSV)": (found) => save(fileName("-claims.csv"), asCsv(claimTable(found.nodes)), "text/csv"),
  GraphML: (found) => save(fileName(".graphml"), asGraphml(found), "application/xml"),
  GEXF: (found) => save(fileName(".gexf"), asGexf(found), "application/xml"),
  JSON: (found) => save(fileName(".json"), asJson(found), "application/json"),
};
const PICTURES = {
  PNG: async () => save(fileName(".png"), await asPng(title())),
  SVG: () => save(fileName(".svg"), asSvg(title()), "image/svg+xml"),
};

/** A picture is of the network; it is opened for that. */
async function picture(make) {
  if (state.view !== "network") await openView("network");
  await make();
}

/** The menu: groups of buttons, each with its name. */
function menu(box) {
  const scope = () => box.querySelector("input:checked").value;
  const [drawn, passing] = [drawnNodes().length, passingNodes().length];
  const choice = (value, words, checked) => element("label", {}, element("input", { type: "radio", name: "out-scope", value, checked }), words);
  const group = (name, ...children) => element("div", { class: "out-group", role: "group", "aria-label": name }, element("h2", {}, name), children);
  const button = (words, onclick) => element("button", { type: "button", class: "link", onclick }, words);
  box.replaceChildren(
    group("Picture of the network", element("p", {}, Object.entries(PICTURES).map(([name, make]) => button(name, () => picture(make))))),
    group(
      "Tables, and files for other tools",
      element("fieldset", {}, element("legend", { class: "unseen" }, "How much"), choice("drawn", `What is drawn (${count(drawn, "node", "nodes")})`, true), choice("all", `All that the filters let through (${count(passing, "node", "nodes")})`, false)),
      element("p", {}, Object.entries(FILES).map(([name, make]) => button(name, () => make(part(scope()))))),
    ),
    group("Elsewhere", element("p", { class: "copies" }, copyButton("Copy link to this", linkHere), button("Print", () => { close(); print(); }))),
  );
}

const opener = () => document.getElementById("out-button");
const box = () => document.getElementById("out");

async function open() {
  await whole;
  menu(box());
  box().hidden = false;
  opener().setAttribute("aria-expanded", "true");
  box().querySelector("button").focus();
}

function close() {
  if (box().hidden) return;
  const inside = box().contains(document.activeElement);
  box().hidden = true;
  opener().setAttribute("aria-expanded", "false");
  if (inside) opener().focus();
}

export function startOut() {
  opener().addEventListener("click", () => (box().hidden ? open() : close()));
  document.addEventListener("pointerdown", (event) => {
    if (!box().contains(event.target) && !opener().contains(event.target)) close();
  });
  for (const part of [box(), opener()]) {
    part.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || box().hidden) return;
      event.stopPropagation();
      close();
    });
  }
}
