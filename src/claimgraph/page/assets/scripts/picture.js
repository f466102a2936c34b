// The network as a picture: what the canvas shows now, as SVG or as PNG.

import { RecordedPath, SvgContext } from "./drawing.js";
import { drawing } from "./network.js";
import { colours } from "./theme.js";

/** The network as it is seen, as the text of an SVG file: its own drawing, on a canvas that keeps strokes. */
export function asSvg(title) {
  const canvas = drawing();
  const { frame } = canvas.canvas;
  const { clientWidth: width, clientHeight: height } = frame.canvas;
  const recorder = new SvgContext(width, height);
  recorder.fillStyle = colours.paper;
  recorder.fillRect(0, 0, width, height);
  recorder.reset();
  withContext(frame.canvas, recorder, () => canvas.redraw());
  const name = document.createElementNS("http://www.w3.org/2000/svg", "title");
  name.textContent = title;
  recorder.root.prepend(name);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(recorder.root)}\n`;
}

/** `draw` draws on `context` in the place of the canvas's own. */
function withContext(canvas, context, draw) {
  const path = window.Path2D;
  canvas.getContext = () => context; // hides the one of its class
  window.Path2D = RecordedPath;
  try {
    draw();
  } finally {
    delete canvas.getContext;
    window.Path2D = path;
  }
}

/** The same as a PNG with `density` pixels for each of the screen's. */
export async function asPng(title, density = 2) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(asSvg(title))}`;
  await image.decode();
  const sheet = document.createElement("canvas");
  sheet.width = image.naturalWidth * density;
  sheet.height = image.naturalHeight * density;
  sheet.getContext("2d").drawImage(image, 0, 0, sheet.width, sheet.height);
  return new Promise((resolve) => { sheet.toBlob(resolve, "image/png"); });
}
