"""Tables as CSV (RFC 4180, UTF-8), with points as two columns."""

import csv
from pathlib import Path
from typing import Any

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


def write_text_table(
    texts: pd.DataFrame,
    target: Path,
    *,
    excel_safe: bool,
    beyond: "pd.Series[Any] | None" = None,
) -> None:
    """Write a table of texts; the sign NUL, by which readers know a binary file, is left out.

    Parameters
    ----------
    texts
        Any columns of texts.
    target
        CSV file.
    excel_safe
        Whether no cell may be run as a formula, the header's neither.
    beyond
        List of the cells of each row that stand beyond the header.
    """
    names = pd.Series([str(name) for name in texts.columns], dtype="str")
    safe, names = texts.apply(_without_nul), _without_nul(names)
    if excel_safe:
        safe, names = safe.apply(formula_safe), formula_safe(names)
    with target.open("w", encoding="utf-8", newline="") as stream:
        # With this end of lines a lone one in a text is quoted too, whichever it is.
        if beyond is None:
            safe.to_csv(stream, header=names.tolist(), index=False, lineterminator="\r\n")
            return
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(names)
        for row, more in zip(safe.itertuples(index=False, name=None), beyond, strict=True):
            further = _without_nul(pd.Series(more, dtype="str"))
            writer.writerow([*row, *(formula_safe(further) if excel_safe else further)])


def _without_nul(texts: "pd.Series[str]") -> "pd.Series[str]":
    return texts.str.replace("\0", "", regex=False)
