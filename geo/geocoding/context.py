"""Where a place lies by what stands beside its name: country, province, what follows a comma."""

from collections.abc import Sequence
from dataclasses import dataclass

from geo.gazetteer.places import Gazetteer, Place
from geo.geocoding.candidates import find_country, find_province
from geo.geocoding.districts import district_reach_m, find_district
from geo.geocoding.matches import Match
from geo.geocoding.wording import quoted

__all__ = ["Context", "PlaceQuery", "context_of", "name_parts"]

# Village, district, province and country, with something to spare.
_MOST_PARTS = 8


@dataclass(frozen=True)
class PlaceQuery:
    """A place as a row states it; empty where the row says nothing.

    `likely` are ISO 3166-1 alpha-3 codes of countries that the surroundings speak of.
    """

    text: str = ""
    country: str = ""
    admin1: str = ""
    likely: tuple[str, ...] = ()
    admin2: str = ""


@dataclass(frozen=True)
class Context:
    """Country, province and district in which a place lies, where they are known.

    `unknown` is what a row calls its country or province, and nobody knows.
    """

    country: Place | None
    province: Place | None
    unknown: str = ""
    district: Place | None = None

    def area(self) -> Place | None:
        """The smallest of them."""
        return self.district or self.province or self.country

    def doubts(self) -> str:
        """End of a sentence that tells what is unknown."""
        if not self.unknown:
            return ""
        return f"; no country or province named {quoted(self.unknown)} is known"

    def words(self) -> str:
        """End of a sentence that tells where a place lies."""
        area = self.area()
        return f" in {area.name}" if area else ""

    def allows(self, place: Place) -> bool:
        """Whether a place lies in the country."""
        # Seas and regions across borders belong to no country, and contradict none.
        country = self.country or self.province
        return country is None or place.country_a3 in (None, country.country_a3)

    def inside(self, places: Sequence[Place]) -> list[Place]:
        """Places in the country; only those in the province where there are any.

        Where the district is known, only what can lie in it counts.
        """
        allowed = [place for place in places if self.allows(place) and self._in_district(place)]
        return [place for place in allowed if self._in_province(place)] or allowed

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

    def _in_district(self, place: Place) -> bool:
        district = self.district
        if district is None or place.kind == "country":
            return True
        if place.kind == "admin1":
            return place.admin1_code == district.admin1_code
        return place.distance_m(district) <= district_reach_m(district)


def name_parts(text: str) -> list[str]:
    """Parts of a text between commas, without empty ones; of a long list only the first."""
    return [part.strip() for part in text.split(",") if part.strip()][:_MOST_PARTS]


def context_of(query: PlaceQuery, parts: Sequence[str], gazetteer: Gazetteer) -> Context:
    """Country and province of the columns, else of what follows the comma."""
    country = find_country(query.country, gazetteer) if query.country else None
    # What stands in the country column and is no country may be a province.
    province_name = query.admin1 or ("" if country else query.country)
    for part in reversed(parts):
        found = None if country else find_country(part, gazetteer)
        country = country or found
        if found is None and not province_name:
            province_name = part
    code = country.country_a3 if country else None
    province = find_province(province_name, gazetteer, country_a3=code) if province_name else None
    if province is None and query.admin1:
        # What the one calls a province is to the other a country: Gaza Strip, Kosovo.
        country = find_country(query.admin1, gazetteer) or country
        code = country.country_a3 if country else None
        province_name = "" if country and country.kind == "country" else province_name
    is_stated = province_name in (query.admin1, query.country) and province is None
    district = None
    if query.admin2:
        within = code or (province.country_a3 if province else None)
        district = find_district(query.admin2, gazetteer, country_a3=within, province=province)
    return Context(country, province, province_name if is_stated else "", district)
