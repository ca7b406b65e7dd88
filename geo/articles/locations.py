"""Where the phrases of an article lie."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import PlaceNotFoundError
from geo.gazetteer.places import Gazetteer, Place
from geo.geocoding.candidates import find_country
from geo.geocoding.regions import border_band
from geo.geocoding.resolve import PlaceQuery, Resolution, resolve_place
from geo.geocoding.uncertainty import place_precision, place_radius_m
from geo.geodesy import geod
from geo.grammar.place_phrases import BorderPhrase, NamePhrase, PlacePhrase, find_place_phrases
from geo.grammar.sentences import Span, split_sentences
from geo.vocabulary import demonym_country

__all__ = ["Location", "Locator", "sharpest"]

# From the sharpest to the vaguest; the place of an incident is the sharpest that is said of it.
_SHARPNESS = ("site", "settlement", "vicinity", "line", "water", "admin2", "admin1", "country")
# How far "near" a place reaches beyond the place itself, in metres.
_NEAR_M = 15_000.0
# Error of a stated distance: its roundness, and road for air.
_DISTANCE_SHARE = 0.3
_LIKELY_COUNTRIES = 3
_CAPITALISED = re.compile(r"[^\W\d_a-z]\w{3,}")
_AZIMUTH_DEG = {
    "north": 0, "northeast": 45, "east": 90, "southeast": 135, "south": 180, "southwest": 225,
    "west": 270, "northwest": 315,
}  # fmt: skip


@dataclass(frozen=True)
class Location:
    """Place that a phrase means: a point in EPSG:4326 with a radius in metres."""

    span: Span
    point: shapely.Point
    radius_m: float
    precision: str
    name: str
    place_id: str | None
    country_a3: str | None
    admin1_code: str | None
    reason: str
    footprint: BaseGeometry | None = None

    @property
    def sharpness(self) -> int:
        """Rank of the precision; 0 is the sharpest."""
        return _SHARPNESS.index(self.precision)

    def agrees_with(self, other: "Location") -> bool:
        """Whether both can be the same place, told more and less exactly."""
        if self.country_a3 and other.country_a3 and self.country_a3 != other.country_a3:
            return False
        if "country" in (self.precision, other.precision):
            return True
        apart_m = geod().inv(self.point.x, self.point.y, other.point.x, other.point.y)[2]
        return bool(apart_m <= self.radius_m + other.radius_m + _NEAR_M)


class Locator:
    """Resolves the phrases of one article; countries that it speaks of are the likelier ones."""

    def __init__(self, text: str, gazetteer: Gazetteer) -> None:
        self._text = text
        self._gazetteer = gazetteer
        self._known: dict[tuple[object, ...], Location | None] = {}
        self._likely = self._countries_of_the_text()

    def locate(self, within: Span) -> list[Location]:
        """Places that a stretch of the text speaks of, the sharpest first."""
        phrases = find_place_phrases(self._text, within=within)
        countries = [country for phrase in phrases if (country := self._country(phrase))]
        located = [self._located(phrase, countries) for phrase in phrases]
        found = [location for location in located if location is not None]
        return sorted(found, key=lambda location: (location.sharpness, location.span))

    def unclear(self, within: Span) -> tuple[str, Resolution] | None:
        """First phrase of a stretch that can mean several places, with what it can mean."""
        for phrase in find_place_phrases(self._text, within=within):
            if isinstance(phrase, NamePhrase) and phrase.relation != "between":
                resolution = self._resolution(phrase, ())
                if resolution.status == "ambiguous":
                    return phrase.span.of(self._text), resolution
        return None

    def country_of(self, name: str) -> str | None:
        """ISO 3166-1 alpha-3 code of a country's name, or of an adjective of nationality."""
        by_demonym = demonym_country(name)
        if by_demonym:
            return by_demonym
        country = find_country(name, self._gazetteer)
        return country.country_a3 if country and country.kind == "country" else None

    def _countries_of_the_text(self) -> tuple[str, ...]:
        words = _CAPITALISED.findall(self._text)
        named = Counter(country for word in words if (country := demonym_country(word)))
        named.update(
            country
            for sentence in split_sentences(self._text)
            for phrase in find_place_phrases(self._text, within=sentence)
            if isinstance(phrase, NamePhrase)
            for name in phrase.names
            if (country := self.country_of(name))
        )
        return tuple(country for country, _ in named.most_common(_LIKELY_COUNTRIES))

    def _country(self, phrase: PlacePhrase) -> str | None:
        if isinstance(phrase, BorderPhrase) or phrase.relation == "on":
            return None
        return self.country_of(phrase.adjective or phrase.names[-1])

    def _located(self, phrase: PlacePhrase, countries: Sequence[str]) -> Location | None:
        if isinstance(phrase, BorderPhrase):
            return self._by_border(phrase, countries)
        key = (phrase.names, phrase.relation, phrase.distance_m, phrase.part, *countries)
        if key not in self._known:
            self._known[key] = self._by_name(phrase, countries)
        known = self._known[key]
        return known and replace(known, span=phrase.span)

    def _by_name(self, phrase: NamePhrase, countries: Sequence[str]) -> Location | None:
        if phrase.relation == "between":
            return self._between(phrase, countries)
        resolution = self._resolution(phrase, countries)
        place = resolution.place
        if place is None or (resolution.method != "name" and len(phrase.names) == 1):
            return None
        # "On" leads to sites and towns; countries and provinces have something done to them.
        if phrase.relation == "on" and place.kind in ("country", "admin1"):
            return None
        return _at(phrase, place, resolution.reason)

    def _resolution(self, phrase: NamePhrase, countries: Sequence[str]) -> Resolution:
        stated = self.country_of(phrase.adjective) if phrase.adjective else None
        likely = tuple(dict.fromkeys([*countries, *self._likely]))
        query = PlaceQuery(", ".join(phrase.names), country=stated or "", likely=likely)
        return resolve_place(query, self._gazetteer)

    def _between(self, phrase: NamePhrase, countries: Sequence[str]) -> Location | None:
        one, other = (
            self._by_name(NamePhrase(phrase.span, (name,)), countries) for name in phrase.names
        )
        if one is not None and other is None:
            # The known end tells in which country to look for the other one.
            near = [one.country_a3] if one.country_a3 else []
            other = self._by_name(NamePhrase(phrase.span, phrase.names[1:]), near)
        if one is None or other is None or one.country_a3 != other.country_a3:
            return None
        azimuth, _, apart_m = geod().inv(one.point.x, one.point.y, other.point.x, other.point.y)
        lon, lat, _ = geod().fwd(one.point.x, one.point.y, azimuth, apart_m / 2)
        return replace(
            one,
            point=shapely.Point(lon, lat),
            radius_m=apart_m / 2 + max(one.radius_m, other.radius_m),
            precision="line",
            name=f"between {one.name} and {other.name}",
            place_id=None,
            admin1_code=None,
            reason=f"{one.reason}; {other.reason}; somewhere between the two",
        )

    def _by_border(self, phrase: BorderPhrase, countries: Sequence[str]) -> Location | None:
        sides = [country for name in phrase.sides if (country := self.country_of(name))]
        if len(sides) < len(phrase.sides):
            return None
        side = next((country for country in countries if country not in sides[1:]), None)
        if len(sides) == 1:
            others = [country for country in (*countries, *self._likely) if country != sides[0]]
            if not others:
                return None
            side = others[0]
            sides = [side, sides[0]]
        side = side if side in sides else None
        try:
            band = border_band(side, (sides[0], sides[1]))
        except PlaceNotFoundError:
            return None
        words = phrase.span.of(self._text)
        name = f"{words} ({'-'.join(sorted(sides))})"
        reason = f"“{words}” means the land within 20 km of that border"
        return Location(
            span=phrase.span,
            point=band.point,
            radius_m=band.radius_m,
            precision="line",
            name=name,
            place_id=None,
            country_a3=side,
            admin1_code=None,
            reason=reason + (f", on the side of {side}" if side else ", on either side"),
            footprint=band.footprint,
        )


