"""What a verb attributes: its clause, infinitive, object or prepositional phrase, in the frames of lexicons/cues.tsv."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimgraph.language import Token
from claimgraph.model import Span
from claimgraph.speech.cues import Draft, Frame, cue_span, find_subject, is_passive, phrase, trim

if TYPE_CHECKING:
    from claimgraph.language import Parse
    from claimgraph.speech.quotations import Quotation

JUDGING = {"accuse", "praise", "believe", "deny"}
ADVERBIAL = {"after", "before", "as", "when", "while", "amid", "following"}


def from_verb(parse: Parse, verb: Token, frame: Frame, quotations: tuple[Quotation, ...]) -> Draft | None:
    """The claim that a verb opens, in the frame that fits first: clause, parenthesis, infinitive, object, preposition."""
    subject = find_subject(verb)
    for complement, find in FRAMES:
        if complement in frame.complements or (complement == "preposition" and frame.prepositions):
            found = find(parse, verb, frame)
            if found:
                break
    else:
        return None
    tokens, extra = found
    if subject is None and not (
        is_passive(verb) and (complement == "clause" or (complement == "infinitive" and frame.kind == "believe"))
    ):
        return None
    if subject is not None and not _can_speak(subject, complement):
        return None
    source = phrase(parse, subject) if subject is not None else None
    content = [snap(parse, span, quotations) for span in _pieces(parse, tokens, verb, subject)]
    content = [span for span in content if source is None or not span.overlaps(source)]
    if not content:
        return None
    cue = cue_span(parse, verb)
    if extra is not None and extra.start >= cue.end:
        cue = Span.cut(parse.text, cue.start, extra.end) if extra.start - cue.end <= 1 else cue
    confidence = {
        "clause": 0.9,
        "parenthesis": 0.85,
        "infinitive": 0.7,
        "naming": 0.8,
        "object": 0.7,
        "preposition": 0.7,
    }[complement]
    return Draft(source, subject, cue, verb, content, frame.kind, f"rule:verb-{complement}", confidence)


Complement = tuple[list[Token], Token | None] | None


def _clause(_parse: Parse, verb: Token, frame: Frame) -> Complement:
    """The that-, zero- or wh-clause; in "This is what they say" the subject of the copula."""
    what = next((t for t in verb.having("dobj", "pobj") if t.lower == "what" and t.i < verb.i), None)
    if what is not None and verb.dep in {"ccomp", "csubj"} and verb.head.lemma == "be":
        subjects = verb.head.having("nsubj", "attr")
        return (subjects[0].subtree(), None) if subjects and subjects[0].i < verb.i else None
    for clause in verb.having("ccomp"):
        if clause.i > verb.i or not (clause.having("mark") or _parted(verb, clause)):
            return _without_adverbials(clause), None
    if verb.dep == "advcl" and verb.having("mark") and verb.having("mark")[0].lower == "as" and verb.having("nsubj"):
        drop = {t.i for t in verb.subtree()}
        return [t for t in verb.head.subtree() if t.i not in drop], None
    thing = "object" in frame.complements and "addressee" not in frame.complements
    if thing and any(t.having("acl") for t in verb.having("dobj")):
        return None  # "denied reports that ...": the reports are denied
    return _behind_that(verb)


def _parted(verb: Token, clause: Token) -> bool:
    """Whether a semicolon stands between a clause and the verb behind it: two sentences in one."""
    return any(t.text == ";" and clause.i < t.i < verb.i for t in verb.sentence.tokens)


def _behind_that(verb: Token) -> Complement:
    """Where the parser lost the clause: from a "that" within four words to the end of the sentence."""
    tail = [t for t in verb.sentence.tokens if t.i > verb.i]
    at = next((i for i, t in enumerate(tail[:5]) if t.lower == "that" and t.tag == "IN"), None)
    return (tail[at:], None) if at is not None and tail[at].head.head is not verb and len(tail) - at > 3 else None


def _without_adverbials(clause: Token) -> list[Token]:
    """The clause's tokens less what belongs to the saying: a past "after ..." behind a present-tense clause.

    "said that citizens are the main smugglers after lawmakers pressured his country": the pressing came before the
    saying, for what is said is in the present, or, in the past perfect, came before it (sequence of tenses).
    """
    drop: set[int] = set()
    before = any(t.lower == "had" for t in clause.having("aux"))
    if before or (clause.tag in {"VBP", "VBZ"} and not clause.having("auxpass")):
        for child in clause.having("advcl"):
            mark = child.having("mark", "advmod")
            if mark and mark[0].lower in ADVERBIAL and child.tag == "VBD" and child.i > clause.i:
                drop.update(t.i for t in child.subtree())
    return [t for t in clause.subtree() if t.i not in drop]


def _parenthesis(_parse: Parse, verb: Token, _frame: Frame) -> Complement:
    """ "Y, officials said, Y": the sentence around the verb's own clause."""
    if verb.dep != "parataxis" or not verb.having("nsubj") or verb.having("ccomp", "dobj"):
        return None
    behind = verb.having("xcomp")
    if behind and not any(t.text == "," and t.i == verb.i + 1 for t in verb.sentence.tokens):
        return None
    drop = {t.i for t in verb.subtree()} - {t.i for c in behind for t in c.subtree()}
    return [t for t in verb.head.subtree() if t.i not in drop], None


