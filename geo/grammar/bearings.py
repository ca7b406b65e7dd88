"""Words for directions: which way, and how exactly that is said."""

import re
from dataclasses import dataclass

__all__ = ["DIRECTION", "Bearing", "parse_bearing"]

_POINTS = (
    "n",
    "nne",
    "ne",
    "ene",
    "e",
    "ese",
    "se",
    "sse",
    "s",
    "ssw",
    "sw",
    "wsw",
    "w",
    "wnw",
    "nw",
    "nnw",
)
_STEP_DEG = 22.5
_CARDINAL = r"(?:north|south|east|west)"
_SECONDARY = r"(?:north|south)[- ]?(?:east|west)"
#: A direction as a word or as letters, such as north, south-western, NNE.
DIRECTION = (
    rf"(?:(?:{_CARDINAL}[- ](?:by[- ])?{_SECONDARY}|{_SECONDARY}|{_CARDINAL})(?:ern|wards?|erly)?"
    r"|[NS][NS]?[EW]|[EW][NS][EW]|[NSEW])"
)

_LETTERS = re.compile(r"[nsew](?=orth|outh|ast|est)")
_DIRECTION = re.compile(DIRECTION, re.IGNORECASE)


@dataclass(frozen=True)
class Bearing:
    """An azimuth in degrees, and half the width of the sector that the word stands for."""

    azimuth_deg: float
    error_deg: float


def parse_bearing(text: str) -> Bearing | None:
    """Azimuth of a word such as "north", "south-western", "NNE".

    North leaves a quarter of the circle open, northeast an eighth, north-northeast a sixteenth
    (point-radius method, Wieczorek, Guo and Hijmans 2004, doi:10.1080/13658810412331280211).

    Examples
    --------
    >>> parse_bearing("south-western"), parse_bearing("NNE")
    (Bearing(azimuth_deg=225.0, error_deg=22.5), Bearing(azimuth_deg=22.5, error_deg=11.25))
    """
    match = _DIRECTION.fullmatch(text.strip())
    if match is None:
        return None
    word = re.sub(r"(?:ern|wards?|erly)$", "", match[0].casefold())
    letters = word if len(word) <= 3 else "".join(_LETTERS.findall(word))
    if letters not in _POINTS:
        return None
    return Bearing(_POINTS.index(letters) * _STEP_DEG, 90.0 / 2 ** len(letters))
