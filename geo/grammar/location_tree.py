"""What a description of a location says, as a tree of frozen parts."""

from dataclasses import dataclass, field

from geo.grammar.bearings import Bearing
from geo.grammar.distances import Distance

__all__ = [
    "Along",
    "Apposition",
    "Between",
    "BorderZone",
    "Description",
    "Inland",
    "Named",
    "Near",
    "Offset",
    "Part",
    "Partly",
    "Towards",
    "Unread",
]


@dataclass(frozen=True)
class Named:
    """A name with what it lies in, from the inside out: ("Gwoza", "Borno", "Nigeria")."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class Near:
    """Round a place: `relation` is near, outside, outskirts, off (at sea), with a limit or not.

    `side` is the coast that is meant, off a place.
    """

    place: Named
    relation: str
    distance: Distance | None = None
    side: Bearing | None = None


@dataclass(frozen=True)
class Offset:
    """At distances from a place, each in a direction or in none that is said.

    `towards` is the place to which the road leads on which it lies.
    """

    place: Named
    legs: tuple[tuple[Distance, Bearing | None], ...]
    towards: Named | None = None


@dataclass(frozen=True)
class Towards:
    """In a direction from a place, nobody says how far: "south of X".

    `is_title`: it is written "South of X", which of an area means its south.
    """

    place: Named
    bearing: Bearing
    is_title: bool = False


@dataclass(frozen=True)
class Part:
    """A part of a place: "northern X", "central X" (no bearing), "north-central X" (both).

    `title` is what the same words name where they are the name of a province: Western Area,
    Cameroon's Far North.
    """

    place: Named
    bearing: Bearing | None
    is_central: bool = False
    title: Named | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Between:
    """Between two places."""

    one: Named
    other: Named


@dataclass(frozen=True)
class Along:
    """On the way from one place to another, or along a river or a street (no `other`)."""

    one: Named
    other: Named | None


@dataclass(frozen=True)
class BorderZone:
    """Near a border, or at a distance from it.

    `sides` are names or adjectives of countries or provinces: none for "the border", one when the
    other is that of `within`, the place in which it lies, three where three countries meet. A name
    with a hyphen may come in two pieces. `side` is the one on whose side it lies, where that is
    said; `heading` is the way from the line, which tells the side as well.
    """

    sides: tuple[str, ...]
    within: Named | None = None
    distance: Distance | None = None
    side: str | None = None
    heading: Bearing | None = None


@dataclass(frozen=True)
class Inland:
    """At a distance inside a country, from its border with another, or with any (no neighbour)."""

    country: Named
    neighbour: str | None
    distance: Distance


@dataclass(frozen=True)
class Apposition:
    """A place, and words that say where it is: both count as far as they agree."""

    place: "Description"
    gloss: "Description"


@dataclass(frozen=True)
class Partly:
    """A description of which some words could not be read."""

    read: "Description"
    unread: str


@dataclass(frozen=True)
class Unread:
    """Words that sound like a description and cannot be read: the confluence of two rivers.

    `why` tells what is wrong with them, where that is known.
    """

    words: str
    why: str = field(default="", compare=False)


Description = (
    Named
    | Near
    | Offset
    | Towards
    | Part
    | Between
    | Along
    | BorderZone
    | Inland
    | Apposition
    | Partly
    | Unread
)
