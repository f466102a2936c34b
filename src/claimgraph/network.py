"""The graph as a network of actors, places, documents, events, claims and topics; each node and edge with its evidence.

    article graphs --SPARQL--> things --identity--> networkx.MultiDiGraph --> GraphML, GEXF, page

An edge joins entities of all articles (`cg:canonical`); the evidence says which article and which characters.
"""

from __future__ import annotations

import difflib
import json
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import networkx as nx

from claimgraph.drawing.decided import mark_decided
from claimgraph.drawing.figures import as_values, as_words, in_order, of_articles
from claimgraph.drawing.part import part_of
from claimgraph.drawing.stories import derived, once, originals_first
from claimgraph.drawing.things import ENTITIES, Evidence, code, first, load, number, reading_order
from claimgraph.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from claimgraph.drawing.part import Part
    from claimgraph.drawing.things import Properties, Things
    from claimgraph.store import KnowledgeGraph

CLAIM_PARTS = {
    "cg:sourceSpan": "source",
    "cg:cueSpan": "cue",
    "cg:contentSpan": "content",
    "cg:sentence": "sentence",
    "cg:quantity": "figure",
}
EVENT_PARTS = {"cg:trigger": "trigger", "cg:participation": "participant", "sem:hasTime": "time"}
EVENT_PARTS |= {"cg:sentence": "sentence", "cg:quantity": "figure"}
FOCUS_REACH = 2  # links from the focus: an actor's claims, and whom or what they are about
POINT = re.compile(r"POINT\s*\(\s*(-?[\d.]+)\s+(-?[\d.]+)\s*\)", re.IGNORECASE)  # of OGC's well-known text
NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, production Char


def network(graph: KnowledgeGraph, *, focus: str | None = None) -> nx.MultiDiGraph:
    """The network of a graph, or of what surrounds the actor, place or topic called `focus`.

    Nodes have `kind`, `label` and `evidence`, edges have `type`, `weight` (how often the text says so) and `evidence`.
    `graph["focus"]` names the focus where there is one, by article `graph["figures"]` has the figures that it gives on its
    own and `graph["derived"]` what it is a copy of (drawing/stories.py).
    """
    return drawn_network(part_of(graph, focus=focus))


def drawn_network(part: Part) -> nx.MultiDiGraph:
    """The network of a part of a graph; `graph["part"]` says out of how many articles it is, where it is not all."""
    built = network_of(load(part.graph), focus=part.focus)
    if part.of:
        built.graph["part"] = {"articles": part.articles, "of": part.of}
    return built


def network_of(things: Things, *, focus: str | None = None) -> nx.MultiDiGraph:
    """The network of things that are loaded already."""
    built = nx.MultiDiGraph(figures=of_articles(things), derived=derived(things))
    things = once(things)
    _add_entities(built, things)
    _add_claims(built, things)
    originals_first(built)
    _add_events(built, things)
    _add_topics(built, things)
    _add_edges(built, things)
    mark_decided(built, things)
    return around(built, focus) if focus else built


def around(whole: nx.MultiDiGraph, focus: str) -> nx.MultiDiGraph:
    """What lies within FOCUS_REACH links of the node with this IRI or name; UsageError names what is called alike."""
    starts = [focus] if focus in whole else _called(whole, focus)
    undirected = whole.to_undirected(as_view=True)
    near = {iri for start in starts for iri in nx.ego_graph(undirected, start, radius=FOCUS_REACH)}
    part = _sorted(whole, near)
    part.graph["focus"] = whole.nodes[starts[0]]["label"]
    return part


def _called(whole: nx.MultiDiGraph, name: str) -> list[str]:
    """The actors, places and topics of this name, in whatever case."""
    wanted = name.casefold().strip()
    names: dict[str, list[str]] = defaultdict(list)
    for iri, attributes in whole.nodes(data=True):
        if attributes["kind"] not in ("claim", "event"):
            for known in (attributes["label"], *attributes.get("aliases", ())):
                names[known.casefold()].append(iri)
    if wanted not in names:
        close = difflib.get_close_matches(wanted, sorted(names), n=3)
        alike = [whole.nodes[names[known][0]]["label"] for known in close]
        raise UsageError(
            name,
            f"no actor, place or topic of this graph is called so{'; there is ' + ', '.join(alike) if alike else ''}",
        )
    return names[wanted]


