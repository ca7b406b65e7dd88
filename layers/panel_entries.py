"""How the layers of a map stand in its layer panel."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from folium.map import Layer
from folium.raster_layers import TileLayer, WmsTileLayer

from layers.country_layer import CountryLayer
from layers.page_policy import host_of
from layers.place_names import viewing_country
from layers.script_json import script_json
from layers.site_layer import SiteLayer
from layers.viewer_layer import ViewerLayer
from layers.words import Words

__all__ = ["PanelEntry", "panel_entries"]


#: Within a group of the panel; layers of the user's own making come last.
_RANK = {
    "CountryLayer": 0,
    "IncidentLayer": 0,
    "UncertaintyLayer": 1,
    "ClusterLayer": 2,
    "ChoroplethLayer": 2,
    "HexLayer": 3,
    "DensityLayer": 4,
    "BorderLayer": 2,
    "BorderLinkLayer": 3,
    "SiteLayer": 4,
    "RingLayer": 5,
    "LinkLayer": 6,
}
_LAST = 9


@dataclass(frozen=True)
class PanelEntry:
    """A line of the panel: what it says, and where the page finds its layer (JavaScript)."""

    words: dict[str, object]
    layer: str
    rank: int


def panel_entries(layers: Iterable[Layer], words: Words) -> list[PanelEntry]:
    """Lines of the layers of a map, in the order in which a reader looks for them.

    Parameters
    ----------
    layers
        Layers of a map that is being drawn, in the order in which they were added.
    words
        Words of the page.
    """
    entries = (entry for layer in layers if layer.control for entry in _entries(layer, words))
    return sorted(entries, key=lambda entry: entry.rank)


def _entries(layer: Layer, said: Words) -> Iterator[PanelEntry]:
    """A layer; the base map has a line for each of its parts."""
    where = f"window[{script_json(layer.get_name())}]"
    yield PanelEntry(_words(layer), where, _RANK.get(type(layer).__name__, _LAST))
    if isinstance(layer, CountryLayer):
        for rank, part, name, note in _parts(layer, said):
            words: dict[str, object] = {
                "name": name,
                "note": note,
                "group": "reference",
                "visible": True,
            }
            # The part of a layer whose own script failed is not there either.
            yield PanelEntry(words, f"({where} || {{parts: {{}}}}).parts.{part}", rank)


def _words(layer: Layer) -> dict[str, object]:
    words: dict[str, object] = {"name": _name(layer), "visible": layer.show}
    if isinstance(layer, TileLayer):
        return words | {"group": "background", "host": _host(layer.tiles)}
    if isinstance(layer, WmsTileLayer):
        return words | {"group": "background", "host": _host(str(layer.url))}
    if isinstance(layer, SiteLayer):
        words["note"] = f"{layer.count:,}"
    if isinstance(layer, ViewerLayer):
        return words | {"group": str(layer.group)}
    return words | {"group": "reference" if layer.overlay else "background"}


def _name(layer: Layer) -> str:
    """Name of a layer; folium calls one without a name by an identifier."""
    if not layer.layer_name.endswith(layer._id):  # noqa: SLF001  (branca has no accessor)
        return layer.layer_name
    kind = type(layer).__name__
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", kind).capitalize()


def _host(address: str) -> str:
    """Host of tiles as a reader may know it."""
    return host_of(address).partition("://")[2].removeprefix("*.")


def _parts(layer: CountryLayer, said: Words) -> Iterator[tuple[int, str, str, str | None]]:
    view = layer.drawn_worldview().name
    country = viewing_country(view) or view
    seen = (
        said.say("view.defacto") if view == "default" else said.say("view.country", country=country)
    )
    yield 0, "borders", "Country borders", seen
    yield 1, "provinces", "Provinces", None
    if layer.labels:
        yield 8, "names", "Place names", None
