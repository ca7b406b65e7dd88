"""Originators and repeats beside a naive reading of all pairs."""

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

import geo
from geo.errors import SchemaError, TooManyPairsError
from geo.near_repeat import repeats
from geo.spatial.pairs_within import PairsWithin
from tests import zoo
from tests.geo.near_repeat.test_knox import town
from tests.geo.spatial.test_points import all_distances_m

COLUMNS = [
    "repeat_role",
    "repeats",
    "repeats_same_day",
    "originator_id",
    "originator_distance_m",
    "originator_days",
]


def incidents(dates: list[str | None], lon: list[float], **columns: Any) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {
            "incident_id": list("abcdefgh"[: len(dates)]),
            "date_start": pd.to_datetime(dates).astype("datetime64[s]"),
            **columns,
        },
        geometry=gpd.points_from_xy(lon, np.zeros(len(lon))),
        crs=4326,
    )


def naive(table: gpd.GeoDataFrame, distance_m: float, days: int) -> list[tuple[Any, ...]]:
    """Role, counts and originator of each row, by a loop over all others."""
    lon, lat = table.geometry.x.to_numpy(), table.geometry.y.to_numpy()
    away_m = all_distances_m(lon, lat, lon, lat)
    day = (table["date_start"] - pd.Timestamp("1970-01-01")).dt.days.to_numpy()
    ids = table["incident_id"].to_numpy()
    rows: list[tuple[Any, ...]] = []
    for i in range(len(table)):
        near = [j for j in range(len(table)) if j != i and away_m[i, j] <= distance_m]
        later = [j for j in near if 0 < day[j] - day[i] <= days]
        earlier = [j for j in near if 0 < day[i] - day[j] <= days]
        same = [j for j in near if day[i] == day[j]]
        role = "isolated" if not same else "same_day"
        if later:
            role = "originator" if not earlier else "both"
        elif earlier:
            role = "repeat"
        best = min(earlier, key=lambda j: (-day[j], round(away_m[i, j], 6), ids[j]), default=None)
        rows.append((role, len(later), len(same), None if best is None else ids[best]))
    return rows


@pytest.mark.parametrize(("lon", "lat"), [(36.7, 34.7), (180.0, -16.85)])
def test_roles_are_those_of_a_naive_implementation(lon: float, lat: float) -> None:
    table = town(400, 4, lon=lon, lat=lat).sample(frac=1, random_state=1)

    marked = geo.mark_repeats(table, distance_m=500, days=10)

    expected = naive(table, 500, 10)
    found = marked[COLUMNS[:4]].astype(object)
    found = found.where(found.notna(), None)
    assert [tuple(row) for row in found.to_numpy().tolist()] == expected
    assert set(marked["repeat_role"]) == {"originator", "repeat", "both", "same_day", "isolated"}
    pairs = geo.pairs(table, distance_m=500, days=10)
    assert marked["repeats"].sum() == (pairs["days_max"] > 0).sum()
    assert marked["repeats_same_day"].sum() == 2 * (pairs["days_max"] == 0).sum()


def test_distance_and_days_are_those_to_the_originator() -> None:
    table = town(400, 4).set_index("incident_id", drop=False)
    table.index.name = None

    marked = geo.mark_repeats(table, distance_m=500, days=10)

    follows = marked[marked["originator_id"].notna()]
    origin = table.loc[follows["originator_id"]]
    gap = follows["date_start"].to_numpy() - origin["date_start"].to_numpy()
    assert (follows["originator_days"] == gap.astype("timedelta64[D]").astype(int)).all()
    away_m = [
        all_distances_m(*(np.array([one]) for one in (a.x, a.y, b.x, b.y)))[0, 0]
        for a, b in zip(follows.geometry, origin.geometry, strict=True)
    ]
    assert np.abs(follows["originator_distance_m"] - away_m).max() < 1e-3
    assert (follows["originator_distance_m"] == 0).sum() > 10
    assert marked.loc[marked["originator_id"].isna(), COLUMNS[4:]].isna().all(axis=None)


