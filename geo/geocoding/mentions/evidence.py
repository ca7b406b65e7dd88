"""How much the names of a document speak for each country, province and stretch of land."""

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from geo.gazetteer.places import Place

__all__ = ["CONTEXT_FEATURES", "Evidence", "Measures", "Regions", "Witness", "regions_of", "spread"]

# Sides of the squares in which places count as near one another, in degrees. The number of a square
# is that of its size, of its row and of its column; there are so many columns.
_SIDES = {1: (0.5, 720), 2: (2.5, 144)}
_SIZE, _ROW = 1_000_000, 1_000
_AROUND = (-1, 0, 1)
_KEPT_REGIONS = 20_000
_LEAST_SHARE = 0.01
# Weight that is left by rounding where there is no other name.
_NOBODY = 1e-9
_AREAS = frozenset({"country", "admin1", "area"})
# So many names of one region say ten times what one says.
_TIMES = 10.0

#: What the other names of a document say for a place, in the order of `Measures`.
CONTEXT_FEATURES = (
    "document_country", "country_named", "document_province", "province_named", "around_named",
    "near_named",
)  # fmt: skip
#: Empty where they are all 0.
Measures = tuple[float, ...]
_NOTHING: Measures = ()
Key = str | int | None


class Regions(NamedTuple):
    """Country, province and squares of a place; None where it has none or is too large.

    `in_text` is the feature of an area that stands among other names; None of any other place.
    """

    country: str | None
    province: str | None
    near: int | None
    around: int | None
    in_text: str | None


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
    if place.kind in _AREAS:
        return Regions(place.country_a3, place.admin1_code, None, None, f"{place.kind}_in_text")
    near, around = _square(1, place.lon, place.lat), _square(2, place.lon, place.lat)
    return Regions(place.country_a3, place.admin1_code, near, around, None)


def _square(size: int, lon: float, lat: float) -> int:
    side, columns = _SIDES[size]
    row, column = int((lat + 90.0) / side), int((lon + 180.0) / side) % columns
    return size * _SIZE + row * _ROW + column


@lru_cache(maxsize=_KEPT_REGIONS)
def spread(regions: Regions) -> tuple[Key, ...]:
    """All regions for which a name speaks that means a place there: the squares around too."""
    units = [code for code in (regions.country, regions.province) if code is not None]
    if regions.near is None or regions.around is None:
        return tuple(dict.fromkeys(units))
    squares = (*_squares_round(regions.near), *_squares_round(regions.around))
    return (*dict.fromkeys(units), *squares)


def _squares_round(square: int) -> tuple[int, ...]:
    """Numbers of a square and of those that touch it."""
    _, columns = _SIDES[square // _SIZE]
    row, column = divmod(square, _ROW)
    # Beyond 180 degrees the columns begin anew.
    return tuple((row + dy) * _ROW + (column + dx) % columns for dy in _AROUND for dx in _AROUND)


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
            if witness.name in self._of_name:
                weight, known = self._of_name[witness.name]
                _add(known, said)
                self._of_name[witness.name] = weight + witness.weight, said
            else:
                self._of_name[witness.name] = witness.weight, said

    def features(self, number: int) -> Sequence[Mapping[str, float]]:
        """What the other names say for each place of a witness, by name; nothing if it is alone."""
        measured = self.measures(number)
        if measured is None:
            return [{}] * len(self._witnesses[number].regions)
        return list(map(_features, measured, self._witnesses[number].regions))

    def said_for(self, name: str, place: Place) -> Mapping[str, float]:
        """What the other names say for a place that a name can mean; `name` is its key."""
        weight, own = self._of_name.get(name, (0.0, {}))
        others = self._total - weight
        if others <= _NOBODY:
            return {}
        regions = regions_of(place)
        return _features(_measures(regions, self._mass, own, others), regions)

    def measures(self, number: int) -> Sequence[Measures] | None:
        """The same in the order of `CONTEXT_FEATURES`; None where no other name says anything."""
        witness = self._witnesses[number]
        weight, own = self._of_name[witness.name]
        others = self._total - weight
        if others <= _NOBODY:
            return None
        return [_measures(regions, self._mass, own, others) for regions in witness.regions]


def _features(measured: Measures, regions: Regions) -> dict[str, float]:
    # Nothing is measured where all is 0.
    found = {name: one for name, one in zip(CONTEXT_FEATURES, measured, strict=False) if one}
    if regions.in_text is not None:
        found[regions.in_text] = 1.0
    return found


def _measures(
    regions: Regions, mass: Mapping[Key, float], own: Mapping[Key, float], others: float
) -> Measures:
    """What the names of a document but its own say for a place; None is no region of any."""
    country = mass.get(regions.country, 0.0)
    if country:
        country -= own.get(regions.country, 0.0)
    province = mass.get(regions.province, 0.0)
    if province:
        province -= own.get(regions.province, 0.0)
    around, near = mass.get(regions.around, 0.0), 0.0
    # A square lies in those round it of the larger size.
    if around:
        around -= own.get(regions.around, 0.0)
        near = mass.get(regions.near, 0.0) - own.get(regions.near, 0.0)
    elif not (country or province):
        return _NOTHING
    log = math.log10
    return (
        country / others,
        log(1.0 + _TIMES * country),
        province / others,
        log(1.0 + _TIMES * province) if province else 0.0,
        log(1.0 + _TIMES * around) if around else 0.0,
        log(1.0 + _TIMES * near) if near else 0.0,
    )


def _add(said: Mapping[Key, float], to: dict[Key, float]) -> None:
    for key, value in said.items():
        to[key] = to.get(key, 0.0) + value


def _said_by(witness: Witness) -> dict[Key, float]:
    """What one name says for each region."""
    said: dict[Key, float] = {}
    for regions, share in zip(witness.regions, witness.shares, strict=True):
        if share >= _LEAST_SHARE:
            value = share * witness.weight
            spoken = dict.fromkeys(spread(regions), value)
            if said:
                _add(spoken, said)
            else:
                said = spoken
    return said
