"""Rings round sites, and which incident lies in which."""

from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, strategies as st
from typeguard import suppress_type_checks

import geo
import layers
from geo.errors import SchemaError
from layers.incident_columns import encode_incidents
from tests.layers.decoder import blocks, unpack
from tests.layers.result_blocks import Handed, handed

DISTANCES_M = [5_000, 25_000, 100_000]


def sites(points: list[Any]) -> gpd.GeoDataFrame:
    names = [f"Site {i}" for i in range(len(points))]
    return gpd.GeoDataFrame({"name": names}, geometry=points, crs="EPSG:4326")


CAMPS = sites([shapely.Point(38.703, 33.306), None, shapely.Point(40.0, 34.0)])


def counts(found: Handed, of: int) -> list[list[int]]:
    """Number of incidents per site and ring."""
    rings = len(found.meta["distances_m"])
    number = np.bincount(found.columns["ring"], minlength=of * rings)
    return number.reshape(of, rings).tolist()


def test_sites_and_distances_travel() -> None:
    found = handed(layers.RingLayer(CAMPS, distances_m=DISTANCES_M, name="Reach"), "rings")
    assert found.meta == {"distances_m": [5_000.0, 25_000.0, 100_000.0]}
    assert found.columns["name"] == ["Site 0", "Site 2"]
    np.testing.assert_array_equal(found.columns["lon"], [3_870_300, 4_000_000])
    assert (found.incidents, found.name, set(found.columns)) == (
        None,
        "Reach",
        {"lon", "lat", "name"},
    )


def test_counts_are_those_of_the_query(incidents: gpd.GeoDataFrame) -> None:
    layer = layers.RingLayer(CAMPS, distances_m=DISTANCES_M, incidents=incidents)
    found = handed(layer, "rings")
    expected = geo.count_in_rings(incidents, CAMPS, radii_m=DISTANCES_M)["incidents"]
    assert sum(expected) > 3
    assert counts(found, 2) == expected.to_numpy().reshape(2, 3).tolist()
    assert found.columns["row"] == sorted(found.columns["row"])


@given(st.integers(0, 10**6), st.sampled_from([0.0, 180.0, -179.99]), st.sampled_from([0.0, 80.0]))
def test_counts_hold_everywhere(seed: int, lon: float, lat: float) -> None:
    rng = np.random.default_rng(seed)
    lons = (lon + rng.uniform(-3, 3, 30) + 180) % 360 - 180
    points = gpd.points_from_xy(lons, np.clip(lat + rng.uniform(-2, 2, 30), -90, 90))
    ids = [f"{i}" for i in range(30)]
    table = gpd.GeoDataFrame({"incident_id": ids}, geometry=points, crs="EPSG:4326")
    there = sites([shapely.Point(lon, lat), points[0]])
    layer = layers.RingLayer(there, distances_m=[0.001, 90_000, 200_000], incidents=table)
    expected = geo.count_in_rings(table, there, radii_m=[0.001, 90_000, 200_000])["incidents"]
    found = Handed(*unpack(layer.drawing().blocks[0].base64), None, "")
    assert counts(found, 2) == expected.to_numpy().reshape(2, 3).tolist()


def test_rows_are_those_of_the_shared_block(incidents: gpd.GeoDataFrame) -> None:
    """Tower 22 lies in the innermost ring of itself, wherever its row is after sorting."""
    shuffled = incidents.sample(frac=1, random_state=3)
    layer = layers.RingLayer(CAMPS.iloc[:1], distances_m=[1_000], incidents=shuffled)
    found = handed(layer, "rings")
    encoded = encode_incidents(shuffled, by="test")
    assert found.incidents == encoded.columns.id
    ids = shuffled["incident_id"].to_numpy()[encoded.order]
    assert ids[found.columns["row"]].tolist() == ["test:000"]


def test_areas_lie_in_no_ring(incidents: gpd.GeoDataFrame) -> None:
    vague = incidents[incidents["precision"].isin(["admin1", "country"])]
    assert len(vague) > 5
    layer = layers.RingLayer(CAMPS, distances_m=[2_000_000], incidents=vague)
    assert handed(layer, "rings").columns["row"] == []


def test_grouped_incidents_are_counted_by_group(
    incidents: gpd.GeoDataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("layers.size_budget._LEAST_MB", 0.001)
    layer = layers.RingLayer(CAMPS, distances_m=DISTANCES_M, incidents=incidents)
    single = layer.incidents
    assert single is not None
    html = layers.Map(layer, max_size_mb=0.001).get_root().render()
    assert "Grouped into cells." in html
    assert single.columns.id not in html
    found = [unpack(block)[1] for block in blocks(html).values()]
    rings = next(columns for columns in found if "ring" in columns)
    weights = next(columns["weight"] for columns in found if "weight" in columns)
    assert len(rings["row"]) > 0
    assert max(rings["row"]) < len(weights)


def test_the_map_opens_on_the_rings() -> None:
    layer = layers.RingLayer(CAMPS.iloc[:1], distances_m=[100_000])
    (south, west), (north, east) = layers.Map(layer).get_bounds()
    np.testing.assert_allclose([south, north], [32.404, 34.207], atol=0.01)
    np.testing.assert_allclose([west, east], [37.62, 39.78], atol=0.02)


def test_no_sites_draw_nothing(incidents: gpd.GeoDataFrame) -> None:
    layer = layers.RingLayer(sites([]), distances_m=[1_000], incidents=incidents)
    assert handed(layer, "rings").columns["row"] == []


@pytest.mark.parametrize("distances", [[], [0], [5, 5], [10, 5], [float("nan")], [20_004_000]])
def test_distances_grow(distances: list[float]) -> None:
    with pytest.raises(ValueError, match=r"distances_m is .*expected growing metres"):
        layers.RingLayer(CAMPS, distances_m=distances)


def test_one_distance_is_no_list() -> None:
    with (
        suppress_type_checks(),
        pytest.raises(ValueError, match="distances_m is 10; expected growing metres, in a list"),
    ):
        layers.RingLayer(CAMPS, distances_m=10)  # type: ignore[arg-type]


def test_what_is_wrong_is_named(incidents: gpd.GeoDataFrame) -> None:
    with pytest.raises(SchemaError, match="RingLayer needs the column who"):
        layers.RingLayer(CAMPS, distances_m=[5], label="who")
    with pytest.raises(SchemaError, match=r"RingLayer: the CRS .* use table\.to_crs\(4326\)"):
        layers.RingLayer(CAMPS.to_crs(3857), distances_m=[5])
    with pytest.raises(SchemaError, match="incident_id"):
        layers.RingLayer(CAMPS, distances_m=[5], incidents=incidents.drop(columns="incident_id"))