def test_neither_order_nor_labels_of_rows_matter() -> None:
    table = town(300, 6)
    # Many of the same place and day: only identifiers tell them apart.
    table["date_start"] = pd.Timestamp("2024-01-01") + pd.to_timedelta(
        table.index.to_numpy() % 3, unit="D"
    )
    table = table.set_geometry(gpd.points_from_xy(np.arange(300) // 30 / 1_000, np.zeros(300)))
    table = table.set_crs(4326, allow_override=True)
    mixed = table.sample(frac=1, random_state=8)
    mixed.index = pd.RangeIndex(1_000, 1_300)

    one = geo.mark_repeats(table, distance_m=120, days=3).set_index("incident_id")[COLUMNS]
    other = geo.mark_repeats(mixed, distance_m=120, days=3).set_index("incident_id")[COLUMNS]

    pd.testing.assert_frame_equal(one.sort_index(), other.sort_index())


def test_parts_of_pairs_are_put_together(monkeypatch: pytest.MonkeyPatch) -> None:
    table = town(400, 4)
    whole = geo.mark_repeats(table, distance_m=800, days=20)
    parts = PairsWithin.parts

    def small_parts(search: PairsWithin) -> Any:
        for part in parts(search):
            for first in range(0, len(part.one), 7):
                yield repeats.Pairs(*(side[first : first + 7] for side in part))

    monkeypatch.setattr(PairsWithin, "parts", small_parts)

    pd.testing.assert_frame_equal(geo.mark_repeats(table, distance_m=800, days=20), whole)


def test_the_latest_is_the_originator_and_of_one_day_the_nearest() -> None:
    table = incidents(
        ["2024-01-01", "2024-01-05", "2024-01-05", "2024-01-08", "2024-01-20"],
        [0.0, 0.002, 0.001, 0.0, 0.0],
    )

    marked = geo.mark_repeats(table, distance_m=300, days=7)

    assert marked["repeat_role"].tolist() == ["originator", "both", "both", "repeat", "isolated"]
    assert marked["originator_id"].tolist()[1:4] == ["a", "a", "c"]
    assert marked["repeats"].tolist() == [3, 1, 1, 0, 0]
    assert marked["repeats_same_day"].tolist() == [0, 1, 1, 0, 0]
    assert marked["originator_days"].tolist()[1:4] == [4, 4, 3]


@pytest.mark.parametrize("lon", [[-0.001, 0.001, 0.0], [0.001, -0.001, 0.0]])
def test_of_two_that_are_as_near_the_lower_identifier_is_the_originator(lon: list[float]) -> None:
    table = incidents(["2024-01-01", "2024-01-01", "2024-01-03"], lon)

    marked = geo.mark_repeats(table, distance_m=300, days=7)

    assert marked["originator_id"].tolist()[2] == "a"


def test_what_is_not_known_well_enough_has_no_role() -> None:
    table = incidents(
        ["2024-01-01", "2024-01-02", "2024-01-01", None, "2024-01-01", "2024-01-01"],
        [0.0] * 6,
        date_precision=["day", "day", "month", None, "week", "day"],
        uncertainty_m=[50.0, 100.0, 50.0, 50.0, 50.0, 101.0],
    )

    marked = geo.mark_repeats(table, distance_m=100, days=5)

    assert marked["repeat_role"].tolist()[:2] == ["originator", "repeat"]
    assert marked.loc[2:, COLUMNS].isna().all(axis=None)
    weekly = geo.mark_repeats(table, distance_m=100, days=6)
    assert weekly["repeats_same_day"].tolist()[0] == 1


def test_rows_columns_and_index_are_kept() -> None:
    table = incidents(["2024-01-01", "2024-01-02"], [0.0, 0.0], repeats=["old", "old"])
    table.index = pd.Index([7, 7])
    before = table.copy()

    marked = geo.mark_repeats(table, distance_m=1, days=1)

    assert marked.columns.tolist() == [
        *table.columns,
        *(name for name in COLUMNS if name != "repeats"),
    ]
    assert marked.index.tolist() == [7, 7]
    assert isinstance(marked, gpd.GeoDataFrame)
    assert marked["repeats"].tolist() == [1, 0]
    assert marked.dtypes[COLUMNS].astype(str).tolist() == [
        "str",
        "Int64",
        "Int64",
        "str",
        "float64",
        "Int64",
    ]
    pd.testing.assert_frame_equal(table, before)


def test_one_none_and_holes() -> None:
    assert geo.mark_repeats(incidents([], []), distance_m=1, days=1)["repeat_role"].tolist() == []
    alone = geo.mark_repeats(incidents(["2024-01-01"], [0.0]), distance_m=2e7, days=9_999)
    assert alone[COLUMNS[:3]].to_numpy().tolist() == [["isolated", 0, 0]]
    holes = zoo.holes().assign(incident_id=list("abc"), date_start=pd.Timestamp("2024-01-01"))
    marked = geo.mark_repeats(holes, distance_m=1, days=1)
    assert marked["repeat_role"].isna().tolist() == [False, True, True]


def test_too_many_pairs_are_refused() -> None:
    with pytest.raises(TooManyPairsError, match=r"^mark_repeats: .* pairs") as told:
        geo.mark_repeats(town(400, 4), distance_m=20_000_000, days=9_999, most=1_000)

    assert told.value.count == 400 * 399 // 2


@pytest.mark.parametrize("asked", [{"distance_m": -1}, {"days": -1}, {"days": float("nan")}])
def test_wrong_limits_are_refused(asked: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="must be 0 or more"):
        geo.mark_repeats(town(9, 1), **{"distance_m": 1, "days": 1} | asked)


def test_identifiers_must_be_there_and_differ() -> None:
    table = incidents(["2024-01-01", "2024-01-02"], [0.0, 0.0])

    with pytest.raises(SchemaError, match="needs the column incident_id"):
        geo.mark_repeats(table.drop(columns="incident_id"), distance_m=1, days=1)
    with pytest.raises(SchemaError, match="'a' in row 1 occurs more than once"):
        geo.mark_repeats(table.assign(incident_id="a"), distance_m=1, days=1)
    with pytest.raises(SchemaError, match="in row 1 is missing"):
        geo.mark_repeats(table.assign(incident_id=["a", None]), distance_m=1, days=1)
