"""The fast tagger: two linear-chain CRFs (Lafferty et al. 2001), one that finds cues, one that reads what each cue attributes.

The first sees every word with its tag, relation, neighbours, quotation marks and what the rules found; the second sees
the words around one cue and how they hang on it, as the network of minilm.py does. So attributions may nest here too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimgraph.attribution.spans import Attribution, find_branches, head_of
from claimgraph.lexicon import load_map
from claimgraph.speech.cues import load_frames

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from claimgraph.language import Parse, Token
    from claimgraph.speech.cues import Draft
    from claimgraph.speech.quotations import Quotation

THRESHOLD = 0.3
"""Likelihood from which a cue is handed on; what is made of unlikely ones, speech/tagged.py decides."""
REACH = 70
"""Words before and behind a cue that its source and content are looked for in."""


class CrfTagger:
    """CRFsuite's taggers with weights from `folder`."""

    def __init__(self, folder: Path) -> None:
        import pycrfsuite  # noqa: PLC0415 - for this tagger only

        self.cues, self.roles = pycrfsuite.Tagger(), pycrfsuite.Tagger()
        self.cues.open(str(folder / "cues.crfsuite"))
        self.roles.open(str(folder / "roles.crfsuite"))

    def find(self, parse: Parse, quotations: tuple[Quotation, ...], ruled: Sequence[Draft]) -> list[Attribution]:
        """All attributions of an article, paragraph by paragraph."""
        words = Words(parse, quotations, ruled)
        found: list[Attribution] = []
        for first, last in paragraphs(parse):
            self.cues.set([words.alone(i) for i in range(first, last)])
            likelihoods = [1 - self.cues.marginal("O", i) for i in range(last - first)]
            for a, b in above(likelihoods, THRESHOLD):
                found += self._attributed(words, first + a, first + b, max(likelihoods[a:b]))
        return found

    def _attributed(self, words: Words, first: int, last: int, likelihood: float) -> Iterator[Attribution]:
        """The attribution of a cue, if it has content."""
        begin, rows = words.around(first, last)
        roles = self.roles.tag(rows)
        sources = [(b - a, (begin + a, begin + b)) for a, b in segments(roles, "S")]
        content = tuple((begin + a, begin + b) for a, b in segments(roles, "K"))
        if content:
            yield Attribution((first, last), max(sources)[1] if sources else None, content, likelihood)


def paragraphs(parse: Parse) -> Iterator[tuple[int, int]]:
    """The words of each paragraph, as ranges."""
    first = 0
    for i, token in enumerate(parse.tokens):
        if i and token.sentence.paragraph != parse.tokens[i - 1].sentence.paragraph:
            yield first, i
            first = i
    if parse.tokens:
        yield first, len(parse.tokens)


def above(likelihoods: list[float], threshold: float) -> Iterator[tuple[int, int]]:
    """Runs of words that are cues with more than a likelihood."""
    first: int | None = None
    for i, likelihood in enumerate([*likelihoods, 0.0]):
        if likelihood > threshold and first is None:
            first = i
        elif likelihood <= threshold and first is not None:
            yield first, i
            first = None


def segments(labels: list[str], kind: str) -> list[tuple[int, int]]:
    """Runs of B- and I- labels of one kind."""
    found: list[tuple[int, int]] = []
    for i, label in enumerate(labels):
        if label[-1] != kind or label == "O":
            continue
        if label[0] == "I" and found and found[-1][1] == i:
            found[-1] = found[-1][0], i + 1
        else:
            found.append((i, i + 1))
    return found


