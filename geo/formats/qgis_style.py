"""Styles of QGIS (QML) in the colours and words of the vocabulary."""

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from geo.vocabulary import PRECISIONS, kinds, slots

__all__ = ["QGIS_VERSION", "Look", "add_style", "qml", "styles_of"]

#: The oldest version that styles, metadata and projects were proved with.
QGIS_VERSION = "3.22"
_CATEGORIES = "Symbology|Labeling|MapTips|Temporal|Fields"
_BY_EXPRESSIONS = "4"
# With the fields alone, GDAL compares days and instants as texts: the last day would be lost.
# What has no day is always there.
_BEGIN = "to_datetime(coalesce(to_string(\"{}\"), '0001-01-01') || 'T00:00:00')"
_END = "to_datetime(coalesce(to_string(\"{}\"), '9999-12-31') || 'T23:59:59')"
_SYMBOLS = {"POINT": "marker", "LINESTRING": "line", "POLYGON": "fill"}
_LABELLED_FROM = "1000000"
_GREY = "#6E7580"
_OPAQUE = 255
_AREA_ALPHA = 45
# The vaguer the place, the fainter the mark; what stands for a whole province or country is hollow.
_FAINTNESS = (
    "set_color_part(@symbol_color, 'alpha', CASE WHEN \"precision\" IN ('exact', 'site', "
    "'settlement') THEN 255 WHEN \"precision\" IN ('vicinity', 'line', 'water', 'admin2') THEN 130 "
    "ELSE 25 END)"
)
# From the sharpest to the vaguest.
_PRECISION_COLOURS = (
    "#08306B", "#08519C", "#2171B5", "#4292C6", "#41AB5D", "#238B45", "#FEB24C", "#FD8D3C",
    "#E31A1C", _GREY,
)  # fmt: skip


@dataclass(frozen=True)
class Look:
    """How a layer is drawn.

    Parameters
    ----------
    name
        What QGIS lists it as.
    symbol
        `marker`, `line` or `fill`.
    column
        Column by which categories are drawn; None for one symbol.
    categories
        Value to label and colour (#RRGGBB).
    colour
        Of what is in no category.
    alpha
        Of fills, 0 to 255.
    label
        Column that is written beside the marks.
    fades
        Whether vaguer places are fainter.
    """

    name: str
    symbol: str
    column: str | None = None
    categories: Mapping[str, tuple[str, str]] | None = None
    colour: str = _GREY
    alpha: int = _OPAQUE
    label: str | None = None
    fades: bool = False


def styles_of(layer: str, geometry_type: str) -> tuple[Look, ...]:
    """Styles of a layer of an incident table, the default one first; empty for other layers.

    Parameters
    ----------
    layer
        Its name.
    geometry_type
        As GDAL or a GeoPackage names it. With a symbol for another, QGIS would draw nothing.

    Examples
    --------
    >>> [look.name for look in styles_of("incidents", "Point")]
    ['By kind', 'By precision']
    >>> styles_of("sites", "MULTIPOLYGON")[0].symbol
    'fill'
    """
    symbol = _SYMBOLS.get(geometry_type.upper().removeprefix("MULTI"), "")
    by_kind = {
        code: (kind.label, slots()[kind.slot].light) for code, kind in kinds().items()
    }  # fmt: skip
    words = {
        word: (word.capitalize(), colour)
        for word, colour in zip(PRECISIONS, _PRECISION_COLOURS, strict=True)
    }
    area = Look("By kind", "fill", "kind", by_kind, alpha=_AREA_ALPHA)
    alpha = _AREA_ALPHA if symbol == "fill" else _OPAQUE
    looks = {
        "incidents": (
            Look("By kind", "marker", "kind", by_kind, label="title", fades=True),
            Look("By precision", "marker", "precision", words, label="title"),
        ),
        "uncertainty": (area,),
        "footprints": (area,),
        "border_links": (Look("Links", "line"),),
        "admin_counts": (Look("Counts", "fill", alpha=_AREA_ALPHA, label="incidents"),),
        "sites": (Look("Sites", symbol, colour="#1A1A1A", alpha=alpha),),
    }.get(layer, ())
    return tuple(look for look in looks if look.symbol == symbol in _SYMBOLS.values())


def qml(look: Look, columns: Iterable[str]) -> str:
    """One style as QML.

    Parameters
    ----------
    look
        How the layer is drawn.
    columns
        Those of the layer: labels, map tips and the clock use what is there.
    """
    root = ET.Element("qgis", version=QGIS_VERSION)
    add_style(root, look, columns)
    ET.indent(root, " ")
    return (
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
        + ET.tostring(root, encoding="unicode")
        + "\n"
    )


def add_style(root: ET.Element, look: Look, columns: Iterable[str]) -> None:
    """Add one style to an element of XML, as QML and the layers of a project have it.

    Parameters
    ----------
    root
        Element of a style or a layer.
    look, columns
        As `qml` takes them.
    """
    names = list(columns)
    root.set("styleCategories", _CATEGORIES)
    root.set("labelsEnabled", "0")
    _add_clock(root, names)
    _add_renderer(root, look)
    if look.label in names:
        root.set("labelsEnabled", "1")
        _add_labels(root, str(look.label))
        ET.SubElement(root, "previewExpression").text = f'"{look.label}"'
    ET.SubElement(root, "mapTip").text = _map_tip(names)


