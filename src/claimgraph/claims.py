"""Who said what: finds source, cue and content of every claim (PARC 3.0), by rules over quotation marks and syntax.

Read `find_claims` first. What a claim is about, when it was said, whose it is in the end: `claimants.py`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from claimgraph.cues import Frame, cue_span, find_subject, frame_of, is_passive, load_frames, phrase, trim
from claimgraph.language import Token
from claimgraph.lexicon import load_map, load_words
from claimgraph.model import Span
from claimgraph.quotations import Quotation, is_whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claimgraph.language import Parse, Sentence

ADVERBIAL = {"after", "before", "as", "when", "while", "amid", "following"}
CARRIED_WORDS = 3
"""Words from which quoted wording without a cue is taken for the words of the speaker before; fewer are scare quotes."""
SPEAKER_LINE = re.compile(r"([A-Z][A-Z.’'\- ]{2,60}|[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,4}):(?=\s)")


class Draft(msgspec.Struct):
    """A claim before its speaker is known: spans, the cue's word, the rule that found it."""

    source: Span | None
    head: Token | None
    cue: Span | None
    verb: Token | None
    content: list[Span]
    kind: str | None
    origin: str
    confidence: float
    follows: Draft | None = None
    """The claim whose speaker is carried over."""

    @property
    def start(self) -> int:
        return min(span.start for span in [*self.content, *filter(None, (self.source, self.cue))])

    @property
    def hull(self) -> tuple[int, int]:
        """First and last offset of the content."""
        return min(span.start for span in self.content), max(span.end for span in self.content)


def find_claims(parse: Parse, quotations: tuple[Quotation, ...]) -> list[Draft]:
    """Every claim of the text, in text order, nested ones after the claim that they lie in.

    1. a headline's clause behind its verb  2. transcripts ("SPEAKER: ...")  3. quotations with the cue beside them
    4. "according to"  5. verbs with a clause, an infinitive or an object  6. hedges (reportedly)  7. nouns ("his claim that")
    8. quotations without a cue go on with the speaker before. A verb is used once; what an earlier rule found stands.
    """
    drafts = [*_headlines(parse), *_transcripts(parse)]
    drafts += _quoted(parse, quotations)
    drafts += _according(parse, quotations)
    used = {draft.verb.i for draft in drafts if draft.verb is not None}
    for token in parse.tokens:
        frame = frame_of(token)
        if frame is not None and token.i not in used and token.sentence.zone is None:
            draft = _from_verb(parse, token, frame, quotations)
            if draft is not None and not _repeats(draft, drafts):
                drafts.append(draft)
    drafts += _hedged(parse) + _from_nouns(parse, quotations)
    drafts += _carried(parse, quotations, drafts)
    return sorted(drafts, key=lambda draft: (draft.hull[0], -draft.hull[1], draft.start))


def _repeats(draft: Draft, drafts: list[Draft]) -> bool:
    """Whether another claim has the same content and source."""
    return any(draft.content == other.content and draft.source == other.source for other in drafts)


# ---- 1 headlines


def _headlines(parse: Parse) -> Iterator[Draft]:
    """A title "X says Y" or "Y, says X": the parser is unsure in headlines, so the content is all that is left."""
    for sentence in parse.sentences:
        if sentence.zone != "title":
            continue
        for token in sentence.tokens[1:]:
            frame = frame_of(token) or _headline_frame(token)
            if frame is not None and "clause" in frame.complements:
                yield from _headline(parse, sentence, token, frame)
                break


def _headline_frame(token: Token) -> Frame | None:
    """The frame of a verb that capitals hide from the tagger ("Minister Says ...")."""
    frame = (
        load_frames().get(token.lower.removesuffix("s"))
        if token.text[0].isupper() and token.lower.endswith("s")
        else None
    )
    return frame if frame is not None and frame.kind in {"say", "warn", "deny", "reveal"} else None


