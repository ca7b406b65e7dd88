"""A project of QGIS inside a GeoPackage: it opens all layers at once, in order, with the clock."""

import io
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterable, Mapping

import pandas as pd

from geo.formats.incident_layers import Layer
from geo.formats.qgis_style import QGIS_VERSION, add_style, styles_of
from geo.schema import CRS

__all__ = ["project_archive"]

# From the top down; layers of the user's lie below the incidents.
_ORDER = ("incidents", "", "border_links", "uncertainty", "footprints", "admin_counts")
_FIXED_DATE = (1980, 1, 1, 0, 0, 0)
_MARGIN = 0.05
_LEAST_DEG = 0.5


def project_archive(
    layers: Iterable[Layer], metadata: Mapping[str, ET.Element], file_name: str, title: str
) -> bytes:
    """A project with the layers of one GeoPackage, as QGIS packs it.

    Parameters
    ----------
    layers
        Those of the file. One of several kinds of shapes is left to the user.
    metadata
        What each layer says of itself, by its name.
    file_name
        Name that the GeoPackage has: layers are found beside the project by it.
    title
        One line for people.
    """
    known = [layer for layer in layers if layer.geometry_type != "Unknown"]
    known.sort(key=lambda layer: _ORDER.index(layer.name if layer.name in _ORDER else ""))
    root = ET.Element("qgis", projectname=title, version=QGIS_VERSION)
    ET.SubElement(root, "title").text = title
    _add_crs(root, "projectCrs")
    # Without it, QGIS leaves the CRS of the project out.
    systems = ET.SubElement(ET.SubElement(root, "properties"), "SpatialRefSys")
    ET.SubElement(systems, "ProjectionsEnabled", type="int").text = "1"
    tree, listed = ET.SubElement(root, "layer-tree-group"), ET.SubElement(root, "projectlayers")
    for layer in known:
        source = f"./{file_name}|layername={layer.name}"
        ET.SubElement(
            tree, "layer-tree-layer", id=_id(layer), name=layer.name, providerKey="ogr",
            checked="Qt::Checked", expanded="0", source=source,
        )  # fmt: skip
        _add_layer(listed, layer, source, metadata[layer.name])
    _add_extent(root, known)
    _add_days(root, known)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(
            zipfile.ZipInfo("incidents.qgs", _FIXED_DATE),
            b"<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
            + ET.tostring(root, encoding="unicode").encode(errors="replace"),
            zipfile.ZIP_DEFLATED,
        )
    return packed.getvalue()


def _id(layer: Layer) -> str:
    return f"incidentmap_{layer.name}"


def _add_layer(listed: ET.Element, layer: Layer, source: str, metadata: ET.Element) -> None:
    element = ET.SubElement(listed, "maplayer", type="vector")
    ET.SubElement(element, "id").text = _id(layer)
    ET.SubElement(element, "datasource").text = source
    ET.SubElement(element, "layername").text = layer.name
    _add_crs(element, "srs")
    ET.SubElement(element, "provider", encoding="UTF-8").text = "ogr"
    ET.SubElement(element, "resourceMetadata").extend(metadata)
    for look in styles_of(layer.name, layer.geometry_type)[:1]:
        add_style(element, look, map(str, layer.table.columns))


def _add_crs(parent: ET.Element, tag: str) -> None:
    system = ET.SubElement(ET.SubElement(parent, tag), "spatialrefsys")
    # Of a project, QGIS does not take the name of a CRS alone.
    ET.SubElement(system, "proj4").text = "+proj=longlat +datum=WGS84 +no_defs"
    ET.SubElement(system, "authid").text = CRS


def _add_extent(root: ET.Element, layers: list[Layer]) -> None:
    """Where the map opens: around the incidents."""
    if not layers or layers[0].table.geometry.isna().all():
        return
    west, south, east, north = layers[0].table.total_bounds.tolist()
    margin_deg = max(_LEAST_DEG, _MARGIN * max(east - west, north - south))
    canvas = ET.SubElement(root, "mapcanvas", name="theMapCanvas", annotationsVisible="1")
    ET.SubElement(canvas, "units").text = "degrees"
    extent = ET.SubElement(canvas, "extent")
    for name, at in (("xmin", west - margin_deg), ("ymin", south - margin_deg),
                     ("xmax", east + margin_deg), ("ymax", north + margin_deg)):  # fmt: skip
        ET.SubElement(extent, name).text = repr(round(at, 6))
    _add_crs(canvas, "destinationsrs")


def _add_days(root: ET.Element, layers: list[Layer]) -> None:
    """The days that the clock runs over, day by day."""
    settings = ET.SubElement(
        root, "ProjectTimeSettings", timeStep="1", timeStepUnit="d", cumulativeTemporalRange="0",
        frameRate="1",
    )  # fmt: skip
    table = layers[0].table if layers else pd.DataFrame()
    days = [table[name].dropna() for name in ("date_start", "date_end") if name in table]
    known = [day for column in days if len(column) for day in (column.min(), column.max())]
    if not known:
        return
    spread = ET.SubElement(settings, "TemporalRange")
    ET.SubElement(spread, "start").text = f"{min(known):%Y-%m-%d}T00:00:00Z"
    ET.SubElement(spread, "end").text = f"{max(known):%Y-%m-%d}T23:59:59Z"
