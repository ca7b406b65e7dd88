"""A later table of incidents into an earlier one: by identifier and time of the last edit."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.errors import SchemaError
from geo.profiles.native_cells import NativeCells
from geo.profiles.providers import providers_of
from geo.profiles.repeats import newest_edits
from geo.profiles.replaced import edit_times, replaced_identifiers
from geo.schema import CRS, conform, require

__all__ = ["Update", "update_incidents"]

_WITHDRAWN = "withdrawn"
# Of other changes, what the provider says of the row.
_WHY = {
    "added": "new",
    "changed": "a later edit",
    "unchanged": "the same cells",
    "older": "the earlier table has a later edit",
    "unknown": "named as deleted, but in neither table",
}


@dataclass(frozen=True)
class Update:
    """An updated table, and what has changed.

    Parameters
    ----------
    incidents
        Incident table: the earlier rows in their order, then those that were added.
    changes
        One row for each incident that the later table or a deletion speaks of: `incident_id`,
        `change` (added, changed, removed, unchanged, older; left out, where the later table alone
        has what is withdrawn, replaced or deleted; unknown, where neither table has what is named
        as deleted), `why`.
    repeated
        Identifiers that stand in one of the tables more than once, of which the newest edit counts.
    """

    incidents: gpd.GeoDataFrame
    changes: pd.DataFrame
    repeated: tuple[str, ...] = ()

    def summary(self) -> str:
        """Numbers of added, changed and removed incidents, such as "+3 ~2 -1"."""
        counts = self.changes["change"].value_counts()
        added, changed, removed = (
            int(counts.get(one, 0)) for one in ("added", "changed", "removed")
        )
        return f"+{added:,} ~{changed:,} -{removed:,}"


def update_incidents(
    old: gpd.GeoDataFrame, new: gpd.GeoDataFrame, *, deleted: Collection[str] = ()
) -> Update:
    """Bring a later table of the same provider, or of the same ones, into an earlier one.

    A row with a known identifier replaces the earlier one whole, unless the provider says when each
    was edited and the earlier one is newer. A row that the provider withdraws (USGS `deleted`, CAP
    `Cancel`), or that another one names as replaced (CAP `references`, USGS `ids`), is removed, and
    no such row is added: the same update again changes nothing.
    Rows that the later table does not speak of stay. Of rows of one table that state the same
    identifier, the newest edit counts, where the provider says when each was edited.

    Parameters
    ----------
    old
        Earlier incident table, any CRS.
    new
        Later incident table, any CRS.
    deleted
        Identifiers of incidents that the provider has deleted.

    Returns
    -------
    Update
        `incidents` in EPSG:4326 with a new index, and `changes`.

    Raises
    ------
    SchemaError
        A table has no identifiers or no geometry, or an identifier occurs twice in it.

    Examples
    --------
    >>> old = gpd.GeoDataFrame({"incident_id": ["a", "b"]}, geometry=[None, None], crs=4326)
    >>> new = gpd.GeoDataFrame({"incident_id": ["c"]}, geometry=[None], crs=4326)
    >>> update = update_incidents(old, new, deleted=["a"])
    >>> update.summary(), update.incidents["incident_id"].tolist()
    ('+1 ~0 -1', ['b', 'c'])
    """
    earlier, later = (
        newest_edits(_checked(table, word)) for table, word in ((old, "old"), (new, "new"))
    )
    before, after = _keyed(earlier.incidents), _keyed(later.incidents)
    profiles = providers_of(after)
    edited = edit_times(before, profiles), edit_times(after, profiles)
    reasons = _reasons(before, after, deleted, edited)
    removed = {one: why for one, why in reasons.items() if one in before.index}
    known = after.index.isin(before.index)
    gone = after.index.isin(list(reasons))
    common = after[known & ~gone]
    # Rows that are not known to be older than the earlier ones.
    newer = ~(edited[1][common.index] < edited[0][common.index])
    same = _same(before.loc[common.index], common)
    changed = common[newer & ~same]
    added = after[~known & ~gone]
    kept = before.drop(index=[*changed.index, *removed])
    parts = [part for part in (kept, changed, added) if len(part)]
    table = pd.concat(parts) if parts else before
    order = [*(one for one in before.index if one not in removed), *added.index]
    told: dict[str, Iterable[str]] = {
        "added": added.index,
        "changed": changed.index,
        "unchanged": common.index[same],
        "older": common.index[~newer & ~same],
        "removed": [one for one in before.index if one in removed],
        "left out": after.index[gone & ~known],
        "unknown": [one for one in reasons if one not in before.index and one not in after.index],
    }
    changes = _changes(told, reasons)
    incidents = conform(gpd.GeoDataFrame(table.loc[order].reset_index(drop=True), crs=CRS))
    return Update(incidents, changes, tuple(sorted({*earlier.repeated, *later.repeated})))


def _checked(table: gpd.GeoDataFrame, word: str) -> gpd.GeoDataFrame:
    require(table, ("incident_id", "geometry"), by="update_incidents")
    repeated = table["incident_id"][table["incident_id"].duplicated()]
    if len(repeated):
        raise SchemaError(
            f"update_incidents: the identifier {repeated.iloc[0]!r} occurs more than once in the "
            f"{word} table, expected once; number the rows apart first."
        )
    return table


def _keyed(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return table.to_crs(CRS).set_index("incident_id", drop=False).rename_axis(None)


def _withdrawn(table: gpd.GeoDataFrame) -> npt.NDArray[np.bool_]:
    stated = table.get("verification", pd.Series(None, index=table.index, dtype="str"))
    return np.asarray((stated == _WITHDRAWN).fillna(value=False), dtype=np.bool_)


def _reasons(
    before: gpd.GeoDataFrame,
    after: gpd.GeoDataFrame,
    deleted: Collection[str],
    edited: "tuple[pd.Series[float], pd.Series[float]]",
) -> dict[str, str]:
    """Why each identifier is not to stand in the updated table."""
    replaced = replaced_identifiers(before, after, edited)
    reasons = dict.fromkeys(after.index[_withdrawn(after)], "withdrawn by the provider")
    reasons |= {identifier: f"replaced by {by}" for identifier, by in replaced.items()}
    return reasons | dict.fromkeys(map(str, deleted), "deleted by the provider")


def _same(before: gpd.GeoDataFrame, after: gpd.GeoDataFrame) -> "pd.Series[bool]":
    """Rows of which the later table says nothing new: it is asked for the provider's own cells."""
    names = [name for name in after.columns if str(name).startswith("native_")]
    names = names or [name for name in after.columns if name != "geometry"]
    same = pd.Series(before.geometry.geom_equals(after.geometry), index=after.index)
    same |= before.geometry.isna() & after.geometry.isna()
    earlier, later = NativeCells(pd.DataFrame(before)), NativeCells(pd.DataFrame(after))
    for name in map(str, names):
        one, other = earlier.text(name), later.text(name)
        same &= (one == other).fillna(value=False) | (one.isna() & other.isna())
    return same.astype(bool)


def _changes(told: Mapping[str, Iterable[str]], reasons: Mapping[str, str]) -> pd.DataFrame:
    rows = [
        (one, change, _WHY.get(change) or reasons[one])
        for change, identifiers in told.items()
        for one in identifiers
    ]
    return pd.DataFrame(rows, columns=["incident_id", "change", "why"]).astype("str")
