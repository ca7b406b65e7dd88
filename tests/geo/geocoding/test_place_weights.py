"""What speaks for a place, how probable that makes it, and the radius that follows."""

import pytest
from hypothesis import given, strategies as st

from geo.gazetteer.feature_codes import features
from geo.gazetteer.places import Place, shipped_gazetteer
from geo.geocoding.fitted import fitted
from geo.geocoding.mentions.documents import meanings_of
from geo.geocoding.mentions.evidence import (
    CONTEXT_FEATURES,
    Evidence,
    Witness,
    regions_of,
)
from geo.geocoding.names.scoring import NameSaid, own_features, shares, weigh
from geo.geocoding.uncertainty import incident_radius_m, mixed_radius_m, place_radius_m

KINDS = ("country", "admin1", "admin2", "settlement", "site", "area", "water", "line")


def place(kind: str = "settlement", **changes: object) -> Place:
    """A place of a kind at 10 E, 50 N."""
    known = Place("x:1", "Amberg", kind, None, 10.0, 50.0, 20_000.0, "DEU", "DE-BY", None, 5_000)
    return known._replace(**changes)  # type: ignore[arg-type]


def test_every_feature_of_a_place_has_a_weight() -> None:
    found: set[str] = set()
    for kind in KINDS:
        for code in (None, "PPLC", "PPLA", "PPLX", *features()):
            for place_id in ("x:1", "geonames:1"):
                one = place(kind, place_id=place_id, feature_code=code, population=0)
                said = NameSaid.of("Amberg Province", [one, place("admin1")])
                found |= own_features(one, said).keys()
                found |= own_features(one, NameSaid.of("Am.", [one])).keys()

    assert found <= fitted("features").keys()
    assert {"log_population", "capital", "main_name"} <= fitted("features").keys()


def test_every_feature_of_a_document_has_a_weight() -> None:
    witnesses = [Witness(kind, [regions_of(place(kind))], [1.0], 1.0) for kind in KINDS]
    evidence = Evidence(witnesses)
    found = {
        name for number in range(len(KINDS)) for one in evidence.features(number) for name in one
    }

    assert found <= fitted("features").keys()
    assert {"near_named", "province_named", "document_country", "country_in_text"} <= found


def test_a_name_is_no_evidence_for_itself() -> None:
    witness = Witness("a", [regions_of(place())], [1.0], 3.0)

    assert Evidence([witness]).features(0) == [{}]
    assert Evidence([witness]).measures(0) is None


def test_nearness_counts_and_distance_does_not() -> None:
    here, near, far = (regions_of(place(lon=lon)) for lon in (10.0, 10.2, 30.0))
    evidence = Evidence([Witness("a", [here], [1.0], 1.0), Witness("b", [near], [1.0], 1.0)])
    other = Evidence([Witness("a", [here], [1.0], 1.0), Witness("b", [far], [1.0], 1.0)])

    assert weigh(evidence.features(0)[0]) > weigh(other.features(0)[0])


@pytest.mark.parametrize(("share", "says"), [(0.009, False), (0.011, True)])
def test_places_that_are_hardly_meant_say_nothing(share: float, *, says: bool) -> None:
    here, far = regions_of(place()), regions_of(place(lon=30.0, country_a3="UKR"))
    witnesses = [
        Witness("a", [here], [1.0], 1.0), Witness("b", [far, here], [1.0 - share, share], 1.0)
    ]  # fmt: skip

    found = Evidence(witnesses).features(0)[0]

    assert ("near_named" in found) is says
    assert ("document_country" in found) is says


def test_measures_and_features_say_the_same() -> None:
    known = fitted("features")
    places = [place(), place("country"), place(lon=14.0), place(lon=40.0, country_a3="RUS")]
    witnesses = [Witness(str(n), [regions_of(one)], [1.0], 1.0) for n, one in enumerate(places)]
    evidence = Evidence(witnesses)

    for number, one in enumerate(places):
        (named,) = evidence.features(number)
        (measured,) = evidence.measures(number) or ()
        told = dict(zip(CONTEXT_FEATURES, measured, strict=False))
        area = {"country_in_text": 1.0} if one.kind == "country" else {}
        assert {name: value for name, value in told.items() if value} | area == named
        assert evidence.said_for(str(number), one) == named
        assert named.keys() <= known.keys()


def test_people_speak_for_a_town_and_its_main_name_too() -> None:
    def said_for(one: Place, name: str) -> float:
        return weigh(own_features(one, NameSaid.of(name, [one])))

    assert said_for(place(population=50_000), "Amberg") > said_for(place(), "Amberg")
    assert said_for(place(), "Amberg") > said_for(place(), "Zwirbel")
    assert said_for(place("admin1"), "Amberg Province") > said_for(place(), "Amberg Province")


def test_meanings_are_looked_up_once_and_hold_nationalities() -> None:
    gazetteer = shipped_gazetteer()

    found = meanings_of("Kenyan", gazetteer)

    assert meanings_of("Kenyan", gazetteer) is found
    assert "ne:KEN" in {one.place_id for one in found.places}


@given(st.lists(st.floats(-50, 50), min_size=1, max_size=8))
def test_shares_add_up_and_keep_the_order(weighed: list[float]) -> None:
    found = shares(weighed)

    assert sum(found) == pytest.approx(1.0)
    assert found[weighed.index(max(weighed))] == max(found)


def test_the_radius_reaches_a_rival_that_is_likely_enough() -> None:
    best, rival = place(radius_m=None), place(lon=14.2)
    apart_m = best.distance_m(rival)

    assert mixed_radius_m([(best, 0.99), (rival, 0.01)]) < 10_000
    assert mixed_radius_m([(best, 0.7), (rival, 0.3)]) > apart_m - 20_000


def test_hundreds_of_places_of_one_name_have_a_radius_too() -> None:
    places = [(place(place_id=f"x:{number}", lon=number / 3), 1 / 500) for number in range(500)]

    assert mixed_radius_m(places) > 0


@given(st.floats(0.5, 1.0), st.floats(0.5, 1.0))
def test_more_doubt_never_makes_the_radius_smaller(one: float, other: float) -> None:
    sure, doubtful = max(one, other), min(one, other)
    best, rival = place(), place(lon=14.2)

    radii = [mixed_radius_m([(best, share), (rival, 1.0 - share)]) for share in (sure, doubtful)]

    assert radii[0] <= radii[1] + 1.0


def test_a_certain_place_has_its_own_radius() -> None:
    for kind in KINDS:
        one = place(kind)
        assert mixed_radius_m([(one, 1.0)]) == pytest.approx(incident_radius_m(one), abs=0.1)


def test_areas_are_sharper_than_their_whole_and_towns_less_than_their_houses() -> None:
    assert incident_radius_m(place("country")) < place_radius_m(place("country"))
    town = place(radius_m=None)
    assert incident_radius_m(town) > place_radius_m(town)
    assert incident_radius_m(place("site")) == place_radius_m(place("site"))
