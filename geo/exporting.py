"""Tables to files that say of themselves whose rows they hold, and on which terms."""

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Unpack

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.formats.about import About, Terms, about_table
from geo.formats.options import Options, WriteOptions
from geo.formats.registry import FORMATS, find_format
from geo.formats.writing import write_file
from geo.profiles.feed_items import place_columns
from geo.profiles.profile import Profile
from geo.profiles.providers import providers_of, rows_of
from geo.schema import CRS, UNUSED_SHAPES, has_geometry, require_table
from geo.tables.columns import find_columns

__all__ = ["describe", "write"]

_NATIVE = "native_"
# Formats that are a provider's own table, by the name of its profile.
_OF_PROVIDERS = {"acled": "acled", "ucdp": "ucdp_ged"}


def write(
    table: gpd.GeoDataFrame,
    path: str | os.PathLike[str],
    *,
    file_format: str | None = None,
    overwrite: bool = True,
    about: About | None = None,
    **options: Unpack[WriteOptions],
) -> None:
    """Write a table to a file in the format that its name asks for.

    The file appears whole or not at all. The same table gives the same bytes. An incident table,
    one with `incident_id`, is checked first. Licence, attribution, worldview, and the meaning of
    the columns travel inside the file, where its format has a place for them.

    Parameters
    ----------
    table
        Any CRS; written as WGS 84.
    path
        Target file: GeoJSON (`.geojson`), GeoPackage (`.gpkg`), GeoParquet (`.parquet`), and those
        that `docs/formats.md` lists.
    file_format
        Name of the format, where the name of the file does not tell it.
    overwrite
        Whether an existing file is replaced.
    about
        What the file says of itself; by default what `geo.exporting.describe` finds in the table.
    **options
        Fields of `geo.formats.options.Options`, such as `simplestyle=True`.

    Raises
    ------
    WriteError
        The format is unknown or does not take an option, the file exists and may not be replaced,
        or it cannot be written.
    SchemaError
        The table is no GeoDataFrame, has no geometry column, or is no sound incident table; lists
        all faults.

    Warns
    -----
    RestrictedRowsWarning
        The provider of the rows does not allow to pass them on.

    Examples
    --------
    >>> import tempfile
    >>> points = gpd.GeoDataFrame({"n": [1]}, geometry=gpd.points_from_xy([38.7], [33.3]), crs=4326)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write(points, f"{folder}/points.geojson")
    ...     gpd.read_file(f"{folder}/points.geojson")["n"].tolist()
    [1]
    """
    require_table(table, by="write")
    providers, asked = _providers(table), Options(**options)
    said = _described(table, providers) if about is None else about
    restricted = dict.fromkeys((*said.restricted, *_restricted(table, *asked.layers.values())))
    write_file(
        table,
        path,
        about=replace(said, restricted=tuple(restricted)),
        options=_with_native(asked, table, providers, _name(path, file_format)),
        file_format=file_format,
        overwrite=overwrite,
    )


def describe(
    table: pd.DataFrame, *, run: Mapping[str, str] | None = None, title: str | None = None
) -> About:
    """What a file with a table says of itself: worldview, licences, whose rows it holds.

    Parameters
    ----------
    table
        Incident table, or any other.
    run
        What made it: names to values, the same for the same input.
    title
        One line for people.

    Examples
    --------
    >>> about = describe(pd.DataFrame({"incident_id": ["a"]}), run={"command": "convert"})
    >>> about.title, about.run["command"]
    ('Incidents', 'convert')
    """
    found = _described(table, _providers(table))
    return replace(found, run=dict(run or {}), title=title or found.title)


def _providers(table: pd.DataFrame) -> list[Profile]:
    has_native = any(str(name).startswith(_NATIVE) for name in table.columns)
    return providers_of(table) if has_native else []


def _restricted(*tables: object) -> list[str]:
    """Providers whose rows stand in tables and must not be passed on."""
    return [
        provider.title
        for table in tables
        # What is no table is told where it is written.
        if isinstance(table, pd.DataFrame)
        for provider in _providers(table)
        if not provider.redistributable
    ]


def _described(table: pd.DataFrame, providers: list[Profile]) -> About:
    terms = [
        Terms(
            provider.title,
            provider.licence,
            provider.attribution,
            redistributable=provider.redistributable,
        )
        for provider in providers
    ]
    return about_table(table, title="Incidents" if "incident_id" in table else "Layer", terms=terms)


def _name(path: str | os.PathLike[str], file_format: str | None) -> str:
    found = find_format(Path(path), file_format)
    return next(name for name, one in FORMATS.items() if one is found)


def _with_native(
    options: Options, table: gpd.GeoDataFrame, providers: list[Profile], name: str
) -> Options:
    """Options with the provider's own rows, where the format is that of the only provider."""
    own = [column for column in table.columns if str(column).startswith(_NATIVE)]
    if name == "native" and own:
        rows = table[own].notna().any(axis=1).to_numpy(np.bool_)
    elif len(providers) == 1 and name == _format_of(providers[0]):
        rows = rows_of(table, providers[0])
    else:
        return options
    if len(providers) == 1:
        native = providers[0].native_texts(table)
    else:
        names = [str(column).removeprefix(_NATIVE) for column in own]
        native = _with_points(pd.DataFrame(table[own]).set_axis(names, axis=1), table)
    return replace(options, native=native, native_rows=rows)


def _with_points(native: pd.DataFrame, table: gpd.GeoDataFrame) -> pd.DataFrame:
    """The input's own columns, and its points where none of these holds them."""
    shapes = UNUSED_SHAPES.removeprefix(_NATIVE)
    own = native.drop(columns=shapes, errors="ignore")
    fields = find_columns([str(name) for name in own.columns])
    if {"lon", "lat"} <= set(fields) or "coordinates" in fields or place_columns(own):
        return native
    given = table.get("method", pd.Series(None, index=table.index, dtype="str")).eq("given")
    points = gpd.GeoSeries(table.geometry.where(given & has_geometry(table), None))
    if shapes in native:
        texts = native[shapes].astype("object").where(native[shapes].notna(), None)
        unused = gpd.GeoSeries.from_wkt(texts, crs=CRS, on_invalid="ignore")
        points = gpd.GeoSeries(points.fillna(unused.representative_point()))
    if points.isna().all():
        return native
    return own.assign(longitude=points.x, latitude=points.y)


def _format_of(provider: Profile) -> str | None:
    return next((name for name, its in _OF_PROVIDERS.items() if its == provider.name), None)
