"""Quantities of an article: how many or how much, of what, per what, compared with what.

A quantity is comparator, number and unit, or comparator, number and the noun counted. Dates, ages, ordinals, scores
and numbers that only name things ("Boeing 737", "Article 5") are none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from claimgraph.lexicon import load_table, load_words
from claimgraph.model import Quantity, Span
from claimgraph.numeric.checks import is_lone_one, is_own_age, names_something
from claimgraph.numeric.grammar import Figure, find_figures
from claimgraph.numeric.numerals import to_number
from claimgraph.syntax.phrases import DETERMINERS, NOUNS, long_phrase, noun_phrase, noun_phrase_of, span_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claimgraph.language import Parse, Token
    from claimgraph.model import Article, TimeSpan

SURE, INHERITED, BARE = 0.95, 0.6, 0.8
"""Confidence: unit or noun stand beside the number; the noun is the one counted before; none is given."""
ARGUMENTS = frozenset(("nsubj", "nsubjpass", "dobj", "pobj", "attr", "conj", "appos", "npadvmod", "ROOT", "oprd"))
"""Relations by which a number stands for things unnamed: "killed 12", "rose to 444,000"."""
PERIODS = {"P1D": "day", "P1W": "week", "P1M": "month", "P1Y": "year", "PT1H": "hour", "PT1M": "minute"}
RATE = re.compile(
    r"(?: \([^()\n]{1,20}\))? (?:(per|(?:(?:to|for) )?(?:each|every))|an?) (\w+)(?![- ](?:ago|earlier|later|before|after|old)\b)\b"
)
""" "a barrel", "per hour", "to each family"; a sum in brackets may stand between."""
PER_SO_MANY = re.compile(
    r"(?: (?!and\b|or\b|but\b|who\b|that\b)[a-z-]+){0,4}? (?:per|(?:for|in|out of) (?:each|every)) "
    r"((?:an? |one )?(?:hundred |thousand |million )*(?:hundred|thousand|million)|[1-9]0{0,2}(?:,?000)+|100|1m)\b(?: ([a-z-]+s|people|women|children)\b)?"
)
""" "per 100,000 people", "deaths from measles in every 1,000"."""
TWICE = re.compile(r" as \w+(?: \w+){0,2}?( as\b)| as \w+(?=[.,;)])|(?= the\b)")
"""What follows "twice": as high as, as high, the number."""
SORTS_OF_AID = re.compile(
    r"\w+(?:, \w+)+,? and \w+ (?:aid|assistance|support|funding|funds|spending|relief|grants|loans)\b"
)
""" "in security, economic and humanitarian aid"."""
CONVERTED = re.compile(r" \([^()\n]*\d[^()\n]*\)")
"""The same in another unit: "30 inches (76 cm) of rain"."""
FARTHEST = 4
"""Words between a figure and the verb that tells what it measures: "was 8.5%, up from 3%"."""
LENGTHS = frozenset(("foot", "kilometre", "light-year", "metre", "mile", "nautical-mile", "yard"))
AWAY = re.compile(r"(?: \([^()\n]*\))? (?:from|north|south|east|west|away|off|inland|apart)\w*\b")
"""What tells where something is, not how large: "30 miles (48 km) north of the border"."""
SMALL = 10
"""Up to here people count exactly: "about two" before such a number is mostly no estimate."""
RATE_REACH = 60
"""Characters from a count to the "every day" that makes it a rate: a clause, seldom more."""


class Draft(NamedTuple):
    """A figure on its way to a quantity: tokens `[first, behind)` stand in its span."""

    figure: Figure
    start: int
    end: int
    first: int
    behind: int
    of: Span | None = None
    per: str | None = None
    than: Span | None = None
    confidence: float = SURE


def find_quantities(article: Article, parse: Parse, times: tuple[TimeSpan, ...]) -> tuple[Quantity, ...]:
    """The quantities of an article in text order, with ids q1, q2 and on."""
    drafts: list[Draft] = []
    rated = 0
    for figure in find_figures(article.text):
        if figure.start >= rated and not any(time.start < figure.end and figure.number < time.end for time in times):
            draft = _measured(article.text, parse, figure, drafts)
            if draft and (many := PER_SO_MANY.match(article.text, draft.end)):
                rated = many.end()
                drafts.append(draft._replace(per=" ".join((f"{to_number(many[1]):,}", many[2] or "")).strip()))
            elif draft:
                drafts.append(_rated(article.text, parse, draft, times))
    found = sorted((*drafts, *_multiplied(article.text, parse)), key=lambda draft: draft.start)
    return tuple(_quantity(f"q{number}", article.text, draft) for number, draft in enumerate(found, 1))


def _quantity(id_: str, text: str, draft: Draft) -> Quantity:
    """The draft as part of the model."""
    figure = draft.figure
    return Quantity(
        draft.start,
        draft.end,
        text[draft.start : draft.end],
        id=id_,
        value=figure.value,
        upper=figure.upper,
        comparator=figure.comparator,  # type: ignore[arg-type]  # comparators.tsv has no other
        unit="ratio" if figure.kind == "fraction" else figure.unit,
        of=draft.of,
        per=draft.per or figure.per,
        than=draft.than,
        confidence=draft.confidence,
        origin=f"rule:quantity-{figure.kind}",
    )


def _measured(text: str, parse: Parse, figure: Figure, before: list[Draft]) -> Draft | None:
    """The figure with what it counts or measures; None when it is no quantity."""
    tokens = parse.tokens_in(figure.number, figure.end)
    if not tokens or names_something(text, parse, figure, tokens):
        return None
    figure = _without_preposition(parse, figure)
    draft = Draft(figure, figure.start, figure.end, tokens[0].i, tokens[-1].i + 1)
    if multiple := _times_as_many(text, parse, draft):
        return multiple
    if is_lone_one(text, figure):
        return None
    if figure.unit != "count" or figure.kind == "fraction":
        return draft._replace(of=_measure_of(text, parse, draft))
    return _counted(text, parse, draft) or _uncounted(text, parse, draft, before)


def _without_preposition(parse: Parse, figure: Figure) -> Figure:
    """The figure less an "about" that says of whom is told: "stories about two people"."""
    if figure.kind != "words" or figure.value > SMALL or figure.comparator == "=":
        return figure
    first = parse.tokens_in(figure.start, figure.number)
    told = (
        len(first) == 1
        and first[0].lower in ("about", "over")
        and first[0].dep == "prep"
        and first[0].head.pos in NOUNS
    )
    return figure._replace(start=figure.number, comparator="=") if told else figure


# ---- what is counted


def _counted(text: str, parse: Parse, draft: Draft) -> Draft | None:
    """The draft with the noun counted in its span: "more than 150 people", "dozens of people", "12 dead"."""
    first = draft.behind
    first += first < len(parse.tokens) and parse.tokens[first].text == "-" and text[draft.end] == "-"
    partitive = first < len(parse.tokens) and parse.tokens[first].lower == "of"
    if not parse.tokens[draft.first].sentence.tokens[-1].i >= first:
        return None
    if partitive and draft.figure.kind != "many":
        return draft._replace(of=span_of(text, parse, noun_phrase(parse, first + 1)))
    if parse.tokens[first].lower == "strong" and first > draft.behind:
        return _strong(text, parse, draft, first + 1)
    bounds = noun_phrase(parse, first + partitive) if partitive or not _blocked(parse.tokens[first]) else None
    if bounds and first > draft.behind and draft.figure.value == 0:  # "zero-tolerance policy"
        return None
    if bounds and first > draft.behind:
        bounds = (first, first + 1) if parse.tokens[first].pos == "NOUN" else None
    bounds = bounds or _condition(parse, first)
    if not bounds or not _can_be_counted(parse, draft, bounds):
        return None
    return draft._replace(end=parse.tokens[bounds[1] - 1].end, behind=bounds[1], of=span_of(text, parse, bounds))


def _blocked(token: Token, kind: str = "digits") -> bool:
    """Whether a new phrase begins behind the number ("three the men", "six feet five inches"; not "half the men")."""
    return (token.tag in DETERMINERS and kind != "fraction") or token.tag in ("POS", "CD")


def _strong(text: str, parse: Parse, draft: Draft, first: int) -> Draft:
    """5,000-strong: the crowd or force that is so strong follows."""
    strong = parse.tokens[first - 1]
    return draft._replace(end=strong.end, behind=first, of=span_of(text, parse, noun_phrase(parse, first)))


def _condition(parse: Parse, first: int) -> tuple[int, int] | None:
    """The adjective that stands for people: "12 dead", "30 injured", "dozens more wounded"."""
    first += parse.tokens[first].lower == "more" and first + 1 < len(parse.tokens)
    return (first, first + 1) if parse.tokens[first].lower in load_words("counted", "condition") else None


def _can_be_counted(parse: Parse, draft: Draft, bounds: tuple[int, int]) -> bool:
    """No stretch of time; plural, or the number's own noun; "one" only of what news counts singly."""
    head, number = parse.tokens[bounds[1] - 1], parse.tokens[draft.behind - 1]
    if head.lemma in load_words("counted", "time") or head.lower in load_words("counted", "time"):
        return False
    if draft.figure.value == 1 and draft.figure.kind == "words" and draft.figure.comparator == "=":
        return head.lemma in load_words("counted", "single")
    plural = head.tag in ("NNS", "NNPS") or head.lower in load_words("counted", "condition")
    own = number.head in parse.tokens[bounds[0] : bounds[1]] and number.dep in ("nummod", "compound", "quantmod")
    return plural or (own and head.tag == "NN") or draft.figure.kind == "many"


