"""Numbers of people killed and injured that a text states."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from geo.grammar.dates import MONTHS
from geo.grammar.sentences import Span

__all__ = ["Toll", "find_tolls"]

_SMALL = {
    "no": 0, "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13,
    "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_UNITS = "one|two|three|four|five|six|seven|eight|nine"
_WORDS = "|".join(sorted(_SMALL, key=len, reverse=True))
_SCALE = r"(?:\s+(?:hundred|thousand)(?!s))"
_NUMBER = (
    rf"(?:\d{{1,3}}(?:,\d{{3}}){{1,3}}(?!,?\d)|\d{{1,9}}(?![,.]?\d)(?!\s*(?:million|billion))"
    rf"|(?:(?:{_TENS})-(?:{_UNITS})|{_WORDS}){_SCALE}?)"
)
_BOUND = "at least|more than|over|some|about|around|nearly|up to|as many as|a total of"
_FIGURE = (
    rf"(?:(?P<bound>{_BOUND})\s+)?"
    rf"(?:between\s+(?P<low>{_NUMBER})\s+and\s+(?P<high>{_NUMBER})"
    rf"|(?P<from>{_NUMBER})(?:\s+to\s+|(?<=\d)\s*[-–]\s*(?=\d))(?P<to>{_NUMBER})"
    rf"|(?P<number>{_NUMBER}))"
)
# Up to five words between the number and what happened: "three US soldiers were".
_PEOPLE = (
    r"(?!\s+of\s+(?:the|them|those|these)\b)"
    rf"(?:\s+(?!(?:and|but|were|was|that|which|who|in|since|{_NUMBER})\b)[\w'’-]+){{0,5}}?"
    r"(?:,\s+(?:including|among them|most of them|all of them)\b[^,.]{1,60},)?"
)
_NOT_PEOPLE = "km|per cent|percent|%|million|billion|jobs|seats|goals"
_STANDS = "stood at|stands at|rose to|risen to|climbed to|is|was|of|to|at"
_BE = r"\s+(?:(?:have|has|had)\s+been|were|was|are|is|being|been)"
_KILLED = r"(?:confirmed dead|killed|dead|died|dies|die|slain|drowned|lost (?:their|his|her) lives)"
_INJURED = (
    r"(?:injured|wounded|hurt|hospitali[sz]ed|(?:taken|brought|rushed) to (?:a |the )?hospitals?)"
)

_PATTERNS: dict[str, tuple[re.Pattern[str], ...]] = {
    harm: tuple(
        re.compile(rf"(?<![\w-]){pattern}(?!\w)", re.IGNORECASE)
        for pattern in (
            rf"{_FIGURE}{_PEOPLE}(?:{_BE})?(?:\s+also)?\s+{past}",
            rf"(?:{active})\s+(?:the lives of\s+)?{_FIGURE}(?!\s*(?:{_NOT_PEOPLE}))",
            rf"(?:{toll})\s+(?:has |had )?(?:{_STANDS})\s+{_FIGURE}",
        )
    )
    for harm, past, active, toll in (
        (
            "killed",
            _KILLED,
            "kill(?:ed|s|ing)|claim(?:ed|s|ing)",
            "death toll|number of (?:the )?dead|toll|put the (?:number|figure)(?: of dead)?",
        ),
        (
            "injured",
            _INJURED,
            "injur(?:ed|es|ing)|wound(?:ed|s|ing)|hurt(?:s|ing)?",
            "number of (?:the )?(?:injured|wounded)",
        ),
    )
}
_SCALES = {"hundred": 100, "thousand": 1_000}
_NOBODY = ("no", "not", "none", "nobody")
_OF_YEARS = ("in", "since", "of", "from", "until", "by")
# Words beside a number are looked for so far from it.
_LONGEST_WORD = 60
_LOWER_BOUND = ("at least", "more than", "over")
_UPPER_BOUND = ("up to", "as many as")


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
    for harm, patterns in _PATTERNS.items():
        for pattern in patterns:
            for match in pattern.finditer(text, area.start, area.end):
                toll = _toll(match, harm)
                if toll is not None:
                    yield toll


def _toll(match: re.Match[str], harm: str) -> Toll | None:
    span = Span(match.start(), match.end())
    low, high = match["low"] or match["from"], match["high"] or match["to"]
    if low and high:
        return Toll(span, harm, _value(low), _value(low), _value(high))
    if _counts_nobody(match):
        return None
    best = _value(match["number"])
    # A bare "a" or "an" counts nobody: "an injured player".
    if match["number"].casefold() in ("a", "an") and not match["bound"] and harm == "injured":
        return None
    bound = " ".join((match["bound"] or "").casefold().split())
    if bound in _LOWER_BOUND:
        return Toll(span, harm, best, low=best)
    if bound in _UPPER_BOUND:
        return Toll(span, harm, best, high=best)
    return Toll(span, harm, best, is_confirmed="confirmed" in match[0].casefold())


def _counts_nobody(match: re.Match[str]) -> bool:
    """Whether the number belongs to a name, a date, or to nobody: Tower 22, 28 January, no one."""
    number = match["number"]
    start, end = match.span("number")
    before = match.string[max(0, start - _LONGEST_WORD) : start].rstrip(" ").rpartition(" ")[2]
    after = match.string[end : end + _LONGEST_WORD].split(maxsplit=1)
    if before.casefold() in _NOBODY or (after and after[0].strip(".,").casefold() in MONTHS):
        return True
    if not number.isdecimal() or match["bound"]:
        return False
    is_year = len(number) == 4 and number[:2] in ("19", "20") and before.casefold() in _OF_YEARS
    return is_year or before[:1].isupper()


def _value(words: str) -> int:
    plain, *scale = words.casefold().replace(",", "").split()
    if plain.isdecimal():
        return int(plain)
    return sum(_SMALL[word] for word in plain.split("-")) * (_SCALES[scale[0]] if scale else 1)
