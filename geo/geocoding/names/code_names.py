"""Names that are mere codes of three letters: of airports, of agencies, of nothing."""

from collections.abc import Sequence

from geo.gazetteer.places import Place
from geo.grammar.names import normalise_name

__all__ = ["without_codes"]

_LETTERS = 3
_POINTS = frozenset({"settlement", "admin2", "site"})
# The code of its airports, but also what everybody calls it.
_IN_USE = frozenset({"nyc"})
# Lists whose other names hold codes.
_WITH_CODES = ("geonames:", "uscensus:")


def without_codes(name: str, places: Sequence[Place]) -> list[Place]:
    """Places without those that a text of three letters means by a code only.

    "SDF" is the airport of Louisville, and a force in Syria. Main names count, and so do countries,
    provinces, and what the project's list or the user's own calls so.

    Parameters
    ----------
    name
        Name as it is written: "Hit" is a name, "HIT" may be a code.
    places
        Places that carry it.
    """
    said = name.strip()
    is_code = len(said) == _LETTERS and said.isascii() and said.isalpha()
    if not is_code or said.istitle() or said.casefold() in _IN_USE:
        return list(places)
    key = normalise_name(said)
    return [
        place
        for place in places
        if place.kind not in _POINTS
        or not place.place_id.startswith(_WITH_CODES)
        or normalise_name(place.name) == key
    ]
