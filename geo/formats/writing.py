"""Tables to files: checked first, in the format that the name of the file asks for, atomically."""

import os
import warnings
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pandas as pd

from geo.errors import RestrictedRowsWarning, SchemaError, WriteError
from geo.formats.about import About
from geo.formats.atomic import atomic_path, naming_target
from geo.formats.json_columns import JSON_COLUMNS
from geo.formats.options import Options
from geo.formats.registry import FileFormat, find_format
from geo.formats.shape_faults import shape_faults
from geo.grammar.encodable import encodable_texts
from geo.schema import COLUMNS, CRS, is_json, require, require_crs, validate

__all__ = ["write_file"]

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
    if about.restricted:
        warnings.warn(_restriction(about, target), RestrictedRowsWarning, stacklevel=3)
    writer = found.load()
    with atomic_path(target, suffix=target.suffix.lower()) as partial:
        writer(ready, partial, about, replace(options, file_name=target.name))


def _check_options(found: FileFormat, options: Options, target: Path) -> None:
    useless = sorted(options.asked_for() - set(found.takes))
    if useless:
        raise WriteError(f"{target}: {found.title} has no use for {useless[0]}; leave it out.")


def _ready(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Table in WGS 84 that any format can hold, in new columns where it was not so."""
    require(table, ("geometry",), by="write")
    require_crs(table, by="write")
    names = pd.Index([str(name) for name in table.columns])
    if names.has_duplicates:
        twice = names[names.duplicated()][0]
        raise SchemaError(f"write: the column {twice!r} occurs twice; give each its own name.")
    ready = encodable_texts(table.to_crs(CRS).set_axis(names, axis=1))
    is_empty = ready.geometry.is_empty
    if is_empty.any():
        ready = ready.set_geometry(ready.geometry.where(~is_empty, None))
    return ready.assign(
        **{
            name: ready[name].astype("datetime64[s]")
            for name in names
            if _is_other_day(ready, name)
        }
    )


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
    for name in JSON_COLUMNS:
        if name in table.columns and pd.api.types.is_string_dtype(table[name]):
            wrong = table[name].dropna().map(is_json).eq(other=False)
            if wrong.any():
                row = wrong[wrong].index[0]
                raise SchemaError(f"{name}: {table.loc[row, name]!r} in row {row} is not JSON")


def _restriction(said: About, target: Path) -> str:
    return (
        f"{target} holds rows of {' and '.join(said.restricted)}, whose terms forbid to pass them "
        "on: keep the file to yourself, or publish counts."
    )
