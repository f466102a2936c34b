// What can be copied of a node or a link: a citation, its name in the graph, and the address that opens it here.

import { linkTo } from "./address.js";
import { bibtex, citation, csl } from "./citation.js";
import { articleOf } from "./claims.js";
import { copyButton } from "./copy.js";
import { element } from "./dom.js";

/** Of a claim or an event: the sentence to cite it by, and the same for reference managers. */
export function citationRow(node) {
  if (!articleOf(node)) return linkRow(node);
  const buttons = [copyButton("citation", () => citation(node)), copyButton("BibTeX", () => bibtex(node)), copyButton("CSL-JSON", () => csl(node)), ...names(node)];
  return row(buttons);
}

/** Of anything: its IRI and its address. */
export function linkRow(thing) {
  return row(names(thing));
}

function names(thing) {
  return [thing.iri ? copyButton("IRI", () => thing.iri) : null, copyButton("link", () => linkTo(thing))];
}

const row = (buttons) => element("div", { class: "copies", role: "group", "aria-label": "Copy" }, element("span", {}, "Copy"), buttons);
