"""Hexagons: the whole globe without gaps, cut where GeoJSON asks, and what is counted in them."""

import math
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

import geo
from geo.errors import SchemaError, TooManyCellsError
from geo.hotspots.hexagons import areas_km2, cells_at, cells_in_boxes, rings_of, shapes_of, texts_of

EARTH_KM2 = 510_065_621.724


def incidents(lon: list[float], lat: list[float], **columns: Any) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(columns, geometry=gpd.points_from_xy(lon, lat), crs=4326)


@pytest.mark.parametrize("resolution", [0, 1, 2])
def test_the_cells_tile_the_globe(resolution: int) -> None:
    cells = cells_in_boxes([(-180, -90, 180, 90)], resolution)
    rings = rings_of(cells)
    shapes = shapes_of(rings)

    assert len(cells) == 2 + 120 * 7**resolution
    assert areas_km2(rings).sum() == pytest.approx(EARTH_KM2, rel=1e-9)
    # No gaps and no overlaps, also at the poles and at 180 degrees.
    assert shapely.area(shapes).sum() == pytest.approx(360 * 180, rel=1e-9)
    assert shapely.union_all(shapes).area == pytest.approx(360 * 180, rel=1e-9)
    assert shapely.is_valid(shapes).all()
    bounds = shapely.bounds(shapes)
    assert (bounds[:, 0] >= -180).all()
    assert (bounds[:, 2] <= 180).all()


def test_a_cell_across_180_degrees_is_cut() -> None:
    found = geo.count_by_hexagon(incidents([179.99], [-17.0]), resolution=3, study_area=0)

    (shape,) = found.geometry
    assert shape.geom_type == "MultiPolygon"
    west, east = sorted(shape.geoms, key=lambda part: part.bounds[0])
    assert (west.bounds[0], east.bounds[2]) == (-180.0, 180.0)
    assert all(part.exterior.is_ccw for part in shape.geoms)
    assert found["count"].tolist() == [1]


def test_the_pole_lies_in_its_cell() -> None:
    found = geo.count_by_hexagon(incidents([0.0, 90.0], [90.0, 90.0]), resolution=4, study_area=1)

    assert found["count"].max() == 2
    (shape,) = found.loc[found["count"] == 2].geometry
    assert shape.bounds[0::2] == (-180.0, 180.0)
    assert shape.bounds[3] == 90.0
    assert len(found) == 7


def test_counts_are_those_of_h3_and_cells_without_any_are_there() -> None:
    rng = np.random.default_rng(0)
    lon, lat = rng.uniform((35.6, 31.2), (39.0, 32.4), (500, 2)).T
    found = geo.count_by_hexagon(incidents(lon, lat), resolution=5, study_area="Jordan")

    expected = pd.Series(texts_of(cells_at(lon, lat, 5))).value_counts()
    counts = found.set_index("hex_id")["count"]
    pd.testing.assert_series_equal(
        counts[counts > 0], expected.loc[counts[counts > 0].index], check_names=False
    )
    assert (counts == 0).any()
    assert found["hex_id"].is_monotonic_increasing
    np.testing.assert_allclose(found["count_per_km2"], found["count"] / found["area_km2"])


def test_the_countries_with_incidents_are_the_study_area() -> None:
    found = geo.count_by_hexagon(incidents([35.5], [33.9]), resolution=5)
    lebanon = geo.countries().set_index("country_a3").loc["LBN", "geometry"]

    inside = shapely.covers(lebanon, found.representative_point().to_numpy())
    assert found["count"].sum() == 1
    assert inside.mean() > 0.8
    assert found["area_km2"].sum() == pytest.approx(10_300, rel=0.06)


@pytest.mark.parametrize(
    ("study_area", "cells"),
    [
        (0, 1),
        (1, 7),
        (2, 19),
        ((36.0, 33.0, 37.0, 34.0), 36),
        (shapely.box(36, 33, 37, 34), 36),
        (gpd.GeoSeries([shapely.box(36, 33, 37, 34)], crs=4326).to_crs(3857), 36),
    ],
)
def test_study_areas(study_area: Any, cells: int) -> None:
    found = geo.count_by_hexagon(incidents([36.5], [33.5]), resolution=5, study_area=study_area)

    assert len(found) == cells
    assert found["count"].sum() == 1


