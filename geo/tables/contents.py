"""What a file for GIS really holds, before GDAL opens it.

GDAL looks at the content, not at the name: a file called `.geojson` may be a virtual dataset, which
reads other files and asks servers.
"""

from pathlib import Path

from geo.errors import ReadError

__all__ = ["check_content"]

_GEOPACKAGE = b"SQLite format 3\0"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def check_content(path: Path) -> None:
    """Refuse a file that is neither JSON nor a GeoPackage.

    Raises
    ------
    ReadError
        The file cannot be read, or begins like neither of the two.
    """
    try:
        with path.open("rb") as stream:
            begins = stream.read(1_024)
    except OSError as error:
        raise ReadError(f"{path}: cannot be read ({error.strerror}).") from error
    if not begins.startswith(_GEOPACKAGE) and not _is_json(begins):
        raise ReadError(f"{path}: holds neither GeoJSON nor a GeoPackage; expected one of the two.")


def _is_json(begins: bytes) -> bool:
    return begins.removeprefix(_BYTE_ORDER_MARK).lstrip().startswith(b"{")
