"""Names that the recogniser missed or cut: the same words named elsewhere in the article, full names, given names."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, cast

from claimgraph.actors.edges import is_no_name
from claimgraph.actors.names import is_given
from claimgraph.actors.nominals import Candidate
from claimgraph.actors.types import PARTICLES, is_personal
from claimgraph.lexicon import load_map, load_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claimgraph.actors.authority import Authority
    from claimgraph.language import Parse, Token
    from claimgraph.model import EntityType

NAMING = {"NNP", "NNPS"}
STANDING = {"nsubj", "nsubjpass", "dobj", "pobj", "appos", "conj", "poss"}
"""Where an actor stands in a sentence."""
LONGEST = 8
"""Words of the longest name that is looked for again."""


def complete_names(parse: Parse, names: list[Candidate], authority: Authority) -> list[Candidate]:
    """The names, those cut short made whole, and those missed that the article names elsewhere or shape and title show."""
    names = [*_lengthened(parse, _of_places(parse, names), authority), *_people(parse, names)]
    names += list(_bodies(parse, names, authority))
    names += list(_described(parse, names))
    names += list(_juxtaposed(parse, names))
    offices = list(_offices(parse, names))
    inside = _covered(offices)
    names = [name for name in names if inside.isdisjoint(range(name.first, name.last))] + offices
    names = [name for name in _joined(parse, names) if not is_no_name(parse, name.first, name.last)]
    return _repeated(parse, names)


def _covered(names: list[Candidate]) -> set[int]:
    return {i for name in names for i in range(name.first, name.last)}


def _is_word(token: Token) -> bool:
    return token.tag in NAMING and token.text[:1].isupper() and not (token.text.isupper() and len(token.text) > 1)


# ---- people


def _people(parse: Parse, names: list[Candidate]) -> Iterator[Candidate]:
    """Two or three capitalised words of which the first is a given name: "Ola Skuterud"; a word behind an honorific."""
    covered, tokens = _covered(names), parse.tokens
    i = 0
    while i < len(tokens):
        last = _run(parse, i, covered) if i not in covered and _is_word(tokens[i]) else i
        titled = i > 0 and tokens[i - 1].lower.rstrip(".") in {"mr", "mrs", "ms", "dr"} and last > i
        if (titled or (last - i in {2, 3} and _shaped(tokens[i:last]))) and not is_no_name(parse, i, last):
            yield Candidate(i, last, "person", "name", 0.75, "given name")
        i = max(last, i + 1)


def _run(parse: Parse, first: int, covered: set[int]) -> int:
    """Index behind the capitalised words that begin at `first`, in one line of one sentence, that no name has."""
    tokens, last = parse.tokens, first
    while last < len(tokens) and last not in covered and tokens[last].sentence is tokens[first].sentence:
        if not (
            _is_word(tokens[last]) or (last > first and tokens[last].lower in PARTICLES and tokens[last].pos != "PUNCT")
        ):
            break
        last += 1
    while last > first and not _is_word(tokens[last - 1]):
        last -= 1
    return last


def _shaped(tokens: list[Token]) -> bool:
    """Whether the words look like a person's full name and none is a noun of offices, bodies or places."""
    nouns, endings = load_map("actor_nouns"), load_map("name_endings")
    return is_given(tokens[0].text) and not any(t.lower in nouns or t.lower in endings or t.label for t in tokens[1:])


def _lengthened(parse: Parse, names: list[Candidate], authority: Authority) -> Iterator[Candidate]:
    """The names, with the words behind where an organisation goes by the whole: "Lockheed" Martin, "Ohio" State."""
    covered, at, behind = _covered(names), {name.first: name for name in names}, 0
    for name in sorted(names, key=lambda n: (n.first, -n.last)):
        if name.first < behind:
            continue
        last = _longer(parse, name, at, covered, authority)
        behind = max(behind, last)
        yield name._replace(last=last, type="organization") if last else name


def _longer(parse: Parse, name: Candidate, at: dict[int, Candidate], covered: set[int], authority: Authority) -> int:
    """Index behind the longer name that a name begins, 0 for none."""
    tokens, last = parse.tokens, name.last
    if last >= len(tokens) or not _is_word(tokens[last]) or tokens[last].sentence is not tokens[name.first].sentence:
        return 0
    if _is_state_university(parse, name, authority):
        return last + 1
    ends = [at[last].last] if last in at else range(_run(parse, last, covered), last, -1)
    return next((end for end in ends if _is_body(parse, name, end, authority, free=last not in at)), 0)


