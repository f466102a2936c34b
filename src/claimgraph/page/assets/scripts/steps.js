// Long lists in steps, and lists through which the arrow keys lead.

import { element } from "./dom.js";
import { count } from "./words.js";

export const STEP = 50;

/**
 * Fills `container` with what `make` makes of the first items, and a button for the next ones; what `make` has put into
 * its place already stays there.
 */
export function inSteps(container, items, make, { one, many, step = STEP, first = step, after = () => {} } = {}) {
  let shown = 0;
  const more = element("button", { class: "more", type: "button", onclick: () => next(true) });
  container.append(more);
  const next = (asked) => {
    const made = items.slice(shown, asked ? shown + step : first).map(make);
    shown = asked ? shown + step : first;
    more.before(...made.filter((one) => !one.parentNode));
    more.hidden = shown >= items.length;
    more.replaceChildren(`Show ${Math.min(step, items.length - shown)} more of ${count(items.length, one, many)}`);
    after();
    if (asked) (made[0].matches("button") ? made[0] : made[0].querySelector("button"))?.focus();
  };
  next(false);
}

/**
 * Makes the elements of `container` that match `selector` one stop of the Tab key: arrows, Home and End move among them.
 * Gives a function to call when there are others.
 */
export function withArrows(container, selector) {
  const rows = () => [...container.querySelectorAll(selector)].filter((row) => row.offsetParent !== null);
  const stopAt = (stop) => { for (const row of rows()) row.tabIndex = row === stop ? 0 : -1; };
  container.addEventListener("focusin", (event) => { if (event.target.matches(selector)) stopAt(event.target); });
  container.addEventListener("keydown", (event) => {
    const all = rows();
    const at = all.indexOf(event.target);
    const step = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1, PageDown: at + 10, PageUp: at - 10 }[event.key];
    if (at < 0 || step === undefined) return;
    all[Math.max(0, Math.min(all.length - 1, step))].focus();
    event.preventDefault();
  });
  return () => stopAt(rows().find((row) => row.tabIndex === 0 && row === document.activeElement) ?? rows()[0]);
}
