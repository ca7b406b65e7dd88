"""The words of reports as sorted numbers, and what two reports have in common."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple, no_type_check

import numpy as np
import numpy.typing as npt

from geo.collection.merging.number_files import weights, word_weights
from geo.grammar.names import normalise_name
from geo.spatial.compiling import kernel_for

__all__ = [
    "WordSets",
    "Words",
    "fill_shared",
    "shared_stems",
    "shared_weights",
    "stem",
    "word_sets",
    "words_of",
]

Numbers = npt.NDArray[np.int64]
#: Words with their weights.
Words = dict[str, int]

# More words than these say nothing more, and a hostile text may have millions.
_MOST_WORDS = 400
_MOST_CHARACTERS = 20_000
_SHORTEST_STEM = 4
_ENDINGS = re.compile(r"(?:ings?|ed|es|s)$")
_FEW = 200_000


class WordSets(NamedTuple):
    """Sets of words: those of row i lie from start[i] to start[i + 1], sorted by number.

    `stems` are the words by their numbers.
    """

    stems: Sequence[str]
    start: Numbers
    word: Numbers
    weight: Numbers
    total: Numbers


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Word without the endings of its number and time, where enough of it is left.

    Examples
    --------
    >>> stem("bombings"), stem("shelled"), stem("gas")
    ('bomb', 'shell', 'gas')
    """
    cut = _ENDINGS.sub("", word)
    return cut if len(cut) >= _SHORTEST_STEM else word


def words_of(texts: Iterable[str], *, without: Iterable[str] = ()) -> Words:
    """Words of some texts with their weights; without numbers, and without those of other texts.

    Parameters
    ----------
    texts
        What a report says.
    without
        Texts whose words do not count, such as the names of its place.

    Examples
    --------
    >>> words_of(["The convoy was hit in Rutba"], without=["Rutba"])
    {'convoy': 3, 'hit': 1}
    """
    known, usual = word_weights(), int(weights("text")["word"])
    left_out = {stem(word) for text in without if text for word in normalise_name(text).split()}
    found: Words = {}
    for text in texts:
        for word in normalise_name(text[:_MOST_CHARACTERS]).split():
            if word.isdigit() or known.get(word) == 0:
                continue
            cut = stem(word)
            weight = known.get(cut, known.get(word, usual))
            if weight and cut not in left_out and len(found) < _MOST_WORDS:
                found[cut] = weight
    return found


def word_sets(rows: Sequence[Words]) -> WordSets:
    """Sets of words of all rows, by numbers."""
    numbers: dict[str, int] = {}
    start = np.zeros(len(rows) + 1, dtype=np.int64)
    word: list[int] = []
    weight: list[int] = []
    total = np.zeros(len(rows), dtype=np.int64)
    for row, words in enumerate(rows):
        pairs = sorted((numbers.setdefault(one, len(numbers)), own) for one, own in words.items())
        word.extend(number for number, _ in pairs)
        weight.extend(own for _, own in pairs)
        start[row + 1] = len(word)
        total[row] = sum(words.values())
    return WordSets(
        list(numbers), start, np.array(word, np.int64), np.array(weight, np.int64), total
    )


def shared_stems(sets: WordSets, one: int, other: int) -> list[str]:
    """Words that two rows share, in alphabetical order, without those that all news use."""
    first, second = (slice(int(sets.start[row]), int(sets.start[row + 1])) for row in (one, other))
    common, positions, _ = np.intersect1d(
        sets.word[first], sets.word[second], assume_unique=True, return_indices=True
    )
    telling = sets.weight[first][positions] > int(weights("text")["news_word"])
    return sorted(sets.stems[int(word)] for word in common[telling])


def shared_weights(sets: WordSets, one: Numbers, other: Numbers) -> Numbers:
    """Weight of the words that two rows share, for each pair of rows."""
    shared = np.zeros(len(one), dtype=np.int64)
    kernel = kernel_for(fill_shared, len(one), plain_below=_FEW)
    kernel(sets.start, sets.word, sets.weight, one, other, shared)
    return shared


@no_type_check
def fill_shared(
    start: Numbers, word: Numbers, weight: Numbers, one: Numbers, other: Numbers, shared: Numbers
) -> None:
    """Fill in the weight of the words that two rows share."""
    for pair in range(len(one)):
        i, last_i = int(start[int(one[pair])]), int(start[int(one[pair]) + 1])
        j, last_j = int(start[int(other[pair])]), int(start[int(other[pair]) + 1])
        found = 0
        while i < last_i and j < last_j:
            first, second = int(word[i]), int(word[j])
            if first == second:
                found += int(weight[i])
                i += 1
                j += 1
            elif first < second:
                i += 1
            else:
                j += 1
        shared[pair] = found
