"""Which sheet or layer of a file is read."""

from collections.abc import Callable, Sequence
from pathlib import Path

from geo.errors import ReadError
from geo.tables.columns import find_columns
from geo.tables.raw import RawTable

__all__ = ["choose_layer"]

_PLACES = {"place", "coordinates", "country", "admin1"}


def choose_layer(
    names: Sequence[str],
    read: Callable[[str], RawTable],
    *,
    wanted: str | None,
    path: Path,
    word: str,
) -> RawTable:
    """The layer that the user names; else the first that has incidents, or rows at least.

    Parameters
    ----------
    names
        Names of all layers.
    read
        Reads a layer.
    wanted
        Layer that the user names.
    path
        The file.
    word
        What the file calls a layer.

    Raises
    ------
    ReadError
        There is no such layer, or none has rows.
    """
    known = ", ".join(names[:20]) or "none"
    if wanted is not None:
        if wanted not in names:
            raise ReadError(f"{path}: has no {word} {wanted!r}; it has {known}.")
        return read(wanted)
    first = None
    for name in names:
        raw = read(name)
        # A table of ours may have no rows.
        if not len(raw.cells) and not raw.members:
            continue
        fields = set(find_columns([str(column) for column in raw.cells.columns]))
        if raw.shapes is not None or _PLACES & fields or {"lon", "lat"} <= fields:
            return raw
        first = first or raw
    if first is None:
        if names:
            return read(names[0])
        raise ReadError(f"{path}: has no {word}.")
    return first
