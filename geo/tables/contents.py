"""What a file for GIS really holds, before GDAL opens it.

GDAL looks at the content, not at the name: a file called `.geojson` may be a virtual dataset, which
reads other files and asks servers.
"""

from pathlib import Path
from xml.parsers import expat

from geo.errors import ReadError

__all__ = ["check_content", "check_kind"]

_GEOPACKAGE = b"SQLite format 3\0"
_BEGINNINGS = {".gpkg": _GEOPACKAGE, ".shp": b"\x00\x00\x27\x0a", ".fgb": b"fgb\x03fgb"}
_NAMES = {
    ".gpkg": "GeoPackage", ".shp": "Shapefile", ".fgb": "FlatGeobuf file", ".kml": "KML document",
    ".gpx": "GPX document",
}  # fmt: skip
_ROOTS = {".kml": "kml", ".gpx": "gpx"}
# GDAL looks for it anywhere at the beginning of a file.
_VIRTUAL = b"<OGRVRT"
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


def check_kind(path: Path, kind: str) -> None:
    """Refuse a file that does not begin as its extension says, or that another driver would open.

    Parameters
    ----------
    path
        The file.
    kind
        One of .gpkg, .shp, .kml, .gpx, .fgb.

    Raises
    ------
    ReadError
        The file cannot be read, or is of another kind.
    """
    try:
        with path.open("rb") as stream:
            begins = stream.read(16)
            is_right = begins.startswith(_BEGINNINGS[kind]) if kind in _BEGINNINGS else True
            if kind in _ROOTS:
                is_right = _has_root(begins + stream.read(), _ROOTS[kind], path)
    except OSError as error:
        if isinstance(error, ReadError):
            raise
        raise ReadError(f"{path}: cannot be read ({error.strerror}).") from error
    if not is_right:
        raise ReadError(f"{path}: is no {_NAMES[kind]}, though its name says so.")


def _has_root(content: bytes, root: str, path: Path) -> bool:
    found: list[str] = []

    def begin(name: str, _: object) -> None:
        if not found:
            found.append(name.rpartition(":")[2])

    def refuse(*_: object) -> None:
        raise ReadError(f"{path}: declares entities, which is not read; save it without them.")

    if _VIRTUAL in content:
        raise ReadError(f"{path}: describes a virtual dataset, which is not read.")
    parser = expat.ParserCreate()
    parser.StartElementHandler = begin
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(content, True)  # noqa: FBT003  # its only form
    except expat.ExpatError as error:
        raise ReadError(f"{path}: broken XML ({error}); expected {root.upper()}.") from error
    return found == [root]
