"""Where a name begins and ends: what the recogniser took in too much or cut off, and what only looks like a name."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from claimgraph.actors.names import SUFFIXES, is_given
from claimgraph.actors.types import EPITHETS
from claimgraph.lexicon import load_map, load_table, load_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claimgraph.actors.authority import Authority
    from claimgraph.language import Parse, Token

Span = tuple[int, int]

QUOTES = {'"', "``", "''", "“", "”", "‘", "’", "'"}
INDICES = {"FTSE", "FT-SE", "DAX", "CAC", "Nikkei", "Sensex"}
MODEL = re.compile(r"[A-Z]{0,3}-?\d{2,4}[A-Z]?(?:-\d+\w*)?s?")
"""What follows a maker's name in a product's, or an index's: "A380", "737s", "500"."""
TICKER = re.compile(r"[A-Z]{2,5}\.[A-Z]{1,2}")
"""A share's code behind a company's name: "Volkswagen AG VOWG.F"."""
STORMS = ("Typhoon", "Hurricane", "Cyclone", "Storm")
DISEASE = re.compile(r"(?:COVID|Covid)(?:-19)?|H\d{1,2}N\d{1,2}|SARS(?:-CoV-2)?|MERS|Ebola|Zika|HIV|AIDS")
PARTY_STATE = re.compile(r"[DRI]-[A-Z]")
CODED = {"corp", "inc", "co", "plc", "ltd"}
"""Endings of companies' names behind which agencies give the share's code."""
DASHES = {"-", "–", "—", "--"}
ISSUES = {"notes", "bonds", "bills", "securities", "yields", "bond", "note", "bill", "yield"}
"""What a treasury gives out: "Treasury notes" name the paper."""
APART = {"near", "outside", "versus"}
"""What no name has inside."""
LONGEST_SYLLABLE = 6
LONGEST_PLACE = 2
"""Words of what may be a place beside a known one."""
LEFT_OPEN = {"VBG", "VBN", "RB", "IN", "VBD", "WRB"}
"""Tags of a word that begins a sentence in capitals and is no part of the name behind it: "Following Ali", "Naturally China"."""


def repair_edges(parse: Parse, first: int, last: int, label: str, authority: Authority) -> Iterator[Span]:
    """The name or the names that a recogniser's span holds; none where it is no name of an actor or place."""
    first, last = _trim(parse, first, last)
    first = _without_lead(parse, first, last, label, authority)
    last = _with_ending(parse, first, last)
    if label == "PERSON":  # "Lee's Allied Burden Sharing Report" is Lee
        last = next((i for i in range(first + 1, last) if parse.tokens[i].tag == "POS"), last)
        last = _with_syllable(parse, first, last)
    last = _without_site(parse, first, last, authority)
    for begin, end in _coordinated(parse, first, last, label, authority):
        if begin < end and not is_no_name(parse, begin, end):
            yield begin, end


def _trim(parse: Parse, first: int, last: int) -> Span:
    """The name without possessive mark, punctuation, honorific, day of the week and figures behind."""
    tokens = parse.tokens
    last = next((i for i in range(first + 1, last) if tokens[i].tag == "CD" and "." in tokens[i].text), last)
    while last > first and (
        tokens[last - 1].tag == "POS"
        or (tokens[last - 1].pos == "PUNCT" and tokens[last - 1].text not in {")", "."})
        or (last - first > 1 and load_map("time_words").get(tokens[last - 1].lower) == "weekday")
    ):
        last -= 1
    if last - first > 2 and tokens[first].lower == "the" and tokens[first + 1].text in QUOTES:
        first += 2
    while first < last and (tokens[first].pos == "PUNCT" or tokens[first].lower in load_words("titles", "honorific")):
        first += 1
    last = next((i for i in range(first + 1, last) if _is_apart(parse, i, last)), last)
    if last - first > 1 and tokens[last - 1].lower == "the":
        last += 1 if last < len(tokens) and tokens[last].text in EPITHETS else -1
    last -= last - first > 2 and tokens[last - 1].lower == "of"
    opened = next((i for i in range(first, last) if tokens[i].text == "("), None)
    if opened is not None and all(t.text != ")" for t in tokens[opened:last]):  # "World Health Organization (WHO"
        last = opened
    return first, last


