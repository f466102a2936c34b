// Which nodes and links are to be seen, in every view.

import { nodes } from "./data.js";
import { LINKS } from "./kinds.js";
import { tell } from "./state.js";

const hidden = { kinds: new Set(), tones: new Set() };

/** Whether a node passes all filters. */
export function shows(node) {
  return !hidden.kinds.has(node.kind);
}

/** Whether a link and both its ends do. */
export function showsLink(link) {
  return !hidden.tones.has(LINKS[link.type]?.tone ?? "plain") && shows(nodes.get(link.from)) && shows(nodes.get(link.to));
}

export function hideKind(kind, hide) {
  set(hidden.kinds, kind, hide);
}

export function hideTone(tone, hide) {
  set(hidden.tones, tone, hide);
}

function set(filter, value, hide) {
  if (hide) filter.add(value);
  else filter.delete(value);
  tell("filters");
}
