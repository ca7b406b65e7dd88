"""A later table of several providers into an earlier one: each row by its own provider's clock."""

from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

import geo
from geo.profiles.providers import providers_of, rows_of
from tests.provider_files import acled_table, geojson, quakes

ROWS = 3


def events(seconds: int, notes: str) -> gpd.GeoDataFrame:
    return geo.read_incidents(acled_table(2025, ROWS).assign(timestamp=str(seconds), notes=notes))


def earthquakes(folder: Path, milliseconds: int, title: str) -> gpd.GeoDataFrame:
    document = quakes(ROWS)
    for feature in document["features"]:
        feature["properties"] |= {"updated": milliseconds, "title": title, "status": "reviewed"}
    (folder / "quakes.geojson").write_bytes(geojson(document))
    return geo.read_incidents(folder / "quakes.geojson")


def joined(*tables: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(pd.concat(tables, ignore_index=True), crs=4326)


@pytest.mark.parametrize("order", [1, -1])
def test_each_row_is_dated_by_its_own_provider(order: int, tmp_path: Path) -> None:
    old = joined(events(1_800, "kept"), earthquakes(tmp_path, 1_000_000, "old"))
    # The rows of ACLED are older than those that are there, the earthquakes are newer.
    new = joined(*[events(1_700, "lost"), earthquakes(tmp_path, 2_000_000, "newer")][::order])

    update = geo.update_incidents(old, new)

    assert update.changes["change"].value_counts().to_dict() == {"older": ROWS, "changed": ROWS}
    assert set(update.incidents["native_notes"].dropna()) == {"kept"}
    assert set(update.incidents["native_title"].dropna()) == {"newer"}


def test_rows_are_told_apart_by_the_columns_that_they_fill(tmp_path: Path) -> None:
    both = joined(earthquakes(tmp_path, 1, "x"), events(1, "y"))

    found = {one.name: rows_of(both, one).tolist() for one in providers_of(both)}

    assert found == {
        "acled": [False] * ROWS + [True] * ROWS, "usgs": [True] * ROWS + [False] * ROWS,
    }  # fmt: skip
