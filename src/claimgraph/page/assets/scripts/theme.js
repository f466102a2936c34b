// Light or dark as the system is, until somebody chooses here.

import { KINDS } from "./kinds.js";
import { remember, remembered } from "./memory.js";
import { tell } from "./state.js";

/** The colours of page.css for whoever draws on a canvas, so that there is one place for both themes. */
export const colours = {};

export function startTheme() {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const button = document.getElementById("theme");
  const apply = () => {
    const theme = remembered("theme") ?? (system.matches ? "dark" : "light");
    document.documentElement.dataset.theme = theme;
    button.setAttribute("aria-pressed", String(theme === "dark"));
    readColours();
    tell("theme");
  };
  button.addEventListener("click", () => {
    remember("theme", document.documentElement.dataset.theme === "dark" ? "light" : "dark");
    apply();
  });
  system.addEventListener("change", apply);
  apply();
}

function readColours() {
  const style = getComputedStyle(document.documentElement);
  const names = [...Object.keys(KINDS), "paper", "panel", "ink", "muted", "line", "soft", "accent", "plain", "agree", "against", ...Array.from({ length: 8 }, (_, index) => `group-${index + 1}`)];
  for (const name of names) colours[name] = style.getPropertyValue(`--${name}`).trim();
}
