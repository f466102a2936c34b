// The legend: what each shape and line means, and which of them are shown.

import { counts } from "./data.js";
import { element, icon } from "./dom.js";
import { hideKind, hideTone } from "./filters.js";
import { KINDS, LINKS, MEETINGS } from "./kinds.js";

/** One button for each kind of node, and for each way in which claims meet: pressed means shown. */
export function startLegend() {
  const kinds = Object.keys(KINDS).filter((kind) => counts.nodes[kind]);
  const met = (tone) => Object.keys(LINKS).reduce((sum, type) => sum + (LINKS[type].tone === tone ? counts.links[type] ?? 0 : 0), 0);
  const tones = Object.keys(MEETINGS).filter(met);
  document.getElementById("legend").replaceChildren(
    ...kinds.map((kind) => {
      return toggle({ "data-kind": kind }, icon(kind), KINDS[kind].many, counts.nodes[kind], (hide) => hideKind(kind, hide));
    }),
    ...tones.map((tone) => {
      const line = element("span", { class: `line ${tone}`, "aria-hidden": "true" });
      return toggle({ "data-tone": tone }, line, MEETINGS[tone], met(tone), (hide) => hideTone(tone, hide));
    }),
  );
}

function toggle(data, sign, name, total, hide) {
  const pressed = (event) => {
    const button = event.currentTarget;
    const hidden = button.getAttribute("aria-pressed") === "true";
    button.setAttribute("aria-pressed", String(!hidden));
    hide(hidden);
  };
  const title = `Show or hide ${name.toLowerCase()}`;
  return element("button", { type: "button", class: "toggle", "aria-pressed": "true", title, ...data, onclick: pressed }, sign, element("span", {}, name), element("small", {}, String(total)));
}
