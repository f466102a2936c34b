"""Coreference: chains against chains, by B3 (Bagga and Baldwin 1998), MUC (Vilain et al. 1995) and CEAF-e (Luo 2005)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from claimgraph.scoring.counts import Counts
from claimgraph.scoring.faults import Fault, Item, Outcome, fault
from claimgraph.scoring.spans import SAME, Annotation, Bounds, aligned, bare_name, bounds, inside, overlap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CHAINED = frozenset({"person", "organization", "place"})

Chain = frozenset[int]
"""A chain by its mentions: gold mentions by their number, predicted ones that are none of gold's by numbers below 0."""


def compare_chains(gold: Annotation, predicted: Annotation) -> Outcome:
    """Chains of people, organisations and places with a proper name and two mentions.

    A predicted mention is gold's where half of the longer overlaps, article and 's apart. Predicted chains without
    one such mention do not count: gold leaves many things unannotated that the prediction may name.
    """
    key = _gold_chains(gold)
    mentions = [span for chain in key for span in chain]
    theirs = _predicted_chains(gold, predicted)
    flat = [(span, entity) for entity, chain in theirs.items() for span in chain]
    same = aligned([bare_name(gold["text"], m) for m in mentions], [bare_name(gold["text"], s) for s, _ in flat], _half)
    number = {j: i for i, j in same.items()}
    response: defaultdict[str, set[int]] = defaultdict(set)
    for j, (_, entity) in enumerate(flat):
        response[entity].add(number.get(j, -1 - j))
    live = {entity: frozenset(chain) for entity, chain in response.items() if any(m >= 0 for m in chain)}
    numbered = _numbered(key)
    names = {e["id"]: e.get("name", "") for e in predicted.get("entities", [])}
    found = {
        number.get(j, -1 - j): (Item(span, names.get(e, e)), live[e]) for j, (span, e) in enumerate(flat) if e in live
    }
    faults = (*_faults(gold, numbered, mentions, found), *_alien(gold, found))
    return Outcome(measure(numbered, list(live.values())), faults)


def _half(one: Bounds, other: Bounds) -> float:
    """How much two mentions overlap, if by half."""
    shared = overlap(one, other)
    return shared if shared >= SAME else 0.0


def _gold_chains(gold: Annotation) -> list[list[Bounds]]:
    """The mentions of each chain that counts, in order."""
    chains = []
    for cluster in gold["clusters"]:
        mentions = sorted({bounds(m) for m in cluster["mentions"] if inside(bounds(m), gold)})
        kind = cluster.get("etype", "person" if cluster["kind"] == "ENTITY" else "")
        named = any(gold["text"][bare_name(gold["text"], m)[0]].isupper() for m in mentions)
        if len(mentions) > 1 and kind in CHAINED and named:
            chains.append(mentions)
    return chains


def _predicted_chains(gold: Annotation, predicted: Annotation) -> dict[str, list[Bounds]]:
    """Entity to its mentions in order, for those that have two."""
    chains: defaultdict[str, set[Bounds]] = defaultdict(set)
    for mention in predicted.get("mentions", []):
        if mention.get("entity") and inside(bounds(mention), gold):
            chains[mention["entity"]].add(bounds(mention))
    return {entity: sorted(chain) for entity, chain in chains.items() if len(chain) > 1}


def _numbered(chains: Sequence[Sequence[Bounds]]) -> list[Chain]:
    """The chains by the numbers of their mentions, counted through."""
    ends = [sum(map(len, chains[: i + 1])) for i in range(len(chains))]
    return [frozenset(range(end - len(chain), end)) for end, chain in zip(ends, chains, strict=True)]


def measure(key: Sequence[Chain], response: Sequence[Chain]) -> dict[str, Counts]:
    """The three counts whose mean F1 is CoNLL's figure.

    >>> key, response = [frozenset({0, 1, 2})], [frozenset({0, 1}), frozenset({2, -1})]
    >>> {name: round(counts.figure, 2) for name, counts in measure(key, response).items()}
    {'B3': 0.59, 'MUC': 0.5, 'CEAF-e': 0.53}
    """
    return {"B3": b_cubed(key, response), "MUC": muc(key, response), "CEAF-e": ceaf_e(key, response)}


