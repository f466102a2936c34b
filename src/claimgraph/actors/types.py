"""What kind of actor a name is for, by all that the article shows of it: one kind for one name, unless its own place says else.

The recogniser reads sentence by sentence and gives a rare name another label each time. Here every occurrence of a name
brings evidence - a title before it, "Inc." at its end, a given name at its head, "in" before it, who is known by it - and
the sum decides for all of them (document-level consistency: Ratinov & Roth 2009; Krishnan & Manning 2006).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import takewhile
from typing import TYPE_CHECKING

from claimgraph.actors.names import is_given, without_article
from claimgraph.lexicon import load_map, load_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from claimgraph.actors.authority import Authority
    from claimgraph.actors.nominals import Candidate
    from claimgraph.language import Parse, Token
    from claimgraph.model import EntityType

Evidence = tuple["EntityType", float]
Scores = defaultdict[str, float]

RECOGNISER = 1.0
"""The recogniser's label: right in four of five names of news, the unit of all other weights (set on dev data by hand)."""
OTHERS = 0.7
"""Weight of the mean evidence of a name's other occurrences beside its own."""
TITLED, DESCRIBED, ENDING, SHAPE, KNOWN, SURNAME, FIRST_WORDS = 4.0, 2.5, 3.0, 2.0, 1.5, 1.6, 1.2
MATCH = {"beat", "defeat", "thrash", "face", "play", "draw", "lose", "meet", "host", "trounce", "edge", "crush", "win"}
SPORT = {"match", "goal", "goals", "cup", "tournament", "championship", "coach", "striker", "scored", "innings", "wicket", "wickets",
         "halftime", "penalty", "semifinal", "semi-final", "quarterfinal", "quarter-final", "kickoff", "midfielder", "try", "tries", "points"}  # fmt: skip
PLAYERS = {
    "captain",
    "coach",
    "striker",
    "goalkeeper",
    "midfielder",
    "skipper",
    "batsman",
    "bowler",
    "winger",
    "quarterback",
    "pitcher",
    "defender",
    "forward",
    "quarterbacks",
    "infielder",
    "outfielder",
    "shortstop",
    "goalie",
    "great",
    "newcomer",
    "teammate",
}
LEAST_SPORT = 3
"""Words of a match that an article must have before its countries are teams: wars are won and lost too."""
LABELLED, UNLISTED = 0.7, 0.6
BESIDE, STAFFED = 1.1, 1.2
EPITHETS = {"Elder", "Younger", "Great"}
"""Of two people of one name, or of a ruler: "Lucas Cranach the Elder"."""
PLACE_LEADS = {"Lake", "Mount", "Cape", "Fort", "Rue", "Calle", "Avenida", "Via", "Plaza", "Rua", "Jalan"}
OF_PLACES = {
    "council",
    "police",
    "university",
    "college",
    "school",
    "hospital",
    "court",
    "airport",
    "fire",
    "government",
}
"""Last words of bodies that go by their town's name: "Hartlepool" is no short form of its council."""
ACRONYM, ACRONYM_WEIGHT = re.compile(r"[A-Z]{3,6}"), 0.8
LOCATED = {
    "in": 1.2,
    "near": 1.2,
    "outside": 0.8,
    "across": 0.8,
    "throughout": 1.0,
    "into": 0.6,
    "around": 0.6,
    "at": 0.4,
    "from": 0.4,
    "to": 0.4,
}


def settle_types(parse: Parse, names: list[Candidate], authority: Authority) -> list[Candidate]:
    """The names with the type that most speaks for, each name's occurrences agreeing where nothing near them differs."""
    own = [_evidence(parse, name, authority) for name in names]
    words = [_words(parse, name) for name in names]
    teams = _teams(parse, names, authority)
    count, full = Counter(words), _full_names(words, own, authority)
    shared: dict[str, Scores] = {}
    for word, evidence in zip(words, own, strict=True):
        _add(shared.setdefault(word, defaultdict(float)), evidence)
    settled = []
    for name, word, evidence in zip(names, words, own, strict=True):
        total: Scores = defaultdict(float, evidence)
        others = {kind: OTHERS * (w - evidence[kind]) / max(count[word] - 1, 1) for kind, w in shared[word].items()}
        _add(total, others)
        _add(total, full.get(word, {}))
        if word in teams and not _site(parse, name):
            total["organization"] = max(total.values()) + RECOGNISER
        settled.append(_settled(name, total))
    return settled


