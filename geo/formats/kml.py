"""Tables as KML 2.2: placemarks with their days, in the colours of their kinds."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pyarrow as pa
import shapely

from geo.formats.about import About, column_meanings
from geo.formats.arrow_compute import compute as pc
from geo.formats.cell_texts import placeless_columns, text_table, without_control
from geo.formats.column_names import distinct_names
from geo.formats.flat_columns import flat_columns
from geo.formats.json_columns import joined
from geo.formats.options import Options
from geo.formats.rfc7946 import DECIMALS, tidied
from geo.vocabulary import kinds, slots

__all__ = ["write_kml"]

_TEXT = pa.large_string()
# Readers of XML make a line feed of a bare carriage return.
_WRITTEN = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("\r", "&#13;"))
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">\n'
_NO_LETTER = re.compile(r"[^0-9A-Za-z_]")
# What GDAL calls the parts of a placemark.
_OF_GDAL = (
    "id", "name", "description", "timestamp", "begin", "end", "altitudeMode", "tessellate",
    "extrude", "visibility", "drawOrder", "icon", "snippet", "heading", "tilt", "roll", "geometry",
)  # fmt: skip
# The style of what has no kind.
_PLAIN = "other"


def write_kml(table: gpd.GeoDataFrame, target: Path, about: About, options: Options) -> None:
    """Write a placemark for each row; all columns stand in its `ExtendedData` as texts.

    An incident of one day has a `TimeStamp`, one of several a `TimeSpan`. Texts are never markup.
    The data of the document lists all columns, also those without a value.

    Notes
    -----
    Source: OGC KML 2.2, which writes colours as alpha, blue, green, red.
    """
    del options
    texts = {
        str(name): _escaped(pa.array(column, type=_TEXT, from_pandas=True))
        for name, column in text_table(placeless_columns(table)).items()
    }
    named = _names(list(texts))
    parts: list[pa.Array | str] = ["<Placemark>"]
    if "title" in texts:
        parts += ["<name>", texts["title"], "</name>"]
    parts.append(_times(table))
    if "kind" in texts:
        known = pc.is_in(texts["kind"], value_set=pa.array(list(kinds()), type=_TEXT))
        style = pc.if_else(known, texts["kind"], _PLAIN)
        parts += ["<styleUrl>#", style, "</styleUrl>"]
    data = [_data(*named[name], column) for name, column in texts.items()]
    parts += ["<ExtendedData>", *data, "</ExtendedData>", _shapes(table), "</Placemark>\n"]
    rows = joined(*parts).to_pylist()
    with target.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(f"{_HEAD}<Document>\n<name>{_one(about.title)}</name>\n")
        stream.write(_styles() + _about(about, named))
        stream.writelines(rows)
        stream.write("</Document>\n</kml>\n")


def _times(table: gpd.GeoDataFrame) -> pa.Array:
    """Days of each row; empty where none is known."""
    flat = flat_columns(table[[name for name in ("date_start", "date_end") if name in table]])
    nothing = pa.nulls(len(table), _TEXT)
    start, end = (
        pc.fill_null(flat[name].cast(_TEXT) if name in flat else nothing, "")
        for name in ("date_start", "date_end")
    )
    one = joined("<TimeStamp><when>", start, "</when></TimeStamp>")
    begin = pc.if_else(pc.equal(start, ""), "", joined("<begin>", start, "</begin>"))
    finish = pc.if_else(pc.equal(end, ""), "", joined("<end>", end, "</end>"))
    several = joined("<TimeSpan>", begin, finish, "</TimeSpan>")
    unknown = pc.and_(pc.equal(start, ""), pc.equal(end, ""))
    return pc.if_else(unknown, "", pc.if_else(pc.equal(start, end), one, several)).cast(_TEXT)


def _names(columns: list[str]) -> dict[str, tuple[str, str]]:
    """Name of each column in the file, and an element with its own one where that differs.

    GDAL knows only plain letters in names, not their case, and has names of its own.
    """
    plain = distinct_names([_NO_LETTER.sub("_", name) for name in columns], _OF_GDAL)
    return {
        name: (written, "" if written == name else f"<displayName>{_one(name)}</displayName>")
        for name, written in zip(columns, plain, strict=True)
    }


def _data(name: str, called: str, column: pa.Array) -> pa.Array:
    known = joined(f'<Data name="{name}">{called}<value>', column, "</value></Data>")
    return pc.if_else(pc.equal(column, ""), "", known).cast(_TEXT)


def _shapes(table: gpd.GeoDataFrame) -> pa.Array:
    shapes = tidied(np.asarray(table.geometry, dtype=object))
    return pa.array([_shape(shape) for shape in shapes], type=_TEXT)


def _shape(shape: Any) -> str:  # noqa: ANN401
    if shape is None or shape.is_empty:
        return ""
    if isinstance(shape, shapely.Point):
        return f"<Point><coordinates>{_line(shape)}</coordinates></Point>"
    if isinstance(shape, shapely.LineString):
        return f"<LineString><coordinates>{_line(shape)}</coordinates></LineString>"
    if isinstance(shape, shapely.Polygon):
        rings = "".join(
            f"<{side}BoundaryIs><LinearRing><coordinates>{_line(ring)}</coordinates></LinearRing>"
            f"</{side}BoundaryIs>"
            for side, ring in [
                ("outer", shape.exterior), *(("inner", hole) for hole in shape.interiors)
            ]
        )  # fmt: skip
        return f"<Polygon>{rings}</Polygon>"
    return f"<MultiGeometry>{''.join(map(_shape, shapely.get_parts(shape)))}</MultiGeometry>"


def _line(shape: Any) -> str:  # noqa: ANN401
    corners = shapely.get_coordinates(shape).round(DECIMALS) + 0.0
    return " ".join(f"{lon!r},{lat!r}" for lon, lat in corners.tolist())


def _about(about: About, named: Mapping[str, tuple[str, str]]) -> str:
    meanings = column_meanings(named)
    lines = [(_one(name), "", value) for name, value in about.lines()]
    lines += [(f"column {name}", called, meanings[own]) for own, (name, called) in named.items()]
    data = "".join(
        f'<Data name="{name}">{called}<value>{_one(value)}</value></Data>\n'
        for name, called, value in lines
    )
    return f"<ExtendedData>\n{data}</ExtendedData>\n"


def _styles() -> str:
    return "".join(
        f'<Style id="{code}"><IconStyle><color>{_abgr(slots()[kind.slot].light)}</color>'
        "</IconStyle></Style>\n"
        for code, kind in kinds().items()
    )


def _abgr(colour: str) -> str:
    red, green, blue = (colour[at : at + 2].lower() for at in (1, 3, 5))
    return f"ff{blue}{green}{red}"


def _one(text: str) -> str:
    return str(_escaped(pa.array([text], type=_TEXT))[0].as_py())


def _escaped(texts: pa.Array) -> pa.Array:
    plain = without_control(texts)
    for sign, written in _WRITTEN:
        plain = pc.replace_substring(plain, sign, written)
    return plain