def _sorted(whole: nx.MultiDiGraph, kept: set[str]) -> nx.MultiDiGraph:
    """The network of the kept nodes alone, in the order of the whole."""
    part = nx.MultiDiGraph(**{name: whole.graph.get(name, {}) for name in ("figures", "derived")})
    part.add_nodes_from((iri, attributes) for iri, attributes in whole.nodes(data=True) if iri in kept)
    edges = whole.edges(keys=True, data=True)
    part.add_edges_from(edge for edge in edges if edge[0] in kept and edge[1] in kept)
    return part


# Nodes


def _add_entities(built: nx.MultiDiGraph, things: Things) -> None:
    """Actors, places and documents; those of one article become the one of all articles."""
    mentions, roles = _mentions(things), _roles(things)
    members: dict[str, list[str]] = defaultdict(list)
    for iri in things.of(*ENTITIES):
        members[things.entity(iri)].append(iri)
    for entity, locals_ in sorted(members.items()):
        evidence = tuple(sorted(mentions[entity], key=reading_order))
        built.add_node(
            entity, **_entity(things, entity, locals_), roles=tuple(sorted(roles[entity])), evidence=evidence
        )


def _mentions(things: Things) -> dict[str, list[Evidence]]:
    """Where each entity is named or stood for."""
    found: dict[str, list[Evidence]] = defaultdict(list)
    for iri, properties in things.of("cg:Mention").items():
        for local in properties["itsrdf:taIdentRef"]:
            found[things.entity(local)].extend(things.where(iri, "mention"))
    return found


def _entity(things: Things, entity: str, members: list[str]) -> dict[str, Any]:
    """The attributes of one entity, gathered from all articles."""
    known = [things.of_one(iri) for iri in members]
    classes = {name for properties in known for name in properties["rdf:type"]}
    label = things.label(entity if entity in things.properties else members[0])
    names = {name for properties in known for key in ("rdfs:label", "skos:altLabel") for name in properties[key]}
    longitude, latitude = _position(things, entity)
    return {
        "kind": next(kind for name, kind in ENTITIES.items() if name in classes),
        "label": label,
        "aliases": tuple(sorted(names - {label})),
        "same_as": tuple(sorted({address for properties in known for address in properties["owl:sameAs"]})),
        "vague": "cg:VagueSource" in classes,
        "latitude": latitude,
        "longitude": longitude,
    }


def _position(things: Things, entity: str) -> tuple[float | None, float | None]:
    """Longitude and latitude of an entity whose position is known, in the order of WKT."""
    points = {first(things.of_one(geometry), "geo:asWKT") for geometry in things.of_one(entity)["geo:hasGeometry"]}
    found = POINT.fullmatch(min(points, default=""))
    return (float(found[1]), float(found[2])) if found else (None, None)


def _roles(things: Things) -> dict[str, set[str]]:
    """The offices of each entity that are of nothing in particular; the others are edges."""
    found: dict[str, set[str]] = defaultdict(set)
    for properties in things.of("cg:RoleHolding").values():
        if not properties["cg:roleOf"]:
            found[things.entity(first(properties, "cg:holder"))].add(first(properties, "cg:roleTitle"))
    return found


def _evidence(things: Things, properties: Properties, parts: Mapping[str, str]) -> tuple[Evidence, ...]:
    """The characters that make a claim or an event, part by part."""
    spans = {span for name, part in parts.items() for iri in properties[name] for span in things.where(iri, part)}
    return tuple(sorted(spans, key=reading_order))


def _figures(things: Things, properties: Properties) -> dict[str, Any]:
    """The figures as they are called in the graph, and the same ones as values, in the order of the text."""
    found = in_order(things, properties)
    return {
        "figures": tuple(as_words(things, iri) for iri in found),
        "quantities": tuple(as_values(things, iri) for iri in found),
    }


def _add_claims(built: nx.MultiDiGraph, things: Things) -> None:
    """Claims with their words and how they are said."""
    for iri, properties in things.of("cg:Claim").items():
        built.add_node(
            iri,
            kind="claim",
            label=first(properties, "schema:text") or first(properties, "rdfs:label"),
            text=first(properties, "schema:text"),
            cue=first(properties, "cg:cue"),
            cue_class=code(properties, "cg:cueClass"),
            form=code(properties, "cg:form"),
            polarity=code(properties, "cg:polarity"),
            content_polarity=code(properties, "cg:contentPolarity"),
            certainty=code(properties, "cg:certainty"),
            stance=code(properties, "cg:stance"),
            said_on=first(properties, "cg:saidOnDate"),
            depth=int(first(properties, "cg:chainDepth") or 0),
            inferred=tuple(sorted(properties["cg:inferred"])),
            **_figures(things, properties),
            **_common(things, properties, CLAIM_PARTS),
        )


