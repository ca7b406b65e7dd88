"""Where a place lies by what stands beside its name: country, province, what follows a comma."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from geo.gazetteer.places import Gazetteer, Place
from geo.geocoding.names.candidates import find_country, find_province, is_city, named_country
from geo.geocoding.names.districts import district_reach_m, find_district, find_unit
from geo.geocoding.names.matches import Match
from geo.geocoding.uncertainty import place_radius_m
from geo.geocoding.wording import LONGEST_TEXT, quoted
from geo.grammar.names import normalise_name

__all__ = ["Context", "PlaceQuery", "context_of", "name_parts", "why_too_long"]

# Village, district, province and country, with something to spare.
_MOST_PARTS = 8
_UNITS = ("admin1", "admin2")


@dataclass(frozen=True)
class PlaceQuery:
    """A place as a row states it; empty where the row says nothing.

    `likely` are ISO 3166-1 alpha-3 codes of countries that the surroundings speak of; `others`
    tells, as features, what other names say for a place.
    """

    text: str = ""
    country: str = ""
    admin1: str = ""
    likely: tuple[str, ...] = ()
    admin2: str = ""
    others: Callable[[Place], Mapping[str, float]] | None = None


@dataclass(frozen=True)
class Context:
    """Country, province and district in which a place lies, where they are known.

    `unknown` tells which units of a row nobody knows: 'province named “Qurx”'.
    """

    country: Place | None
    province: Place | None
    unknown: tuple[str, ...] = ()
    district: Place | None = None

    def area(self) -> Place | None:
        """The smallest of them."""
        return self.district or self.province or self.country

    def doubts(self) -> str:
        """End of a sentence that tells what is unknown."""
        return "".join(f"; no {unit} is known" for unit in self.unknown)

    def words(self) -> str:
        """End of a sentence that tells where a place lies."""
        return _inside(self.area())

    def words_of(self, place: Place) -> str:
        """End of a sentence that tells where a place lies, also where it strays from its unit."""
        if self.strays(place) and self.province is not None:
            around = f"{_inside(self.country)}, not in {self.province.name}"
            return around if self.district is None else f"{around}, near {self.district.name}"
        if self.district is None and not self._in_province(place):
            return _inside(self.country)
        return self.words()

    def strays(self, place: Place) -> bool:
        """Whether a place is known to lie in another province."""
        has_province = place.kind != "country" and place.admin1_code is not None
        return has_province and not self._in_province(place)

    def allows(self, place: Place) -> bool:
        """Whether a place lies in the country."""
        # Seas and regions across borders belong to no country, and contradict none.
        country = self.country or self.province
        return country is None or place.country_a3 in (None, country.country_a3)

    def inside(self, name: str, places: Sequence[Place]) -> list[Place]:
        """Places of a name in the country; only those in the province where there are any.

        Where the district is known, only what can lie in it counts.
        """
        allowed = [place for place in places if self.allows(place) and self._in_district(place)]
        here = [place for place in allowed if self._in_province(place)]
        if all(place.kind in _UNITS for place in here):
            here = [place for place in allowed if self._is_city_beside(place, name)] or here
        return here or allowed

    def inside_matches(self, matches: Sequence[Match]) -> list[Match]:
        """The same of matches."""
        allowed = [
            match
            for match in matches
            if self.allows(match.place) and self._in_district(match.place)
        ]
        return [match for match in allowed if self._in_province(match.place)] or allowed

    def _in_province(self, place: Place) -> bool:
        return self.province is None or place.admin1_code == self.province.admin1_code

    def _is_city_beside(self, place: Place, name: str) -> bool:
        """Whether a place is the city of a name that is no part of the province round it: Minsk."""
        province = self.province
        if province is None or not is_city(place):
            return False
        if normalise_name(place.name) != normalise_name(name):
            return False
        return place.distance_m(province) <= place_radius_m(province)

    def _in_district(self, place: Place) -> bool:
        district = self.district
        if district is None or place.kind == "country":
            return True
        if place.kind == "admin1":
            return place.admin1_code == district.admin1_code
        return place.distance_m(district) <= district_reach_m(district)


def why_too_long(query: PlaceQuery) -> str | None:
    """Why a query is no place, where something in it is longer than any name; else None."""
    said = {
        "text": query.text, "country": query.country, "province": query.admin1,
        "district": query.admin2,
    }  # fmt: skip
    for what, words in said.items():
        if len(words) > LONGEST_TEXT:
            return f"The {what} has {len(words):,} characters; that is no place"
    return None


def name_parts(text: str) -> list[str]:
    """Parts of a text between commas, without empty ones; of a long list only the first."""
    return [part.strip() for part in text.split(",") if part.strip()][:_MOST_PARTS]


def context_of(query: PlaceQuery, parts: Sequence[str], gazetteer: Gazetteer) -> Context:
    """Country and province of the columns, else of what follows the comma."""
    country = find_country(query.country, gazetteer) if query.country else None
    # What stands in the country column and is no country may be a province.
    province_name = query.admin1 or ("" if country else query.country)
    for part in reversed(parts):
        found = None if country else named_country(part, gazetteer)
        country = country or found
        if found is None and not province_name:
            province_name = part
    code = country.country_a3 if country else None
    province = find_province(province_name, gazetteer, country_a3=code) if province_name else None
    if province is None and query.admin1:
        # What the one calls a province is to the other a country: Gaza Strip, Kosovo.
        named = find_country(query.admin1, gazetteer)
        if named is not None:
            country, code, province_name = named, named.country_a3, ""
    unknown = []
    district = None
    if query.admin2:
        within = code or (province.country_a3 if province else None)
        district = find_district(query.admin2, gazetteer, country_a3=within, province=province)
        if district is None:
            unknown.append(f"district named {quoted(query.admin2)}{_inside(province or country)}")
    if province_name and province is None and province_name in (query.admin1, query.country):
        unit = "province" if country else "country or province"
        unknown.insert(0, f"{unit} named {quoted(province_name)}{_inside(country)}")
        district = district or find_unit(province_name, gazetteer, country_a3=code)
    return Context(country, province, tuple(unknown), district)


def _inside(area: Place | None) -> str:
    return f" in {area.name}" if area else ""
