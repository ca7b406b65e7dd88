import json
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
from geo.geodesy import geod
from tests.geo.joins.country_rows import at, first

Watch = Callable[..., AbstractContextManager[Any]]


def shares(lon: float, lat: float, radius_m: float, **columns: Any) -> dict[str, float]:
    """Countries that a point with an uncertainty can lie in."""
    table = at((lon, lat), uncertainty_m=[radius_m], **columns)
    found: dict[str, float] = json.loads(first(table)["country_shares"])
    return found


def test_a_point_near_a_border_is_not_claimed_for_one_side() -> None:
    found = shares(38.703, 33.306, 5_000.0)

    assert set(found) == {"JOR", "SYR"}
    # A straight line at d from the middle leaves the normal integral beyond d on its far side.
    assert found["SYR"] == pytest.approx(0.235, abs=0.03)


def test_the_shares_of_a_point_on_a_straight_border_are_even() -> None:
    line = geo.add_borders(at((-100.0, 49.01))).iloc[0]
    found = shares(line["border_lon"], line["border_lat"], 2_000.0)

    assert found == {"CAN": pytest.approx(0.5, abs=0.02), "USA": pytest.approx(0.5, abs=0.02)}


def test_out_of_reach_there_is_one_country() -> None:
    assert shares(36.5, 31.5, 5_000.0) == {"JOR": 1.0}
    assert shares(-140.0, -30.0, 5_000.0) == {"nobody": 1.0}


def test_the_disc_crosses_the_antimeridian() -> None:
    found = shares(180.0, 71.2, 60_000.0)

    assert found["RUS"] > 0.9


def test_an_area_lies_in_the_country_it_was_named_in() -> None:
    assert shares(38.703, 33.306, 200_000.0, precision=["admin1"]) == {"JOR": 1.0}


def test_a_footprint_is_the_area_instead_of_the_disc() -> None:
    half = gpd.GeoSeries([shapely.box(-101, 48.5, -99, 49.5)], crs=4326)

    found = shares(-100.0, 49.2, 150_000.0, footprint=half)

    assert found == {"CAN": pytest.approx(0.5, abs=0.03), "USA": pytest.approx(0.5, abs=0.03)}


def test_unknown_uncertainty_gives_no_shares() -> None:
    row = first(at((38.703, 33.306), uncertainty_m=[np.nan]))

    assert pd.isna(row["country_shares"])


@settings(max_examples=30)
@given(st.floats(-180, 180), st.floats(-90, 90), st.floats(1, 200_000))
def test_shares_sum_to_one_and_hold_the_country(lon: float, lat: float, radius: float) -> None:
    row = first(at((lon, lat), uncertainty_m=[radius]))

    found = json.loads(row["country_shares"])
    assert sum(found.values()) == pytest.approx(1.0, abs=0.05)
    assert all(0 < share <= 1 for share in found.values())
    assert (row["country_a3"] if pd.notna(row["country_a3"]) else "nobody") in found


@pytest.mark.parametrize("radius_m", [-5.0, 0.0, np.inf, np.nan])
def test_a_radius_that_is_none_is_unknown(radius_m: float) -> None:
    table = at((38.703, 33.306), (36.5, 31.5), uncertainty_m=[radius_m, 100.0])

    joined = geo.add_countries(table)

    assert joined["country_a3"].tolist() == ["JOR", "JOR"]
    assert joined["country_shares"].isna().tolist() == [True, False]


def test_a_footprint_may_have_another_crs_and_text_is_none() -> None:
    half = gpd.GeoSeries([shapely.box(-101, 48.5, -99, 49.5)], crs=4326)

    projected = shares(-100.0, 49.2, 150_000.0, footprint=half.to_crs(3857))

    assert projected == shares(-100.0, 49.2, 150_000.0, footprint=half)
    text = shares(-100.0, 49.2, 5_000.0, footprint=half.to_wkt())
    assert text == shares(-100.0, 49.2, 5_000.0)


def test_shares_of_an_earlier_call_do_not_stay() -> None:
    joined = geo.add_countries(at((38.703, 33.306), uncertainty_m=[5_000.0]))

    again = geo.add_countries(joined.drop(columns="uncertainty_m"))

    assert "country_shares" not in again


def test_reach_joins_point_and_line_as_the_disc_does() -> None:
    # Off the border line of Jordan and Syria by 1465 m.
    near, far = (
        first(at((38.703, 33.306), country_a3=["SYR"], uncertainty_m=[radius_m]))
        for radius_m in (1_440.0, 1_470.0)
    )

    assert (near["country_a3"], near["status"]) == ("JOR", "suspicious")
    assert (far["country_a3"], far["status"]) == ("SYR", "located")
    assert json.loads(far["country_shares"])["SYR"] > 0


@settings(max_examples=60)
@given(
    st.floats(-300_000, 300_000), st.floats(0, 360), st.floats(1, 200_000),
    st.sampled_from([None, "JOR", "SYR", "IRQ", "ISR", "LBN", "CYP"]),
    st.sampled_from([(38.703, 33.306), (35.1, 33.09), (12.4534, 41.9033), (33.0, 34.6)]),
)  # fmt: skip
def test_shares_hold_the_country_that_is_told(
    away_m: float, azimuth: float, radius_m: float, stated: str | None, place: tuple[float, float]
) -> None:
    there = geod().fwd(*place, azimuth, away_m)[:2]

    row = first(at(there, country_a3=[stated], uncertainty_m=[radius_m]))

    found = json.loads(row["country_shares"])
    code = row["country_a3"] if pd.notna(row["country_a3"]) else "nobody"
    assert found[code] > 0
    assert round(sum(found.values()), 9) == 1.0
