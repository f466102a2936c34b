"""How alike two texts are by their shingles, and short sketches of texts that find those that are alike among many.

A shingle is WIDTH words in a row, without case, punctuation and accents (Broder, "On the resemblance and containment of
documents", 1997). A sketch holds the least value of each of HASHES hash functions over a text's shingles (MinHash): two
sketches agree in a share of their values that estimates the resemblance of the texts. Texts of which one band of values
is the same are looked at (locality-sensitive hashing: Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", 3.4).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Shingles: TypeAlias = NDArray[np.uint64]

WIDTH = 4
"""Words of a shingle: with 3 forms of words that recur make strangers alike, with 5 one changed word in ten parts copies."""
FEWEST = 16
"""Shingles that a text must have: shorter ones are alike by chance."""
HASHES = 126
ROWS = 3
"""Values of a band: with 42 bands of 3 a pair of resemblance .4 is met with a chance of .94, one of .1 with .04."""
WORD = re.compile(r"[^\W_]+")
STEP = np.uint64(0x9E3779B97F4A7C15)


def shingles(text: str) -> Shingles:
    """The hashes of a text's shingles, sorted, each once; none of a text that has fewer than FEWEST."""
    hashes = _hashes(text)
    if len(hashes) < WIDTH + FEWEST - 1:
        return np.empty(0, dtype=np.uint64)
    rolled = np.zeros(len(hashes) - WIDTH + 1, dtype=np.uint64)
    for offset in range(WIDTH):
        rolled = _mixed(rolled + hashes[offset : len(hashes) - WIDTH + 1 + offset])
    return np.unique(rolled)


def word_hashes(text: str) -> Shingles:
    """The hashes of a text's words, sorted, each once."""
    return np.unique(_hashes(text))


def word_hash(word: str) -> int:
    """The hash of a word, whatever its case."""
    return _hash(word.casefold())


def _hashes(text: str) -> Shingles:
    return np.fromiter(map(_hash, WORD.findall(text.casefold())), dtype=np.uint64)


@lru_cache(1 << 16)
def _hash(word: str) -> int:
    """A word's hash, the same for one word with and without accents."""
    plain = unicodedata.normalize("NFKD", word).encode("ascii", "ignore") or word.encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(plain, digest_size=8).digest(), "big")


def _mixed(values: Shingles) -> Shingles:
    """Values spread evenly over 64 bits (the finaliser of SplitMix64: Steele, Lea and Flood, OOPSLA 2014)."""
    values = (values + STEP) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


MULTIPLIERS = _mixed(np.arange(HASHES, dtype=np.uint64)) | np.uint64(1)
"""Of the hash functions h(x) = multiplier * x mod 2^64, of which the upper half is taken (Dietzfelbinger et al., 1997)."""


def sketch(of: Shingles) -> bytes:
    """The sketch of a text with these shingles, HASHES numbers of four bytes; nothing where there are none."""
    if not len(of):
        return b""
    least = np.empty(HASHES, dtype=np.uint64)
    for number, multiplier in enumerate(MULTIPLIERS):
        least[number] = (of * multiplier).min()
    return (least >> np.uint64(32)).astype(">u4").tobytes()


def estimate(one: bytes, other: bytes) -> float:
    """The resemblance of two texts by their sketches: its error is .04 at most (the root of r(1 - r) / HASHES)."""
    if not one or not other:
        return 0.0
    return float(np.mean(np.frombuffer(one, dtype=">u4") == np.frombuffer(other, dtype=">u4")))


def bands(of: bytes) -> Iterator[str]:
    """The bands of a sketch: texts that have one in common are worth a look."""
    size = ROWS * 4
    return (f"{start // size}:{of[start : start + size].hex()}" for start in range(0, len(of), size))


def shared(one: Shingles, other: Shingles) -> int:
    """How many shingles two texts have in common."""
    return len(np.intersect1d(one, other, assume_unique=True))


def packed(of: Shingles) -> bytes:
    """Shingles as bytes, to be kept."""
    return of.tobytes()


def unpacked(kept: bytes) -> Shingles:
    """The shingles again."""
    return np.frombuffer(kept, dtype=np.uint64)
