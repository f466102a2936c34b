"""Words that point back: "the report", "the company", "he": what each stands for, by what is in focus."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from claimgraph.clusters import CONFIDENCE
from claimgraph.lexicon import load_map, load_words
from claimgraph.names import gender_of_pronoun, person_key

if TYPE_CHECKING:
    from claimgraph.clusters import Cluster, Speech, State
    from claimgraph.language import Token
    from claimgraph.model import Mention

FOCUS_SENTENCES = 4
"""A pronoun looks back so far for its antecedent."""

CALLED = {
    "company",
    "firm",
    "group",
    "organization",
    "agency",
    "airline",
    "bank",
    "manufacturer",
    "alliance",
    "bloc",
    "carrier",
}
"""Nouns that an organisation is called by whose name does not say what it is."""


def join_documents(state: State, speeches: tuple[Speech, ...]) -> None:
    """ "The report": one spoken of before in the same word, else what the last source before it wrote."""
    for mention in state.mentions:
        head = document_head(state.tokens[mention.id])
        if mention.type != "document" or mention.kind != "nominal":
            continue
        before = [
            m
            for m in state.mentions
            if m.type == "document" and m.end <= mention.start and document_head(state.tokens[m.id]).lemma == head.lemma
        ]
        definite = state.tokens[mention.id][0].lower in {"the", "this", "that"}
        maker = _maker(state, head)
        if maker is not None:
            _made_by(state, mention, head, maker)
        elif before and definite:
            state.join(mention.id, before[-1].id, "document")
        elif definite:
            _bridge(state, mention, head, speeches)


def document_head(tokens: list[Token]) -> Token:
    """The noun of a document's words: "report" in "a report by the bureau"."""
    return next((tokens[i - 1] for i, t in enumerate(tokens) if i and t.lower == "by"), tokens[-1])


def _bridge(state: State, mention: Mention, head: Token, speeches: tuple[Speech, ...]) -> None:
    sources = [s for s in speeches if s.source is not None and s.content[1] <= mention.start]
    for speech in reversed(sources):
        maker = next(
            (
                m
                for m in state.mentions
                if m.kind == "name"
                and m.type in {"organization", "person"}
                and speech.source
                and speech.source[0] <= m.start
                and m.end <= speech.source[1]
            ),
            None,
        )
        if maker is None:
            continue
        _made_by(state, mention, head, maker)
        return


def _maker(state: State, head: Token) -> Mention | None:
    """The named body or person of "a report by X", "X's report"."""
    near = [t for p in head.having("prep") if p.lower in {"by", "from", "of"} for t in p.having("pobj")] + head.having(
        "poss"
    )
    ends = {t.i for t in near}
    named = (m for m in state.mentions if m.kind == "name" and m.type in {"organization", "person"})
    return next((m for m in named if ends & {t.i for t in state.tokens[m.id]}), None)


def _made_by(state: State, mention: Mention, head: Token, maker: Mention) -> None:
    """Name a document after who made it."""
    cluster = state.of[mention.id]
    article = "the " if maker.type == "organization" else ""
    cluster.name = f"{head.lemma} of {article}{state.of[maker.id].longest_name()}"
    cluster.responsible = state.of[maker.id]
    state.confidence[mention.id] = CONFIDENCE["document"]


def join_definite(state: State) -> None:
    """ "The company", "the minister": the last named one of the kind in focus."""
    kinds = load_map("actor_nouns")
    for mention in state.mentions:
        tokens = state.tokens[mention.id]
        around = state.of[mention.id].mentions
        alone = min(around, key=lambda m: m.start) is mention and all(m.kind == "nominal" for m in around)
        if (
            mention.kind != "nominal"
            or not alone
            or tokens[0].lower != "the"
            or len(tokens) != 2
            or mention.type not in {"organization", "person"}
        ):
            continue
        if kinds.get(tokens[-1].lemma) != mention.type:
            continue
        named = [m for m in state.mentions if m.kind == "name" and m.type == mention.type and m.end <= mention.start]
        named = [m for m in named if tokens[0].sentence.index - state.tokens[m.id][0].sentence.index <= FOCUS_SENTENCES]
        named = [m for m in named if mention.type == "person" or _is_kind(state, m, tokens[-1])]
        if (named and mention.type == "organization") or (named and len({id(state.of[m.id]) for m in named}) == 1):
            state.join(mention.id, named[-1].id, "focus")


def _is_kind(state: State, named: Mention, noun: Token) -> bool:
    """Whether an organisation's name may be called by a noun: its own words say so, or say nothing else."""
    words = {t.lower for t in state.tokens[named.id]}
    if noun.lemma in words:
        return True
    other = words & load_words("actor_nouns", "organization")
    return not other and noun.lemma in CALLED


