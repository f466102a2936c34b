"""One article against what it must say, row by row: each row is one thing that a reader of the graph would miss."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from claimgraph.scoring.spans import SAME, aligned, bounds, overlap
from claimgraph.scoring.wholes import by_span, claim_likeness, entity_pairs, figure_agrees, pieces

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claimgraph.scoring.spans import Annotation

FURTHER_CLAIMS = 4
"""Claims beyond the expected ones that may stand: a plan or a wish that a second annotator would add."""
MENTIONS_TOGETHER = 0.8
"""Part of an actor's mentions that must meet in one entity."""


class Row(NamedTuple):
    """What was looked for, whether it is there, what stands there instead."""

    name: str
    right: bool
    found: Any = None


class Sides(NamedTuple):
    """Gold and prediction, and which of their claims and entities are the same."""

    gold: Annotation
    predicted: Annotation
    claims: dict[str, Annotation]
    entities: dict[str, str]

    def claim_id(self, gold: str | None) -> str | None:
        return self.claims[gold]["id"] if gold in self.claims else None


def rows(gold: Annotation, predicted: Annotation) -> list[Row]:
    """Every row of the article, right and wrong."""
    pairs = aligned(gold["claims"], predicted["claims"], claim_likeness(gold["text"]))
    claims = {gold["claims"][i]["id"]: predicted["claims"][j] for i, j in pairs.items()}
    sides = Sides(gold, predicted, claims, entity_pairs(gold, predicted)[0])
    parts = (_claims, _actors, _quantities, _times, _events, _roles, _statements, _relations)
    return [row for part in parts for row in part(sides)]


def _claims(sides: Sides) -> Iterator[Row]:
    for claim in sides.gold["claims"]:
        found = sides.claims.get(claim["id"])
        yield Row(f"claim {claim['id']} found", found is not None)
        if found is not None:
            yield from _claim(sides, claim, found)
    further = len(sides.predicted["claims"]) - len(sides.gold["claims"])
    yield Row(f"at most {FURTHER_CLAIMS} further claims", further <= FURTHER_CLAIMS, further)


def _claim(sides: Sides, claim: Annotation, found: Annotation) -> Iterator[Row]:
    text, name = sides.gold["text"], f"claim {claim['id']}"
    for part in ("source", "cue", "content"):
        yield Row(f"{name} {part}", pieces(text, claim, part) == pieces(text, found, part), found.get(part))
    who = claim["source_entity"]
    yield Row(
        f"{name} speaker", (sides.entities.get(who) if who else None) == found["source_entity"], found["source_entity"]
    )
    stated = [field for field in ("form", "polarity", "negated", "certainty", "stance") if field in claim]
    for field in stated:
        yield Row(f"{name} {field}", claim[field] == found[field], found[field])
    yield Row(f"{name} inside", sides.claim_id(claim["inside"]) == found["inside"], found["inside"])
    if claim["said_on"]:
        days = [_day(side, c["said_on"]) for side, c in ((sides.gold, claim), (sides.predicted, found))]
        yield Row(f"{name} said on", days[0] == days[1], days[1])


def _day(side: Annotation, time: str | None) -> str | None:
    return next((t["earliest"] for t in side["times"] if t["id"] == time), None)


def _actors(sides: Sides) -> Iterator[Row]:
    found = {entity["id"]: entity for entity in sides.predicted["entities"]}
    for entity in sides.gold["entities"]:
        if entity.get("implicit"):
            continue
        same = found.get(sides.entities.get(entity["id"], ""), {})
        mentions = [m for m in sides.gold["mentions"] if m["entity"] == entity["id"]]
        theirs = [bounds(m) for m in sides.predicted["mentions"] if same and m["entity"] == same["id"]]
        met = sum(any(overlap(bounds(m), t) > SAME for t in theirs) for m in mentions)
        yield Row(f"actor {entity['name']} one entity", met >= MENTIONS_TOGETHER * len(mentions), (met, len(mentions)))
        yield Row(f"actor {entity['name']} type", same.get("type") == entity["type"], same.get("type"))
        if "wikidata" in entity:
            yield Row(f"actor {entity['name']} link", same.get("wikidata") == entity["wikidata"], same.get("wikidata"))


