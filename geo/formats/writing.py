"""Tables to files: checked first, in the format that the name of the file asks for, atomically."""

import os
import warnings
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.errors import RestrictedRowsWarning, SchemaError, WriteError
from geo.formats.about import About
from geo.formats.atomic import atomic_path, naming_target
from geo.formats.json_columns import JSON_COLUMNS, finite_json
from geo.formats.options import Options
from geo.formats.registry import FileFormat, find_format
from geo.formats.rfc7946 import with_plain_lines
from geo.formats.shape_faults import shape_faults
from geo.formats.wgs84 import in_wgs84
from geo.grammar.encodable import encodable_texts
from geo.schema import COLUMNS, is_json, require, require_crs, validate

__all__ = ["warn_of_restrictions", "write_file"]

_CIVIL_DATE = "datetime64[s]"


def write_file(
    table: gpd.GeoDataFrame,
    path: str | os.PathLike[str],
    *,
    about: About,
    options: Options,
    file_format: str | None = None,
    overwrite: bool = True,
) -> None:
    """Check a table, then write it as a file that appears whole or not at all.

    Parameters
    ----------
    table
        Any CRS; written as WGS 84. With `incident_id`, it has to be an incident table.
    path
        Target file.
    about
        What the file says of itself.
    options
        What the writer is asked for.
    file_format
        Name of the format, where the name of the file does not tell it.
    overwrite
        Whether an existing file is replaced.

    Raises
    ------
    WriteError, SchemaError
        As for `geo.write`.

    Warns
    -----
    RestrictedRowsWarning
        What is said of the file names restricted providers.
    """
    target = Path(path)
    found = find_format(target, file_format)
    _check_options(found, options, target)
    with naming_target(target):
        exists = target.exists()
    if exists and not overwrite:
        raise WriteError(f"{target}: exists already; choose another name or allow overwriting.")
    ready = _ready(table)
    _check(ready, found)
    warn_of_restrictions(about, target)
    writer = found.load()
    with atomic_path(target, suffix=target.suffix.lower()) as partial:
        writer(ready, partial, about, replace(options, file_name=target.name))


def warn_of_restrictions(about: About, target: Path) -> None:
    """Warn where rows are written that their provider does not allow to pass on.

    Parameters
    ----------
    about
        What the file says of itself.
    target
        Name of the file.

    Warns
    -----
    RestrictedRowsWarning
        What is said of the file names restricted providers.
    """
    if about.restricted:
        warnings.warn(
            f"{target} holds rows of {' and '.join(about.restricted)}, whose terms forbid to pass "
            "them on: keep the file to yourself, or publish counts.",
            RestrictedRowsWarning,
            stacklevel=4,
        )


def _check_options(found: FileFormat, options: Options, target: Path) -> None:
    useless = sorted(options.asked_for() - set(found.takes))
    if useless:
        raise WriteError(f"{target}: {found.title} has no use for {useless[0]}; leave it out.")


def _ready(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Table in WGS 84 that any format can hold, in new columns where it was not so."""
    if "geometry" not in table and table.active_geometry_name is not None:
        table = table.rename_geometry("geometry")
    require(table, ("geometry",), by="write")
    if "incident_id" in table and table.active_geometry_name != "geometry":
        raise SchemaError(
            f"write: the active geometry is {table.active_geometry_name!r}; that of incidents is "
            'their point: set_geometry("geometry").'
        )
    require_crs(table, by="write")
    names = pd.Index([str(name) for name in table.columns])
    if names.has_duplicates:
        twice = names[names.duplicated()][0]
        raise SchemaError(f"write: the column {twice!r} occurs twice; give each its own name.")
    ready = with_plain_lines(encodable_texts(in_wgs84(table.set_axis(names, axis=1), by="write")))
    # Points of rows without coordinates are of no number.
    shapes = np.asarray(ready.geometry, dtype=object)
    is_empty = np.isnan(shapely.bounds(shapes)).all(axis=1) & ~shapely.is_missing(shapes)
    if is_empty.any():
        ready = ready.set_geometry(ready.geometry.where(~is_empty, None))
    return _with_plain_json(ready).assign(
        **{
            name: ready[name].astype("datetime64[s]")
            for name in names
            if _is_other_day(ready, name)
        }
    )


def _with_plain_json(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Table without numbers that JSON does not know: databases take such cells for no JSON."""
    mended = {}
    for name in _json_columns(table):
        odd = table[name].str.contains("NaN|Infinity", na=False)
        if odd.any():
            cells = [
                finite_json(text, name) if is_json(text) else text for text in table[name][odd]
            ]
            mended[name] = table[name].mask(odd, pd.Series(cells, table.index[odd], dtype="str"))
    return table.assign(**mended) if mended else table


def _json_columns(table: gpd.GeoDataFrame) -> list[str]:
    return [
        name for name in JSON_COLUMNS if name in table and pd.api.types.is_string_dtype(table[name])
    ]


def _check(table: gpd.GeoDataFrame, found: FileFormat) -> None:
    is_cut = found.cuts != "none"
    cut = table if found.cuts == "all" else table[[table.geometry.name]]
    faults = [f"- {fault}" for fault in (shape_faults(cut) if is_cut else ())]
    try:
        if "incident_id" in table:
            validate(table)
        else:
            _check_json(table)
    except SchemaError as error:
        raise SchemaError("\n".join([str(error), *faults])) from None
    if faults:
        raise SchemaError("\n".join([f"{found.title} cannot hold these shapes:", *faults]))


def _is_other_day(table: gpd.GeoDataFrame, name: str) -> bool:
    """Whether a column holds civil days, but counts them in another unit than seconds."""
    if name not in COLUMNS or COLUMNS[name].dtype != _CIVIL_DATE:
        return False
    kind = table[name].dtype
    if not pd.api.types.is_datetime64_dtype(kind) or str(kind) == _CIVIL_DATE:
        return False
    times = table[name].dropna()
    return bool((times == times.dt.normalize()).all())


def _check_json(table: gpd.GeoDataFrame) -> None:
    faults = []
    for name in _json_columns(table):
        wrong = (table[name].notna() & ~table[name].fillna("null").map(is_json)).to_numpy()
        if wrong.any():
            row, cell = table.index[wrong][0], table[name].to_numpy()[wrong][0]
            faults.append(f"{name}: {cell!r:.80} in row {row} is not JSON")
    if faults:
        raise SchemaError("\n".join(faults))
