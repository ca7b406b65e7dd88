"""Files and tables to incidents, in one piece."""

import os
from dataclasses import dataclass, replace
from pathlib import Path

import geopandas as gpd
import pandas as pd

from geo.errors import SchemaError
from geo.grammar.encodable import encodable_texts
from geo.profiles.feeds import read_feed
from geo.reading.conversion import Conversion, choose_conversion, without_header_rows
from geo.reading.options import ReadOptions
from geo.schema import CRS
from geo.tables.files import read_table_file
from geo.tables.identifiers import number_repeats
from geo.tables.raw import RawTable

__all__ = ["Reading", "read_incidents", "read_table"]


@dataclass(frozen=True)
class Reading:
    """A table that was read, and how.

    Parameters
    ----------
    raw
        Rows as the input has them.
    conversion
        How they became incidents.
    incidents
        The incident table.
    """

    raw: RawTable
    conversion: Conversion
    incidents: gpd.GeoDataFrame


def read_incidents(  # noqa: PLR0913  # what a table may leave open
    source: str | os.PathLike[str] | pd.DataFrame,
    *,
    profile: str | None = None,
    layer: str | None = None,
    encoding: str | None = None,
    day_first: bool | None = None,
    lon: str | None = None,
    lat: str | None = None,
    place: str | None = None,
    date: str | None = None,
    kind: str | None = None,
) -> gpd.GeoDataFrame:
    """Read a table of incidents, by its provider's profile or by the names of its columns.

    Every row of the input stays a row. A cell that cannot be read becomes null, and `reason` says
    why. The input's own columns follow as `native_*`, untouched.

    Parameters
    ----------
    source
        A file (CSV, TSV, XLSX, ODS, JSON, NDJSON, GeoJSON, GeoPackage, Shapefile, KML, KMZ, GPX,
        FlatGeobuf, Parquet), or a table.
    profile
        Profile of the provider, such as `acled`; `plain` for none. Where None, the columns and
        what they hold are compared with all profiles.
    layer
        Sheet or layer; by default the first that has incidents.
    encoding
        Encoding of a text file, such as `cp1256`; by default it is found.
    day_first
        Whether `03/04/2024` is in April (True) or in March (False). By default the other dates of
        the file decide; where they do not, such dates are not read, and `reason` says so.
    lon, lat
        Columns with degrees, WGS 84. A column that is named here goes before any profile.
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
        The file is missing, empty, binary, broken, too large, of an unknown kind, or has neither a
        place nor coordinates.
    SchemaError
        A column or a profile that is named here does not exist, or the table's points have no CRS.
    MissingExtraError
        The file is a spreadsheet, and the extra `tables` is not installed.

    Examples
    --------
    >>> table = pd.DataFrame({"when": ["2024-01-28"], "location": ["Tower 22"], "killed": [3]})
    >>> incidents = read_incidents(table, date="when")
    >>> incidents.loc[0, ["place_text", "date_precision"]].tolist()
    ['Tower 22', 'day']
    """
    columns = {"lon": lon, "lat": lat, "place": place, "date": date, "kind": kind}
    options = ReadOptions(profile, layer, encoding, day_first, columns)
    return read_table(source, options).incidents


def read_table(
    source: str | os.PathLike[str] | pd.DataFrame, options: ReadOptions | None = None
) -> Reading:
    """Read a table of incidents, and keep what was found about it.

    Parameters
    ----------
    source
        A file, or a table.
    options
        What the user says of it.

    Raises
    ------
    ReadError
        As `read_incidents`.
    SchemaError
        As `read_incidents`.
    """
    said = options or ReadOptions()
    if isinstance(source, pd.DataFrame):
        # Labels of the user's own may repeat; rows are matched by their number meanwhile.
        raw = _split(encodable_texts(source).reset_index(drop=True))
    else:
        raw = read_table_file(
            Path(source), layer=said.layer, encoding=said.encoding, read_feed=read_feed
        )
    raw = replace(raw, day_first=said.day_first)
    conversion = choose_conversion(raw, said)
    raw = conversion.without_others(without_header_rows(raw, conversion.skip))
    raw = replace(raw, day_first=conversion.day_order([raw], said))
    incidents = conversion.incidents(raw)
    if isinstance(source, pd.DataFrame):
        incidents = incidents.set_axis(source.index[conversion.skip :])
    return Reading(raw, conversion, incidents)


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
