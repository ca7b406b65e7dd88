"""Columns that stand in the incident table as the provider wrote them."""

from collections.abc import Collection, Mapping
from typing import Any

import pandas as pd

from geo.profiles.facts import Facts
from geo.profiles.native_cells import NativeCells

__all__ = ["copied_cells", "decoded_numbers", "decoded_texts", "fatality_counts"]

# There are not so many people.
_TOO_MANY = 1e10


def copied_cells(facts: Facts, cells: NativeCells) -> "dict[str, pd.Series[str]]":
    """Texts of the columns that are copied, by the first column that each fills."""
    return {fact.to[0]: cells.text(fact.native) for fact in facts.columns if fact.copied}


def decoded_texts(
    texts: "pd.Series[Any]", codes: Mapping[str, str | None], *, default: str | None = None
) -> "pd.Series[str]":
    """What the codes of a provider mean; the default for those that it has not listed.

    Examples
    --------
    >>> decoded_texts(pd.Series(["1", "9", None], dtype="str"), {"1": "day"}).tolist()
    ['day', nan, nan]
    """
    return pd.Series(_decoded(texts, codes, default, "str"), index=texts.index, dtype="str")


def decoded_numbers(texts: "pd.Series[Any]", codes: Mapping[str, float]) -> "pd.Series[float]":
    """Numbers that the codes of a provider mean; null for those that it has not listed.

    Examples
    --------
    >>> decoded_numbers(pd.Series(["1", "9"], dtype="str"), {"1": 5_000}).tolist()
    [5000.0, nan]
    """
    return pd.Series(_decoded(texts, codes, None, "float64"), index=texts.index, dtype="float64")


def _decoded(texts: "pd.Series[Any]", codes: Mapping[str, Any], default: object, dtype: str) -> Any:  # noqa: ANN401  # an array of the type that is asked for
    own, found = pd.factorize(texts)
    meant = [codes.get(str(text).casefold(), default) for text in found]
    # An empty cell has the code -1, and meets what stands last.
    return pd.Series([*meant, default], dtype=dtype).array.take(own)


def fatality_counts(
    cells: NativeCells, name: str, *, unknown: Collection[float] = ()
) -> "tuple[pd.Series[Any], pd.Series[str]]":
    """Numbers of people in a column, and a note for each cell that holds none.

    Parameters
    ----------
    cells
        The provider's cells.
    name
        Its column.
    unknown
        Numbers by which the provider says that it does not know.
    """
    numbers = cells.number(name)
    is_count = (numbers >= 0) & (numbers < _TOO_MANY) & (numbers % 1 == 0)
    texts = cells.text(name)
    notes = f"{name} “" + texts + "” is not a number of people"
    return numbers.where(is_count).astype("Int64"), notes.where(
        texts.notna() & ~is_count & ~numbers.isin(list(unknown))
    )
