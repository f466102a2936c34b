"""Names that the recogniser takes for something else or cuts short, and that the article shows to be people's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claimgraph.actors.names import folded, is_given
from claimgraph.actors.nominals import Candidate, is_office, load_actor_nouns
from claimgraph.actors.officeholders import MEMBER
from claimgraph.lexicon import load_map, load_words

if TYPE_CHECKING:
    from claimgraph.actors.authority import Authority, AuthorityEntry
    from claimgraph.language import Parse

LONGEST_NAME = 4
"""Words of the longest full name that is taken for a person's by its given name."""


def to_people(parse: Parse, names: list[Candidate], authority: Authority) -> list[Candidate]:
    """The names, those of people typed so: by title or party beside them, by a given name whose surname stands alone too.

    A name that the authority knows as a place or body only, or with a noun for one in it, stays what it was.
    """
    ends = {name.last for name in names}
    whole = [_with_given(parse, _without_office(parse, name), ends) for name in names]
    whole = [part for name in whole for part in _without_place(parse, name, authority)]
    whole += _missed(parse, whole)
    alone = {parse.tokens[n.first].text for n in whole if n.last - n.first == 1}
    found = [
        n._replace(type="person")
        if n.type in {"organization", "place"} and _is_person(parse, n, alone) and not _known(parse, n, authority)
        else n
        for n in whole
    ]
    return _parts_of_people(parse, [_without_body(parse, name) for name in found], authority)


def _without_body(parse: Parse, name: Candidate) -> Candidate:
    """A name that the recogniser takes for a person's and that ends with what a body is called: "Executive Branch"."""
    tokens = parse.tokens[name.first : name.last]
    body = load_actor_nouns().get(tokens[-1].lower, ("",))[0] == "organization"
    if name.type == "person" and len(tokens) > 1 and body and tokens[0].text not in load_map("given_names"):
        return name._replace(type="organization")
    return name


def _parts_of_people(parse: Parse, names: list[Candidate], authority: Authority) -> list[Candidate]:
    """The names, those of one word that are a surname of somebody named in full before ("Vázquez", of "Wanda Vázquez Garced")."""
    parts: dict[str, int] = {}
    for name in names:
        if name.type == "person" and name.last - name.first > 1:
            for token in parse.tokens[name.first + 1 : name.last]:
                if len(token.text) > 3:
                    parts.setdefault(folded(token.text), name.first)
    return [
        n._replace(type="person", origin="surname")
        if n.last - n.first == 1
        and n.type in {"organization", "place"}
        and parts.get(folded(parse.tokens[n.first].text), n.first) < n.first
        and not _known(parse, n, authority)
        else n
        for n in names
    ]


def _without_place(parse: Parse, name: Candidate, authority: Authority) -> list[Candidate]:
    """A name in two where the recogniser ran a place and a person together ("Vermont Anna Reed")."""
    before = parse.tokens[name.first - 1].lower if name.first else ""
    if parse.tokens[name.last - 1].lower in load_map("name_endings"):
        return [name]
    for at in range(name.first + 1, name.last - 1):
        words = parse.text[parse.tokens[name.first].start : parse.tokens[at - 1].end]
        entries = authority.named(words.removeprefix("the ")) or _places(words, authority, before)
        kinds = {e.kind if e.kind in {"country", "state"} or e.type != "place" else "city" for e in entries}
        first = kinds & {"country", "state"} or (before in {"of", "from", "the"} and kinds)
        if first and is_given(parse.tokens[at].text) and (name.type == "organization" or before in {"of", "from"}):
            return [name._replace(last=at, type=entries[0].type), name._replace(first=at, type="person")]
    return [name]


def _places(words: str, authority: Authority, before: str) -> tuple[AuthorityEntry, ...]:
    """The places by whose name a person's may begin: "the mayor of Koszalin Piotr Reed"."""
    bearers = authority.bearers(words) if before in {"of", "from"} else ()
    return tuple(b.entry for b in bearers if b.by_label and b.entry.type == "place")


