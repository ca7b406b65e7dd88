"""Hexagons: their corners, their numbers, and the hexagon of each incident."""

from typing import Any

import geopandas as gpd
import h3
import numpy as np
import pandas as pd
import pytest
import shapely
from typeguard import suppress_type_checks

import layers
from geo.errors import SchemaError
from geo.hotspots.hexagon_counts import count_by_hexagon
from layers.incident_columns import encode_incidents
from tests.layers.result_blocks import Handed, handed

_PROVINCE = ["admin1_code", "count", "geometry"]


def cells(ids: list[str], **columns: Any) -> gpd.GeoDataFrame:
    points = [shapely.Point(h3.cell_to_latlng(each)[::-1]) for each in ids]
    return gpd.GeoDataFrame({"hex_id": ids, **columns}, geometry=points, crs="EPSG:4326")


HERE = sorted(h3.grid_disk(h3.latlng_to_cell(33.306, 38.703, 5), 1))


def corners(found: Handed) -> list[list[tuple[float, float]]]:
    """Longitude and latitude of the corners of each hexagon."""
    units = found.meta["units"]
    flat = [(x / units, y / units) for x, y in zip(*(found.columns[c] for c in "xy"), strict=True)]
    ends = np.cumsum(found.columns["corners"])
    return [
        flat[end - size : end] for end, size in zip(ends, found.columns["corners"], strict=True)
    ]


def test_incidents_lie_in_their_hexagons(incidents: gpd.GeoDataFrame) -> None:
    found = handed(layers.HexLayer(incidents, resolution=4), "hexes")
    counted = count_by_hexagon(incidents, resolution=4, study_area=0)
    counted = counted[counted["count"] > 0]
    number = np.bincount(found.columns["cell"], minlength=len(counted) + 2)
    assert number[: len(counted)].tolist() == counted["count"].tolist()
    assert number.sum() == len(incidents)
    # Then stand those that are too coarse, and those without a point.
    coarse = incidents.geometry.notna().sum() - counted["count"].sum()
    assert number[-2:].tolist() == [coarse, incidents.geometry.isna().sum()]
    assert coarse > 0


def test_the_hexagon_of_a_row_is_that_of_its_point(incidents: gpd.GeoDataFrame) -> None:
    found = handed(layers.HexLayer(incidents, resolution=6), "hexes")
    encoded = encode_incidents(incidents, by="test")
    assert found.incidents == encoded.columns.id
    shapes = [shapely.Polygon(ring) for ring in corners(found)]
    for row, cell in zip(encoded.order, found.columns["cell"], strict=True):
        if cell < len(shapes):
            assert shapes[cell].buffer(1e-4).contains(incidents.geometry.iloc[row])


@pytest.mark.parametrize("resolution", [0, 3, 5, 9, 15])
def test_corners_are_fine_enough(resolution: int) -> None:
    ids = [h3.latlng_to_cell(lat, lon, resolution) for lat, lon in ((33.3, 38.7), (60.0, 179.99))]
    found = handed(layers.HexLayer(cells(ids, count=[1, 2])), "hexes")
    edge_m = h3.average_hexagon_edge_length(resolution, unit="m")
    for ring, cell in zip(corners(found), sorted(ids, key=h3.str_to_int), strict=True):
        for (lon, lat), (lat_exact, lon_exact) in zip(ring, h3.cell_to_boundary(cell), strict=True):
            off_m = 111_320 * np.hypot(lon - lon_exact, lat - lat_exact)
            assert off_m < max(edge_m / 200, 0.02)
    assert found.meta["width_m"] == pytest.approx(edge_m * 3**0.5, rel=0.15)


def test_what_a_table_says_of_its_hexagons_travels() -> None:
    q = [0.0004, 0.005, 0.04, 0.2, 0.03, 0.9, np.nan]
    z = [5.1, 3.2, 2.4, 1.1, -2.6, -0.2, np.nan]
    table = cells(HERE, count=range(7), gi_z=z, gi_q=q, hotspot_share=[0.98] + [0.5] * 6)
    layer = layers.HexLayer(table.sample(frac=1, random_state=1))
    assert layer.layer_name == "Hotspots"
    found = handed(layer, "hexes")
    assert found.columns["level"] == [6, 5, 4, 3, 2, 3, 3]
    assert found.columns["count"] == list(range(7))
    np.testing.assert_allclose(found.columns["share"], [0.98] + [0.5] * 6, rtol=1e-6)
    assert found.incidents is None
    assert found.meta["total"] == sum(range(7))


