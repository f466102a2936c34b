// A canvas whose strokes become SVG: whoever draws on it as on a 2D context leaves elements behind, not pixels.

const SVG = "http://www.w3.org/2000/svg";
const round = (number) => Math.round(number * 100) / 100;

/** An SVG element; `drawing` is none of the page's own and takes no listeners. */
function made(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== null && value !== undefined && value !== "") element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** A path that knows its own commands; stands in for Path2D while something is recorded. */
export class RecordedPath {
  d = "";

  moveTo(x, y) { this.d += `M${round(x)} ${round(y)}`; }
  lineTo(x, y) { this.d += `${this.d ? "L" : "M"}${round(x)} ${round(y)}`; }
  quadraticCurveTo(...at) { this.d += `Q${at.map(round).join(" ")}`; }
  bezierCurveTo(...at) { this.d += `C${at.map(round).join(" ")}`; }
  closePath() { if (this.d) this.d += "Z"; }
  rect(x, y, width, height) { this.d += `M${round(x)} ${round(y)}h${round(width)}v${round(height)}h${round(-width)}Z`; }

  /** As two arcs where it is a whole circle, which one arc cannot be. */
  arc(x, y, radius, from, to, backwards = false) {
    const whole = Math.abs(to - from) >= 2 * Math.PI - 1e-9;
    const end = whole ? from + Math.PI : to;
    const point = (angle) => `${round(x + radius * Math.cos(angle))} ${round(y + radius * Math.sin(angle))}`;
    const large = !whole && Math.abs(to - from) > Math.PI ? 1 : 0;
    const turn = (angle) => `A${round(radius)} ${round(radius)} 0 ${large} ${backwards ? 0 : 1} ${point(angle)}`;
    this.d += `${this.d && !whole ? "L" : "M"}${point(from)}${turn(end)}${whole ? `${turn(from)}Z` : ""}`;
  }
}

/** A colour as SVG 1.1 has it: its transparency apart. */
function paint(name, colour) {
  const [, channels, alpha] = /^rgba\(([^)]*),\s*([\d.]+)\)$/.exec(colour) ?? [];
  return channels ? { [name]: `rgb(${channels})`, [`${name}-opacity`]: alpha } : { [name]: colour };
}

/** What is saved and restored, as the 2D context has it. */
const FRESH = { matrix: [1, 0, 0, 1, 0, 0], fillStyle: "#000", strokeStyle: "#000", lineWidth: 1, globalAlpha: 1, font: "10px sans-serif", textAlign: "start", textBaseline: "alphabetic", lineJoin: "miter", dash: [] };

/** A 2D context that draws into an SVG of this size. What SVG needs not (shadows, clearing) is passed over. */
export class SvgContext extends RecordedPath {
  #stack = [];
  #size;
  #brush = document.createElement("canvas").getContext("2d");

  constructor(width, height) {
    super();
    this.#size = { width, height };
    this.root = made("svg", { xmlns: SVG, width, height, viewBox: `0 0 ${width} ${height}` });
    this.reset();
  }

  reset() { Object.assign(this, FRESH); }
  save() { this.#stack.push(Object.fromEntries(Object.keys(FRESH).map((name) => [name, this[name]]))); }
  restore() { Object.assign(this, this.#stack.pop()); }
  setTransform() { this.matrix = FRESH.matrix; }
  resetTransform() { this.matrix = FRESH.matrix; }
  clearRect() {}
  clip() {}
  setLineDash(dash) { this.dash = dash; }
  getLineDash() { return this.dash; }
  beginPath() { this.d = ""; }
  ellipse(x, y, width, height, turn, from, to) { this.arc(x, y, Math.max(width, height), from, to); }

  translate(x, y) {
    const [a, b, c, d, e, f] = this.matrix;
    this.matrix = [a, b, c, d, a * x + c * y + e, b * x + d * y + f];
  }

  scale(x, y) {
    const [a, b, c, d, e, f] = this.matrix;
    this.matrix = [a * x, b * x, c * y, d * y, e, f];
  }

  rotate(angle) {
    const [a, b, c, d, e, f] = this.matrix;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    this.matrix = [a * cos + c * sin, b * cos + d * sin, c * cos - a * sin, d * cos - b * sin, e, f];
  }

  fill(path) { this.#shape(path?.d ?? this.d, paint("fill", this.fillStyle)); }
  stroke(path) { this.#shape(path?.d ?? this.d, { fill: "none", ...this.#line() }); }
  fillRect(...box) { this.#box(box, paint("fill", this.fillStyle)); }
  strokeRect(...box) { this.#box(box, { fill: "none", ...this.#line() }); }

  measureText(words) {
    this.#brush.font = this.font;
    return this.#brush.measureText(words);
  }

  /** The outline of words; when the same words are filled next, both are one element. */
  strokeText(words, x, y) { this.#words(words, x, y, { fill: "none", ...this.#line() }); }

  fillText(words, x, y) {
    const last = this.#layer().lastChild;
    if (last?.tagName !== "text" || last.textContent !== words || last.getAttribute("fill") !== "none") return this.#words(words, x, y, paint("fill", this.fillStyle));
    for (const [name, value] of Object.entries({ ...paint("fill", this.fillStyle), "paint-order": "stroke" })) last.setAttribute(name, value);
  }

  #box([x, y, width, height], look) {
    const path = new RecordedPath();
    path.rect(x, y, width, height);
    this.#shape(path.d, look);
  }

  #shape(d, look) {
    if (d) this.#layer().append(made("path", { d, opacity: this.#opacity(), ...look }));
  }

  #words(words, x, y, look) {
    const [, italic, weight, size, family] = /^(italic )?(?:(bold|\d00) )?(?:italic )?([\d.e-]+)px (.*)$/.exec(this.font.replace(/^(\d00|bold) italic /, "italic $1 ")) ?? [];
    const middle = this.textBaseline === "middle" ? "central" : "";
    const anchor = { center: "middle", right: "end", end: "end" }[this.textAlign] ?? "";
    const type = { "font-family": family, "font-size": size && round(Number(size)), "font-weight": weight, "font-style": italic && "italic" };
    this.#layer().append(made("text", { x: round(x), y: round(y), opacity: this.#opacity(), "text-anchor": anchor, "dominant-baseline": middle, ...type, ...look }, words));
  }

  #line() {
    const join = this.lineJoin === "miter" ? "" : this.lineJoin;
    return { ...paint("stroke", this.strokeStyle), "stroke-width": round(this.lineWidth), "stroke-linejoin": join, "stroke-dasharray": this.dash.map(round).join(" ") };
  }

  #opacity() { return this.globalAlpha < 1 ? this.globalAlpha : ""; }

  /** The group of what was drawn last, where the transform is still the same; else a new one. */
  #layer() {
    const [a, b, c, d, e, f] = this.matrix;
    const transform = this.matrix === FRESH.matrix ? "" : `matrix(${[a, b, c, d].map((number) => Math.round(number * 1e4) / 1e4).join(" ")} ${round(e)} ${round(f)})`;
    const last = this.root.lastChild;
    if (last?.tagName === "g" && (last.getAttribute("transform") ?? "") === transform) return last;
    this.root.append(made("g", { transform }));
    return this.root.lastChild;
  }
}
