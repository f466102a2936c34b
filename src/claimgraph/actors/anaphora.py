"""Noun phrases that point back: "the report", "the company", "the city": what each stands for, by what is in focus."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claimgraph.actors.clusters import CONFIDENCE
from claimgraph.actors.nominals import COLLECTIVE, load_actor_nouns
from claimgraph.lexicon import load_words

if TYPE_CHECKING:
    from claimgraph.actors.clusters import State
    from claimgraph.language import Token
    from claimgraph.model import Mention

FOCUS_SENTENCES = 4
"""A noun looks back so far for what it stands for, unless the name has the noun in it ("the court")."""
KINDS = {
    "country": {"country"},
    "nation": {"country"},
    "city": {"city"},
    "town": {"city"},
    "village": {"city"},
    "capital": {"city"},
    "state": {"state"},
    "province": {"state"},
}
"""What the authority calls the places that a noun may stand for."""
CALLED = {
    "company",
    "firm",
    "group",
    "organization",
    "organisation",
    "agency",
    "airline",
    "bank",
    "manufacturer",
    "alliance",
    "bloc",
    "carrier",
    "network",
    "charity",
    "club",
    "party",
    "team",
    "newspaper",
    "magazine",
    "broadcaster",
    "union",
    "regulator",
    "watchdog",
    "automaker",
    "carmaker",
    "retailer",
}
"""Nouns that an organisation is called by whose name does not say what it is."""
ISSUING = {"release", "issue", "publish", "send", "write", "post", "make", "file", "give"}
"""How news calls the giving out of a document."""
ORDINAL = {"latter": -1, "former": -2}
"""Which of the last two named bodies a word means."""
LAWS = {"act", "bill", "law", "legislation", "measure"}
"""What a law is called by whatever its name ends with."""
RULE = re.compile(
    r"(?:(?:The|This|That|Under|In) )?"
    r"((?:[A-Z][\w'’.-]* (?:(?:of|for|to|and|the|in|on|from|against|with|by) ){0,2}){1,9}"
    r"(?:Act|Bill|Law|Code|Treaty|Accord|Agreement|Pact|Strategy|Plan|Convention|Protocol|Charter)\b(?: of \d{4})?)"
)
"""The name of a law, treaty or plan."""
ANYBODY = {"lawmaker", "politician", "official", "leader", "democrat", "republican", "legislator"}
"""Nouns that a person is called by whatever the office."""


def join_documents(state: State) -> None:
    """ "The report": one spoken of before in the same word, else what the last source before it wrote."""
    rules: dict[str, str] = {}
    for mention in state.mentions:
        head = document_head(state.tokens[mention.id])
        if mention.type != "document" or mention.kind != "nominal":
            continue
        before = [
            m
            for m in state.mentions
            if m.type == "document" and m.end <= mention.start and document_head(state.tokens[m.id]).lemma == head.lemma
            and _capitals(head) <= _capitals(document_head(state.tokens[m.id]))
        ]  # fmt: skip
        definite = state.tokens[mention.id][0].lower in {"the", "this", "that"}
        maker = _maker(state, head)
        if _kind_of_text(head) == "rule" and (called := rule_name(state, mention)):
            state.of[mention.id].name = called
            other = rules.setdefault(called, mention.id)
            state.join(mention.id, other, "document")
        elif maker is not None:
            _made_by(state, mention, head, maker)
        elif before and definite:
            state.join(mention.id, before[-1].id, "document")
        elif definite and not head.having("poss") and _kind_of_text(head) != "rule":
            same = [t for t in state.parse.tokens[: head.i] if t.lemma == head.lemma and t.tag == "NN"]
            issued = _maker(state, same[-1]) if same else None
            if issued is not None:  # "issued a statement", of which nothing is told there
                _made_by(state, mention, head, issued)
            else:
                _bridge(state, mention, head)


def rule_name(state: State, mention: Mention) -> str | None:
    """The law or plan that "the bill", "this act" means: the last one named so up to it; "a bill" names none."""
    text, tokens = state.parse.text[: mention.end], state.tokens[mention.id]
    kinds = LAWS if tokens[-1].lower in LAWS else {tokens[-1].lower}
    if tokens[0].lower not in {"the", "this", "that"} and not tokens[-1].text[0].isupper():
        return None
    names = [re.split("['’]s ", m[1])[-1] for m in RULE.finditer(text)]
    found = [name for name in names if " " in name and re.sub(r" of \d+$", "", name).split()[-1].lower() in kinds]
    return found[-1] if found else None


def document_head(tokens: list[Token]) -> Token:
    """The noun of a document's words: "report" in "a report by the bureau"."""
    by = (tokens[i - 1] for i, t in enumerate(tokens) if i and t.lower == "by")
    of = (tokens[i - 1] for i, t in enumerate(tokens) if i and t.lower == "of" and _is_text(tokens[i - 1]))
    return next(by, None) or next(of, tokens[-1])


