"""Rows that repeat the identifier of another row of their table."""

from typing import NamedTuple

import geopandas as gpd
import pandas as pd

from geo.profiles.native_cells import NativeCells
from geo.profiles.profile import Profile
from geo.profiles.providers import provider_of
from geo.profiles.replaced import edit_times

__all__ = ["NewestEdits", "identifier_column", "newest_edits", "stated_identifiers"]


class NewestEdits(NamedTuple):
    """A table with the newest edit of each incident, and which stood in it more than once."""

    incidents: gpd.GeoDataFrame
    repeated: list[str]


def identifier_column(profile: Profile | None) -> str | None:
    """Column of a provider that holds the identifiers; None where it names none."""
    columns = () if profile is None else profile.facts.columns
    return next((fact.native for fact in columns if fact.to[:1] == ("incident_id",)), None)


def stated_identifiers(incidents: pd.DataFrame, column: str | None) -> "pd.Series[str]":
    """Identifiers as the rows state them, before those that occur again were numbered.

    Parameters
    ----------
    incidents
        Incident table with `native_*` columns.
    column
        Column of the input with the identifiers; None where it has none.

    Examples
    --------
    >>> incidents = pd.DataFrame({"incident_id": ["a", "a-2", "b-2"], "native_id": ["a", "a", ""]})
    >>> stated_identifiers(incidents, "id").tolist()
    ['a', 'a', 'b-2']
    """
    own = incidents["incident_id"].astype("str")
    if column is None:
        return own
    stated = NativeCells(incidents).text(f"native_{column}")
    texts = zip(own, stated.fillna(""), strict=True)
    is_numbered = [
        bool(text) and name.startswith(f"{text}-") and name[len(text) + 1 :].isdecimal()
        for name, text in texts
    ]
    return stated.where(pd.Series(is_numbered, index=own.index), own)


def newest_edits(incidents: gpd.GeoDataFrame) -> NewestEdits:
    """Rows of a provider that says when each was edited, without the older ones of an identifier.

    Of several whose time is the same or not known, the last one counts. Tables of others stay.

    Parameters
    ----------
    incidents
        Incident table with the provider's columns as `native_*`.
    """
    profile = provider_of(incidents)
    stated = stated_identifiers(incidents, identifier_column(profile))
    edited = edit_times(incidents, [] if profile is None else [profile])
    if stated.is_unique or edited.isna().all():
        return NewestEdits(incidents, [])
    rows = pd.DataFrame({"stated": stated.to_numpy(), "edited": edited.to_numpy()})
    newest = (
        rows.sort_values("edited", kind="stable", na_position="first")
        .drop_duplicates("stated", keep="last")
        .index.sort_values()
    )
    kept = incidents.iloc[newest]
    kept = kept.assign(incident_id=stated.iloc[newest])
    return NewestEdits(kept, sorted(stated[stated.duplicated()].unique()))
