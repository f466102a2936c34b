"""The forms of a name: without article, without honorific, in plain case, as an acronym."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from claimgraph.lexicon import load_details, load_map, load_table, load_words

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST_TITLE = 4
"""Words of the longest title that is part of a name ("Deputy Prime Minister Reed")."""
SUFFIXES = {"jr", "sr", "ii", "iii"}
ACRONYM = re.compile(r"[A-Z][A-Z&]{1,5}")


def without_article(text: str) -> str:
    """A name without article and possessive mark, blanks single."""
    return re.sub(r"\s+", " ", re.sub(r"^(?:the|a|an)\s+|['’]s$", "", text.strip(), flags=re.IGNORECASE))


def plain_case(name: str) -> str:
    """A name in capitals as it is written in a sentence: datelines have "VIENNA", acronyms stay.

    >>> plain_case("MEXICO CITY"), plain_case("FBI"), plain_case("CD-ROM")
    ('Mexico City', 'FBI', 'CD-ROM')
    """
    letters = max(map(len, name.split("-")))
    return name.title() if name.isupper() and letters > 4 and "." not in name else name


@lru_cache(maxsize=20_000)
def matching_key(name: str) -> str:
    """What spellings of one name have in common; acronyms keep their capitals, so that "WHO" is not "who".

    >>> matching_key("the São Paulo"), matching_key("Rolls Royce") == matching_key("Rolls-Royce"), matching_key("U.S.")
    ('sao paulo', True, 'US')
    """
    name = without_article(name).replace("’", "'")
    letters = name.replace(".", "")
    if ACRONYM.fullmatch(letters):
        return letters
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower().replace("&", " and ")
    words = re.sub(r"[^a-z0-9 ]+", " ", plain.replace(".", "").replace("'", "")).split()
    return re.sub(r"\b(\w) (?=\w\b)", r"\1", " ".join(words))


def without_ending(name: str) -> str:
    """The matching key of a company's name less "Inc.", "Co. Ltd." and the like; empty where it has none.

    >>> without_ending("Western Digital Corp."), without_ending("Western Digital")
    ('western digital', '')
    """
    words = matching_key(name).split()
    endings = load_words("name_endings", "company")
    last = len(words)
    while last > 1 and (words[last - 1] in endings or words[last - 1] == "and"):
        last -= 1
    return " ".join(words[:last]) if last < len(words) else ""


@lru_cache(maxsize=4096)
def person_key(text: str) -> str:
    """A person's name without title, honorific, suffix and initials' dots.

    >>> person_key("Sen. Anna B. Reed"), person_key("PRIME MINISTER REED")
    ('Anna Reed', 'REED')
    """
    words = [w.strip(".,") for w in without_article(text).split()]
    words = words[title_length(words) :]
    honorifics = {h.strip(".") for h in load_words("titles", "honorific")}
    words = [w for w in words if w.lower() not in honorifics and w.lower() not in SUFFIXES]
    if len(words) > 2:
        words = [w for i, w in enumerate(words) if len(w) > 1 or i == 0]
    return " ".join(words) or text


def is_common(name: str) -> bool:
    """Whether both names of a person of two are common: "Andrew Smith"."""
    words = name.split()
    family = len(words) == 2 and words[1] in load_words("person_words", "family")
    return family and words[0] in load_map("given_names")


def is_given(word: str) -> bool:
    """Whether many people have this given name."""
    return word in load_words("given_names") or word in load_words("person_words", "given")


PLURAL_TITLE = re.compile(r"s(\.?)$")
"""The end of a title of several: "Sens.", "Senators"."""


def title_length(words: list[str]) -> int:
    """How many of a name's words are the titles before it; at least one is left for the name.

    >>> title_length("Detective Constable Anna Reed".split()), title_length("Dean Hall".split())
    (2, 0)
    """
    at = 0
    while at < len(words) - 1 and (length := _one_title(words[at:])):
        at += length
    return at


@lru_cache
def _callings() -> dict[str, str]:
    """Nouns for people, to their kind."""
    return {row[0]: row[2] for row in load_table("actor_nouns") if row[1] == "person"}


def _one_title(words: list[str]) -> int:
    titles, given = load_words("titles"), load_map("given_names")
    for length in range(min(LONGEST_TITLE, len(words) - 1), 0, -1):
        head = " ".join(words[:length]).lower()
        if {head, f"{head}.", PLURAL_TITLE.sub(r"\1", head)} & titles:
            return length
    if words[0].title() in given or not words[0][:1].isupper():
        return 0
    kind = _callings().get(words[0].lower())
    return int(kind == "office" or (kind == "occupation" and any(w in given for w in words[1:-1])))


@lru_cache(maxsize=4096)
def folded(name: str) -> str:
    """A name in small letters, without accents, dots and possessive marks, as it is compared.

    >>> folded("Erdoğan") == folded("ERDOGAN"), folded("U.S.")
    (True, 'us')
    """
    plain = unicodedata.normalize("NFKD", re.sub(r"['’]s?(?=\s|$)", "", name).replace("ı", "i"))
    return "".join(c for c in plain if c != "." and not unicodedata.combining(c)).casefold()


def spells(acronym: str, name: str) -> bool:
    """Whether an acronym is made of a name's initials, small words left out or in.

    >>> spells("FBI", "the Federal Bureau of Investigation"), spells("CDC", "Cato Institute")
    (True, False)
    """
    words = re.findall(r"[A-Za-z]+", without_article(name))
    return (
        acronym in {"".join(w[0] for w in words if w[0].isupper()), "".join(w[0] for w in words).upper()}
        and len(acronym) > 1
    )


def title_head(title: str) -> str:
    """The noun of a title: "secretary" of "secretary of state"."""
    words = title.split()
    end = next((i for i, w in enumerate(words) if w in {"of", "for", "at", "to", "in", "and"}), len(words))
    return words[max(end - 1, 0)].strip(",") if words else ""


def speaks_for_body(title: str) -> bool:
    """Whether who bears a title says "we" of a country or body: a minister or coach does, one senator of many does not."""
    head = title_head(title.lower())
    return head not in load_words("of_many") and load_map("actor_nouns").get(head) == "person"


def fields_of(titles: Iterable[str]) -> frozenset[str]:
    """The fields that people of these titles work in, as far as the titles tell.

    >>> sorted(fields_of(["Transport Minister", "pilot", "Attorney General"]))
    ['law', 'politics', 'trades']
    """
    callings, alone = load_map("callings"), load_details("callings")
    found = set()
    for title in titles:
        words = re.findall(r"[^\W\d_]+", title.lower())
        pairs = [" ".join(pair) for pair in pairwise(words)]
        found |= {
            callings[each] for each in (*words, *pairs) if each in callings and (len(words) == 1 or each not in alone)
        }
    return frozenset(found)
