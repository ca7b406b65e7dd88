"""The numbers and words by which reports are compared, as data."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["weights", "word_weights"]


@cache
def weights(table: str) -> dict[str, Any]:
    """Numbers of one table of `weights.toml`.

    Examples
    --------
    >>> weights("decision")["merge"] > weights("decision")["doubtful"]
    True
    """
    found: dict[str, Any] = _read("weights.toml")[table]
    return found


@cache
def word_weights() -> dict[str, int]:
    """Weight of each word that has another one than most: stems to weights.

    Examples
    --------
    >>> word_weights()["the"], word_weights()["police"]
    (0, 1)
    """
    lists, news = _read("words.toml"), int(weights("text")["news_word"])
    told = dict.fromkeys(lists["news"].split(), news)
    return told | dict.fromkeys(lists["empty"].split(), 0)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))
