"""Links between incidents near each other, and to their nearest sites."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

import geo
import layers
from geo.errors import SchemaError
from geo.geodesy import geod
from layers.incident_columns import encode_incidents
from tests.layers.decoder import blocks, unpack
from tests.layers.result_blocks import handed


@pytest.fixture
def dated(incidents: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Incidents under labels of their own, in no order."""
    return incidents.sample(frac=1, random_state=8).set_index(
        pd.Index([f"row {i}" for i in range(len(incidents))])
    )


@pytest.fixture
def sites() -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {"name": ["East", "West"]},
        geometry=gpd.points_from_xy([41.0, 37.0], [33.0, 33.0]),
        crs="EPSG:4326",
    )


def test_pairs_travel_as_rows_of_the_incidents(dated: gpd.GeoDataFrame) -> None:
    pairs = geo.pairs(dated, distance_m=60_000)
    assert len(pairs) > 5
    layer = layers.LinkLayer(pairs, incidents=dated)
    assert (layer.count, layer.layer_name) == (len(pairs), "Near each other")
    found = handed(layer, "pairLinks")
    encoded = encode_incidents(dated, by="test")
    assert found.incidents == encoded.columns.id
    labels = dated.index.to_numpy()[encoded.order]
    for end, column in (("first", "row"), ("second", "other")):
        assert labels[found.columns[column]].tolist() == pairs[end].tolist()
    np.testing.assert_allclose(found.columns["distance_m"], pairs["distance_m"], rtol=1e-6)


def test_bearings_lead_from_one_incident_to_the_other(dated: gpd.GeoDataFrame) -> None:
    pairs = geo.pairs(dated, distance_m=60_000)
    found = handed(layers.LinkLayer(pairs, incidents=dated), "pairLinks")
    start, end = (dated.geometry.loc[pairs[name].tolist()] for name in ("first", "second"))
    lon, lat, _ = geod().fwd(
        start.x, start.y, found.columns["bearing_deg"], found.columns["distance_m"]
    )
    np.testing.assert_allclose(lon, end.x, atol=1e-5)
    np.testing.assert_allclose(lat, end.y, atol=1e-5)


def test_days_and_shares_are_told(dated: gpd.GeoDataFrame) -> None:
    pairs = geo.pairs(dated, distance_m=60_000, days=30)
    found = handed(layers.LinkLayer(pairs, incidents=dated), "pairLinks")
    assert found.columns["days_max"] == pairs["days_max"].tolist()
    certain = [share == 1 for share in found.columns["share"]]
    assert certain == (pairs["match"] == "certain").tolist()
    assert not all(certain)


def test_links_to_sites_carry_names_and_intervals(
    dated: gpd.GeoDataFrame, sites: gpd.GeoDataFrame
) -> None:
    near = geo.nearest(dated, sites)
    layer = layers.LinkLayer(near, incidents=dated)
    assert layer.layer_name == "Nearest sites"
    found = handed(layer, "pairLinks")
    assert found.columns["name"] == near["site_name"].tolist()
    assert "other" not in found.columns
    encoded = encode_incidents(dated, by="test")
    labels = dated.index.to_numpy()[encoded.order]
    assert labels[found.columns["row"]].tolist() == near.index.tolist()
    np.testing.assert_allclose(found.columns["distance_max_m"], near["site_distance_max_m"])


def test_there_is_no_way_from_a_site_to_itself(dated: gpd.GeoDataFrame) -> None:
    here = dated[dated["title"] == "Drone attack on Tower 22"]
    there = here[["geometry"]].assign(name="Tower 22")
    assert layers.LinkLayer(geo.nearest(here, there), incidents=dated).count == 0


def test_other_prefixes_are_read(dated: gpd.GeoDataFrame, sites: gpd.GeoDataFrame) -> None:
    near = geo.nearest(dated, sites, prefix="camp_")
    layer = layers.LinkLayer(near, incidents=dated, prefix="camp_", name="Camps")
    assert (layer.count, layer.layer_name) == (len(near), "Camps")


def test_groups_have_no_links(dated: gpd.GeoDataFrame, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("layers.size_budget._LEAST_MB", 0.001)
    layer = layers.LinkLayer(geo.pairs(dated, distance_m=60_000), incidents=dated)
    html = layers.Map(layer, max_size_mb=0.001).get_root().render()
    found = [unpack(block) for block in blocks(html).values()]
    meta, columns = next(each for each in found if "bearing_deg" in each[1])
    assert (meta, columns["row"]) == ({"grouped": True}, [])


def test_no_pairs_draw_nothing(dated: gpd.GeoDataFrame) -> None:
    none = geo.pairs(dated.iloc[:1], distance_m=5)
    assert handed(layers.LinkLayer(none, incidents=dated), "pairLinks").columns["row"] == []


def test_what_is_wrong_is_named(dated: gpd.GeoDataFrame) -> None:
    pairs = geo.pairs(dated, distance_m=60_000)
    with pytest.raises(SchemaError, match="distance_m"):
        layers.LinkLayer(pairs.drop(columns="distance_m"), incidents=dated)
    with pytest.raises(SchemaError, match=r"as geo\.nearest does; see prefix"):
        layers.LinkLayer(dated, incidents=dated)
    with pytest.raises(SchemaError, match="names incident 'row 99', which is not in the index"):
        layers.LinkLayer(pairs.assign(first="row 99"), incidents=dated)
    lost = dated.index[dated.geometry.isna()][0]
    with pytest.raises(SchemaError, match=f"{lost}', which has no point"):
        layers.LinkLayer(pairs.assign(second=lost), incidents=dated)
    numbered = dated.reset_index(drop=True)
    far = geo.pairs(numbered, distance_m=60_000).assign(first=9_999)
    with pytest.raises(SchemaError, match="names incident 9999, which is not in the index"):
        layers.LinkLayer(far, incidents=numbered)
    twice = dated.set_index(pd.Index(["same"] * len(dated)))
    with pytest.raises(SchemaError, match="names some rows twice"):
        layers.LinkLayer(pairs, incidents=twice)