def _infinitive(_parse: Parse, verb: Token, frame: Frame) -> Complement:
    for clause in verb.having("xcomp", "ccomp"):
        if clause.tag == "VB" and clause.i > verb.i and any(t.lower == "to" for t in clause.having("aux")):
            hearsay = verb.having("nsubjpass") if frame.kind == "believe" and not verb.having("agent") else []
            return [t for part in (*hearsay, clause) for t in part.subtree()], None
    return None


def _object(_parse: Parse, verb: Token, frame: Frame) -> Complement:
    """The object with its complement ("him a liar", "the group of fraud")."""
    if is_passive(verb):
        subject = verb.having("nsubjpass")
        return (subject[0].subtree(), None) if subject and verb.having("agent") else None
    things = [
        t
        for t in verb.having("dobj")
        if t.i > verb.i and t.tag not in {"WP", "WDT"} and t.lower not in {"it", "itself", "himself", "herself"}
    ]
    if not things:
        return _judged(verb, frame)
    if frame.kind == "praise" and verb.tag == "VB":
        return None  # "will support", "thank you": done or wished, not said
    tokens = things[0].subtree()
    if frame.kind == "promise":
        tokens = [
            *tokens,
            *(t for c in verb.having("prep", "dative") if c.lower == "to" and c.i > tokens[-1].i for t in c.subtree()),
        ]
    if frame.kind in {"accuse", "praise", "believe"} or verb.lemma in {"describe", "characterize", "portray"}:
        for child in verb.having("prep", "oprd", "xcomp"):
            if child.i > tokens[-1].i and (child.dep != "prep" or child.lower in {"of", "as", "for"}):
                tokens = [*tokens, *child.subtree()]
    return tokens, None


def _judged(verb: Token, frame: Frame) -> Complement:
    """The judgement before its object: "dismissed as 'nonsense' the suggestion that ..."."""
    verdict = next((t for t in verb.having("prep") if t.lower == "as" and t.i == verb.i + 1), None)
    return (verdict.subtree(), None) if verdict is not None and frame.kind in JUDGING else None


def _named(_parse: Parse, verb: Token, _frame: Frame) -> Complement:
    """What is called what: "called the plan 'a bad joke'"."""
    things = [t for t in verb.having("dobj") if t.i > verb.i]
    names = [t for t in verb.having("oprd") if things and t.i > things[0].i]
    if names:
        return [*things[0].subtree(), *names[0].subtree()], None
    whole = next(
        (t for t in verb.having("ccomp") if t.i > verb.i and t.pos in {"NOUN", "ADJ"} and t.having("nsubj")), None
    )
    return (whole.subtree(), None) if whole is not None and not whole.having("cop", "aux") else None


def _preposition(parse: Parse, verb: Token, frame: Frame) -> Complement:
    """ "called for Y", "called on X to Y": the preposition is part of the cue, who is called on of nothing."""
    asked = _infinitive(parse, verb, frame)
    for child in verb.having("prep"):
        objects = [t for t in child.having("pobj", "pcomp") if t.tag not in {"WDT", "WP"}]
        if child.lower in frame.prepositions and objects and child.i > verb.i:
            if asked is not None and child.lower in {"on", "upon"} and asked[0][0].i > objects[-1].i:
                return asked[0], child
            verdict = [t for c in verb.having("prep") if c.lower == "as" and c.i > objects[-1].i for t in c.subtree()]
            return [*(t for t in child.subtree() if t is not child), *verdict], child
    for clause in verb.having("advcl", "xcomp", "ccomp"):  # "called for the minister to resign"
        mark = next((t for t in clause.having("mark") if t.lower in frame.prepositions and t.i == verb.i + 1), None)
        if mark is not None:
            return [t for t in clause.subtree() if t is not mark], mark
    return None


FRAMES = (
    ("clause", _clause),
    ("clause", _parenthesis),
    ("infinitive", _infinitive),
    ("naming", _named),
    ("object", _object),
    ("preposition", _preposition),
)


def _can_speak(subject: Token, complement: str) -> bool:
    """Whether a word can be a source: not "it" or "there", and for an object not "this" or "which"."""
    if subject.lower in {"there", "what", "nobody", "none", "anyone", "anybody"} or (
        subject.lower == "it" and subject.dep != "nsubj"
    ):
        return False
    return complement == "clause" or subject.lower not in {"this", "that", "which", "these", "those"}


def _pieces(parse: Parse, tokens: list[Token], verb: Token, subject: Token | None) -> list[Span]:
    """The content's tokens as spans, broken where the verb and its subject stand between."""
    cut = {verb.i} | ({subject.i} if subject is not None else set())
    runs: list[list[Token]] = []
    for _, token in sorted({t.i: t for t in tokens}.items()):  # complements may come out of order
        gap = runs and any(runs[-1][-1].i < i < token.i for i in cut)
        if not runs or gap:
            runs.append([])
        runs[-1].append(token)
    runs = [run for run in runs if any(t.pos not in {"PUNCT", "CCONJ"} for t in run) and not cut & {t.i for t in run}]
    return [trim(parse, parse.tokens[run[0].i : run[-1].i + 1]) for run in runs]


def snap(parse: Parse, span: Span, quotations: tuple[Quotation, ...]) -> Span:
    """The span, widened to the end of a quotation that begins inside it, and to the marks around it."""
    start, end = span.start, span.end
    for q in quotations:
        if start <= q.start < end < q.end or q.end - 1 <= end < q.end:
            end = q.end if q.start >= start else end
        if q.start < start <= q.start + 1 and q.end <= end + 1:
            start, end = q.start, max(q.end, end)
    return Span.cut(parse.text, start, end)