def _missed(parse: Parse, names: list[Candidate]) -> list[Candidate]:
    """Names that the recogniser missed: a given name and proper nouns behind it, as one noun phrase."""
    covered = {i for name in names for i in range(name.first, name.last)}
    given, nouns, tokens = load_map("given_names"), load_actor_nouns(), parse.tokens
    found = []
    for token in tokens:
        if token.i in covered or token.tag != "NNP" or token.text not in given or token.dep != "compound":
            continue
        last = token.head
        run = tokens[token.i + 1 : last.i + 1]
        plain = all(t.tag == "NNP" and t.i not in covered and t.lower not in nouns and t.text[0].isupper() for t in run)
        behind = tokens[last.i + 1].tag if last.i + 1 < len(tokens) else ""
        if 0 < len(run) < LONGEST_NAME and plain and behind not in {"NNP", "NNPS"} and last.dep != "compound":
            found.append(Candidate(token.i, last.i + 1, "person", "name", 0.7, "given name"))
            covered.update(range(token.i, last.i + 1))
    return found


def _without_office(parse: Parse, name: Candidate) -> Candidate:
    """A name without the office behind it, "State Department" in "State Department Spokesperson", and without "et al"."""
    if parse.tokens[name.last - 1].lower.strip(".") == "al" and parse.tokens[name.last - 2].lower == "et":
        return name._replace(last=max(name.last - 2, name.first + 1))
    last = parse.tokens[name.last - 1]
    if name.type != "organization" or name.last - name.first < 2 or not is_office(last.lower):
        return name
    if parse.tokens[name.last - 2].tag == "IN":  # "Court of Justice"
        return name
    return name._replace(last=name.last - 1)


def _with_given(parse: Parse, name: Candidate, ends: set[int]) -> Candidate:
    """A person's name with the words that the recogniser left out: a given name before it, the noun that it is a part of."""
    first, floor = name.first, parse.tokens[name.first].sentence.tokens[0].i
    given = load_map("given_names")
    while name.type == "person" and first > floor and parse.tokens[first - 1].tag == "NNP":
        before = parse.tokens[first - 1]
        known = before.text in given or re.fullmatch(r"[A-Z]\.", before.text)
        alone = name.last - name.first == 1 and before.dep == "compound" and before.head.i == name.first
        titled = before.lower in load_words("titles") or before.lower in load_actor_nouns()
        if first in ends or titled or not (known or (alone and before.label == "" and not before.text.isupper())):
            break
        first -= 1
    last, whole = name.last, parse.tokens[name.last - 1]
    if name.type == "person" and whole.dep == "compound" and whole.head.i == last and whole.head.tag == "NNP":
        last += whole.head.lower not in load_actor_nouns() and whole.head.text[0].isupper()
    return name._replace(first=first, last=last)


def _is_person(parse: Parse, name: Candidate, alone: set[str]) -> bool:
    tokens = parse.tokens[name.first : name.last]
    if not all(t.text[0].isupper() and t.pos == "PROPN" for t in tokens):
        return False
    if len(tokens) > LONGEST_NAME or any(t.lower in load_actor_nouns() for t in tokens):
        return False
    if MEMBER.match(parse.text, tokens[-1].end) or _behind_title(parse, name):
        return True
    return len(tokens) > 1 and tokens[0].text in load_map("given_names") and any(t.text in alone for t in tokens[1:])


def _behind_title(parse: Parse, name: Candidate) -> bool:
    """Whether a title of people stands right before a name, in the singular or plural ("Senators Reed")."""
    before = parse.tokens[name.first - 1] if name.first > parse.tokens[name.first].sentence.tokens[0].i else None
    titles = load_words("titles") - load_words("titles", "rank")
    return (
        before is not None
        and before.tag in {"NNP", "NNPS"}
        and (before.lower in titles or before.lower.removesuffix("s") in titles)
    )


def _known(parse: Parse, name: Candidate, authority: Authority) -> bool:
    words = parse.text[parse.tokens[name.first].start : parse.tokens[name.last - 1].end]
    entries = authority.named(words)
    return bool(entries) and all(e.type != "person" for e in entries)