def _is_text(token: Token) -> bool:
    """Whether a noun is for something written: "act" in "the Clean Air Act of 1990"."""
    return load_actor_nouns().get(token.lower, ("",))[0] == "document"


def _kind_of_text(token: Token) -> str | None:
    """What kind of document a noun is for: "rule" of a law."""
    found = load_actor_nouns().get(token.lemma)
    return found[1] if found is not None else None


def _bridge(state: State, mention: Mention, head: Token) -> None:
    """A document that nobody is said to have made is the last source's."""
    sources = [s for s in state.speeches if s.source is not None and s.end <= mention.start]
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
    """The named body or person of "a report by X", "a statement released by X", "X's report"; who "issued a statement"."""
    near = [t for p in head.having("prep") if p.lower in {"by", "from", "of"} for t in p.having("pobj")]
    near += [t for v in head.having("acl") for p in v.having("agent") for t in p.having("pobj")]
    sent = [
        t for v in head.having("acl") for p in v.having("prep") if p.lower in {"from", "on"} for t in p.having("pobj")
    ]
    near += [owner for t in sent for owner in t.having("poss")] + head.having("poss")
    if head.dep == "dobj" and head.head.lemma in ISSUING:
        near += head.head.having("nsubj")
    ends = {t.i for t in near}
    named = [m for m in state.mentions if m.kind == "name" and m.type in {"organization", "person"}]
    found = next((m for m in named if ends & {t.i for t in state.tokens[m.id]}), None)
    rows = (m for m in state.mentions if m.origin in {"several", "joint"} and found and m.start <= found.start < m.end)
    return next(rows, found) or (_qualifying(state, head) if _kind_of_text(head) != "rule" else None)


def _capitals(head: Token) -> set[str]:
    """The names and adjectives of names before a noun: "Turkish" of "the Turkish statement"."""
    return {
        t.text
        for t in head.having("compound", "amod", "nmod")
        if t.tag in {"NNP", "NNPS", "JJ"} and t.text[0].isupper()
    }


def _qualifying(state: State, head: Token) -> Mention | None:
    """The body or country whose name or adjective stands before a document: "the EU statement", "the Turkish letter"."""
    words = _capitals(head)
    countries = {entry.iri for entry in map(state.authority.demonym, words) if entry is not None}
    for mention in state.mentions:
        if mention.kind != "name" or mention.type == "person":
            continue
        if words & {t.text for t in state.tokens[mention.id]} and mention.end <= head.start:
            return mention
        if countries and countries & {e.iri for e in state.authority.named(mention.text) if e.type == "place"}:
            return mention
    return None


def _made_by(state: State, mention: Mention, head: Token, maker: Mention) -> None:
    """Name a document after who made it."""
    cluster = state.of[mention.id]
    article = "the " if maker.type == "organization" else ""
    cluster.name = f"{head.lemma} of {article}{state.of[maker.id].longest_name()}"
    cluster.responsible = state.of[maker.id]
    state.confidence[mention.id] = CONFIDENCE["document"]


def join_definite(state: State) -> None:
    """ "The company", "the city", "the lawmaker": the last name before that has the noun in it, else the last of the kind in focus."""
    named = [m for m in state.mentions if m.kind == "name"]
    for mention in state.mentions:
        tokens = state.tokens[mention.id]
        if mention.kind != "nominal" or mention.type not in {"organization", "person", "place"}:
            continue
        if tokens[-1].lower in ORDINAL:
            _join_latter(state, mention, [m for m in named if m.end <= mention.start])
            continue
        around = state.of[mention.id].mentions
        first = all(m.kind == "nominal" for m in around) and min(m.start for m in around) == mention.start
        if not first or (tokens[0].lower not in {"the", "this"} and tokens[-1].lower not in COLLECTIVE):
            continue
        before = [m for m in named if m.end <= mention.start and state.of[m.id].type == mention.type]
        found = _containing(state, tokens, before) or _same_head(state, mention) or _in_focus(state, tokens, before)
        if found is not None:
            state.join(mention.id, found.id, "focus")


def _join_latter(state: State, mention: Mention, before: list[Mention]) -> None:
    """ "The latter": the last name of an actor before it in its sentence, "the former" the one before that."""
    sentence = state.heads[mention.id].sentence
    near = [m for m in before if state.heads[m.id].sentence is sentence and m.type != "place"]
    if len({id(state.of[m.id]) for m in near}) > 1:
        state.join(mention.id, near[ORDINAL[state.tokens[mention.id][-1].lower]].id, "focus")


