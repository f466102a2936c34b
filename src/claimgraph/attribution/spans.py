"""What a tagger finds: a cue with its source and content, as ranges of words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from claimgraph.language import Token


class Attribution(NamedTuple):
    """A cue with its source and the pieces of its content, as word ranges, and how likely the cue is one."""

    cue: tuple[int, int]
    source: tuple[int, int] | None
    content: tuple[tuple[int, int], ...]
    score: float


def head_of(tokens: list[Token]) -> Token:
    """The word of a cue that the others hang on; a verb before others."""
    inside = {t.i for t in tokens}
    tops = [t for t in tokens if t.head.i not in inside or t.head is t]
    return next((t for t in tops if t.pos == "VERB"), tops[0] if tops else tokens[-1])


def find_branches(cue: Token, begin: int, end: int) -> list[str]:
    """How each word of `[begin, end)` hangs on a cue's head word.

    "nsubj" and other relations: in that branch under it; "^nsubj": in that branch beside it; "self"; "^": what the cue
    hangs on; "far": elsewhere in the sentence; "out": in another one.
    """
    found = ["out"] * (end - begin)
    beside = [c for c in cue.head.children if c is not cue] if cue.head is not cue else []
    groups = [("far", cue.sentence.tokens), *(("^" + c.dep, c.subtree()) for c in beside), ("^", [cue.head])]
    for name, tokens in [*groups, *((c.dep, c.subtree()) for c in cue.children), ("self", [cue])]:
        for token in tokens:
            if begin <= token.i < end:
                found[token.i - begin] = name
    return found
