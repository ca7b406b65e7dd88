import datetime as dt
import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings, strategies as st

import geo
from geo.errors import ReadError, SchemaError

Watch = Callable[..., AbstractContextManager[Any]]
SAMPLES = Path(__file__).parents[2] / "data" / "samples"


@pytest.mark.parametrize("name", ["incidents.csv", "usgs-week-2018-02.geojson"])
def test_the_samples_become_incident_tables(name: str) -> None:
    incidents = geo.read_incidents(SAMPLES / name)

    geo.validate(incidents)
    assert len(incidents) in {60, 1_707}
    assert incidents["date_start"].notna().sum() >= len(incidents) - 1


def test_columns_are_found_by_their_names() -> None:
    table = pd.DataFrame(
        {
            "Event ID": ["7"],
            "Event Date": ["28 January 2024"],
            "LONGITUDE": ["38.703"],
            "Lat.": ["33.306"],
            "Event Type": ["Explosions/Remote violence"],
            "Killed": ["3"],
        }
    )

    incident = geo.read_incidents(table).iloc[0]

    assert incident["incident_id"] == "7"
    assert incident["date_start"] == pd.Timestamp("2024-01-28")
    assert incident["kind"] == "explosion"
    assert incident["fatalities_best"] == 3
    assert incident["geometry"] == shapely.Point(38.703, 33.306)
    assert incident["status"] == "located"


def test_columns_can_be_named() -> None:
    table = pd.DataFrame({"ort": ["Amman"], "tag": ["2024-01-28"], "was": ["flood"]})

    incident = geo.read_incidents(table, place="ort", date="tag", kind="was").iloc[0]

    assert (incident["place_text"], incident["kind"]) == ("Amman", "flood")


def test_a_column_that_is_not_there_is_named() -> None:
    with pytest.raises(SchemaError, match="no column 'ort' for place; the table has place"):
        geo.read_incidents(pd.DataFrame({"place": ["Amman"]}), place="ort")


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.fixed_dictionaries(
            {"id": st.text(max_size=5), "place": st.text(max_size=8), "date": st.text(max_size=8)}
        ),
        min_size=1,
        max_size=6,
    )
)
def test_rows_in_are_rows_out_whatever_they_hold(rows: list[dict[str, str]]) -> None:
    table = pd.DataFrame(rows)

    incidents = geo.read_incidents(table)

    assert len(incidents) == len(table)
    assert incidents["incident_id"].is_unique
    assert incidents["native_place"].tolist() == table["place"].tolist()


def test_inputs_stay_as_they_are(unchanged: Watch) -> None:
    table = gpd.GeoDataFrame({"place": ["Amman"]}, geometry=[shapely.Point(1, 2)], crs=3857)

    with unchanged(table):
        geo.read_incidents(table)


def test_identifiers_are_stable_and_unique() -> None:
    table = pd.DataFrame({"place": ["Amman", "Irbid", "Amman"], "id": ["a", None, "a"]})

    first, second = geo.read_incidents(table), geo.read_incidents(table)

    assert first["incident_id"].tolist() == second["incident_id"].tolist()
    assert first["incident_id"].tolist()[::2] == ["a", "a-2"]


@pytest.mark.parametrize(
    ("lon", "lat", "status", "words"),
    [
        ("33.3", "98.7", "suspicious", "not on the earth; the two may be swapped"),
        ("400", "10", "suspicious", "longitude 400, latitude 10 is not on the earth"),
        ("0", "0", "suspicious", "0, 0, which stands for unknown"),
        ("east", "33", "unlocated", "lon “east” is not in decimal degrees"),
        ("", "33", "unlocated", None),
        ("nan", "inf", "unlocated", "is not in decimal degrees"),
    ],
)
def test_bad_coordinates_keep_the_row_and_say_why(
    lon: str, lat: str, status: str, words: str | None
) -> None:
    incident = geo.read_incidents(pd.DataFrame({"lon": [lon], "lat": [lat]})).iloc[0]

    assert incident["geometry"] is None
    assert incident["status"] == status
    assert words is None or words in incident["reason"]