def _headline(parse: Parse, sentence: Sentence, verb: Token, frame: Frame) -> Iterator[Draft]:
    tokens = sentence.tokens
    at = verb.i - tokens[0].i
    before, after = tokens[:at], tokens[at + 1 :]
    comma = next((i for i in range(len(before) - 1, -1, -1) if before[i].text in {",", ":"}), None)
    if comma == len(before) - 1 and after and len(before) > 2:  # "Y, says X"
        source, content, head = trim(parse, after), trim(parse, before), after[-1]
    elif after:
        source, content, head = trim(parse, before), trim(parse, after), _nominal_head(before)
    else:
        return
    yield Draft(source, head, cue_span(parse, verb), verb, [content], frame.kind, "rule:headline", 0.8)


def _nominal_head(tokens: list[Token]) -> Token:
    """The word that the others of the run hang on."""
    inside = {token.i for token in tokens}
    return next(
        (token for token in reversed(tokens) if token.head.i not in inside and token.pos != "PUNCT"), tokens[-1]
    )


# ---- 2 transcripts


def _transcripts(parse: Parse) -> Iterator[Draft]:
    """Paragraphs "SPEAKER: words", with the paragraphs up to the next speaker; at least two speakers' turns make a transcript."""
    turns: list[Draft] = []
    current: int | None = None
    for first, last in _paragraph_sentences(parse):
        match = SPEAKER_LINE.match(parse.text, first.start)
        if match and match.end() < last.end and match.group(1).isupper():
            content = Span.cut(parse.text, match.end() + 1, last.end)
            name = [t for t in first.tokens if t.end <= match.end(1)]
            cue = Span.cut(parse.text, match.end(1), match.end())
            turns.append(Draft(trim(parse, name), name[-1], cue, None, [content], "say", "rule:transcript", 0.9))
            current = len(turns) - 1
        elif current is not None and first.zone is None:
            turns[current].content.append(Span.cut(parse.text, first.start, last.end))
    if len(turns) > 1:
        yield from turns


def _paragraph_sentences(parse: Parse) -> Iterator[tuple[Sentence, Sentence]]:
    """First and last sentence of each paragraph."""
    first: Sentence | None = None
    for sentence, following in zip(parse.sentences, [*parse.sentences[1:], None], strict=True):
        first = first or sentence
        if following is None or following.paragraph != sentence.paragraph:
            yield first, sentence
            first = None


# ---- 3 quotations


def _quoted(parse: Parse, quotations: tuple[Quotation, ...]) -> list[Draft]:
    """One claim for each cue beside a quotation; a quotation right after takes up the same speech."""
    drafts: list[Draft] = []
    previous: tuple[Quotation, Draft] | None = None
    for quotation in quotations:
        if previous is not None and _goes_on(parse, previous, quotation):
            previous[1].content.append(_span(parse, quotation))
            previous = quotation, previous[1]
            continue
        if not is_whole(parse, quotation):
            continue
        draft = _quote_with_cue(parse, quotation, quotations)
        if draft is not None:
            previous = quotation, draft
            drafts.append(draft)
    return drafts


def _span(parse: Parse, quotation: Quotation) -> Span:
    return Span.cut(parse.text, quotation.start, quotation.end)


def _goes_on(parse: Parse, previous: tuple[Quotation, Draft], quotation: Quotation) -> bool:
    """Whether the quotation belongs to the speech before: an unclosed paragraph, or only the cue's clause between."""
    last, draft = previous
    if last.continues and quotation.paragraph == last.paragraph + 1:
        return True
    between = parse.text[last.end : quotation.start]
    inside = draft.cue is not None and last.end <= draft.cue.start and draft.cue.end <= quotation.start
    ends = len(re.findall(r"[.!?](?:\s|$)", between.replace("Mr.", "").replace("Ms.", "")))
    if quotation.paragraph != last.paragraph or not inside or ends > 1 or len(between.split()) > 25:
        return False
    goes_on = is_whole(parse, quotation) or between.rstrip().endswith(",")
    return goes_on and _cue_after(parse, quotation) is None


