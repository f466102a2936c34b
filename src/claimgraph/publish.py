"""What a folder holds, sent to a Graph Store elsewhere: graphs that are new, changed or gone since the last time.

What was sent stands in the store itself, in a graph of its own (`graph/published`): each graph with the SHA-256 of its
triples. So any machine can go on where another one stopped, and a store that is emptied or set back to an older state
takes its list with it. Asking the store for the graphs themselves would cost as much as sending them, and stores give
literals back in other forms than they got them. Before anything is sent, the list forgets what is about to change: at
every moment a graph with a hash in the list is whole, whenever the sending is interrupted.
"""

from __future__ import annotations

import time
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from claimgraph.errors import InputError, SurroundingsError, UsageError
from claimgraph.graph_store import GraphStore
from claimgraph.quads import describe, integer, name, ref, words
from claimgraph.store import KnowledgeGraph, read_turtle
from claimgraph.vocab import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

DATASET, PUBLISHED = "graph/dataset", "graph/published"
UNKNOWN = ""
"""The hash of a graph that may be in the store in part."""
FEWEST, PARTS = 50, 20
"""The list is written again after every twentieth of the graphs, not after fewer than fifty: what an interruption
costs is sent again, and the list of many graphs is long itself."""
REFUSALS = 5
"""Graphs that are refused one after the other before the server itself is taken to be at fault."""
BLOCK, PARTLY = 100, "-"
"""Graphs a literal: Virtuoso cuts what it gives at ResultSetMaxRows triples, in its packages 10,000."""
NUMBER, VALUE = f"{PREFIXES['schema']}numberOfItems", f"{PREFIXES['rdf']}value"
NOTE = (
    "The graphs that `claimgraph publish` has sent here, and the SHA-256 of each; without this list all are sent again."
)


class Plan(NamedTuple):
    """The IRIs of the graphs that are to be added, replaced and removed, and of those that stay."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    same: tuple[str, ...]

    @property
    def sent(self) -> tuple[str, ...]:
        """Those to be sent, articles first: their identities come when what they speak of is there."""
        return tuple(sorted((*self.added, *self.changed)))

    def lines(self) -> Iterator[str]:
        """What would be done with which graph, one a line."""
        for verb, graphs in (("add", self.added), ("change", self.changed), ("remove", self.removed)):
            yield from (f"{verb} {iri}\n" for iri in graphs)


class Published(NamedTuple):
    """What was done, or would be, and which graphs the store refused."""

    plan: Plan
    errors: tuple[InputError, ...] = ()

    @property
    def summary(self) -> str:
        """How many graphs were added, changed, removed and left as they are, refused ones apart."""
        refused = {error.path for error in self.errors}
        done = [f"{sum(iri not in refused for iri in graphs)} {verb}" for verb, graphs in self.plan._asdict().items()]
        return ", ".join(
            [*done[:3], f"{len(self.plan.same)} the same", *([f"{len(refused)} refused"] if refused else [])]
        )


def publish(
    folder: str | Path,
    url: str,
    *,
    everything: bool = False,
    dry_run: bool = False,
    told: Callable[[str], object] = lambda _: None,
    warned: Callable[[str], object] = lambda _: None,
    wait: Callable[[float], None] = time.sleep,
) -> Published:
    """What was sent of the graph in `folder` to the SPARQL 1.1 Graph Store at `url`.

    `everything` sends the unchanged graphs too, and replaces another graph of the same base. `told` hears what goes on,
    `warned` what the user should know before anything is sent.

    Raises:
        UsageError: the address is none, or another graph of the same base is there.
        SurroundingsError: the folder holds no graph, or the store cannot be reached or does not let us write.

    """
    graph = KnowledgeGraph.open(folder)
    base = _base(graph)
    held = {iri: sha256(graph.triples(iri)).hexdigest() for iri in graph.graphs() if iri != f"{base}{PUBLISHED}"}
    with GraphStore(url, wait=wait, told=told) as store:
        if store.exposes:
            warned(f"{store.url}: user, password or token travel readable; use https://")
        known = _read(store, base)
        _same_articles(held, known, base, url=store.url, everything=everything)
        plan = _plan(held, known, everything=everything)
        if dry_run or not (plan.sent or plan.removed):
            return Published(plan)
        sending = _Sending(store, graph, base, held, known, told)
        return Published(plan, tuple(sending.send(plan)))


def _base(graph: KnowledgeGraph) -> str:
    """The base under which the graph's names were made."""
    bases = [iri.removesuffix(DATASET) for iri in graph.graphs() if iri.endswith(DATASET)]
    if len(bases) != 1:
        raise SurroundingsError(
            graph.folder or "graph", f"holds {len(bases)} graphs `{DATASET}`, not one; build it again"
        )
    return bases[0]


