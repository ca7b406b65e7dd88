"""The places that users bring themselves, beside those that come with the package.

Each set is one SQLite file in the user's folder: `INCIDENTMAP_PLACES`, else the folder `places` in
the user's data folder. Its name holds its sha256, so that a file proves itself, and a new version
takes the place of the old one at once.
"""

import contextlib
import hashlib
import os
import re
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import platformdirs

from geo import shipped
from geo.errors import PlaceNotFoundError, ShippedDataError, WriteError
from geo.gazetteer.index_file import read_meta
from geo.gazetteer.places import Gazetteer, shipped_paths
from geo.grammar.names import normalise_name

__all__ = [
    "PlaceSet",
    "all_places",
    "folder",
    "other_files",
    "place_set_names",
    "place_sets",
    "places_in",
    "publish_place_set",
    "remove_places",
    "set_name",
    "unfinished_index",
    "verify_place_set",
]

_FILE = re.compile(r"(?P<name>[^.]{1,60})\.(?P<sha256>[0-9a-f]{64})\.sqlite")
# Names of files are limited in bytes.
_LONGEST_NAME = 120
_RETRIES = 5
_Made = TypeVar("_Made")
_chosen: ContextVar[Path | None] = ContextVar("_chosen", default=None)


@dataclass(frozen=True)
class PlaceSet:
    """Places that a user has added from one file.

    `priority` above 0: they win over the shipped places of the same name; 0: they are weighed
    together; below 0: they answer where nothing else does. `vintage` is the day of the latest
    change that the source states, or empty.
    """

    name: str
    rows: int
    bad_rows: int
    left_out: int
    priority: int
    licence: str
    attribution: str
    vintage: str
    source: str
    source_sha256: str
    sha256: str
    bytes: int
    path: Path


def folder() -> Path:
    """Folder that holds the user's sets; it need not exist."""
    chosen = _chosen.get()
    if chosen is not None:
        return chosen
    override = os.environ.get("INCIDENTMAP_PLACES")
    return Path(override) if override else platformdirs.user_data_path("incidentmap") / "places"


@contextlib.contextmanager
def places_in(path: Path) -> Iterator[None]:
    """Let all searches look into another folder than the user's while the block runs.

    Parameters
    ----------
    path
        Folder of sets, such as that of a project; it need not exist.

    Examples
    --------
    >>> with places_in(Path("project/places")):
    ...     folder().as_posix()
    'project/places'
    """
    token = _chosen.set(path)
    try:
        yield
    finally:
        _chosen.reset(token)


def set_name(text: str) -> str:
    """Name of a set that a text gives: letters, digits and hyphens.

    Raises
    ------
    WriteError
        Nothing is left of the text.

    Examples
    --------
    >>> set_name("My sites (2024)")
    'my-sites-2024'
    """
    letters = normalise_name(text).replace(" ", "-").encode()[:_LONGEST_NAME]
    name = letters.decode(errors="ignore").strip("-")
    if not name:
        raise WriteError(f"{text!r}: no name for a set of places; expected letters or digits.")
    return name


def place_sets() -> list[PlaceSet]:
    """The user's sets by name, the ones of the highest priority first.

    Raises
    ------
    ShippedDataError
        A file cannot be read as a set of places.

    Examples
    --------
    >>> [one.name for one in place_sets()]
    []
    """
    sets = _of_files(lambda paths: [_described(path) for path in paths])
    return sorted(sets, key=lambda one: (-one.priority, one.name))


def remove_places(name: str) -> Path:
    """Remove a user's set, also a damaged one, and return the path that it had.

    Raises
    ------
    PlaceNotFoundError
        There is no set of this name.
    WriteError
        The file cannot be removed.
    """
    path = _path(name)
    for version in _versions(path.name.partition(".")[0]):
        try:
            version.unlink(missing_ok=True)
        except OSError as error:
            raise WriteError(
                f"{version}: cannot be removed ({error.strerror}); close what uses it."
            ) from error
    return path


def place_set_names() -> list[str]:
    """Names of the user's sets, whole or damaged."""
    return sorted(_files())


def other_files() -> list[Path]:
    """What lies in the user's folder and is no set of places; hidden files aside."""
    sets = set(_all_versions())
    place = folder()
    found = place.iterdir() if place.is_dir() else ()
    return sorted(path for path in found if path not in sets and not path.name.startswith("."))


def verify_place_set(name: str) -> None:
    """Compare a user's set with its checksum.

    Raises
    ------
    ShippedDataError
        Its sha256 is not the one in the name of the file.
    """
    path = _path(name)
    found, expected = _sha256(path), path.name.split(".")[1]
    if found != expected:
        raise _damaged(path, f"sha256 is {found}, expected {expected}")


