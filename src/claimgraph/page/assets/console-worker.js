// Stands behind Oxigraph's own script in one worker: reads the page's graph once, then answers one query at a time.
//
//   in   { wasm, graph } bytes packed by gzip, once; then { query }
//   out  { size } quads read; { variables, rows } or { truth } of a query; { error } in Oxigraph's words

let graphStore = null;

async function unpacked(bytes) {
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}

async function readGraph({ wasm, graph }) {
  initSync({ module: await unpacked(wasm) });
  graphStore = new Store();
  graphStore.load(new Uint8Array(await unpacked(graph)), { format: "application/trig", lenient: true, no_transaction: true });
  return { size: graphStore.size };
}

function answerTo(query) {
  const asked = { use_default_graph_as_union: true };
  const form = /^(?:\s|#.*|PREFIX\s+\S*\s*<[^>]*>|BASE\s*<[^>]*>)*(\w+)/i.exec(query)?.[1].toUpperCase();
  if (form !== "CONSTRUCT" && form !== "DESCRIBE") {
    const { head, results, boolean } = JSON.parse(graphStore.query(query, { ...asked, results_format: "json" }));
    return results ? { variables: head.vars, rows: results.bindings } : { truth: boolean };
  }
  const variables = ["subject", "predicate", "object"];
  const cell = ({ termType, value }) => ({ type: termType === "NamedNode" ? "uri" : "literal", value });
  return { variables, rows: graphStore.query(query, asked).map((quad) => Object.fromEntries(variables.map((name) => [name, cell(quad[name])]))) };
}

self.addEventListener("message", async ({ data }) => {
  try {
    self.postMessage(data.wasm ? await readGraph(data) : answerTo(data.query));
  } catch (error) {
    self.postMessage({ error: String(error?.message ?? error) });
  }
});