def _of_places(parse: Parse, names: list[Candidate]) -> list[Candidate]:
    """The names, a body and the place that it is of as one: the "Royal Conservatory" of "Brussels"."""
    tokens, places = parse.tokens, {n.first: n for n in names if n.type == "place"}
    found, inside = [], set()
    for name in names:
        word = tokens[name.last - 1].lower
        ending = load_map("name_endings").get(word) if name.last - name.first > 1 else None
        opens = ending == "organization" or (ending == "place" and word == "district")
        of = opens and name.last < len(tokens) and tokens[name.last].lower == "of"
        place = places.get(name.last + 1) if of else None
        if place is None:
            found.append(name)
        else:
            inside.add(place)
            found.append(name._replace(last=place.last, type=cast("EntityType", ending)))
    return [name for name in found if name not in inside]


def _described(parse: Parse, names: list[Candidate]) -> Iterator[Candidate]:
    """Single capitalised words that nothing took and that an apposition describes: "Unite, the trade union"."""
    covered = _covered(names)
    for token in parse.tokens:
        if token.i in covered or token.tag != "NNP" or not _is_word(token) or token.label or token.dep not in STANDING:
            continue
        nouns = (load_map("actor_nouns").get(t.lemma) for t in token.having("appos") if t.tag == "NN")
        kind = next((k for k in nouns if k in {"person", "organization", "place"}), None)
        if kind is not None and not token.having("compound") and not is_no_name(parse, token.i, token.i + 1):
            yield Candidate(token.i, token.i + 1, cast("EntityType", kind), "name", 0.7, "apposition")


def _offices(parse: Parse, names: list[Candidate]) -> Iterator[Candidate]:
    """An office that goes by who holds it: "the Alachua Sheriff's Office", "the Attorney General's Office"."""
    tokens, covered = parse.tokens, _covered(names)
    for i, token in enumerate(tokens[2:-1], 2):
        holder = tokens[i - 1]
        office = token.text in {"'s", "’s"} and tokens[i + 1].text in {"Office", "Department"}
        if not office or holder.tag not in NAMING or load_map("actor_nouns").get(holder.lower) != "person":
            continue
        first = i - 1
        while first and tokens[first - 1].tag in NAMING and tokens[first - 1].sentence is token.sentence:
            first -= 1
        if covered.isdisjoint(range(i - 1, i + 2)):
            yield Candidate(first, i + 2, "organization", "name", 0.8, "office")


def _juxtaposed(parse: Parse, names: list[Candidate]) -> Iterator[Candidate]:
    """Capitalised words that nothing took right behind what a body is called by: "broadcaster NRK", "the corporation ABS-CBN"."""
    covered, tokens = _covered(names), parse.tokens
    for noun, token in pairwise(tokens):
        called = noun.tag == "NN" and load_map("actor_nouns").get(noun.lemma) == "organization"
        if not called or token.i in covered or token.tag != "NNP" or token.label or not token.text[0].isupper():
            continue
        last = token.i + 1
        while last < len(tokens) and last not in covered and (tokens[last].tag == "NNP" or tokens[last].text == "-"):
            last += 1
        if token.sentence is noun.sentence and tokens[last - 1].tag == "NNP" and tokens[last - 1].dep in STANDING:
            yield Candidate(token.i, last, "organization", "name", 0.7, "apposition")


def _is_body(parse: Parse, name: Candidate, last: int, authority: Authority, *, free: bool) -> bool:
    """Whether the words are a known organisation's usual name, or an organisation's with a word for a body at their end."""
    ending = load_map("name_endings").get(parse.tokens[last - 1].lower)
    if free and name.type == ending == "organization":
        return True
    text = parse.text[parse.tokens[name.first].start : parse.tokens[last - 1].end]
    return any(b.by_label and b.entry.type == "organization" for b in authority.bearers(text))


def _bodies(parse: Parse, names: list[Candidate], authority: Authority) -> Iterator[Candidate]:
    """Single words that nothing took and by which only one organisation is known, where an actor stands: "cut jobs at Opel"."""
    covered = _covered(names)
    owner = {i: name for name in names for i in range(name.first, name.last)}
    plain = {t.text for t in parse.tokens if t.text.islower()}
    for token in parse.tokens:
        free = (
            token.i not in covered
            and token.tag == "NNP"
            and _is_word(token)
            and token.dep in STANDING
            and not token.label
        )
        if (
            not free
            or token.lower in plain
            or is_personal(token.text)
            or _beside_name(parse, token.i, token.i + 1, owner)
        ):
            continue
        bearers = authority.bearers(token.text)
        only = len(bearers) == 1 and bearers[0].by_label and bearers[0].entry.type == "organization"
        if only and not is_no_name(parse, token.i, token.i + 1):
            yield Candidate(token.i, token.i + 1, "organization", "name", 0.6, "known body")


def _is_state_university(parse: Parse, name: Candidate, authority: Authority) -> bool:
    """Whether "State" alone follows the name of a US state: "Ohio State" is a university, or its team."""
    text = parse.text[parse.tokens[name.first].start : parse.tokens[name.last - 1].end]
    following = parse.tokens[name.last + 1] if name.last + 1 < len(parse.tokens) else None
    ends = following is None or following.tag not in NAMING
    return (
        parse.tokens[name.last].text == "State"
        and ends
        and any(b.entry.kind == "state" and b.entry.country == "US" for b in authority.bearers(text))
    )


