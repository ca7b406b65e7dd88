"""A place of a gazetteer, and the gazetteers that are shipped."""

import weakref
from collections.abc import Sequence
from contextlib import ExitStack
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Self

from geo import shipped
from geo.gazetteer.name_index import code_of, names_path
from geo.gazetteer.place_file import Place, PlaceFile
from geo.grammar.names import normalise_name

__all__ = ["SHIPPED_FILES", "Gazetteer", "Place", "shipped_gazetteer", "shipped_paths"]

#: Shipped gazetteers: a curated place beats the same place elsewhere when all else is equal.
SHIPPED_FILES = (
    "curated.sqlite",
    "naturalearth.sqlite",
    "geonames.sqlite",
    "uscensus.sqlite",
    "airports.sqlite",
    "ports.sqlite",
)

_MOST_FOUND = 1_000


class Gazetteer:
    """Places of one or more SQLite files, found by any of their names.

    Parameters
    ----------
    paths
        Files with the tables `place` and `name`, in the order in which they answer.
    priorities
        Priority of the places of each file; 0 for all by default.

    Attributes
    ----------
    files
        The files, in their order.
    """

    def __init__(self, paths: Sequence[Path], priorities: Sequence[int] | None = None) -> None:
        with ExitStack() as opened:
            files = []
            for path, priority in zip(paths, priorities or [0] * len(paths), strict=True):
                files.append(PlaceFile(path, priority))
                opened.callback(files[-1].close)
            # All could be opened: they stay open.
            opened.pop_all()
        self.files = tuple(files)
        # A text asks for a name as a country, as a province and as a town, one after the other.
        self._found: dict[str, list[Place]] = {}
        self._capitals: dict[str | None, Place] | None = None
        # Nobody knows who still holds a gazetteer that another one has replaced.
        self._closing = weakref.finalize(self, _close, self.files)

    def find(self, name: str) -> list[Place]:
        """Places that carry a name, compared by `normalise_name`.

        Examples
        --------
        >>> [place.country_a3 for place in shipped_gazetteer().find("Avdiivka")][:1]
        ['UKR']
        """
        key = normalise_name(name)
        found = self._found.get(key)
        if found is None:
            if len(self._found) >= _MOST_FOUND:
                self._found.clear()
            code = code_of(key)
            found = [place for file in self.files for place in file.find(key, code)]
            self._found[key] = found
        return found.copy()

    def get(self, place_id: str) -> Place | None:
        """Place with an identifier, if there is one."""
        for file in self.files:
            for place in file.select("WHERE place_id = ?", place_id):
                return place
        return None

    def settlements_of(self, area: Place) -> list[Place]:
        """Settlements of a country or province."""
        column, code = "country_a3", area.country_a3
        if area.kind == "admin1":
            column, code = "admin1_code", area.admin1_code
        where = f"WHERE kind = 'settlement' AND {column} = ? ORDER BY id"
        return [place for file in self.files for place in file.select(where, code or "")]

    def capital_of(self, country_a3: str) -> Place | None:
        """Seat of the government of a country; None where no file knows one or it is disputed.

        Examples
        --------
        >>> shipped_gazetteer().capital_of("HTI").name
        'Port-au-Prince'
        """
        if self._capitals is None:
            found = (file.select("WHERE feature_code = 'PPLC'") for file in reversed(self.files))
            self._capitals = {place.country_a3: place for places in found for place in places}
        return self._capitals.get(country_a3)

    def countries_within(self, bounds: tuple[float, float, float, float]) -> set[str | None]:
        """Countries of the settlements within bounds: west, south, east, north in degrees."""
        where = "WHERE kind = 'settlement' AND lon BETWEEN ? AND ? AND lat BETWEEN ? AND ?"
        west, south, east, north = bounds
        found = (file.select(where, west, east, south, north) for file in self.files)
        return {place.country_a3 for places in found for place in places}

    def close(self) -> None:
        """Close the files."""
        self._closing()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


def shipped_gazetteer() -> Gazetteer:
    """The gazetteer that comes with the package."""
    return _opened(tuple(shipped_paths()))


@lru_cache(maxsize=2)
def _opened(paths: tuple[Path, ...]) -> Gazetteer:
    return Gazetteer(paths)


def shipped_paths() -> list[Path]:
    """Paths of the shipped gazetteers; the indexes of their names are whole too.

    Raises
    ------
    ShippedDataError
        A file is missing or damaged.
    """
    for name in SHIPPED_FILES:
        # A gazetteer without its index would find fewer misspelt names, and not say so.
        shipped.path(names_path(Path(name)).name)
    return [shipped.path(name) for name in SHIPPED_FILES]


def _close(files: Sequence[PlaceFile]) -> None:
    for file in files:
        file.close()
