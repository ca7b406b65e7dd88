"""Every notation of a position, tried in turn on a whole text."""

import re
from collections.abc import Callable

from geo.grammar.coordinates import Coordinates, degrees_pair
from geo.grammar.grid_references import mgrs_position, plus_code_position, utm_position
from geo.grammar.map_links import geo_uri_position, map_link_position
from geo.grammar.program_notations import geojson_position, iso_6709_position, wkt_position

__all__ = ["read_position"]

# A link holds pairs of degrees too, so it is tried before them.
_NOTATIONS: tuple[Callable[[str], Coordinates | None], ...] = (
    geo_uri_position,
    map_link_position,
    geojson_position,
    wkt_position,
    iso_6709_position,
    plus_code_position,
    mgrs_position,
    utm_position,
    degrees_pair,
)
# Every notation has two runs of digits, but for Plus Codes and for grids round the poles.
_MAY_STATE = re.compile(r"\d[^\d]+\d|\+|^\W*[abyz] ?[a-hj-np-z] ?[a-hj-np-z] ?\d", re.IGNORECASE)


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
