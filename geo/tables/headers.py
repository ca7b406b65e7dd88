"""Where the header of a table is, under titles and across several rows."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from geo.grammar.dates import parse_date
from geo.tables.columns import LEVELS, is_known_name
from geo.tables.identifiers import number_repeats

__all__ = ["Header", "find_header"]

_NUMBER = re.compile(r"[-+]?[\d٠-٩۰-۹][\d٠-٩۰-۹.,٫٬\s]*%?")
_LONGEST_NAME = 80
_LOOKED_AT = 40
# A title fills less of the width of a table than its header does.
_HEADER_SHARE = 0.6
# Of the first row of a table without a header, so many cells are values.
_VALUE_SHARE = 0.3


@dataclass(frozen=True)
class Header:
    """Header of a table.

    Parameters
    ----------
    names
        Names of the columns, which differ; from column_1 on where the table has none.
    rows
        Rows before the first one with values, titles among them.
    has_names
        Whether the names are the table's own.
    """

    names: list[str]
    rows: int
    has_names: bool = True


def find_header(rows: Sequence[Sequence[str]]) -> Header:
    """Header of a table, by its first rows.

    Parameters
    ----------
    rows
        First rows of the table as they stand, also empty ones; cells as text.

    Examples
    --------
    >>> find_header([["Incidents in May"], [], ["place", "killed"], ["Amman", "3"]])
    Header(names=['place', 'killed'], rows=3, has_names=True)
    >>> find_header([["Where", "", "Killed"], ["lat", "lon", ""], ["33.3", "38.7", "3"]]).names
    ['Where | lat', 'Where | lon', 'Killed']
    >>> find_header([["Amman", "2024-01-28", "3"]]).has_names
    False
    """
    cells = [[cell.strip() for cell in row] for row in rows[:_LOOKED_AT]]
    width = max(map(len, cells), default=0)
    first = _first_row(cells)
    if first is None:
        return Header([], len(cells), has_names=False)
    if _is_values(cells[first]):
        count = _usual_width(cells[first:])
        return Header([f"column_{n}" for n in range(1, count + 1)], first, has_names=False)
    levels = [_padded(cells[first], width)]
    if first + 1 < len(cells) and _is_second_row(cells, first):
        levels = [_filled(levels[0]), _padded(cells[first + 1], width)]
    # Trailing columns without a name and a cell are no columns.
    widest = max(map(_last_filled, cells[first:]))
    own = max(map(len, cells[first : first + len(levels)]))
    return Header(_names(levels)[: min(own, widest)], first + len(levels))


def _first_row(cells: list[list[str]]) -> int | None:
    """Number of the first row that is no title."""
    filled = [sum(cell != "" for cell in row) for row in cells]
    usual = Counter(count for count in filled if count).most_common()
    if not usual:
        return None
    most = max(count for count, times in usual if times == usual[0][1])
    wanted = max(2, _HEADER_SHARE * most) if most > 1 else 1
    return next((n for n, count in enumerate(filled) if count >= wanted), None)


def _usual_width(cells: list[list[str]]) -> int:
    """Cells of most rows; of the longest one where rows differ."""
    widths = Counter(len(row) for row in cells if any(row))
    width, times = widths.most_common(1)[0]
    return width if 2 * times > widths.total() else max(widths)


def _is_values(row: list[str]) -> bool:
    filled = [cell for cell in row if cell]
    values = sum(map(_is_value, filled))
    return values >= max(1, _VALUE_SHARE * len(filled)) and not any(map(is_known_name, filled))


def _is_value(cell: str) -> bool:
    return bool(_NUMBER.fullmatch(cell)) or parse_date(cell, day_first=True) is not None


def _is_second_row(cells: list[list[str]], first: int) -> bool:
    """Whether the row below goes on with the header: it names what merged cells stand above."""
    width = max(map(len, cells))
    above, below = _padded(cells[first], width), _padded(cells[first + 1], width)
    after = [_padded(row, width) for row in cells[first + 2 :] if any(row)]
    names = [cell for cell in below if cell]
    if len(names) < 2 or not after or any(_is_value(c) or len(c) > _LONGEST_NAME for c in names):
        return False
    fills_gap = any(not up and down for up, down in zip(above, below, strict=True))
    columns = [n for n, cell in enumerate(below) if cell]
    has_values = any(_is_value(row[n]) for row in after for n in columns if row[n])
    return fills_gap and has_values


def _names(levels: list[list[str]]) -> list[str]:
    joined = [LEVELS.join(filter(None, parts)) for parts in zip(*levels, strict=True)]
    if len(levels) == 2:
        # A group of one column, or one that is named alike above and below, needs no group.
        groups = Counter(levels[0])
        joined = [
            low if low and (groups[up] == 1 or up == low) else name
            for name, up, low in zip(joined, *levels, strict=True)
        ]
        joined = [name if low else up for name, up, low in zip(joined, *levels, strict=True)]
    named = [name or f"column_{n}" for n, name in enumerate(joined, start=1)]
    return number_repeats([" ".join(name.split()) for name in named], mark="_")


def _filled(row: list[str]) -> list[str]:
    """Row in which a merged cell's text stands in all columns below it."""
    result: list[str] = []
    for cell in row:
        result.append(cell or (result[-1] if result else ""))
    return result


def _padded(row: list[str], width: int) -> list[str]:
    return [*row, *[""] * (width - len(row))]


def _last_filled(row: list[str]) -> int:
    return max((n for n, cell in enumerate(row, start=1) if cell), default=0)
