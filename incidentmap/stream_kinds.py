"""Of which kind a file without a name is, by its content."""

import json
import zipfile
from pathlib import Path

__all__ = ["kind_of"]

_SIGNS = ((b"PAR1", ".parquet"), (b"SQLite format 3\0", ".gpkg"), (b"fgb", ".fgb"),
          (b"%PDF", ".pdf"))  # fmt: skip
_ARCHIVE = b"PK\x03\x04"
_MARKUP = ((b"<kml", ".kml"), (b"<gpx", ".gpx"), (b"<html", ".html"), (b"<!doctype html", ".html"))
_HEAD_BYTES = 4_096
_LONGEST_LINE = 10_000_000
_SEPARATOR = b"\x1e"


def kind_of(path: Path, *, otherwise: str) -> str:
    """Extension that a file with this content would have.

    Parameters
    ----------
    path
        File under any name.
    otherwise
        Extension of plain text.
    """
    with path.open("rb") as stream:
        head = stream.read(_HEAD_BYTES)
    for sign, suffix in _SIGNS:
        if head.startswith(sign):
            return suffix
    if head.startswith(_ARCHIVE):
        return _kind_of_archive(path)
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith((b"{", b"[", _SEPARATOR)):
        return _kind_of_json(path)
    if text.startswith(b"<"):
        lower = text.lower()
        return next((suffix for sign, suffix in _MARKUP if sign in lower), ".xml")
    return otherwise


def _kind_of_archive(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (OSError, ValueError, zipfile.BadZipFile):
        return ".zip"
    if "xl/workbook.xml" in names:
        return ".xlsx"
    if "content.xml" in names:
        return ".ods"
    return ".kmz" if any(name.lower().endswith(".kml") for name in names) else ".zip"


def _kind_of_json(path: Path) -> str:
    """One value on each of several lines, or one in all."""
    with path.open("rb") as stream:
        first, second = stream.readline(_LONGEST_LINE), stream.readline(_HEAD_BYTES)
    if first.startswith(_SEPARATOR):
        return ".geojsons"
    try:
        json.loads(first)
    except (ValueError, RecursionError):
        return ".json"
    return ".ndjson" if second.lstrip().startswith(b"{") else ".json"
