// The editor: YASGUI asks this service alone, knows our prefixes, and leads from IRIs of this graph to their pages.
"use strict";
const place = document.getElementById("yasgui");
const { base, root } = place.dataset;
const prefixes = JSON.parse(place.dataset.prefixes);
const endpoint = new URL(place.dataset.endpoint, location.href).href;
const declared = (...names) => names.map((name) => `PREFIX ${name}: <${prefixes[name]}>\n`).join("");
const FIRST = `${declared("cg", "rdfs", "schema")}
SELECT ?who ?said WHERE {
  ?claim a cg:Claim ; schema:text ?said ; cg:claimant ?actor .
  ?actor rdfs:label ?who .
} LIMIT 20`;

// Completion of classes and properties would ask Linked Open Vocabularies, that of prefixes knows the web's: ours instead.
Yasgui.Yasqe.defaults.autocompleters = ["prefixes", "variables"];
Yasgui.Yasqe.Autocompleters.prefixes.get = async () =>
  Object.entries(prefixes).map(([prefix, namespace]) => `${prefix}: <${namespace}>`);
Yasgui.Yasqe.defaults.value = FIRST;
Yasgui.Yasr.defaults.prefixes = { ...prefixes };
Yasgui.Yasr.defaults.plugins.table.dynamicConfig = { compact: true, isEllipsed: false };

const yasgui = new Yasgui(place, {
  autofocus: false,
  copyEndpointOnNewTab: false,
  endpointCatalogueOptions: { getData: () => [], keys: [] },
  persistenceId: `claimgraph ${base}`,
  populateFromUrl: false, // such a link could name another endpoint and headers; only its query is taken, below
  requestConfig: { endpoint, method: "GET" },
});

// What a browser kept of an earlier visit never asks another endpoint, and every control has a name.
function settle(tab) {
  tab?.setRequestConfig({ endpoint });
  const input = place.querySelector(".CodeMirror textarea");
  if (input) input.setAttribute("aria-label", "SPARQL query; Control and Enter ask it, Escape leaves the editor");
  for (const button of place.querySelectorAll("button:not([aria-label]), .yasqe_queryButton"))
    if (!button.textContent.trim()) button.setAttribute("aria-label", button.title || "Run the query");
}
for (const tab of Object.values(yasgui._tabs)) settle(tab);
for (const change of ["tabAdd", "tabSelect"])
  yasgui.on(change, (_, id) => setTimeout(() => settle(yasgui.getTab(id)), 0));

// A question replaces what is no work of the reader: the first query, or another question.
const questions = [...document.querySelectorAll("[data-query]")];
const ours = new Set([FIRST, ...questions.map((button) => button.dataset.query.trim())]);
for (const button of questions)
  button.addEventListener("click", () => {
    let tab = yasgui.getTab();
    if (!ours.has(tab.getQuery().trim())) tab = yasgui.addTab(true);
    tab.setName(button.dataset.name.replace(/^\d+-/, "").replaceAll("-", " "));
    tab.setQuery(button.dataset.query.trim());
    for (const other of questions) other.removeAttribute("aria-current");
    button.setAttribute("aria-current", "true");
    tab.query().catch(() => {});
  });

// ?query= or #query= is a query that somebody sent along.
const sent = new URLSearchParams(location.search).get("query") ?? new URLSearchParams(location.hash.slice(1)).get("query");
if (sent) {
  const tab = ours.has(yasgui.getTab().getQuery().trim()) ? yasgui.getTab() : yasgui.addTab(true);
  tab.setQuery(sent);
  tab.query().catch(() => {});
}

// IRIs of this graph lead to their page here, whatever their base is.
function localise(link) {
  const iri = link.getAttribute("href");
  if (!iri.startsWith(base)) return;
  const [path, part] = iri.slice(base.length).split("#", 2);
  link.href = `${root}/id/${path}${part ? `?part=${encodeURIComponent(part)}` : ""}`;
  link.target = "_self";
}
new MutationObserver(() => {
  for (const link of place.querySelectorAll(`a[href^="${CSS.escape(base)}"]`)) localise(link);
}).observe(place, { childList: true, subtree: true });
