"""What a recipe makes: a file with its description, written the same way every time."""

import hashlib
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd

import fetch

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ROOT / "data" / "shipped"
EXTRACTS = Path(__file__).parent / "extracts"
PUBLIC_DOMAIN = "LicenseRef-public-domain"


@dataclass(frozen=True)
class Product:
    """One file of `data/shipped`: what it is, whose work is inside, what it is made from."""

    name: str
    title: str
    licence: str
    attribution: str
    vintage: str
    packages: tuple[str, ...] = ()
    own_files: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Build:
    """Where a run reads its packages and writes its files."""

    shipped: Path = SHIPPED
    cache: Path | None = None

    def package(self, name: str) -> Path:
        """Path of a pinned source package."""
        return fetch.package_file(name, cache=self.cache)

    def path(self, name: str) -> Path:
        """Path of a product, finished or to be written."""
        return self.shipped / name

    def read(self, name: str) -> gpd.GeoDataFrame:
        """Read a finished GeoParquet product."""
        return gpd.read_parquet(self.path(name))

    def write(self, frame: pd.DataFrame, name: str) -> None:
        """Write a frame as (Geo)Parquet, with nothing in it that changes from run to run."""
        # Who reads the old file meanwhile keeps it whole.
        fresh = self.path(name).with_suffix(".part")
        frame.reset_index(drop=True).to_parquet(
            fresh, index=False, compression="zstd", compression_level=15
        )
        fresh.replace(self.path(name))


def say(text: str) -> None:
    """Tell progress on stderr."""
    print(text, file=sys.stderr, flush=True)


def own_table(name: str, *, columns: Iterable[str]) -> pd.DataFrame:
    """Read a table of our own hand that lies beside the recipes; empty cells become "".

    Raises
    ------
    ValueError
        The columns are not the expected ones.
    """
    path = Path(__file__).parent / name
    table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
    if list(table.columns) != list(columns):
        raise ValueError(f"{path}: columns are {list(table.columns)}, expected {list(columns)}.")
    return table


def check(holds: object, message: str) -> None:
    """Stop the recipe when a fact about its product does not hold.

    Raises
    ------
    ValueError
        `holds` is false.
    """
    if not holds:
        raise ValueError(message)


def manifest_entry(product: Product, build: Build, *, rows: int) -> dict[str, object]:
    """Describe a finished file for MANIFEST.toml."""
    content = build.path(product.name).read_bytes()
    pins = fetch.pins()
    return {
        "name": product.name,
        "title": product.title,
        "sha256": hashlib.sha256(content).hexdigest(),
        "bytes": len(content),
        "rows": rows,
        "licence": product.licence,
        "attribution": product.attribution,
        "vintage": product.vintage,
        "sources": [
            {
                "registry": pins[name].registry,
                "package": name,
                "version": pins[name].version,
                "sha256": pins[name].sha256,
            }
            for name in product.packages
        ],
        "own_files": list(product.own_files),
    }


def manifest_text(entries: Iterable[Mapping[str, object]]) -> str:
    """Lay the entries out as TOML, sorted by file name."""
    lines = ["# Written by data/sources/build.py. Do not edit.", ""]
    for entry in sorted(entries, key=lambda one: str(one["name"])):
        lines.append("[[file]]")
        lines += [f"{key} = {_toml(value)}" for key, value in entry.items()]
        lines.append("")
    return "\n".join(lines)


def _toml(value: object) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_toml(one)}" for key, one in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    if isinstance(value, int):
        return str(value)
    text = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'
