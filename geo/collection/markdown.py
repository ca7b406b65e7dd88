"""Texts of others in Markdown, where nothing in them may take effect."""

import re
from collections.abc import Iterable, Sequence

from geo.geocoding.wording import on_one_line

__all__ = ["plain", "table_lines"]

_SIGNS = re.compile(r"([\\`*_{}\[\]<>#+!|~$&])")
_ADDRESS = re.compile(r"(?i)\b(https?|ftp|mailto|www)([:.])")
_LONGEST = 300


def plain(text: str) -> str:
    r"""Text on one line in which no sign is a mark of Markdown or HTML, at most 300 signs long.

    Examples
    --------
    >>> print(plain("<b>5</b> | [x](http://x.org)"))
    \<b\>5\</b\> \| \[x\](http\://x.org)
    """
    line = on_one_line(text)
    short = line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
    return _ADDRESS.sub(r"\1\\\2", _SIGNS.sub(r"\\\1", short))


def table_lines(header: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """Lines of a table; numbers to the right.

    Examples
    --------
    >>> table_lines(["region", "reports"], [["Jordan", 3]])
    ['| region | reports |', '|---|--:|', '| Jordan | 3 |']
    """
    cells = [list(row) for row in rows]
    are_numbers = [
        bool(cells) and all(isinstance(row[place], int) for row in cells)
        for place in range(len(header))
    ]
    rule = "|" + "|".join("--:" if is_number else "---" for is_number in are_numbers) + "|"
    lines = [
        [f"{cell:,}" if isinstance(cell, int) else plain(str(cell)) for cell in row]
        for row in cells
    ]
    return [_line(header), rule, *map(_line, lines)]


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
