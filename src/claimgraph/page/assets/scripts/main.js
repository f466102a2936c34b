// The page, part by part. `claimgraph` is what other scripts and the browser's console may use.

import { startAddress } from "./address.js";
import { claimBoard } from "./board.js";
import { consoleViews } from "./console.js";
import { articles, links, nodes, whole } from "./data.js";
import { startEvidence } from "./evidence.js";
import { figureTable } from "./figures.js";
import { startFilterPanel } from "./filterpanel.js";
import { filtersAsObject, setFilters, shows } from "./filters.js";
import { startKeyboard } from "./keyboard.js";
import { startLegend } from "./legend.js";
import { startList } from "./list.js";
import { mapView } from "./map.js";
import { measuresView } from "./measures.js";
import { remember, remembered } from "./memory.js";
import { drawing, startNetwork } from "./network.js";
import { startOut } from "./out.js";
import { showEverything, startOverview } from "./overview.js";
import { startOutstanding } from "./outstanding.js";
import { startReader } from "./reader.js";
import { startSearch } from "./search.js";
import { choose, chooseLink, leave, state } from "./state.js";
import { startStatus } from "./status.js";
import { colours, startTheme } from "./theme.js";
import { timelineView } from "./timeline.js";
import { startTools } from "./tools.js";
import { startUndo } from "./undo.js";
import { openView, startViews } from "./views.js";

function startHint() {
  const hint = document.getElementById("hint");
  hint.hidden = remembered("hint") === "read";
  hint.querySelector("button").addEventListener("click", () => {
    hint.hidden = true;
    remember("hint", "read");
  });
}

function startKeys() {
  const reader = document.getElementById("article");
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches?.("input, textarea, select");
    if (event.key === "Escape" && !reader.open) leave();
    else if (event.key === "/" && !typing && !reader.open) {
      event.preventDefault();
      document.getElementById("search").focus();
    }
  });
}

startTheme();
startLegend();
startNetwork();
startKeyboard();
startTools();
startUndo();
startStatus();
startEvidence();
startReader();
startOut();
startViews([{ name: "network", label: "Network" }, claimBoard, figureTable, timelineView, mapView, measuresView, ...consoleViews]);
startFilterPanel();
startOverview();
startOutstanding();
startList();
startSearch();
startHint();
startKeys();
startAddress();
window.claimgraph = { nodes, links, articles, whole, state, choose, chooseLink, leave, openView, drawing, colours, filtersAsObject, setFilters, shows, showEverything };
