"""Coordinates as navigators, programs and map services write them; broken texts among them."""

import json
import re
import time
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import given, strategies as st

import geo
from geo.grammar.angle_text import plain_text
from geo.grammar.angles import parse_angle, parse_degrees
from geo.grammar.encodable import encodable
from geo.grammar.notations import read_position
from geo.grammar.position_words import read_among_words
from geo.grammar.program_notations import geojson_position, iso_6709_position, wkt_position

TOWER_22 = (38.703, 33.306)

#: Texts of one place, with the notation that each is read in.
READ = {
    "33-18-21.6N 38-42-10.8E": "dms",
    "33-18.36N, 038-42.18E": "dm",
    "33:18:21.6N 38:42:10.8E": "dms",
    "N33:18:21.6 E38:42:10.8": "dms",
    "33d18m21.6s N 38d42m10.8s E": "dms",
    "33d18m21.6sN 38d42m10.8sE": "dms",
    "N 33d18m21.6s, E 38d42m10.8s": "dms",
    "33D18M21.6S 38D42M10.8S": "dms",
    "33 deg 18 min 21.6 sec N 38 deg 42 min 10.8 sec E": "dms",
    "33 degrees 18.36 minutes north, 38 degrees 42.18 minutes east": "dm",
    "33.306 degrees N, 38.703 degrees E": "decimal",
    "N 33.306 38.703": "decimal",
    "+33.306+038.703/": "iso_6709",
    "+3318.36+03842.18/": "iso_6709",
    "+331821.6+0384210.8+600CRSWGS_84/": "iso_6709",
    "POINT (38.703 33.306)": "wkt",
    "Point(38.703 33.306)": "wkt",
    "SRID=4326;POINT Z (38.703 33.306 600)": "wkt",
    '{"type":"Point","coordinates":[38.703,33.306]}': "geojson",
    "{'type': 'Point', 'coordinates': [38.703, 33.306, 600.0]}": "geojson",
    '{"type":"Feature","geometry":{"type":"Point","coordinates":[38.703,33.306]}}': "geojson",
    "https://www.google.com/maps/search/33.306,+38.703": "map_link",
    "https://www.google.com/maps/search/33.306,+38.703?entry=tts": "map_link",
    "https://www.google.com/maps/place/33.306+38.703": "map_link",
    "https://www.google.com/maps/place/33%C2%B018'21.6%22N+38%C2%B042'10.8%22E": "map_link",
    "https://www.google.com/maps/place/33%C2%B018'21.6%22N+38%C2%B042'10.8%22E/@1,2,9z": "map_link",
    "https://www.google.com/maps/dir//33%C2%B018'21.6%22N+38%C2%B042'10.8%22E/": "map_link",
    "33-18-21.6N 38-42-10.8E (Jordan)": "dms",
    "Jordan 33d18m21.6s N 38d42m10.8s E": "dms",
    "Rukban: POINT (38.703 33.306)": "wkt",
    "Rukban POINT (38.703 33.306), Jordan": "wkt",
    "Observation point (33.306 38.703)": "decimal",
    "OBSERVATION POINT (33.306 38.703)": "decimal",
}


@pytest.mark.parametrize("text", READ, ids=range(len(READ)))
def test_each_is_read(text: str) -> None:
    found = geo.parse_coordinates(text)

    assert found is not None
    assert (found.fault, found.notation) == (None, READ[text])
    assert (found.lon_deg, found.lat_deg) == pytest.approx(TOWER_22, abs=1e-9)
    assert found.uncertainty_m < 80


@pytest.mark.parametrize(
    ("text", "lon", "lat"),
    [
        ("-.5, 30.25", 30.25, -0.5),
        (".5 S, .25 E", 0.25, -0.5),
        ("12d02m43s 77d02m34w", -77.042778, -12.045278),
        ("-335520-0702526/", -70.423889, -33.922222),
        ("POINT (-.5 51.)", -0.5, 51),
    ],
)
def test_signs_and_points(text: str, lon: float, lat: float) -> None:
    found = geo.parse_coordinates(text)

    assert found is not None
    assert (found.lon_deg, found.lat_deg) == pytest.approx((lon, lat), abs=1e-3)


NOT_READ = [
    "2024-01-28 2024-01-29", "12:30 13:45", "33:18:21.6, 38:42:10.8", "33-18-21 38-42-10",
    "33 18 N", "33 18.5 E", "5 d 10 m 12", "+48.5953+038.0003", "+962 6 123 456/",
    "+48.5953+38.0003/", "SRID=3857;POINT(38.0003 48.5953)", "POINT (4300000 3900000)",
    "POINT EMPTY", "POINT (38.0003)", "LINESTRING (38.0003 48.5953, 39.0001 49.0001)",
    "MULTIPOINT ((38.0003 48.5953))", "{}", '{"type":"Point"}', '{"a":' * 300,
    '{"type":"MultiPoint","coordinates":[[38.0003,48.5953]]}',
    '{"type":"Polygon","coordinates":[[[38.0003,48.5953]]]}',
    '{"type":"Point","coordinates":["a","b"]}', '{"type":"Point","coordinates":[NaN,1]}',
    '{"type":"Point","coordinates":[38.0003]}', '{"type":"Feature","geometry":null}',
    "https://www.google.com/maps/place/Caf%C3%A9+12,+13+Homs",
]  # fmt: skip


