"""Spreadsheets and GeoJSON to incident tables."""

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from geo.canonical_json import to_json
from geo.errors import ReadError, SchemaError
from geo.grammar.encodable import encodable_texts
from geo.schema import CRS, conform
from geo.tables.cells import count_cells, join_notes, text_cells
from geo.tables.columns import find_columns
from geo.tables.files import RawTable, read_table_file
from geo.tables.identifiers import number_repeats, unique_identifiers
from geo.tables.positions import read_positions
from geo.tables.times import read_times
from geo.vocabulary import find_kind

__all__ = ["read_incidents"]

_COUNTS = ("fatalities_best", "fatalities_low", "fatalities_high", "injured")
_PLACE_FIELDS = {"place", "country", "admin1"}


def read_incidents(
    source: str | os.PathLike[str] | pd.DataFrame,
    *,
    lon: str | None = None,
    lat: str | None = None,
    place: str | None = None,
    date: str | None = None,
    kind: str | None = None,
) -> gpd.GeoDataFrame:
    """Read a table of incidents; columns are found by their names.

    Every row of the input stays a row. A cell that cannot be read becomes null, and `reason` says
    why. The input's own columns follow as `native_*`, untouched.

    Parameters
    ----------
    source
        A CSV or GeoJSON file, or a table.
    lon, lat
        Columns with decimal degrees, WGS 84.
    place
        Column with the location as written.
    date
        Column with the first day, or with instants.
    kind
        Column with the kind of incident, in any words.

    Returns
    -------
    geopandas.GeoDataFrame
        Incident table in EPSG:4326 in the order of the input. Rows with coordinates have a point;
        `geo.geocode` places the others.

    Raises
    ------
    ReadError
        The file is missing, empty, binary, broken, of an unknown kind, or has neither a place nor
        coordinates.
    SchemaError
        A column that is named here does not exist, or the table's points have no CRS.

    Examples
    --------
    >>> table = pd.DataFrame({"when": ["2024-01-28"], "location": ["Tower 22"], "killed": [3]})
    >>> incidents = read_incidents(table, date="when")
    >>> incidents.loc[0, ["place_text", "date_precision"]].tolist()
    ['Tower 22', 'day']
    """
    if isinstance(source, pd.DataFrame):
        # Labels of the user's own may repeat; rows are matched by their number meanwhile.
        raw, origin = _split(encodable_texts(source).reset_index(drop=True)), "The table"
    else:
        raw, origin = read_table_file(Path(source)), os.fspath(source)
    native, shapes = _with_height(raw), raw.shapes
    named = {"lon": lon, "lat": lat, "place": place, "date": date, "kind": kind}
    fields = find_columns(list(native.columns), named=named)
    if shapes is None and not (_PLACE_FIELDS & set(fields) or {"lon", "lat"} <= set(fields)):
        raise ReadError(
            f"{origin}: no column with a place or with coordinates "
            f"among {', '.join(native.columns) or 'none'}; name the one with the place "
            "(--place), or the two with longitude and latitude (--lon, --lat)."
        )
    positions = read_positions(native, fields, shapes, raw.digits_m)
    times, time_notes = read_times(native, fields)
    counts = {name: count_cells(native, fields, name) for name in _COUNTS if name in fields}
    columns: dict[str, Any] = {
        "incident_id": _identifiers(native, fields, shapes),
        "title": _titles(native, fields),
        "kind": text_cells(native, fields, "kind").fillna("").map(find_kind),
        "subkind": text_cells(native, fields, "subkind"),
        "place_text": text_cells(native, fields, "place"),
        **{name: text_cells(native, fields, name) for name in ("country", "admin1", "admin2")},
        **{name: values for name, (values, _) in counts.items()},
        "sources": _sources(native, fields),
        "verification": "unverified",
        "sensitivity": "public",
    }
    count_notes = (notes for _, notes in counts.values())
    columns["reason"] = join_notes(positions["reason"], time_notes, *count_notes)
    table = positions.assign(**columns).join(times).join(native.add_prefix("native_"))
    incidents = conform(table)
    return incidents.set_axis(source.index) if isinstance(source, pd.DataFrame) else incidents


def _split(table: pd.DataFrame) -> RawTable:
    """The input's own columns, and its geometries where it has some."""
    if not isinstance(table, gpd.GeoDataFrame) or table.active_geometry_name is None:
        return RawTable(_with_distinct_names(pd.DataFrame(table)))
    if table.crs is None:
        raise SchemaError(
            f"The table's points have no CRS, expected one; set_crs({CRS!r}) if they are longitude "
            "and latitude."
        )
    shapes = table.geometry.to_crs(CRS)
    return RawTable(_with_distinct_names(pd.DataFrame(table.drop(columns=shapes.name))), shapes)


def _with_distinct_names(table: pd.DataFrame) -> pd.DataFrame:
    return table.set_axis(number_repeats([str(name) for name in table.columns], mark="_"), axis=1)


def _with_height(raw: RawTable) -> pd.DataFrame:
    """The input's columns, with the third coordinate of its points as one of them.

    It means height to one publisher and depth to another: it is theirs to say.
    """
    shapes = raw.shapes
    if shapes is None or not shapes.has_z.any():
        return raw.cells
    return raw.cells.assign(z=shapely.get_z(shapes.where(shapes.geom_type == "Point").to_numpy()))


def _identifiers(
    native: pd.DataFrame, fields: Mapping[str, str], shapes: gpd.GeoSeries | None
) -> "pd.Series[str]":
    """The input's own identifiers; where they lack, a digest of the row. Repeats are numbered."""
    digests = pd.Series(_digests(native, shapes), index=native.index, dtype="str")
    return unique_identifiers(text_cells(native, fields, "incident_id").fillna(digests))


def _digests(native: pd.DataFrame, shapes: gpd.GeoSeries | None) -> list[str]:
    points = [""] * len(native) if shapes is None else shapes.to_wkt()
    rows = zip(*(native[name] for name in native.columns), points, strict=True)
    return [hashlib.sha256(to_json(list(map(str, row))).encode()).hexdigest()[:12] for row in rows]


def _titles(native: pd.DataFrame, fields: Mapping[str, str]) -> "pd.Series[str]":
    titles = text_cells(native, fields, "title")
    return titles.fillna(text_cells(native, fields, "place"))


def _sources(native: pd.DataFrame, fields: Mapping[str, str]) -> list[str]:
    publishers, urls = (text_cells(native, fields, field) for field in ("publisher", "url"))
    return [
        to_json([source] if (source := _source(publisher, url)) else [])
        for publisher, url in zip(publishers, urls, strict=True)
    ]


def _source(publisher: object, url: object) -> dict[str, str]:
    stated = {"publisher": publisher, "url": url}
    return {name: value for name, value in stated.items() if isinstance(value, str)}
