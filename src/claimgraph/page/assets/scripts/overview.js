// A switch over the network: the most central nodes, or everything at once. Choosing a node there leads back to it.

import { counts, firstView, nodes, whole } from "./data.js";
import { element } from "./dom.js";
import { camera, draw, fit, hide, nodeAt, paintLinks, startEverything, zoom } from "./everything.js";
import { choose, on } from "./state.js";
import { count } from "./words.js";

const STILL = 140; // milliseconds without a movement, after which the links are drawn anew
const KEYS = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] };
const sum = (numbers) => Object.values(numbers).reduce((total, number) => total + number, 0);

let stage;
let canvas;
let started = false;
let shown = false;
let timer;

/** The switch, where there is more than the first view shows. */
export function startOverview() {
  if (sum(counts.nodes) <= firstView.nodes.length) return;
  stage = document.getElementById("canvas").parentElement;
  canvas = element("canvas", { id: "everything", tabindex: "0", hidden: true, role: "application", "aria-label": words() });
  document.getElementById("canvas").after(canvas); // below the buttons
  stage.append(
    element("div", { class: "scope", role: "group", "aria-label": "How much of the network is drawn" }, button("telling", `Most central ${firstView.nodes.length}`), button("everything", "Everything")),
    element("p", { class: "scope-words", hidden: true }, words()),
  );
  mark();
  on("choice", changed);
  on("theme", changed);
  on("filters", () => {
    if (started) hide();
    changed();
  });
}

const words = () => `${count(sum(counts.nodes), "node", "nodes")}, ${count(sum(counts.links), "link", "links")}; names of the best linked. Choose a node to see it with its neighbours.`;
const button = (scope, name) => element("button", { type: "button", "data-scope": scope, onclick: () => showEverything(scope === "everything") }, name);

function mark() {
  for (const each of stage.querySelectorAll(".scope button")) each.setAttribute("aria-pressed", String((each.dataset.scope === "everything") === shown));
  stage.classList.toggle("all", shown);
  canvas.hidden = !shown;
  stage.querySelector(".scope-words").hidden = !shown;
  document.getElementById("canvas").inert = shown;
}

/** Draws everything at once, or goes back to the first view; resolves when it is drawn. */
export async function showEverything(wanted = true) {
  if (!stage) return;
  await whole;
  shown = wanted;
  mark();
  if (!shown) return;
  if (!started) start();
  draw();
  await paintLinks();
}

function start() {
  started = true;
  startEverything(canvas);
  fit();
  new ResizeObserver(moved).observe(canvas);
  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0016)), event.offsetX, event.offsetY);
    moved();
  });
  canvas.addEventListener("pointerdown", drag);
  canvas.addEventListener("pointermove", hover);
  canvas.addEventListener("keydown", (event) => {
    if (event.key in KEYS) move(...KEYS[event.key]);
    else if (event.key === "+" || event.key === "-") zoom(event.key === "+" ? 1.3 : 1 / 1.3);
    else if (event.key === "0") fit();
    else return;
    event.preventDefault();
    moved();
  });
  for (const [name, act] of [["in", () => zoom(1.3)], ["out", () => zoom(1 / 1.3)], ["fit", fit]]) {
    document.getElementById(`zoom-${name}`).addEventListener("click", () => {
      if (!shown) return;
      act();
      moved();
    });
  }
}

function move(x, y) {
  camera.x += x;
  camera.y += y;
}

/** The picture follows at once, its links when it stands still. */
function moved() {
  if (!shown || !started) return;
  draw();
  clearTimeout(timer);
  timer = setTimeout(paintLinks, STILL);
}

function changed() {
  if (!shown || !started) return;
  draw();
  paintLinks();
}

function hover({ offsetX, offsetY, buttons }) {
  if (buttons) return;
  const id = nodeAt(offsetX, offsetY)?.id ?? null;
  if (id === camera.hovered) return;
  camera.hovered = id;
  canvas.classList.toggle("over", id !== null);
  draw();
}

/** Moves the picture with the pointer; a press that moves nothing chooses what is there. */
function drag(event) {
  let way = 0;
  canvas.setPointerCapture(event.pointerId);
  const follow = ({ movementX, movementY }) => {
    way += Math.abs(movementX) + Math.abs(movementY);
    move(movementX, movementY);
    moved();
  };
  const end = ({ offsetX, offsetY }) => {
    canvas.removeEventListener("pointermove", follow);
    const node = way < 4 && nodeAt(offsetX, offsetY);
    if (node) lead(node.id);
  };
  canvas.addEventListener("pointermove", follow);
  canvas.addEventListener("pointerup", end, { once: true });
}

/** Back to the network, with this node and its neighbours. */
function lead(id) {
  showEverything(false);
  choose(id, { centre: true });
}
