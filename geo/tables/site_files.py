"""Lists of sites, CSV or for GIS, read row by row."""

import csv
import io
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyogrio
import pyproj
import shapely
from pyogrio.errors import DataLayerError, DataSourceError
from shapely.geometry.base import BaseGeometry

from geo.errors import ReadError
from geo.gazetteer.entries import BadLineError, Entry, Fault
from geo.geocoding.uncertainty import GIVEN_COORDINATES_M
from geo.grammar.angles import coordinate_radius_m, parse_degrees
from geo.schema import CRS
from geo.tables.contents import check_content
from geo.tables.dump_files import Progress
from geo.tables.positions import reach_m, unwrapped
from geo.tables.sites import SiteReader, place_columns

__all__ = ["read_site_csv", "read_site_layers"]

_DELIMITERS = ",;\t|"
_LONGEST_LINE = 1_000_000
_TICK = 5_000
_TOO_LONG = "\0\n"
_EXPECTED = "expected a column with the name, and two with longitude and latitude in degrees"


def read_site_csv(
    path: Path, reader: SiteReader, progress: Progress, *, encoding: str
) -> Iterator[Entry | Fault]:
    """Place or fault of each row of a CSV file.

    Raises
    ------
    ReadError
        The file cannot be read, or has no columns for name and position.
    """
    size = path.stat().st_size
    with path.open("rb") as raw:
        encoding = "utf-16" if raw.peek(2)[:2] in (b"\xff\xfe", b"\xfe\xff") else encoding
        try:
            stream = io.TextIOWrapper(raw, encoding=encoding, errors="replace", newline="")
        except LookupError as error:
            raise ReadError(f"{path}: there is no encoding {encoding!r}; try cp1252.") from error
        first = stream.readline(_LONGEST_LINE).removeprefix("\ufeff")
        delimiter = max(_DELIMITERS, key=first.count)
        lines = csv.reader(_chained(first, stream), delimiter=delimiter)
        header = [cell.strip() for cell in next(lines, [])]
        fields = place_columns(header)
        if not {"name", "lon", "lat"} <= set(fields):
            found = ", ".join(header)[:300] or "none"
            raise ReadError(f"{path}: the columns are {found}; {_EXPECTED}.")
        at = {field: header.index(column) for field, column in fields.items()}
        for number, row in _rows(lines):
            if number % _TICK == 0:
                progress(raw.tell(), size)
            if row:
                yield _csv_entry(number, row, at, reader, width=len(header))
        progress(size, size)


def _chained(first: str, stream: io.TextIOWrapper) -> Iterator[str]:
    yield first
    while line := stream.readline(_LONGEST_LINE):
        rest = line
        while len(rest) == _LONGEST_LINE and not rest.endswith(("\n", "\r")):
            rest = stream.readline(_LONGEST_LINE)
        yield line if rest is line else _TOO_LONG


def _rows(lines: Any) -> Iterator[tuple[int, list[str] | str]]:  # noqa: ANN401
    """Rows with the number of their last line; what is wrong in place of a broken one."""
    while True:
        try:
            row = next(lines)
        except StopIteration:
            return
        except csv.Error as error:
            row = str(error)
        yield lines.line_num, row


def _csv_entry(
    line: int, row: list[str] | str, at: Mapping[str, int], reader: SiteReader, *, width: int
) -> Entry | Fault:
    if isinstance(row, str):
        return Fault(line, f"broken CSV ({row})")
    if any(row[width:]):
        return Fault(line, f"{len(row)} cells, the header has {width}")
    if any("\0" in cell for cell in row):
        return Fault(line, f"a zero byte, or more than {_LONGEST_LINE:,} characters")
    if any("\ufffd" in cell for cell in row):
        return Fault(line, "characters in another encoding; say which, such as --encoding cp1252")
    cells = {field: row[n] if n < len(row) else "" for field, n in at.items()}
    lon, lat = cells["lon"], cells["lat"]
    lonlat = parse_degrees(lon, hemispheres="EW"), parse_degrees(lat, hemispheres="NS")
    try:
        known = None not in lonlat
        radius_m = max(GIVEN_COORDINATES_M, coordinate_radius_m(lon, lat) if known else 0.0)
        return reader.entry(line, cells, lonlat, radius_m)
    except BadLineError as error:
        return Fault(line, str(error))


