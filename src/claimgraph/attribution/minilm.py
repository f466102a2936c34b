"""The accurate tagger: MiniLM, fine-tuned to find cues and what each cue makes source and content.

One encoder pass over a window of text gives every word a vector. A first head marks the cues; a second one reads, for
each cue, every word beside it: its vector, the cue's, how far it stands, how it hangs on the cue in the sentence's
tree, and whether quotation marks part them. So each cue has its own source and content, and attributions may nest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from claimgraph.attribution.spans import Attribution, find_branches, head_of
from claimgraph.lexicon import load_table, load_words
from claimgraph.speech.cues import load_frames

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from claimgraph.language import Parse, Token
    from claimgraph.speech.cues import Draft
    from claimgraph.speech.quotations import Quotation

DEPENDENCIES = [label for label, kind in load_table("parse_labels") if kind == "relation"]
"""ClearNLP's relations, in the order in which the weights know them."""
TAGS = [label for label, kind in load_table("parse_labels") if kind == "tag"]
"""Penn Treebank's tags, likewise."""
BRANCHES = ["out", "far", "self", "^", *DEPENDENCIES, *(f"^{name}" for name in DEPENDENCIES)]
"""How a word may hang on a cue (spans.find_branches), in the order in which the weights know it."""
DISTANCES = 19
WINDOW, BEFORE, AFTER = 200, 56, 32
"""Word pieces of a window, and those of the sentences shown before and after it."""
CLS, SEP, UNKNOWN = 101, 102, 100
"""BERT's word pieces for begin, end and what it does not know."""
PIECES = 12
"""Word pieces kept of one word (addresses on the web have dozens)."""
MOST_WORDS = 100_000
"""Words whose pieces are remembered; 1,000 articles have 30,000. Beyond it remembering begins anew."""
_BRANCH = {name: number for number, name in enumerate(BRANCHES)}
_DEPENDENCY = {name: number for number, name in enumerate(DEPENDENCIES)}
_TAG = {name: number + 1 for number, name in enumerate(TAGS)}


class Window(NamedTuple):
    """Words `[first, last)` seen at once; cues are looked for in `[begin, end)`, the rest is context."""

    first: int
    begin: int
    end: int
    last: int


def find_windows(parse: Parse, lengths: list[int]) -> Iterator[Window]:
    """The article in windows of whole sentences; `lengths` are the word pieces of each word."""
    parts = [part for s in parse.sentences for part in _parts(s.tokens[0].i, s.tokens[-1].i + 1, lengths)]
    sizes = [sum(lengths[first:last]) for first, last in parts]
    at = 0
    while at < len(sizes):
        end, size = at + 1, sizes[at]
        while end < len(sizes) and size + sizes[end] <= WINDOW:
            size += sizes[end]
            end += 1
        first, last = _reach(sizes, at, -1, BEFORE), _reach(sizes, end - 1, 1, AFTER)
        yield Window(parts[first][0], parts[at][0], parts[end - 1][1], parts[last][1])
        at = end


def _parts(first: int, last: int, lengths: list[int]) -> Iterator[tuple[int, int]]:
    """A sentence, in parts where it is longer than a window (tables, lists without full stops)."""
    begin, size = first, 0
    for i in range(first, last):
        if size and size + lengths[i] > WINDOW:
            yield begin, i
            begin, size = i, 0
        size += lengths[i]
    yield begin, last


def _reach(sizes: list[int], at: int, step: int, most: int) -> int:
    """The farthest sentence in one direction such that those passed have at most `most` pieces."""
    size = 0
    while 0 <= at + step < len(sizes) and size + sizes[at + step] <= most:
        at += step
        size += sizes[at]
    return at


class Features(NamedTuple):
    """Per word of an article: number of its tag, its relation, its lexicon class, and of the quotation that it stands in (0 for none)."""

    tags: np.ndarray
    deps: np.ndarray
    cues: np.ndarray
    quotes: np.ndarray


