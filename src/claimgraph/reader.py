"""Reads one article: the extractors in order, each handed what those before it found.

parse -> names and nominals -> times -> quantities -> quotations -> claims -> titles -> who is who -> events -> statements -> relations
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from claimgraph.actors.authority import load_authority
from claimgraph.actors.clusters import CONFIDENCE, Office, Speech
from claimgraph.actors.linking import to_entities
from claimgraph.actors.nominals import actor_noun, load_actor_nouns
from claimgraph.attribution import find_attributions
from claimgraph.claims import find_claims, find_rules
from claimgraph.coreference import resolve
from claimgraph.events import find_events
from claimgraph.language import parse_article
from claimgraph.mentions import find_mentions
from claimgraph.model import TAGGER, Claim, Event, Mention, Reading, Role, prove
from claimgraph.quantities import find_quantities
from claimgraph.relations import find_relations
from claimgraph.roles import find_titles
from claimgraph.speech.claimants import add_inner, complete
from claimgraph.speech.cues import shape_of
from claimgraph.speech.quotations import find_quotations
from claimgraph.speech.speakers import (
    bodies_spoken_for,
    employers,
    find_issuer,
    find_signer,
    is_name_of,
    joint_mentions,
    signatures,
    signer_name,
    source_names,
    titled_speaker,
    turn_names,
)
from claimgraph.speech.statements import find_statements
from claimgraph.speech.tagged import to_drafts
from claimgraph.speech.voices import Voices, find_authors, issuing_body, source_mention
from claimgraph.times import find_times
from claimgraph.vocab import load_triggers

if TYPE_CHECKING:
    from claimgraph.actors.clusters import Cluster
    from claimgraph.language import Parse, Token
    from claimgraph.model import Article, Entity, EntityType, Participant, TaggerName
    from claimgraph.roles import Title
    from claimgraph.speech.cues import Draft

VAGUE_CONFIDENCE = 0.6
"""Of a source that no other rule makes a mention: that it speaks is all that is known of it."""


def read(article: Article, *, model: TaggerName = TAGGER, parse: Parse | None = None) -> Reading:
    """All that the article says, every span proved against its text; `model` names the tagger, `parse` may be made before.

    Raises:
        EvidenceError: a span does not hold its words (a fault of this package, never of the article).

    """
    parse, authority = parse or parse_article(article), load_authority()
    times = find_times(article, parse)
    quantities = find_quantities(article, parse, times)
    quotations = find_quotations(parse)
    ruled = find_rules(parse, quotations)
    attributions = find_attributions(parse, quotations, ruled, model=model)
    tagged = to_drafts(parse, attributions, quotations, name=model)
    drafts = add_inner(parse, find_claims(parse, quotations, ruled, tagged))
    mentions = _with_sources(parse, drafts, turn_names(parse, drafts, find_mentions(parse, authority)))
    titles = find_titles(parse, mentions)
    offices = tuple(Office(t.holder, t.title, t.of, t.nominal) for t in titles)
    clusters, sureness = resolve(parse, mentions, offices, _speeches(drafts), authority, published=article.published)
    entities, ids = to_entities(article, clusters, authority)
    mentions = _identified(mentions, clusters, ids, sureness)
    roles = _roles(titles, mentions, authority_countries(entities))
    voices = Voices(
        signer=find_signer(parse, mentions)
        or _signer(article, entities)
        or find_issuer(parse, mentions)
        or titled_speaker(article, entities),
        bodies=bodies_spoken_for(article, roles, entities, authority, issuer=issuing_body(drafts, mentions)),
        authors=find_authors(entities),
    )
    claims = complete(parse, drafts, quotations, mentions, times, quantities, voices=voices)
    cues = frozenset(draft.verb.i for draft in drafts if draft.verb is not None)
    events = find_events(parse, mentions, times, quantities, triggers=load_triggers(), cues=cues)
    events = tuple(_voiced(event, claims, mentions) for event in events)
    reading = Reading(
        article=article,
        entities=_places_within(entities),
        mentions=mentions,
        times=times,
        quantities=quantities,
        events=events,
        claims=claims,
        statements=find_statements(parse, claims, events, mentions, quantities, quotations),
        roles=roles,
    )
    reading = msgspec.structs.replace(reading, relations=find_relations(reading))
    prove(reading)
    return reading


def _signer(article: Article, entities: tuple[Entity, ...]) -> str | None:
    """The entity that signs the article: it is who speaks as "I" and "we" outside quotations."""
    name = signer_name(article)
    people = (e for e in entities if e.type == "person" and name and is_name_of(name, (e.name, *e.aliases)))
    return next((e.id for e in people), None)


def _with_sources(parse: Parse, drafts: list[Draft], mentions: list[Mention]) -> tuple[Mention, ...]:
    """The mentions, and one more for every source that none of them is: "officials", "a person familiar with the matter"."""
    mentions = [*mentions, *source_names(parse, drafts, mentions)]
    mentions += [*employers(parse, drafts, mentions), *signatures(parse, mentions)]
    found = [*mentions, *joint_mentions(parse, drafts, mentions)]
    for draft in drafts:
        if draft.source is None or draft.head is None or draft.head.pos == "PRON" or source_mention(draft, found):
            continue
        start, end, text = draft.source.start, draft.source.end, draft.source.text
        kind = _source_type(parse, draft.head)
        found.append(
            Mention(
                start=start,
                end=end,
                text=text,
                id="",
                kind="nominal",
                type=kind,
                confidence=VAGUE_CONFIDENCE,
                origin="source",
            )
        )
    found.sort(key=lambda m: (m.start, -m.end, m.kind))
    return tuple(msgspec.structs.replace(m, id=f"m{number}") for number, m in enumerate(found, 1))


def _source_type(parse: Parse, head: Token) -> EntityType:
    """What a source is by its head word: people in the plural are a group, what no list knows an organisation."""
    noun = actor_noun(parse, head.i)
    if load_actor_nouns().get(head.lower, ("",))[0] == "document":  # "the Clean Air Act"
        return "document"
    if noun is None:
        return "group" if head.tag == "NNS" else "organization"
    return "group" if noun[0] == "person" and noun[2] else noun[0]


def _speeches(drafts: list[Draft]) -> tuple[Speech, ...]:
    """What coreference needs of the claims."""
    return tuple(
        Speech(
            source=_source_span(d),
            pieces=tuple((p.start, p.end) for p in d.content),
            cue=(d.cue.start, d.cue.end) if d.cue else None,
            direct=shape_of(d.origin) in {"quotation", "carried-on", "transcript", "answer", "post", "statement"},
        )
        for d in drafts
    )


def _source_span(draft: Draft) -> tuple[int, int] | None:
    """The source of a claim, or of the one whose speaker goes on."""
    while draft.source is None and draft.follows is not None:
        draft = draft.follows
    return (draft.source.start, draft.source.end) if draft.source else None


def _identified(
    mentions: tuple[Mention, ...], clusters: list[Cluster], ids: dict[int, str], sureness: dict[str, float]
) -> tuple[Mention, ...]:
    """The mentions with their entities, types as their entity's; pronouns of nobody are left out."""
    of = {m.id: (ids[id(c)], c) for c in clusters for m in c.mentions}
    return tuple(
        msgspec.structs.replace(m, entity=of[m.id][0], type=of[m.id][1].type, confidence=round(sureness[m.id], 2))
        for m in mentions
        if m.id in of
    )


