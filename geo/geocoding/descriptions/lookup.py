"""Names of a description to places, with what the surroundings say of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import shapely

from geo.gazetteer.places import Place
from geo.geocoding.descriptions.described import DescribedPlace
from geo.geocoding.names.resolution import Resolution
from geo.geocoding.uncertainty import place_precision, place_radius_m
from geo.geocoding.wording import quoted
from geo.grammar.location_tree import Named

__all__ = ["Anchor", "Lookup"]


@dataclass(frozen=True)
class Anchor:
    """Place that a description names, how it was chosen, and what contradicts that, if anything."""

    place: Place
    reason: str
    doubt: Resolution | None = None


@dataclass(frozen=True)
class Lookup:
    """Finds the places that a description names.

    Parameters
    ----------
    find
        Place that a chain of names means, or a reason why none is meant; countries (ISO 3166-1
        alpha-3) that are likely come second.
    country_of
        Code of a country's name, or of an adjective of nationality.
    likely
        Countries (ISO 3166-1 alpha-3) that the surroundings speak of, the likelier first.
    """

    find: Callable[[Named, Sequence[str]], Anchor | str]
    country_of: Callable[[str], str | None]
    likely: tuple[str, ...] = ()

    def near(self, country_a3: str | None) -> "Lookup":
        """The lookup with one more country that is likely, before all others."""
        if country_a3 is None or country_a3 in self.likely[:1]:
            return self
        return replace(self, likely=(country_a3, *self.likely))

    def named(self, said: Named) -> DescribedPlace | str:
        """Place of a name; the reason tells which of the names after it were of no use."""
        anchor = self.find(said, self.likely)
        if isinstance(anchor, str):
            return anchor
        unused = [name for name in said.names[1:] if not self._holds(name, anchor.place)]
        words = f"; {' and '.join(map(quoted, unused))} not used" if unused else ""
        return _as_named(anchor, words)

    def province(self, said: Named) -> DescribedPlace | None:
        """Province of a name that does not say so; None where there is none, or no clear one."""
        return _reworded(self, said, f"{said.names[0]} Province", "admin1")

    def town(self, said: Named) -> DescribedPlace | None:
        """Town of a name that a province bears too; None where there is none, or no clear one."""
        return _reworded(self, said, f"town of {said.names[0]}", "settlement")

    def country(self, said: Named) -> DescribedPlace | None:
        """Country of a name or an adjective such as "Syrian"; None for other words."""
        code = self.country_of(said.names[0])
        return _reworded(self.near(code), said, code, "country") if code else None

    def _holds(self, name: str, place: Place) -> bool:
        """Whether a place lies in what a name means."""
        if place.country_a3 is not None and self.country_of(name) == place.country_a3:
            return True
        outer = self.find(Named((name,)), (place.country_a3,) if place.country_a3 else self.likely)
        if isinstance(outer, str):
            return False
        around = outer.place
        if around.kind == "admin1":
            return around.admin1_code == place.admin1_code
        return place.distance_m(around) <= place_radius_m(around) + place_radius_m(place)


def _reworded(lookup: Lookup, said: Named, name: str, precision: str) -> DescribedPlace | None:
    found = lookup.named(Named((name, *said.names[1:])))
    if isinstance(found, str) or found.precision != precision:
        return None
    first = said.names[0]
    known = f"{quoted(name)} as {found.name}" if found.name == first else quoted(name)
    return replace(found, reason=found.reason.replace(known, quoted(first)))


def _as_named(anchor: Anchor, words: str) -> DescribedPlace:
    """A place without a footprint of its own."""
    place = anchor.place
    return DescribedPlace(
        footprint=None,
        point=shapely.Point(place.lon, place.lat),
        radius_m=place_radius_m(place),
        precision=place_precision(place),
        name=place.name,
        country_a3=place.country_a3,
        reason=anchor.reason + words,
        anchor=place,
        doubts=(anchor.doubt,) if anchor.doubt else (),
    )
