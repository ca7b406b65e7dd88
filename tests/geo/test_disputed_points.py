"""What the world looks like in and around every disputed area, point by point.

`disputed_points.csv` was written from published maps and laws, not from our data. An empty cell of
a worldview means the same country as by default, an empty country nobody, and `*` is not checked.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

import geo

TABLE = pd.read_csv(
    Path(__file__).with_name("disputed_points.csv"), dtype=str, keep_default_na=False
)
VIEWS = [name for name in TABLE.columns if name.isupper()]
CHECKED = ("country_a3", "admin1_code", "surface", "area_status", "claimed_by")


@cache
def _joined(worldview: str) -> pd.DataFrame:
    lon, lat = TABLE["lon"].astype(float), TABLE["lat"].astype(float)
    points = gpd.GeoDataFrame(
        {"name": TABLE["name"]}, geometry=gpd.points_from_xy(lon, lat), crs="EPSG:4326"
    )
    joined = pd.DataFrame(geo.add_countries(points, worldview=worldview).drop(columns="geometry"))
    return joined.astype(object).where(joined.notna(), "")


@pytest.mark.parametrize("row", TABLE.index, ids=TABLE["name"].tolist())
def test_point_by_default(row: int, request: pytest.FixtureRequest) -> None:
    expected = TABLE.loc[row]
    if expected["known_error"]:
        reason = pytest.mark.xfail(reason=expected["known_error"], strict=True)
        request.applymarker(reason)
    found = _joined("default").loc[row]

    wanted = {name: expected[name] for name in CHECKED if expected[name] != "*"}
    assert {name: found[name] for name in wanted} == wanted


@pytest.mark.parametrize("worldview", VIEWS)
def test_points_in_a_worldview(worldview: str) -> None:
    found = _joined(worldview)
    own = TABLE[worldview]

    expected = own.where(own != "", TABLE["country_a3"])
    differing = TABLE["name"][(found["country_a3"] != expected) & (TABLE["known_error"] == "")]
    assert differing.tolist() == []


@pytest.mark.parametrize("worldview", VIEWS)
def test_a_worldview_hides_no_dispute(worldview: str) -> None:
    disputed = _joined("default")["area_status"] != "undisputed"

    pd.testing.assert_series_equal(
        _joined(worldview)["area_status"][disputed], _joined("default")["area_status"][disputed]
    )


def test_every_exception_of_a_view_is_seen_at_a_point() -> None:
    exceptions = geo.worldviews()
    own = exceptions[(exceptions["worldview"] != "default") & (exceptions["worldview"] != "IL")]
    seen = {(view, holder) for view in VIEWS for holder in TABLE[view] if holder}

    assert {(row.worldview, row.holder) for row in own.itertuples()} <= seen


def test_the_table_covers_enough() -> None:
    assert len(TABLE) >= 160
    assert (~TABLE["area_status"].isin(["undisputed", ""])).sum() >= 80
    assert TABLE["name"].is_unique
