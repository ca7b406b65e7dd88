"""What the world looks like in and around every disputed area, point by point.

`disputed_points.csv` was written from published maps and laws, not from our data. An empty cell of
a worldview means the same country as by default, an empty country nobody. `*` is not checked:
islets smaller than the detail of our coast, and provinces that maps do not agree on.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

import geo
from geo.reference.atoms import atoms
from geo.reference.views import Worldview, holders, view

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
def test_point_by_default(row: int) -> None:
    expected = TABLE.loc[row]
    found = _joined("default").loc[row]

    wanted = {name: expected[name] for name in CHECKED if expected[name] != "*"}
    assert {name: found[name] for name in wanted} == wanted


@pytest.mark.parametrize("worldview", VIEWS)
def test_points_in_a_worldview(worldview: str) -> None:
    found = _joined(worldview)
    own = TABLE[worldview]

    expected = own.where(own != "", TABLE["country_a3"])
    differing = TABLE["name"][found["country_a3"] != expected]
    assert differing.tolist() == []


@pytest.mark.parametrize("worldview", VIEWS)
def test_a_worldview_hides_no_dispute(worldview: str) -> None:
    disputed = _joined("default")["area_status"] != "undisputed"

    pd.testing.assert_series_equal(
        _joined(worldview)["area_status"][disputed], _joined("default")["area_status"][disputed]
    )


@pytest.mark.parametrize("worldview", ["default", *VIEWS])
def test_no_holder_claims_what_it_holds(worldview: str) -> None:
    found = _joined(worldview)
    pairs = zip(found["country_a3"], found["claimed_by"], strict=True)

    assert [code for code, others in pairs if code and code in others.split("|")] == []
    assert not found["claimed_by"].str.contains("XSP").any()


@pytest.mark.parametrize(
    ("lon", "lat", "day", "expected"),
    [
        (34.1, 44.95, "2014-03-17", ["UKR", "undisputed", ""]),
        (34.1, 44.95, "2014-03-18", ["RUS", "disputed", "UKR"]),
        (21.165, 42.663, "2008-02-16", ["SRB", "undisputed", ""]),
        (21.165, 42.663, "2008-02-17", ["XKX", "disputed", "SRB"]),
        (37.8, 48.0, "2010-01-01", ["UKR", "disputed", "RUS"]),
        (28.43, 9.59, "2010-01-01", ["SDN", "disputed", "SSD"]),
        (33.75, 21.87, "2010-01-01", ["", "unclaimed", ""]),
    ],
)
def test_claims_on_a_day_are_those_of_others(
    lon: float, lat: float, day: str, expected: list[str]
) -> None:
    point = gpd.GeoDataFrame(
        {"date_start": [pd.Timestamp(day)]}, geometry=gpd.points_from_xy([lon], [lat]), crs=4326
    )
    found = geo.add_countries(point)[["country_a3", "area_status", "claimed_by"]].astype(object)

    assert found.where(found.notna(), "").iloc[0].tolist() == expected


@pytest.mark.parametrize("worldview", VIEWS)
def test_every_exception_of_a_view_is_seen_at_a_point(worldview: str) -> None:
    lon, lat = (TABLE[name].to_numpy(dtype=np.float64) for name in ("lon", "lat"))
    at = atoms().index.containing(lon, lat)
    at = at[at >= 0]
    whole, start = view(worldview), set(view("default").rules)
    expected = holders(whole)[at]

    unseen = []
    for rule in whole.rules:
        others = tuple(one for one in whole.rules if one is not rule)
        found = holders(Worldview(f"{worldview} but one", others))[at]
        if rule not in start and (found == expected).all():
            unseen.append(rule.place)
    # These laws of Israel say what the default shows: it is the default that is checked there.
    assert unseen == (["East Jerusalem", "Golan Heights"] if worldview == "IL" else [])


def test_every_view_is_in_the_table() -> None:
    assert set(VIEWS) == set(geo.worldviews()["worldview"]) - {"default"}


def test_the_table_covers_enough() -> None:
    assert len(TABLE) >= 160
    assert (~TABLE["area_status"].isin(["undisputed", ""])).sum() >= 80
    assert TABLE["name"].is_unique
