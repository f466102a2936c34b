"""Whose each claim is: the entity that its source names, who speaks around it or before, who signs the article."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from claimgraph.actors.nominals import load_actor_nouns
from claimgraph.lexicon import load_words
from claimgraph.speech.cues import Draft, shape_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from claimgraph.model import Entity, Mention, Span
    from claimgraph.speech.quotations import Quotation

FIRST_PERSON = {"i", "we", "my", "our", "me", "us"}
PLURAL = {"we", "our", "us"}
ALL_OF_US = {"each of us", "all of us", "both of us"}
RESOLVED = re.compile(r"\bRESOLVED,? (?:by |that )|\bResolved,? (?:by |[Tt]hat )")
NEAR_CHARACTERS = 600
"""About two paragraphs: so far on "I" is still the speaker of the quotation before."""
SPOKEN = {"quotation", "carried-on"}
ANSWERS = {"a", "answer"}
"""Labels of turns by which interviews mean whom they ask."""
ADDRESS = re.compile(
    r"(?:^|\s)(?:Dear [A-Z][^,:\n]{2,60}[,:]|(?:[A-Z][\w.'’-]+ ){1,4}[A-Z][\w'’-]+,(?=\s+(?:I|We) (?:write|am writing|are writing)\b))"
)
"""How a letter begins."""
NOT_BEFORE = {"of", "for", "to", "by", "with", "and", "or", "from", "than", "against"}
"""Words behind which a name is somebody else's: "the lawyer of Anna Reed"."""
UTTERED = {"statement", "letter", "tweet", "memo", "memorandum", "email", "e-mail", "op-ed", "speech", "communique"}
"""With all that the lexicon of nouns knows as a mere text (post, advisory, website): somebody's own words in writing, which
its author says. A report, a study or a law speaks for itself."""
BELONGS = re.compile(r",? (?:of|from|at|with|for) ")
"""What stands between a person who begins a source and the body or place that the person is of."""


class Voices(NamedTuple):
    """What the article as a whole tells of who speaks, all by entity."""

    signer: str | None
    """Who signs it."""
    bodies: Mapping[str, str]
    """Person to the body that "we" means when the person speaks."""
    authors: Mapping[str, str]
    """Letter or statement to who wrote it."""


NOBODY = Voices(None, {}, {})


def source_mention(draft: Draft, mentions: Iterable[Mention]) -> Mention | None:
    """The mention that a source is: the one that holds its head word, the longest name first."""
    if draft.source is None or draft.head is None:
        return None
    bracket = not draft.head.text[0].isalnum()  # the line "((AR)):" of an interview
    inside = [m for m in mentions if draft.source.covers(m) and (bracket or m.start <= draft.head.start < m.end)]
    source = draft.source
    whole = (m for m in mentions if m.origin == "described" and m.start <= source.start and source.end < m.end)
    declared = (m for m in mentions if m.origin == "declared" and source.covers(m))
    several = next((m for m in inside if m.origin in {"several", "others"}), None) or next(whole, next(declared, None))
    if several is not None:  # or the parser cut the source at a hyphen: "study co" of "study co-author Anna Reed"
        return several
    names = [m for m in inside if m.end == draft.head.end or m.kind == "name"]
    found = max(names or inside, key=lambda m: (m.kind != "pronoun", m.end - m.start), default=None)
    if found is None or (
        found.type == "place" and found.end < draft.source.end
    ):  # the parser lost the head of a long source
        behind = source.text[draft.head.end - source.start :].lstrip()
        if found is None and draft.head.tag == "NNS" and behind.startswith(("of ", "to ")):  # "opponents of X": not X
            return None
        actors = [m for m in mentions if m.type in {"person", "organization", "group"} and m.kind != "pronoun"]
        known = draft.head.lower in load_actor_nouns()
        edges = (m for m in reversed(actors) if source.covers(m) and _at_edge(source, m))
        return next((m for m in edges if not (known and _owns(source, m))), found)
    if found.type != "person" or found.kind == "nominal":
        people = [m for m in mentions if m.kind == "name" and m.type == "person" and draft.source.covers(m)]
        return next((m for m in people if _ends_title(draft.source, m, found)), found)
    return found


def _ends_title(source: Span, name: Mention, found: Mention) -> bool:
    """Whether a source is the person whom it begins with, or whose office stands before: "the bank's head, Tom Hall"."""
    before = source.text[: name.start - source.start].replace(",", " ").split()
    if _owns(source, name):
        return False
    if not before:
        return (
            found.type != "person"
            and found.start > name.end
            and bool(BELONGS.match(source.text, name.end - source.start))
        )
    if found.type == "person":
        return name.end == source.end and before[-1].lower() not in NOT_BEFORE
    return before[-1].lower() in load_words("actor_nouns", "person")


def _at_edge(source: Span, mention: Mention) -> bool:
    """Whether a mention begins or ends a source, what stands in brackets behind it left out."""
    end = source.start + len(re.sub(r"\s*\([^()]*\)?$", "", source.text))
    return mention.start == source.start or mention.end in {source.end, end}


