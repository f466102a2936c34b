// Search, legend, and the list of all nodes: everything that the canvas shows can be reached from the keyboard.

const MOST_SUGGESTIONS = 12;
const words = [...nodes.values()].map((node) => ({
  node,
  label: fold(node.label),
  names: (node.aliases ?? []).map(fold),
  text: fold([node.text, node.cue, ...(node.figures ?? [])].filter(Boolean).join(" ")),
}));

/** How well a node answers a search: its name first, then another name, then the words of a claim. */
function rank(entry, wanted) {
  if (entry.label.startsWith(wanted)) return 5;
  if (entry.names.some((name) => name.startsWith(wanted))) return 4;
  if (` ${entry.label}`.includes(` ${wanted}`)) return 3;
  if (entry.names.some((name) => ` ${name}`.includes(` ${wanted}`))) return 2;
  return wanted.split(/\s+/).every((word) => ` ${entry.text} ${entry.label}`.includes(` ${word}`)) ? 1 : 0;
}

function find(query) {
  const wanted = fold(query.trim());
  if (!wanted) return [];
  const found = words.map((entry) => ({ ...entry, rank: rank(entry, wanted) })).filter((entry) => entry.rank > 0);
  found.sort((a, b) => b.rank - a.rank || b.node.weight - a.node.weight || a.node.id - b.node.id);
  return found.map((entry) => entry.node);
}

function startSearch() {
  const box = document.getElementById("search");
  const options = document.getElementById("suggestions");
  let found = [];
  let active = -1;
  const close = () => {
    options.hidden = true;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };
  const mark = (index) => {
    active = index;
    [...options.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
    const option = options.children[index];
    if (!option?.id) return;
    box.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  };
  const take = (node) => {
    close();
    box.value = node.label;
    choose(node.id, { centre: true });
  };
  box.addEventListener("input", () => {
    const all = find(box.value);
    found = all.slice(0, MOST_SUGGESTIONS);
    options.replaceChildren(...suggestions(found, all.length, box.value.trim(), take));
    options.hidden = !box.value.trim();
    box.setAttribute("aria-expanded", String(!options.hidden));
    mark(found.length ? 0 : -1);
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (found.length) mark((active + (event.key === "ArrowDown" ? 1 : found.length - 1)) % found.length);
    } else if (event.key === "Enter" && found[active]) take(found[active]);
    else if (event.key === "Escape" && !options.hidden) {
      event.stopPropagation();
      close();
    }
  });
  box.addEventListener("blur", () => setTimeout(close, 150));
}

function suggestions(found, total, wanted, take) {
  const rows = found.map((node, index) =>
    element("li", { role: "option", id: `suggestion-${index}`, onmousedown: () => take(node) }, icon(node), element("span", {}, node.label), element("small", {}, KINDS[node.kind].one.toLowerCase())),
  );
  if (!found.length && wanted) return [element("li", { class: "none" }, `Nothing is called "${wanted}", and no claim has these words.`)];
  if (total > found.length) rows.push(element("li", { class: "none" }, `and ${count(total - found.length, "more", "more")}; type on`));
  return rows;
}

/** One button for each kind of node, and for each way in which claims meet: pressed means shown. */
function startLegend() {
  const kinds = Object.keys(KINDS).filter((kind) => [...nodes.values()].some((node) => node.kind === kind));
  const tones = Object.keys(MEETINGS).filter((tone) => links.some((link) => LINKS[link.type]?.tone === tone));
  document.getElementById("legend").replaceChildren(
    ...kinds.map((kind) => {
      const total = [...nodes.values()].filter((node) => node.kind === kind).length;
      return toggle({ "data-kind": kind }, icon(kind), KINDS[kind].many, total, (hide) => hideKind(kind, hide));
    }),
    ...tones.map((tone) => {
      const total = links.filter((link) => LINKS[link.type].tone === tone).length;
      const line = element("span", { class: `line ${tone}`, "aria-hidden": "true" });
      return toggle({ "data-tone": tone }, line, MEETINGS[tone], total, (hide) => hideTone(tone, hide));
    }),
  );
}

function toggle(data, sign, name, total, hide) {
  const pressed = (event) => {
    const button = event.currentTarget;
    const hidden = button.getAttribute("aria-pressed") === "true";
    button.setAttribute("aria-pressed", String(!hidden));
    hide(hidden);
    redraw();
  };
  const title = `Show or hide ${name.toLowerCase()}`;
  return element("button", { type: "button", class: "toggle", "aria-pressed": "true", title, ...data, onclick: pressed }, sign, element("span", {}, name), element("small", {}, String(total)));
}

function hideKind(kind, hide) {
  if (hide) view.hiddenKinds.add(kind);
  else view.hiddenKinds.delete(kind);
  document.querySelector(`#list [data-kind="${kind}"]`).hidden = hide;
}

function hideTone(tone, hide) {
  if (hide) view.hiddenTones.add(tone);
  else view.hiddenTones.delete(tone);
}

/** All nodes by kind, as one list box: arrows move, letters jump, Enter opens. */
function startList() {
  const list = document.getElementById("list");
  for (const kind of Object.keys(KINDS)) {
    const members = [...nodes.values()].filter((node) => node.kind === kind).sort((a, b) => b.weight - a.weight || a.id - b.id);
    if (!members.length) continue;
    const title = `list-${kind}`;
    list.append(element("div", { role: "group", "aria-labelledby": title, "data-kind": kind }, element("h3", { id: title, role: "presentation" }, KINDS[kind].many), members.map(listRow)));
  }
  list.addEventListener("keydown", moveInList);
  list.addEventListener("focus", () => focusRow(visibleRows()[0]));
  list.addEventListener("focusout", (event) => { if (!list.contains(event.relatedTarget)) focusNode(null); });
}

function listRow(node) {
  const who = node.kind === "claim" ? claimantOf(node) : null;
  return element(
    "div",
    { role: "option", tabindex: "-1", class: "row", "data-node": node.id, onclick: () => choose(node.id, { centre: true }), onfocus: () => focusNode(node.id) },
    icon(node), element("span", {}, who ? element("b", {}, `${who.label} `) : null, node.kind === "claim" ? quoted(node) : node.label), node.kind === "event" && node.voice === "narrated" ? element("small", {}, "article's own voice") : null,
  );
}

const visibleRows = () => [...document.querySelectorAll("#list [role=option]")].filter((row) => row.offsetParent !== null);

function focusRow(row) {
  if (!row) return;
  row.focus();
  row.scrollIntoView({ block: "nearest" });
}

function moveInList(event) {
  const rows = visibleRows();
  const at = rows.indexOf(document.activeElement);
  const steps = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1, PageDown: at + 10, PageUp: at - 10 };
  if (event.key in steps) focusRow(rows[Math.max(0, Math.min(rows.length - 1, steps[event.key]))]);
  else if (event.key === "Enter" || event.key === " ") choose(Number(document.activeElement.dataset.node), { centre: true, focus: true });
  else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && event.key !== "/") {
    const letter = fold(event.key);
    focusRow([...rows.slice(at + 1), ...rows.slice(0, at + 1)].find((row) => fold(row.textContent).startsWith(letter)));
  } else return;
  event.preventDefault();
}

/** The ring on the canvas that follows the keyboard. */
function focusNode(id) {
  view.focused = id;
  canvas.redraw();
}