def _add(scores: Scores, more: Mapping[str, float]) -> None:
    for kind, weight in more.items():
        scores[kind] += weight


def _teams(parse: Parse, names: list[Candidate], authority: Authority) -> set[str]:
    """Countries and towns that play in this article: one beats another or a team, or has a captain, and more words of a match are there."""
    at = {name.last - 1: _words(parse, name) for name in names if name.type == "place"}
    clubs = {n.last - 1 for n in names if n.type == "organization" and _is_team(_words(parse, n), authority)}
    words = {t.i: t.lower for t in parse.tokens if t.tag[:2] in {"NN", "JJ"}}
    found = {word for i, word in at.items() if words.get(i + 1) in PLAYERS}
    found |= {word for i, word in at.items() if _plays(parse.tokens[i])}
    if len(SPORT & {t.lower for t in parse.tokens}) >= LEAST_SPORT:
        for i, word in at.items():
            rivals = {o.i for o in _objects(parse.tokens[i])} & {*at, *clubs}
            found |= {word, *(at[o] for o in rivals if o in at)} if rivals else set()
    return found | {
        w for i, w in at.items() if parse.tokens[i].dep == "conj" and at.get(parse.tokens[i].head.i) in found
    }


def _plays(place: Token) -> bool:
    """Whether a place is one side of a match that its sentence speaks of: "the Alabama versus Florida State game"."""
    following = place.sentence.tokens[place.i - place.sentence.tokens[0].i + 1 :][:1]
    against = any(t.lower.rstrip(".") in {"versus", "vs"} for t in following)
    return against and any(t.lower in {"game", "match", "final"} for t in place.sentence.tokens)


def _is_team(words: str, authority: Authority) -> bool:
    return any(b.entry.kind == "team" and b.by_label for b in authority.bearers(words))


def _objects(subject: Token) -> list[Token]:
    """Whom a subject beats, meets or loses to."""
    verb = subject.head
    if subject.dep != "nsubj" or verb.lemma not in MATCH:
        return []
    return [*verb.having("dobj"), *(o for p in verb.having("prep") for o in p.having("pobj"))]


def _settled(name: Candidate, total: Scores) -> Candidate:
    """The name with the best type; the recogniser's own where nothing is better."""
    best = max(total, key=lambda kind: (total[kind], kind == name.type, kind), default=name.type)
    if best == name.type or total[best] <= total[name.type]:
        return name
    return name._replace(type=best, origin="context")  # type: ignore[arg-type]


def _site(parse: Parse, name: Candidate) -> bool:
    """Whether the name, with its article, stands behind a preposition of place."""
    first = name.first - (parse.tokens[name.first - 1].lower == "the") if name.first else 0
    return first > 0 and parse.tokens[first - 1].lower in {"at", "in", "inside", "outside", "near", "from"}


def _text(parse: Parse, name: Candidate) -> str:
    return parse.text[parse.tokens[name.first].start : parse.tokens[name.last - 1].end]


def _words(parse: Parse, name: Candidate) -> str:
    """The name as its other occurrences have it."""
    text = without_article(_text(parse, name))
    return text.title() if text.isupper() and len(text) > 5 else text


def _full_names(words: list[str], own: list[Scores], authority: Authority) -> dict[str, Scores]:
    """What longer names say of their parts alone: a person's surname, the first words of an organisation's name."""
    found: dict[str, Scores] = defaultdict(lambda: defaultdict(float))
    for text, evidence in zip(words, own, strict=True):
        best, parts = max(evidence, key=lambda kind: (evidence[kind], kind)), text.split()
        if len(parts) > 1 and best == "person":
            found[parts[-1]]["person"] = SURNAME
            if len(parts) > 3 or (len(parts) > 2 and not is_given(parts[1])):  # "Ibarra Solís": two surnames
                found[" ".join(parts[-2:])]["person"] = SURNAME
        elif best == "organization" and parts[-1].lower() not in OF_PLACES:
            for short in (" ".join(parts[:n]) for n in range(1, len(parts))):
                if not any(b.entry.type == "place" for b in authority.bearers(short)):
                    found[short]["organization"] = FIRST_WORDS
    return found


def _evidence(parse: Parse, name: Candidate, authority: Authority) -> Scores:
    """All that one occurrence shows."""
    total: Scores = defaultdict(float, {name.type: RECOGNISER})
    for kind, weight in (*_inside(parse, name), *_around(parse, name, authority), *_known(parse, name, authority)):
        total[kind] += weight
    return total