def join_pronouns(state: State, speeches: tuple[Speech, ...]) -> None:
    """he, she: the speaker of the sentence's claim outside it, else the last person in focus of fitting gender."""
    for mention in state.mentions:
        if mention.kind == "pronoun" and mention.type == "person":
            antecedent = _antecedent(state, mention, speeches)
            if antecedent is not None:
                cluster = state.of[antecedent.id]
                cluster.gender = cluster.gender or gender_of_pronoun(mention.text)
                state.join(mention.id, antecedent.id, "pronoun")


def join_its(state: State, speeches: tuple[Speech, ...]) -> None:
    """it, its: the body that speaks of itself ("X said it had ..."), or goes on to speak ("X said ... It warned ...").

    Elsewhere "it" stays unresolved: most are things, clauses or nothing at all.
    """
    for mention in state.mentions:
        if mention.kind == "pronoun" and mention.type == "organization":
            speaker = _own_speaker(state, mention, speeches)
            if speaker is not None and state.of[speaker.id] is not state.of[mention.id]:
                state.join(mention.id, speaker.id, "pronoun")


def _own_speaker(state: State, pronoun: Mention, speeches: tuple[Speech, ...]) -> Mention | None:
    if state.speaks(pronoun, speeches):
        before = [s for s in speeches if s.source and s.cue and max(s.source[1], s.cue[1]) <= pronoun.start]
        last = max(before, key=lambda s: s.source or (0, 0), default=None)
        speaker = _body(state, last) if last is not None else None
        at = state.tokens[pronoun.id][0].sentence.index
        near = speaker is not None and at - state.tokens[speaker.id][0].sentence.index <= 1
        return speaker if near else None
    around = [s for s in speeches if not s.direct and s.content[0] <= pronoun.start < s.content[1]]
    inner = max(around, key=lambda s: s.content[0], default=None)
    speaker = _body(state, inner) if inner is not None else None
    if inner is None or speaker is None:
        return None
    between = (m for m in state.mentions if m.type == "organization" and inner.content[0] <= m.start < pronoun.start)
    return speaker if all(state.of[m.id] is state.of[speaker.id] for m in between) else None


def _body(state: State, speech: Speech) -> Mention | None:
    """The organisation or document that a speech's source is; None for a person of one."""
    if speech.source is None:
        return None
    start, end = speech.source
    inside = [m for m in state.mentions if start <= m.start and m.end <= end and m.type != "place"]
    if not inside or any(m.type in {"person", "group"} for m in inside):
        return None
    named = [m for m in inside if any(x.kind != "pronoun" for x in state.of[m.id].mentions)]
    return max(named, key=lambda m: (m.end - m.start, -m.start), default=None)


def _antecedent(state: State, pronoun: Mention, speeches: tuple[Speech, ...]) -> Mention | None:
    at, gender = state.tokens[pronoun.id][0], gender_of_pronoun(pronoun.text)
    quoting = [s for s in speeches if s.direct and s.content[0] <= pronoun.start < s.content[1]]
    found: dict[int, tuple[tuple[float, ...], Mention]] = {}
    for mention in state.mentions:
        if mention.end > pronoun.start or mention.type != "person" or _signs(state, mention):
            continue
        head = state.tokens[mention.id][-1]
        distance = at.sentence.index - head.sentence.index
        cluster = state.of[mention.id]
        if (
            distance > FOCUS_SENTENCES
            or not _fits(cluster, gender)
            or any(m.kind != "pronoun" for m in cluster.mentions) is False
        ):
            continue
        if any(s.source and s.source[0] <= mention.start < s.source[1] for s in quoting):
            continue  # nobody speaks of himself as "he"
        if (
            distance == 0
            and head.head is at.head
            and at.tag == "PRP"
            and head.dep in {"nsubj", "nsubjpass"}
            and at.dep in {"dobj", "dative", "pobj"}
        ):
            continue  # the object of a verb is not its subject (Binding Theory, principle B)
        subject = head.dep in {"nsubj", "nsubjpass"} or state.speaks(mention, speeches)
        score = (
            -distance,
            float(subject),
            -float(mention.start) if distance == 0 and subject else float(mention.start),
        )
        found[id(cluster)] = max(found.get(id(cluster), (score, mention)), (score, mention), key=lambda item: item[0])
    return max(found.values(), key=lambda item: item[0], default=(None, None))[1]


def _signs(state: State, mention: Mention) -> bool:
    """Whether a mention is the byline's: who writes is not whom the text is about."""
    return state.tokens[mention.id][0].sentence.zone == "byline"


def _fits(cluster: Cluster, gender: str | None) -> bool:
    known = cluster.gender or given_gender(cluster)
    return known is None or gender is None or known == gender


def given_gender(cluster: Cluster) -> str | None:
    """The gender that honorific or given name tells; None where they do not."""
    genders: dict[str, int] = defaultdict(int)
    for mention in cluster.mentions:
        first = person_key(mention.text).split()[0]
        found = (
            load_map("given_names").get(first) if mention.kind == "name" and " " in person_key(mention.text) else None
        )
        if found:
            genders[found] += 1
    return max(genders, key=lambda g: (genders[g], g)) if genders else None