def _common(things: Things, properties: Properties, parts: Mapping[str, str]) -> dict[str, Any]:
    """What claims and events have both: how sure, by which rule, and the evidence."""
    return {
        "confidence": number(properties, "cg:confidence"),
        "origin": ", ".join(sorted(properties["cg:origin"])),
        "evidence": _evidence(things, properties, parts),
    }


def _add_events(built: nx.MultiDiGraph, things: Things) -> None:
    """Events, with whose voice tells them."""
    for iri, properties in things.of("sem:Event").items():
        days = sorted(day for time in properties["sem:hasTime"] for day in _days(things, time))
        built.add_node(
            iri,
            kind="event",
            label=first(properties, "rdfs:label"),
            event_type=", ".join(sorted(things.label(kind) for kind in properties["sem:eventType"])),
            voice=code(properties, "cg:voice"),
            factuality=code(properties, "cg:factuality"),
            polarity=code(properties, "cg:polarity"),
            time=", ".join(sorted(things.label(time) for time in properties["sem:hasTime"])),
            earliest=days[0] if days else "",
            latest=days[-1] if days else "",
            **_figures(things, properties),
            participants=tuple(_unlinked_participants(things, properties)),
            **_common(things, properties, EVENT_PARTS),
        )


def _days(things: Things, time: str) -> Iterator[str]:
    """The first and the last day of a time, where it has them."""
    for end in ("time:hasBeginning", "time:hasEnd"):
        for instant in things.of_one(time)[end]:
            yield first(things.of_one(instant), "time:inXSDDate")


def _unlinked_participants(things: Things, properties: Properties) -> Iterator[str]:
    """Participants that are no entity of the graph, as words with their role."""
    for iri in sorted(properties["cg:participation"]):
        if not things.of_one(iri)["cg:participant"]:
            words = " ".join(span.text or "" for span in things.where(iri, "participant"))
            yield f"{words} ({code(things.of_one(iri), 'cg:role')})".strip()


def _add_topics(built: nx.MultiDiGraph, things: Things) -> None:
    """What claims and events are about, other than entities: Media Topics, and nouns."""
    for properties in things.of("cg:Claim", "sem:Event").values():
        for iri in sorted(properties["schema:about"] | properties["dcterms:subject"]):
            if things.entity(iri) not in built:
                label = first(things.of_one(iri), "skos:prefLabel") or things.label(iri)
                built.add_node(iri, kind="topic", label=label, evidence=())


# Edges


def _add_edges(built: nx.MultiDiGraph, things: Things) -> None:
    """All edges, those between the same nodes of the same type and role as one with the weight of all."""
    merged: dict[tuple[str, str, str, str], dict[str, Any]] = {}
    for start, end, kind, attributes in _edges(built, things):
        key = (things.entity(start), things.entity(end), kind, attributes.get("role", ""))
        if key[0] in built and key[1] in built:
            edge = merged.setdefault(key, {"weight": 0, **attributes, "evidence": ()})
            edge["weight"] += 1
            edge["evidence"] = tuple(sorted({*edge["evidence"], *attributes["evidence"]}, key=reading_order))
    for (start, end, kind, _), attributes in sorted(merged.items()):
        built.add_edge(start, end, type=kind, **attributes)


def _edges(built: nx.MultiDiGraph, things: Things) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """(start, end, type, attributes) of every edge that one statement makes."""
    yield from _edges_of_claims(built, things)
    yield from _edges_of_events(built, things)
    yield from _edges_of_entities(things)
    for iri, properties in things.of("cg:ClaimRelation").items():
        kind = code(properties, "cg:relation")
        attributes = {
            "rationale": first(properties, "cg:rationale"),
            "basis": first(properties, "cg:basis"),
            "confidence": number(properties, "cg:confidence"),
            "iri": iri,
            "evidence": (),
        }
        yield first(properties, "cg:from"), first(properties, "cg:to"), kind, attributes