def _inside(parse: Parse, name: Candidate) -> Iterator[Evidence]:
    """What the name's own words show: its ending, a given name at its head."""
    tokens = [t for t in parse.tokens[name.first : name.last] if t.text != "."]
    last, endings = tokens[-1].lower.rstrip("."), load_map("name_endings")
    words = [t for t in tokens if t.lower not in PARTICLES]
    of = next((i for i, t in enumerate(tokens) if i and t.lower == "of"), 0)
    head = tokens[of - 1].lower if of and endings.get(last) != "company" else last
    if len(tokens) > 1 and head in endings:  # the Department of State is no state
        yield ("place" if endings[head] == "place" else "organization"), ENDING
    elif tokens[-1].text in EPITHETS and len(tokens) > 2 and tokens[-2].lower == "the":
        yield "person", ENDING
    elif len(tokens) > 1 and tokens[0].text in PLACE_LEADS:
        yield "place", SHAPE
    elif any(t.lower in {"of", "for", "&"} for t in tokens[1:-1]) and endings.get(tokens[0].lower) == "organization":
        yield "organization", ENDING
    elif (
        len(words) in {2, 3, 4}
        and is_given(tokens[0].text)
        and all(t.text[:1].isupper() or t.lower in PARTICLES for t in tokens)
    ):
        yield "person", SHAPE
    elif len(tokens) in {2, 3} and tokens[-1].text in load_words("person_words", "family"):
        yield "person", SHAPE / 2
    elif len(tokens) == 1 and is_personal(tokens[0].text):
        yield "person", SHAPE / 4
    if len(tokens) == 1 and ACRONYM.fullmatch(tokens[0].text) and tokens[0].sentence.zone != "dateline":
        yield "organization", ACRONYM_WEIGHT
    if len(tokens) == 1 and tokens[0].text.endswith((".com", ".org", ".net")):
        yield "organization", ENDING


PARTICLES = {
    "de",
    "del",
    "della",
    "da",
    "di",
    "la",
    "van",
    "von",
    "der",
    "den",
    "bin",
    "ibn",
    "al",
    "el",
    "le",
    "arap",
    "-",
}
"""Small words of people's names."""


def _around(parse: Parse, name: Candidate, authority: Authority) -> Iterator[Evidence]:
    """What stands before and behind: a title, a noun that says who, a preposition of place, an age."""
    tokens, sentence = parse.tokens, parse.tokens[name.first].sentence
    before = tokens[name.first - 1] if name.first > sentence.tokens[0].i else None
    behind = [t for t in tokens[name.last : name.last + 3] if t.sentence is sentence]
    if before is not None:
        yield from _before(parse, name, before)
    if (
        len(behind) > 2
        and behind[0].text == ","
        and behind[1].tag == "CD"
        and behind[2].text in {",", "."}
        and len(behind[1].text) == 2
    ):
        yield "person", DESCRIBED
    head = tokens[name.last - 1]
    if load_map("name_endings").get(_words(parse, name)) == "seat":
        yield ("place" if _site(parse, name) else "organization"), TITLED
    if head.dep == "appos" and (kind := load_map("actor_nouns").get(head.head.lemma)) in {
        "person",
        "organization",
        "place",
    }:
        yield kind, DESCRIBED  # type: ignore[misc]
    for appositive in head.having("appos"):
        kind = load_map("actor_nouns").get(appositive.lemma)
        if kind in {"person", "organization", "place"}:
            yield kind, DESCRIBED  # type: ignore[misc]
    yield from _in_sentence(parse, name, head, authority)
    yield from _beside_bodies(name, sentence.tokens)
    if name.origin == "dateline":
        yield "place", TITLED
    before_state = tokens[name.first - 1].text if name.first > 1 else ""
    if before_state in {",", "-"} and _text(parse, name) in load_map("state_abbreviations"):
        yield "place", TITLED
    if next((t.lower for t in behind if t.text != ","), "") in {"who", "whose"}:
        yield "person", SHAPE if behind[0].text == "," else DESCRIBED


def _beside_bodies(name: Candidate, tokens: list[Token]) -> Iterator[Evidence]:
    """Whether the name of several bodies follows, of which this is another: "Oxford and" "Reading Universities"."""
    behind = tokens[name.last - tokens[0].i :]
    if len(behind) < 3 or behind[0].lower != "and":
        return
    run = [t.text for t in takewhile(lambda t: t.tag in {"NNP", "NNPS"}, behind[1:])]
    plural = run[-1].lower() if len(run) > 1 else ""
    single = plural[:-3] + "y" if plural.endswith("ies") else plural.removesuffix("s")
    if plural.endswith("s") and load_map("name_endings").get(single) == "organization":
        yield "organization", TITLED


