"""Items of a feed (RSS, Atom) as rows, with the shapes that GeoRSS and its relatives give them."""

from collections.abc import Iterator, Sequence

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geo.profiles.latlon_shapes import (
    box_shape,
    circle_shape,
    line_shape,
    point_shape,
    polygon_shape,
)
from geo.profiles.xml_nodes import XmlNode
from geo.schema import CRS
from geo.tables.raw import RawTable

__all__ = ["item_table"]

_PREFIXES = {
    "http://www.georss.org/georss": "georss",
    "http://www.georss.org/georss/10": "georss",
    "http://www.opengis.net/gml": "gml",
    "http://www.opengis.net/gml/3.2": "gml",
    "http://www.w3.org/2003/01/geo/wgs84_pos#": "geo",
    "http://www.gdacs.org": "gdacs",
    "http://www.gdacs.org/": "gdacs",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://glidenumber.net": "glide",
    "urn:oasis:names:tc:emergency:cap:1.1": "cap",
    "urn:oasis:names:tc:emergency:cap:1.2": "cap",
}
# Shapes before points: a feed that gives both means the area.
_READERS = {
    "polygon": polygon_shape,
    "posList": polygon_shape,
    "box": box_shape,
    "circle": lambda text: circle_shape(text, unit_m=1.0),
    "line": line_shape,
    "point": point_shape,
    "pos": point_shape,
}


def item_table(items: Sequence[XmlNode], origin: str) -> RawTable:
    """Raw table of the items of a feed: a column for each element that they have."""
    cells = pd.DataFrame([_cells(item) for item in items], index=range(len(items)), dtype="str")
    shapes = np.full(len(items), None, dtype=object)
    shapes[:] = [_shape(item) for item in items]
    places = gpd.GeoSeries(shapes, index=cells.index, crs=CRS)
    return RawTable(cells, places, origin=origin, kind="georss", row_word="item")


def _cells(item: XmlNode) -> dict[str, str]:
    """Texts by name; what occurs several times is joined by semicolons."""
    found: dict[str, list[str]] = {}
    for name, text in _texts(item, ""):
        if text not in found.setdefault(name, []):
            found[name].append(text)
    return {name: "; ".join(texts) for name, texts in found.items()}


def _texts(node: XmlNode, above: str) -> Iterator[tuple[str, str]]:
    for child in node.children:
        prefix = _PREFIXES.get(child.space, "")
        name = above + (f"{prefix}:{child.name}" if prefix else child.name)
        if child.text:
            yield name, child.text
        for key, value in child.attributes.items():
            if value.strip():
                yield f"{name}@{key}", value.strip()
        yield from _texts(child, f"{name}/")


def _shape(item: XmlNode) -> BaseGeometry | None:
    places = [node for node in item.walk() if _PREFIXES.get(node.space) in {"georss", "gml", "geo"}]
    for name, read in _READERS.items():
        for node in places:
            if node.name == name and node.text and (shape := read(node.text)) is not None:
                return shape
    return _envelope(places) or _lat_long(places)


def _envelope(places: Sequence[XmlNode]) -> BaseGeometry | None:
    corners = {node.name: node.text for node in places if node.name.endswith("Corner")}
    return box_shape(f"{corners.get('lowerCorner')} {corners.get('upperCorner')}")


def _lat_long(places: Sequence[XmlNode]) -> BaseGeometry | None:
    said = {node.name: node.text for node in places if node.name in {"lat", "long"}}
    point = point_shape(f"{said.get('lat')} {said.get('long')}")
    return point if point is not None and not shapely.is_empty(point) else None
