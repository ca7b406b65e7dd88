"""Numbers of people killed and injured that a text states."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from geo.grammar.any_case import lowered
from geo.grammar.counts import count_of
from geo.grammar.dates import MONTHS
from geo.grammar.sentences import Span
from geo.grammar.toll_patterns import (
    LOWER_BOUNDS,
    UPPER_BOUNDS,
    people_words,
    telltales,
    toll_patterns,
)

__all__ = ["Toll", "find_tolls"]

_NOBODY = ("no", "not", "none", "nobody", "neither")
_OF_YEARS = ("in", "since", "of", "from", "until", "by")
# Words beside a number are looked for so far from it.
_LONGEST_WORD = 60
_UNSURE = re.compile(
    r"\b(?:feared|presumed|thought|assumed|missing|might|may|could)\b", re.IGNORECASE
)
# What stands behind a number of no people: "1,000 houses", "18,000 dairy cows".
_THINGS = re.compile(
    r"\s+(?:[\w-]+\s+){0,2}?(?:houses|homes|huts|buildings|flats|shops|schools|stalls|tents|barns"
    r"|cars|vehicles|lorries|trucks|buses|boats|tonnes|tons|hectares|acres|trees"
    r"|cows|cattle|sheep|goats|pigs|hogs|camels|horses|animals|birds|chickens|poultry|ducks"
    r"|livestock|dogs|whales|fish|bees|buffaloes)\b"
    r"|\s+(?:years|months|weeks|days|hours|minutes|metres|meters|kilomet(?:re|er)s|miles|degrees"
    r"|dollars|euros|pounds|rounds|storeys|floors)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Toll:
    """People killed or injured, as a text states it; null where it gives no such bound."""

    span: Span
    harm: str
    best: int
    low: int | None = None
    high: int | None = None
    is_confirmed: bool = False


def find_tolls(text: str, *, within: Span | None = None) -> list[Toll]:
    """Tolls in a text, in its order.

    Parameters
    ----------
    text
        Running text.
    within
        Stretch to search; all of the text by default.

    Examples
    --------
    >>> [
    ...     (toll.harm, toll.best, toll.low)
    ...     for toll in find_tolls("It killed at least three people.")
    ... ]
    [('killed', 3, 3)]
    >>> [(toll.harm, toll.best) for toll in find_tolls("Two officers were killed and 12 wounded.")]
    [('killed', 2), ('injured', 12)]
    >>> [toll.best for toll in find_tolls("It killed five soldiers and three civilians.")]
    [8]
    """
    area = within or Span(0, len(text))
    found = sorted(_tolls(text, area), key=lambda toll: (toll.span.start, -toll.span.end))
    kept: list[Toll] = []
    told_until: dict[str, int] = {}
    for toll in found:
        if toll.span.start >= told_until.get(toll.harm, 0):
            kept.append(toll)
            told_until[toll.harm] = toll.span.end
    return kept


def _tolls(text: str, area: Span) -> Iterator[Toll]:
    low = lowered(text)
    for harm, patterns in toll_patterns().items():
        if not telltales()[harm].search(low, area.start, area.end):
            continue
        for pattern in patterns:
            for match in pattern.finditer(low, area.start, area.end):
                toll = _toll(text, match, harm)
                if toll is not None:
                    yield toll


def _toll(text: str, match: re.Match[str], harm: str) -> Toll | None:
    span = Span(match.start(), match.end())
    said = match.groupdict()
    if "number" not in said:
        return Toll(span, harm, 1)
    if _UNSURE.search(match[0]) or _counts_things(text, match):
        return None
    low, high = said["low"] or said["from"], said["high"] or said["to"]
    if low and high:
        return Toll(span, harm, count_of(low), count_of(low), count_of(high))
    if _counts_nobody(text, match):
        return None
    best = count_of(said["number"]) + (count_of(said["more"]) if said.get("more") else 0)
    bound = " ".join((said["bound"] or "").casefold().split())
    return Toll(
        span,
        harm,
        best,
        low=best if bound in LOWER_BOUNDS else None,
        high=best if bound in UPPER_BOUNDS else None,
        is_confirmed=not bound and "confirmed" in match[0].casefold(),
    )


def _counts_things(text: str, match: re.Match[str]) -> bool:
    """Whether the number is one of houses or cattle: "killed 18,000 cows"."""
    things = _THINGS.match(text, match.end("number"))
    return things is not None and not people_words().search(things[0])


def _counts_nobody(text: str, match: re.Match[str]) -> bool:
    """Whether the number belongs to a name, a date, or to nobody: Tower 22, 28 January, no one."""
    number = match["number"]
    start, end = match.span("number")
    before = text[max(0, start - _LONGEST_WORD) : start].rstrip(" ").rpartition(" ")[2]
    after = text[end : end + _LONGEST_WORD].split(maxsplit=1)
    if before.casefold() in _NOBODY or number.casefold() == "no":
        return True
    # A bare "a" counts nobody: "an injured player". One person has patterns of his own.
    if (
        number.casefold() in ("a", "an")
        and not match["bound"]
        and not match.groupdict().get("more")
    ):
        return True
    if after and after[0].strip(".,").casefold() in MONTHS:
        return True
    if not number.isdecimal() or match["bound"]:
        return False
    is_year = len(number) == 4 and number[:2] in ("19", "20") and before.casefold() in _OF_YEARS
    # "Tower 22", but not "near Sidon, 13 people" or "Casualties: 4 dead".
    return is_year or (before[:1].isupper() and not before.endswith((",", ":", ";", ".", ")")))
