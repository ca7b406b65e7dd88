"""Builds the products of `data/shipped` from the pinned packages.

`python data/sources/build.py [PRODUCT...] [--cache FOLDER] [--out FOLDER]`
"""

import argparse
import sqlite3
import sys
import time
import tomllib
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from types import ModuleType

import numpy as np
import pyarrow.parquet as pq

# The recipes normalise names with the function that the library searches with.
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import arcs
import atom_cells
import atoms
import countries
import gazetteer_airports
import gazetteer_curated
import gazetteer_geonames
import gazetteer_naturalearth
import gazetteer_ports
import gazetteer_us_places
import lakes
import name_indexes
import provinces
import regions
import rivers
import seas
import worldviews
from geo.gazetteer.name_index import NameIndex, fingerprint
from products import SHIPPED, Build, Product, manifest_entry, manifest_text, say

_MANIFEST = "MANIFEST.toml"
# In the order of their needs.
_RECIPES = (
    provinces,
    atoms,
    atom_cells,
    worldviews,
    arcs,
    countries,
    regions,
    seas,
    lakes,
    rivers,
    gazetteer_geonames,
    gazetteer_us_places,
    gazetteer_naturalearth,
    gazetteer_curated,
    gazetteer_airports,
    gazetteer_ports,
    name_indexes,
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Build the named products, or all, and write MANIFEST.toml."""
    by_name = {product.name: module for module in _RECIPES for product in _products(module)}
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("products", nargs="*", metavar="PRODUCT", choices=[*by_name, []])
    parser.add_argument("--cache", type=Path, help="folder of the downloaded packages")
    parser.add_argument("--out", type=Path, default=SHIPPED, help="folder of the products")
    options = parser.parse_args(arguments)
    run = Build(shipped=options.out, cache=options.cache)
    run.shipped.mkdir(parents=True, exist_ok=True)
    wanted = {by_name[name] for name in options.products or by_name}
    if wanted.intersection(name_indexes.GAZETTEERS):
        # An index belongs to one version of its gazetteer.
        wanted.add(name_indexes)
    for module in _RECIPES:
        if module in wanted:
            _build(module, run)
    _write_manifest(run, made=wanted, known=set(by_name))


def _products(module: ModuleType) -> tuple[Product, ...]:
    found: tuple[Product, ...] = getattr(module, "PRODUCTS", None) or (module.PRODUCT,)
    return found


def _build(module: ModuleType, run: Build) -> None:
    names = ", ".join(product.name for product in _products(module))
    say(f"build {names}")
    started = time.perf_counter()
    module.build(run)
    say(f"  done in {time.perf_counter() - started:.0f} s")


def _write_manifest(run: Build, *, made: set[ModuleType], known: set[str]) -> None:
    """Describe what this run made; keep the entries of the other products that still exist."""
    path = run.path(_MANIFEST)
    old = tomllib.loads(path.read_text(encoding="utf-8"))["file"] if path.is_file() else []
    entries = {entry["name"]: entry for entry in old if entry["name"] in known}
    for module in made:
        for product in _products(module):
            rows = _rows(run.path(product.name))
            entries[product.name] = manifest_entry(product, run, rows=rows)
    path.write_text(manifest_text(entries.values()), encoding="utf-8")


def _rows(path: Path) -> int:
    if path.suffix == ".parquet":
        return int(pq.read_metadata(path).num_rows)
    if path.suffix == ".npy":
        return len(np.load(path, mmap_mode="r"))
    if path.suffix == ".names":
        index = NameIndex(path, stamp=fingerprint(path.with_suffix(".sqlite")))
        with closing(index):
            return index.lines
    with closing(sqlite3.connect(f"{path.as_uri()}?immutable=1", uri=True)) as database:
        return int(database.execute("SELECT count(*) FROM place").fetchone()[0])


if __name__ == "__main__":
    main()
