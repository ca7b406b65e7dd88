"""Pages over their size count groups, and lose no incident."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

import layers
from layers.grouping import groupings
from layers.incident_columns import encode_incidents
from layers.size_budget import size_mb, within
from tests.layers.decoder import unpack


@pytest.fixture
def many() -> gpd.GeoDataFrame:
    rng = np.random.default_rng(5)
    count = 30_000
    start = pd.Timestamp("2023-01-01") + pd.to_timedelta(rng.integers(0, 500, count), unit="D")
    points = shapely.points(rng.uniform([36, 31], [42, 35], (count, 2)))
    points[::50] = None
    table = gpd.GeoDataFrame(
        {
            "incident_id": [f"many:{i}" for i in range(count)],
            "kind": rng.choice(["battle", "protest"], count),
            "country_a3": rng.choice(["JOR", "SYR"], count),
            "date_start": pd.Series(start).astype("datetime64[s]"),
            "precision": np.where(np.arange(count) % 50 == 0, "none", "site"),
        },
        geometry=points,
        crs="EPSG:4326",
    )
    table.loc[:9, "date_start"] = pd.NaT
    return table


def test_what_fits_stays_as_it_is(many: gpd.GeoDataFrame) -> None:
    blocks = encode_incidents(many, by="test")
    assert within(blocks, max_size_mb=25) == (blocks, None)


def test_groups_fit_and_count_every_incident(many: gpd.GeoDataFrame) -> None:
    blocks = encode_incidents(many, by="test")
    found, notice = within(blocks, max_size_mb=0)
    assert notice is not None
    assert notice.text.startswith("30,000 single incidents would make this file")
    assert size_mb(found) <= 0.2 < size_mb(blocks)
    assert (found.total, found.placed) == (30_000, int(many.geometry.notna().sum()))
    _, columns = unpack(found.columns.base64)
    weights = pd.DataFrame({"kind": columns["kind"], "weight": columns["weight"]})
    assert (
        weights.groupby("kind")["weight"].sum().to_dict() == many["kind"].value_counts().to_dict()
    )


def test_groups_become_fewer_step_by_step_and_are_the_same_each_time(
    many: gpd.GeoDataFrame,
) -> None:
    steps = list(groupings(many))
    counts = [len(step.table) for step in steps]
    assert counts == sorted(counts, reverse=True)
    assert all(step.weights.sum() == len(many) for step in steps)
    again = list(groupings(many))
    assert all(a.table.equals(b.table) for a, b in zip(steps, again, strict=True))


def test_a_group_lies_in_its_time(many: gpd.GeoDataFrame) -> None:
    *_, monthly = [step for step in groupings(many) if "month" in set(step.table["date_precision"])]
    dated = monthly.table[monthly.table["date_start"].notna()]
    assert (dated["date_start"].dt.day == 1).all()
    assert dated["date_end"].dt.is_month_end.all()
    undated = monthly.weights[monthly.table["date_start"].isna().to_numpy()]
    assert undated.sum() == 10


VAGUE = [
    ("2020-01-01", None, "year", ("2020-01-01", "2020-12-31", "year")),
    ("2020-05-01", None, "month", ("2020-05-01", "2020-05-31", "month")),
    ("2020-05-06", None, "week", ("2020-05-04", "2020-05-10", "week")),
    ("2020-05-06", None, "day", ("2020-05-06", "2020-05-06", "day")),
    ("2020-05-06", "2020-06-02", "range", ("2020-05-06", "2020-06-02", "range")),
    ("2020-05-06", "2020-05-07", None, ("2020-05-06", "2020-05-07", "range")),
    (None, None, None, (None, None, "unknown")),
]


def dates(table: gpd.GeoDataFrame) -> set[tuple[str | None, str | None, str]]:
    ends = [table[name].dt.strftime("%Y-%m-%d") for name in ("date_start", "date_end")]
    days = zip(*(end.astype(object).where(end.notna(), None) for end in ends), strict=True)
    return {(*day, word) for day, word in zip(days, table["date_precision"], strict=True)}


def test_a_group_is_not_more_exact_than_its_incidents() -> None:
    table = gpd.GeoDataFrame(
        {
            "incident_id": [str(i) for i in range(len(VAGUE))],
            "date_start": pd.to_datetime([row[0] for row in VAGUE]).astype("datetime64[s]"),
            "date_end": pd.to_datetime([row[1] for row in VAGUE]).astype("datetime64[s]"),
            "date_precision": pd.Series([row[2] for row in VAGUE], dtype="str"),
        },
        geometry=shapely.points(np.full((len(VAGUE), 2), 37.001)),
        crs="EPSG:4326",
    )
    steps = list(groupings(table))
    assert dates(steps[0].table) == {row[3] for row in VAGUE}
    assert dates(steps[3].table) == {
        ("2020-01-01", "2020-12-31", "year"), ("2020-05-01", "2020-05-31", "month"),
        ("2020-05-01", "2020-06-30", "range"), (None, None, "unknown"),
    }  # fmt: skip
    assert dates(steps[-1].table) == {("2020-01-01", "2020-12-31", "year"), (None, None, "unknown")}
    assert all(step.weights.sum() == len(VAGUE) for step in steps)


def test_the_page_says_so_also_without_scripts(many: gpd.GeoDataFrame) -> None:
    html = layers.map_incidents(many, max_size_mb=0).get_root().render()
    assert html.count("Grouped into cells.") == 2
    assert "Incidents: 30,000. On the map: 29,400." in html
