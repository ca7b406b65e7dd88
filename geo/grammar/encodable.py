"""Texts that no file can hold: halves of surrogate pairs, which broken programs leave behind."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TypeVar

    import pandas as pd

    Table = TypeVar("Table", bound=pd.DataFrame)

__all__ = ["encodable", "encodable_texts"]


# Types of columns whose texts may be Python's own; Arrow's hold none that is broken.
_HOLDERS = frozenset({"object", "string"})


def encodable(text: str) -> str:
    r"""Text with U+FFFD in place of each lone surrogate; two halves of a pair become one sign.

    Examples
    --------
    >>> encodable("Ho\ud800ms") == "Ho\ufffdms", encodable("Homs")
    (True, 'Homs')
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def encodable_texts(table: "Table") -> "Table":
    """The same table with `encodable` texts.

    Parameters
    ----------
    table
        Columns of any types; only those of Python objects and texts can hold such texts.
    """
    mended = {}
    for name, dtype in table.dtypes.items():
        # Labels may repeat.
        if isinstance(name, str) and str(dtype) in _HOLDERS and table[name].ndim == 1:
            mended[name] = table[name].astype(object).map(_encodable_cell)
    return table.assign(**mended) if mended else table


def _encodable_cell(cell: object) -> object:
    return encodable(cell) if isinstance(cell, str) else cell
