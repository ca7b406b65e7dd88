"""Tables as KML 2.2: placemarks with their days, in the colours of their kinds."""

from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pyarrow as pa
import shapely

from geo.formats.about import About, column_meanings
from geo.formats.arrow_compute import compute as pc
from geo.formats.cell_texts import cell_columns, text_table, without_control
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
# The style of what has no kind.
_PLAIN = "other"


def write_kml(table: gpd.GeoDataFrame, target: Path, about: About, options: Options) -> None:
    """Write a placemark for each row; all columns stand in its `ExtendedData` as texts.

    An incident of one day has a `TimeStamp`, one of several a `TimeSpan`. Texts are never markup.

    Notes
    -----
    Source: OGC KML 2.2, which writes colours as alpha, blue, green, red.
    """
    del options
    texts = {
        name: _escaped(pa.array(column, type=_TEXT, from_pandas=True))
        for name, column in text_table(cell_columns(table)).items()
    }
    parts: list[pa.Array | str] = ["<Placemark>"]
    if "title" in texts:
        parts += ["<name>", texts["title"], "</name>"]
    parts.append(_times(table))
    if "kind" in texts:
        known = pc.is_in(texts["kind"], value_set=pa.array(list(kinds()), type=_TEXT))
        style = pc.if_else(known, texts["kind"], _PLAIN)
        parts += ["<styleUrl>#", style, "</styleUrl>"]
    data = [_data(str(name), column) for name, column in texts.items()]
    parts += ["<ExtendedData>", *data, "</ExtendedData>", _shapes(table), "</Placemark>\n"]
    rows = joined(*parts).to_pylist()
    with target.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(f"{_HEAD}<Document>\n<name>{_one(about.title)}</name>\n")
        stream.write(_styles() + _about(about, table))
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


def _data(name: str, column: pa.Array) -> pa.Array:
    known = joined(f'<Data name="{_one(name)}"><value>', column, "</value></Data>")
    return pc.if_else(pc.equal(column, ""), "", known).cast(_TEXT)


def _shapes(table: gpd.GeoDataFrame) -> pa.Array:
    shapes = tidied(np.asarray(table.geometry, dtype=object))
    return pa.array([_shape(shape) for shape in shapes], type=_TEXT)


def _shape(shape: Any) -> str:  # noqa: ANN401
    if shape is None:
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


def _about(about: About, table: gpd.GeoDataFrame) -> str:
    meanings = column_meanings(map(str, table.columns)).items()
    lines = [*about.lines(), *((f"column {name}", meaning) for name, meaning in meanings)]
    data = "".join(
        f'<Data name="{_one(name)}"><value>{_one(value)}</value></Data>\n' for name, value in lines
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
