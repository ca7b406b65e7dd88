"""Cells of a grid as they are written."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["CELL_FILES", "write_cells"]

#: Kinds of files that cells are written to.
CELL_FILES = (".geojson", ".json", ".gpkg", ".csv")
# GeoPackages hold the day on which they were written.
_ANY_DAY = "1970-01-01T00:00:00.000Z"


def write_cells(cells: "gpd.GeoDataFrame", target: Path) -> None:
    """Write cells, and say where.

    Parameters
    ----------
    cells
        Cells of a grid.
    target
        A layer (.geojson, .gpkg), or a table without shapes (.csv).
    """
    import geo
    from geo.formats.atomic import atomic_path, open_atomic

    kind = target.suffix.lower()
    if kind == ".csv":
        with open_atomic(target) as stream:
            table = cells.drop(columns=[cells.geometry.name])
            stream.write(table.to_csv(index=False, lineterminator="\n"))
    elif kind == ".gpkg":
        with atomic_path(target) as partial:
            _write_geopackage(cells, partial)
    else:
        geo.write(cells, target)
    click.echo(target)


def _write_geopackage(cells: "gpd.GeoDataFrame", target: Path) -> None:
    import pyogrio

    # GDAL warns of a file whose name ends otherwise.
    named = target.with_name(f"{target.name}.gpkg")
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": _ANY_DAY})
    try:
        pyogrio.write_dataframe(cells, named, driver="GPKG", layer="cells")
        named.replace(target)
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})
        named.unlink(missing_ok=True)
