"""One function that writes a table in the format that the name of the file asks for."""

import os
from pathlib import Path

import geopandas as gpd

from geo.errors import WriteError
from geo.formats.atomic import naming_target, open_atomic
from geo.formats.geojson import write_geojson
from geo.grammar.encodable import encodable_texts
from geo.schema import CRS, require

__all__ = ["write"]

_WRITERS = {".geojson": write_geojson, ".json": write_geojson}


def write(table: gpd.GeoDataFrame, path: str | os.PathLike[str], *, overwrite: bool = True) -> None:
    """Write a table to a file: GeoJSON for `.geojson` and `.json`.

    The file appears whole or not at all.

    Parameters
    ----------
    table
        Any CRS; written as WGS 84.
    path
        Target file.
    overwrite
        Whether an existing file is replaced.

    Raises
    ------
    WriteError
        The extension is unknown, the file exists and may not be replaced, or its folder cannot be
        written.
    SchemaError
        The table has no geometry column.

    Examples
    --------
    >>> import tempfile
    >>> points = gpd.GeoDataFrame({"n": [1]}, geometry=gpd.points_from_xy([38.7], [33.3]), crs=4326)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write(points, f"{folder}/points.geojson")
    ...     gpd.read_file(f"{folder}/points.geojson")["n"].tolist()
    [1]
    """
    target = Path(path)
    writer = _WRITERS.get(target.suffix.lower())
    if writer is None:
        raise WriteError(
            f"{target}: unknown kind of file {target.suffix!r}; expected {' or '.join(_WRITERS)}."
        )
    with naming_target(target):
        exists = target.exists()
    if exists and not overwrite:
        raise WriteError(f"{target}: exists already; choose another name or allow overwriting.")
    require(table, ("geometry",), by="write")
    with open_atomic(target) as stream:
        writer(encodable_texts(table.to_crs(CRS)), stream)
