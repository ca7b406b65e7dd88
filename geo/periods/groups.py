"""Rows of a table by the values of a column, such as provinces."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.errors import SchemaError
from geo.schema import require

__all__ = ["Groups", "groups_of"]


class Groups(NamedTuple):
    """Number of the group of each row, and the value of each group; none for all in one."""

    number: npt.NDArray[np.int64]
    value: "pd.Series | None"
    total: int

    def column(self, name: str | None, *, times: int = 1) -> "dict[str, pd.Series]":
        """Values of the groups as a column of this name, each so many times; none for one group."""
        if self.value is None or name is None:
            return {}
        return {name: self.value.repeat(times).reset_index(drop=True)}


def groups_of(table: pd.DataFrame, name: str | None, *, made: tuple[str, ...], by: str) -> Groups:
    """Group the rows of a table, sorted by value, those without a value last.

    Parameters
    ----------
    table
        Any.
    name
        Column whose values make the groups; None for one group of all rows.
    made
        Columns that the answer will have besides.
    by
        Who asks, for the message of an error.

    Raises
    ------
    SchemaError
        There is no such column, or the answer has another one of its name.
    """
    if name is None:
        return Groups(np.zeros(len(table), dtype=np.int64), None, 1)
    require(table, (name,), by=by)
    if name in made:
        raise SchemaError(f"{by}: the result has a column {name} of its own; rename yours.")
    column = table[name]
    code, values = pd.factorize(column, sort=True)
    number = np.where(code < 0, len(values), code)
    shown, first = np.unique(number, return_index=True)
    return Groups(np.searchsorted(shown, number), column.iloc[first], len(shown))