def test_without_a_rate_the_score_decides() -> None:
    table = cells(HERE, gi_z=[1.9, 2.0, 2.6, 3.3, -2.0, -3.4, np.nan])
    assert handed(layers.HexLayer(table), "hexes").columns["level"] == [3, 4, 5, 6, 2, 0, 3]


def test_the_table_says_what_is_hot() -> None:
    """Also where it is less strict than usual, or finds less."""
    table = cells(
        HERE,
        gi_z=[2.0, 2.0, -2.0, 4.0, 0.1, 0.1, 0.1],
        gi_q=[0.08, 0.08, 0.091, 0.0001, 0.9, 0.9, np.nan],
        hotspot=["hot", "none", "cold", "hot", "none", "none", "none"],
    )
    found = handed(layers.HexLayer(table), "hexes")
    assert found.columns["level"] == [4, 3, 2, 6, 3, 3, 3]
    assert found.meta["loosest"] == 0.1


def test_incidents_are_counted_in_given_hexagons(incidents: gpd.GeoDataFrame) -> None:
    table = cells(HERE, count=[1] * 7, coarsest_m=[1e9] * 7)
    found = handed(layers.HexLayer(table, incidents=incidents), "hexes")
    there = incidents[incidents.geometry.notna()]
    ids = [h3.latlng_to_cell(point.y, point.x, 5) for point in there.geometry]
    inside = pd.Series(ids).isin(HERE).sum()
    number = np.bincount(found.columns["cell"], minlength=9)
    assert number[:7].sum() <= inside
    assert number[h3_place(found)] >= 1


def h3_place(found: Handed) -> int:
    """Place of the hexagon that holds Tower 22."""
    tower = shapely.Point(38.703, 33.306)
    return [shapely.Polygon(ring).contains(tower) for ring in corners(found)].index(True)


def test_no_hexagons_draw_nothing(incidents: gpd.GeoDataFrame) -> None:
    found = handed(layers.HexLayer(incidents.iloc[:0], resolution=5), "hexes")
    assert (found.columns["corners"], found.columns["cell"]) == ([], [])
    assert handed(layers.HexLayer(cells([])), "hexes").columns["corners"] == []


def test_the_map_opens_on_the_hexagons() -> None:
    (south, west), (north, east) = layers.Map(layers.HexLayer(cells(HERE))).get_bounds()
    assert west < 38.703 < east
    assert south < 33.306 < north
    assert east - west < 1


def test_what_is_wrong_is_named(incidents: gpd.GeoDataFrame) -> None:
    with pytest.raises(ValueError, match="the resolution is 16; expected 0 to 15"):
        layers.HexLayer(incidents, resolution=16)
    with pytest.raises(SchemaError, match="'nowhere' is no cell of H3"):
        layers.HexLayer(cells(HERE).assign(hex_id=["nowhere", *HERE[1:]]))
    with pytest.raises(SchemaError, match="names a hexagon twice"):
        layers.HexLayer(cells([HERE[0], HERE[0]]))
    with pytest.raises(SchemaError, match=r"provinces, not hexagons; .* ChoroplethLayer"):
        layers.HexLayer(cells([HERE[0]]).assign(admin1_code="JO-MA", count=1)[_PROVINCE])
    with (
        suppress_type_checks(),
        pytest.raises(ValueError, match=r"the resolution is 4.5; expected 0 to 15, a whole number"),
    ):
        layers.HexLayer(incidents, resolution=4.5)  # type: ignore[arg-type]
    with pytest.raises(SchemaError, match="resolution"):
        layers.HexLayer(cells([HERE[0], h3.cell_to_parent(HERE[0], 3)]))
