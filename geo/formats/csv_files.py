"""Tables as CSV (RFC 4180, UTF-8), with points as two columns."""

from pathlib import Path

import geopandas as gpd
import pandas as pd

from geo.formats.about import About
from geo.formats.cell_texts import cell_columns, formula_safe, text_table
from geo.formats.options import Options

__all__ = ["write_csv", "write_text_table"]


def write_csv(table: gpd.GeoDataFrame, target: Path, about: About, options: Options) -> None:
    """Write one line per row: `lon` and `lat` in degrees, other shapes as WKT.

    Nothing of what a file says of itself has a place in CSV; worldview and sources stand in the
    columns.
    """
    del about
    write_text_table(text_table(cell_columns(table)), target, excel_safe=options.excel_safe)


def write_text_table(texts: pd.DataFrame, target: Path, *, excel_safe: bool) -> None:
    """Write a table of texts.

    Parameters
    ----------
    texts
        Any columns of texts.
    target
        CSV file.
    excel_safe
        Whether no cell may be run as a formula, the header's neither.
    """
    safe = texts.apply(formula_safe) if excel_safe else texts
    if excel_safe:
        names = pd.Series([str(name) for name in texts.columns], dtype="str")
        safe = safe.set_axis(formula_safe(names).tolist(), axis=1)
    with target.open("w", encoding="utf-8", newline="") as stream:
        # With this end of lines a lone one in a text is quoted too, whichever it is.
        safe.to_csv(stream, index=False, lineterminator="\r\n")
