"""Files for GIS: their layers and CRS, and what GDAL is never handed."""

import zipfile
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely

import geo
from geo.errors import ReadError
from geo.reading.incidents import read_table
from geo.reading.options import ReadOptions

KML = """<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>Reports</name>
<Placemark><name>Tower 22</name><description>struck</description>
<TimeStamp><when>2024-01-28</when></TimeStamp>
<Point><coordinates>38.703,33.306,0</coordinates></Point></Placemark>
<Placemark><name>Nowhere</name></Placemark>
</Document></kml>"""
GPX = """<?xml version="1.0"?><gpx version="1.1" creator="x" xmlns="http://www.topografix.com/GPX/1/1">
<wpt lat="33.306" lon="38.703"><time>2024-01-28T03:00:00Z</time><name>Tower 22</name></wpt></gpx>"""
VIRTUAL = """<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>{path}</SrcDataSource>
</OGRVRTLayer></OGRVRTDataSource>"""


@pytest.fixture
def points() -> gpd.GeoDataFrame:
    table = {"Place": ["Tower 22", "Irbid"], "Killed": [3, 0], "Date": ["2024-01-28", "2024-01-29"]}
    shapes = gpd.points_from_xy([38.703, 35.85], [33.306, 32.55], crs=4326)
    return gpd.GeoDataFrame(table, geometry=shapes)


@pytest.mark.parametrize("name", ["points.gpkg", "points.shp", "points.zip", "points.parquet"])
def test_files_of_points_are_read_in_any_crs(
    tmp_path: Path, points: gpd.GeoDataFrame, name: str
) -> None:
    path = tmp_path / name
    moved = points.to_crs(32637)
    if path.suffix == ".parquet":
        moved.to_parquet(path)
    elif path.suffix == ".zip":
        moved.to_file(tmp_path / "inner.shp")
        with zipfile.ZipFile(path, "w") as archive:
            for part in tmp_path.glob("inner.*"):
                archive.write(part, f"folder/{part.name}")
    else:
        moved.to_file(path)

    table = geo.read_incidents(path)

    geo.validate(table)
    away_deg = shapely.distance(table.geometry.to_numpy(), points.geometry.to_numpy())
    assert away_deg.max() < 1e-7
    assert table["fatalities_best"].tolist() == [3, 0]
    assert table["date_start"].dt.day.tolist() == [28, 29]


def test_the_span_of_a_placemark_is_its_dates(tmp_path: Path) -> None:
    path = tmp_path / "reports.kml"
    span = "<TimeSpan><begin>2024-01-28</begin><end>2024-02-10</end></TimeSpan>"
    path.write_text(KML.replace("<TimeStamp><when>2024-01-28</when></TimeStamp>", span))

    incident = geo.read_incidents(path).iloc[0]

    days = [incident[name].date().isoformat() for name in ("date_start", "date_end")]
    assert days == ["2024-01-28", "2024-02-10"]


def test_layers_of_a_geopackage_can_be_named(tmp_path: Path, points: gpd.GeoDataFrame) -> None:
    path = tmp_path / "layers.gpkg"
    points.head(0).to_file(path, layer="empty")
    points.head(1).to_file(path, layer="first")
    points.tail(1).to_file(path, layer="second")

    reading = read_table(path)

    assert reading.incidents["place_text"].tolist() == ["Tower 22"]
    assert reading.raw.layers == ("empty", "first", "second")
    assert geo.read_incidents(path, layer="second")["place_text"].tolist() == ["Irbid"]
    with pytest.raises(ReadError, match="no layer 'third'"):
        geo.read_incidents(path, layer="third")


def test_kml_kmz_and_gpx_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.kml").write_text(KML)
    (tmp_path / "b.gpx").write_text(GPX)
    with zipfile.ZipFile(tmp_path / "c.kmz", "w") as archive:
        archive.writestr("doc.kml", KML)

    for name in ("a.kml", "b.gpx", "c.kmz"):
        table = geo.read_incidents(tmp_path / name)
        assert table["title"].iloc[0] == "Tower 22"
        assert table["date_start"].iloc[0] == pd.Timestamp("2024-01-28")
        assert table.geometry.iloc[0] == shapely.Point(38.703, 33.306)
    assert len(geo.read_incidents(tmp_path / "a.kml")) == 2


