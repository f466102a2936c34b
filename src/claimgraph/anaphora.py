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


def join_documents(state: State, speeches: tuple[Speech, ...]) -> None:
    """ "The report": one spoken of before in the same word, else what the last source before it wrote."""
    for mention in state.mentions:
        head = state.tokens[mention.id][-1]
        if mention.type != "document" or mention.kind != "nominal":
            continue
        before = [
            m
            for m in state.mentions
            if m.type == "document" and m.end <= mention.start and state.tokens[m.id][-1].lemma == head.lemma
        ]
        definite = state.tokens[mention.id][0].lower in {"the", "this", "that"}
        maker = _maker(state, head)
        if maker is not None:
            _made_by(state, mention, head, maker)
        elif before and definite:
            state.join(mention.id, before[-1].id, "document")
        elif definite:
            _bridge(state, mention, head, speeches)


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
        alone = state.of[mention.id].mentions == [mention]
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
    return not other and noun.lemma in {
        "company",
        "firm",
        "group",
        "organization",
        "agency",
        "airline",
        "bank",
        "manufacturer",
    }


def join_pronouns(state: State, speeches: tuple[Speech, ...]) -> None:
    """he, she: the speaker of the sentence's claim outside it, else the last person in focus of fitting gender."""
    for mention in state.mentions:
        if mention.kind == "pronoun" and mention.type == "person":
            antecedent = _antecedent(state, mention, speeches)
            if antecedent is not None:
                cluster = state.of[antecedent.id]
                cluster.gender = cluster.gender or gender_of_pronoun(mention.text)
                state.join(mention.id, antecedent.id, "pronoun")


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