def _joined(parse: Parse, names: list[Candidate]) -> list[Candidate]:
    """People's names that were cut in two: "Daniel arap" and "Moi", "Adnan Z." and "Amin", "Magnus" and "Gustafsson"."""
    at = {name.first: name for name in names}
    found: list[Candidate] = []
    behind = 0
    for name in sorted(names, key=lambda n: (n.first, -n.last)):
        if name.first >= behind:
            end = _goes_on(parse, name, at)
            behind = max(behind, end)
            found.append(name._replace(last=end, type="person") if end else name)
    return found


def _goes_on(parse: Parse, name: Candidate, at: dict[int, Candidate]) -> int:
    """Index behind the last name that follows a given name or a name cut at a small word or initial; 0 where none does."""
    tokens, following = parse.tokens, name.last
    if (
        following >= len(tokens)
        or tokens[following].sentence is not tokens[name.first].sentence
        or not _is_word(tokens[following])
    ):
        return 0
    last = tokens[name.last - 1]
    cut = last.lower in PARTICLES or last.lower == "the" or (len(last.text.rstrip(".")) == 1 and last.text[0].isupper())
    alone = name.last - name.first == 1 and name.type != "organization" and is_given(last.text)
    then = at.get(following)
    whole = then is None or then.last - then.first == 1
    if not whole or not (
        (cut and name.last - name.first > 1) or (alone and last.head.i == following and last.dep == "compound")
    ):
        return 0
    return following + 1 if _shaped([last, tokens[following]]) or cut else 0


# ---- the same words elsewhere


def _repeated(parse: Parse, names: list[Candidate]) -> list[Candidate]:
    """The names, and every further place of their words; a name that is part of a longer one there gives way to it."""
    forms = _forms(parse, names)
    owner = {i: name for name in names for i in range(name.first, name.last)}
    added: list[Candidate] = []
    gone: set[Candidate] = set()
    i = 0
    while i < len(parse.tokens):
        last, kind = _longest(parse, i, forms)
        inside = {owner[k] for k in range(i, last) if k in owner}
        within = any(n.first < i or n.last > last or (n.first, n.last) == (i, last) for n in inside)
        if (
            last
            and not within
            and (inside or not _beside_name(parse, i, last, owner))
            and not is_no_name(parse, i, last)
        ):
            gone |= inside
            added.append(Candidate(i, last, kind, "name", 0.8, "same words"))
        i = max(last, i + 1)
    return [name for name in names if name not in gone] + added


def _forms(parse: Parse, names: list[Candidate]) -> dict[str, dict[tuple[str, ...], EntityType]]:
    """First word to the names that begin with it; a name in capitals, or one common word, is not looked for again."""
    forms: dict[str, dict[tuple[str, ...], EntityType]] = {}
    plain = {t.text for t in parse.tokens if t.text.islower()}
    for name in names:
        words = tuple(t.text for t in parse.tokens[name.first : name.last])
        if len(words) > LONGEST or words[0].lower() in {"the", "a"}:
            continue
        if len(words) == 1 and (len(words[0]) < 3 or words[0].lower() in plain or not words[0][0].isupper()):
            continue
        forms.setdefault(words[0], {}).setdefault(words, name.type)
        if name.type == "person" and len(words) == 2 and words[0].lower() not in plain and is_given(words[0]):
            forms[words[0]].setdefault(words[:1], "person")
    return forms


def _longest(parse: Parse, first: int, forms: dict[str, dict[tuple[str, ...], EntityType]]) -> tuple[int, EntityType]:
    """Index behind the longest known name that begins at `first`, and its type; 0 for none."""
    token = parse.tokens[first]
    if token.text not in forms or token.tag not in NAMING:
        return 0, "person"
    best: tuple[int, EntityType] = (0, "person")
    for words, kind in forms[token.text].items():
        last = first + len(words)
        if (
            last > best[0]
            and tuple(t.text for t in parse.tokens[first:last]) == words
            and parse.tokens[last - 1].sentence is token.sentence
        ):
            best = last, kind
    return best


def _beside_name(parse: Parse, first: int, last: int, owner: dict[int, Candidate]) -> bool:
    """Whether a capitalised neighbour makes the words part of some other name."""
    sentence = parse.tokens[first].sentence
    around = [parse.tokens[k] for k in (first - 1, last) if 0 <= k < len(parse.tokens)]
    return any(
        t.tag in NAMING
        and t.sentence is sentence
        and t.i not in owner
        and t.lower not in load_words("titles")
        and t.lower not in load_words("actor_nouns")
        for t in around
    )
