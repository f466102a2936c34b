// Oxigraph in a worker of its own: a query that never ends is ended with the worker, and the page never waits.

const LONGEST = 60; // seconds for a query, before it is stopped

let carried = null;
let worker = null;
let running = null;

/** What the page carries for the console (page/console.py), or null where it was built without. */
export function carriedConsole() {
  const text = document.getElementById("console").textContent;
  carried ??= text ? JSON.parse(text) : null;
  return carried;
}

/** The answer of one query as console-worker.js gives it; rejects with an Error in words. Starts the worker where none is. */
export async function ask(query, told) {
  if (!worker) {
    told("Starting: the graph is read once …");
    await started();
  }
  told("Running …");
  const timer = setTimeout(() => stop(`It ran for ${LONGEST} seconds and was stopped. Ask for less, for instance with LIMIT.`), LONGEST * 1000);
  try {
    return await sent({ query: withPrefixes(query) });
  } finally {
    clearTimeout(timer);
  }
}

/** Ends what runs; the next query starts a worker anew. */
export function stop(words = "Stopped.") {
  worker?.terminate();
  worker = null;
  running?.reject(new Error(words));
  running = null;
}

async function started() {
  const { script, worker: own, wasm, graph } = carriedConsole();
  const source = new Blob([asClassic(await unpackedText(script)), own], { type: "text/javascript" });
  const address = URL.createObjectURL(source);
  worker = new Worker(address);
  worker.onmessage = ({ data }) => settle(data);
  worker.onerror = (event) => stop(`The console could not be started: ${event.message || "this browser runs no WebAssembly here"}.`);
  try {
    await sent({ wasm: bytesOf(wasm), graph: bytesOf(graph) });
  } catch (error) {
    stop();
    throw error;
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** A module as a script without exports: from a file no browser starts a worker that is a module. */
function asClassic(source) {
  return source.replace(/^export (?=class|function)/gm, "").replace(/^export \{[^}]*\};?$/gm, "").replaceAll("import.meta.url", "undefined");
}

/** What the worker answers to this. */
function sent(message) {
  return new Promise((resolve, reject) => {
    running = { resolve, reject };
    worker.postMessage(message);
  });
}

function settle(answer) {
  const waiting = running;
  running = null;
  if (answer.error) waiting?.reject(new Error(answer.error));
  else waiting?.resolve(answer);
}

/** The prefixes of the graph before the query, on its first line: the lines of errors stay those that the reader sees. */
function withPrefixes(query) {
  return Object.entries(carriedConsole().prefixes).map(([name, iri]) => `PREFIX ${name}: <${iri}> `).join("") + query;
}

function bytesOf(words) {
  const characters = atob(words);
  const bytes = new Uint8Array(characters.length);
  for (let index = 0; index < characters.length; index += 1) bytes[index] = characters.charCodeAt(index);
  return bytes;
}

function unpackedText(words) {
  return new Response(new Blob([bytesOf(words)]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
}
