"""Incident tables in columns that are known from ACLED and UCDP, as far as incidents fill them."""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geo.errors import WriteError
from geo.formats.about import About
from geo.formats.csv_files import write_text_table
from geo.formats.listed_cells import joined_members, members_at
from geo.formats.options import Options
from geo.formats.rfc7946 import DECIMALS
from geo.schema import BEYOND_COLUMNS, is_json
from geo.vocabulary import kinds
from geo.vocabulary.precision_codes import precision_codes

__all__ = ["acled_like", "ucdp_like", "write_acled_like", "write_native", "write_ucdp_like"]

_ACLED_TYPES = {
    "battle": ("Political violence", "Battles"),
    "explosion": ("Political violence", "Explosions/Remote violence"),
    "violence_against_civilians": ("Political violence", "Violence against civilians"),
    "protest": ("Demonstrations", "Protests"),
    "riot": ("Demonstrations", "Riots"),
    "strategic": ("Strategic developments", "Strategic developments"),
}
_ACLED_TIMES = {"day": 1, "week": 2}
_UCDP_TYPES = {"battle": 1, "violence_against_civilians": 3}
_UCDP_DATES = {"day": 1, "week": 3, "month": 4, "year": 5}
# Codes of other stretches of time, by the days that they may last.
_ACLED_DAYS, _UCDP_DAYS = {7: 2}, {6: 2, 7: 3, 31: 4}
_ACLED_COARSEST, _UCDP_COARSEST = 3, 5
_CHECKED, _OPEN = ("verified", "corroborated"), "Unverified"
_CELLS_PER_ROW, _CELLS_PER_DEGREE = 720, 2
_BEYOND = BEYOND_COLUMNS.removeprefix("native_")