def _add_clock(root: ET.Element, names: list[str]) -> None:
    if "date_start" not in names:
        return
    end = "date_end" if "date_end" in names else "date_start"
    ET.SubElement(
        root,
        "temporal",
        enabled="1",
        mode=_BY_EXPRESSIONS,
        startField="date_start",
        endField=end,
        startExpression=_BEGIN.format("date_start"),
        endExpression=_END.format(end),
        durationUnit="d",
        fixedDuration="0",
        accumulate="0",
        # Both ends belong to an incident.
        limitMode="1",
    )


def _add_renderer(root: ET.Element, look: Look) -> None:
    kind = "singleSymbol" if look.column is None else "categorizedSymbol"
    renderer = ET.SubElement(root, "renderer-v2", type=kind, forceraster="0", symbollevels="0")
    colours = [look.colour]
    if look.column is not None:
        renderer.set("attr", look.column)
        listed = ET.SubElement(renderer, "categories")
        named = [*(look.categories or {}).items(), ("", ("All others", look.colour))]
        for number, (value, (label, _)) in enumerate(named):
            ET.SubElement(
                listed, "category", symbol=str(number), value=value, label=label, render="true"
            )
        colours = [colour for _, (_, colour) in named]
    symbols = ET.SubElement(renderer, "symbols")
    for number, colour in enumerate(colours):
        _add_symbol(symbols, str(number), look, colour)


def _add_symbol(parent: ET.Element, name: str, look: Look, colour: str) -> None:
    symbol = ET.SubElement(
        parent, "symbol", name=name, type=look.symbol, alpha="1", clip_to_extent="1"
    )
    solid = _rgba(colour, _OPAQUE)
    classes = {
        "marker": ("SimpleMarker", {
            "name": "circle", "color": _rgba(colour, look.alpha), "outline_color": solid,
            "outline_style": "solid", "outline_width": "0.4", "outline_width_unit": "MM",
            "size": "2.6", "size_unit": "MM",
        }),
        "line": ("SimpleLine", {
            "line_color": solid, "line_style": "dash", "line_width": "0.3",
            "line_width_unit": "MM",
        }),
        "fill": ("SimpleFill", {
            "color": _rgba(colour, look.alpha), "style": "solid", "outline_color": solid,
            "outline_style": "solid", "outline_width": "0.3", "outline_width_unit": "MM",
        }),
    }  # fmt: skip
    kind, options = classes[look.symbol]
    layer = ET.SubElement(symbol, "layer", {"class": kind, "enabled": "1", "pass": "0"})
    _add_options(layer, options)
    if look.fades:
        _add_expression(layer, "fillColor", _FAINTNESS)


def _add_options(parent: ET.Element, options: Mapping[str, str]) -> None:
    listed = ET.SubElement(parent, "Option", type="Map")
    for name, value in options.items():
        ET.SubElement(listed, "Option", name=name, value=value, type="QString")


def _add_expression(layer: ET.Element, option: str, expression: str) -> None:
    """Let an expression decide one of the options of a symbol's layer."""
    outer = ET.SubElement(ET.SubElement(layer, "data_defined_properties"), "Option", type="Map")
    ET.SubElement(outer, "Option", name="name", value="", type="QString")
    listed = ET.SubElement(outer, "Option", name="properties", type="Map")
    defined = ET.SubElement(listed, "Option", name=option, type="Map")
    ET.SubElement(defined, "Option", name="active", value="true", type="bool")
    ET.SubElement(defined, "Option", name="expression", value=expression, type="QString")
    # 3: an expression; 2 would be a field.
    ET.SubElement(defined, "Option", name="type", value="3", type="int")
    ET.SubElement(outer, "Option", name="type", value="collection", type="QString")


def _add_labels(root: ET.Element, column: str) -> None:
    labeling = ET.SubElement(root, "labeling", type="simple")
    settings = ET.SubElement(labeling, "settings", calloutType="simple")
    style = ET.SubElement(
        settings, "text-style", fieldName=column, isExpression="0", fontSize="8",
        fontSizeUnit="Point", textColor="35,35,35,255",
    )  # fmt: skip
    ET.SubElement(
        style, "text-buffer", bufferDraw="1", bufferSize="0.8", bufferSizeUnits="MM",
        bufferColor="255,255,255,255",
    )  # fmt: skip
    ET.SubElement(
        settings, "rendering", scaleVisibility="1", scaleMin="0", scaleMax=_LABELLED_FROM,
        obstacle="1", drawLabels="1",
    )  # fmt: skip


def _map_tip(names: list[str]) -> str:
    """What QGIS shows beside the pointer; nothing in the data can be markup there."""
    told = [name for name in ("kind", "date_start", "place", "precision") if name in names]
    title = next((name for name in ("title", "admin1", "name") if name in names), None)
    lines = [f"<b>{_escaped(title)}</b>"] if title else []
    lines += [f"{name}: {_escaped(name)}" for name in told]
    if "uncertainty_m" in names:
        lines.append('within [% round("uncertainty_m" / 1000, 1) %] km')
    if "incidents" in names:
        lines.append('[% "incidents" %] incidents')
    return "<br>\n".join(lines)


def _escaped(name: str) -> str:
    text = f"to_string(coalesce(\"{name}\", ''))"
    return f"[% replace({text}, map('&', '&amp;', '<', '&lt;', '>', '&gt;')) %]"


def _rgba(colour: str, alpha: int) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"{red},{green},{blue},{alpha}"
