"""The nearest row of a layer: geodesic, with an interval, in any direction over any line."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings, strategies as st

import geo
from geo.errors import SchemaError
from geo.geodesy import geod
from tests import zoo

Watch = Callable[..., AbstractContextManager[Any]]

PIPES = gpd.GeoDataFrame(
    {"name": ["meridian", "slanted"], "error_m": [50.0, np.nan]},
    geometry=[shapely.LineString([(0, -5), (0, 5)]), shapely.LineString([(10, 0), (20, 7)])],
    crs=4326,
)
SQUARE = gpd.GeoDataFrame({"name": ["square"]}, geometry=[shapely.box(-1, -1, 1, 1)], crs=4326)
MADE = ("distance_m", "distance_min_m", "distance_max_m", "bearing_deg", "lon", "lat")


def at(*lonlat: tuple[float, float]) -> gpd.GeoDataFrame:
    """Table of some places."""
    return gpd.GeoDataFrame(geometry=[shapely.Point(*place) for place in lonlat], crs=4326)


def walk_m(shape: Any, lon: float, lat: float) -> float:
    """Distance by walking along a line in steps of about 50 m, with pyproj alone."""
    vertices = shapely.get_coordinates(shapely.segmentize(shape, 0.0005))
    here = np.broadcast_to(np.array([[lon], [lat]]), (2, len(vertices)))
    return float(geod().inv(*here, *vertices.T)[2].min())


def test_distance_bearing_and_place() -> None:
    near = geo.add_nearest(at((1, 0)), PIPES).iloc[0]

    assert near["nearest_name"] == "meridian"
    assert near["nearest_distance_m"] == pytest.approx(111_319.491, abs=1e-3)
    assert near["nearest_bearing_deg"] == pytest.approx(270)
    assert (near["nearest_lon"], near["nearest_lat"]) == pytest.approx((0, 0), abs=1e-5)


def test_the_columns_and_their_order() -> None:
    found = geo.add_nearest(at((1, 0)), PIPES, columns=["name"], prefix="pipe_")

    assert list(found.columns) == ["geometry", *(f"pipe_{name}" for name in MADE), "pipe_name"]


def test_the_interval_holds_the_error_of_the_line() -> None:
    table = at((1, 0), (1, 0), (12, 0)).assign(uncertainty_m=[1_000.0, np.nan, 1e6])

    found = geo.add_nearest(table, PIPES)

    spread = (found["nearest_distance_max_m"] - found["nearest_distance_m"]).tolist()
    assert spread == [pytest.approx(1_050), pytest.approx(np.nan, nan_ok=True), pytest.approx(1e6)]
    assert found["nearest_distance_min_m"].iloc[2] == 0


@settings(max_examples=15)
@given(st.floats(-180, 180), st.floats(-85, 85), st.integers(0, 2**32 - 1))
def test_equal_to_a_walk_along_the_lines(lon: float, lat: float, seed: int) -> None:
    rng = np.random.default_rng(seed)
    middle = np.array([rng.uniform(-170, 170), rng.uniform(-80, 80)])
    lines = [shapely.LineString(middle + rng.uniform(-4, 4, (3, 2))) for _ in range(3)]
    layer = gpd.GeoDataFrame({"n": range(3)}, geometry=lines, crs=4326)

    near = geo.add_nearest(at((lon, lat)), layer).iloc[0]

    walks = [walk_m(line, lon, lat) for line in lines]
    assert min(walks) - 1 <= near["nearest_distance_m"] <= min(walks) + 1e-3
    assert walks[near["nearest_n"]] <= min(walks) + 1


@settings(max_examples=15)
@given(st.floats(-180, 180), st.floats(-90, 90), st.integers(0, 2**32 - 1))
def test_the_nearest_of_points(lon: float, lat: float, seed: int) -> None:
    rng = np.random.default_rng(seed)
    lons, lats = rng.uniform(-180, 180, 50), rng.uniform(-90, 90, 50)
    lats[:2] = 90, -90
    layer = gpd.GeoDataFrame({"n": range(50)}, geometry=gpd.points_from_xy(lons, lats), crs=4326)

    near = geo.add_nearest(at((lon, lat)), layer).iloc[0]

    all_m = np.asarray(geod().inv(np.full(50, lon), np.full(50, lat), lons, lats)[2])
    assert near["nearest_distance_m"] == pytest.approx(all_m.min(), abs=2e-3)
    assert all_m[near["nearest_n"]] == pytest.approx(all_m.min(), abs=2e-3)


def test_inside_an_area_the_distance_is_zero() -> None:
    table = at((0, 0), (0.99, 0), (1.01, 0)).assign(uncertainty_m=5_000.0)

    found = geo.add_nearest(table, SQUARE)

    assert found["nearest_distance_m"].tolist() == [0, 0, pytest.approx(1_113.2, abs=0.1)]
    assert found["nearest_distance_min_m"].tolist() == [0, 0, 0]
    # Deep inside, the whole disc lies inside as well.
    assert found["nearest_distance_max_m"].tolist() == [
        0, pytest.approx(5_000 - 1_113.2, abs=0.1), pytest.approx(6_113.2, abs=0.1),
    ]  # fmt: skip
    assert found["nearest_bearing_deg"].isna().tolist() == [True, True, False]
    assert found["nearest_lon"].tolist() == [0, 0.99, pytest.approx(1)]
    assert found["nearest_name"].tolist() == ["square"] * 3


def test_the_area_that_holds_a_point_comes_before_a_nearer_edge() -> None:
    layer = gpd.GeoDataFrame(
        {"n": [0, 1]}, geometry=[shapely.box(-9, -9, 9, 9), shapely.box(0.01, 0, 1, 1)], crs=4326
    )

    assert geo.add_nearest(at((0, 0.5), (0.5, 0.5)), layer)["nearest_n"].tolist() == [0, 0]


def test_on_a_line_and_on_its_vertex() -> None:
    found = geo.add_nearest(
        at((0, 2), (0, 5), (1, 0.5)),
        gpd.GeoSeries([*PIPES.geometry, *SQUARE.geometry[:0]], crs=4326),
    )

    assert found["nearest_distance_m"].iloc[:2].tolist() == [pytest.approx(0, abs=1e-6)] * 2
    assert (
        geo.add_nearest(at((1, 0.5), (-1, -1)), SQUARE)["nearest_distance_m"].tolist()
        == [pytest.approx(0, abs=1e-6)] * 2
    )


def test_across_the_antimeridian_and_from_the_poles() -> None:
    line = gpd.GeoDataFrame(
        {"n": [7]}, geometry=[shapely.LineString([(179.99, -1), (179.99, 1)])], crs=4326
    )

    near = geo.add_nearest(at((-179.99, 0), (0, 90), (123, -90)), line)

    assert near["nearest_distance_m"].iloc[0] == pytest.approx(2_226.39, abs=0.01)
    assert near["nearest_bearing_deg"].iloc[0] == pytest.approx(270)
    assert near["nearest_distance_m"].iloc[1] == pytest.approx(near["nearest_distance_m"].iloc[2])
    assert near["nearest_n"].tolist() == [7, 7, 7]


def test_an_area_cut_at_180_degrees_has_no_gap_there() -> None:
    layer = gpd.GeoSeries([shapely.box(170, -10, 190, 10)], crs=4326)
    table = at((180, 0), (-180, 0), (179.9999, 0), (-179.9999, 0)).assign(uncertainty_m=10.0)

    assert geo.add_nearest(table, layer)["nearest_distance_m"].max() == pytest.approx(0, abs=1e-6)
    assert (geo.within(table, geo.index(layer), distance_m=0)["match"] == "certain").all()


def test_other_crs_on_both_sides() -> None:
    found = geo.add_nearest(at((1, 0)).to_crs(3857), PIPES.to_crs(3395))

    assert found["nearest_distance_m"].iloc[0] == pytest.approx(111_319.5, abs=0.5)
    assert found.crs.to_epsg() == 3857


def test_an_index_answers_as_the_layer_does() -> None:
    table = at((1, 0), (15, 9), (-3, 88)).assign(uncertainty_m=10.0)
    index = geo.index(PIPES)

    assert geo.add_nearest(table, index).equals(geo.add_nearest(table, PIPES))
    assert geo.within(table, index, distance_m=2e5).equals(geo.within(table, PIPES, distance_m=2e5))


def test_within_takes_points() -> None:
    close = geo.within(at((0.01, 0), (1, 0)), at((0, 0)), distance_m=2_000)

    assert close.index.tolist() == [0]


@pytest.mark.parametrize(
    ("layer", "message"),
    [
        (PIPES.rename(columns={"name": "distance_m"}), "called nearest_distance_m"),
        (PIPES.rename(columns={"name": "known"}), "has a column nearest_known already"),
        (PIPES.iloc[:0], "holds nothing"),
        (PIPES.set_crs(None, allow_override=True), "no CRS"),
    ],
)
def test_what_cannot_be_added(layer: gpd.GeoDataFrame, message: str) -> None:
    with pytest.raises(SchemaError, match=f"add_nearest: .*{message}"):
        geo.add_nearest(at((0, 0)).assign(nearest_known=1), layer)


def test_the_incident_tables_own_columns_are_safe() -> None:
    with pytest.raises(SchemaError, match="border_distance_m means something else"):
        geo.add_nearest(at((0, 0)), PIPES, prefix="border_")


@pytest.mark.parametrize("precision", ["country", "admin1", "admin2"])
def test_areas_get_no_distance(precision: str) -> None:
    near = geo.add_nearest(at((1, 0)).assign(precision=precision), PIPES)

    assert near[["nearest_distance_m", "nearest_name"]].isna().all(axis=None)


def test_rows_and_index_stay_and_inputs_too(unchanged: Watch) -> None:
    table = zoo.holes()

    with unchanged(table, PIPES):
        near = geo.add_nearest(table, PIPES)

    assert near.index.tolist() == ["x", "y", "z"]
    assert near["nearest_distance_m"].isna().tolist() == [False, True, True]
    assert near["nearest_name"].isna().tolist() == [False, True, True]


def test_points_off_the_earth_say_why() -> None:
    row = geo.add_nearest(at((33.0, 95.0)).assign(status="located", reason="given"), PIPES).iloc[0]

    assert np.isnan(row["nearest_distance_m"])
    assert row["status"] == "suspicious"
    assert row["reason"].startswith("given. The latitude 95 is not within")
