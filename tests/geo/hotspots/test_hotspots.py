"""Hotspots, how surely each is one, and the piles that only look like one."""

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from geopandas.testing import assert_geodataframe_equal

import geo
from geo.errors import SchemaError

SYRIA_BOX = (35.5, 32.5, 42.0, 37.0)
ANBAR = (41.62197, 32.96804)


def incidents(lonlat: Any, **columns: Any) -> gpd.GeoDataFrame:
    lon, lat = np.asarray(lonlat, dtype=float).reshape(-1, 2).T
    wide = {name: np.full(len(lon), one) for name, one in columns.items()}
    return gpd.GeoDataFrame(wide, geometry=gpd.points_from_xy(lon, lat), crs=4326)


def gathered(uncertainty_m: float = 500.0, gathering: int = 60) -> gpd.GeoDataFrame:
    rng = np.random.default_rng(0)
    away = rng.uniform(SYRIA_BOX[:2], SYRIA_BOX[2:], (200, 2))
    close = rng.normal((40.15, 35.33), 0.05, (gathering, 2))
    return incidents(np.concatenate((away, close)), uncertainty_m=uncertainty_m)


def counted(table: gpd.GeoDataFrame, resolution: int = 5) -> gpd.GeoDataFrame:
    return geo.count_by_hexagon(table, resolution=resolution, study_area=SYRIA_BOX)


def test_where_incidents_gather_is_hot_and_nowhere_else() -> None:
    table = gathered()
    cells = counted(table)
    found = geo.find_hotspots(cells, table)

    hot = found[found["hotspot"] == "hot"]
    middle = hot.representative_point()
    assert len(hot) >= 7
    assert (np.hypot(middle.x - 40.15, middle.y - 35.33) < 0.6).all()
    assert found.loc[found["gi_z"].idxmax(), "hotspot_share"] == 1.0
    assert found.loc[found["hotspot"] == "none", "hotspot_share"].isna().all()
    assert_geodataframe_equal(found[cells.columns], cells)
    np.testing.assert_array_equal(found["gi_z"], geo.getis_ord(cells)["gi_z"])


def test_chance_alone_makes_no_hotspots() -> None:
    rng = np.random.default_rng(4)
    for _ in range(5):
        table = incidents(rng.uniform(SYRIA_BOX[:2], SYRIA_BOX[2:], (300, 2)))
        assert (geo.find_hotspots(counted(table))["hotspot"] == "none").all()


def test_a_cold_spot() -> None:
    rng = np.random.default_rng(4)
    points = rng.uniform(SYRIA_BOX[:2], SYRIA_BOX[2:], (60_000, 2))
    points = points[np.hypot(points[:, 0] - 39, points[:, 1] - 35) > 0.8]
    found = geo.find_hotspots(counted(incidents(points), 4))

    cold = found[found["hotspot"] == "cold"].representative_point()
    assert len(cold) > 3
    assert (np.hypot(cold.x - 39, cold.y - 35) < 1.5).mean() > 0.5


def test_the_less_is_known_the_less_sure_is_a_hotspot() -> None:
    share = []
    for uncertainty_m in (500.0, 13_000.0):
        table = gathered(uncertainty_m, gathering=9)
        found = geo.find_hotspots(counted(table), table)
        share.append(found["hotspot_share"].mean())

    assert share[1] < share[0] - 0.05


def test_draws_are_repeatable() -> None:
    table = gathered(8_000.0, gathering=9)
    cells = counted(table)
    one, two, other = (geo.find_hotspots(cells, table, draws=30, seed=seed) for seed in (1, 1, 2))

    assert_geodataframe_equal(one, two)
    assert not one["hotspot_share"].equals(other["hotspot_share"])


def test_cells_and_incidents_must_belong_together() -> None:
    table = gathered()
    with pytest.raises(SchemaError, match="expected the table that was counted"):
        geo.find_hotspots(counted(table), table.iloc[:100])


@pytest.mark.parametrize("value", ["count_per_km2", "count_per_100k"])
def test_rates_are_tested_and_drawn(value: str) -> None:
    table = gathered()
    people = dict.fromkeys(counted(table)["hex_id"], 1_000.0)
    cells = geo.count_by_hexagon(table, resolution=5, study_area=SYRIA_BOX, population=people)
    found = geo.find_hotspots(cells, table, value=value, draws=9)

    assert (found["hotspot"] == "hot").sum() >= 7
    assert found["hotspot_share"].max() == 1.0
    with pytest.raises(SchemaError, match="coarse_count is not made of counts"):
        geo.find_hotspots(cells, table, value="coarse_count")


def test_one_incident_is_no_hotspot_nor_is_nothing() -> None:
    one = incidents([(38.3, 35.1)], uncertainty_m=100.0)
    for table in (one, one.iloc[:0]):
        cells = counted(table)
        assert (geo.find_hotspots(cells, table)["hotspot"] == "none").all()
    alone = geo.count_by_hexagon(one, resolution=5, study_area=0)
    assert geo.find_hotspots(alone, one)["hotspot"].tolist() == ["none"]
    empty = geo.count_by_hexagon(one.iloc[:0], resolution=5)
    assert geo.find_hotspots(empty, one.iloc[:0]).empty