def _uncounted(text: str, parse: Parse, draft: Draft, before: list[Draft]) -> Draft | None:
    """A number that stands for things unnamed ("killed 12"), or for more of those counted just before."""
    token, figure = parse.tokens[draft.behind - 1], draft.figure
    if figure.value == 1 or (figure.kind == "words" and token.pos != "NUM"):
        return None
    if text[figure.number : figure.end].lower() == "scores" or text[: figure.start].lower().endswith("top "):
        return None
    led = token.dep == "quantmod" and text[: figure.start].lower().endswith("by ")  # "fell by 120 to 9,000"
    if (token.dep not in ARGUMENTS and not led) or is_own_age(token) or token.sentence.zone in ("byline", "dateline"):
        return None
    last = before[-1] if before else None
    alike = last and last.of and last.figure.unit == "count" and last.first >= token.sentence.tokens[0].i
    if alike and last and token.dep in ("conj", "appos"):
        return draft._replace(of=last.of, confidence=INHERITED)
    if token.dep == "appos" and token.head.tag == "NNS":
        return draft._replace(of=noun_phrase_of(text, parse, token.head), confidence=BARE)
    if token.dep in ("attr", "acomp"):
        subjects = [subject for subject in token.head.having("nsubj") if token.head.lemma == "be"]
        return draft._replace(of=noun_phrase_of(text, parse, subjects[0]) if subjects else None, confidence=BARE)
    return draft._replace(of=_subject(text, parse, draft) if led or token.dep == "pobj" else None, confidence=BARE)


