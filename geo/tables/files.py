"""Files of all kinds as raw tables: every row and value as the file has it."""

from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from geo.errors import ReadError
from geo.tables.archives import named_after, open_archive, read_member
from geo.tables.delimited import DelimitedFile
from geo.tables.encodings import examine_text
from geo.tables.gis_files import GIS_DRIVERS, read_gis, read_kmz, read_zipped_shapefile
from geo.tables.json_files import read_json
from geo.tables.limits import check_size
from geo.tables.parquet_files import read_parquet
from geo.tables.raw import RawTable
from geo.tables.spreadsheets import read_workbook

__all__ = ["SUFFIXES", "FeedReader", "delimited_file", "read_table_file"]

#: Reads the bytes of an XML feed, called by the given name; None where it is none.
FeedReader = Callable[[bytes, str], RawTable | None]
_Reader = Callable[[Path, str | None, str | None], RawTable]

#: Extensions of texts with delimiters.
DELIMITED = (".csv", ".tsv", ".tab", ".psv")
_JSON = (".geojson", ".json")
_JSON_LINES = (".ndjson", ".jsonl", ".geojsonl", ".geojsons")
_WORKBOOKS = (".xlsx", ".xlsm", ".ods")
_PARQUET = (".parquet", ".geoparquet")
_FEEDS = (".xml", ".rss", ".atom", ".cap", ".georss")
_PACKED = (".zip", ".kmz")
#: Extensions of the tables that are read.
SUFFIXES = (
    *DELIMITED, *_JSON, *_JSON_LINES, *_WORKBOOKS, *GIS_DRIVERS, *_PARQUET, *_FEEDS, *_PACKED,
)  # fmt: skip
_EXPECTED = (
    "expected a CSV (.csv, .tsv), XLSX, ODS, JSON, NDJSON, GeoJSON (.geojson, .json), GeoPackage, "
    "Shapefile (.shp, .zip), KML, KMZ, GPX, FlatGeobuf or Parquet file of incidents"
)
_LARGEST_FEED = 200_000_000


def read_table_file(
    path: Path,
    *,
    layer: str | None = None,
    encoding: str | None = None,
    read_feed: FeedReader | None = None,
) -> RawTable:
    """Raw table of a file.

    Parameters
    ----------
    path
        The file; its extension says of which kind it is.
    layer
        Sheet or layer; None takes the first that has incidents.
    encoding
        Encoding of a text file; None finds it.
    read_feed
        What reads XML feeds; None reads none.

    Raises
    ------
    ReadError
        The file is missing, empty, binary, of an unknown kind, broken or too large.
    MissingExtraError
        The file is a workbook, and the extra `tables` is not installed.
    """
    suffix = path.suffix.lower()
    if suffix in _FEEDS and read_feed is not None:
        return _read_feed(path, read_feed)
    for suffixes, read in _READERS:
        if suffix in suffixes:
            return read(path, layer, encoding)
    raise ReadError(f"{path}: unknown kind of file {suffix!r}; {_EXPECTED}.")


def delimited_file(path: Path, *, encoding: str | None = None) -> DelimitedFile:
    """A CSV file or its kin, not read yet.

    Raises
    ------
    ReadError
        The file is missing, empty or binary.
    """
    return DelimitedFile(examine_text(path, expected=_EXPECTED, encoding=encoding))


def _read_delimited(path: Path, _layer: str | None, encoding: str | None) -> RawTable:
    check_size(path)
    return delimited_file(path, encoding=encoding).whole()


def _read_json(path: Path, _layer: str | None, encoding: str | None) -> RawTable:
    text = examine_text(path, expected=_EXPECTED, encoding=encoding)
    return read_json(text, is_lines=path.suffix.lower() in _JSON_LINES)


def _read_zip(path: Path, layer: str | None, encoding: str | None) -> RawTable:
    """A Shapefile, or the only table of a ZIP file, such as GDELT's."""
    with open_archive(path, expected=_EXPECTED) as archive:
        names = [name for name in archive.namelist() if "__MACOSX" not in name]
        tables = [
            name
            for name in names
            if Path(name).suffix.lower() in (*DELIMITED, *_JSON, *_JSON_LINES)
        ]
        if not tables or any(name.lower().endswith(".shp") for name in names):
            return read_zipped_shapefile(path, layer=layer, encoding=encoding)
        if len(tables) > 1:
            some = ", ".join(tables[:3])
            raise ReadError(
                f"{path}: holds {len(tables)} tables ({some}), expected one; unpack the one that "
                "is meant."
            )
        with TemporaryDirectory() as folder, named_after(path, folder):
            inner = Path(folder, "table").with_suffix(Path(tables[0]).suffix)
            inner.write_bytes(read_member(archive, tables[0]))
            return replace(read_table_file(inner, encoding=encoding), origin=str(path))


def _read_feed(path: Path, read_feed: FeedReader) -> RawTable:
    try:
        if path.stat().st_size > _LARGEST_FEED:
            raise ReadError(f"{path}: larger than {_LARGEST_FEED:,} bytes, as no feed is.")
        content = path.read_bytes()
    except OSError as error:
        if isinstance(error, ReadError):
            raise
        raise ReadError(f"{path}: cannot be read ({error.strerror}); {_EXPECTED}.") from error
    raw = read_feed(content, str(path))
    if raw is None:
        raise ReadError(f"{path}: XML of an unknown kind; expected GeoRSS, GDACS or CAP.")
    return raw


_READERS: tuple[tuple[Collection[str], _Reader], ...] = (
    (DELIMITED, _read_delimited),
    ((*_JSON, *_JSON_LINES), _read_json),
    (_WORKBOOKS, lambda path, layer, _: read_workbook(path, layer=layer)),
    (GIS_DRIVERS, lambda path, layer, encoding: read_gis(path, layer=layer, encoding=encoding)),
    (_PARQUET, lambda path, _layer, _encoding: read_parquet(path)),
    ((".kmz",), lambda path, layer, _: read_kmz(path, layer=layer)),
    ((".zip",), _read_zip),
)
