"""The formats that tables are written in: their names, extensions and writers."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

from geo.errors import WriteError

__all__ = ["FORMATS", "FileFormat", "find_format", "suffixes"]


@dataclass(frozen=True)
class FileFormat:
    """One kind of file.

    Parameters
    ----------
    title
        Name for people.
    suffixes
        Ends of file names, longest first.
    writer
        Module and function, as `module:function`.
    takes
        Fields of `Options` that mean something to it.
    loses
        What of an incident table it cannot hold, as sentences.
    rounds_trip
        Whether all else is read as it was written, but for rounding that `loses` tells.
    cuts
        Which shapes it cuts at ±180°: none, those of the geometry column, or all.
    """

    title: str
    suffixes: tuple[str, ...]
    writer: str
    takes: tuple[str, ...] = ()
    loses: tuple[str, ...] = ()
    rounds_trip: bool = True
    cuts: Literal["none", "geometry", "all"] = "none"

    def load(self) -> Callable[..., Any]:
        """The function that writes it; its module is imported now."""
        module, function = self.writer.split(":")
        found: Callable[..., Any] = getattr(import_module(f"geo.formats.{module}"), function)
        return found


_ROUNDED = (
    "Positions have six decimals of a degree; our own measures a decimetre, bearings two decimals, "
    "scores four."
)
_SIX = "Positions have six decimals of a degree."
_TEXTS = "Dates, numbers and truth values are texts."
_INSTANTS = "Instants are exact to a millisecond."
_SHAPES = "`footprint` is text (WKT)."
_FOOTPRINTS = (
    "`footprint` stands in the layer `footprints`, by `incident_id`; other geometries beside the "
    "point are text (WKT)."
)
_NUMBERS = (
    "Truth values and whole numbers that may be missing are read back as decimal numbers, exact to "
    "2^53; so are whole numbers of 2^63 and more."
)
_NO_NUL = "The sign NUL is left out of texts."
_NO_ROWS = "Tables without rows have no columns."
_NUMBERED = "get a number, and keep their own name beside it (as QGIS shows it)."
_BESIDE = "their own names stand beside them."
_PLACES = "Columns of the names `lon` and `lat` get a number."
_HEADERS = "Names of columns have no ends of lines and no blanks round them."
_NO_ABOUT = "What the file says of itself has no place in it."
_CHOSEN = "Columns without a place in this format are left out."

#: Formats by name, in the order in which they are told.
FORMATS: dict[str, FileFormat] = {
    "geojson": FileFormat(
        "GeoJSON (RFC 7946)",
        (".geojson", ".json"),
        "geojson:write_geojson",
        ("simplestyle",),
        (_ROUNDED, "Numbers that are not finite are null.", _NO_ROWS),
        cuts="all",
    ),
    "geojsonseq": FileFormat(
        "GeoJSON text sequence (RFC 8142; `.geojsonl` without separators)",
        (".geojsonl", ".geojsons"),
        "geojson:write_geojson_sequence",
        ("simplestyle",),
        (_ROUNDED, "Numbers that are not finite are null.", _NO_ROWS),
        cuts="all",
    ),
    "geopackage": FileFormat(
        "GeoPackage 1.3",
        (".gpkg",),
        "geopackage:write_geopackage",
        ("layers",),
        (
            _FOOTPRINTS,
            _NUMBERS,
            _INSTANTS,
            _NO_NUL,
            "Columns whose names differ by case alone, or are `fid`, `geom` or `geometry`, "
            + _NUMBERED,
        ),
        cuts="all",
    ),
    "geoparquet": FileFormat(
        "GeoParquet 1.1", (".parquet", ".geoparquet"), "parquet_files:write_geoparquet"
    ),
    "flatgeobuf": FileFormat(
        "FlatGeobuf",
        (".fgb",),
        "flatgeobuf:write_flatgeobuf",
        loses=(
            _SHAPES,
            "Days are moments at midnight.",
            _INSTANTS,
            _NUMBERS,
            _NO_NUL,
            "Columns whose names differ by case alone, or are `geometry`, " + _NUMBERED,
            "Where every row has a point, the rows stand in the order of the spatial index.",
        ),
        cuts="geometry",
    ),
    "kml": FileFormat(
        "KML 2.2",
        (".kml",),
        "kml:write_kml",
        loses=(
            _SIX, _TEXTS, _SHAPES, "Signs that XML does not know are left out.",
            "Empty texts and null are the same.",
            "Numbers that are not finite are null.",
            "Names of columns are in plain letters, those that differ by case alone get a number; "
            + _BESIDE,
            "Tables without rows cannot be read.",
        ),
        cuts="geometry",
    ),
    "csv": FileFormat(
        "CSV (RFC 4180, UTF-8)",
        (".csv",),
        "csv_files:write_csv",
        ("excel_safe",),
        (
            _SIX, _TEXTS, _SHAPES, _NO_ABOUT, "Empty texts and null are the same.",
            "Numbers that are not finite are null.", _NO_NUL, _PLACES, _HEADERS,
        ),
    ),
    "xlsx": FileFormat(
        "Workbook of Excel (needs the extra `tables`)",
        (".xlsx",),
        "workbook:write_workbook",
        loses=(
            _SIX,
            _SHAPES,
            "Texts that a spreadsheet would run as formulas begin with an apostrophe.",
            "Texts are cut at 32,767 letters; empty ones and null are the same.",
            "Ends of lines are line feeds; signs that XML does not know are left out.",
            "Instants are exact to a millisecond, and have no zone: they are UTC.",
            "Numbers keep 16 digits; those that are not finite are empty.",
            _PLACES,
            _HEADERS,
        ),
    ),
    "hxl": FileFormat(
        "CSV with HXL tags",
        (".hxl.csv",),
        "hxl:write_hxl",
        loses=(
            _CHOSEN, _SIX, _TEXTS, _NO_ABOUT, _NO_NUL,
            "Texts that a spreadsheet would run as formulas begin with an apostrophe.",
        ),
        rounds_trip=False,
    ),
    "acled": FileFormat(
        "CSV in the columns of ACLED",
        (".acled.csv",),
        "event_columns:write_acled_like",
        ("excel_safe", "native"),
        (
            _CHOSEN, _SIX, _TEXTS, _NO_ABOUT, _NO_NUL,
            "Rows of ACLED itself are written as they were read.",
        ),
        rounds_trip=False,
    ),
    "ucdp": FileFormat(
        "CSV in the columns of UCDP GED",
        (".ucdp.csv",),
        "event_columns:write_ucdp_like",
        ("excel_safe", "native"),
        (
            _CHOSEN, _SIX, _TEXTS, _NO_ABOUT, _NO_NUL,
            "Rows of UCDP itself are written as they were read.",
        ),
        rounds_trip=False,
    ),
    "native": FileFormat(
        "CSV of the `native_*` columns alone",
        (".native.csv",),
        "event_columns:write_native",
        ("excel_safe", "native"),
        (
            "All but the columns of the input, which are written as they were read.",
            _NO_ABOUT,
            _NO_NUL,
        ),
        rounds_trip=False,
    ),
}  # fmt: skip


def find_format(path: Path, name: str | None = None) -> FileFormat:
    """Format of a name, else that of the end of a file's name.

    Raises
    ------
    WriteError
        No format has this name or extension; lists those that there are.

    Examples
    --------
    >>> find_format(Path("incidents.geojson")).title
    'GeoJSON (RFC 7946)'
    """
    if name is not None:
        if name not in FORMATS:
            raise WriteError(f"{path}: unknown format {name!r}; expected {_either(FORMATS)}.")
        return FORMATS[name]
    file_name = path.name.lower()
    fitting = {
        suffix: found
        for found in FORMATS.values()
        for suffix in found.suffixes
        if file_name.endswith(suffix)
    }
    if not fitting:
        raise WriteError(
            f"{path}: unknown kind of file {path.suffix!r}; expected {_either(suffixes())}."
        )
    return fitting[max(fitting, key=len)]


def suffixes() -> tuple[str, ...]:
    """Ends of the file names of all formats.

    Examples
    --------
    >>> ".geojson" in suffixes()
    True
    """
    return tuple(suffix for found in FORMATS.values() for suffix in found.suffixes)


def _either(words: Any) -> str:  # noqa: ANN401
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last
