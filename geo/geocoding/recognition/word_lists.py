"""The words around a name, by what they tell of it."""

import tomllib
from functools import cache
from pathlib import Path

__all__ = ["words_of"]


@cache
def words_of(name: str) -> frozenset[str]:
    """Words of one list of `word_lists.toml`, in lower case.

    Examples
    --------
    >>> "hospital" in words_of("facilities")
    True
    """
    text = Path(__file__).with_name("word_lists.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(text)[name])
