// Tables as files that a spreadsheet opens.

import { element } from "./dom.js";

const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/; // what Excel, LibreOffice and Google Sheets take for one

/** One cell: numbers as they are, words in quotation marks, never a formula. */
function cell(value) {
  if (typeof value === "number") return String(value);
  const words = String(value ?? "");
  return `"${(FORMULA.test(words.trimStart()) || FORMULA.test(words) ? `'${words}` : words).replaceAll('"', '""')}"`;
}

/** Rows as comma-separated values (RFC 4180), with the mark by which Excel knows UTF-8. */
export const asCsv = (rows) => `\ufeff${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;

/** A button that saves the table that `rows` gives when it is pressed. */
export function saveButton(words, name, rows) {
  return element("button", { class: "quiet", type: "button", onclick: () => save(name, asCsv(rows()), "text/csv") }, words);
}

/** Words or a Blob as a file among the reader's downloads; also from a page that was opened as a file. */
export function save(name, content, type) {
  const blob = content instanceof Blob ? content : new Blob([content], { type: `${type};charset=utf-8` });
  const address = URL.createObjectURL(blob);
  element("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
