"""Names as they stand in a description, without the words that only lead up to them."""

import re

from geo.grammar.bound_names import unbound
from geo.grammar.location_tree import Named

__all__ = ["read_name"]

_LEAD = re.compile(r"(?:(?:in|at|inside|within|the|of|around|near) )+", re.IGNORECASE)
_UNIT = (
    "district|sub-?district|area|sector|region|province|state|county|governorate|oblast|raion"
    "|municipality|department|commune|locality|neighbou?rhood|quarter|suburb|town|city|village"
)
_SETTLEMENT = re.compile(
    r"(?:(?:border|port|[a-z-]+(?:ern|ed)|small|remote|frontline|coastal|capital) )*"
    r"(?:(?:port )?(?:town|city|village|hamlet|settlement)s? (?:and [a-z]+ )?of|capital(?: city)?"
    r"(?: of)?|city|port(?: of)?|outpost(?: of)?) (?:the )?(?=[^\W\d_a-z])"
)
_DIRECTION = re.compile(
    r"(?:the )?(?:far )?(?:north|south|east|west|central)(?:[- ]?(?:east|west|central))?(?:ern)? "
    r"(?=[^\W\d_a-z])"
)


def read_name(text: str) -> Named:
    """Names of a text, from the inside out.

    Examples
    --------
    >>> read_name("the village of Kala, Nawa district of southern Helmand province").names
    ('Kala', 'Nawa district', 'Helmand province')
    >>> read_name("North Kivu").names
    ('North Kivu',)
    """
    said = text.strip()
    lead = _LEAD.match(said)
    bare = said[lead.end() :] if lead else said
    # Each of a list says where the one before it lies.
    names = []
    for part in re.split(r" ?, ?(?:(?:in|of) )?(?:the )?| in (?:the )?(?=[^\W\d_a-z])", bare):
        names += _pieces(part)
    return Named(tuple(map(unbound, names or (said,))))


def _pieces(part: str) -> list[str]:
    """A name, and what it is said to be a unit of."""
    settled = _SETTLEMENT.sub("", part, count=1) if _SETTLEMENT.match(part) else part
    bare = _DIRECTION.sub("", settled, count=1) if _DIRECTION.match(settled) else settled
    inner, found, outer = bare.partition(" of ")
    if found and inner[:1].isupper() and re.search(rf" (?:{_UNIT})$", inner):
        return [inner, *_pieces(re.sub(r"^the ", "", outer))]
    return [bare] if bare.strip() else []
