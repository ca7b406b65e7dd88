"""Columns come back under their own names, whatever the format makes of these, and no others."""

from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

import geo
from geo.formats.column_names import distinct_names
from geo.tables.kml_columns import kml_columns
from tests.geo.formats.sample import sample

ENDS = ("csv", "xlsx", "geojson", "geojsonl", "gpkg", "fgb", "kml", "parquet")
# Of which some are those of the incident table but for their case, or a format's own.
NAMES = (
    "Kind", "TITLE", "Status", "fid", "FID", "geom", "Geometry", "id", "ID", "Name", "description",
    "timestamp", "Begin", "icon", "note", "Note", "note_2", "المكان", "التاريخ", "a b", "a.b",
)  # fmt: skip
KML = "<kml xmlns='http://www.opengis.net/kml/2.2'><Document>{}<Placemark/></Document></kml>"


def own_columns() -> gpd.GeoDataFrame:
    """Return the sample with columns of the user's before all others, and some without a value."""
    table = sample()
    shapes = table["footprint"].where(table["footprint"].isna())
    table = table.assign(
        footprint=gpd.GeoSeries(shapes, crs=4326),
        date_note=pd.Series(None, index=table.index, dtype="str"),
        nothing=pd.Series(None, index=table.index, dtype="str"),
        **{name: f"of {name}" for name in NAMES},
    )
    return table[[*NAMES, *(name for name in table if name not in NAMES)]]


@pytest.mark.parametrize("end", ENDS)
def test_columns_come_back_under_their_own_names(end: str, tmp_path: Path) -> None:
    table = own_columns()

    geo.write(table, tmp_path / f"out.{end}")
    back = geo.read_incidents(tmp_path / f"out.{end}").sort_values("incident_id")

    # What every table that is read has.
    assert set(back) == {*table, "method", "reason"}
    for name in NAMES:
        assert back[name].tolist() == [f"of {name}"] * 4
    for name in ("kind", "place", "status"):
        assert back[name].tolist() == table[name].tolist()
    assert back["nothing"].isna().all()
    assert back["footprint"].isna().all()


@pytest.mark.parametrize("end", ["gpkg", "fgb", "kml"])
def test_programs_of_others_find_all_columns(end: str, tmp_path: Path) -> None:
    table = sample().assign(Kind="mine", kind_2="too")

    geo.write(table, tmp_path / f"out.{end}")

    layer = "incidents" if end == "gpkg" else None
    found = gpd.read_file(tmp_path / f"out.{end}", layer=layer).sort_values("incident_id")
    assert found["kind"].tolist() == table["kind"].tolist()
    assert set(found["Kind_3"]) == {"mine"}
    assert set(found["kind_2"]) == {"too"}


def test_columns_of_ours_keep_their_names_wherever_they_stand() -> None:
    assert distinct_names(["Kind", "kind", "KIND"]) == ["Kind_2", "kind", "KIND_3"]
    assert distinct_names(["a", "A", "a_2"], taken=["A_3"]) == ["a", "A_4", "a_2"]


@pytest.mark.parametrize(
    ("end", "rows"),
    [(end, 1) for end in ENDS if end != "csv"]
    + [(end, 0) for end in ("xlsx", "gpkg", "fgb", "parquet")],
)
def test_a_file_that_says_so_is_ours(end: str, rows: int, tmp_path: Path) -> None:
    table = sample()[["incident_id", "title", "geometry"]].assign(mine="x").iloc[:rows]

    geo.write(table, tmp_path / f"out.{end}")
    back = geo.read_incidents(tmp_path / f"out.{end}").sort_values("incident_id")

    assert back["mine"].tolist() == ["x"] * rows
    assert back["title"].tolist() == table["title"].tolist()
    assert not [name for name in back if str(name).startswith("native_")]


@pytest.mark.parametrize(
    "content",
    [
        "no XML",
        KML.format(""),
        KML.format("<ExtendedData><Data name='column a'/></ExtendedData>"),
        "<!DOCTYPE kml [<!ENTITY a 'b'>]>" + KML.format("<Data name='schema_version'/>"),
        KML.replace("<Placemark/>", "<Placemark><Data name='schema_version'/></Placemark>"),
    ],
)
def test_what_others_write_has_no_columns_of_ours(content: str, tmp_path: Path) -> None:
    (tmp_path / "doc.kml").write_text(content)

    assert kml_columns(tmp_path / "doc.kml") is None


def test_names_that_a_file_gives_twice_are_numbered(tmp_path: Path) -> None:
    path = tmp_path / "out.kml"
    geo.write(sample().assign(**{"a b": 1, "a.b": 2}), path)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(">a b<", ">kind<").replace(">a.b<", ">kind<"), encoding="utf-8")

    back = geo.read_incidents(path)

    assert back["kind"].tolist() == sample()["kind"].tolist()
    assert {"kind_2", "kind_3"} <= set(back)
