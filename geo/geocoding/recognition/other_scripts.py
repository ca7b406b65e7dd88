"""Names in scripts that write no spaces between words, and in languages that decline names."""

import re
from collections.abc import Callable, Iterator

from geo.grammar.sentences import Span

__all__ = ["base_forms", "is_unspaced", "names_in_unspaced"]

# Thai, Lao, Burmese, Khmer, Japanese and Chinese; and Korean, where endings cling to names.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3"
_STRETCH = re.compile(f"[{_UNSPACED}]{{2,}}")
_IS_UNSPACED = re.compile(f"[{_UNSPACED}]")
_LONGEST, _SHORTEST = 10, 2
# Each letter may begin a name; of a longer text the beginning tells its place.
_MOST_LETTERS = 3_000
_CYRILLIC_NAME = re.compile("[\u0410-\u042f\u0401-\u0407\u0490][\u0400-\u04ff-]{4,}")
# Endings of the cases, and those that the name itself may have in their stead.
_CASES = ("ой", "ом", "ем", "ах", "ою", "і", "е", "у", "ю", "и", "ы", "а", "я")
_NOMINATIVES = ("", "а", "ь", "я", "о", "ы", "и")


def base_forms(name: str) -> Iterator[str]:
    """Forms of which a name in Cyrillic letters may be a case; none of any other name.

    Examples
    --------
    >>> "Караганда" in base_forms("Карагандой"), list(base_forms("Oslo"))
    (True, [])
    """
    if not _CYRILLIC_NAME.fullmatch(name):
        return
    for ending in _CASES:
        if name.endswith(ending):
            stem = name.removesuffix(ending)
            yield from (stem + own for own in _NOMINATIVES if own != ending)


def is_unspaced(text: str) -> bool:
    """Whether a text has letters of a script that writes no spaces between words."""
    return _IS_UNSPACED.search(text) is not None


def names_in_unspaced(text: str, is_name: Callable[[str], bool]) -> Iterator[Span]:
    """Longest names that follow one another in the stretches without spaces.

    Examples
    --------
    >>> [
    ...     one.of("四川省地震")
    ...     for one in names_in_unspaced("四川省地震", {"四川省", "四川"}.__contains__)
    ... ]
    ['四川省']
    """
    left = _MOST_LETTERS
    for stretch in _STRETCH.finditer(text):
        start, end = stretch.start(), min(stretch.end(), stretch.start() + left)
        left -= end - start
        while end - start >= _SHORTEST:
            lengths = range(min(_LONGEST, end - start), _SHORTEST - 1, -1)
            length = next((one for one in lengths if is_name(text[start : start + one])), 0)
            if length:
                yield Span(start, start + length)
            start += length or 1
