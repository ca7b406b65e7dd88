"""Slips of tables that are told for what they are."""

import json
from pathlib import Path

import pandas as pd
import pytest

import geo
from geo.errors import ReadError
from geo.reading.incidents import read_table
from tests.provider_files import acled_table


def test_dates_of_acled_whose_order_is_open_say_how_to_settle_it() -> None:
    table = acled_table(2025, 2)
    table["event_date"] = ["03/04/2024", "05-06-2024"]

    reasons = geo.read_incidents(table)["reason"]

    assert reasons.str.contains("say --day-first or --month-first").all()
    assert not geo.read_incidents(table, day_first=True)["date_start"].isna().any()


@pytest.mark.parametrize("date", ["15/05/1403", "05/06/1403", "40/13/2024"])
def test_a_date_that_is_wrong_either_way_asks_for_no_order(date: str) -> None:
    reason = geo.read_incidents(pd.DataFrame({"date": [date], "place": ["Amman"]}))["reason"][0]

    assert reason == f"date “{date}” is not understood"


def test_letters_that_say_the_columns_are_exchanged_are_heard() -> None:
    table = pd.DataFrame(
        {"lat": ["38.703E", "33.306", "38.703E"], "lon": ["33.306N", "38.703", "soon"]}
    )

    read = geo.read_incidents(table)

    assert read["status"].tolist() == ["suspicious", "located", "unlocated"]
    assert read["reason"][0] == ("latitude and longitude seem exchanged: perhaps 33.306N, 38.703E")
    assert read.geometry[0] is None


def test_a_broken_byte_in_a_short_file_does_not_change_its_alphabet(tmp_path: Path) -> None:
    path = tmp_path / "short.csv"
    rows = "place,date\nŁódź,2024-01-28\nhere,2024-01-28\nحلب,2024-01-28\n"
    path.write_bytes(rows.encode().replace(b"here", "café".encode("cp1252")))

    reading = read_table(path)

    assert reading.incidents["place_text"].tolist() == ["Łódź", "caf\ufffd", "حلب"]


def _collection(crs: object) -> str:
    point = {"type": "Point", "coordinates": [4_308_398.0, 3_933_735.0]}
    features = [{"type": "Feature", "geometry": point, "properties": {"title": "a"}}]
    return json.dumps({"type": "FeatureCollection", "crs": crs, "features": features})


@pytest.mark.parametrize("name", ["EPSG:3857", "urn:ogc:def:crs:EPSG::3857"])
def test_the_crs_that_older_geojson_states_is_that_of_its_points(name: str, tmp_path: Path) -> None:
    path = tmp_path / "web.geojson"
    path.write_text(_collection({"type": "name", "properties": {"name": name}}), "utf-8")

    point = geo.read_incidents(path).geometry[0]

    assert (point.x, point.y) == (pytest.approx(38.703, abs=1e-3), pytest.approx(33.3, abs=1e-1))


def test_a_crs_that_nobody_knows_is_named(tmp_path: Path) -> None:
    path = tmp_path / "odd.geojson"
    path.write_text(_collection({"type": "name", "properties": {"name": "LOCAL:7"}}), "utf-8")

    with pytest.raises(ReadError, match="states the CRS 'LOCAL:7', which nobody knows"):
        geo.read_incidents(path)


@pytest.mark.parametrize("crs", [None, {"type": "name", "properties": {"name": "OGC:CRS84"}}])
def test_wgs_84_stays_what_it_is(crs: object, tmp_path: Path) -> None:
    path = tmp_path / "wgs.geojson"
    path.write_text(_collection(crs).replace("4308398.0, 3933735.0", "38.7, 33.3"), "utf-8")

    read = geo.read_incidents(path)

    assert (read.geometry.x[0], read.geometry.y[0]) == (38.7, 33.3)
    # One decimal leaves more open than a kilometre.
    assert read["uncertainty_m"][0] > 1_000
