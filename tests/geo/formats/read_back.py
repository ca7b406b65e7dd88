"""Files that were written, read by other programs, and brought back to the types of the table."""

import csv
import json
import sqlite3
import xml.etree.ElementTree as ET
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import python_calamine
import shapely

from geo.canonical_json import to_json

KML = "{http://www.opengis.net/kml/2.2}"


def geojson(path: Path) -> gpd.GeoDataFrame:
    return _of_features(json.loads(path.read_text(encoding="utf-8"))["features"])


def geojson_sequence(path: Path) -> gpd.GeoDataFrame:
    lines = path.read_text(encoding="utf-8").split("\n")[:-1]
    return _of_features([json.loads(line.removeprefix("\x1e")) for line in lines])


def _of_features(features: list[dict[str, Any]]) -> gpd.GeoDataFrame:
    rows = pd.DataFrame([feature["properties"] for feature in features], dtype=object)
    shapes = [feature["geometry"] and _shape(feature["geometry"]) for feature in features]
    if "footprint" in rows:
        rows["footprint"] = gpd.GeoSeries([cell and _shape(cell) for cell in rows["footprint"]])
    for name in rows:
        if rows[name].map(lambda cell: isinstance(cell, list | dict)).any():
            rows[name] = rows[name].map(to_json, na_action="ignore")
    return gpd.GeoDataFrame(rows, geometry=gpd.GeoSeries(shapes), crs=4326)


def _shape(geometry: dict[str, Any]) -> Any:
    return shapely.from_geojson(json.dumps(geometry))


def geopackage(path: Path) -> gpd.GeoDataFrame:
    # The cells by SQLite itself: older versions of pyogrio lose days.
    with closing(sqlite3.connect(path)) as connection:
        cells = pd.read_sql_query("SELECT * FROM incidents ORDER BY fid", connection)
    shapes = gpd.read_file(path, layer="incidents").geometry
    table = gpd.GeoDataFrame(cells.drop(columns=["fid", "geom"]), geometry=shapes)
    if "footprints" in pyogrio.list_layers(path)[:, 0]:
        areas = gpd.read_file(path, layer="footprints").set_index("incident_id").geometry
        table["footprint"] = gpd.GeoSeries(table["incident_id"].map(areas), crs=4326)
    return table


def flatgeobuf(path: Path) -> gpd.GeoDataFrame:
    return gpd.read_file(path)


def geoparquet(path: Path) -> gpd.GeoDataFrame:
    return gpd.read_parquet(path)


def csv_table(path: Path) -> pd.DataFrame:
    with path.open(encoding="utf-8", newline="") as stream:
        header, *rows = csv.reader(stream)
    cells = [[cell or None for cell in row] for row in rows]
    return pd.DataFrame(cells, columns=header, dtype=object)


def kml(path: Path) -> gpd.GeoDataFrame:
    marks = ET.parse(path).getroot().iter(f"{KML}Placemark")  # noqa: S314  # our own file
    rows = [
        {data.get("name"): data.findtext(f"{KML}value") for data in mark.iter(f"{KML}Data")}
        | dict(zip(("lon", "lat"), _degrees(mark), strict=True))
        for mark in marks
    ]
    return pd.DataFrame(rows, dtype=object)


def _degrees(mark: ET.Element) -> list[str | None]:
    found = mark.findtext(f"{KML}Point/{KML}coordinates")
    return [None, None] if found is None else [*found.split(",")]


def workbook(path: Path) -> pd.DataFrame:
    book = python_calamine.CalamineWorkbook.from_path(str(path))
    header, *rows = book.get_sheet_by_name("incidents").to_python(skip_empty_area=False)
    cells = [[None if cell == "" else cell for cell in row] for row in rows]
    return pd.DataFrame(cells, columns=header, dtype=object)


#: Extension to what reads it.
READERS: dict[str, Callable[[Path], Any]] = {
    ".geojson": geojson,
    ".geojsonl": geojson_sequence,
    ".geojsons": geojson_sequence,
    ".gpkg": geopackage,
    ".fgb": flatgeobuf,
    ".parquet": geoparquet,
    ".csv": csv_table,
    ".kml": kml,
    ".xlsx": workbook,
}


def restored(found: Any, table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return what was read with the columns, types and order of the table."""
    columns: dict[str, Any] = {}
    for name, kind in table.dtypes.items():
        cells = found[name] if name in found else pd.Series(None, found.index, dtype=object)
        if name == "geometry":
            columns[name] = _points(found)
        elif str(kind) == "geometry":
            columns[name] = _shapes(cells)
        else:
            columns[name] = _typed(cells, str(kind))
    back = gpd.GeoDataFrame(columns, geometry="geometry", crs=4326)
    order = [back["incident_id"].tolist().index(one) for one in table["incident_id"]]
    return back.iloc[order].reset_index(drop=True)


def _typed(cells: Any, kind: str) -> Any:
    if kind.startswith("datetime64"):
        # Each by itself: their texts have fractions of a second, or none.
        utc = "UTC" in kind
        moments = [pd.NaT if pd.isna(cell) else pd.to_datetime(cell, utc=utc) for cell in cells]
        return pd.Series(moments, cells.index, dtype=kind)
    if kind == "bool":
        return cells.map({"true": True, "false": False, True: True, False: False}).astype(bool)
    if kind in {"Int64", "float64"}:
        # pandas' own reading of texts is not exact in its older versions.
        exact = cells.map(float, na_action="ignore") if kind == "float64" else cells
        return pd.to_numeric(exact).astype(kind)
    return cells.astype(kind)


def _points(found: Any) -> gpd.GeoSeries:
    if "geometry" in found:
        return gpd.GeoSeries(found["geometry"], crs=4326)
    none = pd.Series(None, found.index, dtype=object)
    lon, lat = (pd.to_numeric(found.get(name, none)).to_numpy(float) for name in ("lon", "lat"))
    points = np.array(shapely.points(lon, lat), dtype=object, ndmin=1)
    points[np.isnan(lon)] = None
    return gpd.GeoSeries(points, index=found.index, crs=4326)


def _shapes(cells: Any) -> gpd.GeoSeries:
    shapes = []
    for cell in cells:
        if isinstance(cell, str):
            text = cell.strip()
            shapes.append(
                shapely.from_geojson(text) if text.startswith("{") else shapely.from_wkt(text)
            )
        else:
            shapes.append(cell if isinstance(cell, shapely.Geometry) else None)
    return gpd.GeoSeries(shapes, index=cells.index, crs=4326)