def test_few_digits_are_little_certainty() -> None:
    table = pd.DataFrame({"lon": ["38.703", "39"], "lat": ["33.306", "33"]})

    incidents = geo.read_incidents(table)

    assert incidents["uncertainty_m"].iloc[0] == 1_000
    assert incidents["uncertainty_m"].iloc[1] > 70_000
    assert incidents["precision"].tolist() == ["exact", "vicinity"]


def test_decimal_commas_are_understood() -> None:
    table = pd.DataFrame({"lon": ["38,703"], "lat": ["33,306"]})

    assert geo.read_incidents(table).geometry.iloc[0] == shapely.Point(38.703, 33.306)


def test_civil_dates_do_not_shift_with_the_zone() -> None:
    table = pd.DataFrame({"place": ["Amman"], "date": ["2024-01-28T01:30:00+03:00"]})

    incident = geo.read_incidents(table).iloc[0]

    assert incident["date_start"] == pd.Timestamp("2024-01-28")
    assert incident["time_utc"] == pd.Timestamp("2024-01-27T22:30:00Z")
    assert pd.isna(incident["date_zone"])


def test_epoch_milliseconds_are_utc() -> None:
    table = pd.DataFrame({"place": ["Castaic"], "time": [1517966773840]})

    incident = geo.read_incidents(table).iloc[0]

    assert incident["time_utc"].to_pydatetime() == dt.datetime(
        2018, 2, 7, 1, 26, 13, 840_000, tzinfo=dt.UTC
    )
    assert (incident["date_start"], incident["date_zone"]) == (pd.Timestamp("2018-02-07"), "UTC")


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"date": "2024-01-28"}, ("2024-01-28", "2024-01-28", "day")),
        ({"date": "2024-01"}, ("2024-01-01", "2024-01-31", "month")),
        ({"date": "2024-01-28", "end_date": "2024-02-02"}, ("2024-01-28", "2024-02-02", "range")),
        (
            {"date": "2024-01-28", "date_precision": "week"},
            ("2024-01-28", "2024-01-28", "week"),
        ),
    ],
)
def test_dates_keep_their_precision(cells: dict[str, str], expected: tuple[str, ...]) -> None:
    incident = geo.read_incidents(pd.DataFrame([{"place": "Amman"} | cells])).iloc[0]

    dates = [incident[name].date().isoformat() for name in ("date_start", "date_end")]
    assert (*dates, incident["date_precision"]) == expected


def test_a_date_of_unknown_order_is_not_guessed() -> None:
    table = pd.DataFrame({"place": ["Amman"], "date": ["03/04/2024"]})

    incident = geo.read_incidents(table).iloc[0]

    assert pd.isna(incident["date_start"])
    assert incident["date_precision"] == "unknown"
    assert "date “03/04/2024” is not understood" in incident["reason"]


def test_figures_that_are_no_numbers_are_said() -> None:
    table = pd.DataFrame({"place": ["A", "B", "C"], "killed": ["1,200", "dozens", "-99"]})

    incidents = geo.read_incidents(table)

    assert incidents["fatalities_best"].isna().tolist() == [False, True, True]
    assert incidents["fatalities_best"].iloc[0] == 1_200
    assert "killed “dozens” is not a number" in incidents["reason"].iloc[1]


@pytest.mark.parametrize("cell", ["99999999999999999999", "-99", "3.5", "inf"])
def test_numbers_that_count_no_people_are_said(cell: str) -> None:
    incident = geo.read_incidents(pd.DataFrame({"place": ["A"], "killed": [cell]})).iloc[0]

    assert pd.isna(incident["fatalities_best"])
    assert f"killed “{cell}” is not a number of people" in incident["reason"]


def test_sources_are_canonical_json() -> None:
    table = pd.DataFrame({"place": ["A", "B"], "source": ["AFP", None], "url": [None, None]})

    sources = geo.read_incidents(table)["sources"]

    assert sources.tolist() == ['[{"publisher":"AFP"}]', "[]"]


