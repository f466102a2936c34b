"""What each kind of page tells: the values of its template, made of what was gathered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimgraph.drawing.things import spoken
from claimgraph.server.passages import Mark, pieces
from claimgraph.server.views import in_order

if TYPE_CHECKING:
    from claimgraph.server.views import Link, View, Views

SHOWN_AS_IRI = ("rdf:type", "owl:sameAs")


def article(views: Views, iri: str) -> View:
    """The page of an article: its text with the claims marked, who is in it, what it tells itself."""
    things, text = views.things, views.text_of(iri)
    claims = in_order(views.claim(claim) for claim in things.of("cg:Claim") if claim.startswith(f"{iri}#"))
    own = [claim["iri"] for claim in claims]
    statements = in_order(views.common(said) | {"text": things.label(said)} for said in things.of("cg:Statement"))
    return {
        "article": views.article(iri),
        "derived": views.derived(iri),
        "pieces": pieces(text, views.marks(own), begin=len(text) - len(text.lstrip())),
        "claims": claims,
        "by_iri": {claim["iri"]: claim for claim in claims},
        "actors": _actors(views, iri),
        "statements_own": statements,
        "events": in_order(views.event(event) for event in things.of("sem:Event") if event.startswith(f"{iri}#")),
        "relations": views.relations(set(own)),
    }


def _actors(views: Views, iri: str) -> list[Link]:
    """Actors, places and documents of the article by their names, the entities of all articles."""
    locals_ = (one for one, told in views.things.properties.items() if one.startswith(f"{iri}#entity-") and told)
    return views.links(locals_)


def claim(views: Views, iri: str) -> View:
    """The page of a claim: who says it inside what, in which words, on which figures, and what stands against it."""
    told = views.things.of_one(iri)
    inner = [other for other, known in views.things.of("cg:Claim").items() if iri in known["cg:inside"]]
    return {
        "claim": views.claim(iri),
        "chain": views.chain(iri),
        "passage": views.passage(iri, views.marks([iri])),
        "about": views.links(told["schema:about"]),
        "events": in_order(views.event(event) for event in told["cg:reports"]),
        "inner": in_order(views.claim(one) for one in inner),
        "relations": views.relations({iri}),
        "spans": _spans(views, iri),
    }


def _spans(views: Views, iri: str) -> list[Mark]:
    """The exact characters, part by part."""
    return sorted(set(views.marks([iri])))


def event(views: Views, iri: str) -> View:
    """The page of an event."""
    told = views.things.of_one(iri)
    triggers = [views.things.spans[s] for s in told["cg:trigger"] if s in views.things.spans]
    return {
        "event": views.event(iri),
        "passage": views.passage(iri, [Mark(span.start, span.end, "trigger") for span in triggers]),
        "reported_in": in_order(views.claim(claim) for claim in told["cg:reportedIn"]),
        "sub": in_order(views.event(part) for part in told["sem:hasSubEvent"]),
    }


def entity(views: Views, iri: str) -> View:
    """The page of an actor, a place, a document or a topic: what it says, what is said of it, what happens with it."""
    told, parts = views.things.of_one(iri), views.parts
    same = [one for one in views.things.properties if views.things.entity(one) == iri]
    names = {name for one in same for name in views.things.of_one(one)["skos:altLabel"]}
    said, about = ([*map(views.claim, parts.get(name, ()))] for name in ("said", "about"))
    events = [*map(views.event, dict.fromkeys([*parts.get("event", ()), *parts.get("here", ())]))]
    found = {one.partition("#")[0] for one in same if "#" in one} | {v["article"]["iri"] for v in (*said, *about)}
    return {
        "name": views.things.label(iri),
        "kind": views.kind(iri) or ("topic" if "skos:Concept" in told["rdf:type"] else ""),
        "aliases": sorted(names - {views.things.label(iri)}),
        "vague": any("cg:VagueSource" in views.things.of_one(one)["rdf:type"] for one in same),
        "same_as": [(address, views.here.link(address)) for address in sorted(told["owl:sameAs"])],
        "within": views.links(place for one in same for place in views.things.of_one(one)["schema:containedInPlace"]),
        "roles": _roles(views, "holds"),
        "holders": _roles(views, "held"),
        "said": in_order(said),
        "about": in_order(about),
        "events": in_order(events),
        "timeline": _timeline(said, about, events),
        "articles": sorted((views.article(one) for one in found), key=lambda view: (view["date"], view["iri"])),
        "more_parts": sorted(views.more),
    }


def _roles(views: Views, part: str) -> list[View]:
    """Offices with their holder or body, each once, and when they were seen."""
    found: dict[tuple[str, ...], View] = {}
    for iri in views.parts.get(part, ()):
        told = views.things.of_one(iri)
        ends = {name: views.links(told[f"cg:{name}"]) for name in ("holder", "roleOf")}
        view = {"title": min(told["cg:roleTitle"], default=""), "seen": min(told["cg:observedOn"], default="")}
        key = (view["title"], *(link.iri for links in ends.values() for link in links))
        known = found.setdefault(key, view | ends | {"href": views.here.of(iri), "seen_last": view["seen"]})
        known["seen"], known["seen_last"] = min(known["seen"], view["seen"]), max(known["seen_last"], view["seen"])
    return [found[key] for key in sorted(found)]


def _timeline(said: list[View], about: list[View], events: list[View]) -> list[View]:
    """What can be dated, the latest first: an event by its own time, else by the day of its article."""
    dated = [_moment(view, view.get("said_on"), "says") for view in said]
    dated += [_moment(view, view.get("said_on"), "is spoken of") for view in about]
    dated += [_moment(view, view["earliest"], "event") for view in events]
    return sorted((m for m in dated if m["date"]), key=lambda m: (m["date"], m["what"], m["view"]["iri"]), reverse=True)


def _moment(view: View, day: str | None, what: str) -> View:
    return {"date": (day or view["article"]["date"])[:10], "exact": bool(day), "what": what, "view": view}


def other(views: Views, iri: str) -> View:
    """The page of anything else: its characters, its statements, and what leads to it."""
    told = views.things.of_one(iri)
    spans = [*(views.things.spans[s] for s in told["cg:evidence"] if s in views.things.spans)]
    if iri in views.things.spans:
        spans.append(views.things.spans[iri])
    marks = [Mark(span.start, span.end, "other") for span in spans]
    named = sorted(told["rdf:type"])
    return {
        "label": views.things.label(iri),
        "article_href": views.here.of(iri.partition("#")[0]),
        "kinds": [spoken(name.partition(":")[2] or name) for name in named],
        "classes": named,
        "passage": views.passage(iri, marks),
        "linked": views.links({*views.parts.get("linked", ()), *_from(views, iri)}),
    }


def _from(views: Views, iri: str) -> set[str]:
    """What was gathered and has `iri` as a value."""
    return {one for one, told in views.things.properties.items() if one != iri and any(iri in v for v in told.values())}


def statements(views: Views, iri: str) -> list[tuple[str, list[Link]]]:
    """All that is said of a thing: each property with its values."""
    told = views.things.of_one(iri)
    return [(name, [_cell(views, value) for value in sorted(told[name])]) for name in sorted(told) if told[name]]


def _cell(views: Views, value: str) -> Link:
    """A value as it is written, with an address where it has one."""
    return views.link(value)._replace(label=value, href=views.here.link(value), iri=value)
