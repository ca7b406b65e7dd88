"""What lies off a coast, on it, or at no distance that can be meant."""

import geopandas as gpd
import pandas as pd
import pytest
import shapely

import geo
from geo.geocoding.shapes.footprints import deepest_point
from geo.geodesy import geod


def located(*texts: str) -> gpd.GeoDataFrame:
    return geo.geocode(pd.DataFrame({"place_text": list(texts)}))


def surfaces(rows: gpd.GeoDataFrame) -> list[str]:
    return list(geo.add_countries(rows[["geometry"]])["surface"])


@pytest.mark.parametrize(
    ("text", "stated_m"),
    [
        ("50 nautical miles off Aden", 92_600.0),
        ("200 km off Mogadishu", 200_000.0),
        ("10 nautical miles off Mogadishu", 18_520.0),
    ],
)
def test_the_point_lies_as_far_off_the_coast_as_is_said(text: str, stated_m: float) -> None:
    rows = located(text)

    shore_m = geo.add_coast(rows[["geometry"]])["coast_distance_m"].iloc[0]
    assert abs(shore_m) == pytest.approx(stated_m, rel=0.1)
    assert surfaces(rows) != ["land"]
    assert rows["footprint"].iloc[0].buffer(0.01).covers(rows.geometry.iloc[0])


def test_off_the_coast_of_a_country_is_at_sea() -> None:
    names = [
        "India", "Nicaragua", "Gambia", "Hong Kong", "Bermuda", "Norfolk Island", "St Barthélemy",
        "Ivory Coast", "Ghana", "Gibraltar", "Guinea-Bissau", "New Caledonia", "Sierra Leone",
    ]  # fmt: skip
    rows = located(*(f"off the coast of {name}" for name in names))

    assert dict(zip(names, surfaces(rows), strict=True)) == dict.fromkeys(names, "territorial_sea")


def test_international_waters_begin_beyond_the_territorial_sea() -> None:
    rows = located("international waters off Nigeria")

    assert surfaces(rows) == ["high_sea"]


def test_a_sea_is_cut_to_what_is_off_a_country() -> None:
    rows = located("in the Red Sea", "in the Red Sea off Yemen", "off the Libyan coast")

    assert rows["place"].tolist() == ["Red Sea", "Red Sea", "Libya"]
    at = rows.geometry.iloc[1]
    assert 42 < at.x < 44
    assert 12 < at.y < 17


def test_what_is_not_said_to_be_at_sea_is_on_land() -> None:
    rows = located("10 km south of Latakia", "20 km south of Aden")

    assert surfaces(rows)[0] == "land"
    assert "all of that is at sea" in rows["reason"].iloc[1]


def test_a_river_is_cut_to_the_stated_country() -> None:
    row = located("along the Nile in Sudan").iloc[0]

    assert row["country_a3"] == "SDN"
    assert geo.add_countries(gpd.GeoDataFrame(geometry=[row.geometry], crs=4326))[
        "country_a3"
    ].tolist() == ["SDN"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("-5 km north of Mosul", "below zero"),
        ("-5 km north of Mosul, Iraq", "below zero"),
        ("20 parsecs north of Mosul", "no unit"),
        ("99999 km north of Mosul", "far away"),
    ],
)
def test_a_number_that_cannot_be_meant_places_nothing(text: str, words: str) -> None:
    row = located(text).iloc[0]

    assert row["status"] == "unlocated"
    assert row.geometry is None or pd.isna(row.geometry)
    assert words in row["reason"]


@pytest.mark.parametrize(
    ("text", "heading_deg", "stated_m"),
    [
        ("15 kilometers (9 miles) west of Mosul", 270, 15_000),
        ("12 mi NW Baghdad", 315, 19_312),
        ("N of Bakhmut 20km", 0, 20_000),
    ],
)
def test_forms_of_the_press(text: str, heading_deg: float, stated_m: float) -> None:
    row = located(text).iloc[0]

    town = located(row["place"]).geometry.iloc[0]
    azimuth, _, metres = geod().inv(town.x, town.y, row.geometry.x, row.geometry.y)
    assert azimuth % 360 == pytest.approx(heading_deg, abs=0.01)
    assert metres == pytest.approx(stated_m, abs=1)


def test_towards_a_place_is_on_the_way_to_it() -> None:
    row = located("20 km from Bakhmut towards Kramatorsk").iloc[0]

    assert "on the way to “Kramatorsk”" in row["reason"]
    assert row.geometry.x < 37.95


def test_a_village_is_none_in_particular() -> None:
    row = located("a village near Maiduguri").iloc[0]

    assert row["place"] == "Maiduguri"
    assert "a village" not in row["reason"]


def test_the_reason_tells_that_the_point_is_the_anchor() -> None:
    rows = geo.geocode(pd.DataFrame({"place_text": ["20 km north of Mosul"]}), relative="anchor")

    assert "the point is Mosul itself" in rows["reason"].iloc[0]


def test_the_deepest_point_is_inside_and_far_from_the_edge() -> None:
    ring = shapely.Point(0, 0).buffer(2.0).difference(shapely.Point(0, 0).buffer(1.0))

    found = deepest_point(ring)

    assert ring.boundary.distance(found) == pytest.approx(0.5, abs=0.03)
