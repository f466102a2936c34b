// Moving and zooming of a picture: wheel, drag, two fingers, keys.

const SLACK = 4; // pixels that a hand may move and still mean a click
const STEP = 60; // pixels for one press of an arrow
const ZOOM = 1.4; // for one press of plus or a button

/** Tells `moved(dx, dy)` and `zoomed(factor, x, y)` in pixels of `surface`, and `fitted()` when all shall be seen. */
export function startGestures(surface, told) {
  const pointers = new Map();
  surface.addEventListener("wheel", (event) => turned(surface, event, told), { passive: false });
  surface.addEventListener("keydown", (event) => pressed(surface, event, told));
  startDrags(surface, pointers, told);
}

/** Buttons that do the same. */
export function zoomButtons(element, surface, told) {
  const middle = () => [surface.clientWidth / 2, surface.clientHeight / 2];
  const button = (sign, label, onclick) => element("button", { type: "button", "aria-label": label, title: label, onclick }, sign);
  return element(
    "div",
    { class: "zoom" },
    button("+", "Zoom in", () => told.zoomed(ZOOM, ...middle())),
    button("−", "Zoom out", () => told.zoomed(1 / ZOOM, ...middle())),
    button("⤢", "Show all", told.fitted),
  );
}

function turned(surface, event, { moved, zoomed }) {
  event.preventDefault();
  const unit = event.deltaMode === 1 ? 16 : 1;
  if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) return moved(-event.deltaX * unit, 0);
  if (event.shiftKey) return moved(-event.deltaY * unit, 0);
  const box = surface.getBoundingClientRect();
  return zoomed(Math.exp(-Math.max(-200, Math.min(200, event.deltaY * unit)) * 0.002), event.clientX - box.left, event.clientY - box.top);
}

function pressed(surface, event, { moved, zoomed, fitted }) {
  if (event.target !== surface || event.ctrlKey || event.metaKey || event.altKey) return;
  const middle = [surface.clientWidth / 2, surface.clientHeight / 2];
  const keys = {
    ArrowLeft: () => moved(STEP, 0), ArrowRight: () => moved(-STEP, 0), ArrowUp: () => moved(0, STEP), ArrowDown: () => moved(0, -STEP),
    "+": () => zoomed(ZOOM, ...middle), "=": () => zoomed(ZOOM, ...middle), "-": () => zoomed(1 / ZOOM, ...middle), 0: fitted, Home: fitted,
  };
  if (!keys[event.key]) return;
  event.preventDefault();
  keys[event.key]();
}

function startDrags(surface, pointers, { moved, zoomed }) {
  let dragged = false;
  surface.addEventListener("pointerdown", (event) => {
    if (event.button > 0) return;
    if (!pointers.size) dragged = false;
    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY, travelled: 0 });
  });
  surface.addEventListener("pointermove", (event) => {
    const last = pointers.get(event.pointerId);
    if (!last) return;
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    const now = { x: event.clientX, y: event.clientY, travelled: last.travelled + Math.hypot(event.clientX - last.x, event.clientY - last.y) };
    pointers.set(event.pointerId, now);
    if (now.travelled <= SLACK) return;
    if (!dragged) surface.setPointerCapture(event.pointerId);
    dragged = true;
    if (other) pinched(surface, last, now, other, zoomed);
    else moved(now.x - last.x, now.y - last.y);
  });
  for (const end of ["pointerup", "pointercancel", "lostpointercapture"]) surface.addEventListener(end, (event) => pointers.delete(event.pointerId));
  surface.addEventListener("pointerleave", (event) => { if (!surface.hasPointerCapture(event.pointerId)) pointers.delete(event.pointerId); });
  surface.addEventListener("click", (event) => { if (dragged) event.stopPropagation(); dragged = false; }, true);
}

function pinched(surface, last, now, other, zoomed) {
  const box = surface.getBoundingClientRect();
  const apart = (one) => Math.max(20, Math.hypot(one.x - other.x, one.y - other.y));
  zoomed(apart(now) / apart(last), (now.x + other.x) / 2 - box.left, (now.y + other.y) / 2 - box.top);
}
