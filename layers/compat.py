"""Common elements of folium without the network: the page carries the files that they need."""

import sys
from collections.abc import Iterator, Sequence
from typing import Any

import folium
from branca.colormap import ColorMap
from branca.element import Element
from folium.elements import JSCSSMixin
from folium.template import Template

from layers import viewer_files
from layers.element_tree import elements

__all__ = [
    "carried",
    "leave_out_layer_controls",
    "parts_of",
    "scripts_of",
    "show_ground_in_minimaps",
    "styles_of",
]

#: Names of the carried files. Each stands for itself: none needs another one to come first.
_PARTS = (
    "popup",
    "icon",
    "fontawesome",
    "cluster",
    "heat",
    "fullscreen",
    "minimap",
    "scale",
)
_PART_OF_PLUGIN = {
    "MarkerCluster": "cluster",
    "HeatMap": "heat",
    "Fullscreen": "fullscreen",
    "MiniMap": "minimap",
}
#: A scale of branca links it while it is rendered, and says so nowhere else.
_D3 = "https://cdnjs.cloudflare.com/ajax/libs/d3/3.5.5/d3.min.js"
_WITHOUT_STYLE = frozenset({"popup", "heat", "scale"})
_WITHOUT_SCRIPT = frozenset({"fontawesome"})
_MINIMAP_OF_GROUND = Template(
    """
    {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = new L.Control.MiniMap(
            incidentmap.overview({{ this.tile_layer.get_name() }}),
            {{ this.options|tojavascript }}
        );
        {{ this._parent.get_name() }}.addControl({{ this.get_name() }});
    {% endmacro %}
    """
)


def carried(url: str) -> bool:
    """Whether a page brings the file of this address itself.

    Parameters
    ----------
    url
        Address that an element of folium links.
    """
    return url in _part_by_url()


def parts_of(root: Element) -> list[str]:
    """What the elements of a rendered tree need of the carried files.

    Parameters
    ----------
    root
        Top of the tree.
    """
    needed = {part for element in elements(root) for part in _parts_of_element(element)}
    return [part for part in _PARTS if part in needed]


def scripts_of(parts: Sequence[str]) -> list[str]:
    """Scripts of some parts; they extend the Leaflet that stands before them."""
    return [viewer_files.read(f"compat_{part}.js") for part in parts if part not in _WITHOUT_SCRIPT]


def styles_of(parts: Sequence[str]) -> list[str]:
    """Style sheets of some parts."""
    return [viewer_files.read(f"compat_{part}.css") for part in parts if part not in _WITHOUT_STYLE]


def show_ground_in_minimaps(root: Element, ground: Element) -> None:
    """Draw the map's own ground in small maps that would else show folium's default tiles.

    Parameters
    ----------
    root
        Top of the tree, which is changed.
    ground
        Layer that stands on the map itself.
    """
    plugins = _plugins()
    if plugins is None:
        return
    default = folium.TileLayer().tiles
    minimaps: list[Any] = [each for each in elements(root) if isinstance(each, plugins.MiniMap)]
    for minimap in minimaps:
        if minimap.tile_layer.tiles == default:
            minimap.tile_layer = ground
            minimap._template = _MINIMAP_OF_GROUND  # noqa: SLF001  (folium has no other way)


def leave_out_layer_controls(root: Element) -> None:
    """Draw no layer control of folium: the layer panel of the page holds the same layers.

    Parameters
    ----------
    root
        Top of the tree, which is changed.
    """
    for element in elements(root):
        if isinstance(element, folium.LayerControl):
            element._template = Template("")  # noqa: SLF001  (folium has no other way)


def _plugins() -> Any:  # noqa: ANN401  (a module)
    """The plugins of folium, if the user has imported them: importing takes long."""
    return sys.modules.get("folium.plugins")


def _part_by_url() -> dict[str, str]:
    plugins = _plugins()
    classes = {} if plugins is None else _PART_OF_PLUGIN
    links = {
        url: part
        for name, part in classes.items()
        for _, url in [*getattr(plugins, name).default_js, *getattr(plugins, name).default_css]
    }
    return links | {_D3: "scale"}


def _parts_of_element(element: Element) -> Iterator[str]:
    if isinstance(element, folium.Popup):
        yield "popup"
    elif isinstance(element, ColorMap):
        yield "scale"
    # An image needs nothing, though its class derives from the icon font's.
    elif isinstance(element, folium.Icon) and not isinstance(element, folium.CustomIcon):
        yield "icon"
        if element.options.get("prefix") == "fa":
            yield "fontawesome"
    # The callback that a FastMarkerCluster has unless it is given another one.
    if "L.AwesomeMarkers" in str(getattr(element, "callback", "")):
        yield "icon"
    if isinstance(element, JSCSSMixin):
        for _, url in [*element.default_js, *element.default_css]:
            if carried(url):
                yield _part_by_url()[url]