# ---- what is measured


def _measure_of(text: str, parse: Parse, draft: Draft) -> Span | None:
    """What a share, sum or measure is of: behind "of" or "in", the noun that follows, or the subject that changes."""
    i, sentence = draft.behind, parse.tokens[draft.first].sentence
    if draft.figure.unit in LENGTHS and AWAY.match(text, draft.end):
        return None
    if converted := CONVERTED.match(text, draft.end):
        i = next((token.i + 1 for token in reversed(parse.tokens_in(*converted.span()))), i)
    here = parse.tokens[i].lower if i < len(parse.tokens) and parse.tokens[i].sentence is sentence else ""
    if here == "of":
        if draft.figure.unit in LENGTHS and text[draft.start :][:6].lower() == "within":
            return None
        return span_of(text, parse, noun_phrase(parse, i + 1))
    if here in ("in", "worth") and draft.figure.unit.isupper():
        i += 1 + (here == "worth" and text.startswith(" of ", parse.tokens[i].end))
    elif here == "-":
        i += 1
    elif not here or _blocked(parse.tokens[i], draft.figure.kind):
        return _subject(text, parse, draft)
    sort = SORTS_OF_AID.match(text, parse.tokens[i].start) if here == "in" else None
    if sort:
        return Span.cut(text, *sort.span())
    phrase = None if here == "in" and parse.tokens[i].tag == "DT" else noun_phrase(parse, i)
    if phrase and not _tells_when_or_where(parse.tokens[phrase[0]], parse.tokens[phrase[1] - 1], here):
        return span_of(text, parse, phrase)
    return _subject(text, parse, draft)