def join_both(state: State) -> None:
    """ "Both officers", "the researchers": the people named side by side before, where only those are."""
    joint = [m for m in state.mentions if m.origin in {"several", "joint"}]
    for mention in state.mentions:
        lead = state.tokens[mention.id][0].lower
        if mention.type != "group" or mention.origin != "noun" or lead not in {"both", "the", "these"}:
            continue
        before = [m for m in joint if m.end <= mention.start and not any(_part_of(m, o) for o in joint)]
        alike = state.of[mention.id].mentions
        first = all(m.kind == "nominal" and m.start >= mention.start for m in alike)
        alone = first and len(state.tokens[mention.id]) == 2
        if before and alone and (lead == "both" or len({state.of[m.id].name for m in before}) == 1):
            state.join(mention.id, before[-1].id, "focus")


def _part_of(row: Mention, other: Mention) -> bool:
    """Whether a row of names is the beginning or a part of a longer one."""
    return row.start < other.end and other.start < row.end and other.end - other.start > row.end - row.start


def _containing(state: State, tokens: list[Token], before: list[Mention]) -> Mention | None:
    """The name most used so far that has all the words of a noun phrase: "the department" for "Department of X"."""
    words, noun = {t.lower for t in tokens if t.tag != "DT"}, tokens[-1].lower
    found: list[Mention] = []
    for mention in before:
        name = [t.lower for t in state.tokens[mention.id]]
        if words <= set(name) and (mention.type == "organization" or (mention.type == "place" and name[-1] == noun)):
            found.append(mention)
    return max(found, key=lambda m: (sum(state.of[m.id] is state.of[o.id] for o in found), m.start), default=None)


def _same_head(state: State, mention: Mention) -> Mention | None:
    """The last noun phrase of the same head that says more: "the Reed administration" before "the administration"."""
    tokens, at = state.tokens[mention.id], state.heads[mention.id].sentence.index
    if len(tokens) != 2 or mention.type == "place":
        return None
    alike = [
        m
        for m in state.mentions
        if m.kind == "nominal" and m.type == mention.type and m.origin not in {"several", "joint", "others", "described"}
        and state.tokens[m.id][-1].lemma == tokens[-1].lemma and len(state.tokens[m.id]) > 1
        and (m.type != "person" or at - state.heads[m.id].sentence.index <= FOCUS_SENTENCES)
    ]  # fmt: skip
    before = [m for m in alike if m.end <= mention.start]
    alike = before or [m for m in alike if m.start > mention.start and _says_more(state, m)]
    if mention.type != "organization" and not before:
        return None
    return alike[-1] if len({id(state.of[m.id]) for m in alike}) == 1 else None


def _says_more(state: State, mention: Mention) -> bool:
    """Whether a noun phrase names what it is of: "the Reed administration"."""
    return any(t.text[0].isupper() for t in state.tokens[mention.id][1:-1])


def _in_focus(state: State, tokens: list[Token], before: list[Mention]) -> Mention | None:
    """The last named one of the kind, a speaker or subject first; people only where nobody else is near."""
    noun, at = tokens[-1], tokens[0].sentence.index
    near = [
        m for m in before if at - state.heads[m.id].sentence.index <= FOCUS_SENTENCES and _is_kind(state, m, tokens)
    ]
    if not near:
        return None
    if before[-1].type == "person" and noun.lemma not in ANYBODY and len({id(state.of[m.id]) for m in near}) > 1:
        return None
    subjects = [m for m in near if state.heads[m.id].dep in {"nsubj", "nsubjpass"} or state.speaks(m)]
    last = state.heads[near[-1].id].sentence.index
    return next((m for m in reversed(subjects) if state.heads[m.id].sentence.index >= last - 1), near[-1])


def _is_kind(state: State, named: Mention, tokens: list[Token]) -> bool:
    """Whether a name may be called by a noun: its own words say so, or say nothing else."""
    noun, cluster = tokens[-1], state.of[named.id]
    if cluster.type == "place":
        kinds = {e.kind for e in state.authority.named(named.text) if e.type == "place"}
        return bool(kinds & KINDS.get(noun.lemma, set())) and len(tokens) == 2
    if any(t.label in {"GPE", "NORP", "ORG", "LOC"} for t in tokens) and cluster.type != "person":
        return False
    if cluster.type == "person":
        return len(tokens) == 2 or noun.lemma in ANYBODY
    words = {t.lower for t in state.tokens[named.id]}
    other = words & load_words("actor_nouns", "organization")
    return not other and noun.lemma in CALLED
