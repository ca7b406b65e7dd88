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


def at(*lonlat: tuple[float, float]) -> gpd.GeoDataFrame:
    """Table of some places."""
    return gpd.GeoDataFrame(geometry=[shapely.Point(*place) for place in lonlat], crs=4326)


def test_distance_from_both_sides_of_the_coast() -> None:
    coast = geo.coast().set_index("country_a3").loc["JOR"]
    line = shapely.get_parts(coast.geometry)[0]
    aqaba = shapely.line_interpolate_point(line, 0.5, normalized=True)
    ashore, afloat = (geod().fwd(aqaba.x, aqaba.y, azimuth, 500.0)[:2] for azimuth in (90, 270))

    near = geo.add_coast(at(ashore, afloat))

    assert near["coast_distance_m"].between(0, 500.5).all()


def test_distance_equals_the_vertices_of_the_coast() -> None:
    rng = np.random.default_rng(5)
    lon, lat = rng.uniform(-180, 180, 5), rng.uniform(-60, 80, 5)
    vertices = shapely.get_coordinates(geo.coast().geometry)

    near = geo.add_coast(at(*zip(lon, lat, strict=True)))["coast_distance_m"]

    for place, found in zip(zip(lon, lat, strict=True), near, strict=True):
        here = np.broadcast_to(np.array(place)[:, None], (2, len(vertices)))
        nearest = geod().inv(*here, *vertices.T)[2].min()
        # Edges of the coast are short; the nearest vertex lies hardly farther than the edge.
        assert nearest - 20_000 < found <= nearest + 0.2


def test_the_shore_of_a_lake_is_no_coast() -> None:
    lake_victoria = (33.0, -1.0)

    assert geo.add_coast(at(lake_victoria))["coast_distance_m"].iloc[0] > 500_000


@settings(max_examples=20)
@given(st.floats(-180, 180), st.floats(-90, 90), st.floats(1, 1e6))
def test_the_interval_holds_the_distance(lon: float, lat: float, radius_m: float) -> None:
    near = geo.add_coast(at((lon, lat)).assign(uncertainty_m=radius_m)).iloc[0]

    assert 0 <= near["coast_distance_min_m"] <= near["coast_distance_m"]
    assert near["coast_distance_max_m"] >= near["coast_distance_m"] + radius_m


def test_both_sides_of_the_date_line_see_the_same_coast() -> None:
    west_m, east_m = geo.add_coast(zoo.points("just west of 180", "just east of 180"))[
        "coast_distance_m"
    ]

    assert abs(west_m - east_m) < 30


@pytest.mark.parametrize("precision", ["country", "admin1", "admin2"])
def test_areas_get_no_distance(precision: str) -> None:
    near = geo.add_coast(zoo.points("tower 22").assign(precision=precision))

    assert near["coast_distance_m"].isna().all()


def test_rows_and_index_stay_and_inputs_too(unchanged: Watch) -> None:
    table = zoo.holes()

    with unchanged(table):
        near = geo.add_coast(table)

    assert near.index.tolist() == ["x", "y", "z"]
    assert near["coast_distance_m"].isna().tolist() == [False, True, True]


def test_points_off_the_earth_say_why() -> None:
    table = at((33.0, 95.0)).assign(status="located", reason="given")

    row = geo.add_coast(table).iloc[0]

    assert np.isnan(row["coast_distance_m"])
    assert row["status"] == "suspicious"
    assert row["reason"].startswith("given. The latitude 95 is not within")


def test_a_table_without_points_is_refused() -> None:
    with pytest.raises(SchemaError, match="add_coast needs the column geometry"):
        geo.add_coast(gpd.GeoDataFrame({"a": [1]}))


@settings(max_examples=20)
@given(st.floats(-180, 180), st.floats(-89, 89))
def test_bearing_and_distance_lead_to_the_nearest_point(lon: float, lat: float) -> None:
    near = geo.add_coast(at((lon, lat))).iloc[0]

    there = geod().fwd(lon, lat, near["coast_bearing_deg"], near["coast_distance_m"])[:2]
    assert 0 <= near["coast_bearing_deg"] < 360
    assert geod().inv(*there, near["coast_lon"], near["coast_lat"])[2] < 0.2
