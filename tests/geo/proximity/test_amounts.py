"""Questions that are none: each is refused in words of its own, and none with another's error."""

import warnings
from collections.abc import Callable
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
from typeguard import suppress_type_checks

import geo
from geo.errors import SchemaError

INCIDENTS = gpd.GeoDataFrame(
    {"incident_id": ["a", "b"], "date_start": pd.to_datetime(["2024-01-28", "2024-01-30"])},
    geometry=gpd.points_from_xy([38.70, 38.71], [33.3, 33.3]),
    crs=4326,
)
PLAIN = pd.DataFrame(INCIDENTS.drop(columns="geometry"))

Ask = Callable[[], Any]
# What no type checker lets pass.
ANY: Any = geo


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda: ANY.pairs(INCIDENTS, distance_m="5km"), "pairs: the distance .* not '5km'"),
        (lambda: ANY.pairs(INCIDENTS, distance_m=1, days="2"), "pairs: the days .* not '2'"),
        (lambda: ANY.within(INCIDENTS, "SYR", distance_m="5km"), "within: the distance .* '5km'"),
        (lambda: ANY.beyond(INCIDENTS, "SYR", distance_m=None), "beyond: the distance .* None"),
        (lambda: ANY.add_clusters(INCIDENTS, distance_m="5km"), "add_clusters: .* not '5km'"),
        (lambda: ANY.mark_repeats(INCIDENTS, distance_m="5", days=1), "mark_repeats: .* not '5'"),
        (lambda: ANY.nearest(INCIDENTS, INCIDENTS, k=1.5), "k is 1.5; expected 1 or more"),
        (
            lambda: ANY.count_in_rings(INCIDENTS, INCIDENTS, radii_m=5_000),
            "count_in_rings: the radii are 5000; expected growing metres in a list",
        ),
        (
            lambda: ANY.count_in_rings(INCIDENTS, INCIDENTS, radii_m=["5km"]),
            r"the radii are \['5km'\]; expected growing metres",
        ),
        (
            lambda: ANY.knox_test(INCIDENTS, distances_m=200, days=[7]),
            "knox_test: the distances are 200; expected growing metres in a list",
        ),
        (
            lambda: ANY.knox_test(INCIDENTS, distances_m=[200], days=7),
            "knox_test: the days are 7; expected growing whole numbers, up to 1,000,000 in a list",
        ),
        (
            lambda: ANY.knox_test(INCIDENTS, distances_m=[200], days=[7], seed=-1),
            "knox_test: the seed is -1; expected a whole number from 0 on",
        ),
        (
            lambda: ANY.knox_test(INCIDENTS, distances_m=[200], days=[7], permutations=1.5),
            "knox_test: 1.5 permutations; expected 1 or more",
        ),
    ],
)
def test_numbers_that_are_none(ask: Ask, message: str) -> None:
    with suppress_type_checks(), pytest.raises(ValueError, match=message):
        ask()


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda: ANY.pairs(PLAIN, distance_m=1), "pairs: the table is a DataFrame; expected a Geo"),
        (lambda: ANY.within(INCIDENTS, None, distance_m=1), "within: near what is None; expected"),
        (
            lambda: ANY.within(INCIDENTS, (38.7, 33.3), distance_m=1),
            r"within: near what is \(38.7, 33.3\); expected a layer, a shape such as shapely.Point",
        ),
        (
            lambda: ANY.select(INCIDENTS, bounds=(10, 11)),
            r"bounds are \(10, 11\); expected west, south, east, north in degrees",
        ),
        (lambda: ANY.select(INCIDENTS, bounds=5), "bounds are 5; expected west"),
        (
            lambda: ANY.select(INCIDENTS, dates="2024-01-01"),
            "select: dates is '2024-01-01'; expected its first and last day",
        ),
        (
            lambda: ANY.summarise_clusters(INCIDENTS.assign(cluster=["1", "north"])),
            "cluster in row 1 is north; expected a whole number, or null",
        ),
        (
            lambda: ANY.summarise_clusters(INCIDENTS.assign(cluster=1, fatalities_best=[1.0, 2.5])),
            "fatalities_best in row 1 is 2.5; expected a whole number, or null",
        ),
    ],
)
def test_tables_and_targets_that_are_none(ask: Ask, message: str) -> None:
    with suppress_type_checks(), pytest.raises(SchemaError, match=message):
        ask()


def test_an_endless_distance_is_the_whole_earth() -> None:
    uncertain = INCIDENTS.assign(uncertainty_m=1_000.0)

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = geo.pairs(uncertain, distance_m=float("inf"))

    assert found["match"].tolist() == ["certain"]