def _is_apart(parse: Parse, i: int, last: int) -> bool:
    """Whether a name ends before this word: the club "on H Street", Kiribati "versus" Tuvalu, a share's code, a dash."""
    word, ending = parse.tokens[i], load_map("name_endings").get(parse.tokens[last - 1].lower)
    around = parse.text[max(word.start - 1, 0) : word.end + 1]
    dash = word.text in DASHES and around[0].isspace() and around[-1].isspace()  # "based in San Jose - Cisco"
    return (
        dash or word.lower in APART or (word.lower == "on" and ending == "place") or bool(TICKER.fullmatch(word.text))
    )


def _without_lead(parse: Parse, first: int, last: int, label: str, authority: Authority) -> int:
    """Where the name begins behind an office, a nationality or a sentence's first word that the recogniser took in.

    "opposition leader X", "Spokeswoman Ann Reed", "Presidential Spokesman Tom Hall", "Kenyan Jacob Okello", "Following Ali".
    """
    tokens, nouns = parse.tokens, load_words("actor_nouns", "person")
    for i in range(first, last - 1):
        word, noun = tokens[i + 1].text, tokens[i].lemma in nouns
        if noun and (word[0].isupper() if tokens[i].text.islower() else i > first and is_given(word)):
            return i + 1
    while last - first > 1:
        lead, then = tokens[first], tokens[first + 1]
        opens = lead is lead.sentence.tokens[0] and lead.tag in LEFT_OPEN and not is_given(lead.text)
        field = first > 1 and f"{tokens[first - 2].lower} {tokens[first - 1].lower} {lead.lower}" in load_words(
            "titles"
        )
        titled = lead.lower in nouns and lead.text[:1].isupper() and (label == "PERSON" or is_given(then.text))
        national = label == "PERSON" and authority.demonym(lead.text) is not None and last - first > 2
        short = label == "PERSON" and re.fullmatch(r"[A-Z]{3,}s?", lead.text) and not then.text.isupper()
        if not (opens or titled or national or short or (field and last - first > 2)) or not then.text[:1].isupper():
            return first
        first += 1
    return first


def _with_ending(parse: Parse, first: int, last: int) -> int:
    """Index behind the name with the legal form that follows it: "Chrysler LLC", "Yankee Cos. Inc"."""
    tokens = parse.tokens
    while last < len(tokens) and last > first and tokens[last].sentence is tokens[first].sentence:
        following = tokens[last]
        ends = load_map("name_endings").get(following.lower.rstrip(".")) == "company" and following.text[:1].isupper()
        if not ends or (
            following.lower.rstrip(".") not in {"inc", "corp", "co", "ltd", "plc", "llc", "ag", "nv", "cos"}
        ):
            return last
        last += 1
    return last


def _without_site(parse: Parse, first: int, last: int, authority: Authority) -> int:
    """Index behind a name without the known place that it stands in: the "Cathedral" in "Cahors"."""
    at = next((i for i in range(first + 2, last - 1) if parse.tokens[i].lower == "in"), None)
    if at is None:
        return last
    site = parse.text[parse.tokens[at + 1].start : parse.tokens[last - 1].end]
    return at if any(b.by_label and b.entry.type == "place" for b in authority.bearers(site)) else last


def _with_syllable(parse: Parse, first: int, last: int) -> int:
    """Index behind a person's name with the small word that a hyphen ties to it: "Wong Yeung-tat"."""
    tokens = parse.tokens
    if last + 1 >= len(tokens) or tokens[last].text != "-" or tokens[last + 1].start != tokens[last - 1].end + 1:
        return last
    syllable = tokens[last + 1]
    tied = syllable.text.islower() and len(syllable.text) <= LONGEST_SYLLABLE and syllable.tag in {"NN", "NNP", "FW"}
    return last + 2 if tied and last - first > 1 else last


