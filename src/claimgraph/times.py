"""Time expressions of an article, each with its TIMEX3 value and the days that it covers.

Values follow TimeML 1.2.1; spans leave prepositions out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claimgraph.model import TimeSpan
from claimgraph.time_grammar import Expression, find_expressions
from claimgraph.time_reckoning import Setting, meaning_of
from claimgraph.timex import days_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from claimgraph.language import Parse, Token
    from claimgraph.model import Article
    from claimgraph.time_meaning import Meaning

BEFORE_YEARS = frozenset(("in", "since", "the", "fiscal", "its", "until", "from", "by"))
"""Words after which four digits are a year, whatever follows."""
LONG_AGO = 1800
"""Years before this are believed only behind one of these words: news counts in such numbers too."""


def find_times(article: Article, parse: Parse) -> tuple[TimeSpan, ...]:
    """The time expressions of an article in text order, with ids t1, t2 and on."""
    published = re.match(r"\d{4}(?:-\d\d(?:-\d\d)?)?", article.published or "")
    setting = Setting(published.group() if published else "", parse, None)
    times: list[TimeSpan] = []
    for expression in find_expressions(article.text):
        meaning = meaning_of(expression, setting) if _speaks_of_time(expression, setting) else None
        if meaning:
            times.append(_time_span(f"t{len(times) + 1}", article.text, expression, meaning))
            told = days_of(meaning.value)
            if told and told[0] == told[1]:
                setting = setting._replace(told=told[0])
    return tuple(times)


def _time_span(id_: str, text: str, expression: Expression, meaning: Meaning) -> TimeSpan:
    """The expression as part of the model."""
    start, end = expression.words[0].start, expression.words[-1].end
    days = meaning.days or (days_of(meaning.value) if meaning.type in ("date", "time") else None)
    return TimeSpan(
        start,
        end,
        text[start:end],
        id=id_,
        type=meaning.type,
        value=meaning.value,
        earliest=days[0].isoformat() if days else None,
        latest=days[1].isoformat() if days else None,
        confidence=meaning.confidence,
        origin=f"rule:time-{expression.rule}",
    )


# ---- what is no time, though its words look so


def _speaks_of_time(expression: Expression, setting: Setting) -> bool:
    """Whether the words are about time here: not the verbs march and may, not 2000 people, not May the name."""
    tokens = setting.parse.tokens_in(expression.words[0].start, expression.words[-1].end)
    check = CHECKS.get(expression.rule)
    return bool(tokens) and (check is None or check(expression, tokens, setting.parse.text))


def _is_month(expression: Expression, tokens: list[Token], text: str) -> bool:
    """Capital; alone, neither a modal ("May"), nor a verb ("March"), nor a part of somebody's name."""
    name = next(word for word in expression.words if word.kind in ("month", "short"))
    if text[name.start].islower():
        return False
    alone = len(expression.words) == 1
    return not alone or (tokens[0].tag.startswith("NN") and tokens[0].label in ("DATE", "") and name.text != "mar")


def _is_year(expression: Expression, tokens: list[Token], text: str) -> bool:
    """No count of things ("2000 people") and no part of a name ("Windows 2000")."""
    year = tokens[-1]
    if len(expression.words) > 1:
        return True
    before = text[: year.start].split(" ")[-2:][0].lower()
    if int(expression.value("year") or 0) < LONG_AGO and before not in BEFORE_YEARS:
        return False
    if year.label in ("MONEY", "PERCENT", "PRODUCT"):
        return False
    sentence = year.sentence.tokens
    after = sentence[year.i - sentence[0].i + 1 :][:1]
    counts = year.dep == "nummod" and bool(after) and after[0].tag == "NNS"
    return not counts or before in BEFORE_YEARS


def _is_season(expression: Expression, tokens: list[Token], text: str) -> bool:
    """A word alone is a season only after "in": fall and spring are verbs as well."""
    alone = len(expression.words) == 1
    return not alone or (text[: expression.words[0].start].endswith("in ") and tokens[0].tag == "NN")


def _is_direction(expression: Expression, tokens: list[Token], text: str) -> bool:
    """Not the first half of "as soon as"."""
    return tokens[-1].lower != "soon" or not text.startswith(" as", expression.words[-1].end)


def _is_stretch(expression: Expression, tokens: list[Token], text: str) -> bool:
    """No age ("45-year-old"), fraction ("a quarter of"), or title ("This Week"); no day told from what follows."""
    after, unit = text[expression.words[-1].end :][:8], expression.value("unit", "units")
    if re.match(r"[- ](?:olds?\b|of age\b)", after) or text[: expression.words[0].start].endswith("light-"):
        return False
    if unit == "Q" and expression.rule in ("duration", "plural"):
        return expression.rule == "duration" and not after.startswith(" of ") and not expression.has("hyphen")
    last = tokens[-1]
    if last.text[0].isupper() and not last.text.isupper() and last.sentence.zone is None:
        return last is last.sentence.tokens[0]
    return expression.rule != "rel" or expression.words[0].kind != "the" or not re.match(" (?:before|after)", after)


CHECKS: dict[str, Callable[[Expression, list[Token], str], bool]] = {
    **dict.fromkeys(("month", "dated", "days"), _is_month),
    **dict.fromkeys(("span", "duration", "ago", "rel", "plural"), _is_stretch),
    "year": _is_year,
    "season": _is_season,
    "vague": _is_direction,
}
"""What the words of a rule must pass, beyond fitting its pattern."""