def test_all_on_one_exact_point_is_a_hotspot() -> None:
    table = incidents([(38.3, 35.1)] * 30, uncertainty_m=100.0)
    found = geo.find_hotspots(counted(table), table)

    assert (found["hotspot"] == "hot").sum() == 7
    assert found.loc[found["count"] == 30, "hotspot_share"].tolist() == [1.0]


def test_a_pile_on_the_point_of_a_province_is_no_hotspot() -> None:
    table = incidents([ANBAR] * 40, uncertainty_m=1_000.0, precision="exact")
    (pile,) = geo.find_centroid_piles(table).itertuples()
    cells = geo.count_by_hexagon(table, resolution=5, study_area=3)

    assert (pile.incidents, pile.stands_for, pile.place) == (40, "admin1", "Al Anbar")
    assert pile.distance_m == 0.0
    assert pile.radius_m > 200_000
    assert (cells["count"].sum(), cells["coarse_count"].sum()) == (0, 40)
    assert (geo.find_hotspots(cells, table)["hotspot"] == "none").all()
    assert geo.kernel_density(table, bandwidth_m=20_000).coarse == 40


def test_piles_that_the_precision_tells() -> None:
    table = incidents([(38.0, 35.0)] * 6 + [(39.0, 35.0)] * 4, precision="admin1", place="Homs")
    table.loc[[0, 1, 2], "precision"] = None
    assert geo.find_centroid_piles(table).empty

    (pile,) = geo.find_centroid_piles(table, min_incidents=4).itertuples()
    assert (pile.incidents, pile.stands_for, pile.place) == (4, "admin1", "Homs")
    assert np.isnan(pile.distance_m)


def test_named_places_and_towns_are_no_piles() -> None:
    named = incidents([ANBAR] * 9, precision="site")
    assert geo.find_centroid_piles(named).empty
    baghdad = incidents([(44.40088, 33.34058)] * 9)
    assert geo.find_centroid_piles(baghdad).empty


def test_piles_are_one_on_both_sides_of_180_degrees() -> None:
    table = incidents([(180.0, -17.0), (-180.0, -17.0)] * 3, precision="country")
    assert geo.find_centroid_piles(table)["incidents"].tolist() == [6]


def test_provinces_count_what_is_known_to_them() -> None:
    table = incidents(
        [(38.703, 33.306), (37.0, 32.2), (36.5, 31.0), (36.3, 31.6), (-30.0, 0.0)],
        uncertainty_m=[100.0, 120_000.0, 300_000.0, 400_000.0, 100.0],
        precision=["exact", "admin1", "country", "settlement", "exact"],
    )
    found = geo.count_by_province(table).set_index("admin1_code")

    assert set(found["country_a3"]) == {"JOR"}
    assert found.loc["JO-MA", "count"] == 2
    assert found["count"].sum() == 2
    assert found["coarse_count"].sum() == 2
    assert found["area_km2"].sum() == pytest.approx(89_000, rel=0.02)


def test_the_codes_of_a_table_decide_the_province() -> None:
    table = incidents([(36.3, 31.6)] * 3).assign(
        admin1_code=pd.array(["JO-MA", None, "JO-AQ"], dtype="str"),
        country_a3=pd.array(["JOR"] * 3, dtype="str"),
    )
    table.loc[2, "geometry"] = None
    found = geo.count_by_province(table).set_index("admin1_code")["count"]

    assert found[found > 0].to_dict() == {"JO-AM": 1, "JO-AQ": 1, "JO-MA": 1}


def test_study_areas_of_provinces() -> None:
    table = incidents([(36.3, 31.6), (36.3, 33.5)])
    both = geo.count_by_province(table)
    alone = geo.count_by_province(table, study_area=["SYR"])

    assert set(both["country_a3"]) == {"JOR", "SYR"}
    assert set(alone["country_a3"]) == {"SYR"}
    assert alone["count"].sum() == 1
    for name in ("Syria", "syr", ["Syria", "SYR"]):
        assert_geodataframe_equal(geo.count_by_province(table, study_area=name), alone)
    with pytest.raises(SchemaError, match="'Atlantis' is no study area"):
        geo.count_by_province(table, study_area=["SYR", "Atlantis"])


def test_hotspots_of_provinces_with_draws() -> None:
    rng = np.random.default_rng(0)
    table = incidents(rng.normal((36.2, 36.2), 0.1, (80, 2)), uncertainty_m=3_000.0)
    table = pd.concat((table, incidents([(44.4, 33.3)] * 3, uncertainty_m=500.0)))
    cells = geo.count_by_province(table, study_area=["SYR", "IRQ", "TUR", "JOR"])
    found = geo.find_hotspots(cells, table).set_index("admin1_code")

    assert found.loc["SY-HL", "hotspot"] == "hot"
    assert 0 < found.loc["SY-HL", "hotspot_share"] <= 1
    assert found.loc["IQ-BG", "hotspot"] == "none"