def word_features(parse: Parse, quotations: tuple[Quotation, ...]) -> Features:
    """What the heads know of each word beside its vector."""
    frames, nouns, adjectives = load_frames(), load_words("cue_nouns"), load_words("cue_adjectives")
    n = len(parse.tokens)
    tags, deps, cues = (np.zeros(n, dtype=np.int64) for _ in range(3))
    quotes = np.zeros(n, dtype=np.int64)
    for t in parse.tokens:
        tags[t.i] = _TAG.get(t.tag, 0)
        deps[t.i] = _DEPENDENCY.get(t.dep, _DEPENDENCY["dep"])
        if t.lemma in frames and t.pos == "VERB":
            cues[t.i] = 1
        elif t.lemma in nouns and t.pos == "NOUN":
            cues[t.i] = 2
        elif t.lemma in adjectives and t.pos == "ADJ":
            cues[t.i] = 3
    for number, q in enumerate(quotations, 1):
        inside = parse.tokens_in(q.start, q.end)
        if inside:
            quotes[inside[0].i : inside[-1].i + 1] = number
    return Features(tags, deps, cues, quotes)


def number_branches(cue: Token, window: Window) -> np.ndarray:
    """How each word of the window hangs on a cue, as numbers of BRANCHES; a relation that the weights don't know is far."""
    names = find_branches(cue, window.first, window.last)
    return np.array([_BRANCH.get(name, _BRANCH["far"]) for name in names], dtype=np.int64)


