"""Attributes of a layer as new columns of a table."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.errors import SchemaError
from geo.joins.columns import Column, coded
from geo.joins.user_layers import LineLayer
from geo.schema import COLUMNS

__all__ = ["attributes_of", "new_names"]

_ADVICE = "give another prefix=, or choose columns="


def new_names(
    table: pd.DataFrame,
    layer: LineLayer,
    columns: Sequence[str] | None,
    *,
    made: Sequence[str],
    by: str,
    prefix: str,
) -> dict[str, Any]:
    """Names of the columns to add for attributes, and which attribute each is.

    Parameters
    ----------
    table
        What they are added to.
    layer
        Where the attributes are.
    columns
        Names of the attributes; all of them by default.
    made
        Names, without prefix, of the columns that are no attributes.
    by
        Who asks, for the message of an error.
    prefix
        What the names are made to begin with.

    Raises
    ------
    SchemaError
        The layer has no such column, the table has one already, or two would have one name.
    """
    there = list(layer.attributes.columns)
    chosen = there if columns is None else list(columns)
    missing = [name for name in chosen if name not in there]
    if missing:
        raise SchemaError(
            f"{by}: the layer has no column {', '.join(map(repr, missing))}; it has "
            f"{', '.join(map(str, there)) or 'none'}."
        )
    names = [f"{prefix}{name}" for name in chosen]
    all_names = [*(f"{prefix}{name}" for name in made), *names]
    for name in all_names:
        if all_names.count(name) > 1:
            raise SchemaError(f"{by}: two of the columns to add are called {name}; {_ADVICE}.")
        if name in table.columns:
            raise SchemaError(f"{by}: the table has a column {name} already; {_ADVICE}.")
        if name in COLUMNS:
            raise SchemaError(
                f"{by}: {name} means something else in incident tables"
                f" ({COLUMNS[name].meaning}); {_ADVICE}."
            )
    return dict(zip(names, chosen, strict=True))


def attributes_of(
    layer: LineLayer, row: npt.NDArray[np.int64], names: dict[str, Any]
) -> dict[str, Column]:
    """Attributes of rows of a layer as columns of a table; null where the row is -1.

    Parameters
    ----------
    layer
        Where the attributes are.
    row
        Position in the layer for each row of the table.
    names
        New name and name of each attribute, as `new_names` gives them.
    """
    found = layer.attributes
    return {new: coded(found[name].array, row) for new, name in names.items()}
