"""Which places a name can mean, and how much speaks for each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from weakref import WeakKeyDictionary

from geo.gazetteer.near_names import near_names
from geo.gazetteer.places import Gazetteer, Place
from geo.geocoding.names.scoring import NameSaid, own_features, priority_weight, weigh
from geo.grammar.name_sounds import skeleton
from geo.grammar.names import normalise_name
from geo.grammar.place_forms import name_forms, without_unit_words
from geo.vocabulary import demonym_country
from geo.vocabulary.country_codes import country_of_code, country_of_official_name

__all__ = [
    "Candidate",
    "country_said",
    "find_country",
    "find_named",
    "find_province",
    "is_city",
    "named_country",
    "rank",
    "same_place",
]

# Entries this close to a better one of the same country are that place once more.
_SAME_PLACE_M = 25_000.0
# No degree of latitude is as short as this makes it.
_SAME_PLACE_DEG = _SAME_PLACE_M / 110_000.0
# Share of what is tolerated by which the name of a province of a known country may differ.
_NEAR_SHARE = 0.75
# Towns that a province is named after, by their feature codes, or by their inhabitants.
_SEATS = ("PPLA", "PPLC")
_CITY = 100_000
# Tables name few countries, and each of them thousands of times.
_MOST_KNOWN = 1_000
_countries: WeakKeyDictionary[Gazetteer, dict[str, Place | None]] = WeakKeyDictionary()
_coded: WeakKeyDictionary[Gazetteer, dict[str, Place | None]] = WeakKeyDictionary()
_ALPHA3 = 3


@dataclass(frozen=True)
class Candidate:
    """A place that a name can mean; the weight is a decadic logarithm."""

    place: Place
    weight: float


def rank(
    name: str,
    places: Sequence[Place],
    *,
    likely: Sequence[str] = (),
    others: Callable[[Place], Mapping[str, float]] | None = None,
) -> list[Candidate]:
    """Distinct places among those that carry a name, the likeliest first.

    Kind, population and rank as a seat of government speak for a place, and so does the name being
    its main one, what other names say for it, or its country being among the likely ones (ISO
    3166-1 alpha-3). The priority of a user's own gazetteer decides before all that.
    """
    if others is None:
        others = partial(_said_of_country, likely=likely)
    said = NameSaid.of(name, places)
    candidates = sorted(
        (
            Candidate(place, _weight(place, said) + weigh(others(place)))
            for place in _without_units(places, said.unit)
        ),
        key=lambda candidate: (-candidate.weight, candidate.place.place_id),
    )
    distinct: list[Candidate] = []
    for candidate in candidates:
        if not any(same_place(candidate.place, better.place) for better in distinct):
            distinct.append(candidate)
    return distinct


def find_country(name: str, gazetteer: Gazetteer) -> Place | None:
    """Country of a name, of an ISO 3166-1 alpha-3 or alpha-2 code, or a region of one country.

    GeoNames' areas, which bear the names of provinces and towns, do not stand for a country. A text
    is read by `named_country`: in "Fresno, CA" it names a province.
    """
    # In capitals it is the code, also where a language calls another country so: Áo is Austria.
    code = country_of_code(name)
    if code is None:
        return _known_country(name, gazetteer)
    found = _coded_country(code, gazetteer) if name.isupper() else _known_country(name, gazetteer)
    return found or _coded_country(code, gazetteer)


def named_country(name: str, gazetteer: Gazetteer) -> Place | None:
    """Country that a text names: in words, or by an alpha-3 code in capitals."""
    if len(name) == _ALPHA3 and name.isupper() and (code := country_of_code(name)):
        return _coded_country(code, gazetteer)
    return _known_country(name, gazetteer)


def country_said(name: str, gazetteer: Gazetteer) -> str | None:
    """ISO 3166-1 alpha-3 code of a country that a text names, or an adjective of nationality."""
    by_demonym = demonym_country(name)
    if by_demonym:
        return by_demonym
    country = named_country(name, gazetteer)
    return country.country_a3 if country else None


def find_named(
    name: str, gazetteer: Gazetteer, wanted: Callable[[list[Place]], list[Place]] = list
) -> list[Place]:
    """Places that carry a name, else another form of it; only the wanted ones count."""
    found = (wanted(gazetteer.find(form)) for form in name_forms(name))
    return next(filter(None, found), [])


def _coded_country(country_a3: str, gazetteer: Gazetteer) -> Place | None:
    known = _coded.setdefault(gazetteer, {})
    if country_a3 not in known:
        known[country_a3] = gazetteer.get(f"ne:{country_a3}")
    return known[country_a3]


def _known_country(name: str, gazetteer: Gazetteer) -> Place | None:
    known = _countries.setdefault(gazetteer, {})
    if name not in known:
        if len(known) >= _MOST_KNOWN:
            known.clear()
        known[name] = _country(name, gazetteer)
    return known[name]


def _country(name: str, gazetteer: Gazetteer) -> Place | None:
    # "Congo (Kinshasa)", "Myanmar (Burma)": the whole, else one of the two.
    outside, _, inside = name.partition("(")
    for said in dict.fromkeys((name, outside, inside.partition(")")[0])):
        official = country_of_official_name(said)
        if official and (coded := _coded_country(official, gazetteer)):
            return coded
        countries = _of_kind("country", said, gazetteer) or [
            region
            for region in _of_kind("area", said, gazetteer)
            if region.country_a3 and not region.place_id.startswith("geonames:")
        ]
        if countries:
            return countries[0]
    return None


def find_province(name: str, gazetteer: Gazetteer, *, country_a3: str | None) -> Place | None:
    """Province of a name, if only one, or only one of the country, has it."""
    provinces = _of_kind("admin1", name, gazetteer)
    if country_a3 is not None:
        provinces = [place for place in provinces if place.country_a3 == country_a3]
        provinces = provinces or _sounding_alike(name, gazetteer, country_a3)
    if len(provinces) > 1:
        # One that is called so in another spelling is meant, not one that has the name besides.
        bones = {skeleton(form) for form in name_forms(name)}
        called = [one for one in provinces if skeleton(normalise_name(one.name)) in bones]
        provinces = called or provinces
    return provinces[0] if len(provinces) == 1 else None


def _sounding_alike(name: str, gazetteer: Gazetteer, country_a3: str) -> list[Place]:
    """The provinces of a country whose names are a name in another spelling."""
    nears = near_names(without_unit_words(name), gazetteer.files)
    cost = None
    found: dict[str, Place] = {}
    for near in nears:
        if near.share > _NEAR_SHARE or (cost is not None and near.cost > cost):
            break
        for place in gazetteer.find(near.key):
            if place.kind == "admin1" and place.country_a3 == country_a3:
                found[place.place_id] = place
                cost = near.cost
    return list(found.values())


def _of_kind(kind: str, name: str, gazetteer: Gazetteer) -> list[Place]:
    return find_named(
        name, gazetteer, lambda places: [place for place in places if place.kind == kind]
    )


def _without_units(places: Sequence[Place], unit: str) -> list[Place]:
    """Places without the districts, and the provinces of a seat, that bear their name.

    They stay where the text says "district" or "province".
    """
    seats = {place.admin1_code for place in places if is_city(place)}
    kept = [
        place
        for place in places
        if place.priority > 0
        or place.kind == unit
        or not (place.kind == "admin2" or (place.kind == "admin1" and place.admin1_code in seats))
    ]
    return kept if kept and unit != "admin2" else list(places)


def is_city(place: Place) -> bool:
    """Whether a place is a town that a province may be named after."""
    return place.kind == "settlement" and (
        place.feature_code in _SEATS or place.population >= _CITY
    )


def _weight(place: Place, said: NameSaid) -> float:
    return weigh(own_features(place, said)) + priority_weight(place)


def _said_of_country(place: Place, likely: Sequence[str]) -> Mapping[str, float]:
    return {"document_country": float(place.country_a3 in likely)}


def same_place(place: Place, better: Place) -> bool:
    """Whether two entries are one place, of which the better one stands for both."""
    if place.place_id == better.place_id:
        return True
    if place.country_a3 != better.country_a3:
        return False
    # A province or district and its seat share a name; the better of the two stands for both.
    has_unit = {"admin1", "admin2"} & {place.kind, better.kind}
    if has_unit and place.admin1_code == better.admin1_code:
        return place.admin1_code is not None
    is_far = abs(place.lat - better.lat) > _SAME_PLACE_DEG
    return not is_far and place.distance_m(better) <= _SAME_PLACE_M