def b_cubed(key: Sequence[Chain], response: Sequence[Chain]) -> Counts:
    """B3: for each mention, how much of its chain is shared by the chain of the other side."""
    shared = [(len(k & r), len(k), len(r)) for k in key for r in response if k & r]
    return Counts(
        sum(n * n / of_response for n, _, of_response in shared),
        sum(map(len, response)),
        sum(n * n / of_key for n, of_key, _ in shared),
        sum(map(len, key)),
    )


def muc(key: Sequence[Chain], response: Sequence[Chain]) -> Counts:
    """MUC: links that stay when each chain is cut along the chains of the other side."""
    return Counts(
        sum(_links_kept(chain, key) for chain in response),
        sum(len(chain) - 1 for chain in response),
        sum(_links_kept(chain, response) for chain in key),
        sum(len(chain) - 1 for chain in key),
    )


def _links_kept(chain: Chain, others: Sequence[Chain]) -> int:
    """Mentions less parts, where a mention of no other chain is a part of its own."""
    parts = [len(chain & other) for other in others if chain & other]
    return sum(parts) - len(parts)


def ceaf_e(key: Sequence[Chain], response: Sequence[Chain]) -> Counts:
    """CEAF-e: likeness (twice the shared mentions over all) of chains under the best one-to-one alignment."""
    likeness = [[2 * len(k & r) / (len(k) + len(r)) for r in response] for k in key]
    best = best_alignment(likeness)
    return Counts.paired(best, len(response), len(key))


def best_alignment(scores: Sequence[Sequence[float]]) -> float:
    """The highest sum of scores with at most one of each row and column (Kuhn-Munkres with potentials, in cubic time).

    >>> best_alignment([[0.9, 0.8], [0.8, 0.1]])
    1.6
    """
    if not scores or not scores[0]:
        return 0.0
    rows = scores if len(scores) <= len(scores[0]) else [list(column) for column in zip(*scores, strict=True)]
    match = _assign([[-score for score in row] for row in rows])
    return sum(rows[i][j] for j, i in match.items())


def _assign(cost: Sequence[Sequence[float]]) -> dict[int, int]:
    """Column to row of the cheapest assignment of every row; there are at least as many columns as rows."""
    height, width = len(cost), len(cost[0])
    of_row, of_column, match = [0.0] * height, [0.0] * (width + 1), [-1] * (width + 1)
    for row in range(height):
        match[width], column = row, width
        least, before, seen = [float("inf")] * width, [width] * width, [False] * (width + 1)
        while match[column] >= 0:
            seen[column] = True
            here = match[column]
            for j in range(width):
                reduced = cost[here][j] - of_row[here] - of_column[j]
                if not seen[j] and reduced < least[j]:
                    least[j], before[j] = reduced, column
            step, nearest = min((least[j], j) for j in range(width) if not seen[j])
            for j in range(width + 1):
                if seen[j]:
                    of_row[match[j]] += step
                    of_column[j] -= step
                elif j < width:
                    least[j] -= step
            column = nearest
        while column != width:
            match[column] = match[before[column]]
            column = before[column]
        match[width] = -1
    return {j: match[j] for j in range(width) if match[j] >= 0}


Found = dict[int, tuple[Item, Chain]]
"""Number of a predicted mention to its words and its chain."""


def _faults(gold: Annotation, key: Sequence[Chain], mentions: Sequence[Bounds], found: Found) -> Iterator[Fault]:
    """Mentions in no predicted chain, and those in a chain that is mostly another's."""
    for chain in key:
        for number in sorted(chain):
            item, theirs = found.get(number, (None, frozenset[int]()))
            if item is None:
                yield fault(gold, "chains", "missed", Item(mentions[number]), None)
            elif len(theirs & chain) < max(len(theirs & other) for other in key):
                yield fault(gold, "chains", "wrong-value", Item(mentions[number]), item)


def _alien(gold: Annotation, found: Found) -> Iterator[Fault]:
    """Predicted mentions in the chain of somebody whom gold has, which are none of gold's."""
    items = sorted(item for number, (item, _) in found.items() if number < 0)
    return (fault(gold, "chains", "spurious", None, item) for item in items)