def _quote_with_cue(parse: Parse, quotation: Quotation, quotations: tuple[Quotation, ...]) -> Draft | None:
    """The claim of a whole quotation, from the cue before it ("X said: ...") or after it ("...," said X)."""
    found = _cue_before(parse, quotation, quotations) or _cue_after(parse, quotation)
    if found is None:
        return None
    verb, subject, lower, upper = found
    frame = frame_of(verb)
    source = phrase(parse, subject, after=lower, before=upper) if subject is not None else None
    kind = frame.kind if frame else "say"
    return Draft(source, subject, cue_span(parse, verb), verb, [_span(parse, quotation)], kind, "rule:quotation", 0.95)


Found = tuple[Token, Token | None, int, int]


def _cue_after(parse: Parse, quotation: Quotation) -> Found | None:
    """The verb behind a quotation with its subject, both before the sentence's end or the next mark."""
    region: list[Token] = []
    for token in parse.tokens_in(quotation.end, quotation.end + 250):
        if (
            token.tag in {"``", "''", ":"}
            or token.text in {".", ";", "“"}
            or token.sentence.paragraph != quotation.paragraph
        ):
            break
        region.append(token)
    for at, token in enumerate(region[:14]):
        frame = frame_of(token)
        if frame is None or "quotation" not in frame.complements or (at and region[0].pos in {"CCONJ", "ADP", "SCONJ"}):
            continue
        subject = _subject_beside(region, at)
        if subject is not None:
            return token, subject, region[0].i - 1, region[-1].i + 1
    return None


def _subject_beside(region: list[Token], at: int) -> Token | None:
    """The subject inside the region: the parser's, else the noun that heads the words before or behind the verb."""
    inside = {token.i for token in region}
    subject = next((t for t in region[at].having("nsubj") if t.i in inside), None)
    if subject is not None:
        return subject
    inherited = find_subject(region[at])
    if inherited is not None and inherited.i in inside:
        return inherited
    for side in (region[:at], region[at + 1 :]):
        nouns = [t for t in side if t.pos in {"PROPN", "PRON", "NOUN"}]
        if nouns and side[0].pos in {"PROPN", "PRON", "NOUN", "DET", "ADJ", "PUNCT"} and side[0].text != ",":
            comma = next((t.i for t in side if t.text == ","), 1 << 60)
            heads = [t for t in nouns if t.i < comma]
            return next((t for t in heads if t.head not in heads), None)
    return None


def _cue_before(parse: Parse, quotation: Quotation, quotations: tuple[Quotation, ...]) -> Found | None:
    """The verb before a quotation, with nothing between but comma, colon, addressee, time and place."""
    floor = max((q.end for q in quotations if q.end <= quotation.start), default=0)
    region: list[Token] = []
    for token in reversed(parse.tokens_in(max(floor, quotation.start - 300), quotation.start)):
        if token.text in {".", ";", "!", "?"} or token.sentence.paragraph != quotation.paragraph:
            break
        region.append(token)
    region.reverse()
    if not region:
        return None
    opens = region[-1].text in {":", ","}
    for token in reversed(region):
        frame = frame_of(token)
        if frame is None or "quotation" not in frame.complements:
            continue
        between = [t for t in region if t.i > token.i and t.text not in {":", ","}]
        if any(t.lower in {"that", "whether", "if"} and t.dep == "mark" for t in between) or (between and not opens):
            return None
        if len(between) > 14 or any(t.pos == "VERB" and t.tag in {"VBD", "VBZ", "VBP"} for t in between):
            return None
        subject = find_subject(token)
        if subject is not None and not (quotation.start <= subject.start < quotation.end):
            return token, subject, region[0].i - 1, quotation_token(parse, quotation)
    return None


def quotation_token(parse: Parse, quotation: Quotation) -> int:
    """Index of the first token of a quotation."""
    tokens = parse.tokens_in(quotation.start, quotation.end)
    return tokens[0].i if tokens else len(parse.tokens)


# ---- 4 according to


