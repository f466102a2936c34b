"""What a claim says, sentence by sentence, in a form in which two claims can be compared.

Words are compared by their bases, so that "took" and "taken", "seventeen" and "17" are one; a clause is affirmed or denied as
its own words say ("neither", "it is untrue that"), and its "he" is who speaks.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from claimgraph.lexicon import load_map, load_words
from claimgraph.relating.bases import actors_in, lemma, names_in, of_time, stem, words_in, words_of_names

if TYPE_CHECKING:
    from collections.abc import Sequence

VERB = r"(?:is|are|was|were|has|have|had|will|would|can|could|should|may|do|does|did)"
CLAUSE_END = re.compile(
    rf",\s+(?:and|but)\s+(?=(?:[\w’'-]+\s){{1,4}}{VERB}\b)|:\s+(?=[a-z“\"])|,\s+(?=\w{{3,}}ing\b)|\s+(?:and|but)\s+(?=(?:there|he|she|it|they|we|"
    rf"nobody|everybody|(?:the|its|their|his|her|our|this|that|these|those)\s+\w+\s+{VERB})\b)"
)
"""Where a second main clause begins, which may deny what the first affirms."""
SENTENCE_END = re.compile(
    r"(?<=[.!?…])(?<![A-Z]\.)(?<!\b(?:Mr|Dr|Ms|St|No)\.)(?<!\b(?:Mrs|Sen|Rep|Gov|Gen)\.)[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z\d])"
)
NEGATION = re.compile(
    r"\b(?:is|are|was|were|am|be|been|being|do|does|did|have|has|had|will|would|shall|should|can|could|may|might|must|to|of)"
    r"(?: \w+)? not\b"
    r"(?! (?:only|just|merely|simply)\b)|\b(?:never|no(?! (?:more|fewer|less|later|earlier) than)|none|nobody|nothing|neither|nor|cannot)\b|n['’]t\b",
    re.IGNORECASE,
)
"""A negation of the verb or of who does it: the "not" of "an accident, not a crime" and of "not only" is another."""
NEGATED = re.compile(
    r"\W*(?:that )?(?:not one|nobody|nothing|neither|never|none|no(?! (?:more|fewer|less|later|earlier) than))\b|\bneither\b.*\bnor\b",
    re.IGNORECASE,
)
"""A clause that is denied as a whole, whatever its verb."""
ASIDE = re.compile(
    r"\b(?:who|whom|whose|which|where|because|when|if|although|while|unless|until|so|(?<!^)that)\b", re.IGNORECASE
)
"""Where a clause inside a clause begins: what is denied there leaves the outer one as it is."""
FRAGMENT = re.compile(r"\W*(?:about|of|for|against|over|with|into|on|towards?)\b", re.IGNORECASE)
"""A content that is no sentence, since it begins with a preposition: "warned about loose rock"."""
VERBS = "|".join(
    sorted({*load_words("irregular"), *load_map("irregular").values(), "put", "cut", "hit", "let", "set", "cost"})
)
SAYING = re.compile(
    rf"\b(?:{VERB}|be|been|[\w’']{{2,}}(?:ed|[^s]s|n['’]t))\b|['’](?:s|re|ve|ll|d|m)\b|\b(?:{VERBS})\b", re.IGNORECASE
)
"""What looks like a verb."""
SENTENCE = re.compile(rf"\W*[A-Z\d].*\b(?:{VERB}|\w{{3,}}ed)\b", re.DOTALL)
"""A content that is one, whatever the tagger calls it: it begins with a capital letter and has what looks like a verb."""
EXCEPT = re.compile(
    r"\b(?:other than|anything but|nothing but|nothing more than|except|unless|no longer than)\b", re.IGNORECASE
)
"""What makes of a negation an affirmation: "we accept nothing but ..."."""
YEAR = re.compile(r"(?:19|20)\d\d")
OUGHT = re.compile(r"\b(?:should|must|ought|need to|needs to|has to|have to)\b", re.IGNORECASE)
"""What ought to be and what is do not contradict each other."""
ACCUSED = re.compile(r"^[^,;]{2,80}?\b(?:of|for) (?=(?:having|\w{2,}ing)\b)")
"""Who is accused, before what of."""
UNREAL = re.compile(r"\b(?:fail(?:s|ed|ing)?|refus(?:es|ed|ing)) to\b", re.IGNORECASE)
OWN = re.compile(r"\W*(?:that )?(?:he|she|I|it|they|we|its|their|our|his|her|my)\b", re.IGNORECASE)
"""A subject that is the speaker's or its own."""
SELF = re.compile(r"\W*(?:that )?(?:he|she|I)\b")
"""A subject that is who speaks, far more often than somebody else."""
OPEN = re.compile(r"\W*(?:if|whether|unless|suppose|why|how)\b", re.IGNORECASE)
SUPERLATIVE = r"\b(?:most|main|best|largest|biggest|worst|chief|leading|top|primary|ideal|perfect|principal)\b[\"'”’]?(?:\s[\w-]+){0,2}?"
BEST = re.compile(rf"{SUPERLATIVE}\s([\w-]+(?:er|or)s?)\b", re.IGNORECASE)
"""A doer in the superlative: "the main smugglers", "the best fentanyl smugglers"."""
MOST = re.compile(
    r"\b(?:most(?!\s+\w+(?:ed|ive|ful|al|ous|ant|ent|ure|ble|ic|ing|ly)\b)|"
    r"majority|(?:largest|highest|greatest|biggest) (?:number|share|group|part)|main|mostly|bulk|primarily)\b",
    re.IGNORECASE,
)
POPULATION = re.compile(
    r"(?:most|(?:largest|highest|greatest|biggest) (?:number|share)|majority|bulk)(?: of)? (?:the )?(.{3,60}?) "
    r"(?:are|were|is|was|occur|happen|come|came|take|took|originate|end|arrive)\b"
)
"""A majority and whom it is of, up to the verb."""

