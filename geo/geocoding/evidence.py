"""How much the names of a document speak for each country, province and stretch of land."""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from geo.gazetteer.places import Place

__all__ = ["Evidence", "Regions", "Witness", "regions_of"]

# Sides of the squares in which places count as near one another, in degrees, and what their numbers
# begin with.
_SQUARES = ((0.5, 1_000_000), (2.5, 2_000_000))
_ROW = 1_000
_AROUND = tuple((dx, dy) for dy in (-1, 0, 1) for dx in (-1, 0, 1))
_LEAST_SHARE = 0.01
_AREAS = frozenset({"country", "admin1", "area"})
# So many names of one region say ten times what one says.
_TIMES = 10.0

Key = str | int


class Regions(NamedTuple):
    """Country, province and squares of a place; None where it has none or is too large.

    `spread` are all regions for which a name speaks that means this place: the squares around too.
    """

    country: str | None
    province: str | None
    near: int | None
    around: int | None
    spread: tuple[Key, ...]


class Witness(NamedTuple):
    """A name of a document: regions of each place it can mean, their shares, and its weight.

    Witnesses of one name say nothing for one another: two towns named Paris lie apart.
    """

    name: str
    regions: Sequence[Regions]
    shares: Sequence[float]
    weight: float


def regions_of(place: Place) -> Regions:
    """Regions in which a place lies."""
    near = around = None
    squares: list[Key] = []
    if place.kind not in _AREAS:
        near, around = (_square(place, side, first) for side, first in _SQUARES)
        squares = [
            _square(place, side, first, step) for side, first in _SQUARES for step in _AROUND
        ]
    units = [code for code in (place.country_a3, place.admin1_code) if code is not None]
    return Regions(
        place.country_a3, place.admin1_code, near, around, (*dict.fromkeys(units), *squares)
    )


def _square(place: Place, side: float, first: int, step: tuple[int, int] = (0, 0)) -> int:
    """Number of the square of a place, or of one that lies some columns and rows beside it."""
    column = math.floor((place.lon + 180.0) / side) + step[0]
    row = math.floor((place.lat + 90.0) / side) + step[1]
    # Beyond 180 degrees the columns begin anew.
    return first + _ROW * row + column % round(360.0 / side)


class Evidence:
    """What the names of a document say together; takes time that grows with their number only."""

    def __init__(self, witnesses: Sequence[Witness]) -> None:
        self._witnesses = witnesses
        self._total = sum(witness.weight for witness in witnesses)
        self._mass: dict[Key, float] = {}
        self._of_name: dict[str, tuple[float, dict[Key, float]]] = {}
        for witness in witnesses:
            said = _said_by(witness)
            _add(said, self._mass)
            weight, known = self._of_name.get(witness.name, (0.0, {}))
            self._of_name[witness.name] = weight + witness.weight, _add(said, known)

    def features(self, number: int, places: Sequence[Place]) -> Sequence[Mapping[str, float]]:
        """What the other names say for each place of a witness; nothing if it is alone."""
        witness = self._witnesses[number]
        weight, own = self._of_name[witness.name]
        others = self._total - weight
        if others <= 1e-9:
            return [{}] * len(places)
        return [
            self._of(place, regions, own, others)
            for place, regions in zip(places, witness.regions, strict=True)
        ]

    def _of(
        self, place: Place, regions: Regions, own: Mapping[Key, float], others: float
    ) -> dict[str, float]:
        country = self._others(regions.country, own)
        province = self._others(regions.province, own)
        found = {
            "document_country": country / others,
            "country_named": math.log10(1.0 + _TIMES * country),
        }
        if province > 0.0:
            found["document_province"] = province / others
            found["province_named"] = math.log10(1.0 + _TIMES * province)
        if place.kind in _AREAS:
            found[f"{place.kind}_in_text"] = 1.0
            return found
        around = self._others(regions.around, own)
        if around > 0.0:
            found["around_named"] = math.log10(1.0 + _TIMES * around)
            found["near_named"] = math.log10(1.0 + _TIMES * self._others(regions.near, own))
        return found

    def _others(self, key: Key | None, own: Mapping[Key, float]) -> float:
        if key is None or key not in self._mass:
            return 0.0
        return max(0.0, self._mass[key] - own.get(key, 0.0))


def _add(said: Mapping[Key, float], to: dict[Key, float]) -> dict[Key, float]:
    for key, value in said.items():
        to[key] = to.get(key, 0.0) + value
    return to


def _said_by(witness: Witness) -> dict[Key, float]:
    """What one name says for each region."""
    said: dict[Key, float] = {}
    for regions, share in zip(witness.regions, witness.shares, strict=True):
        if share >= _LEAST_SHARE:
            value = share * witness.weight
            for key in regions.spread:
                said[key] = said.get(key, 0.0) + value
    return said
