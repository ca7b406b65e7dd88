"""Every incident is in the blocks, in the order of time, and claims no more than its row."""

import math
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from geo.errors import SchemaError
from layers.incident_columns import encode_incidents
from layers.payload import MISSING
from tests.layers.decoder import unpack


def decode(table: Any) -> Any:
    blocks = encode_incidents(table, by="test")
    meta, columns = unpack(blocks.columns.base64)
    _, texts = unpack(blocks.texts.base64)
    return meta, columns, texts


def table_of(geometry: Any = None, **columns: Any) -> Any:
    count = len(next(iter(columns.values())))
    geometry = geometry or [shapely.Point(38, 33)] * count
    return gpd.GeoDataFrame(columns, geometry=geometry, crs="EPSG:4326")


def test_all_rows_are_there_also_those_without_a_point(incidents: gpd.GeoDataFrame) -> None:
    _, columns, texts = decode(incidents)
    assert {len(values) for values in [*columns.values(), *texts.values()]} == {len(incidents)}
    assert sorted(texts["incident_id"]) == sorted(incidents["incident_id"])
    assert sum(columns["placed"]) == incidents.geometry.notna().sum() < len(incidents)


def test_each_value_is_that_of_its_row(incidents: gpd.GeoDataFrame) -> None:
    _, columns, texts = decode(incidents)
    rows = incidents.set_index("incident_id").loc[texts["incident_id"]]
    placed = rows.geometry.notna().to_numpy()
    lon = np.array(columns["lon"])[placed] / 1e5
    assert np.abs(lon - rows.geometry.x[placed]).max() <= 0.5e-5
    for name in ("kind", "precision", "status", "country_a3", "admin1_code", "verification"):
        assert columns[name] == rows[name].tolist()
    assert columns["fatalities_best"] == rows["fatalities_best"].tolist()
    assert columns["injured"] == rows["injured"].fillna(MISSING).tolist()
    assert columns["uncertainty_m"] == rows["uncertainty_m"].tolist()
    assert texts["title"] == rows["title"].tolist()


def test_rows_are_sorted_by_day_then_identifier_and_undated_ones_come_last() -> None:
    dates = pd.to_datetime(["2024-02-01", None, "1969-12-31", "2024-02-01"]).astype("datetime64[s]")
    _, columns, texts = decode(table_of(incident_id=["b", "z", "old", "a"], date_start=dates))
    assert texts["incident_id"] == ["old", "a", "b", "z"]
    assert columns["day_start"] == [-1, 19754, 19754, MISSING]
    assert columns["day_end"] == columns["day_start"]


@pytest.mark.parametrize("told", [None, "start"])
@pytest.mark.parametrize(
    ("precision", "first", "last"),
    [
        ("day", "2024-02-14", "2024-02-14"),
        ("week", "2024-02-12", "2024-02-18"),
        ("month", "2024-02-01", "2024-02-29"),
        ("year", "2024-01-01", "2024-12-31"),
    ],
)
def test_a_vague_date_is_all_that_it_may_mean(
    told: str | None, precision: str, first: str, last: str
) -> None:
    dates = pd.to_datetime(["2024-02-14"]).astype("datetime64[s]")
    ends = dates if told == "start" else pd.to_datetime([None]).astype("datetime64[s]")
    _, columns, _ = decode(
        table_of(incident_id=["a"], date_start=dates, date_end=ends, date_precision=[precision])
    )
    days = [int(np.datetime64(day).astype(int)) for day in (first, last)]
    assert [columns["day_start"], columns["day_end"]] == [[days[0]], [days[1]]]


def test_a_span_with_two_ends_is_taken_as_it_is() -> None:
    start, end = (
        pd.to_datetime([day]).astype("datetime64[s]") for day in ("2024-02-14", "2024-02-19")
    )
    _, columns, _ = decode(
        table_of(incident_id=["a"], date_start=start, date_end=end, date_precision=["week"])
    )
    assert columns["day_end"][0] - columns["day_start"][0] == 5


