"""Tables as GeoPackages: layers with styles for QGIS, sources and actors as related tables."""

import contextlib
import re
import threading
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyogrio
import shapely

from geo.errors import SchemaError, WriteError
from geo.formats import geopackage_tables as tables
from geo.formats.about import About, column_meanings
from geo.formats.column_names import distinct_names
from geo.formats.driver_faults import as_system_faults
from geo.formats.flat_columns import gdal_columns, with_texts_of_shapes
from geo.formats.gdal_tables import gdal_table
from geo.formats.geopackage_extensions import add_metadata, add_relation
from geo.formats.incident_layers import MOST_DISCS, Layer, incident_layers
from geo.formats.layer_terms import LayerTerms, layer_terms
from geo.formats.options import Options
from geo.formats.qgis_metadata import layer_metadata
from geo.formats.qgis_project import project_archive
from geo.formats.rfc7946 import tidied, with_plain_lines
from geo.formats.shape_faults import shape_faults
from geo.formats.wgs84 import in_wgs84
from geo.schema import CRS, require_crs, require_table

__all__ = ["write_geopackage"]

_GEOMETRY = "geom"
_FID = "fid"
# Readers call the geometry so, whatever its column is called.
_TAKEN = (_FID, "geometry")
# What SQLite holds in a table; one more is the identifier of the row.
_MOST_COLUMNS = 1_999
# Older programs warn of newer versions.
_VERSION = "1.3"
_OWN_TABLES = frozenset({
    "sources", "incident_sources", "actors", "incident_actors", "run_info", "data_dictionary",
    "layer_styles", "qgis_projects",
})  # fmt: skip
# Of columns that are not those of the table.
_MEANINGS = {"admin_counts": {"incidents": "incidents of the table that lie in the province"}}
_RESERVED = ("-", "gpkg", "rtree_", "sqlite_")
_DATE, _DATE_LOCK = "OGR_CURRENT_DATE", threading.Lock()
_MULTI = {"Polygon": "MultiPolygon", "LineString": "MultiLineString", "Point": "MultiPoint"}


def write_geopackage(table: gpd.GeoDataFrame, target: Path, about: About, options: Options) -> None:
    """Write the layers of an incident table, or one layer of any other table.

    Days become DATE, instants DATETIME, truth values BOOLEAN. What the file says of itself stands
    in the tables `run_info` and `data_dictionary`, the terms of each layer in its metadata.

    Raises
    ------
    SchemaError
        A further layer has the name of one of ours, or no geometry column.
    WriteError
        The table has more columns than a layer.
    OSError
        GDAL or SQLite cannot write the file.
    """
    if len(table.columns) > _MOST_COLUMNS:
        raise WriteError(
            f"{len(table.columns):,} columns do not fit into a layer of a GeoPackage, which holds "
            f"{_MOST_COLUMNS:,}; write GeoParquet."
        )
    is_incidents = "incident_id" in table
    layers = list(incident_layers(table)) if is_incidents else [_plain_layer(table, about)]
    for name, further in options.layers.items():
        layers.append(_further(name, further, layers))
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
            said = _metadata(layers, about)
            for name, metadata in said.items():
                add_metadata(connection, metadata, name or None)
            if is_incidents and options.file_name:
                archive = project_archive(layers, said, options.file_name, about.title)
                tables.add_project(connection, about.title, archive)


def _add_tables(connection: Any, table: gpd.GeoDataFrame, about: About) -> None:  # noqa: ANN401
    if "incident_id" in table:
        if "sources" in table:
            tables.add_sources(connection)
            add_relation(connection, "sources", "incident_sources")
        if "actors" in table:
            tables.add_actors(connection)
            add_relation(connection, "actors", "incident_actors")
    tables.add_rows(
        connection, "run_info", "What made this file, licence and attribution", ("name", "value"),
        about.lines(),
    )  # fmt: skip
    tables.add_rows(
        connection, "data_dictionary", "What the columns mean", ("column", "meaning"),
        _dictionary(table),
    )  # fmt: skip
    tables.add_styles(connection, _GEOMETRY)


