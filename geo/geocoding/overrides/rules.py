"""Which line of an overrides file decides on which row."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from geo.errors import SchemaError
from geo.gazetteer.places import Gazetteer
from geo.geocoding.names.candidates import find_country
from geo.geocoding.overrides.columns import KEYS
from geo.geocoding.overrides.lines import OverrideLine
from geo.geocoding.wording import quoted
from geo.grammar.names import normalise_name
from geo.grammar.notations import read_position

__all__ = ["OverrideRules", "RowKey", "country_key", "text_key"]

# Letters make a name; a sign, or a point between digits, makes another number.
_NUMBER = re.compile(r"(?<![\w.])[-\u2212]\d+(?:[.,]\d+)*|\d+(?:[.,]\d+)+")


class RowKey(NamedTuple):
    """What a row says of itself, or a line of its rows; empty where it says nothing."""

    incident_id: str
    text: str
    country: str


@dataclass(frozen=True)
class OverrideRules:
    """Lines by their keys; the strictest line that fits a row decides on it.

    `repeats` are lines that say again what another one says of the same rows.
    """

    lines: Sequence[OverrideLine]
    gazetteer: Gazetteer
    by_key: Mapping[tuple[str, str, str], OverrideLine] = field(init=False)
    repeats: Mapping[int, OverrideLine] = field(init=False)

    def __post_init__(self) -> None:
        by_key: dict[tuple[str, str, str], OverrideLine] = {}
        repeats: dict[int, OverrideLine] = {}
        for line in self.lines:
            if line.answer is None:
                continue
            first = by_key.setdefault(self.key_of_line(line), line)
            if first is not line:
                _check_agreement(first, line)
                repeats[line.number] = first
        object.__setattr__(self, "by_key", by_key)
        object.__setattr__(self, "repeats", repeats)

    def key_of_line(self, line: OverrideLine) -> RowKey:
        """Rows that a line speaks of."""
        country = country_key(line.stated_country, self.gazetteer)
        return RowKey(line.incident_id, text_key(line.place_text), country)

    def fitting(self, row: RowKey) -> list[OverrideLine]:
        """Lines that speak of a row, the strictest first.

        An incident counts more than a text with a country, and this more than the text alone.
        """
        incident_id, text, country = row
        kinds = (
            (incident_id, text, country),
            (incident_id, text, ""),
            (incident_id, "", country),
            (incident_id, "", ""),
            ("", text, country),
            ("", text, ""),
        )
        found = (self.by_key.get(kind) for kind in dict.fromkeys(kinds))
        return [line for line in found if line is not None]


def text_key(text: str) -> str:
    """Key under which place texts compare equal: case, accents and punctuation aside.

    Coordinates compare by the position that they state.

    Examples
    --------
    >>> text_key("Al-Ḥudaydah, Yemen") == text_key("al hudaydah YEMEN")
    True
    >>> text_key("33.3, -38.7") == text_key("33.3, 38.7")
    False
    >>> text_key("33.3, 38.7") == text_key("33.3 N 38.7 E")
    True
    """
    position = read_position(text.strip())
    # What is in doubt may mean another position than it seems to.
    if position is not None and position.fault is None and not position.proposals:
        return f"{position.lat_deg + 0.0}, {position.lon_deg + 0.0}"
    plain = " ".join(text.casefold().split())
    numbers = _NUMBER.findall(unicodedata.normalize("NFKC", plain).replace("\u2212", "-"))
    return " ".join([normalise_name(text) or plain, *numbers])


def country_key(name: str, gazetteer: Gazetteer) -> str:
    """Code of a country's name or code, else the name as it is compared; empty for nothing."""
    country = find_country(name, gazetteer) if name else None
    return (country.country_a3 if country else None) or normalise_name(name)


def _check_agreement(one: OverrideLine, other: OverrideLine) -> None:
    if _told(one.answer) == _told(other.answer):
        return
    keys = ", ".join(
        f"{name} {quoted(getattr(other, name))}" for name in KEYS if getattr(other, name)
    )
    raise SchemaError(
        f"{other.source}, lines {one.number} and {other.number}: both speak of {keys} and say "
        f"{_words(one.answer)} and {_words(other.answer)}; remove one, or let it speak of fewer "
        "rows by incident_id or stated_country."
    )


def _told(answer: Mapping[str, Any] | None) -> dict[str, Any]:
    # The note of an editor is in the reason.
    return {name: value for name, value in (answer or {}).items() if name != "reason"}


def _words(answer: Mapping[str, Any] | None) -> str:
    told = answer or {}
    point, place = told["geometry"], told["place"]
    at = f"{point.y:.5f}, {point.x:.5f} within {told['uncertainty_m']:,.0f} m"
    kind = ", ".join(filter(None, (told["precision"], told["country_a3"])))
    return f"{quoted(place)} at {at} ({kind})" if place else f"{at} ({kind})"
