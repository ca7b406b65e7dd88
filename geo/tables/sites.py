"""One row of a user's list of sites as a place."""

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from geo.gazetteer.entries import BadLineError, Entry, checked_name, checked_position, shown
from geo.gazetteer.places import shipped_gazetteer
from geo.geocoding.names.candidates import find_country, find_province
from geo.grammar.no_names import why_no_name
from geo.tables.columns import find_columns

__all__ = ["SITE_KINDS", "SiteReader", "place_columns"]

#: Kinds that a user's own places can have; countries and provinces have areas and are not among
#: them.
SITE_KINDS = ("settlement", "site", "area", "water", "line", "admin2")

_NAME_SEPARATORS = str.maketrans("|;،", ",,,")
_LONGEST_ID = 80
_LONGEST_OTHER_NAME = 200
_MOST_PEOPLE = 10**10
_LONGEST_COUNT = 11
# Rows of a list name the same few countries and provinces.
_KEPT = 1_024


@dataclass
class SiteReader:
    """Reads one row after the other of a list of sites.

    Parameters
    ----------
    set_name
        Name of the set, part of each `place_id`.
    kind
        Kind of the rows that do not say theirs.
    """

    set_name: str
    kind: str
    _ids: set[str] = field(default_factory=set)

    def entry(
        self, line: int, cells: Mapping[str, str], lonlat: tuple[float | None, float | None],
        radius_m: float,
    ) -> Entry:  # fmt: skip
        """Place of a row: its cells by field, its point in degrees, and the point's own radius.

        Raises
        ------
        BadLineError
            The row is broken.
        """
        name = checked_name(cells.get("name", ""))
        lon, lat = checked_position(*lonlat)
        kind = _kinds().get(cells.get("kind", "").strip().casefold(), self.kind)
        country_a3 = _country_a3(cells.get("country", "").strip())
        stated_m = _stated_radius_m(cells.get("radius_m", "").strip())
        people = _people(cells.get("population", "").strip())
        # A town without a radius of its own has that of its inhabitants.
        own_m = None if kind == "settlement" else radius_m
        return Entry(
            line=line,
            number=line,
            place_id=f"site:{self.set_name}/{self._own_id(cells, line)}",
            name=name,
            kind=kind,
            lon=lon,
            lat=lat,
            radius_m=stated_m or own_m,
            country_a3=country_a3,
            admin1_code=_admin1_code(cells.get("admin1", "").strip(), country_a3),
            admin2=_plain_name(cells.get("admin2", "").strip()),
            population=people,
            other_names=_other_names(cells.get("other_names", "")),
        )

    def _own_id(self, cells: Mapping[str, str], line: int) -> str:
        own = cells.get("own_id", "").strip()
        if not own:
            return f"line-{line}"
        if len(own) > _LONGEST_ID or not own.isprintable():
            raise BadLineError(f"id {shown(own)} is not at most {_LONGEST_ID} plain characters")
        if own in self._ids:
            raise BadLineError(f"id {shown(own)} stands twice")
        self._ids.add(own)
        return own


def place_columns(columns: list[str]) -> dict[str, str]:
    """Column of a list of sites for each field that it has.

    Examples
    --------
    >>> place_columns(["Site Name", "X", "Y", "Aliases"])
    {'name': 'Site Name', 'other_names': 'Aliases', 'lon': 'X', 'lat': 'Y'}
    """
    names = {name: usual for name, usual in _table().items() if name != "kinds"}
    return find_columns(columns, names=names)


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("place_columns.toml").read_text(encoding="utf-8"))


@cache
def _kinds() -> dict[str, str]:
    return {word: kind for kind, words in _table()["kinds"].items() for word in words}


@lru_cache(maxsize=_KEPT)
def _country_a3(text: str) -> str | None:
    if not text:
        return None
    country = find_country(text, shipped_gazetteer())
    if country is None and not why_no_name(text):
        raise BadLineError(f"no country named {shown(text)} is known; expected a name or a code")
    return country.country_a3 if country else None


@lru_cache(maxsize=_KEPT)
def _admin1_code(text: str, country_a3: str | None) -> str | None:
    if not text or country_a3 is None:
        return None
    province = find_province(text, shipped_gazetteer(), country_a3=country_a3)
    return province.admin1_code if province else None


def _stated_radius_m(text: str) -> float | None:
    if not text:
        return None
    try:
        radius_m = float(text)
    except ValueError:
        radius_m = math.nan
    if not 0 < radius_m < 2e7:
        raise BadLineError(f"radius {shown(text)} is not metres above 0")
    return radius_m


def _plain_name(text: str) -> str | None:
    """A name that can be shown as it is; too long or unprintable ones say nothing."""
    return text if 0 < len(text) <= _LONGEST_OTHER_NAME and text.isprintable() else None


def _people(text: str) -> int:
    if not text:
        return 0
    plain = text.replace(",", "").replace(" ", "").removesuffix(".0")
    digits = plain.lstrip("0")
    is_number = plain.isascii() and plain.isdecimal() and len(digits) <= _LONGEST_COUNT
    if not is_number or int(plain) > _MOST_PEOPLE:
        raise BadLineError(f"population {shown(text)} is not a whole number")
    return int(plain)


def _other_names(text: str) -> list[str]:
    names = (name.strip() for name in text.translate(_NAME_SEPARATORS).split(","))
    return [name for name in names if _plain_name(name)]
