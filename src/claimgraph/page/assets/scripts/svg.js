// Drawings. Words from articles become text nodes here too, never markup.

import { KINDS } from "./kinds.js";

/** An SVG element with attributes and children; text never becomes markup. */
export function drawn(tag, attributes = {}, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

/** The shape of a kind at a place; its own size is 24. */
export function shape(kind, x, y, scale) {
  return drawn("path", { d: KINDS[kind].path, transform: `translate(${round(x)} ${round(y)}) scale(${scale})` });
}

export const round = (number) => Math.round(number * 10) / 10;

const brush = document.createElement("canvas").getContext("2d");
let face = "";
const LONGEST = 80; // characters of a label that are looked at

/** How wide words are drawn, in pixels, in the page's plain face. */
export function lengthIn(words, size) {
  face ||= getComputedStyle(document.body).fontFamily;
  brush.font = `${size}px ${face}`;
  return brush.measureText(words).width;
}

/** As much of the words as fits into so many pixels, with "…" where something is left out. */
export function fitting(words, room, size) {
  const all = Array.from(words.slice(0, 2 * LONGEST));
  const cut = all.slice(0, LONGEST).join("");
  if (all.length <= LONGEST && words.length <= 2 * LONGEST && lengthIn(cut, size) <= room) return cut;
  let [low, high] = [0, Math.min(all.length, LONGEST)];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (lengthIn(`${all.slice(0, middle).join("")}…`, size) <= room) low = middle;
    else high = middle - 1;
  }
  return low ? `${all.slice(0, low).join("").trimEnd()}…` : "";
}
