"""The manifest tells the truth about the shipped files, and the licences stay apart."""

from __future__ import annotations

import sqlite3
import tomllib
import zlib
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest

from geo import shipped
from geo.gazetteer.name_index import NameIndex, fingerprint

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "data" / "sources"
LICENCE_TEXTS = ROOT / "LICENSES"
MANIFEST = tomllib.loads(shipped.path("MANIFEST.toml").read_text(encoding="utf-8"))["file"]
PUBLIC_DOMAIN = "LicenseRef-public-domain"
LICENCES = {PUBLIC_DOMAIN, "CC-BY-4.0", "ISC", "ODbL-1.0", "MIT"}
LARGEST_FILE = 60_000_000
LARGEST_SUM = 130_000_000
LARGEST_PACKED_SUM = 60_000_000

each_file = pytest.mark.parametrize("entry", MANIFEST, ids=lambda entry: entry["name"])


def _rows(path: Path) -> int:
    if path.suffix == ".parquet":
        return int(pq.read_metadata(path).num_rows)
    if path.suffix == ".npy":
        return len(np.load(path, mmap_mode="r"))
    if path.suffix == ".names":
        with closing(NameIndex(path, stamp=fingerprint(path.with_suffix(".sqlite")))) as index:
            return index.lines
    with closing(sqlite3.connect(f"{path.as_uri()}?immutable=1", uri=True)) as database:
        return int(database.execute("SELECT count(*) FROM place").fetchone()[0])


def test_every_shipped_file_has_one_entry() -> None:
    files = {path.name for path in shipped.folder().iterdir() if not path.name.startswith(".")}
    assert sorted(entry["name"] for entry in MANIFEST) == sorted(files - {"MANIFEST.toml"})


@each_file
def test_entry_describes_its_file(entry: dict[str, Any]) -> None:
    path = shipped.path(entry["name"])
    shipped.verify(entry["name"])
    assert path.stat().st_size == entry["bytes"]
    assert _rows(path) == entry["rows"] > 0


@each_file
def test_entry_is_complete(entry: dict[str, Any]) -> None:
    assert entry["title"]
    assert entry["attribution"]
    assert entry["vintage"]
    assert entry["sources"] or entry["own_files"]
    for name in entry["own_files"]:
        assert (SOURCES / name).is_file()


@each_file
def test_licences_never_mix_in_one_file(entry: dict[str, Any]) -> None:
    pins = tomllib.loads((SOURCES / "pins.toml").read_text(encoding="utf-8"))
    assert entry["licence"] in LICENCES
    for source in entry["sources"]:
        pin = pins[source["package"]]
        # What is in the public domain may go into any file.
        assert pin["licence"] in {entry["licence"], PUBLIC_DOMAIN}
        assert {key: pin[key] for key in ("registry", "version", "sha256")} == {
            key: source[key] for key in ("registry", "version", "sha256")
        }


def test_licences_are_named_and_their_texts_inside() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = {entry["licence"] for entry in MANIFEST} - {PUBLIC_DOMAIN}
    named = set(project["license"].split(" AND "))
    assert named == needed | {"MIT", "BSD-2-Clause", "BSD-3-Clause", "OFL-1.1"}
    assert {f"{name}.txt" for name in named} == {file.name for file in LICENCE_TEXTS.iterdir()}
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    assert all(f"LICENSES/{name}.txt" in notice for name in named - {"MIT"})


def test_wheel_stays_small() -> None:
    sizes = [entry["bytes"] for entry in MANIFEST]
    assert max(sizes) < LARGEST_FILE
    assert sum(sizes) < LARGEST_SUM
    packed = [len(zlib.compress(shipped.path(entry["name"]).read_bytes(), 6)) for entry in MANIFEST]
    assert sum(packed) < LARGEST_PACKED_SUM


def test_sources_name_no_host() -> None:
    for path in [*SOURCES.glob("*.toml"), *SOURCES.glob("*.txt"), *SOURCES.glob("*.py")]:
        text = path.read_text(encoding="utf-8")
        assert "http" not in text, path.name