def _according(parse: Parse, quotations: tuple[Quotation, ...]) -> Iterator[Draft]:
    """ "According to X, Y", "Y, according to X" and "Y, according to X, Y": X ends at a comma, the sentence is the rest.

    A rule over words, not syntax: parsers break long sources apart.
    """
    tokens = parse.tokens
    for i, token in enumerate(tokens[:-2]):
        if token.lower != "according" or tokens[i + 1].lower != "to" or token.sentence is not tokens[i + 2].sentence:
            continue
        sentence = _whole_sentence(parse, token.sentence, quotations)
        end = _source_end(sentence, i + 2 - sentence[0].i)
        source = sentence[i + 2 - sentence[0].i : end]
        if not source or source[-1].lower in load_words("no_sources"):
            continue
        rest = [sentence[: i - sentence[0].i], sentence[end:]]
        content = [trim(parse, part) for part in rest if any(t.pos in {"NOUN", "VERB", "PROPN", "NUM"} for t in part)]
        if content and rest[0] and len(rest[0]) < 3 and len(content) > 1:  # "And, according to X, Y"
            content = content[1:]
        if content:
            cue = Span.cut(parse.text, token.start, tokens[i + 1].end)
            yield Draft(
                trim(parse, source),
                _nominal_head(source),
                cue,
                token,
                [_snap(parse, c, quotations) for c in content],
                "report",
                "rule:according-to",
                0.95,
            )


def _whole_sentence(parse: Parse, sentence: Sentence, quotations: tuple[Quotation, ...]) -> list[Token]:
    """The sentence's tokens, and those of the following ones where it ends inside a quotation."""
    end = next((q.end for q in quotations if sentence.start < q.start < sentence.end < q.end), sentence.end)
    return parse.tokens_in(sentence.start, end)


def _source_end(sentence: list[Token], start: int) -> int:
    """Index behind the source that begins at `start`: at the first comma outside brackets that ends the noun phrase."""
    depth, at = 0, start
    while at < len(sentence):
        text = sentence[at].text
        depth += (text in "([") - (text in ")]")
        if depth <= 0 and (text in {",", ";", "--", "—", "–"} or sentence[at].tag == "."):
            following = _next_comma(sentence, at + 1)
            appositive = text == "," and _is_appositive(sentence[at + 1 : following])
            if not appositive:
                return at
            at = following
            continue
        at += 1
    return at


def _next_comma(sentence: list[Token], start: int) -> int:
    return next(
        (i for i in range(start, len(sentence)) if sentence[i].text == "," or sentence[i].tag == "."), len(sentence)
    )


def _is_appositive(tokens: list[Token]) -> bool:
    """Whether the words between two commas name the source again ("a professor at the university")."""
    if not tokens or any(t.tag in {"VBD", "VBZ", "VBP", "MD"} for t in tokens):
        return False
    return (
        tokens[0].lower in {"a", "an", "the", "who", "which"} or tokens[0].dep == "appos" or tokens[-1].dep == "appos"
    )


# ---- 5 verbs


def _from_verb(parse: Parse, verb: Token, frame: Frame, quotations: tuple[Quotation, ...]) -> Draft | None:
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
    if subject is None and not (is_passive(verb) and complement == "clause"):
        return None
    if subject is not None and not _can_speak(subject, complement):
        return None
    source = phrase(parse, subject) if subject is not None else None
    content = [_snap(parse, span, quotations) for span in _pieces(parse, tokens, verb, subject)]
    content = [span for span in content if source is None or not span.overlaps(source)]
    if not content:
        return None
    cue = cue_span(parse, verb)
    if extra is not None and extra.start >= cue.end:
        cue = Span.cut(parse.text, cue.start, extra.end) if extra.start - cue.end <= 1 else cue
    confidence = {"clause": 0.9, "parenthesis": 0.85, "infinitive": 0.7, "object": 0.7, "preposition": 0.7}[complement]
    return Draft(source, subject, cue, verb, content, frame.kind, f"rule:verb-{complement}", confidence)


Complement = tuple[list[Token], Token | None] | None


