"""How the rows of one input become incidents: by a provider's profile, or by their columns."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.errors import ReadError
from geo.profiles.profile import Profile
from geo.profiles.recognition import Recognition
from geo.profiles.registry import find_profile, recognise
from geo.reading.country_doubts import with_country_doubts
from geo.reading.options import PLAIN, ReadOptions
from geo.schema import BEYOND_COLUMNS, CRS, UNUSED_SHAPES, conform, has_geometry
from geo.tables.cells import join_notes, text_cells
from geo.tables.columns import find_columns
from geo.tables.dates import day_order
from geo.tables.identifiers import unique_identifiers
from geo.tables.plain import plain_incidents
from geo.tables.raw import RawTable
from geo.tables.roles import FoundColumns, find_roles
from geo.tables.total_rows import with_total_faults

__all__ = ["WITHDRAWN", "Conversion", "choose_conversion", "without_header_rows"]

_PLACES = {"place", "country", "admin1", "coordinates"}
#: How the fault of a row begins that the provider has withdrawn.
WITHDRAWN = "Withdrawn by the provider. "
# What puts a row on the map, or lets its words do so.
_PLACED = {
    "uncertainty_m", "precision", "method", "status", "candidates", "footprint", "place",
    "place_id", "place_text", "country", "country_a3", "admin1", "admin2",
}  # fmt: skip
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

    def without_others(self, raw: RawTable) -> RawTable:
        """The input with a fault for each row that is no incident.

        Those are rows that surely sum up others, and those that the provider has withdrawn.
        """
        fields = self.roles.fields or find_columns([str(name) for name in raw.cells.columns])
        raw = with_total_faults(raw, fields)
        gone = None if self.profile is None else self.profile.withdrawn(raw)
        if gone is None or not gone.notna().any():
            return raw
        faults = WITHDRAWN + gone
        return replace(raw, faults=faults if raw.faults is None else raw.faults.fillna(faults))

    def day_order(self, parts: Iterable[RawTable], options: ReadOptions) -> bool | None:
        """Whether days stand before months in all parts of an input; None where nothing tells."""
        if options.day_first is not None:
            return options.day_first
        return day_order(texts for raw in parts for texts in self.date_texts(raw))

    def date_texts(self, raw: RawTable) -> "list[pd.Series[str]]":
        """Dates of a part of the input that tell together in which order they are written."""
        if self.profile is not None:
            return self.profile.date_texts(raw)
        fields = self.roles.fields
        names = [name for name in ("date", "date_end") if name in fields]
        return [text_cells(raw.cells, fields, name) for name in names]

    def incidents(
        self,
        raw: RawTable,
        unique: "Callable[[pd.Series[str]], pd.Series[str]]" = unique_identifiers,
    ) -> gpd.GeoDataFrame:
        """Incidents of rows, one each, with the input's own columns as `native_*`.

        Parameters
        ----------
        raw
            The input, or some of its rows.
        unique
            Numbers the identifiers that occur again.
        """
        if self.profile is None:
            raw = replace(_with_height(raw), decimal_comma=self.roles.decimal_comma)
            read = plain_incidents(raw, self.roles.fields)
        else:
            raw = replace(raw, cells=raw.cells.set_axis(self.profile.names(raw), axis=1))
            read = self.profile.to_incidents(raw)
        read = _with_rejected(_with_notes(read, raw.notes), raw.faults)
        if self.profile is None or self.profile.states_country:
            few = self.profile is not None and self.profile.doubts_exchanged_only
            read = with_country_doubts(read, exchanged_only=few)
        read = read.assign(incident_id=unique(read["incident_id"]))
        if self.profile is not None and not self.profile.keeps_native:
            return conform(read)
        own = _own_columns(raw)
        if self.profile is None or self.profile.has_shapes:
            own = _with_unused_shapes(own, raw.shapes, read)
        return conform(read.join(own))


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
    # A file of ours says so itself, also where it has no rows.
    elif options.profile is None and not options.names_columns and (len(raw.cells) or raw.members):
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
            f"{_listed(raw.cells)}; name the one with the place (--place; in a project place "
            "in columns of its source), or the two with longitude and latitude (--lon, --lat)."
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
    names = ("cells", "shapes", "digits_m", "rows", "faults", "notes", "unread")
    return {name: getattr(raw, name) for name in names}


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
    is_point = shapes.geom_type.eq("Point") & ~shapes.is_empty
    heights = shapely.get_z(shapes.where(is_point).to_numpy())
    return replace(raw, cells=raw.cells.assign(z=heights))


def _own_columns(raw: RawTable) -> pd.DataFrame:
    """The input's own columns, and what some of its rows hold beyond them."""
    own = raw.cells.add_prefix("native_")
    if raw.unread is None or BEYOND_COLUMNS in own or not raw.unread.notna().any():
        return own
    return own.assign(**{BEYOND_COLUMNS: raw.unread})


def _with_unused_shapes(
    own: pd.DataFrame, shapes: gpd.GeoSeries | None, read: gpd.GeoDataFrame
) -> pd.DataFrame:
    """The input's own columns, and the shapes of rows that have no point of them, as WKT."""
    if shapes is None or UNUSED_SHAPES in own:
        return own
    unused = has_geometry(shapes) & ~has_geometry(read)
    if not unused.any():
        return own
    texts = shapely.to_wkt(np.asarray(shapes.where(unused, None)), rounding_precision=-1)
    return own.assign(**{UNUSED_SHAPES: pd.Series(texts, index=own.index, dtype="str")})


def _with_notes(read: gpd.GeoDataFrame, notes: "pd.Series[str] | None") -> gpd.GeoDataFrame:
    if notes is None or not notes.notna().any():
        return read
    return read.assign(reason=join_notes(notes, read["reason"]))


def _with_rejected(read: gpd.GeoDataFrame, faults: "pd.Series[str] | None") -> gpd.GeoDataFrame:
    """Incidents of which nothing is taken from rows that cannot be trusted.

    Those that are withdrawn only lose their place.
    """
    if faults is None or not faults.notna().any():
        return read
    rejected = faults.notna()
    unsound = rejected & ~faults.str.startswith(WITHDRAWN).eq(other=True)
    columns: dict[str, Any] = {
        name: read[name].mask(rejected if name in _PLACED else unsound, _REJECTED.get(name))
        for name in read.columns
        if name not in {"incident_id", "geometry", "reason"}
    }
    columns["reason"] = faults.where(rejected, read["reason"])
    shapes = gpd.GeoSeries(read.geometry.where(~rejected, None), crs=CRS)
    return read.assign(**columns).set_geometry(shapes)
