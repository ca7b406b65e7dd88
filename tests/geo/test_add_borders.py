from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely

import geo
from geo.errors import PlaceNotFoundError, SchemaError
from geo.geodesy import geod
from geo.reference import BORDER_ERROR_M, borders
from tests import zoo

Watch = Callable[..., AbstractContextManager[Any]]


def walk_m(lines: gpd.GeoDataFrame, lon: float, lat: float) -> float:
    """Distance to lines by walking along them in steps of about 100 m, with pyproj alone.

    Only parts that a first walk in steps of about 5 km finds near enough get the second one.
    """

    def nearest_vertex_m(part: shapely.Geometry, step_deg: float) -> float:
        vertices = shapely.get_coordinates(shapely.segmentize(part, step_deg))
        here = np.full(len(vertices), lon), np.full(len(vertices), lat)
        return float(geod().inv(*here, *vertices.T)[2].min())

    parts = shapely.get_parts(lines.geometry.to_numpy())
    rough_m = np.array([nearest_vertex_m(part, 0.05) for part in parts])
    near = parts[rough_m <= rough_m.min() + 6_000]
    return min(nearest_vertex_m(part, 0.001) for part in near)


def test_tower_22_lies_where_the_shipped_line_says() -> None:
    table = zoo.points("tower 22")

    near = geo.add_borders(table).iloc[0]

    expected = walk_m(borders(between=("JOR", "SYR")), 38.703, 33.306)
    assert near["border_pair"] == "JOR-SYR"
    assert near["border_distance_m"] == pytest.approx(expected, rel=0.01)


def test_the_nearest_pair_is_the_nearest_of_all() -> None:
    rng = np.random.default_rng(22)
    lon, lat = rng.uniform(-20, 140, 12), rng.uniform(-30, 70, 12)
    table = gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat), crs=4326)
    lines = borders()

    near = geo.add_borders(table)

    for row, (x, y) in enumerate(zip(lon, lat, strict=True)):
        expected = walk_m(lines, x, y)
        assert near["border_distance_m"].iloc[row] == pytest.approx(expected, rel=0.001, abs=60)


def test_bearing_and_distance_lead_to_the_border() -> None:
    near = geo.add_borders(zoo.points("tower 22")).iloc[0]

    lon, lat, _ = geod().fwd(38.703, 33.306, near["border_bearing_deg"], near["border_distance_m"])

    assert walk_m(borders(between=("JOR", "SYR")), lon, lat) < 60


def test_the_interval_holds_both_errors() -> None:
    table = zoo.points("tower 22").assign(uncertainty_m=1_000.0)

    near = geo.add_borders(table).iloc[0]

    reach = 1_000.0 + BORDER_ERROR_M
    assert near["border_distance_max_m"] == pytest.approx(near["border_distance_m"] + reach)
    assert near["border_distance_min_m"] == max(near["border_distance_m"] - reach, 0.0)


@pytest.mark.parametrize("precision", ["country", "admin1", "admin2"])
def test_areas_get_no_distance(precision: str) -> None:
    near = geo.add_borders(zoo.points("tower 22").assign(precision=precision))

    assert near["border_distance_m"].isna().all()
    assert near["border_pair"].isna().all()


def test_one_border_can_be_asked_for() -> None:
    near = geo.add_borders(zoo.points("tower 22"), between=("IRQ", "JOR"))

    assert near["border_pair"].tolist() == ["IRQ-JOR"]
    assert 5_000 < near["border_distance_m"].iloc[0] < 12_000


def test_all_hard_points_get_an_answer() -> None:
    near = geo.add_borders(zoo.points())

    assert near["border_distance_m"].notna().all()
    assert near["border_bearing_deg"].between(0, 360, inclusive="left").all()


def test_rows_and_index_stay_and_inputs_too(unchanged: Watch) -> None:
    table = zoo.holes()

    with unchanged(table):
        near = geo.add_borders(table)

    assert near.index.tolist() == ["x", "y", "z"]
    assert near["border_pair"].isna().tolist() == [False, True, True]


def test_both_sides_of_the_date_line_see_the_same_border() -> None:
    near = geo.add_borders(zoo.points("just west of 180", "just east of 180"))

    west_m, east_m = near["border_distance_m"]
    assert abs(west_m - east_m) < 30


@pytest.mark.parametrize("empty", [True, False])
def test_tables_without_points_get_the_columns(*, empty: bool) -> None:
    table = zoo.holes()[:0] if empty else zoo.holes()[1:]

    near = geo.add_borders(table)

    assert near["border_distance_m"].isna().all()
    assert near["border_distance_m"].dtype == "float64"


def test_countries_that_do_not_touch_are_refused() -> None:
    with pytest.raises(PlaceNotFoundError, match="JOR borders IRQ, ISR, PSE, SAU, SYR"):
        geo.add_borders(zoo.points("tower 22"), between=("JOR", "FRA"))


def test_codes_that_nobody_has_are_named() -> None:
    with pytest.raises(PlaceNotFoundError, match="code XYZ"):
        geo.borders(between=("JOR", "XYZ"))


def test_a_table_without_points_is_refused() -> None:
    with pytest.raises(SchemaError, match="add_borders needs the column geometry"):
        geo.add_borders(gpd.GeoDataFrame({"a": [1]}))


def test_repeated_labels_and_unknown_uncertainty() -> None:
    table = gpd.GeoDataFrame(
        {"uncertainty_m": [np.nan, 1_000.0, 1_000.0]},
        geometry=[shapely.Point(38.703, 33.306), None, shapely.Point()],
        index=[7, 7, 7],
        crs=4326,
    )

    near = geo.add_borders(table)

    assert near["border_pair"].fillna("-").tolist() == ["JOR-SYR", "-", "-"]
    assert near["border_distance_m"].notna().tolist() == [True, False, False]
    assert near["border_distance_min_m"].isna().all()
