"""Who holds each atom in one view, on the day of each row."""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.reference.atoms import Atoms, atoms
from geo.reference.days import civil_days
from geo.reference.views import Worldview, admin1_codes, changes, holders

__all__ = ["Disputes", "Holdings", "claimed_by", "disputes_by_day", "holdings_on", "moving_arcs"]

Ints = npt.NDArray[np.int64]
Texts = npt.NDArray[np.object_]

# Views whose tables are kept.
_KEPT = 16


@dataclass(frozen=True, eq=False)
class Holdings:
    """Holders of the atoms, between any two changes of a view.

    `codes` are the holders that occur, the first "" for nobody. `holder` has a row for each time
    between two changes, and in it the position in `codes` for each atom; its last entry answers
    for -1, no atom. `province` is laid out likewise, with positions in `admin1_codes`. `period` is
    the row that counts for each row of the table.
    """

    codes: Texts
    holder: Ints
    admin1_codes: Texts
    province: Ints
    period: Ints

    def holder_of(self, atom: Ints, rows: Ints | slice = slice(None)) -> Ints:
        """Position in `codes` of the holder of the atoms of some rows, on their days."""
        return np.asarray(self.holder[self.period[rows], atom])

    def holder_today(self, atom: Ints) -> Ints:
        """Position in `codes` of the holder of some atoms after the last change."""
        return np.asarray(self.holder[-1, atom])

    def province_of(self, atom: Ints) -> Ints:
        """Position in `admin1_codes` of the province of the atom of each row, on its day."""
        return np.asarray(self.province[self.period, atom])

    def dispute_of(self, atom: Ints) -> Ints:
        """Position in the arrays of `disputes_by_day` for the atom of each row, on its day."""
        width = self.holder.shape[1]
        return np.asarray(self.period * width + atom % width)


class Disputes(NamedTuple):
    """Of each atom: who claims it beside its holder, as `A|B`, and its status."""

    claimed_by: Texts
    status: Texts


def holdings_on(point_of_view: Worldview, days: "pd.Series[Any] | None", count: int) -> Holdings:
    """Holdings for the days of a table.

    Parameters
    ----------
    point_of_view
        The view.
    days
        Day of each row, null for today; None where the table has no days.
    count
        Rows of the table.

    Raises
    ------
    SchemaError
        A row states no day (`geo.reference.days`).
    """
    changed = changes(point_of_view)
    period = np.full(count, len(changed), dtype=np.int64)
    if days is not None:
        day = civil_days(days)
        known = ~np.isnat(day)
        limits = np.array(changed, dtype="datetime64[D]")
        period[known] = np.searchsorted(limits, day[known], side="right")
    return Holdings(*_tables(atoms(), point_of_view), period)


def claimed_by(point_of_view: Worldview) -> Texts:
    """Countries that claim each atom and do not hold it in this view, as `A|B`; "" for none."""
    return _today(atoms(), point_of_view).claimed_by


def disputes_by_day(point_of_view: Worldview) -> Disputes:
    """Disputes between any two changes of a view, one time after the other, each with no atom last.

    The claims are those of today. What one of the claimants held then, and no other claims, was
    undisputed.
    """
    return _disputes(atoms(), point_of_view)


@lru_cache(maxsize=_KEPT)
def _disputes(found: Atoms, point_of_view: Worldview) -> Disputes:
    codes, holder, _, _ = _tables(found, point_of_view)
    today = _today(found, point_of_view)
    claims = np.tile(np.append(today.claimed_by, ""), (len(holder), 1))
    status = np.tile(np.append(today.status, ""), (len(holder), 1))
    for period, atom in np.argwhere(holder != holder[-1]).tolist():
        former, others = codes[holder[period, atom]], claims[period, atom].split("|")
        if former in others:
            others.remove(former)
            claims[period, atom] = "|".join(others)
            if not others:
                status[period, atom] = "undisputed"
    return Disputes(claims.ravel(), status.ravel())


def moving_arcs(point_of_view: Worldview) -> Ints:
    """Arcs that divide two holders in this view, at some time, on land or at sea."""
    return _moving_arcs(atoms(), point_of_view)


@lru_cache(maxsize=_KEPT)
def _moving_arcs(found: Atoms, point_of_view: Worldview) -> Ints:
    holder = _tables(found, point_of_view)[1]
    arcs = found.arcs
    left, right = arcs["left"].to_numpy(), arcs["right"].to_numpy()
    divides = (holder[:, left] != holder[:, right]).any(axis=0)
    return np.flatnonzero(divides & (arcs["kind"] != "cut").to_numpy())


@lru_cache(maxsize=_KEPT)
def _tables(_atoms: Atoms, point_of_view: Worldview) -> tuple[Texts, Ints, Texts, Ints]:
    days = (dt.date.min, *changes(point_of_view))
    codes, holder = _positions([holders(point_of_view, on=day) for day in days])
    return codes, holder, *_positions([admin1_codes(point_of_view, on=day) for day in days])


def _positions(by_day: list[npt.NDArray[np.str_]]) -> tuple[Texts, Ints]:
    """Texts that occur, in order, and which of them each atom has by day; "" for no atom."""
    table = np.array([np.append(of_day.astype(object), "") for of_day in by_day])
    position, known = pd.factorize(table.ravel(), sort=True)
    return np.asarray(known, dtype=object), position.reshape(table.shape).astype(np.int64)


@lru_cache(maxsize=_KEPT)
def _today(found: Atoms, point_of_view: Worldview) -> Disputes:
    """Disputes of today: what a view gives to another holder than the default is disputed."""
    table = found.table
    claimants = table["claims"].tolist()
    claims = table["claimed_by"].to_numpy(dtype=object).copy()
    status = table["status"].to_numpy(dtype=object).copy()
    held, by_default = holders(point_of_view).astype(object), holders().astype(object)
    for atom in np.flatnonzero(held != by_default).tolist():
        # XSP holds land, but is nobody who claims any.
        claimed = {by_default[atom]} & set(claimants[atom].split("|"))
        others = {*claims[atom].split("|"), *claimed} - {held[atom], ""}
        claims[atom] = "|".join(sorted(others))
        if status[atom] == "undisputed":
            status[atom] = "disputed"
    return Disputes(claims, status)