def _clause(parse: Parse, verb: Token, frame: Frame) -> Complement:
    """The that-, zero- or wh-clause; in "This is what they say" the subject of the copula."""
    what = next((t for t in verb.having("dobj", "pobj") if t.lower == "what" and t.i < verb.i), None)
    if what is not None and verb.dep in {"ccomp", "csubj"} and verb.head.lemma == "be":
        subjects = verb.head.having("nsubj", "attr")
        return (subjects[0].subtree(), None) if subjects and subjects[0].i < verb.i else None
    for clause in verb.having("ccomp"):
        if clause.i > verb.i or not clause.having("mark"):
            return _without_adverbials(clause), None
    if verb.dep == "advcl" and verb.having("mark") and verb.having("mark")[0].lower == "as" and verb.having("nsubj"):
        drop = {t.i for t in verb.subtree()}
        return [t for t in verb.head.subtree() if t.i not in drop], None
    return _behind_that(parse, verb)


def _behind_that(parse: Parse, verb: Token) -> Complement:
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
    if verb.dep != "parataxis" or not verb.having("nsubj") or verb.having("ccomp", "dobj", "xcomp"):
        return None
    drop = {t.i for t in verb.subtree()}
    return [t for t in verb.head.subtree() if t.i not in drop], None


def _infinitive(_parse: Parse, verb: Token, _frame: Frame) -> Complement:
    for clause in verb.having("xcomp", "ccomp"):
        if clause.tag == "VB" and clause.i > verb.i and any(t.lower == "to" for t in clause.having("aux")):
            return clause.subtree(), None
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
        return None
    tokens = things[0].subtree()
    if frame.kind in {"accuse", "praise", "believe"} or verb.lemma in {"describe", "characterize", "portray"}:
        for child in verb.having("prep", "oprd", "xcomp"):
            if child.i > tokens[-1].i and (child.dep != "prep" or child.lower in {"of", "as", "for"}):
                tokens = [*tokens, *child.subtree()]
    return tokens, None


def _preposition(_parse: Parse, verb: Token, frame: Frame) -> Complement:
    """ "called for Y": the preposition is part of the cue."""
    for child in verb.having("prep"):
        objects = child.having("pobj", "pcomp")
        if child.lower in frame.prepositions and objects and child.i > verb.i:
            return [t for t in child.subtree() if t is not child], child
    return None


FRAMES = (
    ("clause", _clause),
    ("clause", _parenthesis),
    ("infinitive", _infinitive),
    ("object", _object),
    ("preposition", _preposition),
)


def _can_speak(subject: Token, complement: str) -> bool:
    """Whether a word can be a source: not "it" or "there", and for an object not "this" or "which"."""
    if subject.lower in {"there", "what"} or (subject.lower == "it" and subject.dep != "nsubj"):
        return False
    return complement == "clause" or subject.lower not in {"this", "that", "which", "these", "those"}


def _pieces(parse: Parse, tokens: list[Token], verb: Token, subject: Token | None) -> list[Span]:
    """The content's tokens as spans, broken where the verb and its subject stand between."""
    cut = {verb.i} | ({subject.i} if subject is not None else set())
    runs: list[list[Token]] = []
    for token in tokens:
        gap = runs and any(runs[-1][-1].i < i < token.i for i in cut)
        if not runs or gap:
            runs.append([])
        runs[-1].append(token)
    runs = [run for run in runs if any(t.pos not in {"PUNCT", "CCONJ"} for t in run) and not cut & {t.i for t in run}]
    return [trim(parse, parse.tokens[run[0].i : run[-1].i + 1]) for run in runs]


def _snap(parse: Parse, span: Span, quotations: tuple[Quotation, ...]) -> Span:
    """The span, widened to the end of a quotation that begins inside it, and to the marks around it."""
    start, end = span.start, span.end
    for q in quotations:
        if start <= q.start < end < q.end or q.end - 1 <= end < q.end:
            end = q.end if q.start >= start else end
        if q.start < start <= q.start + 1 and q.end <= end + 1:
            start, end = q.start, max(q.end, end)
    return Span.cut(parse.text, start, end)


# ---- 6 hedges, 7 nouns, 8 carried on


