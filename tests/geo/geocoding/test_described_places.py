import geopandas as gpd
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings, strategies as st

import geo
from geo.geocoding.descriptions.parts import main_body
from geo.geodesy import geod
from geo.reference.land import land_of_country
from tests.geo.grammar.test_description_forms import WORDS


def located(*texts: str, **columns: str) -> gpd.GeoDataFrame:
    return geo.geocode(pd.DataFrame({"place_text": list(texts)} | columns))


def km_apart(one: shapely.Point, other: shapely.Point) -> float:
    return float(geod().inv(one.x, one.y, other.x, other.y)[2]) / 1_000


def test_more_and_less_than_a_distance() -> None:
    rows = located(
        "Gwoza, Nigeria",
        "more than 20 km north of Gwoza, Nigeria",
        "less than 20 km north of Gwoza, Nigeria",
        "20 km north of Gwoza, Nigeria",
    )
    town, more, less, plain = rows.geometry

    assert 20 < km_apart(town, more) < 40
    assert 5 < km_apart(town, less) < 20
    assert km_apart(town, plain) == pytest.approx(20, abs=0.01)
    assert "taken as up to 40 km" in rows["reason"].iloc[1]
    assert "up to 20 km" in rows["reason"].iloc[2]
    near = shapely.Point(town.x, town.y + 0.06)
    assert [area.covers(near) for area in rows["footprint"].iloc[1:]] == [False, True, False]


def test_both_descriptions_count_where_they_agree() -> None:
    rows = located("near Bakhmut", "near Bakhmut, 12 km from Chasiv Yar", "12 km from Chasiv Yar")
    near, both, ring = rows["footprint"]

    assert both.area < near.area
    assert near.buffer(1e-6).covers(both)
    assert ring.buffer(1e-6).covers(both)
    assert rows["reason"].iloc[1].endswith("both together")


def test_what_does_not_agree_is_told() -> None:
    row = located("near Bakhmut, 40 km from Kyiv").iloc[0]

    assert km_apart(row.geometry, located("Bakhmut").geometry.iloc[0]) < 1
    assert "leads elsewhere and is not used" in row["reason"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("5 km downstream from Mosul", "“downstream” is not read"),
        ("20 km from Gwoza on the Xyzzy axis", "“Xyzzy” on the way is not known"),
        ("near Gwoza, Xyzzy district, Nigeria", "“Xyzzy district” not used"),
        ("10 km north of the Syrian border, Turkey", "on the side of TUR"),
    ],
)
def test_nothing_that_is_said_is_lost_in_silence(text: str, words: str) -> None:
    row = located(text).iloc[0]

    assert row["status"] == "located"
    assert words in row["reason"]


def test_a_way_gives_a_distance_its_direction() -> None:
    start, there, row = located(
        "Gwoza", "Maiduguri", "40 km from Gwoza on the road to Maiduguri"
    ).geometry
    towards = geod().inv(start.x, start.y, there.x, there.y)[0]

    assert geod().inv(start.x, start.y, row.x, row.y)[0] == pytest.approx(towards, abs=15)
    assert km_apart(start, row) == pytest.approx(40, rel=0.25)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("500 km inside Lebanon", "No part of Lebanon lies 500 km from its borders"),
        ("500 km inside Lebanon from Syria", "No part of Lebanon lies 500 km from its border"),
        ("near the border", "Nothing says whose border is meant"),
        ("the Guinea-Bissau border", "Nothing says which border of GNB is meant"),
        ("the Iraq-Portugal border", "IRQ and PRT share no land border"),
        ("the Martian border", "No country “Martian” is known"),
        ("Iraq-Syria-Oman tri-border area", "share no land border"),
        ("at the confluence of the Tigris and the Diyala", "Nothing here can tell where"),
        ("the coast of Chad", "no coast of it is known"),
    ],
)
def test_reasons_are_true(text: str, reason: str) -> None:
    row = located(text).iloc[0]

    assert row["status"] == "unlocated"
    assert reason in row["reason"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Senegal-Guinea-Bissau border", "border GNB-SEN"),
        ("Jordan/Iraq border", "border IRQ-JOR"),
        ("US-Mexico border", "border MEX-USA"),
        ("Jordan's border with Syria", "border JOR-SYR"),
        ("Gaza-Israel border", "border ISR-PSE"),
        ("Texas-Mexico border", "border MEX-USA"),
        ("near the border, Portugal", "border ESP-PRT"),
        ("Iraq-Syria-Jordan tri-border area", "tripoint IRQ-JOR-SYR"),
        ("the Syrian side of the Turkish border", "border SYR-TUR"),
    ],
)
def test_which_border_is_meant(text: str, place: str) -> None:
    row = located(text).iloc[0]

    assert row["place"] == place
    assert row["precision"] == "line"
    assert row["footprint"].covers(row.geometry)


