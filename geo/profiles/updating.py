"""A later table of incidents into an earlier one: by identifier and time of the last edit."""

from collections.abc import Collection
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


@dataclass(frozen=True)
class Update:
    """An updated table, and what has changed.

    Parameters
    ----------
    incidents
        Incident table: the earlier rows in their order, then those that were added.
    changes
        One row for each incident that the later table or a deletion speaks of: `incident_id`,
        `change` (added, changed, removed, unchanged, older), `why`.
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
    `Cancel`), or that another one names as replaced (CAP `references`, USGS `ids`), is removed.
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
    removed = _removed(before, after, deleted)
    known = after.index.isin(before.index)
    gone = after.index.isin(list(removed)) | _withdrawn(after)
    common = after[known & ~gone]
    newer = _not_older(before.loc[common.index], common)
    same = _same(before.loc[common.index], common)
    changed = common[newer & ~same]
    added = after[~known & ~gone]
    kept = before.drop(index=[*changed.index, *(one for one in removed if one in before.index)])
    parts = [part for part in (kept, changed, added) if len(part)]
    table = pd.concat(parts) if parts else before
    order = [*(one for one in before.index if one not in removed), *added.index]
    changes = _changes(removed, before, changed, added, common[same], common[~newer & ~same])
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


def _removed(
    before: gpd.GeoDataFrame, after: gpd.GeoDataFrame, deleted: Collection[str]
) -> dict[str, str]:
    """Why each identifier goes, of those that the earlier table has."""
    replaced = replaced_identifiers(after, before.index)
    reasons = dict.fromkeys(after.index[_withdrawn(after)], "withdrawn by the provider")
    reasons |= {identifier: f"replaced by {by}" for identifier, by in replaced.items()}
    reasons |= dict.fromkeys(map(str, deleted), "deleted by the provider")
    return {one: why for one, why in reasons.items() if one in before.index}


def _not_older(before: gpd.GeoDataFrame, after: gpd.GeoDataFrame) -> "pd.Series[bool]":
    """Rows that are not known to be older than the earlier ones."""
    profiles = providers_of(after)
    first, last = (edit_times(table, profiles) for table in (before, after))
    older = (last < first).fillna(value=False).astype(bool)
    return ~older


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


def _changes(
    removed: dict[str, str],
    before: gpd.GeoDataFrame,
    changed: gpd.GeoDataFrame,
    added: gpd.GeoDataFrame,
    same: gpd.GeoDataFrame,
    older: gpd.GeoDataFrame,
) -> pd.DataFrame:
    told = {
        "added": added,
        "changed": changed,
        "unchanged": same,
        "older": older,
    }
    why = {
        "added": "new",
        "changed": "a later edit",
        "unchanged": "the same cells",
        "older": "the earlier table has a later edit",
    }
    rows = [(one, change, why[change]) for change, table in told.items() for one in table.index]
    rows += [(one, "removed", removed[one]) for one in before.index if one in removed]
    return pd.DataFrame(rows, columns=["incident_id", "change", "why"]).astype("str")
