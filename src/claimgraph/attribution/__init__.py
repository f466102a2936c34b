"""The trained taggers behind claims.py, one interface: which words are cues, and which each cue makes source and content.

Two models, see models/README.md for what they were trained on: `fast` is a CRF over the parse (crf.py), `accurate` a
small neural network (minilm.py).
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from claimgraph.attribution.spans import Attribution, head_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claimgraph.attribution.crf import CrfTagger
    from claimgraph.attribution.minilm import MiniLmTagger
    from claimgraph.language import Parse
    from claimgraph.model import TaggerName
    from claimgraph.speech.cues import Draft
    from claimgraph.speech.quotations import Quotation

__all__ = ["Attribution", "find_attributions", "head_of"]


def find_attributions(
    parse: Parse, quotations: tuple[Quotation, ...], ruled: Sequence[Draft], *, model: TaggerName
) -> list[Attribution]:
    """The attributions of an article that one of the two taggers sees, by window; `ruled` is what the rules found."""
    return load_tagger(model).find(parse, quotations, ruled)


@lru_cache
def load_tagger(model: TaggerName) -> CrfTagger | MiniLmTagger:
    """The tagger of that name with its weights; each brings its library only when it is asked for."""
    folder = Path(str(files("claimgraph") / "models" / model))
    if model == "fast":
        from claimgraph.attribution.crf import CrfTagger  # noqa: PLC0415

        return CrfTagger(folder)
    from claimgraph.attribution.minilm import MiniLmTagger  # noqa: PLC0415

    return MiniLmTagger(folder)