@contextlib.contextmanager
def unfinished_index() -> Iterator[Path]:
    """Path of a new file in the user's folder, which vanishes in the end unless it was moved.

    Raises
    ------
    WriteError
        The folder cannot be written, or the disk is full.
    """
    place = folder()
    try:
        place.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=place, prefix=".adding-") as inner:
            yield Path(inner) / "places.sqlite"
    except (PermissionError, FileNotFoundError, FileExistsError, NotADirectoryError) as error:
        raise WriteError(
            f"{place}: cannot be written ({error.strerror}); set INCIDENTMAP_PLACES to a folder "
            "that you may write to."
        ) from error
    except sqlite3.OperationalError as error:
        raise WriteError(
            f"{place}: the places cannot be written ({error}); is there room on the disk?"
        ) from error


def publish_place_set(finished: Path, name: str) -> PlaceSet:
    """Put a finished index in the user's folder, in place of the set of that name.

    Readers see the old version or the new one; an older version goes when the new one is there.

    Parameters
    ----------
    finished
        Index in the same folder; it is moved.
    name
        Name of the set.
    """
    older = _versions(name)
    target = folder() / f"{name}.{_sha256(finished)}.sqlite"
    published = _described(finished, target)
    # Of two versions the newer one counts, also where an equal one lies there already.
    os.utime(finished)
    finished.replace(target)
    for version in older:
        if version != target:
            # Whoever still reads it keeps it on Windows; the newer one counts all the same.
            with contextlib.suppress(OSError):
                version.unlink(missing_ok=True)
    return published


def all_places() -> Gazetteer:
    """The shipped places and the user's, as they are now."""
    # A file is never changed: another version has another path.
    return _of_files(lambda paths: _opened(shipped.folder(), paths))


@lru_cache(maxsize=2)
def _opened(_shipped_folder: Path, own_paths: tuple[Path, ...]) -> Gazetteer:
    own = [(path, _described(path).priority) for path in own_paths]
    ours = [(path, 0) for path in shipped_paths()]
    in_order = sorted([*ours, *own], key=lambda one: -one[1])
    return Gazetteer([path for path, _ in in_order], [priority for _, priority in in_order])


def _path(name: str) -> Path:
    files = _files()
    path = files.get(set_name(name))
    if path is None:
        known = ", ".join(sorted(files)) or "none"
        raise PlaceNotFoundError(
            f"{name}: no set of places has this name; there are: {known}. "
            "“incidentmap data” lists them."
        )
    return path


def _of_files(made: Callable[[tuple[Path, ...]], _Made]) -> _Made:
    """What is made of the newest files; once more where one was replaced meanwhile."""
    for _ in range(_RETRIES):
        paths = tuple(path for _, path in sorted(_files().items()))
        try:
            return made(paths)
        except ShippedDataError:
            if all(path.exists() for path in paths):
                raise
    return made(tuple(path for _, path in sorted(_files().items())))


def _files() -> dict[str, Path]:
    """Newest file of each set."""
    newest: dict[str, Path] = {}
    for path in sorted(_all_versions(), key=_age):
        newest[path.name.partition(".")[0]] = path
    return newest


def _all_versions() -> list[Path]:
    place = folder()
    if not place.is_dir():
        return []
    return [path for path in place.iterdir() if _FILE.fullmatch(path.name)]


def _versions(name: str) -> list[Path]:
    return [path for path in _all_versions() if path.name.partition(".")[0] == name]


def _age(path: Path) -> tuple[int, str]:
    try:
        return path.stat().st_mtime_ns, path.name
    except FileNotFoundError:
        return 0, path.name


def _described(path: Path, target: Path | None = None) -> PlaceSet:
    """What a file says of itself, also before it is moved to its target."""
    name, sha256, _ = (target or path).name.split(".")
    try:
        meta = read_meta(path)
        return PlaceSet(
            name=name,
            rows=int(meta["rows"]),
            bad_rows=int(meta["bad_rows"]),
            left_out=int(meta["left_out"]),
            priority=int(meta["priority"]),
            licence=meta["licence"],
            attribution=meta["attribution"],
            vintage=meta["vintage"],
            source=meta["source"],
            source_sha256=meta["source_sha256"],
            sha256=sha256,
            bytes=path.stat().st_size,
            path=target or path,
        )
    except (sqlite3.DatabaseError, KeyError, ValueError, OSError) as error:
        found = f"sha256 is {_sha256(path)}, expected {sha256}" if path.is_file() else "it is gone"
        raise _damaged(path, f"{found} ({error})") from error


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _damaged(path: Path, fault: str) -> ShippedDataError:
    name = path.name.partition(".")[0]
    return ShippedDataError(
        f"{path}: damaged, {fault}. Add it again: “incidentmap data add FILE --name {name} "
        f"--overwrite”, or remove it: “incidentmap data remove {name}”."
    )
