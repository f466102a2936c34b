"""A graph of as many articles as wanted, made of the real quads of examples/ under new names.

Each claim, relation, statement and event of the examples, with all that it refers to (spans, figures, times, entities
and who they are), is one short article of some 140 quads; these are repeated. In every repetition the article and
its words are new. A part of the entities is shared by many articles, as in the news: half of the articles take theirs
from forty of each kind, the other half from one of its own for each twenty articles.
"""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from claimgraph import __version__
from claimgraph.articles import load
from claimgraph.identity import dataset_quads, run_quads
from claimgraph.iris import BASE, Iris
from claimgraph.pipeline import to_graph
from claimgraph.quads import Quad, name, to_nquads
from claimgraph.reader import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
FAMOUS, SHARED = 40, 20
RUN = run_quads([], version=__version__, options="text=full model=accurate", now=None)
ROOTS = [name(f"cg:{kind}") for kind in ("Claim", "ClaimRelation", "Statement")] + [name("sem:Event")]
KIND, CANONICAL = name("rdf:type"), name("cg:canonical")
ARTICLE = re.compile(rf"{BASE}article/[^/#>]+")
OF_ALL = re.compile(rf"{BASE}(?:entity|link|relation)/[^#>]+")
TEXTS = "schema:text nif:anchorOf nif:isString schema:headline rdfs:label dcterms:identifier oa:exact"
WORDS = re.compile(rf'(?:{"|".join(re.escape(name(text)) for text in TEXTS.split())}) "')


class Template(NamedTuple):
    """Lines of an article, and those of its entities, which others share; {n} and {k} stand for its numbers."""

    own: str
    shared: str


def write_record(path: Path, articles: int) -> int:
    """How many quads the file has: N-Quads of so many articles, sorted, each once."""
    templates = load_templates()
    unsorted = path.with_suffix(".unsorted")
    with unsorted.open("w", encoding="utf-8") as file:
        file.write(to_nquads([*RUN, *dataset_quads(0, articles)]))
        file.writelines(write_articles(templates, articles))
    in_order = {**os.environ, "LC_ALL": "C"}
    subprocess.run(["sort", "-u", "-S", "30%", "-o", str(path), str(unsorted)], check=True, env=in_order)
    unsorted.unlink()
    with path.open("rb") as file:
        return sum(1 for _ in file)


def write_articles(templates: list[Template], articles: int) -> Iterator[str]:
    """The lines of each article."""
    for number in range(articles):
        template = templates[number % len(templates)]
        group = number % FAMOUS if number % 2 else FAMOUS + number // SHARED
        yield template.own.replace("{n}", str(number)).replace("{k}", str(group))
        yield template.shared.replace("{k}", str(group))


def load_templates() -> list[Template]:
    """One for each claim, relation, statement and event of the examples."""
    found = []
    for article in load(EXAMPLES, errors=[]):
        quads = to_graph([read(article)], iris=Iris(), text="full", now=None)
        found += [to_template(list(part)) for part in parts(quads)]
    return found


def parts(quads: list[Quad]) -> Iterator[Iterable[Quad]]:
    """The quads of each root: all that is reached from it, and the article's own."""
    quads = [q for q in quads if not q.graph.endswith(("/runs>", "/dataset>"))]
    about: dict[str, list[Quad]] = {}
    for quad in quads:
        about.setdefault(quad.subject, []).append(quad)
    links = {q.object: q.subject for q in quads if q.predicate == name("cg:from") and q.graph.endswith("/identity>")}
    for root in sorted(q.subject for q in quads if q.predicate == KIND and q.object in ROOTS):
        reached, waiting = set(), [root]
        while waiting:
            at = waiting.pop()
            if at not in reached and at in about:
                reached.add(at)
                waiting += [q.object for q in about[at]] + ([links[at]] if at in links else [])
        yield (quad for subject in sorted(reached) for quad in about[subject])


def to_template(quads: list[Quad]) -> Template:
    """The quads with places for the numbers: of the article in its names and words, of the group in its entities'."""
    of_all = [q for q in quads if q.graph.endswith("/identity>") and not ARTICLE.search(f"{q.subject}{q.object}")]
    links = {q.subject for q in quads if q.predicate == name("cg:from")}
    shared = [q for q in of_all if q.subject not in links]
    graph = next(q.graph for q in quads if ARTICLE.match(q.graph[1:]))
    own = {*quads, Quad(graph, name("prov:wasGeneratedBy"), RUN[0].subject, RUN[0].graph)}
    return Template(_places(own - set(shared), "{n}"), _places(shared, "{k}"))


def _places(quads: Iterable[Quad], number: str) -> str:
    lines = to_nquads(quads).replace("{", "(").replace("}", ")")
    lines = ARTICLE.sub(lambda m: f"{m[0]}-{{n}}", lines)
    lines = OF_ALL.sub(lambda m: f"{m[0]}-{'{n}' if '/entity/' not in m[0] else '{k}'}", lines)
    return WORDS.sub(lambda m: f"{m[0]}{number} ", lines)