def read_site_layers(path: Path, reader: SiteReader, progress: Progress) -> Iterator[Entry | Fault]:
    """Place or fault of each feature of all layers of a GeoJSON file or a GeoPackage.

    Raises
    ------
    ReadError
        The file cannot be read, or a layer has no column with names or no CRS.
    """
    check_content(path)
    try:
        layers = [name for name, geometry in pyogrio.list_layers(path) if geometry is not None]
        total = sum(_count(path, layer) for layer in layers)
        number = 0
        for layer in layers:
            for rows in _batches(path, layer):
                for cells, shape in rows:
                    number += 1
                    yield _shape_entry(number, cells, shape, reader)
                progress(min(number, total), total)
    except (DataSourceError, DataLayerError, RuntimeError, pa.ArrowException) as error:
        raise ReadError(
            f"{path}: cannot be read ({_fault(error)}); expected GeoJSON or a GeoPackage."
        ) from error


def _fault(error: Exception) -> str:
    """What GDAL says, without its advice for programmers."""
    return str(error).partition("; It might help")[0].rstrip(".")


def _count(path: Path, layer: str) -> int:
    return int(pyogrio.read_info(path, layer=layer, force_feature_count=True)["features"])


def _batches(path: Path, layer: str) -> Iterator[list[tuple[dict[str, str], BaseGeometry | None]]]:
    """Cells by field and shapes in EPSG:4326 of the features of a layer."""
    with pyogrio.open_arrow(path, layer=layer, use_pyarrow=True, batch_size=_TICK) as (meta, rows):
        fields = place_columns(list(meta["fields"]))
        if "name" not in fields:
            found = ", ".join(meta["fields"]) or "none"
            raise ReadError(f"{path}: layer {layer} has the columns {found}; expected a name.")
        if meta["crs"] is None:
            raise ReadError(f"{path}: layer {layer} has no CRS; expected one, set it first.")
        convert = pyproj.Transformer.from_crs(meta["crs"], CRS, always_xy=True)
        while (batch := _next(rows)) is not None:
            columns = {field: _texts(batch[column]) for field, column in fields.items()}
            wkb = np.array(batch[meta["geometry_name"] or "wkb_geometry"].to_pylist(), dtype=object)
            shapes = shapely.force_2d(shapely.from_wkb(wkb, on_invalid="ignore"))
            shapes = shapely.transform(shapes, _projection(convert))
            cells = [
                dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)
            ]
            yield list(zip(cells, shapes, strict=True))


def _next(rows: Iterator[pa.RecordBatch]) -> pa.RecordBatch | None:
    # What GDAL warns of while it reads is told as a fault of the feature.
    with warnings.catch_warnings(action="ignore", category=RuntimeWarning):
        return next(rows, None)


def _texts(column: pa.Array) -> list[str]:
    return ["" if value is None else str(value) for value in column.to_pylist()]


def _projection(convert: pyproj.Transformer) -> Any:  # noqa: ANN401
    return lambda xy: np.column_stack(convert.transform(*xy.T))


def _shape_entry(
    number: int,
    cells: Mapping[str, str],
    shape: BaseGeometry | None,
    reader: SiteReader,
) -> Entry | Fault:
    if shape is None or shape.is_empty or not np.isfinite(shapely.get_coordinates(shape)).all():
        return Fault(number, "no geometry")
    try:
        area = unwrapped(shape)
        point = area if area.geom_type == "Point" else area.representative_point()
        radius_m = GIVEN_COORDINATES_M if point is area else reach_m(point, area)
        lon, lat = shapely.get_coordinates(point)[0].tolist()
        lon -= 360.0 if area is not shape and lon > 180.0 else 0.0
        return reader.entry(number, cells, (lon, lat), radius_m)
    except (BadLineError, shapely.errors.GEOSException) as error:
        return Fault(number, str(error))