def _edges_of_claims(built: nx.MultiDiGraph, things: Things) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """Who said it, what it is about, what it tells of, and inside which other claim it stands."""
    for iri, properties in things.of("cg:Claim").items():
        evidence = built.nodes[iri]["evidence"]
        for who in sorted({things.entity(claimant) for claimant in properties["cg:claimant"]}):
            yield who, iri, "said", {"evidence": evidence}
        for what in sorted(
            {things.entity(about) for about in properties["schema:about"] | properties["dcterms:subject"]}
        ):
            kind = "topic" if built.nodes.get(what, {}).get("kind") == "topic" else "about"
            yield iri, what, kind, {"evidence": (*evidence, *_named_in(built, what, evidence))}
        for event in sorted(properties["cg:reports"]):
            yield iri, event, "reports", {"evidence": built.nodes.get(event, {}).get("evidence", ())}
        for outer in sorted(properties["cg:inside"]):
            yield iri, outer, "inside", {"evidence": evidence}


def _named_in(built: nx.MultiDiGraph, entity: str, claim: Iterable[Evidence]) -> Iterator[Evidence]:
    """The mentions of an entity in the content of a claim."""
    contents = [span for span in claim if span.part == "content"]
    for mention in built.nodes.get(entity, {}).get("evidence", ()):
        if any(mention.article == c.article and c.start <= mention.start and mention.end <= c.end for c in contents):
            yield mention


def _edges_of_events(built: nx.MultiDiGraph, things: Things) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """Who takes part in which role, where, and of what it is a part."""
    for iri, properties in things.of("sem:Event").items():
        trigger = tuple(span for span in built.nodes[iri]["evidence"] if span.part in ("trigger", "sentence"))
        for participation in sorted(properties["cg:participation"]):
            taken = things.of_one(participation)
            for who in sorted({things.entity(member) for member in taken["cg:participant"]}):
                words = things.where(participation, "participant")
                yield iri, who, "participant", {"role": code(taken, "cg:role"), "evidence": (*trigger, *words)}
        for place in sorted({things.entity(place) for place in properties["sem:hasPlace"]}):
            yield iri, place, "place", {"evidence": trigger}
        for topic in sorted(properties["dcterms:subject"]):
            yield iri, topic, "topic", {"evidence": trigger}
        for part in sorted(properties["sem:hasSubEvent"]):
            yield iri, part, "part", {"evidence": trigger}


def _edges_of_entities(things: Things) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """Offices, authors of documents, and which place lies in which."""
    for iri, properties in things.of("cg:RoleHolding").items():
        for body in sorted({things.entity(body) for body in properties["cg:roleOf"]}):
            title = first(properties, "cg:roleTitle")
            holder = first(properties, "cg:holder")
            yield holder, body, "role", {"role": title, "iri": iri, "evidence": things.where(iri, "role")}
    for iri, properties in things.of(*ENTITIES).items():
        for author in sorted(
            {things.entity(one) for one in properties["schema:author"] | properties["cg:responsible"]}
        ):
            yield iri, author, "author", {"evidence": ()}
        for outer in sorted({things.entity(place) for place in properties["schema:containedInPlace"]}):
            yield iri, outer, "located", {"evidence": ()}


# Exports


def write_graphml(built: nx.MultiDiGraph, path: Path) -> None:
    """The network as GraphML; lists, and the evidence with its offsets, as JSON in one attribute."""
    with path.open("wb") as file:
        nx.write_graphml_lxml(_flat(built), file)


def write_gexf(built: nx.MultiDiGraph, path: Path) -> None:
    """The network as GEXF, without the day on which it was written, so that the same network gives the same bytes."""
    writer = nx.readwrite.gexf.GEXFWriter(encoding="utf-8")
    writer.add_graph(_flat(built))
    for meta in writer.xml.iter("meta"):
        meta.attrib.pop("lastmodifieddate")
    with path.open("wb") as file:
        writer.write(file)


def _flat(built: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """The network with attributes that both formats can hold."""
    flat = nx.MultiDiGraph()
    flat.add_nodes_from((iri, _plain(attributes)) for iri, attributes in built.nodes(data=True))
    for index, (start, end, attributes) in enumerate(built.edges(data=True)):
        flat.add_edge(start, end, key=index, **_plain(attributes))
    return flat


def _plain(attributes: Mapping[str, Any]) -> dict[str, Any]:
    """Each value as a number, a truth value or words that XML can hold; nothing for what is not known."""
    plain = {}
    for name, value in attributes.items():
        if isinstance(value, tuple):
            objects = [span._asdict() if isinstance(span, Evidence) else span for span in value]
            plain[name] = json.dumps(objects, ensure_ascii=False)
        elif value is not None:
            plain[name] = value
        if isinstance(plain.get(name), str):
            plain[name] = NOT_IN_XML.sub("\ufffd", plain[name])
    return plain
