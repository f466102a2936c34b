"""Claims: source, cue and content, each by itself and together (PARC 3.0, PolNeAR), and who is meant by the source."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from claimgraph.scoring.counts import Counts
from claimgraph.scoring.faults import Fault, Item, Outcome, fault, find_faults
from claimgraph.scoring.spans import Annotation, Bounds, aligned, bounds, hull, inside, overlap, spans, trimmed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PARTS = ("source", "cue", "content")
SAME_CONTENT = 0.4
"""Overlap of contents above which two claims are the same one when only the speaker is asked for."""
SAME_NAME = 0.6
"""Share of words from which two names are one person's: "Antony J. Blinken" is "Antony Blinken"."""
TITLES = re.compile(
    r"(?:the|an?|mr|mrs|ms|dr|sen|senator|rep|president|us|u s|mexican|mexico s|american|united states)\s+"
)


class Attribution(NamedTuple):
    """One claim's parts, each trimmed, and what else it says."""

    source: tuple[Bounds, ...]
    cue: tuple[Bounds, ...]
    content: tuple[Bounds, ...]
    fields: Annotation

    @property
    def linked(self) -> bool:
        """Whether both who says and what is said are there."""
        return bool(self.source and self.content)


def compare_claims(gold: Annotation, predicted: Annotation) -> Outcome:
    """Claims: exact spans of the parts, source and content together, recall by form, right speakers.

    Predictions inside others are left out where gold has no nesting, as PolNeAR, which gives a token to one claim.
    """
    raw = gold["claims"] if "claims" in gold else gold["attributions"]
    nested = any(claim.get("inside") is not None for claim in raw)
    theirs = [c for c in predicted.get("claims", []) if nested or c.get("inside") is None]
    g, p = (attributions(gold, claims) for claims in (raw, theirs))
    counts, faults = dict[str, Counts](), list[Fault]()
    for part in PARTS:
        ours = sorted({hull(pieces) for c in g if (pieces := getattr(c, part))})
        found = sorted({hull(pieces) for c in p if (pieces := getattr(c, part))})
        counts[f"{part} exact"] = Counts.agreeing(ours, found)
        counts[f"{part} pieces"] = Counts.agreeing(
            *({tuple(sorted(getattr(c, part))) for c in side} - {()} for side in (g, p))
        )
        counts[f"{part} overlap"] = Counts.paired(len(aligned(ours, found, overlap)), len(found), len(ours))
        faults += find_faults(gold, part, map(Item, ours), map(Item, found))
    speakers = list(_speakers(gold, g, p, predicted))
    faults += [one for _, one in speakers if one]
    if speakers:
        counts["speaker"] = Counts.rate(sum(right for right, _ in speakers), len(speakers))
    return Outcome(counts | _linked(g, p), tuple(faults))


def attributions(document: Annotation, claims: Sequence[Annotation]) -> list[Attribution]:
    """The claims whose parts all begin inside the scope, trimmed."""
    found = [_attribution(document["text"], claim) for claim in claims]
    return [one for one in found if all(inside(s, document) for part in one[:3] for s in part)]


def _attribution(text: str, claim: Annotation) -> Attribution:
    """The claim by its parts, trimmed."""
    source, cue, content = (tuple(trimmed(text, span) for span in spans(claim.get(part))) for part in PARTS)
    return Attribution(source, cue, content, claim)


def _linked(gold: Sequence[Attribution], predicted: Sequence[Attribution]) -> dict[str, Counts]:
    """Source and content that belong together, and how many of each form are found."""
    g, p = ([claim for claim in side if claim.linked] for side in (gold, predicted))
    pairs = aligned(g, p, _likeness)
    counts = {"linked": Counts.paired(len(pairs), len(p), len(g))}
    forms: defaultdict[str, list[bool]] = defaultdict(list)
    for i, claim in enumerate(g):
        forms[str(claim.fields.get("kind") or claim.fields.get("form"))].append(i in pairs)
    return counts | {f"recall {form}": Counts.rate(sum(hits), len(hits)) for form, hits in sorted(forms.items())}


