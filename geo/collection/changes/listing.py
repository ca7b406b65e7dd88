"""What became of each incident between two builds, as a table."""

from collections.abc import Iterator
from typing import NamedTuple

import geopandas as gpd

from geo.collection.changes.builds import BuildState
from geo.collection.changes.causes import Causes
from geo.collection.changes.comparing import changed_fields
from geo.collection.changes.renamed import find_renamed, with_new_ids

__all__ = ["Change", "list_changes"]

_FIRST = "the first build"


class Change(NamedTuple):
    """One change of an incident; of a changed one, a line for each field."""

    incident_id: str
    change: str
    title: str
    field: str
    before: str
    after: str
    why: str


def list_changes(before: BuildState | None, after: BuildState) -> list[Change]:
    """Incidents that were added, changed and withdrawn, each with the reason.

    Parameters
    ----------
    before
        The last good build; None for the first one.
    after
        This build.
    """
    if before is None:
        titles = _titles(after.incidents)
        return [Change(one, "added", title, "", "", "", _FIRST) for one, title in titles.items()]
    return list(_changes(before, after))


def _changes(earlier: BuildState, after: BuildState) -> Iterator[Change]:
    renamed = find_renamed(earlier, after)
    before = with_new_ids(earlier, renamed)
    causes = Causes(before, after)
    old, new = _titles(before.incidents), _titles(after.incidents)
    for one in sorted(new.keys() - old.keys()):
        yield Change(one, "added", new[one], "", "", "", causes.of(one))
    fields = changed_fields(before.incidents, after.incidents)
    for first, last in renamed.items():
        fields[last] = [("incident_id", first, last), *fields.get(last, [])]
    for one in sorted(fields):
        why = causes.of(one)
        for name, first, last in fields[one]:
            yield Change(one, "changed", new[one], name, first, last, why)
    for one in sorted(old.keys() - new.keys()):
        yield Change(one, "withdrawn", old[one], "", "", "", causes.of(one))


def _titles(incidents: gpd.GeoDataFrame) -> dict[str, str]:
    texts = incidents.reindex(columns=["incident_id", "title"]).astype("str").fillna("")
    return dict(zip(texts["incident_id"], texts["title"], strict=True))