def _quantities(sides: Sides) -> Iterator[Row]:
    theirs = sides.predicted["quantities"]
    pairs = aligned(sides.gold["quantities"], theirs, by_span)
    for i, quantity in enumerate(sides.gold["quantities"]):
        found = theirs[pairs[i]] if i in pairs else {}
        yield Row(f"quantity {quantity['text']}", bool(found) and figure_agrees(quantity, found), found)
        for part in ("of", "than"):
            if quantity.get(part):
                near = found.get(part) and overlap(bounds(quantity[part]), bounds(found[part])) > SAME
                yield Row(f"quantity {quantity['text']} {part}", bool(near), found.get(part))


def _times(sides: Sides) -> Iterator[Row]:
    theirs = sides.predicted["times"]
    pairs = aligned(sides.gold["times"], theirs, by_span)
    for i, time in enumerate(sides.gold["times"]):
        found = theirs[pairs[i]] if i in pairs else {}
        same = all(found.get(key) == time[key] for key in ("text", "type", "value", "earliest", "latest"))
        yield Row(f"time {time['text']}", same, found)


def _events(sides: Sides) -> Iterator[Row]:
    theirs = sides.predicted["events"]
    pairs = aligned(sides.gold["events"], theirs, by_span)
    for i, event in enumerate(sides.gold["events"]):
        name = f"event {event['id']} {event['trigger']['text']}"
        yield Row(f"{name} found", i in pairs)
        if i in pairs:
            yield from _event(sides, event, theirs[pairs[i]], name)


def _event(sides: Sides, event: Annotation, found: Annotation, name: str) -> Iterator[Row]:
    for field in ("type", "voice", "factuality", "polarity"):
        yield Row(f"{name} {field}", event[field] == found[field], found[field])
    for person in event["participants"]:
        near = [p for p in found["participants"] if overlap(bounds(person), bounds(p)) > SAME]
        yield Row(f"{name} {person['role']}", person["role"] in [p["role"] for p in near], found["participants"])
    inner = [c["id"] for c in sides.gold["claims"] if c["inside"] == event["reported_in"]]
    allowed = {sides.claim_id(c) for c in [event["reported_in"], *(inner if event["reported_in"] else [])]}
    yield Row(f"{name} reported in", found["reported_in"] in allowed, found["reported_in"])
    if event["place_entity"]:
        place = next((m["entity"] for m in sides.predicted["mentions"] if m["id"] == found["place"]), None)
        yield Row(f"{name} place", place == sides.entities.get(event["place_entity"]), place)
    if event["time"]:
        days = _day(sides.gold, event["time"]), _day(sides.predicted, found["time"])
        yield Row(f"{name} time", days[0] == days[1], days[1])
    yield from _figures(sides, event, found, name)


def _figures(sides: Sides, event: Annotation, found: Annotation, name: str) -> Iterator[Row]:
    theirs = [q for q in sides.predicted["quantities"] if q["id"] in found["quantities"]]
    for quantity in (q for q in sides.gold["quantities"] if q["id"] in event["quantities"]):
        yield Row(f"{name} figure {quantity['text']}", any(by_span(quantity, q) for q in theirs), found["quantities"])


def _roles(sides: Sides) -> Iterator[Row]:
    for role in sides.gold["roles"]:
        near = [r for r in sides.predicted["roles"] if by_span(role, r) > SAME]
        holders = [r["holder"] for r in near]
        yield Row(f"role {role['text']}", sides.entities.get(role["holder"], "") in holders, near)


def _statements(sides: Sides) -> Iterator[Row]:
    for statement in sides.gold["statements"]:
        near = [s["text"] for s in sides.predicted["statements"] if by_span(statement, s)]
        same = any(by_span(statement, s) > SAME for s in sides.predicted["statements"])
        yield Row(f"own voice: {statement['text'][:40]}", same, near)


def _relations(sides: Sides) -> Iterator[Row]:
    for relation in sides.gold["relations"]:
        ends = sides.claim_id(relation["from"]), sides.claim_id(relation["to"])
        near = [r for r in sides.predicted["relations"] if (r["from"], r["to"]) == ends]
        limit = relation.get("max_confidence", 1.0)
        same = [r for r in near if r["type"] == relation["type"] and r["rationale"] and r["confidence"] <= limit]
        yield Row(f"relation {relation['from']} {relation['type']} {relation['to']}", bool(same), near)