def _coordinated(parse: Parse, first: int, last: int, label: str, authority: Authority) -> Iterator[Span]:
    """ "Anders Aukland and Erling Jevne" are two names, "Gaya and Dobhi" are; "Marks and Spencer" and "Trinidad and Tobago" one."""
    at = next((i for i in range(first + 1, last - 1) if parse.tokens[i].lower in {"and", ","}), None)
    if at is not None and _are_two(parse, (first, at), (at + 1, last), label, authority):
        yield from ((first, at), (at + 1, last))
    else:
        yield first, last


def _are_two(parse: Parse, one: Span, other: Span, label: str, authority: Authority) -> bool:
    """Whether two spans around "and" are a name each: shaped like people's, no body's in the recogniser's eyes, or a known place's."""
    if _person_shaped(parse, *one) and _person_shaped(parse, *other):
        return True
    words = [parse.text[parse.tokens[a].start : parse.tokens[b - 1].end] for a, b in (one, other, (one[0], other[1]))]
    last = parse.tokens[other[1] - 1].lower
    if (
        authority.bearers(words[2])
        or last in load_map("name_endings")
        or last.removesuffix("s") in load_map("name_endings")
    ):
        return False
    if "," in words[2]:
        return label == "GPE"
    places = [any(b.by_label and b.entry.type == "place" for b in authority.bearers(w)) for w in words[:2]]
    return label in {"PERSON", "GPE"} or (any(places) and other[1] - other[0] <= LONGEST_PLACE)


def _person_shaped(parse: Parse, first: int, last: int) -> bool:
    return last - first in {2, 3} and is_given(parse.tokens[first].text)


# ---- what is no name


def _is_defined(parse: Parse, first: int, last: int) -> bool:
    """Whether the article says that these capitals are short for words in small letters: "artificial pancreas (AP)"."""
    short = parse.tokens[first].text
    if last - first != 1 or not re.fullmatch(r"[A-Z]{2,5}", short):
        return False
    at = parse.text.find(f"({short})")
    words = re.findall(r"[\w]+", parse.text[max(at - 80, 0) : at])[-len(short) :] if at > 0 else []
    return len(words) == len(short) and all(w[0] == c.lower() for w, c in zip(words, short, strict=True))


@lru_cache
def no_names() -> dict[str, str]:
    """Words in capitals that name nobody, with their class."""
    return {row[0]: row[1] for row in load_table("no_names")}


def is_no_name(parse: Parse, first: int, last: int) -> bool:
    """Whether a span names no actor or place: a product, an index, a law, an event, a work in quotation marks, a unit."""
    tokens = parse.tokens[first:last]
    return (
        _is_listed(parse, tokens)
        or _is_defined(parse, first, last)
        or _opens_sentence(tokens)
        or _is_model(parse, last)
        or _is_quoted(parse, first, last)
        or _is_half(parse, first, last)
        or _is_matter(parse, first, last)
        or _is_shared(parse, first, last)
        or parse.text[max(tokens[0].start - 1, 0) : tokens[0].start].isdigit()
    )


def _is_listed(parse: Parse, tokens: list[Token]) -> bool:
    """Whether the list of what is no name holds the words, or one of them says that they are a product or an event."""
    table = no_names()
    text = " ".join(t.text for t in tokens).removeprefix("The ").removeprefix("the ")
    kind = table.get(text, "shared first word")
    if kind == "short index":  # of a longer one that the article names: the Dow Jones
        return any(k.startswith(text + " ") and k in parse.text for k, v in table.items() if v == "index")
    if kind == "index with article" and tokens[0].i:  # "the Nasdaq" rose; Nasdaq runs an exchange
        return tokens[0].lower == "the" or parse.tokens[tokens[0].i - 1].lower == "the"
    if kind not in {"event ending", "shared first word", "index with article"} or text.split()[0] in INDICES:
        return True
    before = parse.tokens[max(tokens[0].i - 1, 0)]
    if any("product" in {table.get(t.text), table.get(t.text.removesuffix("s"))} for t in (before, *tokens)):
        return True
    return len(tokens) > 1 and (table.get(tokens[-1].text) == "event ending" or any(map(_is_number, tokens[1:])))


