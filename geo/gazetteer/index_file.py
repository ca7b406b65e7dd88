"""The SQLite file that all gazetteers share: places, the keys of their names, and what it is."""

import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Self

__all__ = ["COLUMNS", "KINDS", "SCHEMA", "IndexBuilder", "Row", "read_meta"]

#: Columns of the table `place`, in their order.
COLUMNS = (
    "id",
    "place_id",
    "name",
    "kind",
    "feature_code",
    "lon",
    "lat",
    "radius_m",
    "country_a3",
    "admin1_code",
    "admin2",
    "population",
)
#: Kinds of places.
KINDS = frozenset({"country", "admin1", "admin2", "settlement", "site", "area", "water", "line"})
#: Tables of a gazetteer.
SCHEMA = """
CREATE TABLE place(
  id INTEGER PRIMARY KEY, place_id TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  feature_code TEXT,
  lon REAL NOT NULL, lat REAL NOT NULL,
  radius_m REAL,
  country_a3 TEXT,
  admin1_code TEXT,
  admin2 TEXT, population INTEGER NOT NULL DEFAULT 0);
CREATE TABLE name(key TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY(key, place)) WITHOUT ROWID;
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL);
"""

#: One place in the order of `COLUMNS`.
Row = tuple[int, str, str, str, str | None, float, float, float | None, str | None, str | None,
            str | None, int]  # fmt: skip

_MARKS = ", ".join("?" * len(COLUMNS))
# What arrives is staged in temporary tables of the disk; the finished file is written in order.
_STAGING = f"""
CREATE TEMP TABLE staged({", ".join(COLUMNS)}, PRIMARY KEY(id)) WITHOUT ROWID;
CREATE TEMP TABLE staged_name(key TEXT, place INTEGER);
"""
_PRAGMAS = """
PRAGMA page_size = 4096;
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -65536;
PRAGMA temp_store = FILE;
PRAGMA locking_mode = EXCLUSIVE;
"""


class IndexBuilder:
    """Writes a gazetteer of any size in little memory; the same input gives the same bytes.

    Parameters
    ----------
    path
        File to write; it must not exist.
    """

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(path, isolation_level=None)
        self._database.executescript(_PRAGMAS + SCHEMA + _STAGING + "BEGIN;")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._database.close()

    def add(self, rows: Iterable[Row], keys: Iterable[tuple[str, int]]) -> None:
        """Take places with the keys of their names; each id may come once."""
        self._database.executemany(f"INSERT INTO staged VALUES ({_MARKS})", rows)  # noqa: S608
        self._database.executemany("INSERT INTO staged_name VALUES (?, ?)", keys)

    def known(self, ids: Iterable[int]) -> set[int]:
        """Those of some ids that have come already."""
        look = "SELECT 1 FROM staged WHERE id = ?"
        return {one for one in ids if self._database.execute(look, (one,)).fetchone()}

    def finish(
        self, meta: Mapping[str, str], *, districts: Mapping[str, str] | None = None
    ) -> None:
        """Write what was taken, and the statements about it.

        `districts` are names by code where `admin2` of the rows holds codes.
        """
        database = self._database
        if districts is not None:
            database.execute("CREATE TEMP TABLE district(code PRIMARY KEY, name) WITHOUT ROWID")
            database.executemany("INSERT INTO district VALUES (?, ?)", districts.items())
            database.execute(
                "UPDATE staged SET admin2 = (SELECT name FROM district WHERE code = admin2) "
                "WHERE admin2 IS NOT NULL"
            )
        database.execute("INSERT INTO place SELECT * FROM staged ORDER BY id")
        database.execute(
            "INSERT INTO name SELECT DISTINCT key, place FROM staged_name ORDER BY key, place"
        )
        database.executemany("INSERT INTO meta VALUES (?, ?)", sorted(meta.items()))
        database.execute("COMMIT")


def read_meta(path: Path) -> dict[str, str]:
    """What a gazetteer says about itself.

    Raises
    ------
    sqlite3.DatabaseError
        The file is not a gazetteer, or damaged.
    """
    uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(uri, uri=True)) as database:
        return dict(database.execute("SELECT key, value FROM meta"))