COURTESY = re.compile(
    r"\b(?:thank|welcome|pleasure|hono[u]?r|invite|introduce|congratulat|commend|applaud|grateful|appreciat|proud|sorry|"
    r"good (?:morning|afternoon|evening)|(?:look forward|turn|open it|happy) to (?:\w+ )?(?:\w+ )?questions?|"
    r"(?:your|few|couple|final|last|some|two) (?:final |more )?questions?)",
    re.IGNORECASE,
)
"""Speakers who thank each other say the same, but claim nothing."""
VERBATIM = 0.95
"""Share of all words from which a clause is another one again."""
GERUND = re.compile(r"\b[a-z]{2,}ing\b")
LEAST = 2
"""Words that two clauses must share at least: one alone is a topic, no proposition."""
NO_SENTENCE = frozenset({"infinitive", "object", "noun", "adjective", "preposition", "title"})
"""Shapes of contents that name a thing or an aim, and so say nothing that could be denied in the same words."""


FEW, BRIEF = 3, 40
"""Clauses, and words that say something, up to which a claim is one statement: in a speech some two are alike by chance."""
TURN = ":"
"""The cue of a turn in a transcript, which answers, greets and leads on more than it states."""
UNSAID = re.compile(
    r"\b(?:know|knows|knew|understand|understands|understood|want|wants|wanted|hope|hopes|wish|wishes|recogni[sz]es?|see|sees|saw|think)\b"
)
"""Cues of what somebody knows or wants, which need not have been said: "as you know"."""
NOBODY = frozenset({"question", "q", "operator", "moderator", "reporter", "speaker", "staff", "interviewer"})
"""Labels of a transcript for voices that ask and lead, and claim nothing of their own."""
COVERED, SHARED = 0.66, 0.5
"""Shares of the words of the shorter of two clauses, and of both, that both have where they say the same of one matter: below,
"the drug lowers the risk of diabetes" is "raises the risk of stroke" (by tests/planted). Two words have to be all of one."""


class Said(NamedTuple):
    """One clause of a claim: the bases of its words but for stop words, whether it denies them, and who its "he" or "its" is."""

    text: str
    words: frozenset[str]
    negated: bool
    subject: str = ""

    @property
    def shows_negation(self) -> bool:
        """Whether a word of it is a negation, of whatever."""
        return bool(
            NEGATION.search(self.text)
            or NEGATED.match(self.text)
            or UNREAL.search(self.text)
            or _untrue().match(self.text)
        )