def test_an_incident_outside_of_the_study_area_does_not_count() -> None:
    box = (36.0, 33.0, 37.0, 34.0)
    found = geo.count_by_hexagon(
        incidents([36.5, 45.0], [33.5, 33.5]), resolution=4, study_area=box
    )

    assert found["count"].sum() == 1


def test_bounds_may_lie_across_180_degrees() -> None:
    points = incidents([179.9, -179.9, 0.0], [-17.0, -17.0, 0.0])
    turned = geo.count_by_hexagon(points, resolution=3, study_area=(179.0, -18.0, -179.0, -16.0))
    beyond = geo.count_by_hexagon(points, resolution=3, study_area=(179.0, -18.0, 181.0, -16.0))

    assert turned["hex_id"].tolist() == beyond["hex_id"].tolist()
    assert turned["count"].sum() == 2


def test_what_is_too_coarse_is_counted_apart() -> None:
    table = incidents(
        [36.5] * 6,
        [33.5] * 6,
        uncertainty_m=[100.0, 13_000.0, 14_000.0, None, 100.0, 100.0],
        precision=["exact", "settlement", "settlement", "site", "admin1", "country"],
    )
    found = geo.count_by_hexagon(table, resolution=5, study_area=1)
    row = found.loc[found["count"] > 0].iloc[0]
    assert (row["count"], row["coarse_count"]) == (3, 3)

    everything = geo.count_by_hexagon(table, resolution=5, study_area=1, coarsest_m=math.inf)
    assert (everything["count"].sum(), everything["coarse_count"].sum()) == (6, 0)


def test_rates_by_people() -> None:
    table = incidents([36.5, 36.5], [33.5, 33.5])
    cells = geo.count_by_hexagon(table, resolution=5, study_area=1)
    full = cells.loc[cells["count"] > 0, "hex_id"].iloc[0]

    found = geo.count_by_hexagon(
        table, resolution=5, study_area=1, population=pd.Series({full: 50_000.0})
    ).set_index("hex_id")

    assert found.loc[full, "count_per_100k"] == pytest.approx(4.0)
    assert found["population"].notna().sum() == 1
    assert found["count_per_100k"].notna().sum() == 1


def test_no_incidents_and_no_positions() -> None:
    for table in (incidents([], []), gpd.GeoDataFrame(geometry=[None, None], crs=4326)):
        for study_area in ("countries", 2):
            assert geo.count_by_hexagon(table, resolution=5, study_area=study_area).empty
        found = geo.count_by_hexagon(table, resolution=5, study_area=(36.0, 33.0, 37.0, 34.0))
        assert len(found) > 30
        assert found["count"].sum() == 0


def test_bad_questions_are_refused() -> None:
    table = incidents([36.5], [33.5])
    with pytest.raises(ValueError, match="resolution is 16; expected 0 to 15"):
        geo.count_by_hexagon(table, resolution=16)
    with pytest.raises(TooManyCellsError, match="resolution 10 would do") as refused:
        geo.count_by_hexagon(table, resolution=12, study_area="Lebanon")
    assert refused.value.count > 10_000_000
    with pytest.raises(TooManyCellsError, match="fewer rings"):
        geo.count_by_hexagon(table, resolution=12, study_area=5_000)
    with pytest.raises(SchemaError, match="spans"):
        geo.count_by_hexagon(table, resolution=5, study_area=shapely.Point(36, 33))
    with pytest.raises(SchemaError, match="names none of the cells"):
        geo.count_by_hexagon(table, resolution=5, study_area=1, population={"here": 5.0})
    cell = geo.count_by_hexagon(table, resolution=5, study_area=0)["hex_id"].iloc[0]
    with pytest.raises(SchemaError, match="is below 0"):
        geo.count_by_hexagon(table, resolution=5, study_area=0, population={cell: -1.0})
