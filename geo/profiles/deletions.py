"""Lists of incidents that a provider has deleted."""

import os
from pathlib import Path

from geo.errors import ReadError
from geo.tables.columns import find_columns
from geo.tables.files import read_table_file

__all__ = ["read_deleted"]


def read_deleted(path: str | os.PathLike[str]) -> tuple[str, ...]:
    """Identifiers of a list of deleted incidents, such as ACLED's.

    Parameters
    ----------
    path
        A table whose column of identifiers is called as in the provider's files
        (`event_id_cnty`, `id`); or one with a single column, with or without a name.

    Raises
    ------
    ReadError
        The file cannot be read, or none of its columns holds identifiers.
    """
    raw = read_table_file(Path(path))
    cells = raw.cells
    names = [str(name) for name in cells.columns]
    column, first = find_columns(names).get("incident_id"), []
    if column is None and len(names) == 1:
        column = names[0]
        # A name that nobody knows may be an identifier; if it is none, that is told.
        first = [column] if raw.has_header else []
    if column is None:
        raise ReadError(
            f"{os.fspath(path)}: no column of identifiers among {', '.join(names)}; expected one "
            "such as event_id_cnty or id."
        )
    texts = cells[column].dropna().astype("str").str.strip()
    return (*first, *texts[texts != ""])
