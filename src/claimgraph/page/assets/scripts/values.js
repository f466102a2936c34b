// Figures: as the article writes them, and as the values that they are.

import { element } from "./dom.js";
import { days } from "./words.js";

const SIGNS = { ">": "> ", ">=": "≥ ", "<": "< ", "<=": "≤ ", "~": "≈ " };

const asNumber = (value) => value.toLocaleString("en", { maximumFractionDigits: 6 });

/** The number with its bounds: "> 1,800,000", "20 to 30", "10 ×"; nothing where the figure has no number. */
function bounds({ value, lower, upper, comparator }) {
  if (typeof value !== "number") return "";
  if (typeof lower === "number" && typeof upper === "number" && lower !== upper) return `${asNumber(lower)} to ${asNumber(upper)}`;
  if (comparator === "x") return `${asNumber(value)} ×`;
  return `${SIGNS[comparator] ?? ""}${asNumber(value)}`;
}

function unitOf({ unit, of, value, comparator }) {
  const counted = unit === "count" || !unit;
  if (comparator === "x") return "";
  if (unit === "percent") return `%${of ? ` of ${of}` : ""}`;
  if (counted) return of ? ` ${of}` : "";
  const name = unit.replaceAll("-", " ");
  const plural = /^[A-Z]{3}$/.test(name) || value === 1 || /(?:s|z|°)$/.test(name) ? name : `${name}s`;
  return ` ${plural}${of ? ` of ${of}` : ""}`;
}

/** A figure as a typed value: "> 1,800,000 fentanyl pills", "86.3% of traffickers", "≥ 150 people per day". */
export function typedValue(quantity) {
  const number = bounds(quantity);
  if (!number) return "";
  const per = quantity.per ? ` per ${quantity.per}` : "";
  return `${number}${unitOf(quantity)}${per}${quantity.than ? ` ${quantity.comparator === "x" ? "" : "than "}${quantity.than}` : ""}`;
}

/** What the figure is of in time: "in 2021", with the days that this means. */
function periodOf({ period, earliest, latest }) {
  if (!period && !earliest) return null;
  const meant = earliest ? days(earliest, latest) : "";
  return element("small", {}, [period, meant && meant !== period ? meant : ""].filter(Boolean).join(": "));
}

/** The figures of a claim or an event, one row each; where the page has no values, their words alone. */
export function figuresOf(node) {
  const quantities = node.quantities ?? [];
  if (!quantities.length) return (node.figures ?? []).map((figure) => element("span", { class: "figure" }, figure));
  const rows = quantities.map((quantity, index) =>
    element("tr", {}, element("td", { class: "as-written", dir: "auto" }, quantity.text ?? node.figures?.[index] ?? ""), element("td", { class: "figure" }, typedValue(quantity) || element("small", {}, "no number"), periodOf(quantity))),
  );
  const head = element("tr", {}, element("th", { scope: "col" }, "In the article"), element("th", { scope: "col" }, "As a value"));
  return element("table", { class: "figures" }, element("thead", {}, head), element("tbody", {}, rows));
}
