"""One SQLite file of places, searched through the index of its names where it has one."""

import sqlite3
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from geo import shipped
from geo.errors import ShippedDataError
from geo.gazetteer.name_index import NameIndex

__all__ = ["Place", "PlaceFile"]

_COLUMNS = (
    "place_id, place.name, kind, feature_code, lon, lat, radius_m, country_a3, admin1_code, "
    "admin2, population"
)
_MAPPED_BYTES = 1 << 30
_MOST_AT_ONCE = 50


class Place(NamedTuple):
    """One entry of a gazetteer; WGS 84 degrees, radius in metres.

    `priority` is that of its gazetteer: above 0 it wins over others of the name, below 0 it counts
    where there are no others.
    """

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
    priority: int = 0

    def distance_m(self, other: "Place") -> float:
        """Geodesic distance between the points of two places, in metres."""
        # Most searches measure nothing, and pyproj takes longer to load than they take.
        from geo.geodesy import geod  # noqa: PLC0415

        return float(geod().inv(self.lon, self.lat, other.lon, other.lat)[2])


class PlaceFile:
    """Places of one file.

    Parameters
    ----------
    path
        File with the tables `place` and `name`.
    priority
        Priority of its places.

    Attributes
    ----------
    names
        Index of the names; None where the file has none that belongs to it.
    """

    def __init__(self, path: Path, priority: int) -> None:
        self.path = path
        self._priority = priority
        self.names = NameIndex.of(path)
        # `immutable` lets SQLite read from folders in which nothing may be written.
        self._connection = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        try:
            self._connection.execute(f"PRAGMA mmap_size = {_MAPPED_BYTES}")
            self._connection.execute("SELECT 1 FROM place LIMIT 1")
        except sqlite3.DatabaseError as error:
            self._connection.close()
            raise _unreadable(path, error) from error

    def find(self, key: str, code: int) -> list[Place]:
        """Places that carry a name; `code` is that of the key."""
        if self.names is None:
            where = "JOIN name ON name.place = place.id WHERE name.key = ?"
            return list(self.select(where, key))
        numbers = self.names.find(key, code)
        found: list[Place] = []
        for start in range(0, len(numbers), _MOST_AT_ONCE):
            some = numbers[start : start + _MOST_AT_ONCE]
            found += map(Place._make, self._rows(_by_ids(len(some)), self._priority, *some))
        return found

    def keys_between(self, first: str, last: str, *, limit: int) -> list[str]:
        """Some keys of names from one (included) to another."""
        query = "SELECT DISTINCT key FROM name WHERE key >= ? AND key < ? LIMIT ?"
        return [key for (key,) in self._rows(query, first, last, limit)]

    def select(self, where: str, *values: str | float) -> Iterator[Place]:
        """Places that a clause selects; the clause is a constant, the values are parameters."""
        rows = self._rows(f"SELECT {_COLUMNS}, ? FROM place {where}", self._priority, *values)  # noqa: S608
        return map(Place._make, rows)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()
        if self.names is not None:
            self.names.close()
            self.names = None

    def _rows(self, query: str, *values: str | float) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise _unreadable(self.path, error) from error


@cache
def _by_ids(count: int) -> str:
    marks = ", ".join("?" * count)
    return f"SELECT {_COLUMNS}, ? FROM place WHERE id IN ({marks}) ORDER BY id"  # noqa: S608


def _unreadable(path: Path, error: sqlite3.DatabaseError) -> ShippedDataError:
    if path.parent == shipped.folder():
        # What has changed since it was opened is told with both checksums.
        shipped.verify(path.name)
    return ShippedDataError(
        f"{path}: damaged, or not a gazetteer ({error}); expected an SQLite file with the tables "
        "place and name. If the file is your own, add it again. “incidentmap data verify” tells "
        "which file is damaged."
    )