def _tells_when_or_where(first: Token, last: Token, here: str) -> bool:
    """Whether a phrase is no thing measured: "$5 million last year", "in 2019", "in Canada", "a billion dollars total"."""
    if first is last and last.lemma in load_words("counted", "sum"):
        return True
    timed = (
        first.label in ("DATE", "TIME") or last.label in ("DATE", "TIME") or last.lemma in load_words("counted", "time")
    )
    return timed or (here == "in" and last.label in ("GPE", "LOC"))


def _subject(text: str, parse: Parse, draft: Draft) -> Span | None:
    """The noun before "of" ("a loss of $8 million"), or the subject of a verb of change ("unemployment rose 5%")."""
    token = parse.tokens[draft.behind - 1]
    while token.head is not token and token.head.i in range(draft.first, draft.behind):
        token = token.head
    if token.dep == "pobj" and token.head.lower == "of" and token.head.i < draft.first:
        noun = token.head.head
        whose = noun.lemma in load_words("counted", "sum") or noun.lemma in load_words("actor_nouns", "person")
        return None if whose else noun_phrase_of(text, parse, noun)  # "a mother of two" is none of them
    for head in list(token.ancestors())[:FARTHEST]:
        if head.pos in ("VERB", "AUX"):
            own = draft.figure.unit.isupper() and head.lemma in ("lose", "gain")
            return None if own else _changed(text, parse, token, head)
        figure = head.label in ("PERCENT", "MONEY", "QUANTITY", "CARDINAL")
        if head.pos in NOUNS and not figure and head.lemma not in load_words("counted", "time"):
            return None
    return None


def _changed(text: str, parse: Parse, token: Token, verb: Token) -> Span | None:
    """What a verb changes by or to a figure: "cut its staff by 30%", "unemployment rose 5%"."""
    led = token.dep == "pobj" and token.head.lower in ("at", "by", "to", "from")
    things = verb.having("dobj") if led else []
    if things and things[0].lemma not in load_words("counted", "sum"):
        return _thing(text, parse, things[0]) if verb.lemma in load_words("counted", "changes") else None
    equated = verb.lemma == "be" and (
        token.dep in ("attr", "acomp") or token.head.dep == "acomp" or token.head.lower == "from"
    )
    set_at = led and verb.lemma in load_words("counted", "changes") and bool(verb.having("nsubjpass"))
    moved = any(c.dep == "advmod" and c.lower in ("up", "down", "higher", "lower") for c in verb.children)
    if not (equated or set_at or moved or verb.lemma in load_words("counted", "change")):
        return None
    subjects = verb.having("nsubj", "nsubjpass") or ([verb.head] if verb.dep == "acl" else [])
    if not subjects and verb.dep == "conj":
        subjects = verb.head.having("nsubj", "nsubjpass")
    return _thing(text, parse, subjects[0]) if subjects else None


