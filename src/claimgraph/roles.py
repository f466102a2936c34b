"""Offices and functions that the text gives to somebody: a title before or behind a name, a possessed title, a copula."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from claimgraph.lexicon import load_table, load_words
from claimgraph.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claimgraph.language import Parse, Token
    from claimgraph.model import Mention

LONGEST_TITLE = 5
"""Words of the longest title before a name."""
PLACING = {"of", "at", "for", "in", "from", "with"}


class Title(NamedTuple):
    """A title, the mention that holds it, of which mention; `nominal` is a mention that means the same holder."""

    holder: str
    title: str
    span: Span
    of: str | None
    nominal: str | None = None


def find_titles(parse: Parse, mentions: tuple[Mention, ...]) -> tuple[Title, ...]:
    """Titles in text order: "US Secretary of State X", "X, head of Y", "the head of Y, X,", "the Z think tank X", "Y's minister", "X is head of Y"."""
    index = MentionIndex(parse, mentions)
    found: list[Title] = []
    for mention in mentions:
        if mention.kind == "name" and mention.type in {"person", "organization"}:
            before = _before(parse, mention, index) if mention.type == "person" else _juxtaposed(parse, mention, index)
            others = (find(parse, mention, index) for find in (_ahead, _behind, _copula))
            found += [title for title in (before, *others) if title]
        elif mention.kind == "nominal" and mention.type == "person":
            own = _possessed(parse, mention, index)
            found += [own] if own else []
    return tuple(sorted(set(found), key=lambda t: (t.span, t.holder)))


class MentionIndex:
    """Mentions by the tokens that they begin and end at."""

    def __init__(self, parse: Parse, mentions: tuple[Mention, ...]) -> None:
        self.first: dict[int, list[Mention]] = {}
        self.last: dict[int, list[Mention]] = {}
        self.tokens: dict[str, list[Token]] = {}
        for mention in mentions:
            tokens = parse.tokens_in(mention.start, mention.end)
            self.tokens[mention.id] = tokens
            self.first.setdefault(tokens[0].i, []).append(mention)
            self.last.setdefault(tokens[-1].i, []).append(mention)

    def names_in(self, first: int, last: int) -> Iterator[Mention]:
        """Names of organisations and places that begin at tokens `[first, last)`."""
        for i in range(first, last):
            yield from (m for m in self.first.get(i, []) if m.kind == "name" and m.type in {"organization", "place"})


@lru_cache
def person_nouns() -> frozenset[str]:
    """Nouns for what somebody is by office or occupation."""
    return frozenset(
        row[0] for row in load_table("actor_nouns") if row[1] == "person" and row[2] in {"office", "occupation"}
    )


def _before(parse: Parse, mention: Mention, index: MentionIndex) -> Title | None:
    """The title right before a name, with what qualifies it: "US Secretary of State X", "Microsoft founder X"."""
    at = index.tokens[mention.id][0].i
    first = _title_start(parse, at)
    if first is None:
        return None
    start = _qualifier_start(parse, first, index)
    of = next(index.names_in(start, first), None)
    begin = index.tokens[of.id][-1].i + 1 if of else start + (parse.tokens[start].label == "NORP" and start < at - 1)
    while begin < first and (parse.tokens[begin].tag in {"POS", "DT"} or parse.tokens[begin].pos == "PUNCT"):
        begin += 1
    title = parse.text[parse.tokens[begin].start : parse.tokens[at - 1].end]
    while start < first and parse.tokens[start].tag == "DT":
        start += 1
    return Title(
        mention.id,
        title,
        Span.cut(parse.text, parse.tokens[start].start, parse.tokens[at - 1].end),
        of.id if of else None,
    )


def _title_start(parse: Parse, at: int) -> int | None:
    """Index of the first word of the title that ends right before token `at`; honorifics are no title."""
    titles, nouns = load_words("titles"), person_nouns()
    floor = parse.tokens[at].sentence.tokens[0].i
    for length in range(min(LONGEST_TITLE, at - floor), 0, -1):
        words = " ".join(t.lower for t in parse.tokens[at - length : at])
        if parse.tokens[at - 1].tag == "NNPS":
            words = words.removesuffix("s")
        if words in titles and words not in load_words("titles", "honorific"):
            return at - length
    for i in range(max(at - LONGEST_TITLE, floor), at - 2):  # "Secretary of Homeland Security X"
        run = parse.tokens[i:at]
        lettered = all(t.text[0].isupper() or t.lower in {"of", "for", "the", "and"} for t in run)
        if run[0].lower in nouns and run[1].lower in {"of", "for"} and lettered and run[-1].tag == "NNP":
            return i
    last = parse.tokens[at - 1] if at > floor else None
    return (
        at - 1
        if last is not None and (last.lower in nouns or last.lemma in nouns) and last.tag in {"NN", "NNP"}
        else None
    )


def _qualifier_start(parse: Parse, first: int, index: MentionIndex) -> int:
    """Index of the first word that qualifies a title: adjectives, nouns and names beside it."""
    floor = parse.tokens[first].sentence.tokens[0].i
    while first > floor:
        before = parse.tokens[first - 1]
        name = next((m for m in index.last.get(first - 1, []) if m.kind == "name" and m.type != "person"), None)
        if name is not None:
            return index.tokens[name.id][0].i
        if before.tag not in {"JJ", "NN", "NNP", "POS", "HYPH"} or before.label in {"DATE", "TIME", "PERSON"}:
            return first
        first -= 1
    return first


def _behind(parse: Parse, mention: Mention, index: MentionIndex) -> Title | None:
    """The title in apposition behind a name: "X, chief executive of Y,"."""
    last = index.tokens[mention.id][-1]
    tokens = parse.tokens
    if last.i + 2 >= len(tokens) or tokens[last.i + 1].text not in {",", "("}:
        return None
    head = next((t for t in index.tokens[mention.id][-1].having("appos") if t.i > last.i + 1), None)
    head = head or _title_run(tokens, last.i + 2)
    if (
        head is None
        or mention.type != "person"
        or (head.lower not in person_nouns() and head.lemma not in person_nouns())
    ):
        return None
    return _described(parse, head, mention.id, index, floor=last.i + 2)


def _ahead(parse: Parse, mention: Mention, index: MentionIndex) -> Title | None:
    """The title that a name stands in apposition to: "the mayor of Y, X,"."""
    first, last = index.tokens[mention.id][0], index.tokens[mention.id][-1]
    head = last.head
    if mention.type != "person" or last.dep != "appos" or not head.i < first.i - 1:
        return None
    if head.dep == "pobj" and head.head.lower in PLACING:  # the parser often takes Y for X
        head = head.head.head
    held = head.lower in person_nouns() or head.lemma in person_nouns()
    if parse.tokens[first.i - 1].text != "," or not held or head.tag not in {"NN", "NNP"}:
        return None
    return _described(parse, head, mention.id, index, floor=0)


def _title_run(tokens: list[Token], start: int) -> Token | None:
    """The last word of adjectives and nouns that make a line of their own: "Anna Reed, Secretary of State"."""
    at = start
    sentence = tokens[start].sentence
    if sentence.zone != "byline":
        return None
    while at < len(tokens) and tokens[at].sentence is sentence and tokens[at].tag in {"DT", "JJ", "NN", "NNP", "HYPH"}:
        at += 1
    return tokens[at - 1] if at > start else None


def _described(
    parse: Parse, head: Token, holder: str, index: MentionIndex, *, floor: int, nominal: str | None = None
) -> Title:
    """The title that `head` heads, with the organisation or place it is of, in or behind it."""
    start = max(_phrase_start(head), floor)
    names = [m for m in index.names_in(start, head.i) if index.tokens[m.id][-1].i < head.i]
    end = head
    title_start = index.tokens[names[0].id][-1].i + 1 if names else start
    for child in head.having("prep"):
        target = next(iter(child.having("pobj")), None)
        if child.lower in PLACING and target is not None:
            inner = [m for m in index.names_in(child.i, target.i + 1) if index.tokens[m.id][-1].i >= target.i] or list(
                index.names_in(child.i + 1, target.i + 1)
            )
            names = names or inner[:1]
            end = index.tokens[inner[0].id][-1] if inner else end
            break
    if not names and head.text[0].isupper() and parse.tokens[min(head.i + 1, len(parse.tokens) - 1)].text == ",":
        names = [m for m in index.names_in(head.i + 2, head.i + 3) if m.type == "organization"]
    while title_start < head.i and (
        parse.tokens[title_start].tag in {"DT", "POS", "PRP$"} or parse.tokens[title_start].pos == "PUNCT"
    ):
        title_start += 1
    title = parse.text[parse.tokens[title_start].start : head.end]
    return Title(
        holder, title, Span.cut(parse.text, parse.tokens[start].start, end.end), names[0].id if names else None, nominal
    )


def _phrase_start(head: Token) -> int:
    """Index of the leftmost word that belongs to a noun before it."""
    return min((t.i for t in head.subtree() if t.i <= head.i), default=head.i)


def _juxtaposed(parse: Parse, mention: Mention, index: MentionIndex) -> Title | None:
    """ "the US think tank the Cato Institute": what an organisation is, right before its name."""
    first = index.tokens[mention.id][0].i
    nominal = next((m for m in index.last.get(first - 1, []) if m.kind == "nominal" and m.type == "organization"), None)
    if nominal is None:
        return None
    tokens = index.tokens[nominal.id]
    of = next(index.names_in(tokens[0].i, tokens[-1].i), None)
    begin = index.tokens[of.id][-1].i + 1 if of else tokens[0].i + (tokens[0].tag == "DT")
    begin += parse.tokens[begin].tag == "POS"
    title = parse.text[parse.tokens[begin].start : nominal.end]
    return Title(mention.id, title, Span(nominal.start, nominal.end, nominal.text), of.id if of else None, nominal.id)


def _copula(parse: Parse, mention: Mention, index: MentionIndex) -> Title | None:
    """ "X is the head of Y", "X was appointed head of Y"."""
    token = index.tokens[mention.id][-1]
    verb = token.head
    if (
        token.dep not in {"nsubj", "nsubjpass"}
        or verb.lemma not in {"be", "become", "appoint", "elect", "name"}
        or mention.type != "person"
    ):
        return None
    head = next(
        (t for t in verb.having("attr", "oprd") if t.lower in person_nouns() or t.lemma in person_nouns()), None
    )
    if head is None or head.i < token.i or verb.having("neg"):
        return None
    title = _described(parse, head, mention.id, index, floor=verb.i + 1)
    return title if title.of else None


def _possessed(parse: Parse, mention: Mention, index: MentionIndex) -> Title | None:
    """ "Mexico's foreign minister", "the French president": the title of whoever the words stand for."""
    tokens = index.tokens[mention.id]
    if tokens[-1].lower not in person_nouns():
        return None
    of = next(index.names_in(tokens[0].i, tokens[-1].i), None)
    if of is None:
        return None
    begin = index.tokens[of.id][-1].i + 1
    begin += parse.tokens[begin].tag == "POS"
    title = parse.text[parse.tokens[begin].start : mention.end]
    return Title(mention.id, title, Span(mention.start, mention.end, mention.text), of.id)
