"""Tables as GeoPackages: layers with styles for QGIS, sources and actors as related tables."""

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyogrio
import shapely

from geo.errors import SchemaError
from geo.formats import geopackage_tables as tables
from geo.formats.about import About, column_meanings
from geo.formats.driver_faults import as_system_faults
from geo.formats.flat_columns import gdal_columns, shape_columns
from geo.formats.incident_layers import MOST_DISCS, Layer, incident_layers
from geo.formats.options import Options
from geo.formats.rfc7946 import tidied
from geo.schema import CRS, require_crs

__all__ = ["write_geopackage"]

_GEOMETRY = "geom"
_FID = "fid"
# Older programs warn of newer versions.
_VERSION = "1.3"
_OWN_TABLES = frozenset({
    "sources", "incident_sources", "actors", "run_info", "data_dictionary", "layer_styles",
})  # fmt: skip
_MULTI = {"Polygon": "MultiPolygon", "LineString": "MultiLineString", "Point": "MultiPoint"}


def write_geopackage(table: gpd.GeoDataFrame, target: Path, about: About, options: Options) -> None:
    """Write the layers of an incident table, or one layer of any other table.

    Days become DATE, instants DATETIME, truth values BOOLEAN. What the file says of itself stands
    in the tables `run_info` and `data_dictionary`.

    Raises
    ------
    SchemaError
        A further layer has the name of one of ours, or no geometry column.
    OSError
        GDAL or SQLite cannot write the file.
    """
    is_incidents = "incident_id" in table
    layers = list(incident_layers(table)) if is_incidents else [_plain_layer(table, about)]
    layers += [_further(name, layer, layers) for name, layer in options.layers.items()]
    if (
        is_incidents
        and len(table) > MOST_DISCS
        and all(one.name != "uncertainty" for one in layers)
    ):
        about = about.with_note(
            f"More than {MOST_DISCS:,} incidents: the layer uncertainty is left out; the radii "
            "stand in uncertainty_m."
        )
    target.unlink(missing_ok=True)
    with _fixed_date(), _leftovers(target), as_system_faults(target):
        for number, layer in enumerate(layers):
            _write_layer(layer, target, is_first=number == 0)
        with contextlib.closing(tables.opened(target)) as connection, connection:
            _add_tables(connection, table, about)


def _add_tables(connection: Any, table: gpd.GeoDataFrame, about: About) -> None:  # noqa: ANN401
    if "incident_id" in table:
        if "sources" in table:
            tables.add_sources(connection)
        if "actors" in table:
            tables.add_actors(connection)
    tables.add_rows(
        connection, "run_info", "What made this file, licence and attribution", ("name", "value"),
        about.lines(),
    )  # fmt: skip
    meanings = column_meanings(str(name) for name in table.columns)
    tables.add_rows(
        connection, "data_dictionary", "What the columns mean", ("column", "meaning"),
        meanings.items(),
    )  # fmt: skip
    tables.add_styles(connection, _GEOMETRY)


def _write_layer(layer: Layer, target: Path, *, is_first: bool) -> None:
    pyogrio.write_arrow(
        _arrow(layer),
        target,
        layer=layer.name,
        driver="GPKG",
        geometry_name=_GEOMETRY,
        geometry_type=layer.geometry_type,
        crs=CRS,
        append=not is_first,
        dataset_options={"VERSION": _VERSION} if is_first else None,
        layer_options={
            "IDENTIFIER": layer.name,
            "DESCRIPTION": layer.title,
            "GEOMETRY_NAME": _GEOMETRY,
            "FID": _FID,
        },
    )


def _arrow(layer: Layer) -> pa.Table:
    columns = gdal_columns(layer.table)
    shapes = tidied(np.asarray(layer.table.geometry, dtype=object))
    if layer.geometry_type.startswith("Multi"):
        shapes = _as_multi(shapes)
    names = _sql_names(list(columns))
    table = pa.table(dict(zip(names, columns.values(), strict=True)))
    wkb = pa.array(shapely.to_wkb(shapes, output_dimension=2), type=pa.binary())
    return table.append_column(_GEOMETRY, wkb)


def _as_multi(shapes: Any) -> Any:  # noqa: ANN401
    """Shapes of which all are collections; null stays null."""
    found = shapes.copy()
    single = np.flatnonzero(shapely.get_type_id(shapes) <= 3)
    for kind, collect in ((0, shapely.multipoints), (1, shapely.multilinestrings),
                          (3, shapely.multipolygons)):  # fmt: skip
        rows = single[shapely.get_type_id(shapes[single]) == kind]
        if rows.size:
            found[rows] = collect(shapes[rows], indices=np.arange(len(rows)))
    return found


def _sql_names(names: list[str]) -> list[str]:
    """Names that differ also where case does not count, and are none of ours."""
    taken = {_FID, _GEOMETRY}
    found = []
    for name in names:
        free, number = name, 2
        while free.casefold() in taken:
            free, number = f"{name}_{number}", number + 1
        taken.add(free.casefold())
        found.append(free)
    return found


def _plain_layer(table: gpd.GeoDataFrame, about: About) -> Layer:
    name = re.sub(r"\W+", "_", about.title.lower()).strip("_") or "layer"
    return _layer_of(name, table, about.title)


def _further(name: str, table: gpd.GeoDataFrame, layers: list[Layer]) -> Layer:
    if name in _OWN_TABLES or name in {layer.name for layer in layers}:
        raise SchemaError(f"layers: {name!r} is the name of one of our own tables; choose another.")
    require_crs(table, by=f"layers: {name}")
    return _layer_of(name, table.to_crs(CRS), name.capitalize())


def _layer_of(name: str, table: gpd.GeoDataFrame, title: str) -> Layer:
    texts = table.assign(
        **{column: table[column].to_wkt(rounding_precision=6) for column in shape_columns(table)}
    )
    kinds = set(pd.unique(table.geometry.geom_type.dropna()))
    if len(kinds) == 2 and any(kinds == set(pair) for pair in _MULTI.items()):
        kinds = {max(kinds, key=len)}
    return Layer(name, texts, kinds.pop() if len(kinds) == 1 else "Unknown", title)


@contextlib.contextmanager
def _fixed_date() -> Iterator[None]:
    """Let GDAL write one and the same time."""
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": tables.NO_TIME})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})


@contextlib.contextmanager
def _leftovers(target: Path) -> Iterator[None]:
    """Remove what SQLite leaves beside a file that could not be finished."""
    try:
        yield
    finally:
        for end in ("-journal", "-wal", "-shm"):
            target.with_name(target.name + end).unlink(missing_ok=True)
