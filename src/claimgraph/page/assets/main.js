// Choosing, leaving, the theme and the first hint.

let cameFrom = null;

/** Opens a node: evidence in the panel, its neighbours alone in full colour. */
function choose(id, { centre = false, focus = false } = {}) {
  const node = nodes.get(id);
  if (!panel().contains(document.activeElement)) cameFrom = document.activeElement;
  node.links.forEach((link) => bringInIfFew(otherEnd(link, id), node));
  bringIn(id);
  view.chosen = id;
  view.link = null;
  view.near = new Set([id, ...node.links.map((link) => otherEnd(link, id))]);
  showNode(node);
  if (centre) canvas.moveTo({ position: canvas.getPosition(id), scale: Math.max(canvas.getScale(), READABLE), animation: false });
  redraw();
  if (focus || document.activeElement === document.body) panel().querySelector("h2").focus();
  rememberInAddress(node.iri);
}

const READABLE = 0.9; // the zoom at which a node and its neighbours have room for their labels
const MOST_NEW_NEIGHBOURS = 40; // more at once would bury what is there

function bringInIfFew(id, centre) {
  if (centre.links.length <= MOST_NEW_NEIGHBOURS && !drawnNodes.get(id)) {
    bringIn(centre.id);
    bringIn(id);
  }
}

function chooseLink(index) {
  const link = links[index];
  view.chosen = null;
  view.link = index;
  view.near = new Set([link.from, link.to]);
  show(link, showLink(link));
  redraw();
}

/** Back to the list, and to where the keyboard was. */
function leave() {
  if (panel().hidden) return;
  panel().hidden = true;
  document.getElementById("overview").hidden = false;
  view.chosen = null;
  view.link = null;
  view.near = null;
  redraw();
  if (cameFrom?.isConnected && cameFrom !== document.body) cameFrom.focus();
  rememberInAddress("");
}

function rememberInAddress(iri) {
  const hash = iri ? `#${encodeURIComponent(iri)}` : "";
  if (location.hash !== hash) history.replaceState(null, "", hash || location.pathname + location.search);
}

function openFromAddress() {
  const iri = decodeURIComponent(location.hash.slice(1));
  const node = iri && [...nodes.values()].find((candidate) => candidate.iri === iri);
  if (node) choose(node.id, { centre: true });
}

/** Light or dark as the system is, until somebody chooses here. */
function startTheme() {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const button = document.getElementById("theme");
  const apply = () => {
    const theme = remembered("theme") ?? (system.matches ? "dark" : "light");
    document.documentElement.dataset.theme = theme;
    button.setAttribute("aria-pressed", String(theme === "dark"));
    readColours();
    redraw();
  };
  button.addEventListener("click", () => {
    remember("theme", document.documentElement.dataset.theme === "dark" ? "light" : "dark");
    apply();
  });
  system.addEventListener("change", apply);
  apply();
}

const memory = {}; // a page opened as a file may have no storage; then a choice lasts as long as the page

function remember(name, value) {
  memory[name] = value;
  try {
    localStorage.setItem(`claimgraph-${name}`, value);
  } catch {
    // kept in memory alone
  }
}

function remembered(name) {
  try {
    return memory[name] ?? localStorage.getItem(`claimgraph-${name}`);
  } catch {
    return memory[name] ?? null;
  }
}

function startHint() {
  const hint = document.getElementById("hint");
  hint.hidden = remembered("hint") === "read";
  hint.querySelector("button").addEventListener("click", () => {
    hint.hidden = true;
    remember("hint", "read");
  });
}

function startKeys() {
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches?.("input, textarea");
    const reading = document.getElementById("article").open;
    if (event.key === "Escape" && !reading) leave();
    else if (event.key === "/" && !typing && !reading) {
      event.preventDefault();
      document.getElementById("search").focus();
    }
  });
  document.getElementById("article-close").addEventListener("click", () => document.getElementById("article").close());
  document.getElementById("article").addEventListener("click", (event) => {
    if (event.target === event.currentTarget) event.currentTarget.close();
  });
  document.getElementById("zoom-in").addEventListener("click", () => canvas.moveTo({ scale: canvas.getScale() * 1.3 }));
  document.getElementById("zoom-out").addEventListener("click", () => canvas.moveTo({ scale: canvas.getScale() / 1.3 }));
  document.getElementById("zoom-fit").addEventListener("click", showAll);
}

startDrawing();
startTheme();
startLegend();
startList();
startSearch();
startHint();
startKeys();
openFromAddress();
