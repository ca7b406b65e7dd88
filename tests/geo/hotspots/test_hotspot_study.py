"""What a hotspot rests on: the study area, people, piles of a few, and draws across its edge."""

import math
from functools import partial
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from geopandas.testing import assert_geodataframe_equal
from typeguard import suppress_type_checks

import geo
from geo.errors import SchemaError
from geo.hotspots.neighbours import neighbours_within
from geo.hotspots.redrawing import redrawn_counts

IRAQ = (44.0, 33.0)


def incidents(lonlat: Any, **columns: Any) -> gpd.GeoDataFrame:
    lon, lat = np.asarray(lonlat, dtype=float).reshape(-1, 2).T
    return gpd.GeoDataFrame(columns, geometry=gpd.points_from_xy(lon, lat), crs=4326)


def peopled(count: int, people: float, own_count: int, own_people: float) -> gpd.GeoDataFrame:
    """Hexagons with 10 incidents and 1,000 people, but for one and the six around it."""
    cells = geo.count_by_hexagon(incidents([(38.3, 35.1)]), resolution=5, study_area=12)
    own = int(np.flatnonzero(cells["count"])[0])
    around = neighbours_within(cells)[[own]].indices
    number, population = np.full(len(cells), 10), np.full(len(cells), 1_000.0)
    number[around], population[around] = count, people
    number[own], population[own] = own_count, own_people
    return cells.assign(
        count=number, population=population, count_per_100k=number / population * 1e5
    )


def test_a_high_rate_is_not_hot_where_too_few_incidents_lie() -> None:
    found = geo.find_hotspots(peopled(40, 1e6, 40, 100.0), value="count_per_100k")
    assert found["gi_z"].max() > 5
    assert (found["hotspot"] == "none").all()

    many = geo.find_hotspots(peopled(40, 1_000.0, 40, 1_000.0), value="count_per_100k")
    assert (many["hotspot"] == "hot").sum() >= 7


@pytest.mark.parametrize("study_area", ["countries", 2])
def test_what_does_not_count_does_not_choose_the_hexagons(study_area: str | int) -> None:
    rng = np.random.default_rng(0)
    places = rng.normal((38.3, 35.1), 0.3, (40, 2))
    exact = incidents(places, precision=["exact"] * 40)
    with_coarse = incidents([*places, (95.0, 62.0)], precision=["exact"] * 40 + ["country"])
    alone, beside = (
        geo.count_by_hexagon(one, resolution=4, study_area=study_area)
        for one in (exact, with_coarse)
    )

    assert_geodataframe_equal(alone, beside)
    shown = geo.count_by_hexagon(with_coarse.iloc[40:], resolution=4, study_area=1)
    assert (len(shown), shown["count"].sum(), shown["coarse_count"].sum()) == (7, 0, 1)


def test_what_does_not_count_does_not_choose_the_provinces() -> None:
    table = incidents([(36.3, 31.6), (36.3, 33.5)], precision=["exact", "country"])
    assert set(geo.count_by_province(table)["country_a3"]) == {"JOR"}
    assert set(geo.count_by_province(table.iloc[1:])["country_a3"]) == {"SYR"}


@pytest.mark.parametrize("few", [2, 4])
def test_a_few_on_the_point_of_a_country_make_no_hotspot(few: int) -> None:
    away = np.random.default_rng(1).uniform((42, 31), (46, 35), (20, 2))
    table = incidents(np.concatenate((away, [IRAQ] * few)))
    cells = geo.count_by_hexagon(table, resolution=5)

    assert (cells["count"].sum(), cells["coarse_count"].sum()) == (20, few)
    assert (geo.find_hotspots(cells, table, draws=0)["hotspot"] == "none").all()
    assert geo.kernel_density(table, bandwidth_m=20_000).coarse == few


@pytest.mark.parametrize("code", ["IRQ", "SYR", "FRA"])
def test_the_centroid_of_a_country_is_a_pile(code: str) -> None:
    land = geo.countries().set_index("country_a3").geometry.loc[code]
    table = incidents([(land.centroid.x, land.centroid.y)] * 40)
    (pile,) = geo.find_centroid_piles(table).itertuples()

    assert (pile.incidents, pile.stands_for) == (40, "country")
    assert pile.distance_m < 1


