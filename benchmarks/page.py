"""Prints how soon the network page can be used, beside plain pyvis 0.3.2 and sigma.js 3 with the same networks.

    make bench-page                                  medians of five openings of each page, in turn, in one Chromium
    .venv/bin/python benchmarks/page.py --runs 3 --quick      a shorter look, without pyvis as it comes, which takes minutes

Times are milliseconds from the beginning of the navigation. *Usable* is the third picture after the drawing is there: what
the reader does is answered. *Everything* is the third picture after all nodes and links are drawn; for our page with
everything asked for as soon as its script runs. *Memory* is the JavaScript heap after garbage collection, when all data is
there. *Longest task* is the longest time in which the tab answers nothing. pyvis asks a server for Bootstrap; here it is
refused at once. sigma.js comes from npm (tools/sigma.sh); WebGL is drawn by SwiftShader where no graphics card is. The
exit status is 1 where a figure is beyond its limit.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from math import inf
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from page_graphs import news, write_pyvis, write_sigma
from playwright.sync_api import sync_playwright

from claimgraph.page import write_page
from claimgraph.page.data import FIRST_VIEW
from claimgraph.page.multilevel import spread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import networkx as nx
    from playwright.sync_api import Browser

CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--disable-component-update", "--disable-sync"),
)
SIZES = {  # actors, claims
    "300 nodes": (75, 225),
    "1,000 nodes": (250, 750),
    "1,000 claims": (400, 1000),
    "5,000 nodes": (1250, 3750),
    "20,000 nodes (15,000 claims)": (5000, 15000),
}
PATIENCE = 180_000  # milliseconds for a page that places its nodes itself
# `there` says whether the drawing is there; three pictures later the page counts as usable.
WATCH = """
window.longest = 0;
window.whenUsable = new Promise((resolve) => { window.isUsable = resolve; setTimeout(resolve, PATIENCE, PATIENCE); });
new PerformanceObserver((list) => { for (const task of list.getEntries()) window.longest = Math.max(window.longest, task.duration); })
  .observe({ type: "longtask", buffered: true });
{
  let pictures = 0;
  const look = () => {
    if (THERE) pictures += 1;
    if (pictures === 3) window.isUsable(performance.now());
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
"""
DRAWN = "window.claimgraph?.drawing()"
EVERYTHING = "(window.asked ??= window.claimgraph?.showEverything().then(() => { window.everything = true; })) && window.everything"
PLACED = "window.network?.body"
SETTLED = "(window.heard ??= window.network?.once('stabilizationIterationsDone', () => { window.settled = true; }) ?? window.network) && window.settled"
RENDERED = "window.renderer"


class Look(NamedTuple):
    """A page, and what has to be there when it counts as usable."""

    path: Path
    there: str
    runs: int = 5


class Figures(NamedTuple):
    """What one opening took."""

    usable: float
    longest: float
    memory: float


def main() -> int:
    """1 where a limit is missed, else 0."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--runs", type=int, default=5, help="openings of each page")
    options.add_argument("--quick", action="store_true", help="leave out pyvis that places the nodes itself")
    asked = options.parse_args()
    runs = asked.runs
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        looks = {key: look for key, look in pages(Path(folder), runs) if not (asked.quick and look.there == SETTLED)}
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        measured = measure(browser, looks, runs)
        browser.close()
        sizes = {key: look.path.stat().st_size / 1e6 for key, look in looks.items()}
    show(measured, sizes)
    return check(measured, sizes)


def pages(folder: Path, runs: int) -> Iterator[tuple[tuple[str, str], Look]]:
    """The pages of each size, by size and kind."""
    script = folder / "sigma.js"
    subprocess.run([str(Path(__file__).parent.parent / "tools" / "sigma.sh"), str(script)], check=True)
    bundle = script.read_text(encoding="utf-8")
    for number, (size, (actors, claims)) in enumerate(SIZES.items()):
        network, articles = news(actors, claims)
        path = {kind: folder / f"{kind}-{number}.html" for kind in ("ours", "pyvis", "physics", "sigma")}
        began = time.process_time()
        write_page(network, articles, path["ours"])
        print(f"{size}: page written in {time.process_time() - began:.1f} s of processor time", flush=True)
        yield (size, "ours"), Look(path["ours"], DRAWN, runs)
        if len(network) > FIRST_VIEW:
            yield (size, "ours, everything"), Look(path["ours"], EVERYTHING, runs)
        places = placed(network)
        write_pyvis(network, places, path["pyvis"])
        yield (size, "pyvis, placed"), Look(path["pyvis"], PLACED, runs)
        write_sigma(network, places, bundle, path["sigma"])
        yield (size, "sigma"), Look(path["sigma"], RENDERED, runs)
        if size == "1,000 nodes":
            write_pyvis(network, None, path["physics"])
            yield (size, "pyvis as it comes"), Look(path["physics"], SETTLED, 1)  # takes minutes


def placed(network: nx.MultiDiGraph) -> dict[str, tuple[int, int]]:
    """The place of each node, as our page has it in the picture of everything."""
    numbers = {iri: number for number, iri in enumerate(sorted(network))}
    links = sorted((numbers[start], numbers[end]) for start, end in network.edges())
    return dict(zip(numbers, spread(len(numbers), links), strict=True))


def measure(browser: Browser, looks: dict[tuple[str, str], Look], runs: int) -> dict[tuple[str, str], Figures]:
    """The medians of each page; all pages are opened in turn, so that a busy machine is busy for all."""
    found: dict[tuple[str, str], list[Figures]] = defaultdict(list)
    for run in range(runs):
        for key, look in looks.items():
            if run < look.runs:
                found[key].append(opened(browser, look))
                print(".", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return {key: Figures(*(median(column) for column in zip(*rows, strict=True))) for key, rows in found.items()}


def opened(browser: Browser, look: Look) -> Figures:
    """What one opening of a page takes."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.route("http*://**", lambda route: route.abort())
    page.add_init_script(WATCH.replace("THERE", look.there).replace("PATIENCE", str(PATIENCE)))
    page.goto(look.path.as_uri(), wait_until="commit")
    usable = page.evaluate("window.whenUsable")
    page.evaluate("window.claimgraph?.whole")
    page.wait_for_timeout(200)
    longest = page.evaluate("window.longest")
    session = context.new_cdp_session(page)
    for _ in range(2):
        session.send("HeapProfiler.collectGarbage")
    memory = session.send("Runtime.getHeapUsage")["usedSize"] / 1e6
    context.close()
    return Figures(usable, longest, memory)


def show(measured: dict[tuple[str, str], Figures], sizes: dict[tuple[str, str], float]) -> None:
    """Nothing; the table is on standard output."""
    print(f"| network | page | usable, ms | longest task, ms | memory, MB | file, MB |\n|{'---|' * 6}")
    for (size, kind), figures in measured.items():
        print(
            f"| {size} | {kind} | {figures.usable:,.0f} | {figures.longest:,.0f} | {figures.memory:.1f} | {sizes[size, kind]:.2f} |"
        )


def check(measured: dict[tuple[str, str], Figures], sizes: dict[tuple[str, str], float]) -> int:
    """1 where a limit of the page is missed, else 0; each limit is a line."""
    small, thousand, claims, middle, large = SIZES
    usable = {key: figures.usable for key, figures in measured.items()}
    memory = {key: figures.memory for key, figures in measured.items()}
    limits: list[tuple[str, float, float, Callable[[float], str]]] = [
        (
            "300 nodes usable, beside pyvis with its layout given",
            usable[small, "ours"],
            usable[small, "pyvis, placed"],
            ms,
        ),
        (
            "1,000 nodes usable, 20 times sooner than pyvis as it comes",
            usable[thousand, "ours"] * 20,
            usable.get((thousand, "pyvis as it comes"), inf),
            ms,
        ),
        ("5,000 nodes usable, 1.5 times as late as 300", usable[middle, "ours"], usable[small, "ours"] * 1.5, ms),
        (
            "15,000 claims usable, 1.5 times as late as 300 nodes",
            usable[large, "ours"],
            usable[small, "ours"] * 1.5,
            ms,
        ),
        (
            "everything of 5,000 nodes, 1.3 times as late as sigma",
            usable[middle, "ours, everything"],
            usable[middle, "sigma"] * 1.3,
            ms,
        ),
        (
            "everything of 15,000 claims, 1.3 times as late as sigma",
            usable[large, "ours, everything"],
            usable[large, "sigma"] * 1.3,
            ms,
        ),
        (
            "longest task with everything of 20,000 nodes, beside sigma",
            measured[large, "ours, everything"].longest,
            measured[large, "sigma"].longest,
            ms,
        ),
        ("file of 1,000 claims, 3 MB", sizes[claims, "ours"], 3.0, mb),
        ("memory at 5,000 nodes, half of pyvis", memory[middle, "ours"], memory[middle, "pyvis, placed"] / 2, mb),
        ("memory at 15,000 claims, half of pyvis", memory[large, "ours"], memory[large, "pyvis, placed"] / 2, mb),
    ]
    limits = [each for each in limits if each[2] < inf]
    for words, found, limit, unit in limits:
        print(f"{'met   ' if found <= limit else 'missed'} {words}: {unit(found)}, limit {unit(limit)}")
    return int(any(found > limit for _, found, limit, _ in limits))


def ms(value: float) -> str:
    """Milliseconds as words."""
    return f"{value:,.0f} ms"


def mb(value: float) -> str:
    """Megabytes as words."""
    return f"{value:.2f} MB"


if __name__ == "__main__":
    sys.exit(main())
