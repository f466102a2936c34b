"""What the templates show of things: plain values with the addresses of their pages; no words are made here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from claimgraph.drawing.decided import decisions
from claimgraph.drawing.things import ENTITIES, code, first, number, reading_order
from claimgraph.server.passages import Mark, Piece, pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from claimgraph.drawing.things import Evidence, Properties
    from claimgraph.server.addresses import Addresses
    from claimgraph.server.gather import Gathered

View: TypeAlias = "dict[str, Any]"

CLAIM_PARTS = {"cg:sourceSpan": "source", "cg:cueSpan": "cue", "cg:contentSpan": "content"}
AROUND = 300
"""Characters of the text before and after a passage that has no sentence of its own."""


class Link(NamedTuple):
    """A name and where it leads; the IRI itself."""

    label: str
    href: str
    iri: str = ""
    kind: str = ""


class Views:
    """The views of what was gathered for one page."""

    def __init__(self, gathered: Gathered, here: Addresses) -> None:
        self.things, self.here = gathered.things, here
        self.parts, self.more = gathered.parts, gathered.more
        self.decided = decisions(gathered.things)

    # ---- single things

    def link(self, iri: str) -> Link:
        """A thing by its name; an entity of one article by that of all articles."""
        iri = self.things.entity(iri)
        return Link(self.things.label(iri), self.here.of(iri), iri, self.kind(iri))

    def links(self, iris: Iterable[str]) -> list[Link]:
        """Things by their names, each once."""
        return sorted({self.link(iri) for iri in iris})

    def kind(self, iri: str) -> str:
        """What sort of entity a thing is: person, place ...; nothing for what is none."""
        classes = self.things.of_one(iri)["rdf:type"]
        return next((kind for name, kind in ENTITIES.items() if name in classes), "")

    def article(self, iri: str) -> View:
        """What is known of an article, without its text."""
        told = self.things.of_one(iri)
        fields = {"author": "schema:author", "publisher": "schema:publisher", "date": "schema:datePublished"}
        known = {name: first(told, prefixed) for name, prefixed in fields.items()}
        url = first(told, "schema:url")
        return known | {
            "title": first(told, "schema:headline") or self.things.label(iri),
            "href": self.here.of(iri),
            "iri": iri,
            "identifier": first(told, "dcterms:identifier"),
            "url": url if url.startswith(("https://", "http://")) else "",
        }

    def derived(self, iri: str) -> list[tuple[str, list[Link]]]:
        """What an article is a copy or a later version of, what is one of it; each with the words for it."""
        told, others = self.things.of_one(iri), self.things.properties.items()
        edges = {
            "prov:wasDerivedFrom": ("copy of", "copied in"),
            "prov:wasRevisionOf": ("later version of", "replaced by"),
        }
        found = [
            (words, [Link(self.things.label(each), self.here.of(each), each, "") for each in sorted(those)])
            for edge, (of, by) in edges.items()
            for words, those in ((of, told[edge]), (by, {one for one, known in others if iri in known[edge]}))
        ]
        return [(words, links) for words, links in found if links]

    def claim(self, iri: str) -> View:
        """A claim: who says what, how, and on which figures."""
        told = self.things.of_one(iri)
        fields = {"form": "cg:form", "polarity": "cg:polarity", "content_polarity": "cg:contentPolarity"}
        fields |= {"certainty": "cg:certainty", "stance": "cg:stance", "cue_class": "cg:cueClass"}
        text = first(told, "schema:text")
        return {name: code(told, prefixed) for name, prefixed in fields.items()} | {
            **self.common(iri),
            "text": text or self.things.label(iri),
            "quoted": bool(text),
            "cue": first(told, "cg:cue"),
            "who": self.links(told["cg:claimant"]),
            "responsible": self.links(told["cg:responsible"]),
            "said_on": first(told, "cg:saidOnDate"),
            "target": self.links(told["cg:stanceTarget"]),
            "inside": [self.here.of(outer) for outer in sorted(told["cg:inside"])],
            "inferred": sorted(told["cg:inferred"]),
            "figures": self._figures(told),
        }

    def event(self, iri: str) -> View:
        """An event: what happens to whom, when, where, and whose voice tells it."""
        told = self.things.of_one(iri)
        fields = {
            "voice": "cg:voice",
            "factuality": "cg:factuality",
            "polarity": "cg:polarity",
            "type": "sem:eventType",
        }
        return {name: code(told, prefixed) for name, prefixed in fields.items()} | {
            **self.common(iri),
            "label": self.things.label(iri),
            "participants": self._participants(told),
            "places": self.links(told["sem:hasPlace"]),
            "times": self.links(told["sem:hasTime"]),
            "earliest": first(told, "sem:hasEarliestBeginTimeStamp"),
            "figures": self._figures(told),
        }

    def common(self, iri: str) -> View:
        """What every statement of an article has: its address, its article, how sure it is and by which rule."""
        told = self.things.of_one(iri)
        return {
            "iri": iri,
            "id": iri.partition("#")[2],
            "href": self.here.of(iri),
            "article": self.article(iri.partition("#")[0]),
            "confidence": number(told, "cg:confidence"),
            "origin": ", ".join(sorted(told["cg:origin"])),
            "curated": self.decided.get(iri, ()),
        }

    def _participants(self, told: Properties) -> list[tuple[str, Link]]:
        """The role and the name of each participant; the name leads nowhere where it is nobody known."""
        found = []
        for iri in sorted(told["cg:participation"]):
            taken = self.things.of_one(iri)
            named = self.links(taken["cg:participant"]) or [Link(self.things.label(iri), "")]
            found += [(code(taken, "cg:role"), link) for link in named]
        return found

    def _figures(self, told: Properties) -> list[Link]:
        """The figures as they are written, with what they measure."""
        return [Link(self._figure(iri), self.here.of(iri), iri) for iri in sorted(told["cg:quantity"])]

    def _figure(self, iri: str) -> str:
        label = self.things.label(iri)
        words = [
            self.things.spans[s].text or ""
            for s in sorted(self.things.of_one(iri)["cg:measures"])
            if s in self.things.spans
        ]
        return f"{label} of {' '.join(words)}" if words and words[0] and words[0] not in label else label

    def relations(self, claims: set[str]) -> list[View]:
        """How claims stand to others and why, from the side of the first that is among `claims`."""
        found = []
        for iri, told in self.things.of("cg:ClaimRelation").items():
            ends = (first(told, "cg:from"), first(told, "cg:to"))
            if claims.isdisjoint(ends):
                continue
            found.append({
                "relation": code(told, "cg:relation"),
                "ends": [self.claim(end) for end in ends],
                "rationale": first(told, "cg:rationale"),
                "basis": first(told, "cg:basis"),
                "confidence": number(told, "cg:confidence"),
                "curated": self.decided.get(iri, ()),
                "href": self.here.of(iri),
            })  # fmt: skip
        return sorted(found, key=lambda view: (view["relation"], [end["iri"] for end in view["ends"]]))

    def chain(self, iri: str) -> list[View]:
        """The claims that a claim stands in, the outermost first, and itself."""
        found = [iri]
        while (outer := first(self.things.of_one(found[0]), "cg:inside")) and outer not in found:
            found.insert(0, outer)
        return [self.claim(one) for one in found]

    # ---- text

    def marks(self, iris: Iterable[str]) -> list[Mark]:
        """Source, cue and content of claims as marks."""
        return [
            Mark(span.start, span.end, part, iri)
            for iri in iris
            for name, part in CLAIM_PARTS.items()
            for span_iri in self.things.of_one(iri)[name]
            for span in self.things.where(span_iri, part)
        ]

    def text_of(self, article: str) -> str:
        """The words of an article; nothing where the graph does not hold them."""
        return first(self.things.of_one(f"{article}#text"), "nif:isString")

    def passage(self, iri: str, marks: list[Mark]) -> list[Piece]:
        """The sentence that a statement stands on, or what is around it, marked; the words alone where there is no text."""
        spans = sorted(self._spans(iri), key=reading_order)
        text = self.text_of(iri.partition("#")[0])
        if not spans:
            return []
        if not text:
            return [Piece(span.text) for span in spans[:1] if span.text]
        begin, end = min(s.start for s in spans), max(s.end for s in spans)
        if not self.things.of_one(iri)["cg:sentence"]:
            begin, end = _widened(text, begin, end)
        return pieces(text, marks, begin=begin, end=end)

    def _spans(self, iri: str) -> Iterator[Evidence]:
        told = self.things.of_one(iri)
        for name in ("cg:evidence", *CLAIM_PARTS):
            for span in told[name]:
                yield from self.things.where(span, "evidence")
        if iri in self.things.spans:
            yield self.things.spans[iri]


def _widened(text: str, begin: int, end: int) -> tuple[int, int]:
    """The paragraph around, where it is not long."""
    start = max(text.rfind("\n", 0, begin) + 1, begin - AROUND)
    stop = text.find("\n", end)
    return start, min(stop if stop >= 0 else len(text), end + AROUND)


def in_order(views: Iterable[View]) -> list[View]:
    """Statements as one reads them: by article, then by their place in it."""
    return sorted(views, key=lambda view: (view["article"]["iri"], _place(view["id"])))


def _place(part: str) -> tuple[int, str]:
    numbers = [piece for piece in part.replace("=", "-").replace(",", "-").split("-") if piece.isdigit()]
    return (int(numbers[0]) if numbers else 0, part)
