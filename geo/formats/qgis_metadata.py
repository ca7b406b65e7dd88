"""What a layer says of itself, in the words of QGIS, which shows it under Information."""

import xml.etree.ElementTree as ET

from geo.formats.layer_terms import LayerTerms
from geo.formats.qgis_style import QGIS_VERSION
from geo.schema import CRS

__all__ = ["STANDARD", "layer_metadata"]

#: Who defines how this metadata is built.
STANDARD = "http://mrcc.com/qgis.dtd"


def layer_metadata(name: str, title: str, abstract: str, terms: LayerTerms) -> ET.Element:
    """Title, licence and attribution as an element of XML.

    Parameters
    ----------
    name
        Of the layer.
    title
        One line for people.
    abstract
        Sentences for people.
    terms
        Those of the layer.

    Notes
    -----
    Source: the metadata that QGIS writes of layers; licences and rights as they are shown there.

    Examples
    --------
    >>> layer_metadata("a", "A", "", LayerTerms("CC0-1.0")).findtext("license")
    'CC0-1.0'
    """
    root = ET.Element("qgis", version=QGIS_VERSION)
    told = [("identifier", name), ("type", "dataset"), ("title", title), ("abstract", abstract)]
    told += [("rights", sentence) for sentence in terms.attribution]
    told += [("license", terms.licence)] if terms.licence else []
    for tag, text in told:
        ET.SubElement(root, tag).text = text
    system = ET.SubElement(ET.SubElement(root, "crs"), "spatialrefsys")
    ET.SubElement(system, "authid").text = CRS
    return root
