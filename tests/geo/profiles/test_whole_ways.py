"""From a provider's file to its report, its places and its update: no row is lost on the way."""

from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

import geo
from geo.reading.incidents import read_table
from geo.reading.report import describe_reading
from tests.provider_files import acled_table, ged_table, geojson, quakes


def _walk(path: Path, profile: str, rows: int) -> gpd.GeoDataFrame:
    """Read a file, check that its report adds up, and join its rows to countries."""
    reading = read_table(path)
    report = describe_reading(reading)
    assert (report["profile"]["name"], report["rows"]) == (profile, rows)
    assert report["mapped"] + report["unmapped"] + report["rejected"] == rows
    placed = geo.add_countries(geo.geocode(reading.incidents))
    geo.validate(placed)
    assert int(placed.geometry.notna().sum()) == report["mapped"]
    assert len(placed) == rows
    return placed


@pytest.mark.parametrize("vintage", [2022, 2024, 2025])
def test_events_of_acled(vintage: int, tmp_path: Path) -> None:
    first, second = acled_table(vintage, 60), acled_table(vintage, 12, first=52)
    wrong = [3, 9, 15, 21]
    # Exchanged degrees lie in no country that these rows state.
    first.loc[wrong, ["latitude", "longitude"]] = ["15.35", "-44.2"]
    second.loc[[0, 1], ["fatalities", "timestamp"]] = ["99", "1800000000"]
    paths = tmp_path / "first.csv", tmp_path / "second.csv"
    for table, path in zip((first, second), paths, strict=True):
        table.to_csv(path, index=False)

    placed = _walk(paths[0], "acled", 60)

    stated = geo.read_incidents(paths[0])["country_a3"].notna()
    doubted = placed.index[placed["status"].eq("suspicious")].tolist()
    assert doubted == [row for row in wrong if stated[row]]
    assert placed["fatalities_best"].sum() == first["fatalities"].astype(int).sum()
    assert placed["native_event_type"].value_counts().equals(first["event_type"].value_counts())
    deleted = [str(first.loc[5, "event_id_cnty"])]
    later = geo.read_incidents(paths[1])
    assert geo.update_incidents(placed, later, deleted=deleted).summary() == "+4 ~2 -1"


@pytest.mark.parametrize("columns", [42, 49])
def test_events_of_ucdp(columns: int, tmp_path: Path) -> None:
    table, path = ged_table(columns, 60), tmp_path / "ged.csv"
    table.loc[15, ["latitude", "longitude"]] = table.loc[15, ["longitude", "latitude"]].tolist()
    table.loc[22, "low"] = "90"
    table.to_csv(path, index=False)

    placed = _walk(path, "ucdp_ged", 60)

    waiting = placed.index[placed.geometry.isna()].tolist()
    assert waiting == [15]
    assert placed.loc[15, ["status", "method"]].tolist() == ["suspicious", "given"]
    checks = pd.DataFrame(describe_reading(read_table(path))["checks"])
    assert checks.loc[checks["check"] == "swap", "row"].tolist() == [17]
    assert checks.loc[checks["check"] == "low, best, high", "row"].tolist() == [24]
    coarse = placed["precision"].eq("country")
    assert coarse.any()
    assert placed.loc[coarse, "admin1"].isna().all()
    own = placed.filter(like="native_").rename(columns=lambda name: name.removeprefix("native_"))
    pd.testing.assert_frame_equal(pd.DataFrame(own), pd.read_csv(path, dtype="str"))


def test_earthquakes_of_usgs(tmp_path: Path) -> None:
    path, sites = tmp_path / "all_month.geojson", tmp_path / "sites.csv"
    path.write_bytes(geojson(quakes(300)))
    sites.write_text("name,lat,lon\nSuva,-18.14,178.44\n", "utf-8")

    placed = _walk(path, "usgs", 300)

    assert not placed.has_z.any()
    assert placed["depth_km"].notna().all()
    plants = geo.read_incidents(sites)
    near = geo.within(placed, plants, distance_m=3_000_000)
    east = near.geometry.x
    # Both sides of the date line lie near Fiji.
    assert (east > 170).any()
    assert (east < -170).any()
    kept = geo.update_incidents(placed.iloc[:0], placed).incidents
    withdrawn = set(placed.loc[placed["verification"].eq("withdrawn"), "incident_id"])
    assert withdrawn
    assert not withdrawn & set(kept["incident_id"])