def _same_articles(held: Mapping[str, str], known: Mapping[str, str], base: str, *, url: str, everything: bool) -> None:
    """Nothing; UsageError where not one article of the store would stay, for then it is another graph's."""
    shared = f"{base}graph/"
    there, here = ({iri for iri in side if not iri.startswith(shared)} for side in (known, held))
    if there and not there & here and not everything:
        raise UsageError(
            url, f"holds {len(there)} other articles under {base}, which would be removed: "
            "build with a --base of its own, or replace them by --all"
        )  # fmt: skip


def _plan(held: Mapping[str, str], known: Mapping[str, str], *, everything: bool) -> Plan:
    """What has to be done so that the store holds what the folder holds."""
    return Plan(
        added=tuple(iri for iri in held if iri not in known),
        changed=tuple(iri for iri in held if iri in known and (everything or known[iri] != held[iri])),
        removed=tuple(sorted(iri for iri in known if iri not in held)),
        same=tuple(iri for iri in held if not everything and known.get(iri) == held[iri]),
    )


class _Sending(NamedTuple):
    """A store, what it gets, and what it is known to hold."""

    store: GraphStore
    graph: KnowledgeGraph
    base: str
    held: Mapping[str, str]
    known: dict[str, str]
    told: Callable[[str], object]

    def send(self, plan: Plan) -> Iterator[InputError]:
        """The graphs that the store refuses; all others are as they are here."""
        steps = (*plan.sent, *plan.removed)
        part = max(FEWEST, len(steps) // PARTS)
        self.known.update(dict.fromkeys(steps, UNKNOWN))
        self._note()
        refused = 0
        for done, iri in enumerate(steps):
            self.told(f"{done} of {len(steps)} graphs")
            try:
                self._step(iri)
                refused = 0
            except InputError as error:
                yield error
                refused += 1
                if refused == REFUSALS:
                    raise SurroundingsError(self.store.url, f"refuses every graph, the last one: {error}") from None
            except SurroundingsError as error:
                raise SurroundingsError(
                    error.path, f"{error.reason} ({done} of {len(steps)} graphs were done)"
                ) from None
            if done % part == part - 1:
                self._note()
        self._note()

    def _step(self, iri: str) -> None:
        """Nothing; the store holds this graph as it is here, or no more."""
        if iri in self.held:
            self.store.put(iri, self.graph.triples(iri))
            self.known[iri] = self.held[iri]
        else:
            self.store.delete(iri)
            del self.known[iri]

    def _note(self) -> None:
        """Nothing; the store's list says what is known of it now."""
        self.store.put(f"{self.base}{PUBLISHED}", _list(self.known, self.base))


# ---- the list of what was sent


def _list(known: Mapping[str, str], base: str) -> bytes:
    """The list as N-Triples: how many graphs there are, and in the lines of sha256sum the hash and name of each."""
    subject = ref(f"{base}{PUBLISHED}")
    lines = [f"{digest or PARTLY}  {iri}" for iri, digest in sorted(known.items())]
    blocks = ("\n".join(lines[i : i + BLOCK]) for i in range(0, len(lines), BLOCK))
    triples = describe(
        subject,
        {
            "rdf:type": name("schema:ItemList"),
            "rdfs:comment": words(NOTE, "en"),
            "schema:numberOfItems": integer(len(lines)),
            "rdf:value": [words(block) for block in blocks],
        },
    )
    return "".join(f"{s} {p} {o} .\n" for s, p, o in triples).encode()


def _read(store: GraphStore, base: str) -> dict[str, str]:
    """What the store is known to hold: each graph with its hash, or UNKNOWN.

    Raises:
        SurroundingsError: the list is not whole, or there is no Graph Store.

    """
    try:
        triples = read_turtle(store.get(f"{base}{PUBLISHED}"))
    except SyntaxError:
        raise SurroundingsError(store.url, "gives no Turtle where a graph is asked for; is it a Graph Store?") from None
    lines = [line.split() for _, property_, block in triples if property_ == VALUE for line in block.splitlines()]
    known = {iri: UNKNOWN if digest == PARTLY else digest for digest, iri in lines}
    told = next((int(value) for _, property_, value in triples if property_ == NUMBER), len(known))
    if told != len(known):
        raise SurroundingsError(
            store.url,
            f"gives {len(known)} of the {told} graphs in {base}{PUBLISHED}; raise its limit of rows, or remove that graph and publish all again",
        )
    return known