def test_shapes_become_points_that_know_their_extent(tmp_path: Path) -> None:
    line = {"type": "LineString", "coordinates": [[10, 50], [10, 51]]}
    features = [
        {"type": "Feature", "properties": {"name": "road"}, "geometry": line},
        {"type": "Feature", "properties": None, "geometry": None},
        {
            "type": "Feature",
            "properties": {"list": [1]},
            "geometry": {"type": "Point", "coordinates": [1, 2, 30]},
        },
    ]
    path = tmp_path / "shapes.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))

    incidents = geo.read_incidents(path)

    geo.validate(incidents)
    assert incidents["uncertainty_m"].iloc[0] > 50_000
    assert "stands for a LineString" in incidents["reason"].iloc[0]
    assert incidents["status"].tolist() == ["located", "unlocated", "located"]
    assert incidents["native_z"].iloc[2] == 30
    assert not incidents.geometry.iloc[2].has_z


def test_an_area_across_the_antimeridian_is_in_one_piece() -> None:
    corners = [(179.9, -17), (-179.7, -17), (-179.7, -16.9), (179.9, -16.9)]
    table = gpd.GeoDataFrame(
        {"event_id": ["a", "b"]},
        geometry=[shapely.Polygon(corners), shapely.Point(-179.5, -17)],
        index=[7, 7],
        crs=4326,
    )

    read = geo.read_incidents(table)

    assert read.geometry.x.tolist() == pytest.approx([-179.9, -179.5])
    assert 15_000 < read["uncertainty_m"].iloc[0] < 45_000


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_dialects_of_csv(tmp_path: Path, delimiter: str, encoding: str) -> None:
    path = tmp_path / "table.csv"
    path.write_text(f"place{delimiter}country\nKyïv{delimiter}Ukraine\n", encoding=encoding)

    assert geo.read_incidents(path)["place_text"].tolist() == ["Kyïv"]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.csv", b"", "the file is empty"),
        ("blank.csv", b" \n\n", "the file is empty"),
        ("binary.csv", b"place\n\x00\x01", "a binary file"),
        ("ragged.csv", b"place,country\nA,B\nA,B,C\n", "line 3 has 3 cells, the header has 2"),
        ("bare.csv", b"colour,size\nred,3\n", "no column with a place or with coordinates"),
        ("table.docx", b"PK", "unknown kind of file '.docx'"),
        ("broken.geojson", b'{"type": ', "broken JSON at line 1"),
        ("deep.geojson", b"[" * 100_000, "nested too deep"),
        (
            "half.geojson",
            b'{"features":[{"properties":{"a":"\\ud800"},"geometry":null}]}',
            "JSON that cannot be read",
        ),
        ("digits.geojson", b"9" * 5_000, "JSON that cannot be read"),
        (
            "list.geojson",
            b'{"features":[{"properties":[1],"geometry":null}]}',
            "feature 1 has properties that are no JSON object",
        ),
        ("list.geojson", b"[1]", "not a GeoJSON FeatureCollection"),
        ("bare.json", b"{}", "not a GeoJSON FeatureCollection"),
        (
            "shape.geojson",
            b'{"features":[{"geometry":{"type":"Point","coordinates":["a"]}}]}',
            "feature 1 has a broken geometry",
        ),
    ],
)
def test_bad_files_are_named_in_one_sentence(
    tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(ReadError, match=words) as caught:
        geo.read_incidents(path)

    assert name in str(caught.value)


def test_short_rows_and_nameless_columns_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text('place,,place,note\nAmman,x,y,"two\nlines"\n\nIrbid\n')

    incidents = geo.read_incidents(path)

    assert incidents["place_text"].tolist() == ["Amman", "Irbid"]
    assert incidents["native_note"].iloc[0] == "two\nlines"
    assert {"native_column_2", "native_place_2"} <= set(incidents.columns)
    assert incidents["native_note"].isna().iloc[1]


def test_a_missing_file_is_named() -> None:
    with pytest.raises(ReadError, match=r"nowhere\.csv: cannot be read"):
        geo.read_incidents("nowhere.csv")


def test_a_year_of_two_digits_is_told() -> None:
    read = geo.read_incidents(pd.DataFrame({"date": ["01/02/24", "soon"], "place": ["Amman"] * 2}))

    assert read["reason"].tolist() == [
        "date “01/02/24” is not understood: its year has two digits",
        "date “soon” is not understood",
    ]
