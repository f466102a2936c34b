"""The forms of a name: without article, without honorific, in plain case, as an acronym."""

from __future__ import annotations

import re

from claimgraph.lexicon import load_words


def without_article(text: str) -> str:
    """A name without article and possessive mark, blanks single."""
    return re.sub(r"\s+", " ", re.sub(r"^(?:the|a|an)\s+|['’]s$", "", text.strip(), flags=re.IGNORECASE))


def plain_case(name: str) -> str:
    """A name in capitals as it is written in a sentence: datelines have "VIENNA", acronyms stay.

    >>> plain_case("MEXICO CITY"), plain_case("FBI")
    ('Mexico City', 'FBI')
    """
    return name.title() if name.isupper() and len(name) > 4 and "." not in name else name


def person_key(text: str) -> str:
    """A person's name without honorific, suffix and initials' dots."""
    words = [w.strip(".,") for w in without_article(text).split()]
    honorifics = {h.strip(".") for h in load_words("titles", "honorific")}
    words = [w for w in words if w.lower() not in honorifics and w.lower() not in {"jr", "sr", "ii", "iii"}]
    if len(words) > 2:
        words = [w for i, w in enumerate(words) if len(w) > 1 or i == 0]
    return " ".join(words) or text


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


def gender_of_pronoun(text: str) -> str | None:
    """Which of "male" and "female" a third-person pronoun is."""
    return "female" if text.lower().startswith(("she", "her")) else "male"
