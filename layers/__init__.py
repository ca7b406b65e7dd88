"""Pictures: folium layers, the map, and the page that works without a network."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from layers.border_layer import BorderLayer
    from layers.border_link_layer import BorderLinkLayer
    from layers.choropleth_layer import ChoroplethLayer
    from layers.cluster_layer import ClusterLayer
    from layers.country_layer import CountryLayer
    from layers.density_layer import DensityLayer
    from layers.hex_layer import HexLayer
    from layers.incident_layer import IncidentLayer
    from layers.link_layer import LinkLayer
    from layers.map import Map, map_incidents
    from layers.review import ReviewPage, review_page
    from layers.ring_layer import RingLayer
    from layers.site_layer import SiteLayer
    from layers.uncertainty_layer import UncertaintyLayer

__all__ = [
    "BorderLayer",
    "BorderLinkLayer",
    "ChoroplethLayer",
    "ClusterLayer",
    "CountryLayer",
    "DensityLayer",
    "HexLayer",
    "IncidentLayer",
    "LinkLayer",
    "Map",
    "ReviewPage",
    "RingLayer",
    "SiteLayer",
    "UncertaintyLayer",
    "map_incidents",
    "review_page",
]

_MODULES = {
    "BorderLayer": "layers.border_layer",
    "BorderLinkLayer": "layers.border_link_layer",
    "ChoroplethLayer": "layers.choropleth_layer",
    "ClusterLayer": "layers.cluster_layer",
    "CountryLayer": "layers.country_layer",
    "DensityLayer": "layers.density_layer",
    "HexLayer": "layers.hex_layer",
    "IncidentLayer": "layers.incident_layer",
    "LinkLayer": "layers.link_layer",
    "Map": "layers.map",
    "ReviewPage": "layers.review",
    "RingLayer": "layers.ring_layer",
    "SiteLayer": "layers.site_layer",
    "UncertaintyLayer": "layers.uncertainty_layer",
    "map_incidents": "layers.map",
    "review_page": "layers.review",
}


def _check_geo() -> None:
    """Notice that another distribution named geo has overwritten ours."""
    try:
        from geo._about import DISTRIBUTION
    except ImportError:
        DISTRIBUTION = ""  # noqa: N806  (its name there)
    if DISTRIBUTION != "incidentmap":
        raise ImportError(
            "Another distribution has overwritten the package 'geo' of incidentmap; "
            "install incidentmap in a fresh environment."
        )


_check_geo()

# Hidden from type checkers, which would else accept any misspelt name.
if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        from importlib import import_module

        if name in _MODULES:
            return getattr(import_module(_MODULES[name]), name)
        raise AttributeError(f"module 'layers' has no attribute {name!r}")

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
