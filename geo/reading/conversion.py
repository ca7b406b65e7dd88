"""How the rows of one input become incidents: by a provider's profile, or by their columns."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from geo.errors import ReadError
from geo.profiles.profile import Profile
from geo.profiles.recognition import Recognition
from geo.profiles.registry import find_profile, recognise
from geo.reading.country_doubts import with_country_doubts
from geo.reading.options import PLAIN, ReadOptions
from geo.schema import CRS, conform
from geo.tables.columns import find_columns
from geo.tables.identifiers import unique_identifiers
from geo.tables.plain import plain_incidents
from geo.tables.raw import RawTable
from geo.tables.roles import FoundColumns, find_roles
from geo.tables.total_rows import with_total_faults

__all__ = ["Conversion", "choose_conversion", "without_header_rows"]

_PLACES = {"place", "country", "admin1", "coordinates"}
# What is said of a row whose cells may stand in the wrong columns.
_REJECTED: dict[str, Any] = {
    "kind": "other",
    "precision": "none",
    "method": "none",
    "status": "unlocated",
    "date_precision": "unknown",
    "sources": "[]",
    "verification": "unverified",
    "sensitivity": "public",
}


@dataclass(frozen=True)
class Conversion:
    """How the rows of one input become incidents.

    Parameters
    ----------
    profile
        Profile of the provider; None where the columns decide.
    recognition
        How surely the profile was recognised; None where it was named or there is none.
    roles
        Which column holds what, and how it was found; empty where a profile knows.
    skip
        First rows of the input that belong to its header.
    """

    profile: Profile | None = None
    recognition: Recognition | None = None
    roles: FoundColumns = field(default_factory=FoundColumns)
    skip: int = 0

    def without_totals(self, raw: RawTable) -> RawTable:
        """The input with a fault for each row that surely sums up others."""
        fields = self.roles.fields or find_columns([str(name) for name in raw.cells.columns])
        return with_total_faults(raw, fields)

    def incidents(self, raw: RawTable) -> gpd.GeoDataFrame:
        """Incidents of rows, one each, with the input's own columns as `native_*`."""
        if self.profile is None:
            raw = _with_height(raw)
            read = plain_incidents(raw, self.roles.fields)
        else:
            raw = replace(raw, cells=raw.cells.set_axis(self.profile.names(raw), axis=1))
            read = self.profile.to_incidents(raw)
        read = _with_rejected(read, raw.faults)
        if self.profile is None or self.profile.states_country:
            read = with_country_doubts(read)
        ids = unique_identifiers(read["incident_id"])
        read = read.assign(incident_id=ids)
        if self.profile is not None and not self.profile.keeps_native:
            return conform(read)
        return conform(read.join(raw.cells.add_prefix("native_")))


def choose_conversion(raw: RawTable, options: ReadOptions) -> Conversion:
    """How the rows of an input become incidents, by what its first rows hold.

    Parameters
    ----------
    raw
        The input, or its first rows.
    options
        What the user says of it.

    Raises
    ------
    ReadError
        No profile fits, and no column holds a place or coordinates.
    SchemaError
        A profile or a column that the user names does not exist, or does not fit.
    """
    profile, recognition = None, None
    if options.profile not in {None, PLAIN}:
        profile = find_profile(str(options.profile))
    elif options.profile is None and not options.names_columns and len(raw.cells):
        found = recognise(raw)
        profile, recognition = found or (None, None)
    if profile is not None:
        fitted = profile.fitted(raw)
        return Conversion(fitted, recognition, skip=fitted.skip_rows(raw))
    roles = find_roles(raw, named=options.columns)
    fields = set(roles.fields)
    if raw.shapes is None and not (_PLACES & fields or {"lon", "lat"} <= fields):
        raise ReadError(
            f"{raw.origin}: no column with a place or with coordinates among "
            f"{_listed(raw.cells)}; name the one with the place (--place), or the two with "
            "longitude and latitude (--lon, --lat)."
        )
    return Conversion(roles=roles)


def without_header_rows(raw: RawTable, count: int) -> RawTable:
    """The input without the first rows, which belong to its header."""
    if count == 0:
        return raw
    parts: dict[str, Any] = {
        name: None if values is None else values.iloc[count:].reset_index(drop=True)
        for name, values in _by_row(raw).items()
    }
    return replace(raw, **parts)


def _by_row(raw: RawTable) -> Mapping[str, Any]:
    return {name: getattr(raw, name) for name in ("cells", "shapes", "digits_m", "rows", "faults")}


def _listed(cells: pd.DataFrame) -> str:
    names = [str(name) for name in cells.columns]
    more = f" and {len(names) - 30} more" if len(names) > 30 else ""
    return (", ".join(names[:30]) or "none") + more


def _with_height(raw: RawTable) -> RawTable:
    """The input with the third coordinate of its points as one of its columns.

    It means height to one publisher and depth to another: it is theirs to say.
    """
    shapes = raw.shapes
    if shapes is None or not shapes.has_z.any():
        return raw
    heights = shapely.get_z(shapes.where(shapes.geom_type == "Point").to_numpy())
    return replace(raw, cells=raw.cells.assign(z=heights))


def _with_rejected(read: gpd.GeoDataFrame, faults: "pd.Series[str] | None") -> gpd.GeoDataFrame:
    """Incidents of which nothing is taken from rows that cannot be trusted."""
    if faults is None or not faults.notna().any():
        return read
    rejected = faults.notna()
    columns: dict[str, Any] = {
        name: read[name].mask(rejected, _REJECTED.get(name))
        for name in read.columns
        if name not in {"incident_id", "geometry", "reason"}
    }
    columns["reason"] = faults.where(rejected, read["reason"])
    shapes = gpd.GeoSeries(read.geometry.where(~rejected, None), crs=CRS)
    return read.assign(**columns).set_geometry(shapes)
