"""Finds the shipped reference files, proves them whole, and tells where each comes from.

`INCIDENTMAP_DATA` names another folder; else it is the one inside the installed package, or that of
a checkout.

A file is proved when it is first opened: its sha256 is the one in `MANIFEST.toml`. What was proved
is remembered in `proved.json` in the folder `INCIDENTMAP_CACHE`, else in the user's cache folder,
and is hashed again only when the size or a time of the file changes. Where that folder cannot be
written, each process hashes anew what it opens.
"""

import contextlib
import hashlib
import json
import os
import tempfile
import tomllib
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from geo.errors import ShippedDataError

__all__ = ["Product", "folder", "path", "products", "repair", "verify"]

_INSTALLED = Path(__file__).parent / "_data"
_CHECKOUT = Path(__file__).parent.parent / "data" / "shipped"
_MANIFEST = "MANIFEST.toml"

# Size, time of change of the content, time of any change.
_Stamp = tuple[int, int, int]

_proved_here: set[tuple[Path, _Stamp | None]] = set()


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
    """Path of a shipped file, which is as it was shipped.

    Raises
    ------
    ShippedDataError
        The file is missing or damaged, or `MANIFEST.toml` is.
    """
    found = folder() / name
    stamp = _stamp(found)
    if (found, stamp) not in _proved_here:
        _prove(found, stamp)
        _proved_here.add((found, stamp))
    return found


def products() -> dict[str, Product]:
    """Shipped files by name, from `MANIFEST.toml`.

    Raises
    ------
    ShippedDataError
        The manifest is missing or damaged.
    """
    manifest = folder() / _MANIFEST
    return _products(manifest, _stamp(manifest))


def verify(name: str) -> None:
    """Compare a shipped file with its checksum in the manifest, also one that was proved before.

    Raises
    ------
    ShippedDataError
        The file is missing, or its sha256 is not the one of the manifest.
    """
    found = folder() / name
    _prove(found, _stamp(found), anew=True)


def repair() -> str:
    """What brings the shipped files back, as a sentence for the user."""
    if os.environ.get("INCIDENTMAP_DATA"):
        return (
            "Copy all shipped files once more into the folder that INCIDENTMAP_DATA names, or "
            "unset INCIDENTMAP_DATA."
        )
    if folder() == _CHECKOUT:
        return "Run “git checkout -- data/shipped” in the checkout."
    return "Run “pip install --force-reinstall --no-deps incidentmap”."


def _stamp(file: Path) -> _Stamp | None:
    """What changes with a file; None where there is none."""
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns


def _prove(found: Path, stamp: _Stamp | None, *, anew: bool = False) -> None:
    """Compare a file with the manifest, unless this very version was found whole before."""
    known = products()
    if found.name == _MANIFEST:
        return
    product = known.get(found.name)
    if product is None:
        raise ShippedDataError(
            f"{found.with_name(_MANIFEST)}: does not list {found.name}; expected the manifest of "
            f"this version of incidentmap. {repair()}"
        )
    expected = f"{product.sha256} ({product.bytes:,} bytes)"
    if stamp is None:
        raise ShippedDataError(
            f"{found}: the reference file is missing; expected sha256 {expected}. {repair()}"
        )
    proof = [product.sha256, *stamp]
    if not anew and _proofs().get(_key(found)) == proof:
        return
    sha256 = _sha256(found)
    if sha256 != product.sha256:
        _remember(found, None)
        raise ShippedDataError(
            f"{found}: damaged, sha256 is {sha256} ({stamp[0]:,} bytes), expected {expected}. "
            f"{repair()}"
        )
    _remember(found, proof)


def _sha256(found: Path) -> str:
    try:
        with found.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise ShippedDataError(
            f"{found}: cannot be read ({error.strerror}); expected a file that you may read. "
            f"{repair()}"
        ) from error


@lru_cache(maxsize=4)
def _products(manifest: Path, stamp: _Stamp | None) -> dict[str, Product]:
    if stamp is None:
        raise ShippedDataError(
            f"{manifest}: missing; expected a folder with the shipped files and their manifest. "
            f"{repair()}"
        )
    try:
        entries = tomllib.loads(manifest.read_text(encoding="utf-8"))["file"]
        return {entry["name"]: _product(entry) for entry in entries}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ShippedDataError(
            f"{manifest}: damaged ({error!r}); expected TOML with an entry for each shipped file. "
            f"{repair()}"
        ) from error


def _product(entry: dict[str, Any]) -> Product:
    for field in fields(Product):
        if type(entry[field.name]) is not field.type:
            raise TypeError(f"{field.name} = {entry[field.name]!r}")
    return Product(**{field.name: entry[field.name] for field in fields(Product)})


def _record() -> Path:
    """File that remembers what was proved."""
    import platformdirs  # noqa: PLC0415  # nothing needs it while no shipped file is opened

    base = os.environ.get("INCIDENTMAP_CACHE")
    return (Path(base) if base else platformdirs.user_cache_path("incidentmap")) / "proved.json"


def _key(found: Path) -> str:
    return os.path.abspath(found)  # noqa: PTH100  # resolving links would ask the disk


def _proofs() -> dict[str, object]:
    """The sha256 and the stamp of each file that was proved, by its path."""
    try:
        proofs = json.loads(_record().read_bytes())
    except (OSError, ValueError):
        return {}
    return proofs if isinstance(proofs, dict) else {}


def _remember(found: Path, proof: list[object] | None) -> None:
    """Note a proof, or that there is none; forget files that are gone."""
    proofs = {name: one for name, one in _proofs().items() if os.path.exists(name)}  # noqa: PTH110
    proofs[_key(found)] = proof
    record = _record()
    # Without a place to write, the next process hashes once more.
    with contextlib.suppress(OSError):
        record.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=record.parent, prefix=".proved-") as inner:
            fresh = Path(inner) / record.name
            fresh.write_text(json.dumps(proofs), encoding="utf-8")
            fresh.replace(record)
