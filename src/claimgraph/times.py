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
    from claimgraph.language import Parse, Token
    from claimgraph.model import Article
    from claimgraph.time_meaning import Meaning


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
    if not tokens:
        return False
    if expression.rule in ("month", "dated", "days"):
        return _is_month(expression, tokens, setting.parse.text)
    if expression.rule == "year" and len(expression.words) == 1:
        return _is_year(tokens[0])
    if expression.rule in ("span", "duration", "ago", "rel", "plural"):
        return not _is_other(expression, tokens[-1], setting.parse.text)
    if expression.rule == "vague":
        return not setting.parse.text.startswith(" as", expression.words[-1].end)
    return not (expression.rule == "plural" and expression.value("units") == "Q")


def _is_month(expression: Expression, tokens: list[Token], text: str) -> bool:
    """Capital; alone, neither a modal ("May"), nor a verb ("March"), nor a part of somebody's name."""
    name = next(word for word in expression.words if word.kind in ("month", "short"))
    if text[name.start].islower():
        return False
    alone = len(expression.words) == 1
    return not alone or (tokens[0].tag.startswith("NN") and tokens[0].label in ("DATE", "") and name.text != "mar")


def _is_year(token: Token) -> bool:
    """Not a count of things: "2000 people", "$ 1989"; a name's part ("Windows 2000") is no year either."""
    if token.label in ("MONEY", "PERCENT", "PRODUCT"):
        return False
    before = [other for other in token.sentence.tokens if other.i == token.i - 1]
    after = [other for other in token.sentence.tokens if other.i == token.i + 1]
    counted = bool(after) and after[0].tag == "NNS"
    fixed = bool(before) and (before[0].tag in ("DT", "PRP$", "POS") or before[0].lower in ("in", "since", "fiscal"))
    return not counted or fixed


def _is_other(expression: Expression, last: Token, text: str) -> bool:
    """Ages ("45-year-old"), fractions ("a quarter of"), titles ("This Week"), and days told from what follows."""
    after = text[expression.words[-1].end :][:8]
    if re.match(r"[- ](?:olds?\b|of age\b)", after):
        return True
    if expression.value("unit", "units") == "Q" and (after.startswith(" of ") or expression.has("hyphen", "units")):
        return expression.rule == "duration"
    if last.text[:1].isupper() and last.lower != last.text and last.sentence.zone is None and last.i > 0:
        return last.sentence.tokens[0] is not last and not last.text.isupper()
    return expression.rule == "rel" and expression.words[0].kind == "the" and bool(re.match(" (?:before|after)", after))
