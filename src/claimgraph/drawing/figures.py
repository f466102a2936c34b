"""The figures that claims and events rest on: as words, and as the values that a table or a plot compares."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from claimgraph.drawing.things import code, first, reading_order, spoken
from claimgraph.terms import load_units

if TYPE_CHECKING:
    from claimgraph.drawing.things import Properties, Things


def in_order(things: Things, properties: Properties) -> list[str]:
    """The IRIs of the figures of a claim or an event, in the order of the text."""
    places = {iri: [reading_order(span) for span in things.where(iri, "figure")] for iri in properties["cg:quantity"]}
    return sorted(places, key=lambda iri: (places[iri], iri))


def as_words(things: Things, iri: str) -> str:
    """A figure with what it measures: "75% of seizures", "more than 150 people per day"."""
    known = things.of_one(iri)
    label = things.label(iri)
    measured = _words(things, known, "cg:measures")
    of = f" of {measured}" if measured and measured not in label else ""
    return f"{label}{of}" + (f" per {spoken(first(known, 'cg:per'))}" if known["cg:per"] else "")


def as_values(things: Things, iri: str) -> dict[str, Any]:
    """A figure as numbers, codes and words; what is not known is not there.

    `text` is how the article writes it, `value` the number, `lower` and `upper` its bounds, `comparator` the sign of the
    annotation format and `comparator_words` the same read aloud, `unit` and `per` codes of that format ("kilogram",
    "USD", "day"), `si` the value in the SI unit where there is a factor, `of` what is counted or measured, `than` the
    other side of "twice as many as", `period` the words of the time that the figure is of and `earliest` and `latest`
    its days; `article`, `start` and `end` are the characters of the figure.
    """
    known = things.of_one(iri)
    span = next(iter(things.where(iri, "figure")), None)
    told = {
        "text": span.text if span else None,
        "value": _number(known, "qudt:numericValue"),
        "lower": _number(known, "cg:lowerBound"),
        "upper": _number(known, "cg:upperBound"),
        "si": _number(known, "cg:normalizedValue"),
        "comparator": code(known, "cg:comparator"),
        "comparator_words": spoken(first(known, "cg:comparator")),
        "unit": _unit(first(known, "qudt:hasUnit")) or first(known, "cg:unitText"),
        "per": _unit(first(known, "cg:per")),
        "of": _words(things, known, "cg:measures"),
        "than": _words(things, known, "cg:comparedWith"),
        **_period(things, first(known, "cg:period")),
        **({"article": span.article, "start": span.start, "end": span.end} if span else {}),
    }
    return {name: value for name, value in told.items() if value not in (None, "")}


def of_articles(things: Things) -> dict[str, tuple[dict[str, Any], ...]]:
    """The figures of each article that no claim and no event rests on, in the order of the text."""
    told = {iri for known in things.of("cg:Claim", "sem:Event").values() for iri in known["cg:quantity"]}
    found: dict[str, list[dict[str, Any]]] = {}
    for iri in things.of("qudt:QuantityValue"):
        values = as_values(things, iri)
        if iri not in told and "article" in values:
            found.setdefault(values["article"], []).append(values)
    return {article: tuple(sorted(figures, key=_place)) for article, figures in sorted(found.items())}


def _place(figure: dict[str, Any]) -> tuple[int, int]:
    return figure["start"], figure["end"]


def _words(things: Things, known: Properties, name: str) -> str:
    """The article's words for one property of a figure."""
    return " ".join(span.text or "" for what in sorted(known[name]) for span in things.where(what, ""))


def _number(known: Properties, name: str) -> int | float | None:
    """A value, whole where it is written as a whole number."""
    written = first(known, name)
    if not written:
        return None
    return int(written) if written.lstrip("-").isdigit() else float(written)


@cache
def _unit_codes() -> dict[str, str]:
    return {qudt.partition(":")[2]: name for name, (qudt, _) in load_units().items()}


def _unit(iri: str) -> str:
    """The code of a unit or currency in annotations.

    >>> _unit("http://qudt.org/vocab/unit/KiloGM"), _unit("http://qudt.org/vocab/currency/USD")
    ('kilogram', 'USD')
    """
    name = iri.rpartition("/")[2]
    return _unit_codes().get(name, name)


def _period(things: Things, iri: str) -> dict[str, str]:
    """The time that a figure is of: its words, its first and its last day."""
    known = things.of_one(iri)
    days = {
        name: first(things.of_one(first(known, end)), "time:inXSDDate")
        for name, end in (("earliest", "time:hasBeginning"), ("latest", "time:hasEnd"))
    }
    return {"period": first(known, "rdfs:label"), **days}