def _dictionary(table: gpd.GeoDataFrame) -> Iterator[tuple[str, str]]:
    """What each column means, by the name that it has in the layer."""
    shape, beside = str(table.geometry.name), "footprint" if "incident_id" in table else ""
    names = [str(name) for name in table.columns if str(name) not in {shape, beside}]
    plain = [name.replace("\0", "") for name in names]
    written = dict(zip(names, distinct_names(plain, {*_TAKEN, _GEOMETRY}), strict=True))
    written |= {shape: _GEOMETRY}
    for name, meaning in column_meanings(map(str, table.columns)).items():
        called = written.get(name, name)
        is_numbered = name not in {called, shape}
        yield called, f"{meaning}; its own name is “{name}”" if is_numbered else meaning


def _metadata(layers: list[Layer], about: About) -> dict[str, ET.Element]:
    """Licence and attribution of each layer by its name, of the whole file by an empty one."""
    views = f"Worldview: {', '.join(about.worldview)}." if about.worldview else ""
    whole = LayerTerms(about.licence, about.attribution)
    return {"": layer_metadata("", about.title, views, whole)} | {
        layer.name: layer_metadata(
            layer.name, layer.title, "" if layer.is_added else views, layer_terms(layer, about)
        )
        for layer in layers
    }


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
    wkb = pa.array(shapely.to_wkb(shapes, output_dimension=2), type=pa.binary())
    meanings = column_meanings(columns) | _MEANINGS.get(layer.name, {})
    return gdal_table(columns, meanings, (_GEOMETRY, wkb), _TAKEN)


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


def _plain_layer(table: gpd.GeoDataFrame, about: About) -> Layer:
    name = re.sub(r"\W+", "_", about.title.lower()).strip("_") or "layer"
    return _layer_of(name, table, about.title)


def _further(name: str, table: gpd.GeoDataFrame, layers: list[Layer]) -> Layer:
    taken = {one.casefold() for one in (*_OWN_TABLES, *(layer.name for layer in layers))}
    if name.casefold() in taken:
        raise SchemaError(
            f"layers: {name!r} is the name of one of our own tables or of another layer, upper and "
            "lower case being the same; choose another."
        )
    is_plain = bool(name.strip()) and name.isprintable()
    if not is_plain or name.casefold().startswith(_RESERVED):
        raise SchemaError(
            f"layers: {name!r} cannot be the name of a layer, expected one of letters that does "
            f"not begin with {', '.join(_RESERVED)}; choose another."
        )
    require_table(table, by=f"layers: {name}")
    require_crs(table, by=f"layers: {name}")
    known = with_plain_lines(in_wgs84(table, by=f"layers: {name}"))
    if faults := list(shape_faults(known)):
        raise SchemaError("\n".join([f"layers: {name}:", *(f"- {fault}" for fault in faults)]))
    return replace(_layer_of(name, known, name.capitalize()), is_added=True)


def _layer_of(name: str, table: gpd.GeoDataFrame, title: str) -> Layer:
    texts = with_texts_of_shapes(table)
    # A shape that is cut at ±180° may become several.
    shapes = gpd.GeoSeries(tidied(np.asarray(table.geometry, dtype=object)), table.index, crs=CRS)
    kinds = set(pd.unique(shapes.geom_type.dropna()))
    if len(kinds) == 2 and any(kinds == set(pair) for pair in _MULTI.items()):
        kinds = {max(kinds, key=len)}
    return Layer(
        name, texts.set_geometry(shapes), kinds.pop() if len(kinds) == 1 else "Unknown", title
    )


@contextlib.contextmanager
def _fixed_date() -> Iterator[None]:
    """Let GDAL write one and the same time; one thread after the other, since GDAL has it once."""
    with _DATE_LOCK:
        before = pyogrio.get_gdal_config_option(_DATE)
        pyogrio.set_gdal_config_options({_DATE: tables.NO_TIME})
        try:
            yield
        finally:
            pyogrio.set_gdal_config_options({_DATE: before})


@contextlib.contextmanager
def _leftovers(target: Path) -> Iterator[None]:
    """Remove what SQLite leaves beside a file that could not be finished."""
    try:
        yield
    finally:
        for end in ("-journal", "-wal", "-shm"):
            target.with_name(target.name + end).unlink(missing_ok=True)