def test_a_table_of_points_alone_is_enough_and_claims_little() -> None:
    table = table_of(incident_id=["a", "b"], geometry=[shapely.Point(38, 33), None])
    meta, columns, texts = decode(table)
    assert columns["kind"] == ["other", "other"]
    assert columns["precision"] == ["vicinity", "none"]
    assert columns["status"] == ["located", "unlocated"]
    assert columns["day_start"] == [MISSING] * 2
    assert math.isnan(columns["border_distance_m"][0])
    assert texts["sources"] == [[], []]
    assert texts["title"] == [None, None]
    assert meta["worldview"] == "default"


def test_names_of_all_codes_that_occur_travel_along(incidents: gpd.GeoDataFrame) -> None:
    meta, *_ = decode(incidents)
    assert meta["countries"] == {"IRQ": "Iraq", "JOR": "Jordan", "SYR": "Syria"}
    assert meta["provinces"] == {"IQ-AN": "Anbar", "JO-MA": "Mafraq", "SY-HI": "Homs"}
    assert meta["kinds"]["battle"] == "Attack or armed clash"


def test_sources_and_instants_are_parsed(incidents: gpd.GeoDataFrame) -> None:
    *_, texts = decode(incidents)
    position = texts["title"].index("Drone attack on Tower 22")
    assert texts["time_utc"][position] == "2024-01-28T02:30:00Z"
    assert set(texts["sources"][position][0]) == {"publisher", "url", "published", "quote"}
    assert texts["actors"][position][0]["attribution"] == "claimed"


def test_the_input_is_left_alone_and_its_order_does_not_matter(
    incidents: gpd.GeoDataFrame, unchanged: Any
) -> None:
    with unchanged(incidents):
        blocks = encode_incidents(incidents, by="test")
    shuffled = encode_incidents(incidents.sample(frac=1, random_state=1), by="test")
    assert shuffled.columns == blocks.columns
    assert shuffled.texts == blocks.texts


def test_an_empty_point_is_no_place() -> None:
    table = table_of(incident_id=["a", "b"], geometry=[shapely.Point(38, 33), shapely.Point()])
    _, columns, _ = decode(table)
    assert columns["placed"] == [1, 0]
    assert (columns["lon"], columns["lat"]) == ([3_800_000, 0], [3_300_000, 0])


def test_an_empty_table_is_a_table() -> None:
    blocks = encode_incidents(table_of(incident_id=[]), by="test")
    assert (blocks.total, blocks.bounds) == (0, None)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (table_of(title=["x"]), "needs the column incident_id"),
        (table_of(incident_id=["a", None]), "incident_id is null in row 1"),
        (gpd.GeoDataFrame({"incident_id": ["a"]}), "needs a GeoDataFrame with a geometry column"),
        (table_of(incident_id=["a"]).to_crs(3857), r"use table.to_crs\(4326\)"),
        (
            table_of(incident_id=["a"], geometry=[shapely.box(0, 0, 1, 1)]),
            "a Polygon in row 0, expected a Point",
        ),
        (table_of(incident_id=["a"], date_start=["2024-01-28"]), "expected datetime64"),
        (
            table_of(incident_id=["a"], date_start=pd.to_datetime(["2024-01-28"], utc=True)),
            "without a zone",
        ),
        (table_of(incident_id=["a"], sources=["{"]), "sources: row 0 is not JSON"),
        (table_of(incident_id=["a"], actors=['{"name":"x"}']), "not a JSON list of objects"),
    ],
)
def test_what_is_wrong_with_a_table_is_said(table: Any, message: str) -> None:
    with pytest.raises(SchemaError, match=message):
        encode_incidents(table, by="test")


def test_encoded_tables_are_checked_for_the_columns_a_layer_needs() -> None:
    blocks = encode_incidents(table_of(incident_id=["a"]), by="test")
    assert encode_incidents(blocks, by="test") is blocks
    with pytest.raises(SchemaError, match="Discs needs the column uncertainty_m"):
        encode_incidents(blocks, by="Discs", needs=["uncertainty_m"])
