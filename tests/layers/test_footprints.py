"""A footprint stands for the disc: its rings travel with the row that they belong to."""

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

import layers
from geo.errors import SchemaError
from layers.incident_columns import encode_incidents
from tests.layers.decoder import unpack

BOX = shapely.box(38, 33, 39, 34)
HOLED = BOX.difference(shapely.box(38.4, 33.4, 38.6, 33.6))


def table_of(footprints: list[Any], crs: str = "EPSG:4326") -> gpd.GeoDataFrame:
    number = range(len(footprints))
    return gpd.GeoDataFrame(
        {
            "incident_id": [f"test:{i}" for i in number],
            "date_start": pd.to_datetime([f"2024-01-{20 - i}" for i in number]),
            "uncertainty_m": 60_000.0,
            "footprint": gpd.GeoSeries(footprints, crs=crs),
        },
        geometry=[shapely.Point(38.5, 33.5)] * len(footprints),
        crs="EPSG:4326",
    )


def test_rings_name_their_row_in_the_order_of_the_incident_block() -> None:
    pair = shapely.MultiPolygon([BOX, shapely.box(40, 33, 41, 34)])
    block = encode_incidents(table_of([HOLED, None, pair]), by="test").footprints
    assert block is not None
    _, columns = unpack(block.base64)
    # Time order turns the rows round.
    assert columns["ring_row"] == [0, 0, 2, 2]
    assert columns["ring_length"] == [5, 5, 5, 5]
    ends = np.cumsum(columns["ring_length"])
    hole = np.array(columns["x"])[ends[2] : ends[3]]
    assert set(hole / 1e5) == {38.4, 38.6}


def test_the_edge_is_kept_to_200_metres() -> None:
    fine = shapely.Point(38, 33).buffer(0.5, quad_segs=10_000)
    block = encode_incidents(table_of([fine]), by="test").footprints
    assert block is not None
    _, columns = unpack(block.base64)
    assert len(columns["x"]) < 100
    kept = shapely.Polygon(np.column_stack([columns["x"], columns["y"]]) / 1e5)
    assert shapely.hausdorff_distance(kept.exterior, fine.exterior) < 0.0021


@pytest.mark.parametrize("footprints", [[None, None], [shapely.Polygon(), None]])
def test_without_a_footprint_there_is_no_block(footprints: list[Any]) -> None:
    assert encode_incidents(table_of(footprints), by="test").footprints is None


def test_the_uncertainty_layer_hands_the_block_to_the_viewer() -> None:
    footprints = encode_incidents(table_of([BOX, None]), by="test").footprints
    assert footprints is not None
    layer = layers.UncertaintyLayer(table_of([BOX, None]))
    html = layers.Map(layer).get_root().render()
    assert f'{{"name":"Uncertainty areas"}},"{footprints.id}")' in html
    assert f'id="{footprints.id}"' in html
    bare = layers.Map(layers.UncertaintyLayer(table_of([None]))).get_root().render()
    assert '{"name":"Uncertainty areas"},null)' in bare


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (
            table_of([None, shapely.Point(1, 2)]),
            "footprint is a Point in row 1, expected a Polygon",
        ),
        (table_of([BOX], crs="EPSG:3857"), "the CRS of footprint is EPSG:3857"),
        (table_of([None]).assign(footprint="POLYGON EMPTY"), "footprint is a str in row 0"),
    ],
)
def test_what_is_wrong_with_a_footprint_is_said(table: Any, message: str) -> None:
    with pytest.raises(SchemaError, match=message):
        layers.UncertaintyLayer(table)
