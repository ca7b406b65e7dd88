"""Codes that a provider's own list does not have, and grades that a row leaves out."""

from collections.abc import Collection, Mapping

import pandas as pd

from geo.profiles.native_cells import NativeCells
from geo.tables.cells import join_notes, map_distinct

__all__ = ["unlisted_notes", "unstated_notes"]

# Longer lists are looked up on the page of the profile.
_MOST_TOLD = 9


def unlisted_notes(
    cells: NativeCells,
    listed: Mapping[str, Collection[str]],
    *,
    assumed_m: Mapping[str, float] | None = None,
) -> "pd.Series[str]":
    """Notes of each row on the codes that the provider has not listed.

    Parameters
    ----------
    cells
        The provider's cells.
    listed
        Column to the codes that it may have, in lower case.
    assumed_m
        Radius in metres that is assumed where a code of this column is none of them.

    Examples
    --------
    >>> table = pd.DataFrame({"where_prec": ["1", "9"]}, dtype="str")
    >>> unlisted_notes(NativeCells(table), {"where_prec": {"1", "2"}})[1]
    'where_prec “9” is not understood: it is none of 1, 2'
    """
    radii = assumed_m or {}
    return join_notes(
        *(_notes(cells, name, codes, radii.get(name)) for name, codes in listed.items())
    )


def _notes(
    cells: NativeCells, name: str, codes: Collection[str], radius_m: float | None
) -> "pd.Series[str]":
    told = f": it is none of {', '.join(sorted(codes))}" if len(codes) <= _MOST_TOLD else ""
    if radius_m is not None:
        told += f", {radius_m / 1_000:g} km is assumed"

    def note(text: str) -> str | None:
        return None if text.casefold() in codes else f"{name} “{text}” is not understood{told}"

    return map_distinct(cells.text(name), note).astype("str")


def unstated_notes(cells: NativeCells, name: str, *, radius_m: float) -> "pd.Series[str]":
    """A note for each row with coordinates that does not say how exact they are.

    Parameters
    ----------
    cells
        The provider's cells, with `latitude`.
    name
        Column of the grade.
    radius_m
        What is assumed where it is empty.

    Examples
    --------
    >>> table = pd.DataFrame({"latitude": ["33.3"], "specificity": [None]}, dtype="str")
    >>> unstated_notes(NativeCells(table), "specificity", radius_m=25_000)[0]
    'specificity is empty, 25 km is assumed'
    """
    lacks = cells.text(name).isna() & cells.degrees("latitude").notna()
    said = f"{name} is empty, {radius_m / 1_000:g} km is assumed"
    return pd.Series(said, index=cells.index, dtype="str").where(lacks)