def _at(phrase: NamePhrase, place: Place, reason: str) -> Location:
    location = Location(
        span=phrase.span,
        point=shapely.Point(place.lon, place.lat),
        radius_m=place_radius_m(place),
        precision=place_precision(place),
        name=place.name,
        place_id=place.place_id,
        country_a3=place.country_a3,
        admin1_code=place.admin1_code,
        reason=reason,
    )
    if phrase.relation == "near" and place.kind != "country":
        return replace(
            location,
            radius_m=location.radius_m + _NEAR_M,
            precision="vicinity",
            reason=f"{reason}; near it",
        )
    if phrase.relation == "offset":
        return _offset(phrase, location)
    return location


def _offset(phrase: NamePhrase, anchor: Location) -> Location:
    azimuth = _AZIMUTH_DEG.get(phrase.part.replace("-", "").removesuffix("ern"))
    stated = f"{phrase.distance_m / 1_000:g} km"
    if azimuth is None:
        reason = f"{anchor.reason}; {stated} from it, in a direction that is not said"
        radius_m = anchor.radius_m + phrase.distance_m * (1 + _DISTANCE_SHARE)
        return replace(anchor, radius_m=radius_m, precision="vicinity", reason=reason)
    lon, lat, _ = geod().fwd(anchor.point.x, anchor.point.y, azimuth, phrase.distance_m)
    return replace(
        anchor,
        point=shapely.Point(lon, lat),
        radius_m=anchor.radius_m + phrase.distance_m * _DISTANCE_SHARE,
        precision="vicinity",
        reason=f"{anchor.reason}; {stated} {phrase.part} of it",
    )


def sharpest(locations: Iterable[Location]) -> Location | None:
    """Sharpest of several places; the first among equals."""
    return min(locations, key=lambda location: location.sharpness, default=None)