@pytest.mark.parametrize("text", NOT_READ, ids=range(len(NOT_READ)))
def test_what_states_no_position_is_not_read(text: str) -> None:
    assert geo.parse_coordinates(text) is None


@pytest.mark.parametrize(
    "text", ["33.306 38.703 N", "33.306, 38.703 N", "33.306 E 38.703", "33,306 38,703 N"]
)
def test_one_letter_against_the_usual_order_is_doubted(text: str) -> None:
    found = geo.parse_coordinates(text)
    settled = geo.parse_coordinates(text, country_a3="JOR")

    assert found is not None
    assert (found.lon_deg, found.lat_deg) == (33.306, 38.703)
    assert "only one has a letter" in (found.fault or "")
    assert found.proposals == ((33.306, 38.703), (38.703, 33.306))
    assert settled is not None
    assert settled.fault is None
    assert (settled.lon_deg, settled.lat_deg) == TOWER_22


def test_a_letter_in_the_usual_order_is_not_doubted() -> None:
    for text in ("33.306 N, 38.703", "33.306, 38.703 E", "lon 38.703 E, lat 33.306"):
        found = geo.parse_coordinates(text)

        assert found is not None
        assert (found.fault, found.lon_deg) == (None, 38.703)


def test_swapped_geojson_is_told() -> None:
    found = geo.parse_coordinates('{"type":"Point","coordinates":[33.3,98.7]}')

    assert found is not None
    assert "may be swapped" in (found.fault or "")
    assert found.proposals == ((98.7, 33.3),)


@pytest.mark.parametrize(
    ("text", "country", "lon", "lat"),
    [("29.47, 0.49", "COD", 29.47, 0.49), ("-12.05, 77.04", "PER", -77.04, -12.05)],
)
def test_a_code_of_a_country_is_held_against_them(
    text: str, country: str, lon: float, lat: float
) -> None:
    row = geo.geocode(pd.DataFrame({"place_text": [text], "country": [country]})).iloc[0]

    assert row["status"] == "suspicious"
    assert f"does not lie in {country}; perhaps" in row["reason"]
    assert json.loads(row["candidates"])[0] == {"country_a3": country, "lat": lat, "lon": lon}


COORDINATE = st.tuples(
    st.floats(-180, 180).map(lambda value: f"{value:.6f}"),
    st.floats(-90, 90).map(lambda value: f"{value:.6f}"),
)


@given(COORDINATE)
def test_programs_agree(pair: tuple[str, str]) -> None:
    lon, lat = pair
    texts = (f"POINT ({lon} {lat})", f'{{"type":"Point","coordinates":[{lon},{lat}]}}')
    iso = f"{float(lat):+010.6f}{float(lon):+011.6f}/"

    for found in (wkt_position(texts[0]), geojson_position(texts[1]), iso_6709_position(iso)):
        assert found is not None
        assert (found.lon_deg, found.lat_deg) == (float(lon), float(lat))


def test_a_grid_in_the_band_d_keeps_its_letter() -> None:
    assert plain_text("37D DS 72464 85504") == "37D DS 72464 85504"
    assert plain_text("37D 472464m 3685504m") == "37D 472464m 3685504m"


@pytest.mark.parametrize("text", ["33-18-21.6N", "33:18:21.6 N", "33d18m21.6s", "33 deg 18.36 min"])
def test_a_column_of_angles_is_read_alike(text: str) -> None:
    assert parse_degrees(text) == pytest.approx(33.306)


@pytest.mark.parametrize("text", ["33d18m21.6S", "33D18M21.6S", "33d18m21.6s S"])
def test_a_capital_s_alone_is_the_south(text: str) -> None:
    assert parse_degrees(text) == pytest.approx(-33.306)


SEEDS = [
    "1 ", "1.", "-", "33°", "N ", "((((", "1d", "1d1m1s ", "1-1", "1:", "+1", "POINT(", "{",
    '{"a":', ".", "1,", "٠", "с.ш.", "\ud800", "geo:", "q=1&", "/place/", "°/", "lat ", "x1 ",
    "!3d1", " ",
]  # fmt: skip


@pytest.mark.parametrize("seed", SEEDS, ids=range(len(SEEDS)))
@pytest.mark.parametrize("before", ["", "https://www.google.com/maps/dir/", "POINT (1 "])
def test_no_repetition_takes_long(seed: str, before: str) -> None:
    for length in (100_000, 1_990, 299):
        text = (before + seed * length)[:length]
        begun = time.process_time()

        for read in (read_position, read_among_words, parse_degrees, parse_angle, encodable):
            read(text)
        assert time.process_time() - begun < 2


def test_broken_texts_are_written(tmp_path: Path) -> None:
    names = ("place_text", "country", "admin1", "admin2", "title", "native_x")
    table = pd.DataFrame({name: [f"Bakhmut \udcff {name}"] for name in names}, dtype=object)
    placed = geo.geocode(table)
    later = gpd.GeoDataFrame(placed.assign(title=pd.Series(["\udcff"], dtype=object)))

    geo.write(placed, tmp_path / "placed.geojson")
    geo.write(later, tmp_path / "later.geojson")

    assert "broken characters" in placed["reason"].iloc[0]
    text = (tmp_path / "placed.geojson").read_text(encoding="utf-8")
    assert len(re.findall("Bakhmut \ufffd", text)) >= len(names)
    assert '"title":"\ufffd"' in (tmp_path / "later.geojson").read_text(encoding="utf-8")
