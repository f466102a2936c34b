// Copying, also where the browser does not lend its clipboard to a page: then the words stand there, selected.

import { element } from "./dom.js";

/** A button that copies what `words()` gives and says that it did. */
export function copyButton(label, words) {
  return element("button", { type: "button", class: "link copy", onclick: (event) => copyFrom(event.currentTarget, words()) }, label);
}

async function copyFrom(button, words) {
  const done = (await toClipboard(words)) || bySelection(words);
  if (done) tell(button, "Copied");
  else offer(button, words);
}

async function toClipboard(words) {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    return false; // refused, or none in a page that was opened as a file
  }
}

/** The older way: what is selected goes to the clipboard. */
function bySelection(words) {
  const box = element("textarea", { class: "unseen", readonly: true });
  box.value = words;
  const before = document.activeElement;
  (before?.closest("dialog") ?? document.body).append(box);
  box.select();
  let done = false;
  try {
    done = document.execCommand("copy");
  } catch {
    done = false;
  }
  box.remove();
  before?.focus();
  return done;
}

/** Where nothing lets a page copy: the words, selected, for Ctrl+C. */
function offer(button, words) {
  const row = button.closest(".copies") ?? button.parentElement;
  row.querySelector(".copy-words")?.remove();
  const box = element("textarea", { class: "copy-words", readonly: true, rows: 4, "aria-label": "Press Ctrl+C to copy" });
  box.value = words;
  row.append(box);
  box.focus();
  box.select();
  tell(button, "Press Ctrl+C");
}

function tell(button, words) {
  const row = button.closest(".copies") ?? button.parentElement;
  let said = row.querySelector("[role=status]");
  if (!said) row.append((said = element("span", { role: "status", class: "copied" })));
  said.textContent = words;
}