def _likeness(one: Attribution, other: Attribution) -> float:
    """Overlap of the contents and of the sources; 0 where either has none."""
    contents, sources = overlap(hull(one.content), hull(other.content)), overlap(hull(one.source), hull(other.source))
    return contents + sources if contents and sources else 0.0


def _speakers(
    document: Annotation, gold: Sequence[Attribution], predicted: Sequence[Attribution], annotation: Annotation
) -> Iterator[tuple[bool, Fault | None]]:
    """For each claim of a named speaker: whether the claim of most of the same content has this speaker."""
    ours = {e["id"]: e["name"] for e in document.get("entities", []) if "id" in e}
    theirs = {e["id"]: [e["name"], *(e.get("aliases") or [])] for e in annotation.get("entities", [])}
    for claim in gold:
        given = claim.fields.get("source_entity")
        name = ours.get(given, given) if given else None
        if not name or not claim.content or name.lower().startswith("unnamed") or "(unnamed" in name:
            continue
        near = [(overlap(hull(claim.content), hull(p.content)), j) for j, p in enumerate(predicted) if p.content]
        shared, j = max(near, default=(0.0, 0))
        met = predicted[j] if shared > SAME_CONTENT else None
        names = theirs.get(met.fields.get("source_entity"), []) if met else []
        right = any(same_name(name, one) for one in names)
        yield right, None if right or met is None else _speaker_fault(document, claim, name, met, names)


def _speaker_fault(
    document: Annotation, claim: Attribution, name: str, met: Attribution, names: Sequence[str]
) -> Fault:
    """The wrong speaker beside the right one; the spans are those of what is said."""
    said = Item(hull(met.content), names[0] if names else "")
    return fault(document, "speaker", "wrong-value", Item(hull(claim.content), name), said)


def same_name(one: str, other: str) -> bool:
    """Whether two names differ by a title, a middle name or punctuation at most.

    >>> same_name("Sen. Ann Lee", "Ann Lee"), same_name("Ann Lee", "Bob Lee")
    (True, False)
    """
    a, b = _plain(one), _plain(other)
    if not a or not b:
        return False
    left, right = set(a.split()), set(b.split())
    return a == b or len(left & right) / len(left | right) >= SAME_NAME


def _plain(name: str) -> str:
    """The name in lower case, without brackets, punctuation and a title before two further words."""
    words = re.sub(r"\W+", " ", re.sub(r"\(.*?\)", " ", name).lower()).strip()
    while len(words.split()) > 2 and (title := TITLES.match(words)):
        words = words[title.end() :]
    return words


def compare_clauses(gold: Annotation, predicted: Annotation) -> Outcome:
    """Clauses that attribute and the clauses that are attributed (RST's relation, in GUM): overlapping contents.

    A predicted claim is found where its content overlaps, and right in whole where its cue or source lies in the
    attributing clause too. Gold has only what a clause attributes, so precision tells of the guideline as well.
    """
    told = [a for a in gold["attributions"] if inside(bounds(a["attribution_edu"]), gold)]
    contents = [trimmed(gold["text"], hull(spans(a["content_edus"]))) for a in told]
    wanted = [(content, bounds(a["attribution_edu"])) for content, a in zip(contents, told, strict=True)]
    claims = [c for c in attributions(gold, predicted.get("claims", [])) if c.content]

    def likeness(one: tuple[Bounds, Bounds], other: Attribution) -> float:
        """Overlap of what is said."""
        return overlap(one[0], hull(other.content))

    pairs = aligned(wanted, claims, likeness)
    signs = {i: [hull(part) for part in (claims[j].source, claims[j].cue) if part] for i, j in pairs.items()}
    whole = sum(any(overlap(wanted[i][1], sign) for sign in signs[i]) for i in pairs)
    counts = {
        "content overlap": Counts.paired(len(pairs), len(claims), len(wanted)),
        "linked": Counts.paired(whole, len(claims), len(wanted)),
    }
    items: list[list[Any]] = [[Item(span) for span, _ in wanted], [Item(hull(c.content)) for c in claims]]
    return Outcome(counts, tuple(find_faults(gold, "content", *items)))
