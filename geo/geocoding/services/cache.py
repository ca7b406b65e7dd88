"""What online services have answered, kept between runs."""

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import platformdirs

from geo.canonical_json import to_json
from geo.errors import ReadError, WriteError

__all__ = ["AnswerCache", "cache_path"]

# Another way to read answers needs another version.
_VERSION = 2
_BUSY_S = 30.0
_SCHEMA = """
CREATE TABLE IF NOT EXISTS answer (
    number INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT UNIQUE NOT NULL, content TEXT NOT NULL
)
"""


def cache_path() -> Path:
    """File that keeps the answers: in `INCIDENTMAP_CACHE`, else in the user's cache folder."""
    base = os.environ.get("INCIDENTMAP_CACHE")
    return (Path(base) if base else platformdirs.user_cache_path("incidentmap")) / "services.sqlite"


class AnswerCache:
    """Answers by question; each is on the disk before the next question is asked.

    Of a question only the digest is kept; but the answer beside it has the name and the address of
    the place, so that the file, which only its owner may read, tells what was asked for. The
    oldest answers go when there are too many.

    Parameters
    ----------
    path
        SQLite file; its folder is made.
    most
        Greatest number of answers.
    """

    def __init__(self, path: Path | None = None, *, most: int = 200_000) -> None:
        self.path = path or cache_path()
        self._most = most

    def get(self, question: dict[str, Any]) -> tuple[bool, Any]:
        """Whether there is an answer, and the answer; None is an answer too."""
        with self._opened() as database:
            query = "SELECT content FROM answer WHERE key = ?"
            row = database.execute(query, (_key(question),)).fetchone()
            return (False, None) if row is None else (True, json.loads(row[0]))

    def put(self, question: dict[str, Any], answer: object) -> None:
        """Keep an answer, which JSON can hold."""
        with self._opened() as database, database:
            database.execute(
                "INSERT OR REPLACE INTO answer (key, content) VALUES (?, ?)",
                (_key(question), to_json(answer)),
            )
            # Numbers only grow, so that these are the newest.
            database.execute(
                "DELETE FROM answer WHERE number <= (SELECT max(number) FROM answer) - ?",
                (self._most,),
            )

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            if not self.path.exists():
                self.path.touch(mode=0o600)
            with closing(sqlite3.connect(self.path, timeout=_BUSY_S)) as database:
                database.execute(_SCHEMA)
                yield database
        except (OSError, sqlite3.OperationalError) as error:
            raise WriteError(
                f"{self.path}: the answers of services cannot be kept ({error}); set "
                "INCIDENTMAP_CACHE to a folder that you may write to."
            ) from error
        except (sqlite3.DatabaseError, ValueError) as error:
            raise ReadError(
                f"{self.path}: damaged ({error}); remove it, the services are asked again."
            ) from error


def _key(question: dict[str, Any]) -> str:
    return hashlib.sha256(to_json({"version": _VERSION} | question).encode()).hexdigest()
