"""Patterns that match in any case, and run several times as fast as with `re.IGNORECASE`.

Where no case is to be ignored, `re` passes over the branches of a long alternation by their first
letter alone. So the text is put in lower case once, and the patterns are written in it.
"""

import re
from functools import lru_cache

__all__ = ["any_case", "lowered"]

# Escapes and the heads of groups mean something else in lower case.
_PIECE = re.compile(r"\\.|\(\?P[<=]|[^\\(]+|\(", re.DOTALL)


def any_case(pattern: str) -> re.Pattern[str]:
    r"""Compile a pattern that is to be run over a text that is `lowered`.

    Examples
    --------
    >>> any_case(r"(?P<name>IEDs?)\W").search(lowered("two ieds."))["name"]
    'ieds'
    """
    return re.compile(
        _PIECE.sub(lambda piece: piece[0] if piece[0][0] in "\\(" else piece[0].lower(), pattern)
    )


@lru_cache(maxsize=2)
def lowered(text: str) -> str:
    """Text in lower case, each letter in its place.

    Examples
    --------
    >>> lowered("Fire in İzmir")
    'fire in İzmir'
    """
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
