"""Kinds of incidents and the closed sets of codes, as data."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from geo.grammar.names import normalise_name

__all__ = [
    "AREA_STATUSES",
    "DATE_PRECISIONS",
    "PRECISIONS",
    "SENSITIVITIES",
    "STATUSES",
    "SURFACES",
    "VERIFICATIONS",
    "Kind",
    "Slot",
    "demonym_country",
    "demonym_places",
    "find_kind",
    "is_kind_word",
    "kinds",
    "slots",
]

DATE_PRECISIONS = ("day", "week", "month", "year", "range", "unknown")
#: From the sharpest to the vaguest.
PRECISIONS = (
    "exact",
    "site",
    "settlement",
    "vicinity",
    "line",
    "water",
    "admin2",
    "admin1",
    "country",
    "none",
)
STATUSES = ("located", "ambiguous", "suspicious", "unlocated")
SURFACES = ("land", "territorial_sea", "high_sea")
AREA_STATUSES = ("undisputed", "disputed", "indefinite", "unclaimed")
VERIFICATIONS = ("unverified", "corroborated", "verified", "disputed", "withdrawn")
SENSITIVITIES = ("public", "restricted", "private")


@dataclass(frozen=True)
class Kind:
    """One kind of incident."""

    code: str
    label: str
    slot: int
    words: tuple[str, ...]


@dataclass(frozen=True)
class Slot:
    """One hue of the palette, as #RRGGBB on light and on dark ground."""

    number: int
    light: str
    dark: str


@cache
def kinds() -> dict[str, Kind]:
    """Kinds by code, in the order of legends.

    Examples
    --------
    >>> kinds()["flood"].label
    'Flood'
    """
    return {
        entry["code"]: Kind(entry["code"], entry["label"], entry["slot"], tuple(entry["words"]))
        for entry in _tables()["kind"]
    }


@cache
def slots() -> dict[int, Slot]:
    """Hues by number; a kind keeps its slot in every map.

    Examples
    --------
    >>> slots()[kinds()["battle"].slot].light
    '#8E2E02'
    """
    return {entry["number"]: Slot(**entry) for entry in _tables()["slot"]}


def demonym_country(word: str) -> str | None:
    """ISO 3166-1 alpha-3 code of the country that an adjective or a people's name means.

    Examples
    --------
    >>> demonym_country("Syrian"), demonym_country("Filipinos"), demonym_country("Martian")
    ('SYR', 'PHL', None)
    """
    return _country_by_demonym().get(normalise_name(word))


@cache
def _country_by_demonym() -> dict[str, str]:
    text = Path(__file__).with_name("demonyms.toml").read_text(encoding="utf-8")
    return {
        normalise_name(word): country_a3
        for country_a3, words in tomllib.loads(text).items()
        for word in words
    }


def demonym_places(word: str) -> tuple[str, ...]:
    """Identifiers of the countries, provinces and regions whose people or things a word names.

    Examples
    --------
    >>> demonym_places("Georgian"), demonym_places("Kurds"), demonym_places("Martian")
    (('ne:GEO', 'ne:US-GA'), ('curated:kurdistan',), ())
    """
    return _places_by_demonym().get(normalise_name(word), ())


@cache
def _places_by_demonym() -> dict[str, tuple[str, ...]]:
    folder = Path(__file__).parent
    countries = tomllib.loads((folder / "demonyms.toml").read_text(encoding="utf-8"))
    regions = tomllib.loads((folder / "region_demonyms.toml").read_text(encoding="utf-8"))
    found: dict[str, tuple[str, ...]] = {}
    named = {f"ne:{code}": words for code, words in countries.items()}
    for place_id, words in (named | regions).items():
        # Two spellings may have one key.
        for key in dict.fromkeys(map(normalise_name, words)):
            found[key] = (*found.get(key, ()), place_id)
    return found


def find_kind(text: str) -> str:
    """Kind that a word of a spreadsheet means; `other` when it is not known.

    Examples
    --------
    >>> find_kind("Explosions/Remote violence"), find_kind("Quake"), find_kind("gala dinner")
    ('explosion', 'earthquake', 'other')
    """
    return _kind_by_word().get(normalise_name(text), "other")


def is_kind_word(text: str) -> bool:
    """Whether a word of a spreadsheet means a kind, and be it `other`.

    Examples
    --------
    >>> is_kind_word("взрыв"), is_kind_word("autres"), is_kind_word("gala dinner")
    (True, True, False)
    """
    return normalise_name(text) in _kind_by_word()


@cache
def _kind_by_word() -> dict[str, str]:
    return {
        normalise_name(word): kind.code
        for kind in kinds().values()
        for word in (kind.code, kind.label, *kind.words)
    }


@cache
def _tables() -> dict[str, list[dict[str, Any]]]:
    text = Path(__file__).with_name("kinds.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
