"""On which terms a layer of a file is: rows keep theirs, lines and areas of ours have theirs."""

from dataclasses import dataclass

from geo import shipped
from geo.formats.about import About
from geo.formats.incident_layers import Layer

__all__ = ["LayerTerms", "layer_terms"]

_ROWS_TOO = "what is told of incidents: as the layer incidents"
_UNKNOWN = "as the file that the layer was read from"


@dataclass(frozen=True)
class LayerTerms:
    """Licence and attribution of one layer.

    Parameters
    ----------
    licence
        Terms in short words.
    attribution
        Sentences to print with the layer.
    """

    licence: str
    attribution: tuple[str, ...] = ()


def layer_terms(layer: Layer, about: About) -> LayerTerms:
    """On which terms a layer is.

    Parameters
    ----------
    layer
        Layer of a file.
    about
        What the whole file says of itself.

    Examples
    --------
    >>> import geopandas as gpd
    >>> table = gpd.GeoDataFrame(geometry=[], crs=4326)
    >>> counts = Layer("counts", table, "Unknown", "Counts", ("atoms.parquet",))
    >>> layer_terms(counts, About()).licence
    'ODbL-1.0; what is told of incidents: as the layer incidents'
    """
    if layer.is_added:
        return LayerTerms(_UNKNOWN)
    if not layer.drawn_from:
        return LayerTerms(about.licence, about.attribution)
    products = shipped.products()
    found = [products[name] for name in layer.drawn_from]
    licences = dict.fromkeys(product.licence for product in found)
    sentences = dict.fromkeys(product.attribution for product in found)
    return LayerTerms(f"{', '.join(licences)}; {_ROWS_TOO}", tuple(sentences))
