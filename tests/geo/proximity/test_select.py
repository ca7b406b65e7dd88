"""Incidents by where, when, of which kind and by whom; and layers that words name."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
import shapely

import geo
from geo.errors import AmbiguousPlaceError, PlaceNotFoundError, SchemaError
from geo.proximity.targets import named_layer
from tests import zoo

Watch = Callable[..., AbstractContextManager[Any]]


def table(*lonlat: tuple[float, float], **columns: Any) -> gpd.GeoDataFrame:
    points = [shapely.Point(*place) for place in lonlat] or None
    rows = len(next(iter(columns.values()))) if columns else 0
    return gpd.GeoDataFrame(columns, geometry=points or [None] * rows, crs=4326)


def test_bounds_hold_points_and_shares_of_discs() -> None:
    incidents = table((0.5, 0.5), (0.999, 0.5), (1.001, 0.5), (2, 2))
    incidents["uncertainty_m"] = [100.0, 5_000.0, 5_000.0, 100.0]

    found = geo.select(incidents, bounds=(0, 0, 1, 1))

    assert found["match"].tolist() == ["certain", "possible", "possible"]
    assert found["match_share"].iloc[1] > 0.5 > found["match_share"].iloc[2]


def test_bounds_across_the_antimeridian_and_at_a_pole() -> None:
    incidents = zoo.points("just west of 180", "just east of 180", "mid pacific", "north pole")

    assert geo.select(incidents, bounds=(179, -20, -179, -10)).index.tolist() == [0, 1]
    assert geo.select(incidents, bounds=(-180, 60, 180, 90)).index.tolist() == [3]
    assert len(geo.select(incidents, bounds=(-180, -90, 180, 90))) == 4


@pytest.mark.parametrize(
    "bounds", [(0, 1, 1, 0), (0, 0, 0, 1), (-200, 0, 1, 1), (0, 0, 1, 91), (0, float("nan"), 1, 2)]
)
def test_bounds_that_are_none(bounds: Any) -> None:
    with pytest.raises(SchemaError, match="expected west, south, east, north in degrees"):
        geo.select(zoo.points(), bounds=bounds)


def test_countries_by_name_by_code_and_by_share() -> None:
    incidents = table(
        country_a3=["JOR", "SYR", "JOR", None],
        country_shares=['{"JOR":1.0}', '{"JOR":0.3,"SYR":0.7}', None, None],
    )

    found = geo.select(incidents, country="Jordan")

    assert found.index.tolist() == [0, 1, 2]
    assert found["match"].tolist() == ["certain", "possible", "certain"]
    assert found["match_share"].tolist() == [1.0, 0.3, 1.0]
    assert set(geo.select(incidents, country=["JOR", "Syria"])["match"]) == {"certain"}
    with pytest.raises(PlaceNotFoundError, match="no country named 'Atlantis'"):
        geo.select(incidents, country="Atlantis")


def test_kinds() -> None:
    incidents = table(kind=["battle", "flood", None])

    assert geo.select(incidents, kind="flood").index.tolist() == [1]
    assert geo.select(incidents, kind=["flood", "battle"]).index.tolist() == [0, 1]
    with pytest.raises(SchemaError, match="'war' is no kind; expected battle"):
        geo.select(incidents, kind="war")


def test_actors_by_whole_words() -> None:
    incidents = table(
        actors=['[{"attribution":"accused","name":"Kata\'ib Hezbollah"}]', "[]", None,
                '[{"name":"Hezbollah"},{"name":"Israel"}]', '[{"name":"Hezbollahis"}]'],
    )  # fmt: skip

    assert geo.select(incidents, actor="HEZBOLLAH").index.tolist() == [0, 3]
    assert geo.select(incidents, actor="Israel").index.tolist() == [3]
    with pytest.raises(SchemaError, match="expected a name"):
        geo.select(incidents, actor=" - ")


def test_dates_with_spans_open_ends_and_holes() -> None:
    days = {
        "date_start": pd.to_datetime(["2024-01-01", "2024-01-10", None, "2024-01-31"]),
        "date_end": pd.to_datetime(["2024-01-31", None, None, "2024-01-31"]),
    }
    incidents = table(**days)

    found = geo.select(incidents, dates=("2024-01-10", "2024-01-10"))

    assert found.index.tolist() == [0, 1]
    assert found["match"].tolist() == ["possible", "certain"]
    assert found["match_share"].tolist() == [round(1 / 31, 3), 1.0]
    assert geo.select(incidents, dates=(None, "2024-01-09")).index.tolist() == [0]
    assert geo.select(incidents, dates=(None, None)).index.tolist() == [0, 1, 3]
    with pytest.raises(SchemaError, match="first day before the last"):
        geo.select(incidents, dates=("2024-01-10", "2024-01-09"))
    with pytest.raises(SchemaError, match="'soon' is no day"):
        geo.select(incidents, dates=("soon", None))


def test_criteria_together_multiply_their_shares(unchanged: Watch) -> None:
    incidents = table(
        country_shares=['{"JOR":0.5,"SYR":0.5}'] * 2,
        country_a3=["JOR", "JOR"],
        kind=["battle", "flood"],
        date_start=pd.to_datetime(["2024-01-01"] * 2),
        date_end=pd.to_datetime(["2024-01-10"] * 2),
    )
    incidents.index = ["x", "y"]

    with unchanged(incidents):
        found = incidents.pipe(geo.select, country="JOR", kind="battle", dates=("2024-01-06", None))

    assert found.index.tolist() == ["x"]
    assert found[["match", "match_share"]].to_numpy().tolist() == [["possible", 0.25]]


def test_no_criterion_keeps_all_and_missing_columns_are_told() -> None:
    assert set(geo.select(zoo.holes())["match"]) == {"certain"}
    for criterion in (
        {"country": "JOR"},
        {"kind": "flood"},
        {"actor": "x"},
        {"dates": (None, None)},
    ):
        with pytest.raises(SchemaError, match="select by"):
            geo.select(zoo.holes(), **criterion)  # type: ignore[arg-type]


def test_words_name_a_border_a_country_a_province_or_a_place() -> None:
    tower = zoo.points("tower 22").assign(uncertainty_m=50.0)

    assert geo.within(tower, "JOR-SYR", distance_m=5_000)["match"].tolist() == ["certain"]
    assert geo.within(tower, "Jordan", distance_m=0)["match"].tolist() == ["certain"]
    assert geo.within(tower, "SYR", distance_m=0).empty
    assert geo.within(tower, "Mafraq Governorate", distance_m=0)["match"].tolist() == ["certain"]
    assert geo.within(tower, "33.306, 38.703", distance_m=10_000)["match"].tolist() == ["certain"]
    assert geo.within(tower, "Homs, Syria", distance_m=10_000).empty
    assert geo.within(tower, shapely.Point(38.7, 33.3), distance_m=900)["match"].tolist() == [
        "certain"
    ]
    assert named_layer("20 km north of Homs").geometry.geom_type.tolist() == ["Polygon"]


def test_words_that_name_nothing_or_too_much() -> None:
    with pytest.raises(PlaceNotFoundError, match="Xyzzyqq"):
        named_layer("Xyzzyqq")
    with pytest.raises(AmbiguousPlaceError, match="add its province or country") as told:
        named_layer("Springfield")
    assert len(told.value.candidates) > 1
    with pytest.raises(PlaceNotFoundError, match="share no land border"):
        named_layer("JOR-FRA")
