// Elements. Everything that came out of an article stays text: it is put into the page with createTextNode only, never
// as markup.

import { KINDS } from "./kinds.js";
import { hollow } from "./data.js";

/** An element with text and elements inside; text never becomes markup. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

/** The little shape of a kind, as it is drawn in the network. */
export function icon(node) {
  const kind = typeof node === "string" ? node : node.kind;
  const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  drawing.setAttribute("viewBox", "-12 -12 24 24");
  drawing.setAttribute("class", `icon ${kind}${hollow(node) ? " hollow" : ""}`);
  drawing.setAttribute("aria-hidden", "true");
  path.setAttribute("d", KINDS[kind].path);
  drawing.append(path);
  return drawing;
}

/** A link into the web, only where the address is one; nothing is fetched until somebody follows it. */
export function webLink(address, words) {
  if (!/^https?:\/\//i.test(address || "")) return "";
  return element("a", { href: address, rel: "noopener noreferrer", target: "_blank" }, words);
}

/** What does `task` with the next frame, once for all who asked before it. */
export function onceAFrame(task) {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      task();
    });
  };
}
