"""The record of how a map was made: what was used and counted, and nothing that was not."""

import datetime as dt
import hashlib
from importlib.metadata import version
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest

import geo
import layers
from geo import shipped
from layers.incident_columns import encode_incidents
from layers.method_record import hashed, method_record
from tests.layers.decoder import blocks, unpack


def record(table: gpd.GeoDataFrame, *, drawn: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:
    encoded = encode_incidents(table, by="test")
    return unpack(method_record([encoded], drawn, **more).base64)[0]


def test_it_counts_what_the_table_says(incidents: gpd.GeoDataFrame) -> None:
    incidents["method"] = ["name"] * 25 + ["given"] * 10 + [None] * 5
    incidents.loc[[0, 1], "sources"] = [None, "[]"]
    found = record(incidents)
    # Rows 9, 19, 29 and 39 have no point: none of them counts as found.
    assert found["methods"] == [["name", 23], ["given", 9], ["", 4], ["none", 4]]
    assert found["total"] == sum(number for _, number in found["methods"]) == 40
    assert found["unsourced"] == 2
    assert found["software"] == version("incidentmap")
    assert found["schema"] == geo.schema.VERSION


def test_what_is_known_only_to_a_country_is_not_lost(incidents: gpd.GeoDataFrame) -> None:
    incidents["method"] = "name"
    incidents.loc[[9, 19], "precision"] = "country"
    assert record(incidents)["methods"] == [["name", 36], ["country", 2], ["none", 2]]


def test_data_are_told_with_their_licences_and_what_they_were_used_for(
    incidents: gpd.GeoDataFrame,
) -> None:
    incidents["place_id"] = ["geonames:1", "site:home", "osm:9", None] * 10
    found = record(incidents, drawn=("seas.parquet", "unknown.file"))
    products = shipped.products()
    uses = {row["from"]: row["uses"] for row in found["data"]}
    assert "places" in uses[products["geonames.sqlite"].attribution]
    assert "map" in uses[products["seas.parquet"].attribution]
    assert found["others"] == ["osm", "site"]
    said = {use for row in found["data"] for use in row["uses"]}
    # The table has no border_status, so that nobody says what its distances were measured to.
    assert said == {"map", "places", "joins"}
    assert found["lines"] is None


def test_lines_are_named_where_distances_were_measured_to_them(
    incidents: gpd.GeoDataFrame,
) -> None:
    found = record(incidents.assign(border_status="international"))
    assert found["lines"] == shipped.products()["atom_arcs.parquet"].vintage.partition(";")[0]


def test_a_table_of_unknown_origin_has_a_record_too(incidents: gpd.GeoDataFrame) -> None:
    found = record(incidents[["incident_id", "geometry"]])
    assert found["methods"] == []
    assert found["unsourced"] == 40
    assert found["data"] == found["others"] == found["inputs"] == []
    assert (found["made_on"], found["lines"]) == (None, None)
    assert len(found["fingerprints"]) == 1


def test_the_fingerprint_changes_with_a_title_and_not_with_the_order(
    incidents: gpd.GeoDataFrame,
) -> None:
    first = record(incidents)["fingerprints"]
    assert record(incidents[::-1])["fingerprints"] == first
    incidents.loc[3, "title"] = "Another"
    assert record(incidents)["fingerprints"] != first


def test_inputs_are_named_by_checksum_without_their_folders(
    incidents: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    path = tmp_path / "secret folder" / "in.csv"
    path.parent.mkdir()
    path.write_bytes(b"a,b\n")
    map_ = layers.map_incidents(incidents).made_from(path, on=dt.date(2024, 3, 1))
    html = map_.get_root().render()
    found = next(meta for meta in map(read, blocks(html).values()) if "software" in meta)
    assert found["inputs"] == [["in.csv", hashlib.sha256(b"a,b\n").hexdigest()]]
    assert found["made_on"] == (dt.date(2024, 3, 1) - dt.date(1970, 1, 1)).days
    assert "secret folder" not in html


def read(block: str) -> dict[str, Any]:
    return unpack(block)[0]


def test_a_missing_input_is_told_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(geo.errors.ReadError, match=r"lost\.csv: cannot be read"):
        hashed([tmp_path / "lost.csv"])


def test_grouped_incidents_are_recorded_as_they_were(
    incidents: gpd.GeoDataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("layers.size_budget._LEAST_MB", 0.001)
    html = layers.map_incidents(incidents, max_size_mb=0).get_root().render()
    found = next(meta for meta in map(read, blocks(html).values()) if "software" in meta)
    assert found["total"] == 40
    assert found["methods"] == [["gazetteer", 36], ["none", 4]]
