// Small plots, drawn as SVG: one row of a dot plot with bounds, one bar of several parts.

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 132;
const HEIGHT = 16;
const EDGE = 6; // room for a dot or an arrow at each end

function shape(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, String(value));
  return made;
}

/** A plot that only repeats what the words beside it say. */
function picture(width, height, kind, ...parts) {
  const drawing = shape("svg", { viewBox: `0 0 ${width} ${height}`, class: `plot ${kind}`, width, height, "aria-hidden": "true", focusable: "false" });
  drawing.append(...parts);
  return drawing;
}

/** { least, most, at } of values: from nought on a line, or by powers of ten where they lie further apart than 1 to 100. */
export function scaleOf(values) {
  const finite = values.filter(Number.isFinite);
  const [least, most] = [Math.min(...finite), Math.max(...finite)];
  const powers = least > 0 && most / least > 100;
  const [from, to] = powers ? [Math.log10(least), Math.log10(most)] : [Math.min(0, least), Math.max(0, most)];
  const share = (value) => (to > from ? ((powers ? Math.log10(Math.max(value, least)) : value) - from) / (to - from) : 0.5);
  return { least: powers ? least : from, most, powers, at: (value) => Math.round((EDGE + share(value) * (WIDTH - 2 * EDGE)) * 10) / 10 };
}

/** A value with its bounds on a scale that other rows share: a dot, a bar between two ends, or an arrow where it is open. */
export function dot(low, high, scale) {
  const middle = HEIGHT / 2;
  const parts = [shape("line", { class: "axis", x1: EDGE, x2: WIDTH - EDGE, y1: middle, y2: middle })];
  const [from, to] = [Number.isFinite(low) ? scale.at(low) : 1, Number.isFinite(high) ? scale.at(high) : WIDTH - 1];
  if (from !== to) parts.push(shape("line", { class: "reach", x1: from, x2: to, y1: middle, y2: middle }));
  if (!Number.isFinite(high)) parts.push(shape("path", { class: "arrow", d: `M${WIDTH - 5} ${middle - 4}L${WIDTH - 1} ${middle}L${WIDTH - 5} ${middle + 4}` }));
  if (!Number.isFinite(low)) parts.push(shape("path", { class: "arrow", d: `M5 ${middle - 4}L1 ${middle}L5 ${middle + 4}` }));
  for (const end of new Set([low, high].filter(Number.isFinite))) parts.push(shape("circle", { class: Number.isFinite(low) && Number.isFinite(high) ? "end" : "end open", cx: scale.at(end), cy: middle, r: 3.5 }));
  return picture(WIDTH, HEIGHT, "dots", ...parts);
}

/** A bar of parts, each { share, kind }, as shares of the whole width. */
export function bar(parts, width = 200) {
  let x = 0;
  const drawn = parts.map(({ share, kind }) => {
    const made = shape("rect", { class: kind, x: Math.round(x * width * 10) / 10, y: 1, width: Math.round(share * width * 10) / 10, height: HEIGHT - 6 });
    x += share;
    return made;
  });
  return picture(width, HEIGHT - 4, "shares", ...drawn);
}