def test_a_shapefile_without_a_crs_is_refused(tmp_path: Path, points: gpd.GeoDataFrame) -> None:
    points.to_file(tmp_path / "points.shp")
    (tmp_path / "points.prj").unlink()

    with pytest.raises(ReadError, match="states no CRS"):
        geo.read_incidents(tmp_path / "points.shp")


@pytest.mark.parametrize(
    "suffix", [".kml", ".gpx", ".gpkg", ".fgb", ".shp", ".geojson", ".json", ".vrt"]
)
@pytest.mark.parametrize("target", ["/vsicurl/http://example.org/points.geojson", "secret.geojson"])
def test_a_virtual_dataset_is_never_opened(tmp_path: Path, suffix: str, target: str) -> None:
    (tmp_path / "secret.geojson").write_text('{"type":"FeatureCollection","features":[]}')
    path = tmp_path / f"sent{suffix}"
    for begin in ("", KML.partition("<Document>")[0].replace("<kml", "<kml ") + "</kml>"):
        path.write_text(begin + VIRTUAL.format(path=target))
        with pytest.raises(ReadError, match="sent"):
            geo.read_incidents(path)


def test_entities_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.kml"
    path.write_text('<!DOCTYPE kml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><kml>&b;</kml>')

    with pytest.raises(ReadError, match="declares entities"):
        geo.read_incidents(path)


def test_a_parquet_file_keeps_its_types(tmp_path: Path) -> None:
    path = tmp_path / "table.parquet"
    pd.DataFrame({"place": ["Amman"], "killed": [3], "tags": [["a", "b"]]}).to_parquet(path)

    table = geo.read_incidents(path)

    assert table["native_tags"].tolist() == ['["a","b"]']
    assert table["native_killed"].dtype == "int64"


DOCUMENT = '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>D</name>{}</Document></kml>'
INSTANT = (
    "<Placemark><name>Q</name><TimeStamp><when>2024-03-05</when></TimeStamp>"
    "<Point><coordinates>38.7,33.3</coordinates></Point></Placemark>"
)
SPAN = INSTANT.replace(
    "<TimeStamp><when>2024-03-05</when></TimeStamp>",
    "<TimeSpan><begin>2024-01-28</begin><end>2024-02-10</end></TimeSpan>",
)


def test_a_layer_may_mix_instants_and_spans(tmp_path: Path) -> None:
    path = tmp_path / "mixed.kml"
    path.write_text(DOCUMENT.format(INSTANT + SPAN), "utf-8")

    read = geo.read_incidents(path)

    dates = read[["date_start", "date_end"]].apply(lambda day: day.dt.strftime("%Y-%m-%d"))
    assert dates.to_numpy().tolist() == [["2024-03-05"] * 2, ["2024-01-28", "2024-02-10"]]


def test_the_documents_of_a_kmz_that_are_not_read_are_known(tmp_path: Path) -> None:
    path = tmp_path / "two.kmz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("doc.kml", DOCUMENT.format(INSTANT))
        archive.writestr("files/more.kml", DOCUMENT.format(SPAN * 2))

    first, second = read_table(path), read_table(path, ReadOptions(layer="files/more.kml"))

    assert (len(first.incidents), len(second.incidents)) == (1, 2)
    assert "files/more.kml" in first.raw.layers
    assert "doc.kml" in second.raw.layers


def test_faults_in_an_archive_name_the_archive(tmp_path: Path) -> None:
    path = tmp_path / "virtual.kmz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("doc.kml", "<OGRVRTDataSource/>")

    two = tmp_path / "two.zip"
    with zipfile.ZipFile(two, "w") as archive:
        archive.writestr("a.csv", "place\nAmman")
        archive.writestr("b.csv", "place\nIrbid")

    with pytest.raises(ReadError, match=r"two.zip: holds 2 tables \(a.csv, b.csv\), expected one"):
        geo.read_incidents(two)
    with pytest.raises(ReadError, match=r"virtual.kmz: doc.kml: describes a virtual dataset"):
        geo.read_incidents(path)
