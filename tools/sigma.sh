#!/bin/sh
# Makes the script of sigma.js 3 with which benchmarks/page.py compares the overview: `tools/sigma.sh FILE`. Needs npm.
set -eu
target=$(realpath "$1")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit --no-save sigma@3.0.3 graphology@0.26.0 esbuild@0.25.12 >/dev/null
cat >main.js <<'JS'
import { MultiDirectedGraph } from "graphology";
import Sigma from "sigma";
const { nodes, edges } = JSON.parse(document.getElementById("data").textContent);
const graph = new MultiDirectedGraph();
for (const [id, x, y, label, color, size] of nodes) graph.addNode(id, { x, y: -y, label, color, size });
for (const [from, to] of edges) graph.addEdge(from, to, { size: 0.5, color: "#cccccc" });
window.renderer = new Sigma(graph, document.getElementById("stage"));
JS
npx esbuild main.js --bundle --minify --format=iife --outfile=bundle.js --log-level=error
mv bundle.js "$target"
