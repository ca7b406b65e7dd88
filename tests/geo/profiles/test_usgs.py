"""USGS: depth, epochs, deletions, two ids for one earthquake, the date line."""

from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from pyproj import Geod

import geo
from geo.profiles.usgs import Usgs
from geo.reading.incidents import read_table
from geo.reading.report import describe_reading
from tests.provider_files import geojson, quakes

ROWS = 500


@pytest.fixture(scope="module")
def incidents(tmp_path_factory: pytest.TempPathFactory) -> gpd.GeoDataFrame:
    path = tmp_path_factory.mktemp("usgs") / "all_month.geojson"
    path.write_bytes(geojson(quakes(ROWS)))
    return geo.read_incidents(path)


def test_depth_leaves_the_geometry(incidents: gpd.GeoDataFrame) -> None:
    geo.validate(incidents)

    assert not incidents.has_z.any()
    assert incidents["depth_km"].tolist() == [10.5 + n for n in range(ROWS)]
    assert incidents.loc[31, "magnitude"] == 4.1


def test_time_is_an_instant_and_its_day_that_of_utc(incidents: gpd.GeoDataFrame) -> None:
    first = incidents.loc[0]

    assert first["time_utc"] == pd.Timestamp("2024-01-28T00:00:00.123Z")
    assert (first["date_zone"], first["date_precision"]) == ("UTC", "day")
    assert first["date_start"] == pd.Timestamp("2024-01-28")


def test_what_shakes_the_ground_is_not_always_an_earthquake(incidents: gpd.GeoDataFrame) -> None:
    assert incidents.loc[4, ["kind", "subkind"]].tolist() == ["other", "quarry blast"]
    assert (incidents["kind"] == "earthquake").sum() == ROWS - 1


def test_status_becomes_verification(incidents: gpd.GeoDataFrame) -> None:
    assert incidents.loc[[0, 1, 3], "verification"].tolist() == [
        "unverified", "verified", "withdrawn",
    ]  # fmt: skip


def test_one_earthquake_under_two_ids_is_found(incidents: gpd.GeoDataFrame) -> None:
    found = Usgs().checks(incidents)

    assert found["row"].tolist() == [1, 2]
    assert found["what"].str.endswith("both have the id ci9").all()


def test_the_feed_comes_back_with_its_depths(incidents: gpd.GeoDataFrame) -> None:
    native = Usgs().native(incidents)

    features = quakes(ROWS)["features"]
    expected = [feature["geometry"]["coordinates"] for feature in features]
    assert isinstance(native, gpd.GeoDataFrame)
    assert shapely.get_coordinates(native.geometry, include_z=True).tolist() == expected
    for name in ("mag", "time", "status", "ids", "url"):
        assert native[name].tolist() == [feature["properties"][name] for feature in features]


def test_sites_near_strong_earthquakes_across_the_date_line(incidents: gpd.GeoDataFrame) -> None:
    strong = incidents[incidents["magnitude"] >= 5]
    sites = gpd.GeoDataFrame(
        {"name": ["Plant"]}, geometry=[shapely.Point(-179.95, -17.9)], crs="EPSG:4326"
    )

    near = geo.within(strong, sites, distance_m=100_000)
    measured = geo.nearest(strong, sites)["site_distance_m"]

    lon, lat = strong.geometry.x.to_numpy(), strong.geometry.y.to_numpy()
    exact_m = Geod(ellps="WGS84").inv(
        lon, lat, np.full(len(lon), -179.95), np.full(len(lon), -17.9)
    )
    np.testing.assert_allclose(measured, exact_m[2], atol=1.0)
    assert set(near.index) >= set(strong.index[exact_m[2] <= 100_000])
    # On both sides of ±180°.
    assert near.geometry.x.min() < 0 < near.geometry.x.max()


def test_fiji_is_one_cluster(incidents: gpd.GeoDataFrame) -> None:
    clusters = geo.add_clusters(incidents, distance_m=60_000, min_incidents=5)["cluster"]

    assert set(clusters.dropna()) == {1}
    # The fourth is deleted.
    assert clusters.index[clusters.isna()].tolist() == [3]


def test_deleted_earthquakes_leave_with_an_update(incidents: gpd.GeoDataFrame) -> None:
    earlier = incidents.assign(verification="verified")

    update = geo.update_incidents(earlier, incidents)

    assert update.summary() == "+0 ~0 -1"
    why = update.changes.set_index("incident_id")["why"]
    assert why["us3"] == "withdrawn by the provider"
    assert "us3" not in set(update.incidents["incident_id"])


def test_an_event_that_gets_another_id_replaces_the_old_one(tmp_path: Path) -> None:
    document: dict[str, Any] = quakes(10)
    path = tmp_path / "first.geojson"
    path.write_bytes(geojson(document))
    old = geo.read_incidents(path)
    feature = document["features"][7]
    feature["id"], feature["properties"]["ids"] = "ci700", ",us7,ci700,"
    path = tmp_path / "second.geojson"
    path.write_bytes(geojson(document))

    update = geo.update_incidents(old, geo.read_incidents(path))

    told = update.changes.set_index("incident_id")
    assert told.loc["us7"].tolist() == ["removed", "replaced by ci700"]
    assert told.loc["ci700", "change"] == "added"


def test_the_csv_of_the_catalogue_reads_the_same(tmp_path: Path) -> None:
    table = pd.DataFrame(
        {
            "time": ["2024-01-28T00:00:00.123Z"],
            "latitude": ["-17.5"],
            "longitude": ["179.9"],
            "depth": ["10.5"],
            "mag": ["4"],
            "magType": ["mb"],
            "nst": ["30"],
            "gap": ["90"],
            "net": ["us"],
            "id": ["us0"],
            "updated": ["2024-01-29T00:00:00.000Z"],
            "place": ["0 km E of Invented Island, Fiji"],
            "type": ["earthquake"],
            "horizontalError": ["7.8"],
            "status": ["automatic"],
        }
    )
    path = tmp_path / "query.csv"
    table.to_csv(path, index=False)

    incident = geo.read_incidents(path).loc[0]

    assert incident["time_utc"] == pd.Timestamp("2024-01-28T00:00:00.123Z")
    assert incident[["depth_km", "magnitude", "uncertainty_m"]].tolist() == [10.5, 4.0, 7_800.0]
    assert incident["geometry"] == shapely.Point(179.9, -17.5)


def test_the_region_after_which_an_earthquake_is_named_is_no_contradiction() -> None:
    table = pd.DataFrame(
        {"id": ["a"], "mag": ["5"], "place": ["Fiji region"], "time": ["2024-01-01T00:00:00Z"]}
    ).assign(type="earthquake", latitude="-17.9", longitude="179.99", depth="500")
    reading = read_table(table)

    assert reading.conversion.profile is not None
    assert describe_reading(reading)["checks"] == []
