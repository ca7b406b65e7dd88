"""Files with sites, lines or areas as layers that distances are measured to."""

from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pyogrio
from pyogrio.errors import DataLayerError, DataSourceError

from geo.errors import ReadError
from geo.geodesy import Floats
from geo.grammar.angles import parse_degrees
from geo.schema import CRS
from geo.tables.contents import check_content
from geo.tables.files import read_table_file
from geo.tables.sites import place_columns

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["read_site_layer"]

_GEOPACKAGE = ".gpkg"


def read_site_layer(path: Path) -> gpd.GeoDataFrame:
    """Layer of a CSV, GeoJSON or GeoPackage file, with all its columns.

    Parameters
    ----------
    path
        A CSV file has two columns with longitude and latitude in degrees; a row without both keeps
        its place, with a null geometry. Of a GeoPackage the first layer is read.

    Raises
    ------
    ReadError
        The file is missing, broken, of an unknown kind, or has no positions that can be read.
    """
    if path.suffix.lower() == _GEOPACKAGE:
        return _geopackage(path)
    raw = read_table_file(path)
    if raw.shapes is not None:
        return gpd.GeoDataFrame(raw.cells, geometry=raw.shapes.to_numpy(), crs=CRS)
    fields = place_columns(list(raw.cells.columns))
    if not {"lon", "lat"} <= set(fields):
        raise ReadError(
            f"{path}: no columns with longitude and latitude among"
            f" {', '.join(raw.cells.columns) or 'none'}; expected two, such as lon and lat."
        )
    lon = _degrees(raw.cells[fields["lon"]], "EW", 360.0)
    lat = _degrees(raw.cells[fields["lat"]], "NS", 90.0)
    lost = np.isnan(lon) | np.isnan(lat)
    if lost.all():
        shown = [f"{name} {cell!r:.60}" for name, cell in _first_cells(raw.cells, fields)]
        first = f"the first row has {' and '.join(shown)}" if shown else "there are no rows"
        raise ReadError(
            f"{path}: no row has coordinates that can be read, {first}; expected degrees in both"
            " columns, such as 36.72."
        )
    points = gpd.GeoSeries(gpd.points_from_xy(lon, lat), crs=CRS)
    points[lost] = None
    named = raw.cells.rename(columns={fields["name"]: "name"} if "name" in fields else {})
    return gpd.GeoDataFrame(named, geometry=points.to_numpy(), crs=CRS)


def _first_cells(cells: "pd.DataFrame", fields: dict[str, str]) -> list[tuple[str, str]]:
    """Columns with coordinates, and what they hold in the first row; none without rows."""
    names = [fields["lon"], fields["lat"]] if len(cells) else []
    return [(name, str(cells[name].fillna("").iloc[0])) for name in names]


def _degrees(cells: "pd.Series[str]", hemispheres: str, most: float) -> Floats:
    read = [parse_degrees(str(cell), hemispheres=hemispheres) for cell in cells.fillna("")]
    values = np.array([np.nan if one is None else one for one in read], dtype=np.float64)
    return np.where(np.abs(values) <= most, values, np.nan)


def _geopackage(path: Path) -> gpd.GeoDataFrame:
    check_content(path)
    try:
        found = pyogrio.read_dataframe(path)
    except (DataSourceError, DataLayerError, RuntimeError) as error:
        raise ReadError(f"{path}: cannot be read ({error}); expected a GeoPackage.") from error
    if not isinstance(found, gpd.GeoDataFrame):
        raise ReadError(f"{path}: the first layer has no geometries; expected one with positions.")
    return found
