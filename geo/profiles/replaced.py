"""When rows were edited, and which others they replace, by the provider's own columns."""

from collections.abc import Sequence

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


def replaced_identifiers(
    before: pd.DataFrame,
    after: pd.DataFrame,
    edited: "tuple[pd.Series[float], pd.Series[float]]",
) -> dict[str, str]:
    """Identifiers that another row replaces, and the identifier of that row.

    CAP names in `references`, as sender,identifier,sent, what an alert replaces. USGS lists in
    `ids` all identifiers of an earthquake: of an earlier and a later row, the one that was edited
    later stays. Rows that stand side by side in one table both stay.

    Parameters
    ----------
    before, after
        Earlier and later rows, indexed by their identifiers.
    edited
        Times of their last edits, as `edit_times` gives them.
    """
    found = _referred(before, after)
    earlier, later = edited
    for new, old in _same_events(before, after):
        if later[new] < earlier[old]:
            if new not in before.index:
                found[new] = old
        else:
            found[old] = new
    return found


def _referred(before: pd.DataFrame, after: pd.DataFrame) -> dict[str, str]:
    """Rows that alerts of the later table refer to, and later rows that earlier ones refer to."""
    old, new = (_referring(table) for table in (before, after))
    found: dict[str, str] = {}
    for named in (old, new):
        for identifier, others in named.items():
            for other in others:
                is_added = other in after.index and other not in before.index
                # An earlier alert has told already what it replaces of the earlier table.
                is_told = is_added or (named is new and other in before.index)
                if is_told and other != identifier and identifier not in new.get(other, []):
                    found[other] = identifier
    return found


def _referring(table: pd.DataFrame) -> dict[str, list[str]]:
    parts = _parts(table, "native_references", None)
    return {
        identifier: [one for part in texts for one in part.split(",")[1:2]]
        for identifier, texts in parts.items()
    }


def _same_events(before: pd.DataFrame, after: pd.DataFrame) -> list[tuple[str, str]]:
    """Later and earlier identifiers of one event that each stand in one of the tables only."""
    old, new = (_parts(table, "native_ids", ",") for table in (before, after))
    pairs = [
        (identifier, other)
        for identifier, others in new.items()
        for other in others
        if other in before.index and other not in after.index
    ]
    pairs += [
        (other, identifier)
        for identifier, others in old.items()
        for other in others
        if other in after.index and other not in before.index and identifier not in after.index
    ]
    return list(dict.fromkeys(pairs))


def _parts(table: pd.DataFrame, column: str, separator: str | None) -> dict[str, list[str]]:
    """Parts of the filled cells of a column, by identifier."""
    texts = NativeCells(table).text(column).dropna()
    return {
        str(identifier): [part.strip() for part in text.split(separator) if part.strip()]
        for identifier, text in texts.items()
    }
