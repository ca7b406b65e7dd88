"""A place of a gazetteer, and the gazetteers that are shipped."""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Self

from geo import shipped
from geo.errors import ShippedDataError
from geo.geodesy import geod
from geo.grammar.names import normalise_name

__all__ = ["Gazetteer", "Place", "shipped_gazetteer"]

# Ours first: a curated place beats the same place elsewhere when all else is equal.
_SHIPPED = (
    "curated.sqlite",
    "naturalearth.sqlite",
    "geonames.sqlite",
    "airports.sqlite",
    "ports.sqlite",
)
_COLUMNS = (
    "place_id, place.name, kind, feature_code, lon, lat, radius_m, country_a3, admin1_code, "
    "admin2, population"
)


@dataclass(frozen=True)
class Place:
    """One entry of a gazetteer; WGS 84 degrees, radius in metres."""

    place_id: str
    name: str
    kind: str
    feature_code: str | None
    lon: float
    lat: float
    radius_m: float | None
    country_a3: str | None
    admin1_code: str | None
    admin2: str | None
    population: int

    def distance_m(self, other: "Place") -> float:
        """Geodesic distance between the points of two places, in metres."""
        return float(geod().inv(self.lon, self.lat, other.lon, other.lat)[2])


class Gazetteer:
    """Places of one or more SQLite files, found by any of their names.

    Parameters
    ----------
    paths
        Files with the tables `place` and `name`, in the order in which they answer.
    """

    def __init__(self, paths: Sequence[Path]) -> None:
        self._connections = [_open(path) for path in paths]

    def find(self, name: str) -> list[Place]:
        """Places that carry a name, compared by `normalise_name`.

        Examples
        --------
        >>> [place.country_a3 for place in shipped_gazetteer().find("Avdiivka")][:1]
        ['UKR']
        """
        key = normalise_name(name)
        return list(self._select("JOIN name ON name.place = place.id WHERE name.key = ?", key))

    def get(self, place_id: str) -> Place | None:
        """Place with an identifier, if there is one."""
        return next(self._select("WHERE place_id = ?", place_id), None)

    def settlements_in(
        self, bounds: tuple[float, float, float, float], *, population: int
    ) -> list[Place]:
        """Settlements inside bounds (west, south, east, north) with at least a population.

        The largest come first.
        """
        where = (
            "WHERE kind = 'settlement' AND population >= ? AND lon BETWEEN ? AND ? "
            "AND lat BETWEEN ? AND ? ORDER BY population DESC, place_id"
        )
        west, south, east, north = bounds
        return list(self._select(where, population, west, east, south, north))

    def close(self) -> None:
        """Close the files."""
        for connection in self._connections:
            connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _select(self, where: str, *values: str | float) -> Iterator[Place]:
        for connection in self._connections:
            # The clause is one of the constants above; values travel as parameters.
            rows = connection.execute(f"SELECT {_COLUMNS} FROM place {where}", values)  # noqa: S608
            yield from (Place(*row) for row in rows)


@cache
def shipped_gazetteer() -> Gazetteer:
    """The gazetteer that comes with the package."""
    return Gazetteer([shipped.path(name) for name in _SHIPPED])


def _open(path: Path) -> sqlite3.Connection:
    # `immutable` lets SQLite read from folders in which nothing may be written.
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
    )
    try:
        connection.execute("SELECT 1 FROM place LIMIT 1")
    except sqlite3.DatabaseError as error:
        connection.close()
        raise ShippedDataError(
            f"{path}: not a gazetteer ({error}); expected an SQLite file with the tables place "
            "and name. Reinstall incidentmap."
        ) from error
    return connection
