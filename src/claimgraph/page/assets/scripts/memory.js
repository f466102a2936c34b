// Choices of the reader that outlast the page, where the browser keeps anything for it.

const kept = {}; // a page opened as a file may have no storage; then a choice lasts as long as the page

export function remember(name, value) {
  kept[name] = value;
  try {
    localStorage.setItem(`claimgraph-${name}`, value);
  } catch {
    // kept here alone
  }
}

export function remembered(name) {
  try {
    return kept[name] ?? localStorage.getItem(`claimgraph-${name}`);
  } catch {
    return kept[name] ?? null;
  }
}