class Words:
    """An article's words as features of both models, each made once."""

    def __init__(self, parse: Parse, quotations: tuple[Quotation, ...], ruled: Sequence[Draft]) -> None:
        self.tokens = parse.tokens
        self.own = [_own(t) for t in parse.tokens]
        self.marks = _rule_marks(parse, ruled)
        self.quoted, self.quotes = _quote_marks(parse, quotations)
        self.plain = [self._plain(i) for i in range(len(parse.tokens))]

    def alone(self, i: int) -> list[str]:
        """What the finder of cues sees of a word."""
        own, marks, t = self.own, self.marks, self.tokens[i]
        row = [*own[i], "r=" + marks[i], "h=" + own[t.head.i][2] + t.dep, "hl=" + t.head.lemma, "d=" + t.dep]
        row += [f"k={t.lemma}>{c.dep}" for c in t.children if c.dep in KEY] if t.pos == "VERB" else []
        row += [f"kc={own[i][2]}>{c.dep}" for c in t.children if c.dep in KEY] if t.pos == "VERB" else []
        row.append("q=" + self.quoted[i])
        for step in (-2, -1, 1, 2):
            if 0 <= i + step < len(own):
                word, tag, cue = own[i + step]
                row += [f"{step}{word}", f"{step}{tag}"] if abs(step) == 1 else [f"{step}{tag}"]
                if abs(step) == 1:
                    row += [f"{step}{cue}", f"{step}q={self.quoted[i + step]}", f"{step}r={marks[i + step]}"]
        return row

    def _plain(self, i: int) -> list[str]:
        """What the reader of roles sees of a word whatever the cue."""
        own, t = self.own, self.tokens[i]
        row = [own[i][0], own[i][1], "q=" + self.quoted[i], "d=" + t.dep]
        if i:
            row += ["-" + own[i - 1][0], "-" + own[i - 1][1]]
        if i + 1 < len(own):
            row += ["+" + own[i + 1][0], "+" + own[i + 1][1]]
        return row

    def around(self, first: int, last: int) -> tuple[int, list[list[str]]]:
        """The first of the words that a cue may attribute, and what the reader of roles sees of each."""
        tokens = self.tokens
        cue = head_of(tokens[first:last])
        begin, end = max(first - REACH, 0), min(last + REACH, len(tokens))
        while tokens[begin].sentence.index < cue.sentence.index - 2:
            begin += 1
        while tokens[end - 1].sentence.index > cue.sentence.index + 2:
            end -= 1
        branch = find_branches(cue, begin, end)
        lead = self.own[cue.i][2]
        own_quote = self.quotes[cue.i]
        place = [self._place(i, first, last, begin, branch, own_quote) for i in range(begin, end)]
        rows = []
        for n, i in enumerate(range(begin, end)):
            here = place[n]
            row = [
                *self.plain[i],
                *here,
                here[0] + here[1],
                lead + here[0],
                lead + here[1],
                here[0] + here[2] + self.quoted[i],
                here[0] + self.own[i][1],
            ]
            if n:
                row += ["<" + place[n - 1][0] + here[0], "<" + place[n - 1][3] + here[3]]
            if i + 1 < end:
                row += [">" + here[0] + place[n + 1][0], ">" + here[3] + place[n + 1][3]]
            rows.append(row)
        return begin, rows

    def _place(
        self, i: int, first: int, last: int, begin: int, branch: list[str], own_quote: int
    ) -> tuple[str, str, str, str]:
        """Branch, side and distance, parting by quotation marks, the rules' mark for this cue."""
        side = (
            "c"
            if first <= i < last
            else f"b{min((first - i).bit_length(), 6)}"
            if i < first
            else f"a{min((i - last + 1).bit_length(), 6)}"
        )
        q = self.quotes[i]
        parting = ("o" if q == 0 else "s" if q == own_quote else "x") + ("i" if own_quote else "")
        return "b=" + branch[i - begin], "s=" + side, "p=" + parting, "m=" + self.marks[i]


KEY = {"nsubj", "nsubjpass", "ccomp", "xcomp", "dobj", "prep", "aux", "auxpass", "advcl", "prt", "neg", "dative"}
"""Relations of a verb's dependents that tell whether it attributes."""
_OWN: dict[tuple[str, str], tuple[str, str, str]] = {}
MOST_OWN = 100_000
"""Pairs of word and tag that are remembered; 1,000 articles have 40,000. Beyond it remembering begins anew."""


def _own(t: Token) -> tuple[str, str, str]:
    """Word, tag and class of cue as features, remembered for each pair of word and tag."""
    key = t.text, t.tag
    known = _OWN.get(key)
    if known is None:
        frame = load_frames().get(t.lemma) if t.pos == "VERB" else None
        noun = load_map("cue_nouns").get(t.lemma) if t.pos == "NOUN" else None
        adjective = load_map("cue_adjectives").get(t.lower) if t.pos == "ADJ" else None
        kind = frame.kind if frame else f"n{noun}" if noun else f"a{adjective}" if adjective else t.pos
        word = t.lower if t.pos != "PROPN" else "Name"
        if len(_OWN) >= MOST_OWN:
            _OWN.clear()
        known = _OWN[key] = ("w=" + word, "t=" + t.tag, "c=" + kind)
    return known


def _rule_marks(parse: Parse, ruled: Sequence[Draft]) -> list[str]:
    """Per word: what it is in the rules' innermost claim (first, last, within; source, cue, content), or O."""
    marks = ["O"] * len(parse.tokens)
    for draft in sorted(ruled, key=lambda d: d.hull[0] - d.hull[1]):
        shape = draft.origin.rpartition(":")[2].removeprefix("verb-")[:3]
        for letter, spans in (("K", draft.content), ("S", [draft.source]), ("C", [draft.cue])):
            for span in spans:
                inside = parse.tokens_in(span.start, span.end) if span else []
                for n, t in enumerate(inside):
                    marks[t.i] = ("B" if n == 0 else "E" if n == len(inside) - 1 else "I") + letter + shape
    return marks


def _quote_marks(parse: Parse, quotations: tuple[Quotation, ...]) -> tuple[list[str], list[int]]:
    """Per word: whether it opens, closes or stands in a quotation, and in which one (0 for none)."""
    marks, numbers = ["O"] * len(parse.tokens), [0] * len(parse.tokens)
    for number, q in enumerate(quotations, 1):
        inside = parse.tokens_in(q.start, q.end)
        for n, t in enumerate(inside):
            marks[t.i] = "B" if n == 0 else "E" if n == len(inside) - 1 else "I"
            numbers[t.i] = number
    return marks, numbers
