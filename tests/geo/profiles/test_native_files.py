"""Feeds and catalogues as `.native.csv`: read back by the same profile, to the same incidents."""

from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

import geo
from geo.reading.incidents import read_table
from geo.reading.report import describe_reading
from tests.provider_files import cap_alert, gdacs_feed, geojson, quakes

SQUARE = "<polygon>33.0,38.0 33.0,39.0 34.0,39.0 34.0,38.0 33.0,38.0</polygon>"
CIRCLE = "<circle>33.0,38.0 5</circle>"
GEORSS = (
    b'<rss xmlns:georss="http://www.georss.org/georss" xmlns:geo="http://www.w3.org/2003/01/geo/'
    b'wgs84_pos#"><channel>'
    b"<item><guid>a</guid><title>Flood</title><georss:polygon>33 38 33 39 34 39 33 38"
    b"</georss:polygon></item>"
    b"<item><guid>b</guid><title>Fire</title><geo:lat>33.9</geo:lat><geo:long>35.5</geo:long></item>"
    b"<item><guid>c</guid><title>Storm</title><georss:point>133 36</georss:point></item>"
    b"</channel></rss>"
)
VOID = "<references>warn@example.org,A1,2024-01-28T23:30:00-08:00</references>"
ALERTS = (
    f"<alerts>{cap_alert('A1', areas=SQUARE)}{cap_alert('A2', areas=SQUARE + CIRCLE)}"
    f"{cap_alert('A3', message='Cancel', more=VOID)}</alerts>"
).encode()
FILES = {
    "usgs": ("quakes.geojson", geojson(quakes(8))),
    "gdacs": ("rss.xml", gdacs_feed(("EQ", "TC", "FL"))),
    "georss": ("feed.xml", GEORSS),
    "cap": ("alerts.cap", ALERTS),
}
#: The catalogue's CSV has other columns than its GeoJSON, and no third coordinate.
ADDED = {"native_latitude", "native_longitude", "native_depth", "native_geometry"}


@pytest.mark.parametrize("name", FILES)
def test_a_native_file_is_read_by_the_same_profile(name: str, tmp_path: Path) -> None:
    path, again = tmp_path / FILES[name][0], tmp_path / "again.native.csv"
    path.write_bytes(FILES[name][1])

    table = geo.read_incidents(path)
    geo.write(table, again)
    reading = read_table(again)
    back = reading.incidents

    assert reading.conversion.profile is not None
    assert reading.conversion.profile.name == name
    assert {*table.columns} ^ {*back.columns} <= (ADDED if name == "usgs" else set())
    native = [column for column in table.columns if column.startswith("native_")]
    kept = [column for column in native if column not in ADDED]
    # What was a number is a text now.
    assert back[kept].fillna("").astype("str").equals(table[kept].fillna("").astype("str"))
    ours = [column for column in table.columns if column not in native]
    pd.testing.assert_frame_equal(pd.DataFrame(back[ours]), pd.DataFrame(table[ours]))


def test_a_feed_that_is_a_table_can_be_named(tmp_path: Path) -> None:
    path = tmp_path / "items.csv"
    path.write_text("guid,title\na,Flood in Amman\n", encoding="utf-8")

    table = geo.read_incidents(path, profile="georss")

    assert table[["incident_id", "kind", "status"]].iloc[0].tolist() == ["a", "flood", "unlocated"]


@pytest.fixture
def deleted() -> gpd.GeoDataFrame:
    """Earthquakes of which the fourth is deleted."""
    features = quakes(5)["features"]
    rows = [one["properties"] | {"id": one["id"]} for one in features]
    points = [one["geometry"]["coordinates"] for one in features]
    lon, lat, depth = zip(*points, strict=True)
    return gpd.GeoDataFrame(rows, geometry=gpd.points_from_xy(lon, lat, depth), crs=4326)


def test_deleted_earthquakes_are_counted_and_told_but_not_mapped(
    deleted: gpd.GeoDataFrame,
) -> None:
    reading = read_table(deleted)
    report, row = describe_reading(reading), geo.geocode(reading.incidents).iloc[3]

    assert [report[name] for name in ("rows", "mapped", "unmapped", "rejected")] == [5, 4, 0, 1]
    assert {one["row"]: one["what"] for one in report["problems"]} == {
        4: "Withdrawn by the provider. The status is deleted"
    }
    assert row.geometry is None
    # What happened, and when, is known all the same; an update knows that it is withdrawn.
    assert row[["incident_id", "verification"]].tolist() == ["us3", "withdrawn"]
    assert row["title"] == reading.raw.cells["title"].iloc[3]
    assert row["date_start"] == pd.Timestamp("2024-01-28")
    geo.validate(reading.incidents)


def test_cancelled_alerts_are_on_no_map(tmp_path: Path) -> None:
    path = tmp_path / "alerts.cap"
    path.write_bytes(ALERTS)

    table = geo.geocode(geo.read_incidents(path))

    assert table.geometry.notna().tolist() == [False, True, False]
    assert table["footprint"].notna().tolist() == [False, True, False]
    assert table["reason"].str.startswith("Withdrawn by the provider").tolist() == [
        True,
        False,
        True,
    ]