def _is_number(token: Token) -> bool:
    """Whether a word is a model's or a year's number: "Trent 900", "Airbus A380", "Expo 2020"."""
    return bool(re.fullmatch(r"[A-Z]{0,3}-?\d{3,4}[A-Z]?s?", token.text))


def _opens_sentence(tokens: list[Token]) -> bool:
    """Whether one word has its capital from the sentence that it begins: "Questioned", "Naturally"."""
    lead = tokens[0]
    opens = len(tokens) == 1 and lead is lead.sentence.tokens[0] and lead.tag in {"VBN", "VBG", "RB"}
    return opens and not is_given(lead.text)


def _is_model(parse: Parse, last: int) -> bool:
    """Whether a model's number follows, so that the whole is a product: "Airbus A380", "Boeing 737s", "S&P 500"."""
    following: Token | None = parse.tokens[last] if last < len(parse.tokens) else None
    if following is not None and following.tag == "POS":  # "Standard & Poor's 500 index"
        return [t.text.isdigit() or t.lower == "index" for t in parse.tokens[last + 1 : last + 3]] == [True, True]
    if following is None or following.sentence is not parse.tokens[last - 1].sentence:
        return False
    if following.lower in {"dollar", "dollars"}:
        return True
    apart = parse.text[parse.tokens[last - 1].end : following.start]
    return (
        bool(MODEL.fullmatch(following.text))
        and apart in {" ", "\\n"}
        and following.label not in {"DATE", "MONEY", "PERCENT", "TIME"}
    )


def _is_half(parse: Parse, first: int, last: int) -> bool:
    """Whether a hyphen ties a single word to another name: the "Cox-Wyden bill", "Centre-West"."""
    tokens, text = parse.tokens, parse.text
    start, end = tokens[first].start, tokens[last - 1].end
    behind = re.match(r"-[A-Z]\w", text[end : end + 3])
    before = re.search(r"\w-$", text[max(start - 2, 0) : start])
    return last - first == 1 and bool(behind or (before and first > 1 and tokens[first - 2].text[:1].isupper()))


def _is_matter(parse: Parse, first: int, last: int) -> bool:
    """Whether words name a storm ("Typhoon Halong", later "Halong"), a disease, a party and state ("D-Maine"), a bare "Jr."."""
    words = [t.text for t in parse.tokens[first:last]]
    if len(words) > 1 and (words[0] in STORMS or words[:2] == ["Tropical", "Storm"]):
        return True
    single = len(words) == 1
    return single and (
        bool(DISEASE.fullmatch(words[0]))
        or words[0].strip(".").lower() in SUFFIXES
        or bool(PARTY_STATE.match(words[0]))
        or any(f"{storm} {words[0]}" in parse.text for storm in STORMS)
        or _is_ticker(parse, parse.tokens[first])
        or (words == ["Treasury"] and last < len(parse.tokens) and parse.tokens[last].lower in ISSUES)
    )


def _is_ticker(parse: Parse, token: Token) -> bool:
    """Whether a word in capitals is a share's code behind a company's name: "Reed Corp RDC"."""
    before = parse.tokens[token.i - 1] if token.i else None
    code = before is not None and re.fullmatch(r"[A-Z]{1,5}", token.text) and token.dep not in {"compound", "nmod"}
    return bool(code) and before is not None and before.lower in CODED and before.sentence is token.sentence


def _is_shared(parse: Parse, first: int, last: int) -> bool:
    """Whether a word that begins many names stands before a common noun: "Federal funds"."""
    following = parse.tokens[last] if last < len(parse.tokens) else None
    shared = last - first == 1 and no_names().get(parse.tokens[first].text) == "shared first word"
    return shared and following is not None and following.tag in {"NN", "NNS"}


def _is_quoted(parse: Parse, first: int, last: int) -> bool:
    """Whether quotation marks hold this name and nothing else: a title of a book, a song, a nickname."""
    if not (first and last < len(parse.tokens)):
        return False
    before, behind = parse.tokens[first - 1], parse.tokens[last]
    behind = parse.tokens[last + 1] if behind.text in {",", "."} and last + 1 < len(parse.tokens) else behind
    return before.text in QUOTES and behind.text in QUOTES and before.end == parse.tokens[first].start
