"""Countries by the codes of ISO 3166-1 and by official names."""

import tomllib
from functools import cache
from pathlib import Path

from geo.grammar.names import normalise_name

__all__ = ["country_of_code", "country_of_official_name"]


def country_of_code(code: str) -> str | None:
    """ISO 3166-1 alpha-3 code of an alpha-3 or alpha-2 code, in letters of any case.

    Examples
    --------
    >>> country_of_code("CAN"), country_of_code("do"), country_of_code("UAE")
    ('CAN', 'DOM', None)
    """
    return _codes().get(code.upper()) if code.isascii() else None


def country_of_official_name(name: str) -> str | None:
    """ISO 3166-1 alpha-3 code of an official name that gazetteers do not know.

    Examples
    --------
    >>> country_of_official_name("Islamic Republic of Afghanistan")
    'AFG'
    """
    return _names().get(normalise_name(name))


@cache
def _codes() -> dict[str, str]:
    alpha2 = {row[0]: country_a3 for country_a3, row in _table().items()}
    return alpha2 | {country_a3: country_a3 for country_a3 in _table()}


@cache
def _names() -> dict[str, str]:
    return {
        normalise_name(name): country_a3
        for country_a3, (_, *names) in _table().items()
        for name in names
    }


@cache
def _table() -> dict[str, list[str]]:
    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
