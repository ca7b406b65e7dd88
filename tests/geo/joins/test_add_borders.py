from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings, strategies as st

import geo
from geo.errors import PlaceNotFoundError, SchemaError
from geo.geodesy import geod
from geo.reference.lines import borders
from tests import zoo

Watch = Callable[..., AbstractContextManager[Any]]


def at(*lonlat: tuple[float, float]) -> gpd.GeoDataFrame:
    """Table of some places."""
    return gpd.GeoDataFrame(geometry=[shapely.Point(*place) for place in lonlat], crs=4326)


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


@pytest.mark.parametrize(
    ("between", "pair", "metres"),
    [(None, "JOR-SYR", 1_465.0), (("IRQ", "JOR"), "IRQ-JOR", 10_205.5)],
)
def test_tower_22_to_the_metre(between: tuple[str, str] | None, pair: str, metres: float) -> None:
    near = geo.add_borders(zoo.points("tower 22"), between=between).iloc[0]

    assert (near["border_pair"], near["border_status"]) == (pair, "international")
    assert near["border_distance_m"] == pytest.approx(metres, abs=0.5)


@pytest.mark.slow
def test_the_nearest_pair_is_the_nearest_of_all() -> None:
    rng = np.random.default_rng(22)
    lon, lat = rng.uniform(-20, 140, 12), rng.uniform(-30, 70, 12)
    table = gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat), crs=4326)
    lines = borders()

    near = geo.add_borders(table)

    for row, (x, y) in enumerate(zip(lon, lat, strict=True)):
        expected = walk_m(lines, x, y)
        assert near["border_distance_m"].iloc[row] == pytest.approx(expected, rel=0.001, abs=60)


@settings(max_examples=30)
@given(st.floats(-180, 180), st.floats(-90, 90), st.floats(1, 1e6))
def test_laws_of_one_row(lon: float, lat: float, radius_m: float) -> None:
    table = at((lon, lat)).assign(uncertainty_m=radius_m)

    near = geo.add_borders(table).iloc[0]

    least, best, most = (near[f"border_distance_{name}"] for name in ("min_m", "m", "max_m"))
    assert 0 <= least <= best < most
    assert most - best >= radius_m
    # Bearing and distance lead to the nearest point, and from there back.
    there = geod().fwd(lon, lat, near["border_bearing_deg"], best)
    assert geod().inv(*there[:2], near["border_lon"], near["border_lat"])[2] < 0.5
    assert len(near["border_pair"]) == len("JOR-SYR")
    assert near["border_pair"].split("-") == sorted(near["border_pair"].split("-"))


def test_the_nearest_point_lies_on_the_border() -> None:
    near = geo.add_borders(zoo.points("tower 22")).iloc[0]

    assert walk_m(borders(between=("JOR", "SYR")), near["border_lon"], near["border_lat"]) < 60


def test_the_interval_holds_both_errors() -> None:
    table = zoo.points("tower 22").assign(uncertainty_m=1_000.0)

    near = geo.add_borders(table).iloc[0]

    reach = 1_000.0 + borders(between=("JOR", "SYR"))["error_m"].max()
    assert reach > 1_000.0
    assert near["border_distance_max_m"] == pytest.approx(near["border_distance_m"] + reach)
    assert near["border_distance_min_m"] == max(near["border_distance_m"] - reach, 0.0)


def test_the_error_is_that_of_the_stretch() -> None:
    near = geo.add_borders(at((38.703, 33.306), (78.3, 35.3))).iloc

    reach = [row["border_distance_max_m"] - row["border_distance_m"] for row in (near[0], near[1])]
    assert reach[0] < reach[1]


def test_a_worldview_moves_borders() -> None:
    kosovo = at((20.9, 42.95))

    near, seen = geo.add_borders(kosovo), geo.add_borders(kosovo, worldview="RU")

    assert near["border_pair"].tolist() == ["SRB-XKX"]
    assert "XKX" not in seen["border_pair"].iloc[0]
    assert seen["border_distance_m"].iloc[0] > near["border_distance_m"].iloc[0]


def test_only_borders_of_a_status() -> None:
    near = geo.add_borders(zoo.points("tower 22"), status="line_of_control").iloc[0]

    assert near["border_status"] == "line_of_control"
    assert near["border_pair"] == "ISR-SYR"


def test_an_unknown_status_is_refused() -> None:
    with pytest.raises(PlaceNotFoundError, match=r"expected one of .*international"):
        geo.add_borders(zoo.points("tower 22"), status="green")


def test_a_tripoint_counts_within_reach() -> None:
    tripoint = (38.7937, 33.3751)
    table = at(tripoint, (38.703, 33.306), (38.703, 33.306)).assign(
        uncertainty_m=[10.0, 1_000.0, 20_000.0]
    )

    near = geo.add_borders(table)

    assert near["tripoint"].fillna("-").tolist() == ["IRQ-JOR-SYR", "-", "IRQ-JOR-SYR"]


def test_the_nearest_borders_come_in_order() -> None:
    table = zoo.points("tower 22", "vatican").set_index("name")

    near = geo.nearest_borders(table, count=3)

    assert near.index.tolist() == ["tower 22"] * 3 + ["vatican"] * 3
    assert near["border_rank"].tolist() == [1, 2, 3] * 2
    assert near.loc["tower 22", "border_pair"].tolist() == ["JOR-SYR", "IRQ-JOR", "IRQ-SYR"]
    assert near.loc["vatican", "border_pair"].iloc[0] == "ITA-VAT"
    assert near.groupby(level=0)["border_distance_m"].is_monotonic_increasing.all()
    assert near.groupby(level=0)["border_pair"].nunique().tolist() == [3, 3]
    single = geo.add_borders(table)
    first = near[near["border_rank"] == 1]
    assert first["border_distance_m"].tolist() == single["border_distance_m"].tolist()


def test_rows_without_a_point_have_no_nearest_borders() -> None:
    assert geo.nearest_borders(zoo.holes(), count=2).index.tolist() == ["x", "x"]


@pytest.mark.parametrize("precision", ["country", "admin1", "admin2"])
def test_areas_get_no_distance(precision: str) -> None:
    near = geo.add_borders(zoo.points("tower 22").assign(precision=precision))

    assert near["border_distance_m"].isna().all()
    assert near["border_pair"].isna().all()


def test_one_border_can_be_asked_for() -> None:
    near = geo.add_borders(zoo.points("vatican"), between=("IRQ", "JOR"))

    assert near["border_pair"].tolist() == ["IRQ-JOR"]
    assert near["border_distance_m"].iloc[0] > 2_000_000


def test_all_hard_points_get_an_answer() -> None:
    near = geo.add_borders(zoo.points())

    assert near["border_distance_m"].notna().all()
    assert near["tripoint"].isna().all()
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


def test_a_pair_in_any_sequence_order_and_case() -> None:
    tower = zoo.points("tower 22")

    plain = geo.add_borders(tower, between=("JOR", "SYR"))

    for pair in (["JOR", "SYR"], ("syr", "jor")):
        pd.testing.assert_frame_equal(geo.add_borders(tower, between=pair), plain)
    with pytest.raises(PlaceNotFoundError, match=r"'JOR-SYR'; expected two codes"):
        geo.add_borders(tower, between="JOR-SYR")
