"""Time expressions of an article, each with its TIMEX3 value and the days that it covers.

Values follow TimeML 1.2.1; spans leave prepositions out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claimgraph.model import TimeSpan
from claimgraph.syntax.tense import direction
from claimgraph.temporal.grammar import Expression, find_expressions
from claimgraph.temporal.reckoning import meaning_of
from claimgraph.temporal.setting import Setting
from claimgraph.temporal.timex import days_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from claimgraph.language import Parse, Token
    from claimgraph.model import Article
    from claimgraph.temporal.meaning import Meaning

BEFORE_YEARS = frozenset(("in", "since", "the", "fiscal", "its", "until", "from", "by"))
"""Words after which four digits are a year, whatever follows."""
COMPARING = frozenset(("ago", "adjective", "period"))
"""Rules of expressions that name what something is compared with: "up from 4% a year earlier"."""
AGE_BEHIND = re.compile(r"[- ](?:olds?\b|of age\b|(?:and|or) (?:older|younger|over|under|up)\b)")
AGE_BEFORE = re.compile(r"\b(?:aged?|ages)(?: of)?(?: (?:under|over|about|at least|between|from))? $", re.IGNORECASE)
"""Years of somebody's age: "two years and older", "aged under 10 years"."""
ATTACKS = re.compile(r"Sept(?:ember|\.) 11(?:th)?,? (?:terror(?:ist)? )?attacks")
"""A name, not a day of this year or the last."""
NAMED_DAY = re.compile(r"\b(?:Black|Bloody|Super|Cyber) $")
LONG_AGO = 1800
"""Years before this are believed only behind one of these words: news counts in such numbers too."""


def find_times(article: Article, parse: Parse) -> tuple[TimeSpan, ...]:
    """The time expressions of an article in text order, with ids t1, t2 and on."""
    published = re.match(r"\d{4}(?:-\d\d(?:-\d\d)?)?", article.published or "")
    setting = Setting(published.group() if published else "", parse)
    times: list[TimeSpan] = []
    for expression in find_expressions(article.text):
        tokens = parse.tokens_in(expression.words[0].start, expression.words[-1].end)
        meaning = meaning_of(expression, setting) if _speaks_of_time(expression, tokens, article.text) else None
        if meaning:
            if not _is_own_date(tokens[0], article.text):
                times.append(_time_span(f"t{len(times) + 1}", article.text, expression, meaning))
            setting = setting.after(meaning, compares=expression.rule in COMPARING and not expression.has("later"))
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


def _speaks_of_time(expression: Expression, tokens: list[Token], text: str) -> bool:
    """Whether the words are about time here: not the verbs march and may, not 2000 people, not May the name."""
    check = CHECKS.get(expression.rule)
    return bool(tokens) and (check is None or check(expression, tokens, text))


def _is_own_date(token: Token, text: str) -> bool:
    """Whether it stands in a dateline that the story runs on from: the document's own date, not one that it tells.

    TimeML keeps the two apart (functionInDocument); `published` has it.
    """
    sentence = token.sentence
    return sentence.zone == "dateline" and bool(re.match(r"[ \t]*[^\s]", text[sentence.end : sentence.end + 80]))


def _is_month(expression: Expression, tokens: list[Token], text: str) -> bool:
    """Capital; alone, neither a modal ("May"), nor a verb ("March"), nor a part of somebody's name."""
    name = next(word for word in expression.words if word.kind in ("month", "short"))
    if text[name.start].islower() or (expression.rule == "dated" and ATTACKS.match(text, expression.words[0].start)):
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
    if year.label in ("MONEY", "PERCENT", "PRODUCT") or re.match(r"[- ]year", text[year.end :][:5]):
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
    """Not "as soon as", "soon after", nor "the now-closed school"; what comes soon has a verb that looks ahead."""
    follows = text[expression.words[-1].end :][:7]
    if re.match(r"-\w", follows):
        return False
    return tokens[-1].lower != "soon" or (direction(tokens) >= 0 and not follows.startswith((" as", " after")))


def _is_holiday(expression: Expression, tokens: list[Token], text: str) -> bool:
    """The day, not what is named after it ("Christmas shopping", "the Good Friday Agreement")."""
    named = re.match(r" [A-Z]", text[expression.words[-1].end :][:2])
    return tokens[-1].dep != "compound" or (len(tokens) > 1 and not named)


def _is_part(expression: Expression, _: list[Token], text: str) -> bool:
    """Not "the night of Oct. 23": the date tells it."""
    return expression.words[0].kind != "the" or not text.startswith(" of", expression.words[-1].end)


def _is_stretch(expression: Expression, tokens: list[Token], text: str) -> bool:
    """No age ("45-year-old"), fraction ("a quarter of"), or title ("This Week"); no day told from what follows."""
    after, unit = text[expression.words[-1].end :][:16], expression.value("unit", "units")
    before = text[max(expression.words[0].start - 24, 0) : expression.words[0].start]
    if AGE_BEHIND.match(after) or AGE_BEFORE.search(before) or before.endswith("light-"):
        return False
    if unit == "Q" and expression.rule in ("duration", "plural"):
        return expression.rule == "duration" and _is_quarter_year(expression, after, text)
    last = tokens[-1]
    if last.text[0].isupper() and not last.text.isupper() and last.sentence.zone is None:
        return last is last.sentence.tokens[0]
    if expression.has("beforehand"):
        return not re.match(r" \w", after)
    return expression.rule != "rel" or expression.words[0].kind != "the" or not re.match(" (?:before|after)", after)


def _is_recurring(expression: Expression, tokens: list[Token], text: str) -> bool:
    """Not a speed's "per hour", which its figure has; not a paper's name."""
    rated = expression.has("per") and (expression.value("unit") or "")[:1] == "T"
    return not rated and _is_often(expression, tokens, text)


def _is_often(expression: Expression, tokens: list[Token], text: str) -> bool:
    """Not a paper's name ("LA Weekly")."""
    first = text[expression.words[0].start]
    return first.islower() or tokens[0] is tokens[0].sentence.tokens[0]


def _is_weekday(expression: Expression, _: list[Token], text: str) -> bool:
    """Not a day that goes by a name: Black Monday, Bloody Sunday, Super Tuesday."""
    return not NAMED_DAY.search(text[max(expression.words[0].start - 7, 0) : expression.words[0].start])


def _is_quarter_year(expression: Expression, after: str, text: str) -> bool:
    """Three months, not a fourth: "two straight quarters", "in a quarter", but not "three quarters of", "a quarter"."""
    if expression.has("sort", "some"):
        return True
    if expression.has("a") and not re.search(
        r"\b(?:in|for|within|after|over|during|than) $", text[: expression.words[0].start]
    ):
        return False
    return not after.startswith(" of ") and not expression.has("hyphen")


CHECKS: dict[str, Callable[[Expression, list[Token], str], bool]] = {
    **dict.fromkeys(("month", "dated", "days"), _is_month),
    **dict.fromkeys(("span", "duration", "ago", "rel", "plural"), _is_stretch),
    "year": _is_year,
    "season": _is_season,
    "weekday": _is_weekday,
    "set": _is_recurring,
    "vague": _is_direction,
    "holiday": _is_holiday,
    "part": _is_part,
}
"""What the words of a rule must pass, beyond fitting its pattern."""