def test_a_town_on_the_point_of_its_province_is_no_pile() -> None:
    # Füllinsdorf is 380 m from the point of Basel-Landschaft.
    town, point = (7.73129, 47.50688), (7.72662, 47.5056)
    table = incidents([town] * 9 + [point] * 9)
    (pile,) = geo.find_centroid_piles(table).itertuples()
    assert (pile.incidents, pile.place, pile.distance_m) == (9, "Basel-Landschaft", 0.0)


def test_provinces_count_what_is_as_sure_as_asked() -> None:
    table = incidents([(36.3, 31.6)] * 3, uncertainty_m=[100.0, 20_000.0, 400_000.0])
    for coarsest_m, count in ((1_000.0, 1), (None, 2), (math.inf, 3)):
        found = geo.count_by_province(table, coarsest_m=coarsest_m)
        assert (found["count"].sum(), found["coarse_count"].sum()) == (count, 3 - count)
        assert coarsest_m is None or (found["coarsest_m"] == coarsest_m).all()


def test_a_draw_may_enter_the_provinces_as_it_may_leave_them() -> None:
    # Just south of the border of Syria, in Jordan; half of the draws lie in Syria.
    outside = incidents([(36.1, 32.5)] * 40, uncertainty_m=[8_000.0] * 40)
    inside = incidents([(36.1, 32.62)] * 40, uncertainty_m=[100.0] * 40)
    table = pd.concat((inside, outside), ignore_index=True)
    cells = geo.count_by_province(table, study_area=["SYR"])
    assert cells["count"].sum() == 40
    draws = list(redrawn_counts(cells, table, draws=5, seed=0, by="test"))

    assert all(40 < one.sum() < 80 for one in draws)
    coarse = table.assign(precision=["exact"] * 40 + ["country"] * 40)
    draws = list(redrawn_counts(cells, coarse, draws=5, seed=0, by="test"))
    assert all(one.sum() == 40 for one in draws)


def test_what_is_no_number_is_refused() -> None:
    table = incidents([(38.3, 35.1)] * 3)
    cells = geo.count_by_hexagon(table, resolution=5, study_area=2)
    weights = neighbours_within(cells)
    weights.data[3] = np.nan
    with suppress_type_checks():
        wrong: Any
        for wrong in (5.5, "5", 16, -1):
            with pytest.raises(ValueError, match=f"the resolution is {wrong}; expected 0 to 15"):
                geo.count_by_hexagon(table, resolution=wrong)
        for wrong in ("5km", 0, -1.0, math.nan):
            for count in (geo.count_by_province, partial(geo.count_by_hexagon, resolution=5)):
                with pytest.raises(ValueError, match=r"coarsest_m is .*; expected a number"):
                    count(table, coarsest_m=wrong)
        for statistic in (geo.getis_ord, geo.local_moran):
            for wrong in (-1, 9.5):
                with pytest.raises(ValueError, match=f"permutations are {wrong}; expected 0 or"):
                    statistic(cells, permutations=wrong)
            with pytest.raises(ValueError, match=r"are 1.5 steps away; expected 1 or more"):
                statistic(cells, neighbours=1.5)
            with pytest.raises(SchemaError, match="no weight below 0 or unknown"):
                statistic(cells, neighbours=weights)
        assert_geodataframe_equal(
            geo.getis_ord(cells, neighbours=np.int64(1)), geo.getis_ord(cells)
        )


def test_a_cell_that_stands_twice_is_refused() -> None:
    table = incidents([(36.3, 31.6)] * 3)
    for cells in (
        geo.count_by_hexagon(table, resolution=5, study_area=1),
        geo.count_by_province(table),
    ):
        with pytest.raises(SchemaError, match="twice; expected one row for each"):
            geo.getis_ord(cells.iloc[[0, 1, 1, 2]])
