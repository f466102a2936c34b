"""What can be decided about as words for a spreadsheet, and the words of a correction back as what they mean.

Each parser gives the meaning, or a sentence that says what is wrong and what to write.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, get_args

from claimgraph.model import Certainty, EntityType, Polarity, RelationType
from claimgraph.terms import CURRENCY_CODE, load_units

if TYPE_CHECKING:
    from claimgraph.model import Claim, Quantity

SIGNS = {"=": "", ">": "more than", ">=": "at least", "<": "less than", "<=": "up to", "~": "about", "x": "times"}
CODES = {words: sign for sign, words in SIGNS.items()} | {sign: sign for sign in SIGNS}
NUMBER = r"-?\d[\d,]{0,20}(?:\.\d{1,9})?"
FIGURE = re.compile(
    rf"(?:(?P<sign>{'|'.join(sorted(filter(None, CODES), key=len, reverse=True))})\s*)?(?P<value>{NUMBER}|\?)"
    rf"(?: to (?P<upper>{NUMBER}))?(?:\s+(?P<unit>(?!per )\S.*?))?(?:\s+per (?P<per>\S+))?"
)
FIELDS: dict[str, tuple[str, ...]] = {
    "polarity": get_args(Polarity),
    "certainty": get_args(Certainty),
    "negated": ("yes", "no"),
}
TYPED = re.compile(rf"(?P<name>.*\S)\s+\((?P<type>{'|'.join(get_args(EntityType))})\)")
RELATIONS: tuple[str, ...] = get_args(RelationType)
HAPPENINGS = ("same", "has-part", "part-of")
"""What two events of different articles can be to each other, beside two happenings."""
LINKS: dict[str, tuple[str, ...]] = {"relation": RELATIONS, "happening": HAPPENINGS}


def link_fault(kind: str, words: str) -> str:
    """What is wrong with words that are to say of which type a link is; empty where nothing is.

    >>> link_fault("happening", "one"), link_fault("happening", "same")
    ('is no happening: write one of same, has-part, part-of', '')
    """
    known = LINKS[kind]
    return "" if words in known else f"is no {kind}: write one of {', '.join(known)}"


def figure_words(quantity: Quantity) -> str:
    """A figure as words.

    >>> from claimgraph.model import Quantity
    >>> figure_words(Quantity(start=0, end=1, text="x", id="q1", value=1500, comparator=">", unit="USD", per="day"))
    'more than 1,500 USD per day'
    """
    number = "?" if quantity.value is None else f"{quantity.value:,}"
    number += f" to {quantity.upper:,}" if quantity.upper is not None else ""
    parts = [SIGNS[quantity.comparator], number, quantity.unit, f"per {quantity.per}" if quantity.per else ""]
    return " ".join(filter(None, parts))


def parse_figure(words: str, *, unit: str = "count") -> dict[str, Any] | str:
    """The fields of a figure that words say; `unit` is the one that was read, which is taken where it is said again.

    >>> parse_figure("more than 1,500 USD per day")
    {'comparator': '>', 'value': 1500, 'upper': None, 'unit': 'USD', 'per': 'day'}
    >>> parse_figure("some")
    'is no figure: write one such as “more than 1,500 USD”, “20 to 30 percent”, “about 12 count per day” or “? count”'
    """
    found = FIGURE.fullmatch(words.strip())
    if not found:
        return "is no figure: write one such as “more than 1,500 USD”, “20 to 30 percent”, “about 12 count per day” or “? count”"
    said = found["unit"] or "count"
    currency = len(said) == CURRENCY_CODE and said.isalpha() and said.isupper()
    if not (said in load_units() or currency or said in {unit, "count"}):
        return f"has the unit “{said}”, which is none: write {unit}, a currency such as USD, or one of {', '.join(sorted(load_units()))}"
    value, upper = (_number(found[name]) for name in ("value", "upper"))
    return {
        "comparator": CODES[found["sign"] or "="],
        "value": value,
        "upper": upper,
        "unit": said,
        "per": found["per"],
    }


def _number(words: str | None) -> int | float | None:
    if words in {None, "?"}:
        return None
    plain = str(words).replace(",", "")
    return float(plain) if "." in plain else int(plain)


def claim_words(claim: Claim) -> str:
    """How a claim is said, as words."""
    return f"polarity={claim.polarity}; certainty={claim.certainty}; negated={'yes' if claim.negated else 'no'}"


def parse_claim(words: str) -> dict[str, str] | str:
    """The fields of a claim that words say; `content` comes last, for it may hold anything.

    >>> parse_claim("certainty=possible; content=up to 23 million; at least")
    {'content': 'up to 23 million; at least', 'certainty': 'possible'}
    >>> parse_claim("polarity=no")
    'has the polarity “no”, which is none: write one of affirmed, denied, questioned'
    """
    manner, _, content = words.partition("content=")
    fields = {"content": content.strip()} if content.strip() else {}
    for part in filter(None, map(str.strip, manner.split(";"))):
        name, _, value = (piece.strip() for piece in part.partition("="))
        if name not in FIELDS:
            return (
                f"says “{part}”: write polarity=..., certainty=..., negated=... or content=..., with semicolons between"
            )
        if value not in FIELDS[name]:
            return f"has the {name} “{value}”, which is none: write one of {', '.join(FIELDS[name])}"
        fields[name] = value
    return fields or "says nothing: write polarity=..., certainty=..., negated=... or content=..."