def _owns(source: Span, mention: Mention) -> bool:
    """Whether what follows a mention in a source is its own: "Reed's bill"."""
    return source.text[mention.end - source.start :].startswith(("'s ", "’s ", "' ", "’ "))


def find_speakers(
    drafts: list[Draft],
    around: Mapping[int, Draft | None],
    mentions: tuple[Mention, ...],
    quotations: tuple[Quotation, ...],
    *,
    text: str,
    voices: Voices,
) -> dict[int, str | None]:
    """Entity that makes each claim; "I" and "we" outside quotations are the signer, "we" of an office is its body."""
    speakers: dict[int, str | None] = {}
    asked = _interviewee(drafts, mentions, voices.signer)
    for draft in sorted(drafts, key=lambda d: (_depth(d, around), -(d.hull[1] - d.hull[0]), d.source is None, d.start)):
        found = _speaker(draft, around, speakers, drafts, mentions)
        found = voices.authors.get(found or "", found)
        word = _word(draft)
        if shape_of(draft.origin) == "answer" or (draft.verb is None and word in ANSWERS):
            found = asked
        elif shape_of(draft.origin) == "question":
            found = voices.signer
        elif found is None and draft.source is None and draft.verb is not None and around[id(draft)] is None:
            found = _resolving(draft, text, mentions)
        quoted = next((q for q in quotations if q.start <= draft.start < q.end), None)
        if draft.source is not None and text[: draft.source.start].endswith("Dear "):
            found = voices.signer  # the line before a letter's words names whom they are for
        elif found is None and word == "you" and quoted is None:
            found = _addressee(text, mentions)
        elif found is None and word in FIRST_PERSON and around[id(draft)] is None:
            if quoted is None:
                found = voices.signer or _heard_before(draft, speakers, drafts)
                found = found or (issuing_body(drafts, mentions) if word in PLURAL else None)
            else:
                found = _heard_in(quoted, speakers, drafts, mentions) or _heard_before(draft, speakers, drafts)
        speakers[id(draft)] = voices.bodies.get(found or "", found) if word in PLURAL else found
    return speakers


def _resolving(draft: Draft, text: str, mentions: tuple[Mention, ...]) -> str | None:
    """Whose resolution a clause without a subject belongs to: "Resolved, That the Senate— (1) honors ...; (2) condemns ..."."""
    heads = (
        [match.end() for match in RESOLVED.finditer(text, 0, draft.start)]
        if draft.verb and draft.verb.tag == "VBZ"
        else []
    )
    return next((m.entity for m in mentions if heads and heads[-1] <= m.start <= heads[-1] + len("the ")), None)


def _depth(draft: Draft, around: Mapping[int, Draft | None]) -> int:
    """How many claims carry a speaker on before one, itself or those around it; each counts once."""
    depth, met = 0, {id(draft)}
    following: Draft | None = draft
    while following is not None:
        depth += following.follows is not None
        following = following.follows or around.get(id(following))
        if following is not None and id(following) in met:
            return depth
        met.add(id(following))
    return depth


def _interviewee(drafts: list[Draft], mentions: tuple[Mention, ...], signer: str | None) -> str | None:
    """Who answers in an interview that does not name him line by line: the person whom its introduction speaks of most.

    Not who signs the article; of several that are named as often the first.
    """
    turns = [
        d for d in drafts if shape_of(d.origin) in {"question", "answer"} or (d.verb is None and _word(d) in ANSWERS)
    ]
    begin = min((d.hull[0] for d in drafts if shape_of(d.origin) in {"question", "answer", "transcript"}), default=0)
    return _introduced(mentions, begin, signer) if turns else None


def _introduced(mentions: tuple[Mention, ...], begin: int, other: str | None) -> str | None:
    """The person, not the other one, of whom a text speaks most before a place; of several as often the first."""
    named = {m.entity for m in mentions if m.type == "person" and m.kind == "name"} - {other}
    people = [m.entity for m in mentions if m.start < begin and m.entity in named]
    counts = Counter(people)
    return max(counts, key=lambda p: (counts[p], -people.index(p)), default=None)


def find_authors(entities: Iterable[Entity]) -> dict[str, str]:
    """Letter, statement or website to the entity that wrote it: what it says is said by the author."""
    return {e.id: e.responsible for e in entities if e.type == "document" and e.responsible and _is_uttered(e)}


def _is_uttered(document: Entity) -> bool:
    """Whether a document is its author's words: by the noun before "of", as in "statement of the union"."""
    noun = re.split(r" (?:of|by|from|on|to|about) ", document.name)[0].lower().split()[-1]
    return noun in UTTERED or (noun in load_actor_nouns() and load_actor_nouns()[noun][1] == "text")


