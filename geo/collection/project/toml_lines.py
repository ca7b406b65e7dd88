"""On which line of a TOML file each key stands, which its reader does not tell."""

import re
from collections import Counter

__all__ = ["key_lines"]

_TABLE = re.compile(r"\s*\[(?!\[)\s*([\w.\-]+)\s*\]", re.ASCII)
_ARRAY = re.compile(r"\s*\[\[\s*([\w.\-]+)\s*\]\]", re.ASCII)
_KEY = re.compile(r"\s*\"?([\w\-]+)\"?\s*(?:=|\.)", re.ASCII)


def key_lines(text: str) -> dict[tuple[str, str], int]:
    r"""Line of each table and key, counted from 1; the key of a table itself is empty.

    The tables of an array are told apart by their number, as `sources[1]`.

    Parameters
    ----------
    text
        A TOML file that can be read.

    Examples
    --------
    >>> key_lines("worldview = 'UA'\n[[sources]]\npaths = ['a.txt']")
    {('', 'worldview'): 1, ('sources[1]', ''): 2, ('sources[1]', 'paths'): 3}
    """
    found: dict[tuple[str, str], int] = {}
    counts: Counter[str] = Counter()
    table = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if array := _ARRAY.match(line):
            counts[array[1]] += 1
            table = f"{array[1]}[{counts[array[1]]}]"
            found.setdefault((table, ""), number)
        elif plain := _TABLE.match(line):
            table = plain[1]
            found.setdefault((table, ""), number)
        elif key := _KEY.match(line):
            found.setdefault((table, key[1]), number)
    return found