def _thing(text: str, parse: Parse, noun: Token) -> Span | None:
    """The noun phrase of what is told: of "the total number of doses" the doses."""
    of = [prep for prep in noun.having("prep") if prep.lower == "of"] if noun.lemma in ("number", "total") else []
    things = of[0].having("pobj") if of else []
    return noun_phrase_of(text, parse, things[0] if things else noun)


# ---- rates and comparisons


def _rated(text: str, parse: Parse, draft: Draft, times: tuple[TimeSpan, ...]) -> Draft:
    """The draft with what it is counted by: "a barrel", "per hour", or an "every day" in the same clause."""
    behind = RATE.match(text, draft.end)
    if behind:
        noun = parse.tokens_in(behind.start(2), behind.end(2))[0]
        if noun.pos == "ADJ" and noun.head.pos in NOUNS and noun.head.i == noun.i + 1:  # "per dependent child"
            noun = noun.head
        periodic = noun.lemma in load_words("counted", "time")
        if (behind[1] and noun.pos in NOUNS) or periodic or (draft.figure.unit.isupper() and noun.tag == "NN"):
            return draft._replace(per="person" if noun.lower == "capita" else noun.lemma)
    for time in times:
        between = text[draft.end : time.start] if time.start >= draft.end else None
        if between is None or time.type != "set" or time.value not in PERIODS:
            continue
        if parse.tokens_in(time.start, time.end)[-1].dep == "amod":  # "at the annual meeting"
            continue
        if len(between) > RATE_REACH or re.search(r"[,;:.!?()\d\n]| (?:who|which|that) ", between):
            break
        return draft._replace(per=PERIODS[time.value])
    return draft


def _times_as_many(text: str, parse: Parse, draft: Draft) -> Draft | None:
    """Ten times greater than X, three times as many as X: a ratio, and what it is a ratio to."""
    found = re.compile(
        r"[- ]times (?:(as \w+(?: \w+){0,3}? as)|(\w+er(?: \w+){0,2}? than|more(?: \w+){0,3}? than)|(?=the ))"
    ).match(text, draft.figure.end)
    if not found:
        return None
    figure = draft.figure._replace(
        unit="ratio", comparator="x" if draft.figure.comparator == "=" else draft.figure.comparator
    )
    end = found.end() - text[found.start() : found.end()].endswith(" ")
    behind = parse.tokens_in(found.start(), end)[-1].i + 1
    return draft._replace(figure=figure, end=end, behind=behind, than=long_phrase(text, parse, behind))


def _multiplied(text: str, parse: Parse) -> Iterator[Draft]:
    """Words that multiply: "more than doubled" is more than two times what it was, "twice as high as" it two times."""
    factors = {word: factor[0] for word, _, *factor in load_table("counted") if factor}
    for token in parse.tokens:
        if token.lemma not in factors:
            continue
        if token.pos == "VERB" and token.tag != "VBG" and not text.startswith(" down", token.end):
            things = token.having("dobj") or token.having("nsubj", "nsubjpass")
            of = noun_phrase_of(text, parse, things[0]) if things else None
            yield _multiple(text, token, token.end, factors[token.lemma])._replace(of=of)
        elif token.pos != "VERB" and (found := TWICE.match(text, token.end)):
            draft = _multiple(text, token, found.end(), factors[token.lemma])
            behind = parse.tokens_in(*found.span(1))[-1].i + 1 if found[1] else None
            yield draft._replace(than=None if behind is None else long_phrase(text, parse, behind))


def _multiple(text: str, token: Token, end: int, factor: str) -> Draft:
    """A ratio of its own word, with the comparator before it."""
    start, comparator = token.start, "x"
    for words, sign in (("more than ", ">"), ("less than ", "<"), ("nearly ", "~"), ("almost ", "~"), ("about ", "~")):
        if text[max(0, token.start - 10) : token.start].lower().endswith(words):
            start, comparator = token.start - len(words), sign
    figure = Figure(start, token.start, end, to_number(factor), None, comparator, "ratio", None, "multiple")
    return Draft(figure, start, end, token.i, token.i + 1)