def _voiced(event: Event, claims: tuple[Claim, ...], mentions: tuple[Mention, ...]) -> Event:
    """The event in the voice that tells it: reported in the innermost claim that holds its trigger, else narrated.

    What is reported as a noun phrase ("in the past week X reported raids") happened when the report's period says.
    """
    holders = [c for c in claims if any(s.covers(event.trigger) for s in c.content)]
    claim = min(holders, key=lambda c: sum(s.end - s.start for s in c.content), default=None)
    people = tuple(msgspec.structs.replace(p, entity=_entity_of(p, mentions)) for p in event.participants)
    place = next((m.entity for m in mentions if m.id == event.place), None)
    time = event.time or (
        claim.said_on
        if claim and shape_of(claim.origin) == "object" and event.type != "other" and "said_on" not in claim.inferred
        else None
    )
    return msgspec.structs.replace(
        event,
        participants=people,
        place_entity=place,
        time=time,
        voice="reported" if claim else "narrated",
        reported_in=claim.id if claim else None,
    )


def _entity_of(participant: Participant, mentions: tuple[Mention, ...]) -> str | None:
    """The entity of the mention that a participant is, or ends with (an article or quantifier before it left out)."""
    ends = [m for m in mentions if m.end == participant.end and m.start - 4 <= participant.start <= m.start + 4]
    return max(ends, key=lambda m: m.end - m.start).entity if ends else None


def _roles(titles: tuple[Title, ...], mentions: tuple[Mention, ...], countries: dict[str, str]) -> tuple[Role, ...]:
    """The titles as roles of entities, each once where it stands."""
    entity = {m.id: m.entity for m in mentions}
    once = {(entity.get(t.holder), t.title, t.span.end): t for t in reversed(titles) if entity.get(t.holder)}
    found = [
        Role(
            id=f"r{number}", start=t.span.start, end=t.span.end, text=t.span.text, holder=str(entity[t.holder]), title=t.title,
            of=entity.get(t.of) if t.of else countries.get(t.span.text.removeprefix("the ").split()[0]),
            confidence=CONFIDENCE["title"], origin="rule:title",
        )
        for number, t in enumerate(reversed(once.values()), 1)
    ]  # fmt: skip
    return tuple(found)


def authority_countries(entities: tuple[Entity, ...]) -> dict[str, str]:
    """Demonym ("Mexican") to the entity of its country, for the countries that the article names."""
    known = load_authority().entries
    return {
        d: e.id
        for e in entities
        if e.iri in known
        for d in known[str(e.iri)].demonyms
        if known[str(e.iri)].kind == "country"
    }


def _places_within(entities: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """The entities, a place lying within another of the article where the authority says so."""
    known = {e.id: load_authority().find(e.iri) for e in entities}
    by_iri = {str(e.iri): e.id for e in entities if e.iri}
    outer = {i: load_authority().outer(entry) for i, entry in known.items() if entry is not None}
    return tuple(msgspec.structs.replace(e, within=by_iri.get(outer.get(e.id) or "")) for e in entities)