def acled_like(table: gpd.GeoDataFrame) -> pd.DataFrame:
    """Incidents in the columns of ACLED; what no incident tells is left out.

    Parameters
    ----------
    table
        Incident table, EPSG:4326.

    Returns
    -------
    pandas.DataFrame
        Texts and numbers, with the index of the table. Kinds that ACLED does not know keep our own
        label as `event_type`.

    Examples
    --------
    >>> incidents = gpd.GeoDataFrame({"kind": ["battle"]}, geometry=[None], crs=4326)
    >>> acled_like(incidents).loc[0, "event_type"]
    'Battles'
    """
    text = partial(_column, table)
    kind, grade = text("kind"), _time_codes(table, _ACLED_TIMES, _ACLED_DAYS, _ACLED_COARSEST)
    start, end = _days(table)
    # A date that is no day stands for the days on both sides of it.
    day = start.where(grade == 1, start + (end - start) // 2).dt.floor("D")
    labels = {code: ("", known.label) for code, known in kinds().items()} | _ACLED_TYPES
    lon, lat = _degrees(table)
    return pd.DataFrame({
        "event_id_cnty": text("incident_id"),
        "event_date": day.dt.strftime("%Y-%m-%d"),
        "year": day.dt.year.astype("Int64"),
        "time_precision": grade,
        "disorder_type": kind.map(lambda code: labels.get(str(code), ("", ""))[0]),
        "event_type": kind.map(lambda code: labels.get(str(code), ("", str(code)))[1]),
        "sub_event_type": text("subkind"),
        "actor1": _actor(table, 0),
        "actor2": _actor(table, 1),
        "country": text("country"),
        "admin1": text("admin1"),
        "admin2": text("admin2"),
        "location": text("place").where(text("place") != "", text("place_text")),
        "latitude": lat,
        "longitude": lon,
        "geo_precision": _codes(table, "acled"),
        "source": _members(table, "sources", "publisher"),
        "notes": text("title"),
        "fatalities": table.get("fatalities_best", _nothing(table)),
    })  # fmt: skip


def ucdp_like(table: gpd.GeoDataFrame) -> pd.DataFrame:
    """The same in the columns of UCDP GED.

    Parameters
    ----------
    table
        As `acled_like` takes it.

    Returns
    -------
    pandas.DataFrame
        As `acled_like` gives it. `type_of_violence` is null for kinds that UCDP does not know.

    Examples
    --------
    >>> points = gpd.points_from_xy([69.17], [34.53])
    >>> int(ucdp_like(gpd.GeoDataFrame(geometry=points, crs=4326)).loc[0, "priogrid_gid"])
    179779
    """
    text = partial(_column, table)
    start, end = _days(table)
    dated = start.notna() & text("date_precision").isin([*_UCDP_DATES, "range"])
    lon, lat = _degrees(table)
    return pd.DataFrame({
        "id": text("incident_id"),
        "code_status": text("verification").isin(_CHECKED).map({True: "Clear", False: _OPEN}),
        "year": start.dt.year.astype("Int64"),
        "type_of_violence": text("kind").map(_UCDP_TYPES).astype("Int64"),
        "side_a": _actor(table, 0),
        "side_b": _actor(table, 1),
        "source_article": _members(table, "sources", "url"),
        "source_office": _members(table, "sources", "publisher"),
        "source_headline": text("title"),
        "where_prec": _codes(table, "ucdp"),
        "where_coordinates": text("place"),
        "where_description": text("place_text"),
        "adm_1": text("admin1"),
        "adm_2": text("admin2"),
        "latitude": lat,
        "longitude": lon,
        "geom_wkt": ("POINT (" + lon.astype("str") + " " + lat.astype("str") + ")").where(
            lon.notna()
        ),
        "priogrid_gid": _priogrid(lon, lat),
        "country": text("country"),
        "date_prec": _time_codes(table, _UCDP_DATES, _UCDP_DAYS, _UCDP_COARSEST).where(dated),
        "date_start": start.dt.strftime("%Y-%m-%d 00:00:00.000"),
        "date_end": end.dt.strftime("%Y-%m-%d 00:00:00.000"),
        "best": table.get("fatalities_best", _nothing(table)),
        "high": table.get("fatalities_high", _nothing(table)),
        "low": table.get("fatalities_low", _nothing(table)),
    })  # fmt: skip


def write_acled_like(table: gpd.GeoDataFrame, target: Path, about: About, options: Options) -> None:
    """Write ACLED's own columns where the rows are ACLED's, else columns like them."""
    del about
    _write(table, target, options, acled_like)


def write_ucdp_like(table: gpd.GeoDataFrame, target: Path, about: About, options: Options) -> None:
    """Write UCDP's own columns where the rows are UCDP's, else columns like them."""
    del about
    _write(table, target, options, ucdp_like)


def write_native(table: gpd.GeoDataFrame, target: Path, about: About, options: Options) -> None:
    """Write the table of the provider again, as it was read.

    Raises
    ------
    WriteError
        The table has no columns of a provider's own.
    """
    del about
    native, rows = options.native, options.native_rows
    if native is None:
        raise WriteError("native: the table has no native_* columns; choose another format.")
    if rows is not None and not rows.all():
        first = table.index[~rows][0]
        raise WriteError(
            f"native: {np.count_nonzero(~rows):,} rows have no native_* cells, such as row {first};"
            " leave them out, or choose another format."
        )
    _write_own(_texts(native), target, options)


def _write(
    table: gpd.GeoDataFrame,
    target: Path,
    options: Options,
    convert: Callable[[gpd.GeoDataFrame], pd.DataFrame],
) -> None:
    native, rows = options.native, options.native_rows
    if native is None:
        found = _texts(convert(table))
    elif rows is None or rows.all():
        found = _texts(native)
    else:
        found = _joined(_texts(native), _texts(convert(table)), rows)
    _write_own(found, target, options)


def _write_own(texts: pd.DataFrame, target: Path, options: Options) -> None:
    """Write rows as they were: what a row held beyond the header stands there again."""
    beyond = None if _BEYOND not in texts else texts.pop(_BEYOND).map(_listed)
    write_text_table(texts, target, excel_safe=options.excel_safe, beyond=beyond)


def _listed(text: str) -> list[str]:
    cells = json.loads(text) if is_json(text) else text or []
    return list(map(str, cells)) if isinstance(cells, list) else [text]


def _texts(table: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({
        name: column.astype(object).where(column.notna(), "").map(str)
        for name, column in table.items()
    })  # fmt: skip


def _joined(
    native: pd.DataFrame, mapped: pd.DataFrame, rows: npt.NDArray[np.bool_]
) -> pd.DataFrame:
    """The provider's rows as they were, the others in its columns; further columns follow."""
    known = {str(name).casefold(): str(name) for name in reversed(native.columns)}
    named = mapped.rename(columns=lambda name: known.get(str(name).casefold(), name))
    columns = [*native.columns, *(name for name in named if name not in native)]
    # Filled in a step of its own: pandas 3.0.0 cannot add several columns of texts.
    own, other = (
        part.reindex(columns=columns).astype(object).fillna("").to_numpy()
        for part in (native, named)
    )
    return pd.DataFrame(np.where(rows[:, None], own, other), columns=columns)


def _column(table: gpd.GeoDataFrame, name: str) -> "pd.Series[str]":
    empty = pd.Series("", index=table.index, dtype="str")
    return table[name].fillna("").astype("str") if name in table else empty


def _nothing(table: gpd.GeoDataFrame) -> "pd.Series[Any]":
    return pd.Series(pd.NaT, index=table.index, dtype="datetime64[s]")


def _days(table: gpd.GeoDataFrame) -> tuple["pd.Series[Any]", "pd.Series[Any]"]:
    """First and last day; the first for both where the last lacks."""
    start = table.get("date_start", _nothing(table))
    return start, table.get("date_end", start).fillna(start)


def _time_codes(
    table: gpd.GeoDataFrame, words: dict[str, int], days: dict[int, int], coarsest: int
) -> "pd.Series[int]":
    """Codes of how exact the dates are: by our word for it, else by how long they last."""
    start, end = _days(table)
    said = _column(table, "date_precision")
    lasting = (end - start).dt.days + 1
    codes = pd.Series(coarsest, index=table.index, dtype="Int64")
    for most, code in sorted(days.items(), reverse=True):
        codes = codes.mask((said == "range") & (lasting <= most), code)
    return said.map(words).astype("Int64").fillna(codes)


def _members(table: gpd.GeoDataFrame, column: str, member: str) -> "pd.Series[str]":
    return joined_members(_cells(table, column), member)


def _actor(table: gpd.GeoDataFrame, number: int) -> "pd.Series[str]":
    return members_at(_cells(table, "actors"), "name", number)


def _cells(table: gpd.GeoDataFrame, column: str) -> "pd.Series[Any]":
    return table.get(column, pd.Series(None, index=table.index, dtype="str"))


def _codes(table: gpd.GeoDataFrame, scheme: str) -> "pd.Series[int]":
    if "precision" in table:
        return precision_codes(table, scheme)
    return pd.Series(pd.NA, index=table.index, dtype="Int64")


def _degrees(table: gpd.GeoDataFrame) -> tuple["pd.Series[float]", "pd.Series[float]"]:
    points = np.asarray(table.geometry, dtype=object)
    lon, lat = (
        pd.Series(degrees.round(DECIMALS) + 0.0, index=table.index)
        for degrees in (shapely.get_x(points), shapely.get_y(points))
    )
    return lon, lat


def _priogrid(lon: "pd.Series[float]", lat: "pd.Series[float]") -> "pd.Series[int]":
    """Number of the cell of half a degree, from the south-west."""
    # The pole and the antimeridian belong to the last cells.
    row = ((lat + 90.0) * _CELLS_PER_DEGREE // 1).clip(upper=_CELLS_PER_ROW // 2 - 1)
    column = ((lon + 180.0) * _CELLS_PER_DEGREE // 1).clip(upper=_CELLS_PER_ROW - 1)
    return (row * _CELLS_PER_ROW + column + 1).astype("Int64")
