"""Files for GIS as raw tables, read by GDAL: each by the drivers that are named for it alone."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import geopandas as gpd
import pandas as pd
import pyogrio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError
from pyproj.exceptions import CRSError

from geo.canonical_json import to_json
from geo.errors import ReadError
from geo.schema import CRS
from geo.tables.archives import named_after, open_archive, read_member
from geo.tables.contents import check_kind
from geo.tables.gis_columns import has_footprints, own_columns, own_members
from geo.tables.layer_choice import choose_layer
from geo.tables.limits import check_size
from geo.tables.raw import RawTable

__all__ = ["GIS_DRIVERS", "read_gis", "read_kmz", "read_zipped_shapefile"]

#: Drivers of GDAL that may open a file of each extension.
GIS_DRIVERS = {
    ".gpkg": {"GPKG"},
    ".shp": {"ESRI Shapefile"},
    ".kml": {"LIBKML", "KML"},
    ".gpx": {"GPX"},
    ".fgb": {"FlatGeobuf"},
}
# Layers of a GeoPackage of ours, of which the second holds areas of the first's rows.
_INCIDENTS, _FOOTPRINTS = "incidents", "footprints"
_ID = "incident_id"
_PARTS_OF_SHAPEFILE = (".shp", ".dbf", ".shx", ".prj", ".cpg")


def read_gis(path: Path, *, layer: str | None = None, encoding: str | None = None) -> RawTable:
    """Raw table of a layer of a GeoPackage, Shapefile, KML, GPX or FlatGeobuf file, in EPSG:4326.

    Parameters
    ----------
    path
        The file.
    layer
        Name of the layer; None takes the first that has incidents.
    encoding
        Encoding of the texts of a Shapefile; None takes what the file says.

    Raises
    ------
    ReadError
        The file is not what its name says, is broken or too large, states no CRS, or has no such
        layer.
    """
    kind = path.suffix.lower()
    check_size(path)
    check_kind(path, kind)
    with _gdal_errors(path, kind):
        names = tuple(str(name) for name, _ in pyogrio.list_layers(path))
        if names and pyogrio.read_info(path, layer=names[0])["driver"] not in GIS_DRIVERS[kind]:
            raise ReadError(f"{path}: is not what its name says; expected {_said(kind)}.")

        def read(name: str) -> RawTable:
            found = pyogrio.read_dataframe(
                path,
                layer=name,
                encoding=encoding if kind == ".shp" else None,
                on_invalid="ignore",
            )
            raw = _raw(found, path, name, names)
            if name != _INCIDENTS:
                return raw
            if _FOOTPRINTS not in names:
                return _without_footprints(raw) if has_footprints(path, names) else raw
            areas = pyogrio.read_dataframe(path, layer=_FOOTPRINTS, on_invalid="ignore")
            return _with_footprints(raw, areas)

        return choose_layer(names, read, wanted=layer, path=path, word="layer")


def read_zipped_shapefile(
    path: Path, *, layer: str | None = None, encoding: str | None = None
) -> RawTable:
    """Raw table of the Shapefile in a ZIP file; `layer` names one of several.

    Raises
    ------
    ReadError
        As `read_gis`; and where the ZIP file holds no Shapefile.
    """
    with open_archive(path, expected=_said(".zip")) as archive, TemporaryDirectory() as folder:
        members = {name.casefold(): name for name in archive.namelist()}
        stems = [name[:-4] for name in members if name.endswith(".shp")]
        shown = {Path(stem).name: stem for stem in stems if "__macosx" not in stem}
        if not shown:
            raise ReadError(f"{path}: holds no table that can be read; expected {_said('.zip')}.")
        if layer is not None and layer.casefold() not in shown:
            raise ReadError(f"{path}: has no layer {layer!r}; it has {', '.join(shown)}.")
        stem = shown[layer.casefold() if layer else next(iter(shown))]
        for part in filter(lambda part: stem + part in members, _PARTS_OF_SHAPEFILE):
            content = read_member(archive, members[stem + part])
            Path(folder, "layer").with_suffix(part).write_bytes(content)
        with named_after(path, folder):
            raw = read_gis(Path(folder, "layer.shp"), encoding=encoding)
    return RawTable(
        raw.cells, raw.shapes, origin=str(path), kind="shp", row_word="feature",
        layer=Path(stem).name, layers=tuple(shown),
    )  # fmt: skip


def read_kmz(path: Path, *, layer: str | None = None) -> RawTable:
    """Raw table of a KML document in a KMZ file: the first, or the one that `layer` names.

    Raises
    ------
    ReadError
        As `read_gis`; and where the file holds no KML.
    """
    with open_archive(path, expected=_said(".kmz")) as archive, TemporaryDirectory() as folder:
        documents = [one for one in archive.namelist() if one.lower().endswith(".kml")]
        if not documents:
            raise ReadError(f"{path}: holds no KML; expected {_said('.kmz')}.")
        is_document = layer in documents
        name = str(layer) if is_document else documents[0]
        inner = Path(folder, "doc.kml")
        inner.write_bytes(read_member(archive, name))
        with named_after(path, folder):
            raw = read_gis(inner, layer=None if is_document else layer)
    others = [one for one in documents if one != name]
    return replace(raw, origin=str(path), kind="kmz", layers=(*raw.layers, *others))


def _raw(found: pd.DataFrame, path: Path, name: str, names: tuple[str, ...]) -> RawTable:
    shapes = None
    cells = pd.DataFrame(found)
    if isinstance(found, gpd.GeoDataFrame):
        cells = pd.DataFrame(found.drop(columns=found.geometry.name))
        if found.crs is None and found.geometry.notna().any():
            raise ReadError(
                f"{path}: layer {name} states no CRS; expected one. Set it first (a .prj beside a "
                "Shapefile)."
            )
        shapes = found.geometry if found.crs is None else found.geometry.to_crs(CRS)
        shapes = gpd.GeoSeries(shapes.to_numpy(), index=cells.index, crs=CRS)
    for column in [name for name in cells.columns if str(cells[name].dtype) == "object"]:
        cells[column] = cells[column].map(_plain)
    if path.suffix.lower() == ".kml" and {"timestamp", "begin"} <= set(cells.columns):
        # Of one layer, some features may state an instant and others a span.
        cells["timestamp"] = cells["timestamp"].where(cells["timestamp"].notna(), cells["begin"])
    return RawTable(
        own_columns(cells, path, name),
        shapes,
        origin=str(path),
        kind=path.suffix.lower().removeprefix("."),
        row_word="feature",
        members=own_members(path, name, names),
        layer=name,
        layers=names,
    )


def _with_footprints(raw: RawTable, areas: pd.DataFrame) -> RawTable:
    """The rows with their areas as WKT, by the identifiers that both layers have."""
    if not isinstance(areas, gpd.GeoDataFrame) or areas.crs != CRS:
        return raw
    if _ID not in areas or _ID not in raw.cells or "footprint" in raw.cells:
        return raw
    named = areas[areas[_ID].notna() & ~areas[_ID].duplicated()].set_index(_ID)
    # One area alone is no collection, but for the layer's type.
    shapes = [
        parts[0] if len(parts := shapely.get_parts(one)) == 1 else one for one in named.geometry
    ]
    texts = pd.Series(shapely.to_wkt(shapes, rounding_precision=-1), named.index, dtype="str")
    return replace(raw, cells=raw.cells.assign(footprint=raw.cells[_ID].map(texts).astype("str")))


def _without_footprints(raw: RawTable) -> RawTable:
    nothing = pd.Series(None, raw.cells.index, dtype="str")
    return replace(raw, cells=raw.cells.assign(footprint=nothing))


def _plain(cell: object) -> object:
    return to_json(list(cell)) if isinstance(cell, list | tuple) else cell


@contextmanager
def _gdal_errors(path: Path, kind: str) -> Iterator[None]:
    try:
        # What GDAL warns of while it reads shows in the rows.
        with warnings.catch_warnings(action="ignore"):
            yield
    except (DataSourceError, DataLayerError, RuntimeError, ValueError, CRSError) as error:
        said = str(error).partition("; It might help")[0].partition(". Set SHAPE_")[0].rstrip(".")
        raise ReadError(f"{path}: cannot be read ({said}); expected {_said(kind)}.") from error


def _said(kind: str) -> str:
    return {
        ".gpkg": "a GeoPackage",
        ".shp": "a Shapefile (with its .dbf and .shx beside it)",
        ".kml": "KML",
        ".kmz": "a KMZ file",
        ".gpx": "GPX",
        ".fgb": "FlatGeobuf",
        ".zip": "a ZIP file with one table (CSV, JSON …) or a Shapefile",
    }[kind]
