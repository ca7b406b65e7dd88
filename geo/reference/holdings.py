"""Who holds each atom in one view, on the day of each row."""

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from geo.reference.atoms import atoms
from geo.reference.views import Worldview, admin1_codes, changes, holders

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Holdings", "area_status", "claimed_by", "holdings_on", "moving_arcs"]

Ints = npt.NDArray[np.int64]
Texts = npt.NDArray[np.object_]


@dataclass(frozen=True, eq=False)
class Holdings:
    """Holders of the atoms, between any two changes of a view.

    `codes` are the holders that occur, the first "" for nobody. `holder` has a row for each time
    between two changes, and in it the position in `codes` for each atom; its last entry answers
    for -1, no atom. `admin1` is laid out likewise and holds codes of provinces. `period` is the row
    that counts for each row of the table.
    """

    codes: Texts
    holder: Ints
    admin1: Texts
    period: Ints

    def holder_of(self, atom: Ints, rows: Ints | slice = slice(None)) -> Ints:
        """Position in `codes` of the holder of the atoms of some rows, on their days."""
        return np.asarray(self.holder[self.period[rows], atom])

    def holder_today(self, atom: Ints) -> Ints:
        """Position in `codes` of the holder of some atoms after the last change."""
        return np.asarray(self.holder[-1, atom])

    def provinces_of(self, atom: Ints) -> tuple[Texts, Ints]:
        """Codes of provinces, and which of them holds the atom of each row on its day."""
        periods, row = np.unique(self.period, return_inverse=True)
        codes = self.admin1[periods]
        return codes.ravel(), row * codes.shape[1] + atom % codes.shape[1]


def holdings_on(
    point_of_view: Worldview, days: "pd.Series[pd.Timestamp] | None", count: int
) -> Holdings:
    """Holdings for the days of a table.

    Parameters
    ----------
    point_of_view
        The view.
    days
        Day of each row, null for today; None where the table has no days.
    count
        Rows of the table.
    """
    changed = changes(point_of_view)
    period = np.full(count, len(changed), dtype=np.int64)
    if days is not None and changed:
        known = days.notna().to_numpy()
        limits = np.array(changed, dtype="datetime64[s]")
        told = days[known].to_numpy(dtype="datetime64[s]")
        period[known] = np.searchsorted(limits, told, side="right")
    return Holdings(*_tables(point_of_view), period)


def claimed_by(point_of_view: Worldview) -> Texts:
    """Countries that claim each atom and do not hold it in this view, as `A|B`; "" for none."""
    return _disputes(point_of_view)[0]


def area_status(point_of_view: Worldview) -> Texts:
    """Status of each atom: what a view gives to another holder than the default is disputed."""
    return _disputes(point_of_view)[1]


@cache
def moving_arcs(point_of_view: Worldview) -> Ints:
    """Arcs that divide two holders in this view, at some time, on land or at sea."""
    _, holder, _ = _tables(point_of_view)
    arcs = atoms().arcs
    left, right = arcs["left"].to_numpy(), arcs["right"].to_numpy()
    divides = (holder[:, left] != holder[:, right]).any(axis=0)
    return np.flatnonzero(divides & (arcs["kind"] != "cut").to_numpy())


@cache
def _tables(point_of_view: Worldview) -> tuple[Texts, Ints, Texts]:
    days = (dt.date.min, *changes(point_of_view))
    by_day = [holders(point_of_view, on=day) for day in days]
    codes = np.unique(np.concatenate((*by_day, [""]))).astype(object)
    holder = np.array(
        [np.append(np.searchsorted(codes, held.astype(object)), 0) for held in by_day]
    )
    admin1 = np.array(
        [np.append(admin1_codes(point_of_view, on=day).astype(object), "") for day in days]
    )
    return codes, holder.astype(np.int64), admin1


@cache
def _disputes(point_of_view: Worldview) -> tuple[Texts, Texts]:
    table = atoms().table
    claims = table["claimed_by"].to_numpy(dtype=object).copy()
    status = table["status"].to_numpy(dtype=object).copy()
    held, by_default = holders(point_of_view).astype(object), holders().astype(object)
    for atom in np.flatnonzero(held != by_default).tolist():
        others = {*claims[atom].split("|"), by_default[atom]} - {held[atom], ""}
        claims[atom] = "|".join(sorted(others))
        if status[atom] == "undisputed":
            status[atom] = "disputed"
    return claims, status
