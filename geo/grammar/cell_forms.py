"""Other ways in which a cell may write a name and what it lies in."""

import re
from collections.abc import Iterator

__all__ = ["other_readings"]

_HEDGE = re.compile(
    r"(?:possibly|probably|presumably|reportedly|allegedly|likely|maybe|perhaps)\s+", re.IGNORECASE
)
_BRACKETS = re.compile(r"([^\[\]]+?)\s*\[([^\[\]]+)\]")
_DASH = re.compile(r"\s+[-–—]\s+")
_OWNER = re.compile(r"([^\W\d_][\w -]*)['’]s\s+(.+)")
_NOT_LATIN = re.compile(r"[^\x00-\u024f\u1e00-\u1eff\u2010-\u201f]+")
_LONGEST = 100


def other_readings(text: str) -> Iterator[str]:
    """Texts with commas that a text may stand for, the likelier first.

    Examples
    --------
    >>> list(other_readings("Bakhmut [Ukraine]")), list(other_readings("possibly Homs"))
    (['Bakhmut, Ukraine'], ['Homs'])
    >>> list(other_readings("Helmand's Sangin district")), list(other_readings("Bakhmut/Artemivsk"))
    (['Sangin district, Helmand'], ['Bakhmut', 'Artemivsk'])
    """
    if len(text) > _LONGEST or "://" in text:
        return
    if hedge := _HEDGE.match(text):
        yield text[hedge.end() :]
        yield from other_readings(text[hedge.end() :])
        return
    if brackets := _BRACKETS.fullmatch(text):
        yield f"{brackets[1]}, {brackets[2]}"
    if len(parts := _DASH.split(text)) == 2:  # a name, and what it lies in
        yield ", ".join(parts)
    if owner := _OWNER.fullmatch(text):
        yield f"{owner[2]}, {owner[1]}"
        return
    latin = " ".join(_NOT_LATIN.sub(" ", text).split())
    if latin and latin != " ".join(text.split()):
        yield latin
    if "/" in text:
        yield from filter(None, (part.strip() for part in text.split("/")))
    if "," not in text:
        words = text.split()
        yield from (
            f"{' '.join(words[:-count])}, {' '.join(words[-count:])}"
            for count in (1, 2, 3)
            if len(words) > count and words[-count][:1].isupper()
        )
