"""The user's own places."""

from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely

import layers
from geo.errors import SchemaError
from tests.layers.decoder import blocks, unpack


def sites(geometry: list[Any], **columns: Any) -> gpd.GeoDataFrame:
    names = {"name": ["Tower 22", None, "Camp"][: len(geometry)]}
    return gpd.GeoDataFrame(names | columns, geometry=geometry, crs="EPSG:4326")


POINTS = [shapely.Point(38.703, 33.306), shapely.Point(38.66, 33.31), None]


def test_places_travel_with_their_names() -> None:
    layer = layers.SiteLayer(sites(POINTS))
    assert layer.count == 2
    html = layers.Map(layer).get_root().render()
    columns = [unpack(block)[1] for block in blocks(html).values()]
    found = next(each for each in columns if "name" in each)
    assert found["name"] == ["Tower 22", None]
    np.testing.assert_array_equal(found["lon"], [3_870_300, 3_866_000])
    assert '"note":"2"' in html


def test_the_map_opens_on_the_places() -> None:
    (south, west), (north, east) = layers.Map(layers.SiteLayer(sites(POINTS))).get_bounds()
    assert (west, south, east, north) == (38.66, 33.306, 38.703, 33.31)


def test_names_may_stand_in_another_column() -> None:
    assert layers.SiteLayer(sites(POINTS[:2], camp=["A", "B"]), label="camp").count == 2


def test_a_table_without_places_is_drawn() -> None:
    assert layers.SiteLayer(sites([])).count == 0
    layers.Map(layers.SiteLayer(sites([]))).get_root().render()


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (sites(POINTS[:1]).rename(columns={"name": "who"}), "name"),
        (sites(POINTS[:1]).to_crs(3857), r"use table\.to_crs\(4326\)"),
        (sites([shapely.box(0, 0, 1, 1)]), "a Polygon in row 0, expected a Point"),
    ],
)
def test_what_is_wrong_is_named(table: gpd.GeoDataFrame, message: str) -> None:
    with pytest.raises(SchemaError, match=message):
        layers.SiteLayer(table)