def _addressee(text: str, mentions: tuple[Mention, ...]) -> str | None:
    """To whom a letter is written: "Dear Secretary Reed:"."""
    line = ADDRESS.search(text)
    named = (m for m in mentions if line and m.entity and m.kind == "name" and line.start() < m.start < line.end())
    return next((m.entity for m in named if m.type == "person"), None)


def _word(draft: Draft) -> str:
    """The words of a claim's source in small letters, "we" for all of us."""
    words = draft.source.text.lower() if draft.source is not None else ""
    return "we" if words in ALL_OF_US else words


def _heard_before(draft: Draft, speakers: Mapping[int, str | None], drafts: list[Draft]) -> str | None:
    """The speaker of the quotation before, whose words go on where nobody signs the article."""
    before = [
        d for d in drafts if d.hull[1] <= draft.start <= d.hull[1] + NEAR_CHARACTERS and shape_of(d.origin) in SPOKEN
    ]
    return speakers.get(id(before[-1])) if before else None


def _heard_in(
    quoted: Quotation, speakers: Mapping[int, str | None], drafts: list[Draft], mentions: tuple[Mention, ...]
) -> str | None:
    """The speaker of a quotation of which another claim has a part."""
    for draft in drafts:
        parts = any(p.start < quoted.end and quoted.start < p.end for p in draft.content)
        outside = draft.source is not None and not quoted.start <= draft.source.start < quoted.end
        if parts and outside:
            found = speakers.get(id(draft)) or _speaker(draft, {}, speakers, drafts, mentions)
            if found is not None:
                return found
    return None


def issuing_body(drafts: list[Draft], mentions: tuple[Mention, ...]) -> str | None:
    """Who says "we" outside quotations in an unsigned article: those who say who they are, else the body or country of the first claim."""
    declared = next((m.entity for m in mentions if m.origin == "declared"), None)
    if declared is not None:
        return declared
    first = next((d for d in drafts if d.source is not None), None)
    mention = source_mention(first, mentions) if first is not None else None
    return mention.entity if mention is not None and mention.type in {"organization", "place"} else None


def _speaker(
    draft: Draft,
    around: Mapping[int, Draft | None],
    speakers: Mapping[int, str | None],
    drafts: list[Draft],
    mentions: tuple[Mention, ...],
) -> str | None:
    """Entity of the source: its mention's; "I" is who speaks around it; without a source, who spoke before."""
    outer = around.get(id(draft))
    if draft.source is None:
        holder = draft.follows or outer or _same_words(draft, drafts)  # what is said inside somebody's words is his
        return speakers.get(id(holder)) if holder is not None else None
    word = _word(draft)
    if word == "you":
        return _addressed(draft, around, speakers, drafts, mentions)
    mention = source_mention(draft, mentions)
    if word in FIRST_PERSON and (outer is not None or mention is None):
        return speakers.get(id(outer)) if outer is not None else None
    if mention is not None and mention.entity:
        return mention.entity
    if word in {"it", "they"}:
        types = {m.entity: m.type for m in mentions}
        before = [speakers.get(id(d)) for d in drafts if d.start < draft.start and d.source is not None]
        last = next((s for s in reversed(before) if s), None)
        return last if types.get(last) not in {"person", "document"} else None
    return None


def _same_words(draft: Draft, drafts: list[Draft]) -> Draft | None:
    """The claim with a source of whose words another one, without, has all: "According to Reed, a storm is expected to come"."""
    cue = draft.cue
    whole = (d for d in drafts if d is not draft and d.source is not None and d.hull == draft.hull)
    return next((d for d in whole if cue is not None and any(p.covers(cue) for p in d.content)), None)


def _addressed(
    draft: Draft,
    around: Mapping[int, Draft | None],
    speakers: Mapping[int, str | None],
    drafts: list[Draft],
    mentions: tuple[Mention, ...],
) -> str | None:
    """Who is "you" in a turn of a transcript: who speaks next, else who spoke before; of a news house alone whom it speaks of most."""
    turns = [d for d in drafts if d.verb is None and d.cue is not None and d.cue.text in {":", ")"}]
    turn = around.get(id(draft))
    while turn is not None and all(d is not turn for d in turns):
        turn = around.get(id(turn))
    if turn is None:
        return None
    own = speakers.get(id(turn))
    after = [speakers.get(id(d)) for d in turns if d.start > turn.start]
    before = [speakers.get(id(d)) for d in turns if d.start < turn.start]
    found = next((s for s in [*after[:1], *reversed(before)] if s and s != own), None)
    if found is None and own is not None and all(speakers.get(id(d)) == own for d in turns):
        return _guest(own, mentions) or _introduced(mentions, min(d.start for d in turns), own)
    return found


def _guest(house: str, mentions: tuple[Mention, ...]) -> str | None:
    """The person whom an interview of a news house names most."""
    types = {m.entity: m.type for m in mentions}
    people = Counter(m.entity for m in mentions if m.kind == "name" and m.type == "person")
    return max(people, key=lambda p: (people[p], str(p)), default=None) if types.get(house) == "organization" else None
