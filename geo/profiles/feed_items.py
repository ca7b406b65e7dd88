"""Items of a feed (RSS, Atom) as rows, with the shapes that GeoRSS and its relatives give them."""

from collections.abc import Iterator, Sequence

import geopandas as gpd
import numpy as np
import pandas as pd
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

__all__ = ["filled_by_places", "item_shapes", "item_table", "place_columns"]

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
# Circles of alerts have kilometres, those of GeoRSS metres.
_KM_CIRCLE = "circle_km"
# Shapes before points: a feed that gives both means the area.
_READERS = {
    "polygon": polygon_shape,
    "posList": polygon_shape,
    "box": box_shape,
    "circle": lambda text: circle_shape(text, unit_m=1.0),
    _KM_CIRCLE: lambda text: circle_shape(text, unit_m=1_000.0),
    "line": line_shape,
    "point": point_shape,
    "pos": point_shape,
}
_PLACES = frozenset({"georss", "gml", "geo"})
_ELEMENTS = frozenset({*_READERS, "lat", "long"})
_OF_ALERTS = {"polygon": "polygon", "circle": _KM_CIRCLE}
_WIDE = ("polygon", "posList", "box", "circle", _KM_CIRCLE)
# What stands between texts of several elements of one name.
_JOINT = "; "


def item_table(items: Sequence[XmlNode], origin: str) -> RawTable:
    """Raw table of the items of a feed: a column for each element that they have."""
    cells = pd.DataFrame([_cells(item) for item in items], index=range(len(items)), dtype="str")
    shapes = np.full(len(items), None, dtype=object)
    shapes[:] = [_shape(_places(item)) for item in items]
    places = gpd.GeoSeries(shapes, index=cells.index, crs=CRS)
    return RawTable(cells, places, origin=origin, kind="georss", row_word="item")


def place_columns(cells: pd.DataFrame) -> dict[str, str]:
    """Columns with points, lines and areas of items, and the name of the element of each."""
    parts = {str(name): str(name).rpartition("/")[2].partition(":") for name in cells.columns}
    found = {name: _element(prefix, element) for name, (prefix, _, element) in parts.items()}
    return {
        name: element
        for name, element in found.items()
        if element is not None and (element in _ELEMENTS or element.endswith("Corner"))
    }


def filled_by_places(cells: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """Columns with points, lines and areas of items, and the incident columns that each fills.

    Examples
    --------
    >>> filled_by_places(pd.DataFrame({"georss:where/gml:Point/gml:pos": ["33.3 38.7"]}))
    {'georss:where/gml:Point/gml:pos': ('geometry',)}
    """
    wide, narrow = ("footprint", "geometry", "uncertainty_m"), ("geometry",)
    places = place_columns(cells)
    return {name: wide if element in _WIDE else narrow for name, element in places.items()}


def item_shapes(cells: pd.DataFrame) -> gpd.GeoSeries:
    """Shapes of items that are a table again, from the texts that they were read from.

    Examples
    --------
    >>> item_shapes(pd.DataFrame({"georss:point": ["33.306 38.703"]})).to_wkt().tolist()
    ['POINT (38.703 33.306)']
    """
    elements = place_columns(cells)
    shapes = np.full(len(cells), None, dtype=object)
    # Without columns, older versions of pandas have no rows.
    if not elements:
        return gpd.GeoSeries(shapes, index=cells.index, crs=CRS)
    texts = cells[list(elements)].astype("str")
    shapes[:] = [
        _shape(
            [
                (element, part)
                for element, text in zip(elements.values(), row, strict=True)
                if isinstance(text, str)
                for part in text.split(_JOINT)
            ]
        )
        for row in texts.itertuples(index=False, name=None)
    ]
    return gpd.GeoSeries(shapes, index=cells.index, crs=CRS)


def _cells(item: XmlNode) -> dict[str, str]:
    """Texts by name; what occurs several times is joined by semicolons."""
    found: dict[str, list[str]] = {}
    for name, text in _texts(item, ""):
        if text not in found.setdefault(name, []):
            found[name].append(text)
    return {name: _JOINT.join(texts) for name, texts in found.items()}


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


def _places(item: XmlNode) -> list[tuple[str, str]]:
    """Names and texts of the elements that place an item."""
    named = ((_element(_PREFIXES.get(node.space, ""), node.name), node) for node in item.walk())
    return [(name, node.text) for name, node in named if name is not None and node.text]


def _element(prefix: str, name: str) -> str | None:
    """What places an element of a feed; None where it is of another vocabulary."""
    if prefix == "cap":
        return _OF_ALERTS.get(name)
    return name if prefix in _PLACES else None


def _shape(places: Sequence[tuple[str, str]]) -> BaseGeometry | None:
    for name, read in _READERS.items():
        for element, text in places:
            if element == name and (shape := read(text)) is not None:
                return shape
    said = dict(places)
    corners = f"{said.get('lowerCorner')} {said.get('upperCorner')}"
    return box_shape(corners) or point_shape(f"{said.get('lat')} {said.get('long')}")