def _hedged(parse: Parse) -> list[Draft]:
    """ "reportedly": a claim of nobody in particular; the content is the clause behind."""
    found = []
    for token in parse.tokens:
        kind = load_map("hedges").get(token.lower)
        if kind is None or token.dep != "advmod" or token.sentence.zone is not None:
            continue
        tail = [t for t in token.head.subtree() if t.i > token.i]
        if tail and token.head.pos in {"VERB", "AUX"}:
            cue = Span.cut(parse.text, token.start, token.end)
            found.append(
                Draft(
                    None,
                    None,
                    cue,
                    token,
                    [trim(parse, parse.tokens[tail[0].i : tail[-1].i + 1])],
                    kind,
                    "rule:hedge",
                    0.6,
                )
            )
    return found


def _from_nouns(parse: Parse, quotations: tuple[Quotation, ...]) -> list[Draft]:
    """ "his claim that Y", "the union's demand that Y"."""
    found = []
    for token in parse.tokens:
        kind = load_map("cue_nouns").get(token.lemma) if token.pos == "NOUN" else None
        clause = next(
            (c for c in token.having("acl", "ccomp", "relcl") if any(m.lower == "that" for m in c.having("mark"))), None
        )
        owner = next(iter(token.having("poss")), None)
        if kind is None or clause is None or owner is None or token.sentence.zone is not None:
            continue
        content = _snap(parse, trim(parse, clause.subtree()), quotations)
        cue = Span.cut(parse.text, token.start, token.end)
        found.append(Draft(phrase(parse, owner, before=token.i), owner, cue, token, [content], kind, "rule:noun", 0.8))
    return found


def _carried(parse: Parse, quotations: tuple[Quotation, ...], drafts: list[Draft]) -> list[Draft]:
    """Quotations outside every claim: the speaker of the claim before goes on, in the same or the next paragraph."""
    found: list[Draft] = []
    top = [d for d in drafts if d.source is not None]
    for q in quotations:
        if any(
            (d.hull[0] <= q.start and q.end <= d.hull[1] + 2) or (d.source and d.source.start <= q.start < d.source.end)
            for d in drafts + found
        ):
            continue
        before = max(
            (d for d in [*top, *found] if d.hull[0] < q.start),
            key=lambda d: max(d.hull[1], d.cue.end if d.cue else 0),
            default=None,
        )
        content = _carried_content(parse, q, quotations) if before is not None and _near(parse, before, q) else None
        if content is not None and before is not None:
            found.append(Draft(None, None, None, None, [content], None, "rule:carried-on", 0.5, before))
    return found


def _near(parse: Parse, before: Draft, q: Quotation) -> bool:
    """Whether the claim before ends in this paragraph, or in the one before and the quotation fills its paragraph."""
    last = parse.tokens_in(before.hull[1] - 1, before.hull[1])
    gap = q.paragraph - last[-1].sentence.paragraph if last else 99
    own = parse.tokens_in(q.start, q.end)[0].sentence
    opens = own.start >= q.start - 1 and is_whole(parse, q)
    return gap == 0 or (gap == 1 and opens and before.origin in {"rule:quotation", "rule:carried-on"})


def _carried_content(parse: Parse, q: Quotation, quotations: tuple[Quotation, ...]) -> Span | None:
    """A whole quotation as it stands; quoted wording with the main clause around it, without a leading subordinate clause."""
    if is_whole(parse, q) and parse.tokens_in(q.start, q.end)[0].sentence.start >= q.start - 1:
        return _span(parse, q)
    words = parse.text[q.start : q.end].split()
    if len(words) < CARRIED_WORDS:
        return None
    sentence = parse.tokens_in(q.start, q.start + 1)[0].sentence
    root = sentence.root
    drop = {t.i for c in root.having("advcl") if c.i < root.i and c.having("mark") for t in c.subtree()}
    tokens = [t for t in sentence.tokens if t.i not in drop]
    while tokens and tokens[0].dep in {"punct", "cc", "advmod"} and tokens[0].tag not in {"``", "''"}:
        tokens = tokens[1:]
    return _snap(parse, trim(parse, tokens), quotations) if tokens else None
