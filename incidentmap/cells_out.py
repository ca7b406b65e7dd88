"""Cells of a grid as they are written."""

from pathlib import Path
from typing import TYPE_CHECKING

from incidentmap.standard_streams import hand_over

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["CELL_FILES", "write_cells"]

#: Kinds of files that cells are written to.
CELL_FILES = (".geojson", ".json", ".gpkg", ".parquet", ".fgb", ".kml", ".csv")


def write_cells(cells: "gpd.GeoDataFrame", target: Path) -> None:
    """Write cells, and say where.

    Parameters
    ----------
    cells
        Cells of a grid.
    target
        A layer (.geojson, .gpkg and others), or a table without shapes (.csv).
    """
    import geo
    from geo.exporting import describe
    from geo.formats.atomic import open_atomic

    if target.suffix.lower() == ".csv":
        with open_atomic(target) as stream:
            table = cells.drop(columns=[cells.geometry.name])
            stream.write(table.to_csv(index=False, lineterminator="\n"))
    else:
        geo.write(cells, target, about=describe(cells, title="Cells"))
    hand_over(target)