def test_the_country_of_a_row_tells_whose_border_is_meant() -> None:
    row = located("near the border", country="Portugal").iloc[0]

    assert row["place"] == "border ESP-PRT"
    assert row["country_a3"] == "PRT"


def test_a_tripoint_lies_near_all_three_countries() -> None:
    point = located("Iraq-Syria-Jordan tri-border area").geometry.iloc[0]

    for code in ("IRQ", "SYR", "JOR"):
        land = land_of_country(code)
        assert land is not None
        assert land.distance(point) < 0.02


def test_provinces_have_borders_too() -> None:
    row = located("on the border between Hiiraan and Bay regions, Somalia").iloc[0]

    assert row["status"] == "located"
    assert row["country_a3"] == "SOM"
    assert row["place"].startswith("border of ")


@pytest.mark.parametrize(
    ("text", "west", "south", "east", "north"),
    [
        ("South of France", -5, 41, 10, 47),
        ("France's south", -5, 41, 10, 47),
        ("northern United States", -125, 38, -66, 50),
        ("western Norway", 4, 57, 20, 72),
        ("southern Netherlands", 3, 50, 8, 53),
        ("the Syrian north", 35, 34, 43, 38),
        ("north-central Nigeria", 4, 8, 13, 13),
    ],
)
def test_parts_are_those_of_the_main_body(
    text: str, west: float, south: float, east: float, north: float
) -> None:
    row = located(text).iloc[0]

    assert shapely.box(west, south, east, north).covers(row["footprint"])
    assert row["footprint"].covers(row.geometry)


def test_the_main_body_of_scattered_islands_is_one_group() -> None:
    west, south, east, north = located("northern Kiribati")["footprint"].iloc[0].bounds

    assert east - west < 12
    assert north - south < 12


def test_distant_parts_are_told_and_islands_off_the_shore_belong() -> None:
    states, japan = located("northern United States", "northern Japan")["reason"]

    assert "without its distant parts" in states
    assert "distant" not in japan


def test_a_main_body_over_180_degrees() -> None:
    fiji = land_of_country("FJI")
    assert fiji is not None
    body = main_body(fiji, shapely.Point(178.0, -17.8))

    assert body.area > 0.9 * fiji.area
    assert body.bounds[2] - body.bounds[0] < 10


@pytest.mark.parametrize(
    ("text", "place_id", "words"),
    [
        ("western Arauca", "ne:CO-ARA", "not the town"),
        ("western Washington", "ne:US-WA", "the most prominent of 40 places"),
        ("northern Virginia", "ne:US-VA", "the most prominent of 11 places"),
    ],
)
def test_parts_are_rather_those_of_provinces(text: str, place_id: str, words: str) -> None:
    row = located(text).iloc[0]

    assert row["place_id"] == place_id
    assert words in row["reason"]


def test_distances_count_from_the_town_that_gives_its_province_the_name() -> None:
    row = located("105 km from Teruel, Spain").iloc[0]

    assert row["place_id"] == "geonames:3108126"


def test_large_towns_and_countries_have_parts_of_their_own() -> None:
    city, country = located("eastern Aleppo", "southern Georgia").itertuples()

    assert city.precision == "settlement"
    assert "not the province" in city.reason
    assert country.country_a3 == "GEO"
    assert "not the province" in country.reason


def test_the_country_of_a_row_tells_which_georgia_is_meant() -> None:
    row = located("southern Georgia", country="United States").iloc[0]

    assert row["country_a3"] == "USA"


def test_off_a_country_at_a_distance() -> None:
    rows = located("30 km off the coast of Somalia", "15 nautical miles off Hodeidah")
    land = land_of_country("SOM")
    assert land is not None
    point = rows.geometry.iloc[0]
    nearest = shapely.shortest_line(point, land).coords[1]

    assert geo.add_countries(rows)["surface"].ne("land").all()
    assert km_apart(point, shapely.Point(nearest)) == pytest.approx(30, abs=8)


def test_on_a_coast_is_on_land_near_it() -> None:
    row = geo.add_coast(geo.add_countries(located("the Libyan coast"))).iloc[0]

    assert row["country_a3"] == "LBY"
    assert row["coast_distance_m"] < 12_000


@given(st.lists(st.sampled_from(WORDS), max_size=9))
@settings(max_examples=60, deadline=None)
def test_no_description_breaks_geocoding(words: list[str]) -> None:
    row = located(" ".join(words)).iloc[0]

    assert row["status"] in {"located", "unlocated", "ambiguous", "suspicious", "missing"}
    footprint = row.get("footprint")
    if isinstance(footprint, shapely.Geometry):
        assert footprint.is_valid
        assert footprint.area > 0
