"""Numbers of people in running text: in digits, in words, by the dozen."""

import re

__all__ = ["NUMBER", "count_of"]

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
_SCALES = {"dozen": 12, "score": 20, "hundred": 100, "thousand": 1_000}
_SCALE = rf"(?:\s+(?:{'|'.join(_SCALES)})(?!s))"
#: A number as part of a pattern; one that goes on as 1.5 or as "million" is none.
NUMBER = (
    rf"(?:\d{{1,3}}(?:,\d{{3}}){{1,3}}(?!,?\d)|\d{{1,9}}(?![,.]?\d)(?!\s*(?:million|billion))"
    rf"|half\s+a\s+dozen|a\s+couple(?:\s+of\b)?|(?:(?:{_TENS})-(?:{_UNITS})|{_WORDS})\b{_SCALE}?)"
)
_GAPS = re.compile(r"\s+")


def count_of(words: str) -> int:
    """Value of words that `NUMBER` matches.

    Examples
    --------
    >>> count_of("1,204"), count_of("twenty-one"), count_of("two thousand"), count_of("a dozen")
    (1204, 21, 2000, 12)
    """
    said = _GAPS.sub(" ", words.casefold().replace(",", ""))
    if said.isdecimal():
        return int(said)
    if said.startswith("half"):
        return 6
    if said.startswith("a couple"):
        return 2
    plain, *scale = said.split(" ")
    return sum(_SMALL[word] for word in plain.split("-")) * (_SCALES[scale[0]] if scale else 1)
