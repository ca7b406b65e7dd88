"""When rows were edited, and which others they replace, by the provider's own columns."""

from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd

from geo.profiles.feed_times import feed_times
from geo.profiles.native_cells import NativeCells
from geo.profiles.profile import Profile
from geo.profiles.providers import rows_of

__all__ = ["edit_times", "replaced_identifiers"]


def edit_times(incidents: pd.DataFrame, profiles: Sequence[Profile]) -> "pd.Series[float]":
    """Time of the last edit of each row as a number that grows; null where it is not known.

    Parameters
    ----------
    incidents
        Rows of one provider, or of several.
    profiles
        Those of the providers; rows that are surely of none of them count as those of the first.
    """
    found = pd.Series(float("nan"), index=incidents.index)
    if not profiles:
        return found
    own = [rows_of(incidents, profile) for profile in profiles]
    own[0] |= ~np.logical_or.reduce(own)
    cells = NativeCells(incidents)
    for profile, rows in zip(profiles, own, strict=True):
        for name in profile.facts.edited:
            column = f"native_{name}"
            # Instants as seconds: only numbers of one column are ever compared.
            written = feed_times(cells.text(column))
            seconds = (written - pd.Timestamp(0, tz="UTC")) / pd.Timedelta(seconds=1)
            found = found.fillna(cells.number(column).fillna(seconds).where(rows))
    return found


def replaced_identifiers(incidents: pd.DataFrame, known: Collection[str]) -> dict[str, str]:
    """Known identifiers that rows name as replaced, and the identifier of the row that does.

    CAP names them in `references` as sender,identifier,sent; USGS lists all ids of an earthquake.
    """
    cells, earlier, own = NativeCells(incidents), set(known), set(incidents["incident_id"])
    found: dict[str, str] = {}
    references, ids = cells.text("native_references"), cells.text("native_ids")
    rows = zip(incidents["incident_id"], references, ids, strict=True)
    for identifier, referred, listed in rows:
        named = [part.split(",")[1:2] for part in _parts(referred, None)]
        others = [one for part in named for one in part]
        # Two rows that list each other both stay: the check of the ids tells them.
        others += [one for one in _parts(listed, ",") if one not in own]
        for other in others:
            if other != identifier and other in earlier:
                found[other] = str(identifier)
    return found


def _parts(text: object, separator: str | None) -> list[str]:
    return [part for part in text.split(separator) if part] if isinstance(text, str) else []
