"""How much of an input is read: what is larger is refused before it fills the memory."""

from pathlib import Path

from geo.errors import ReadError

__all__ = ["LONGEST_CELL", "MOST_COLUMNS", "MOST_UNPACKED", "check_size"]

#: Bytes of one cell; notes and areas have fewer.
LONGEST_CELL = 1_000_000
#: Columns of one table.
MOST_COLUMNS = 4_096
#: Bytes of what a file unpacks to.
MOST_UNPACKED = 2_000_000_000

_LARGEST = 2_000_000_000
# Documents that are read as a tree take some ten times their size.
_LARGEST_TREE = 500_000_000


def check_size(path: Path, *, is_tree: bool = False) -> None:
    """Refuse a file that is too large to be read in one piece.

    Parameters
    ----------
    path
        The file.
    is_tree
        Whether it is read as a tree of objects, such as JSON.

    Raises
    ------
    ReadError
        The file is missing, or too large.
    """
    try:
        size = path.stat().st_size
    except OSError as error:
        raise ReadError(f"{path}: cannot be read ({error.strerror}).") from error
    most = _LARGEST_TREE if is_tree else _LARGEST
    if size > most:
        raise ReadError(
            f"{path}: {size:,} bytes; files of at most {most:,} are read in one piece. Read larger "
            "ones with “incidentmap convert” (CSV, Parquet), or part them."
        )
