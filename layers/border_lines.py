"""Which lines the distances of a table were measured to."""

from collections.abc import Iterable

from geo import shipped

__all__ = ["LINES", "lines_of", "vintage"]

#: The shipped file with the lines of `geo.add_borders`.
LINES = "atom_arcs.parquet"
#: What tells apart its measures from a distance of the user's own.
_MEASURED = {"border_pair", "border_distance_max_m", "border_status"}
#: In a vintage: the same as that of another file.
_AS = "As "


def lines_of(columns: Iterable[str]) -> str | None:
    """Origin and age of the lines that distances were measured to; None where nobody says.

    Parameters
    ----------
    columns
        Columns of an incident table.
    """
    if not set(columns) >= _MEASURED or LINES not in shipped.products():
        return None
    return vintage(LINES).partition(";")[0]


def vintage(file: str) -> str:
    """How old the data of a shipped file is, in words.

    Parameters
    ----------
    file
        Its name.
    """
    products = shipped.products()
    said = products[file].vintage
    same = products.get(said.removeprefix(_AS)) if said.startswith(_AS) else None
    return said if same is None else same.vintage
