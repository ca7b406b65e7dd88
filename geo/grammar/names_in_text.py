"""Names in running text that may be those of places: runs of capitalised words."""

import re

from geo.grammar.dates import MONTHS

__all__ = ["capitalised_names"]

_WORD = r"[^\W\d_a-z][\w’'\-]*"
_RUN = re.compile(rf"(?<![\w.]){_WORD}(?:[ ](?:(?:of|de|la|del|el|al) )?{_WORD})*")
# A capital there says nothing.
_BEGINNING = re.compile(r"(?:^|[.!?:;…][\"'”’)]?\s+|\n\s*|[“\"‘]\s*)$")
_DAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
_SHORTEST, _MOST_WORDS = 3, 4
_BACK = 4


def capitalised_names(text: str) -> list[str]:
    """Runs of one to four capitalised words, one for each time they occur.

    A word that only ever begins sentences is no name, nor is a month or a day of the week.

    Examples
    --------
    >>> capitalised_names("Police said on Monday that the fire in South Haven was out.")
    ['South Haven']
    """
    found: list[str] = []
    inside: set[str] = set()
    for match in _RUN.finditer(text):
        name = match[0].removesuffix("'s").removesuffix("’s").removeprefix("The ")
        is_date = name.casefold() in _DAYS or name.casefold() in MONTHS
        if is_date or len(name) < _SHORTEST or len(name.split()) > _MOST_WORDS:
            continue
        found.append(name)
        if not _BEGINNING.search(text[max(0, match.start() - _BACK) : match.start()]):
            inside.add(name)
    return [name for name in found if name in inside]
