"""Finds the shipped reference files, and tells where each comes from.

`INCIDENTMAP_DATA` names another folder; else it is the one inside the installed package, or that of
a checkout.
"""

import hashlib
import os
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from geo.errors import ShippedDataError

__all__ = ["Product", "folder", "path", "products", "verify"]

_INSTALLED = Path(__file__).parent / "_data"
_CHECKOUT = Path(__file__).parent.parent / "data" / "shipped"
_REPAIR = "Reinstall incidentmap, or point INCIDENTMAP_DATA at a complete folder."


@dataclass(frozen=True)
class Product:
    """One shipped file with its licence and origin."""

    name: str
    title: str
    sha256: str
    bytes: int
    rows: int
    licence: str
    attribution: str
    vintage: str


def folder() -> Path:
    """Folder that holds the shipped files."""
    override = os.environ.get("INCIDENTMAP_DATA")
    if override:
        return Path(override)
    return _INSTALLED if _INSTALLED.is_dir() else _CHECKOUT


def path(name: str) -> Path:
    """Path of a shipped file.

    Raises
    ------
    ShippedDataError
        The file is not there.
    """
    found = folder() / name
    if not found.is_file():
        raise ShippedDataError(f"{found}: the reference file is missing. {_REPAIR}")
    return found


@cache
def products() -> dict[str, Product]:
    """Shipped files by name, from `MANIFEST.toml`."""
    manifest = tomllib.loads(path("MANIFEST.toml").read_text(encoding="utf-8"))
    fields = Product.__dataclass_fields__
    return {
        entry["name"]: Product(**{name: entry[name] for name in fields})
        for entry in manifest["file"]
    }


def verify(name: str) -> None:
    """Compare a shipped file with its checksum in the manifest.

    Raises
    ------
    ShippedDataError
        The file is missing, or its sha256 is not the one of the manifest.
    """
    found = path(name)
    with found.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    expected = products()[name].sha256
    if sha256 != expected:
        raise ShippedDataError(
            f"{found}: damaged, sha256 is {sha256}, expected {expected}. {_REPAIR}"
        )