def sentences_of(contents: Sequence[str], *, negated: bool, speaker: str = "") -> tuple[Said, ...]:
    """The clauses of a claim's content that say something: questions and conditions do not.

    `negated` is the claim's own, which holds for a content of one clause; of several each is looked at by itself.

    >>> [(said.text, said.negated) for said in sentences_of(["They were warned. They did not act."], negated=False)]
    [('They were warned.', False), ('They did not act.', True)]
    """
    texts = [
        clause
        for content in contents
        for text in SENTENCE_END.split(content.strip())
        if not text.rstrip("\"'”’) ").endswith("?") and not OPEN.match(text)
        for clause in clauses(text)
    ]
    alone = len(texts) == 1
    return tuple(_said(text, negated if alone else bool(NEGATION.search(text)), speaker) for text in texts)


def clauses(text: str) -> list[str]:
    """A sentence's main clauses; where one would be a word or two, the whole.

    >>> clauses("The old dam held all night, and there was no danger to anybody below it")
    ['The old dam held all night', 'there was no danger to anybody below it']
    """
    found = CLAUSE_END.split(text)
    whole = all(len(words_in(each)) >= LEAST and (SAYING.search(each) or GERUND.match(each)) for each in found)
    return found if whole else [text] * bool(text)


def _said(text: str, negated: bool, speaker: str) -> Said:
    """A clause, without the words that only say whether it is so."""
    inner, untrue = _reported(text)
    main = ASIDE.split(re.sub(r"^\W*that\s", "", inner), maxsplit=1)[0]
    denied = not EXCEPT.search(inner) and bool(negated or NEGATION.search(main) or NEGATED.search(inner))
    denied = denied != bool(UNREAL.search(inner))
    named = {lemma(speaker.rsplit(maxsplit=1)[-1].lower())} if speaker and SELF.match(inner) else set[str]()
    return Said(text, words_in(inner) | named, denied != untrue, speaker if OWN.match(inner) else "")


def _reported(text: str) -> tuple[str, bool]:
    """What is said to be so in "the claim that ..." or "it is untrue that ...", and whether it is said not to be."""
    if match := _untrue().match(text):
        return text[match.end() :], True
    match = _saying().match(text) or ACCUSED.match(text)
    return (text[match.end() :] if match else text), False


@cache
def _untrue() -> re.Pattern[str]:
    words = "|".join(sorted(load_words("untruth")))
    return re.compile(
        rf"\W*(?:that )?it (?:is|was|would be)(?: simply| just)? (?:not true|(?:an? )?(?:{words}))(?: to (?:say|claim|suggest))? that\s+",
        re.IGNORECASE,
    )


@cache
def _saying() -> re.Pattern[str]:
    nouns = "|".join(sorted(load_words("cue_nouns")))
    return re.compile(
        rf"\W*(?:(?:the|any|all|such|an?|[\w’' ]+['’]s?) )?(?:\w+ )?(?:{nouns})s? (?:by [\w’' ]+ )?that\s+",
        re.IGNORECASE,
    )


def is_silent(text: str, shape: str, cue_class: str | None) -> bool:
    """Whether a content says nothing that could be denied in the same words: a thing, an aim, part of a sentence.

    What is denied or what somebody is accused of says something: "the claim that it rained", "having taken bribes".

    >>> is_silent("about loose rock", "clause", "warn"), is_silent("taking a loan", "object", "deny")
    (True, False)
    """
    if text.startswith("to ") or not (text.startswith("that ") or SAYING.search(text) or GERUND.search(text)):
        return True
    if FRAGMENT.match(text) and "," not in text:
        return not (cue_class == "accuse" and GERUND.search(text))
    if shape not in NO_SENTENCE or (shape == "object" and SENTENCE.match(text)):
        return False
    return cue_class not in {"deny", "accuse"} or not (GERUND.search(text) or " that " in text)


def is_said(cue: str, speaker: str) -> bool:
    """Whether a claim is somebody's own statement, which others support or deny.

    >>> is_said("said", "Reed"), is_said("know", "Reed"), is_said(":", "QUESTION")
    (True, False, False)
    """
    return not UNSAID.search(cue) and speaker.casefold() not in NOBODY


def denies(polarity: str, form: str, cue: str) -> bool:
    """Whether a cue denies its content; what is quoted beside "she denied" is what she says, and "did not deny" admits.

    >>> denies("denied", "indirect", "rejected"), denies("denied", "indirect", "did not deny"), denies("denied", "direct", "denied")
    (True, False, False)
    """
    return polarity == "denied" and form != "direct" and not NEGATION.search(cue)


