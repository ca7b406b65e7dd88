"""Every notation of a position, tried in turn on a whole text."""

import re
from collections.abc import Callable

from geo.grammar.coordinates import Coordinates, degrees_pair
from geo.grammar.grid_references import mgrs_position, plus_code_position, utm_position
from geo.grammar.map_links import geo_uri_position, map_link_position

__all__ = ["read_position"]

# A link holds pairs of degrees too, so it is tried before them.
_NOTATIONS: tuple[Callable[[str], Coordinates | None], ...] = (
    geo_uri_position,
    map_link_position,
    plus_code_position,
    mgrs_position,
    utm_position,
    degrees_pair,
)
# Every notation has a digit, but for a few Plus Codes.
_MAY_STATE = re.compile(r"[\d+]")


def read_position(text: str) -> Coordinates | None:
    """Position that a text states and nothing else; None where it states none.

    Examples
    --------
    >>> read_position("37SDS7246485504").notation, read_position("33.306, 38.703, Jordan")
    ('mgrs', None)
    """
    if not _MAY_STATE.search(text):
        return None
    return next((found for read in _NOTATIONS if (found := read(text))), None)
