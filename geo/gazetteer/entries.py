"""One place of a user's file on its way into an index, or what is wrong with its line."""

import math
import unicodedata
from dataclasses import dataclass, field

from geo.gazetteer.index_file import Row
from geo.gazetteer.keys import search_keys
from geo.grammar.coordinates import coordinate_fault
from geo.grammar.place_forms import without_unit_words

__all__ = [
    "BadLineError",
    "Entry",
    "Fault",
    "checked_name",
    "checked_position",
    "counted",
    "shown",
]

_LONGEST_NAME = 200
_LONGEST_SHOWN = 60


class BadLineError(ValueError):
    """A line of a user's file is no place; says why."""


@dataclass(frozen=True)
class Fault:
    """A line (or feature) that is no place, and why."""

    line: int
    reason: str


@dataclass(slots=True)
class Entry:
    """One place with all its names; WGS 84 degrees, radius in metres."""

    line: int
    number: int
    place_id: str
    name: str
    kind: str
    lon: float
    lat: float
    feature_code: str | None = None
    radius_m: float | None = None
    country_a3: str | None = None
    admin1_code: str | None = None
    admin2: str | None = None
    population: int = 0
    other_names: list[str] = field(default_factory=list)

    def row(self) -> Row:
        """The place as a row of the index."""
        return (
            self.number, self.place_id, self.name, self.kind, self.feature_code, self.lon,
            self.lat, self.radius_m, self.country_a3, self.admin1_code, self.admin2,
            self.population,
        )  # fmt: skip

    def search_keys(self) -> set[str]:
        """Search keys of all names; a district is also found without the word for it."""
        names = [self.name, *self.other_names]
        if self.kind == "admin2":
            names += [without_unit_words(name) for name in names]
        return search_keys(names)


def checked_name(text: str) -> str:
    """Name with single spaces and without control characters.

    Raises
    ------
    BadLineError
        It is empty, has no letter or digit, or is too long.
    """
    words = "".join(" " if unicodedata.category(one) == "Cc" else one for one in text[:10_000])
    name = " ".join(words.split())
    if len(text) > _LONGEST_NAME:
        raise BadLineError(f"the name has {len(text):,} characters, at most {_LONGEST_NAME} count")
    if not search_keys([name]):
        raise BadLineError("the name is empty" if not name else f"{shown(name)} is not a name")
    return name


def checked_position(lon: float | None, lat: float | None) -> tuple[float, float]:
    """Longitude and latitude in degrees.

    Raises
    ------
    BadLineError
        They are missing, or not on the earth.
    """
    if lon is None or lat is None or not (math.isfinite(lon) and math.isfinite(lat)):
        raise BadLineError("longitude and latitude are not both in degrees")
    fault = coordinate_fault(lon, lat)
    if fault is not None:
        raise BadLineError(fault)
    return lon, lat


def counted(number: int, thing: str) -> str:
    """Number of things in words.

    Examples
    --------
    >>> counted(1, "place"), counted(2_000, "place")
    ('1 place', '2,000 places')
    """
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def shown(text: str) -> str:
    """Text of a user as a message may show it: short, on one line, harmless."""
    short = text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 3] + "..."
    return ascii(short) if not short.isprintable() else repr(short)
