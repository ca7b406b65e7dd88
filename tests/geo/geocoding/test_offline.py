"""Our geocoding stands where people use Nominatim."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from geopy.exc import GeocoderUnavailable
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import Nominatim
from geopy.geocoders.base import Geocoder
from geopy.location import Location
from geopy.point import Point
from typeguard import suppress_type_checks

import geo
from geo.errors import SchemaError

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def offline() -> Iterator[geo.Offline]:
    with geo.Offline(user_agent="newsroom/1.0", timeout=1) as geocoder:
        yield geocoder


def test_it_is_a_geocoder_of_geopy(offline: geo.Offline) -> None:
    assert isinstance(offline, Geocoder)
    for verb in ("geocode", "reverse"):
        ours = inspect.signature(getattr(offline, verb)).parameters
        theirs = inspect.signature(getattr(Nominatim, verb)).parameters
        shared = {"query", "exactly_one", "timeout"}
        assert shared <= set(ours) & set(theirs)
        assert all(ours[name].kind is theirs[name].kind for name in shared)
        assert all(ours[name].default is theirs[name].default for name in shared)


def test_a_place_is_a_location_with_our_answer(offline: geo.Offline) -> None:
    found = offline.geocode("Tower 22, Jordan", addressdetails=True, language="en", timeout=3)

    assert isinstance(found, Location)
    assert (found.latitude, found.longitude) == pytest.approx((33.306, 38.703))
    assert found.address == "Tower 22, Jordan"
    assert found.raw["place_id"] == "curated:tower-22"
    assert found.raw["uncertainty_m"] == 1_000
    assert (found.raw["status"], found.raw["precision"]) == ("located", "site")


def test_descriptions_and_coordinates_are_read(offline: geo.Offline) -> None:
    described = offline.geocode("20 km north of Gwoza, Nigeria")
    anchored = geo.Offline(relative="anchor").geocode("20 km north of Gwoza, Nigeria")
    stated = offline.geocode("33.306, 38.703")

    assert described.raw["footprint"].startswith("POLYGON")
    assert described.latitude > anchored.latitude + 0.1
    assert stated.address == "33.306, 38.703"
    assert (stated.latitude, stated.longitude) == pytest.approx((33.306, 38.703))


@pytest.mark.parametrize(
    "text",
    ["", "Nowhere Bay", "Nowhere Bay, Jordan", "the hospital", "95, 200", "x" * 5_000, "\x00"],
)
def test_it_abstains(offline: geo.Offline, text: str) -> None:
    assert offline.geocode(text) is None
    assert offline.geocode(text, exactly_one=False) is None


def test_all_that_can_be_meant_is_listed(offline: geo.Offline) -> None:
    found = offline.geocode("Tripoli", exactly_one=False)
    limited = offline.geocode("Tripoli", exactly_one=False, limit=1)

    assert {"LBY", "LBN"} <= {one.raw["country_a3"] for one in found}
    assert len({one.raw["place_id"] for one in found}) == len(found)
    assert len(limited) == 1


def test_countries_narrow_the_search(offline: geo.Offline) -> None:
    assert offline.geocode("Tripoli", country_codes="lb").raw["country_a3"] == "LBN"
    assert offline.geocode("Tripoli", country_codes=["LY"]).raw["country_a3"] == "LBY"
    assert offline.geocode("Tower 22", country_codes=["lb", "ly"]) is None
    listed = offline.geocode("Tripoli", country_codes=["lb"], exactly_one=False)
    assert {one.raw["country_a3"] for one in listed} == {"LBN"}


def test_the_order_of_the_countries_means_nothing(offline: geo.Offline) -> None:
    both = [
        offline.geocode("Tripoli", country_codes=codes)
        for codes in (["lb", "ly"], ["ly", "lb"], "lb,ly", " LY, lb,ly")
    ]
    listed = [
        [
            one.raw["place_id"]
            for one in offline.geocode("Tripoli", exactly_one=False, country_codes=codes)
        ]
        for codes in (["lb", "ly"], ["ly", "lb"])
    ]

    assert len({one and one.raw["place_id"] for one in both}) == 1
    assert listed[0] == listed[1]
    assert listed[0][0] == "geonames:2210247"


def test_the_places_of_all_countries_are_weighed_together(offline: geo.Offline) -> None:
    # Of the two in one country neither is preferred, and a hamlet elsewhere is none of them.
    assert offline.geocode("Springfield", country_codes="us") is None
    assert offline.geocode("Springfield", country_codes="us,ca,gb,au") is None
    assert offline.geocode("Amman", country_codes="lb,jo").raw["country_a3"] == "JOR"
    assert offline.geocode("33.306, 38.703", country_codes="lb,jo").raw["country_a3"] is None


@pytest.mark.parametrize("nothing", [None, float("nan"), pd.NA, pd.NaT, " "])
def test_nothing_is_no_place(offline: geo.Offline, nothing: Any) -> None:
    with suppress_type_checks():
        assert offline.geocode(nothing) is None
        assert offline.geocode(nothing, exactly_one=False) is None
        assert offline.reverse(nothing) is None
        assert offline.reverse(nothing, exactly_one=False) is None
        assert pd.Series([nothing, "Amman"], dtype=object).apply(offline.geocode).notna().sum() == 1


def test_a_number_is_no_question(offline: geo.Offline) -> None:
    with suppress_type_checks(), pytest.raises(SchemaError, match="expected a text, or a mapping"):
        offline.geocode(7.5)


def test_coordinates_lie_in_the_country_round_them(offline: geo.Offline) -> None:
    found = offline.geocode("33.306, 38.703", country_codes="jo")

    assert (found.latitude, found.longitude) == pytest.approx((33.306, 38.703))
    assert offline.geocode("33.306, 38.703", country_codes=["lb", "sy"]) is None


def test_a_structured_question_is_read(offline: geo.Offline) -> None:
    found = offline.geocode({"city": "Tripoli", "country": "Lebanon", "postalcode": "1300"})
    area = offline.geocode({"country": "Jordan"})

    assert found.raw["country_a3"] == "LBN"
    assert (area.address, area.raw["precision"]) == ("Jordan", "country")
    assert offline.geocode({"postalcode": "1300"}) is None


def test_a_column_is_applied_through_a_rate_limiter(offline: geo.Offline) -> None:
    texts = pd.Series(["Amman", "Nowhere Bay"])

    found = texts.apply(RateLimiter(offline.geocode, min_delay_seconds=0))

    assert [one and one.raw["place_id"] for one in found] == ["geonames:250441", None]


@pytest.mark.parametrize("query", [(33.303, 38.7), "33.303, 38.7", Point(33.303, 38.7)])
def test_a_point_is_told_by_what_lies_near(offline: geo.Offline, query: Any) -> None:
    found = offline.reverse(query, language="en")

    assert found.address.endswith("Jordan")
    assert found.raw["country_a3"] == "JOR"
    assert found.raw["admin1"] == "Mafraq"


def test_the_nearest_settlement_gives_the_point(offline: geo.Offline) -> None:
    (found,) = offline.reverse((31.95, 35.93), exactly_one=False)

    assert found.address == "Amman, Jordan"
    assert 0 < found.raw["distance_m"] < 5_000
    assert (found.latitude, found.longitude) != (31.95, 35.93)


def test_seas_and_antimeridian(offline: geo.Offline) -> None:
    sea = offline.reverse((0.0, -30.0))
    taveuni = offline.reverse((-16.8, -179.99))

    assert "Ocean" in sea.address
    assert (sea.latitude, sea.longitude) == (0.0, -30.0)
    assert taveuni.raw["country_a3"] == "FJI"
    assert taveuni.raw["distance_m"] < 25_000


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"viewbox": [(0, 0), (1, 1)]}, "knows no option viewbox"),
        ({"limit": 0}, "limit is 0"),
        ({"country_codes": "zz"}, "'zz' is no code of a country"),
    ],
)
def test_what_it_cannot_do_is_said(
    offline: geo.Offline, options: dict[str, Any], words: str
) -> None:
    with pytest.raises(SchemaError, match=words):
        offline.geocode("Amman", **options)


def test_it_has_no_way_to_a_host(offline: geo.Offline) -> None:
    with pytest.raises(GeocoderUnavailable, match="never asks a host"):
        offline.adapter.get_json("https://example.org", timeout=1, headers={})