def _in_sentence(parse: Parse, name: Candidate, head: Token, authority: Authority) -> Iterator[Evidence]:
    """What the grammar shows: coordinated with a place, whose kin or staff, who is born or visited."""
    single = name.last - name.first == 1
    beside = [head.head] if head.dep == "conj" else head.having("conj")
    if single and any(t.tag in {"NNP", "NNPS"} and _is_place(t, authority) for t in beside):
        yield "place", BESIDE
    if single and head.dep in {"nsubj", "nsubjpass"} and head.head.lemma in load_words("name_signs", "person deed"):
        yield "person", SHAPE if head.dep == "nsubj" or head.head.lemma == "bear" else 0.0
    if single and head.dep == "poss" and head.head.lemma in load_words("name_signs", "person kin"):
        yield "person", SHAPE
    if head.dep == "compound" and head.head.lemma in load_words("name_signs", "organization staff"):
        yield "organization", STAFFED
    if head.dep == "dobj" and head.head.lemma in load_words("name_signs", "place reached"):
        yield "place", LOCATED["in"]
    if head.dep == "pobj" and head.head.lower == "of" and name.first > 1:
        of = parse.tokens[name.first - 2].lower
        if of in load_words("name_signs", "place of"):
            yield "place", DESCRIBED
        elif of in load_words("name_signs", "organization of"):
            yield "organization", STAFFED


def _is_place(word: Token, authority: Authority) -> bool:
    """Whether a place is known by the word, and the recogniser sees one or nobody else is known by it."""
    places = [b.entry.type == "place" for b in authority.bearers(word.text)]
    return any(places) and not is_personal(word.text) and (word.label in {"GPE", "LOC"} or all(places))


def _before(parse: Parse, name: Candidate, before: Token) -> Iterator[Evidence]:
    tokens = parse.tokens
    if before.lower in load_words("titles", "honorific") or (
        before.text[:1].isupper() and before.lower in load_words("titles")
    ):
        yield (
            "person",
            TITLED if before.lower not in {"general", "judge", "major"} or name.last - name.first > 1 else SHAPE,
        )
    elif (
        before.tag == "NN"
        and load_map("actor_nouns").get(before.lemma) in {"person", "organization"}
        and before.head is not before
    ):
        yield load_map("actor_nouns")[before.lemma], DESCRIBED if tokens[name.last - 1].dep != "compound" else 0.5  # type: ignore[misc]
    elif before.lower == "of" and name.first > 1 and tokens[name.first - 2].lower in load_words("actor_nouns", "place"):
        yield "place", DESCRIBED
    elif before.lower in LOCATED and tokens[name.last - 1].dep == "pobj":
        yield "place", LOCATED[before.lower]
    elif before.lower == "the" and name.last - name.first == 1:
        yield "person", -1.0
        if tokens[name.first].tag == "NNPS":
            yield "organization", LABELLED


def _known(parse: Parse, name: Candidate, authority: Authority) -> Iterator[Evidence]:
    """Who is known by the name, each kind by its best bearer; a single word says less."""
    text = _words(parse, name)
    single = " " not in text
    best: dict[str, float] = {}
    for bearer in authority.bearers(text):
        entry = bearer.entry
        described = entry.weight is None
        weight = KNOWN if described else KNOWN * min((entry.weight or 1) / 3, 1)
        if entry.type == "person" and single:
            continue
        best[entry.type] = max(best.get(entry.type, 0), weight if not single or described else weight * 0.6)
    if name.type == "place" and "place" not in best:
        yield "place", -UNLISTED
    if (
        single
        and not best
        and parse.tokens[name.first].dep == "nsubj"
        and parse.tokens[name.first].head.lemma in load_words("cues")
    ):
        yield "person", UNLISTED
    alone = single and list(best) == ["organization"] and not is_personal(text)
    total = sum(best.values())
    for kind, weight in best.items():
        yield kind, KNOWN * 0.8 if alone else weight * weight / total  # type: ignore[misc]


def is_personal(word: str) -> bool:
    """Whether many people have this given or family name."""
    return is_given(word) or word in load_words("person_words", "family")
