"""What a description of a location says, as a tree of frozen parts."""

from dataclasses import dataclass

from geo.grammar.bearings import Bearing, Distance

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
    "Towards",
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
    """At distances from a place, each in a direction or in none that is said."""

    place: Named
    legs: tuple[tuple[Distance, Bearing | None], ...]


@dataclass(frozen=True)
class Towards:
    """In a direction from a place, nobody says how far: "south of X"."""

    place: Named
    bearing: Bearing


@dataclass(frozen=True)
class Part:
    """A part of a place: "northern X", "central X" (no bearing)."""

    place: Named
    bearing: Bearing | None


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

    `sides` are names or adjectives of countries, one when the other is that of `within`, the place
    in which it lies.
    """

    sides: tuple[str, ...]
    within: Named | None = None
    distance: Distance | None = None


@dataclass(frozen=True)
class Inland:
    """At a distance inside a country, measured from its border with another."""

    country: Named
    neighbour: str
    distance: Distance


@dataclass(frozen=True)
class Apposition:
    """A name, and words that say where it is: the words count where nobody knows the name."""

    place: Named
    gloss: "Description"


Description = (
    Named | Near | Offset | Towards | Part | Between | Along | BorderZone | Inland | Apposition
)