def find_distances(first: int, last: int, length: int) -> np.ndarray:
    """Buckets of the signed distance of words 0 to `length` from the words `[first, last)`: 0 is inside, powers of two apart."""
    at = np.arange(length)
    before, after = first - at, at - (last - 1)
    away = np.maximum(np.maximum(before, after), 0)
    bucket = np.minimum(np.floor(np.log2(np.maximum(away, 1))).astype(np.int64) + 1, DISTANCES // 2)
    return np.where(away == 0, 0, np.where(before > 0, bucket, bucket + DISTANCES // 2))


def find_parting(quotes: np.ndarray, cue: int) -> np.ndarray:
    """Per word: 0 outside quotation marks, 1 in those of the cue, 2 in others; plus 3 when the cue stands in some."""
    own = quotes[cue]
    return np.where(quotes == 0, 0, np.where(quotes == own, 1, 2)) + (3 if own else 0)


THRESHOLD = 0.12
"""Likelihood from which a cue is handed on; what is made of unlikely ones, speech/tagged.py decides."""


class MiniLmTagger:
    """MiniLM (Wang et al. 2020) fine-tuned for attributions, with two heads, in ONNX; the encoder's weights are int8."""

    def __init__(self, folder: Path) -> None:
        from onnxruntime import InferenceSession, SessionOptions  # noqa: PLC0415 - 0.1 s, for this tagger only
        from tokenizers import Tokenizer  # noqa: PLC0415

        options = SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1  # the other cores have workers of their own
        options.enable_cpu_mem_arena = options.enable_mem_pattern = False  # they keep memory for each length of window
        self.words, self.roles = (
            InferenceSession(str(folder / name), options, providers=["CPUExecutionProvider"])
            for name in ("words.onnx", "roles.onnx")
        )
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._pieces: dict[str, list[int]] = {}

    def find(self, parse: Parse, quotations: tuple[Quotation, ...], _ruled: Sequence[Draft]) -> list[Attribution]:
        """All attributions of an article whose cue is likelier than THRESHOLD, in the order of their windows."""
        pieces = [self._pieces_of(t.text) for t in parse.tokens]
        features = word_features(parse, quotations)
        found: list[Attribution] = []
        for window in find_windows(parse, [len(p) for p in pieces]):
            found += self._in_window(parse, window, pieces, features)
        return found

    def _pieces_of(self, word: str) -> list[int]:
        """Word pieces of a word, remembered; the longest words are cut."""
        known = self._pieces.get(word)
        if known is None:
            ids = self.tokenizer.encode(word, add_special_tokens=False).ids
            if len(self._pieces) >= MOST_WORDS:
                self._pieces.clear()
            known = self._pieces[word] = (ids or [UNKNOWN])[:PIECES]
        return known

    def _in_window(
        self, parse: Parse, window: Window, pieces: list[list[int]], features: Features
    ) -> Iterator[Attribution]:
        """The attributions whose cue stands in the window's own part."""
        ids, places = to_pieces(parse, window, pieces)
        here = slice(window.first, window.last)
        quotes = features.quotes[here]
        given = {"ids": np.array([ids]), "at": np.array(places), "quoted": (quotes > 0).astype(np.int64)}
        given |= {"tags": features.tags[here], "deps": features.deps[here], "cuelex": features.cues[here]}
        words, logits = self.words.run(["x", "cues"], given)
        for first, last, score in decode_cues(softmax(logits), THRESHOLD):
            if not window.begin <= window.first + first < window.end:
                continue
            cue = head_of(parse.tokens[window.first + first : window.first + last])
            towards = {
                "words": words,
                "cue": words[first:last].mean(0),
                "branch": number_branches(cue, window),
                "distance": find_distances(first, last, len(words)),
                "parting": find_parting(quotes, cue.i - window.first),
            }
            found = to_attribution(window, first, last, softmax(self.roles.run(["roles"], towards)[0]), score)
            if found.content:
                yield found


def to_pieces(parse: Parse, window: Window, pieces: list[list[int]]) -> tuple[list[int], list[int]]:
    """Word pieces of a window between [CLS] and [SEP], paragraphs parted by [SEP]; where each word begins in them."""
    ids, places = [CLS], []
    paragraph = parse.tokens[window.first].sentence.paragraph
    for token in parse.tokens[window.first : window.last]:
        if token.sentence.paragraph != paragraph:
            ids.append(SEP)
            paragraph = token.sentence.paragraph
        places.append(len(ids))
        ids += pieces[token.i]
    return [*ids, SEP], places


def softmax(logits: np.ndarray) -> np.ndarray:
    """Logits as probabilities, row by row."""
    e = np.exp(logits - logits.max(1, keepdims=True))
    return np.asarray(e / e.sum(1, keepdims=True))


def to_attribution(window: Window, first: int, last: int, roles: np.ndarray, score: float) -> Attribution:
    """The attribution of the cue `[first, last)` from the likelihoods of the roles of the window's words."""
    scores = np.log(np.maximum(roles, 1e-9))
    scores[first:last, 1:] = -1e3  # a cue's words are neither its source nor its content
    path = decode_roles(scores)
    start = window.first
    masses = [(float(roles[a:b, 1 : 1 + CONTENT].sum()), (start + a, start + b)) for a, b in runs(path, 0)]
    content = tuple((start + a, start + b) for a, b in runs(path, CONTENT))
    return Attribution((start + first, start + last), max(masses)[1] if masses else None, content, score)


def decode_cues(probabilities: np.ndarray, threshold: float) -> Iterator[tuple[int, int, float]]:
    """Runs of words that are more likely cue than `threshold`, each with its likelihood; columns are outside, first, further."""
    first: int | None = None
    inside = 1 - probabilities[:, 0]
    for i in range(len(inside) + 1):
        on = i < len(inside) and inside[i] > threshold
        if first is not None and (not on or probabilities[i, 1] > probabilities[i, 2]):
            yield first, i, float(inside[first:i].max())
            first = None
        if on and first is None:
            first = i


BEGIN, INSIDE, LAST, SINGLE = 1, 2, 3, 4
"""Roles of a word in the source: its first word, one within, its last, its only one; those of the content are CONTENT more (BIOES)."""
CONTENT = 4
ROLES = 1 + 2 * CONTENT


def _steps() -> np.ndarray:
    """What a role may be followed by, as additive scores: 0 or minus infinity."""
    allowed = np.full((ROLES, ROLES), -np.inf, dtype=np.float32)
    opens = [0, *(base + r for base in (0, CONTENT) for r in (BEGIN, SINGLE))]
    closes = [0, *(base + r for base in (0, CONTENT) for r in (LAST, SINGLE))]
    for base in (0, CONTENT):
        for one in (BEGIN, INSIDE):
            allowed[base + one, [base + INSIDE, base + LAST]] = 0
    allowed[np.ix_(closes, opens)] = 0
    return allowed


STEPS = _steps()


def decode_roles(logits: np.ndarray) -> np.ndarray:
    """The most likely sequence of roles that is well formed (Viterbi), one a word."""
    n = len(logits)
    back = np.zeros((n, ROLES), dtype=np.int64)
    score = logits[0] + STEPS[0]  # whatever may follow "none" may begin
    for i in range(1, n):
        ways = score[:, None] + STEPS
        back[i] = ways.argmax(0)
        score = ways.max(0) + logits[i]
    path = np.zeros(n, dtype=np.int64)
    path[-1] = int((score + STEPS[:, 0]).argmax())  # whatever "none" may follow may end
    for i in range(n - 1, 0, -1):
        path[i - 1] = back[i, path[i]]
    return path


def runs(path: np.ndarray, base: int) -> list[tuple[int, int]]:
    """Ranges of words with a role of the source (base 0) or of the content (base CONTENT)."""
    of = (path > base) & (path <= base + CONTENT)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], of.astype(np.int8), [0]])))
    return [(int(a), int(b)) for a, b in edges.reshape(-1, 2)]
