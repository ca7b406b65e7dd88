"""The dateline of a report: the place where it was written, before its first sentence."""

import re
from dataclasses import dataclass

from geo.grammar.dates import MONTHS
from geo.grammar.sentences import Span

__all__ = ["LEAD", "Dateline", "find_dateline"]

#: Characters within which a dateline ends; title and authors may stand before it.
LEAD = 400
_MONTH = rf"(?i:{'|'.join(sorted(MONTHS, key=len, reverse=True))})\b\.?"
# A point ends the name, but for one that is cut short: St. Louis.
_WORD = r"[^\W\d_a-z](?:\w?\.|[\w'’\-]*)"
_PLACE = rf"{_WORD}(?:[ ]{_WORD}){{0,3}}"
_AROUND = r"[^\W\d_a-z][\w.'’\-]*(?:[ ][^\W\d_a-z][\w.'’\-]*){0,3}"
_LINE = re.compile(
    rf"(?:\A|\n|[.!?:]\s)\s*(?:By\s+)?(?P<place>{_PLACE})"
    rf"(?:,\s*(?!{_MONTH})(?P<around>{_AROUND}))?"
    rf"(?:,?\s+(?P<date>(?:{_MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{_MONTH})(?:,?\s+\d{{4}})?))?"
    r"(?:,?\s*\((?P<agency>[^\W\d_][^()\n]{0,40})\))?(?P<dash>\s*(?:[—–]|--+)\s*|\s+-\s+|\s*:\s*)?"
)
_LEAST_LETTERS = 3


@dataclass(frozen=True)
class Dateline:
    """Where the place stands, what follows it after a comma, and where the report begins."""

    place: Span
    around: str
    end: int


def find_dateline(text: str) -> Dateline | None:
    """The dateline of a report, also behind a title; None where it has none.

    A place in capitals is one before a dash or an agency; another needs the agency, or a date
    and a dash.

    Examples
    --------
    >>> text = "BAGHDAD, Jan. 28 (Agency) — A bomb went off."
    >>> find_dateline(text).place.of(text)
    'BAGHDAD'
    >>> text = "Ferry sinks. Tripoli, Lebanon (Agency) - Ten are missing."
    >>> find_dateline(text).around
    'Lebanon'
    >>> find_dateline("Fire in Accra - four dead.") is None
    True
    """
    head = text[:LEAD]
    start = 0
    while found := _LINE.search(head, start):
        if _is_dateline(found):
            return Dateline(Span(*found.span("place")), found["around"] or "", found.end())
        # What ends one sentence begins the next.
        start = found.end("place")
    return None


def _is_dateline(found: re.Match[str]) -> bool:
    place, dash = found["place"], (found["dash"] or "").strip()
    if sum(map(str.isalpha, place)) < _LEAST_LETTERS:
        return False
    has_dash = bool(dash) and dash != ":"
    if place.isupper():
        return has_dash or bool(found["agency"])
    return bool(dash) and (bool(found["agency"]) or (bool(found["date"]) and has_dash))