def is_brief(sentences: Sequence[Said], cue: str) -> bool:
    """Whether a claim says so little that two words in common with another are of one matter."""
    return len(sentences) <= FEW and sum(len(said.words) for said in sentences) <= BRIEF and cue != TURN


def shares_names(one: Said, other: Said) -> bool:
    """Whether not each of two clauses has a name that the other has not.

    "The people of Croatia as they celebrate" and "the people of Sweden as they celebrate" differ in a name alone.
    """
    mine = names_in(one.text) - frozenset(other.subject.split())
    yours = names_in(other.text) - frozenset(one.subject.split())
    return mine <= yours or yours <= mine


def likeness(one: Said, other: Said) -> float:
    """Share of the words of both that both have (Jaccard's index), from 0 to 1."""
    both = len(one.words & other.words)
    return both / (len(one.words) + len(other.words) - both) if both else 0.0


def says_same(one: Said, other: Said, *, opposite: bool = False) -> bool:
    """Whether two clauses of one matter are of one proposition, affirmed or denied; of opposite ones less is enough.

    >>> [one, other, third] = (sentences_of([text], negated=False)[0] for text in (
    ...     "The alarm had been switched off", "somebody switched off the alarm", "The alarm was sold"))
    >>> says_same(one, other), says_same(one, third)
    (True, False)
    """
    if len(one.words & other.words) < LEAST or (one.subject != other.subject and one.subject and other.subject):
        return False
    mine, yours = _core(one, other), _core(other, one)
    actors = actors_in(one.text) | actors_in(other.text) if opposite else frozenset[str]()
    for less in (of_time(), actors - (mine & yours)):
        mine, yours = (
            (mine - less, yours - less) if min(len(mine - less), len(yours - less)) >= LEAST else (mine, yours)
        )
    both = mine & yours
    if not any(not word[0].isdigit() for word in both - words_of_names(one.text) - words_of_names(other.text)):
        return False
    few = len(both) <= LEAST
    cover, share = (1.0 if few else COVERED), (COVERED if few and not opposite else SHARED)
    return len(both) >= max(LEAST, cover * min(len(mine), len(yours)), share * len(mine | yours))


def _core(one: Said, other: Said) -> frozenset[str]:
    """The words of a clause without a subject that the other does not name."""
    return one.words - ({lemma(one.subject.split()[-1].lower())} - other.words if one.subject else set())


def numbers_in(said: Said) -> frozenset[str]:
    """The figures among a clause's words."""
    return frozenset(word for word in said.words if word[0].isdigit())


def is_opposite(one: Said, denied: bool, other: Said, denies: bool) -> bool:
    """Whether of two clauses in like words one is denied and the other is not: by a cue of denial or by words that differ in it."""
    if bool(OUGHT.search(one.text)) != bool(OUGHT.search(other.text)):
        return False
    figures = [{number for number in numbers_in(said) if not YEAR.fullmatch(number)} for said in (one, other)]
    if figures[0] and figures[1] and figures[0] != figures[1]:
        return False
    whole = (denied != one.negated) != (denies != other.negated)
    return whole and (denied != denies or one.shows_negation != other.shows_negation)


def is_verbatim(one: Said, other: Said) -> bool:
    """Whether two clauses are the same words, small ones too: agency copy, a press release."""
    mine, yours = (set(re.findall(r"\w+", said.text.lower())) - {"that"} for said in (one, other))
    return len(mine & yours) >= VERBATIM * len(mine | yours)


def best_acts(text: str) -> frozenset[str]:
    """The acts of the doers that a text puts in the superlative ("the main smugglers"), words for one act being one."""
    doers = load_words("actor_nouns", "person")
    found = (match[1].lower() for match in BEST.finditer(text))
    return frozenset(load_map("alike").get(stem(w), stem(w)) for w in found if w.removesuffix("s") in doers)


def says_most(text: str) -> bool:
    """Whether a text claims a majority or first place without a figure: "most", "the largest number", "the main"."""
    return bool(MOST.search(text))


def population(text: str) -> str:
    """Of whom a text says "most" or "the largest number"; empty where of nobody."""
    match = POPULATION.search(text)
    return match.group(1).strip() if match else ""


def shares_root(one: str, other: str) -> bool:
    """Whether two texts have a content word in common, in any form.

    >>> shares_root("convicted traffickers", "arrests of fentanyl traffickers")
    True
    """
    return bool({w for w in words_in(one) if len(w) > 3} & {w for w in words_in(other) if len(w) > 3})
