"""Rows of tables that are hard to read: what they become, and what is said of them."""

from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely

import geo
from geo.errors import SchemaError


def test_labels_that_repeat_do_not_multiply_rows() -> None:
    table = pd.DataFrame({"place": ["Amman", "Paris"], "lon": ["1", "2"], "lat": "3"}, index=[7, 7])

    incidents = geo.read_incidents(table)

    assert incidents.index.tolist() == [7, 7]
    assert incidents["place_text"].tolist() == ["Amman", "Paris"]
    assert incidents.geometry.x.tolist() == [1, 2]


def test_a_number_that_is_taken_is_passed_over() -> None:
    table = pd.DataFrame({"place": "A", "id": ["1", "1", "1-2", "1"]})

    assert geo.read_incidents(table)["incident_id"].tolist() == ["1", "1-3", "1-2", "1-4"]


def point_file(folder: Path, *coordinates: str) -> Path:
    features = ",".join(
        f'{{"type":"Feature","properties":{{}},"geometry":{{"type":"Point","coordinates":{pair}}}}}'
        for pair in coordinates
    )
    path = folder / "points.geojson"
    path.write_text(f'{{"type":"FeatureCollection","features":[{features}]}}')
    return path


def test_points_of_geojson_are_as_sure_as_their_digits(tmp_path: Path) -> None:
    path = point_file(tmp_path, "[38,33]", "[38.0,33.0]", "[38.7,33.306]", "[38.703,33.306]", "[]")

    incidents = geo.read_incidents(path)

    expected = [78_715, 78_715, 7_872, 1_000]
    assert incidents["uncertainty_m"].tolist()[:4] == pytest.approx(expected, abs=1)
    assert incidents["precision"].tolist() == [*["vicinity"] * 3, "exact", "none"]


def test_points_that_the_user_gives_are_exact_to_a_kilometre() -> None:
    table = gpd.GeoDataFrame({"n": [1]}, geometry=[shapely.Point(38, 33)], crs=4326)

    incident = geo.read_incidents(table).iloc[0]

    assert (incident["uncertainty_m"], incident["precision"]) == (1_000, "exact")
    assert incident["method"] == "given"
    assert incident["reason"] == (
        "The coordinates were given; their error is not stated, 1 km is assumed"
    )


def test_numbers_without_decimals_are_little_certainty() -> None:
    table = pd.DataFrame({"lon": [38.0, 38.703], "lat": [33.0, 33.306]})

    assert geo.read_incidents(table)["precision"].tolist() == ["vicinity", "exact"]


def test_cells_with_hemispheres_are_read_in_their_own_column_only() -> None:
    table = pd.DataFrame({"lon": ["38.703 E", "33.306N"], "lat": ["33° 18' 22\" N", "38.703E"]})

    incidents = geo.read_incidents(table)

    assert incidents["status"].tolist() == ["located", "suspicious"]
    assert incidents.geometry[1] is None
    assert "exchanged: perhaps 33.306N, 38.703E" in incidents["reason"].iloc[1]


@pytest.mark.parametrize(
    ("text", "radius_m", "precision"),
    [
        ("33.3,38.7", 7_872, "vicinity"),
        ("33.3, 38.7", 7_872, "vicinity"),
        ("33.306° N, 38.703° E", 1_000, "exact"),
    ],
)
def test_coordinates_in_place_texts_are_as_sure_as_their_digits(
    text: str, radius_m: float, precision: str
) -> None:
    incident = geo.geocode(pd.DataFrame({"place_text": [text]})).iloc[0]

    assert incident["uncertainty_m"] == pytest.approx(radius_m, abs=1)
    assert incident["precision"] == precision


@pytest.mark.parametrize(
    ("text", "words"), [("10, 181", "is not on the earth"), ("0, 0", "stands for unknown")]
)
def test_coordinates_in_place_texts_can_be_refused(text: str, words: str) -> None:
    incident = geo.geocode(pd.DataFrame({"place_text": [text]})).iloc[0]

    assert (incident["geometry"], incident["status"]) == (None, "suspicious")
    assert words in incident["reason"]


def test_rows_of_empty_cells_are_rows(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("place,country\nAmman,Jordan\n,\n\nParis,France\n")

    assert len(geo.read_incidents(path)) == 3


@pytest.mark.parametrize("header", ["place,date,killed", "lon,lat"])
def test_a_header_alone_is_an_empty_table(tmp_path: Path, header: str) -> None:
    path = tmp_path / "table.csv"
    path.write_text(f"{header}\n")

    incidents = geo.geocode(geo.read_incidents(path))

    geo.validate(incidents)
    assert incidents.empty


def test_collections_without_features_are_empty_tables(tmp_path: Path) -> None:
    empty = gpd.GeoDataFrame({"place": []}, geometry=[], crs=4326)

    for source in (point_file(tmp_path), empty):
        geo.validate(geo.read_incidents(source))
        assert geo.read_incidents(source).empty


@pytest.mark.parametrize("cell", ["0001-01-01T00:00:00+05:00", "9999-12-31T23:00:00-09:00"])
def test_instants_outside_the_calendar_are_null(cell: str) -> None:
    incident = geo.read_incidents(pd.DataFrame({"place": ["A"], "date": [cell]})).iloc[0]

    assert pd.isna(incident["time_utc"])
    assert incident["date_start"].date().isoformat() == cell[:10]


@pytest.mark.parametrize(
    ("date", "end", "expected", "words"),
    [
        ("2024-01-05", "2024-01-01", ("2024-01-05", "2024-01-05", "day"), "before the date"),
        ("2024-01-05", "soon", ("2024-01-05", "2024-01-05", "day"), "date_end “soon” is not und"),
        (None, "2024-01-05", ("2024-01-05", "2024-01-05", "day"), None),
    ],
)
def test_ends_that_do_not_fit_are_said(
    date: str | None, end: str, expected: tuple[str, ...], words: str | None
) -> None:
    table = pd.DataFrame({"place": ["A"], "date": [date], "date_end": [end]})

    incident = geo.read_incidents(table).iloc[0]

    dates = [incident[name].date().isoformat() for name in ("date_start", "date_end")]
    assert (*dates, incident["date_precision"]) == expected
    assert pd.isna(incident["reason"]) if words is None else words in incident["reason"]


def test_columns_of_one_name_are_all_kept(tmp_path: Path) -> None:
    table = pd.DataFrame([["Amman", "b", "c"]], columns=["place", "place", "place_2"])
    path = tmp_path / "table.csv"
    table.to_csv(path, index=False)

    for source in (table, path):
        incident = geo.read_incidents(source).iloc[0]
        native = incident[["native_place", "native_place_3", "native_place_2"]]
        assert native.tolist() == ["Amman", "b", "c"]


def test_points_without_a_crs_are_refused() -> None:
    with pytest.raises(SchemaError, match="have no CRS"):
        geo.read_incidents(gpd.GeoDataFrame({"a": [1]}, geometry=[shapely.Point(1, 2)]))


def test_a_geodataframe_without_geometries_is_a_table() -> None:
    assert (
        geo.read_incidents(gpd.GeoDataFrame({"place": ["Amman"]}))["place_text"].iloc[0] == "Amman"
    )
