"""Inputs that were read before, so that only what has changed is read again."""

import json
import shutil
import tempfile
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from geo.canonical_json import to_json
from geo.collection.project.input_reading import ReadInput, read_input
from geo.collection.project.inputs import ProjectInput
from geo.collection.project.kept_tables import read_arrow, write_kept
from geo.collection.project.versions import digest, versions
from geo.errors import ReadError
from geo.formats.atomic import naming_target

__all__ = ["InputCache", "KeptInput", "key_of"]


def key_of(one: ProjectInput, sites: str) -> str:
    """What a reading depends on, as a digest: content, settings, versions and sites.

    Parameters
    ----------
    one
        The input.
    sites
        Digest of the project's own sites.
    """
    source = one.source
    return digest(
        {
            "path": one.path,
            "sha256": one.sha256,
            "name": one.name,
            "is_article": one.is_article,
            "publisher": source.publisher,
            "published": None if source.published is None else source.published.isoformat(),
            "options": [
                source.options.profile,
                source.options.layer,
                source.options.encoding,
                source.options.day_first,
                dict(source.options.columns),
            ],
            "sites": sites,
            "versions": versions(),
        }
    )


@dataclass(frozen=True)
class KeptInput:
    """What was read of an input.

    Parameters
    ----------
    read
        Reports before they are placed; those of articles are placed by their text.
    placed
        The same, placed.
    rows
        Rows of a table, or articles.
    profile
        Name of the provider's profile, if any.
    notes
        What is to be said of it.
    """

    read: pa.Table
    placed: pa.Table
    rows: int
    profile: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class InputCache:
    """Readings by their keys, in a folder of the project."""

    folder: Path

    def has(self, key: str) -> bool:
        """Whether a reading is there."""
        return (self.folder / key / "about.json").is_file()

    def find(self, key: str) -> KeptInput | None:
        """A reading, if it is there and whole."""
        entry = self.folder / key
        try:
            about = json.loads((entry / "about.json").read_text(encoding="utf-8"))
            placed = read_arrow(entry / "placed.parquet")
            read = read_arrow(entry / "read.parquet") if about["is_placed_later"] else placed
            notes = tuple(map(str, about["notes"]))
            return KeptInput(read, placed, int(about["rows"]), str(about["profile"]), notes)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def read(self, one: ProjectInput, key: str) -> KeptInput:
        """Read an input anew and keep it; gives what a later build will find.

        Raises
        ------
        ReadError, SchemaError, MissingExtraError
            As `read_input`.
        WriteError
            The folder cannot be written.
        """
        fresh = read_input(one)
        with naming_target(self.folder / key):
            self.folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=self.folder, prefix=".reading-") as beside:
                self._write(fresh, Path(beside) / key)
                shutil.rmtree(self.folder / key, ignore_errors=True)
                (Path(beside) / key).rename(self.folder / key)
        kept = self.find(key)
        if kept is None:
            raise ReadError(f"{one.file}: what was read of it could not be kept in {self.folder}.")
        return kept

    def keep_only(self, keys: Collection[str]) -> None:
        """Forget the readings that a build has not used."""
        for entry in self.folder.iterdir() if self.folder.is_dir() else ():
            if entry.name not in keys:
                shutil.rmtree(entry, ignore_errors=True)

    @staticmethod
    def _write(found: ReadInput, entry: Path) -> None:
        entry.mkdir()
        is_placed_later = found.read is not found.placed
        write_kept(found.placed, entry / "placed.parquet")
        if is_placed_later:
            write_kept(found.read, entry / "read.parquet")
        about = {
            "rows": found.rows,
            "profile": found.profile,
            "notes": list(found.notes),
            "is_placed_later": is_placed_later,
        }
        (entry / "about.json").write_text(to_json(about), encoding="utf-8")
