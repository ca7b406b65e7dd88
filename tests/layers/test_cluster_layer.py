"""Clusters: their outlines, and which incident belongs to which."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

import geo
import layers
from geo.errors import SchemaError
from layers.incident_columns import encode_incidents
from tests.layers.decoder import blocks, unpack
from tests.layers.result_blocks import Handed, handed


@pytest.fixture
def clustered(incidents: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Incidents of which two groups lie close together, in no order."""
    points = incidents.geometry.to_numpy().copy()
    points[1:5] = shapely.points(38.0 + np.arange(4) / 100, 33.0)
    points[10:16] = shapely.points(40.0, 34.0 + np.arange(6) / 100)
    table = incidents.set_geometry(gpd.GeoSeries(points, crs="EPSG:4326")).assign(precision="site")
    return geo.add_clusters(table, distance_m=2_000, min_incidents=3).sample(frac=1, random_state=5)


def members(found: Handed, table: gpd.GeoDataFrame) -> list[list[str]]:
    """Identifiers of the incidents of each cluster."""
    ids = table["incident_id"].to_numpy()[encode_incidents(table, by="test").order]
    of_row = np.array(found.columns["cluster"])
    return [sorted(ids[of_row == place]) for place in range(len(found.columns["name"]))]


def test_incidents_belong_to_their_cluster(clustered: gpd.GeoDataFrame) -> None:
    layer = layers.ClusterLayer(clustered)
    assert layer.count == 2
    found = handed(layer, "clusterHulls")
    assert (found.columns["name"], found.columns["total"]) == (["1", "2"], [6, 4])
    assert members(found, clustered) == [
        [f"test:{i:03d}" for i in range(10, 16)],
        [f"test:{i:03d}" for i in range(1, 5)],
    ]


def test_outlines_hold_their_incidents(clustered: gpd.GeoDataFrame) -> None:
    found = handed(layers.ClusterLayer(clustered), "clusterHulls")
    corners = np.column_stack([found.columns["x"], found.columns["y"]]) / 1e5
    ends = np.cumsum(found.columns["ring_length"])
    shapes = [shapely.Polygon(part) for part in np.split(corners, ends[:-1])]
    assert found.columns["ring_cluster"] == [0, 1]
    for shape, ids in zip(shapes, members(found, clustered), strict=True):
        inside = clustered[clustered["incident_id"].isin(ids)]
        assert shapely.contains(shape.buffer(2e-5), inside.geometry.to_numpy()).all()


def test_groups_keep_their_cluster(
    clustered: gpd.GeoDataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("layers.size_budget._LEAST_MB", 0.001)
    html = layers.Map(layers.ClusterLayer(clustered), max_size_mb=0.001).get_root().render()
    found = [unpack(block)[1] for block in blocks(html).values()]
    of_row = np.array(next(each["cluster"] for each in found if "ring_cluster" in each))
    weight = np.array(next(each["weight"] for each in found if "weight" in each))
    assert [weight[of_row == place].sum() for place in (0, 1)] == [6, 4]


def test_no_clusters_draw_nothing(incidents: gpd.GeoDataFrame) -> None:
    none = incidents.assign(cluster=pd.array([None] * len(incidents), dtype="Int64"))
    found = handed(layers.ClusterLayer(none), "clusterHulls")
    assert (found.columns["name"], set(found.columns["cluster"])) == ([], {0})


def test_the_map_opens_on_the_clusters(clustered: gpd.GeoDataFrame) -> None:
    (south, west), (north, east) = layers.Map(layers.ClusterLayer(clustered)).get_bounds()
    np.testing.assert_allclose([west, south], [38.0, 33.0], atol=0.1)
    np.testing.assert_allclose([east, north], [40.0, 34.05], atol=0.1)


def test_what_is_wrong_is_named(incidents: gpd.GeoDataFrame) -> None:
    with pytest.raises(SchemaError, match="ClusterLayer needs the column cluster"):
        layers.ClusterLayer(incidents)


def test_a_table_without_clusters_may_stand_beside(clustered: gpd.GeoDataFrame) -> None:
    marks = layers.IncidentLayer(clustered.drop(columns="cluster"))
    html = layers.Map(layers.ClusterLayer(clustered), marks).get_root().render()
    found = [unpack(block)[1] for block in blocks(html).values()]
    of_row = np.array(next(each["cluster"] for each in found if "ring_cluster" in each))
    assert [(of_row == place).sum() for place in (0, 1)] == [6, 4]
