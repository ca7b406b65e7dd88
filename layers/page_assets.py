"""What the elements of a map would ask for on the network."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

import folium
from branca.element import Element, Link
from folium.elements import JSCSSMixin
from folium.raster_layers import ImageOverlay, TileLayer, VideoOverlay, WmsTileLayer

from layers.compat import carried
from layers.element_tree import elements
from layers.errors import OnlineAssetError

__all__ = ["Asset", "online_assets", "require_offline"]

_ADDRESS_ATTRIBUTES = frozenset({"data", "href", "poster", "src"})
#: Elements of HTML whose address is followed only when a reader clicks.
_LINKS = frozenset({"a", "area"})


@dataclass(frozen=True)
class Asset:
    """A file on the network, and the class of the element that needs it."""

    needed_by: str
    url: str


def online_assets(root: Element, parts: Iterable[str]) -> list[Asset]:
    """Files on the network that a rendered tree needs, in order, each once.

    Parameters
    ----------
    root
        Top of the rendered tree.
    parts
        The HTML that its elements have made.
    """
    found = dict.fromkeys(
        asset for element in elements(root) for asset in _assets_of_element(element)
    )
    named = {asset.url for asset in found}
    links = [element for element in elements(root) if isinstance(element, Link)]
    rest = [*(link.url for link in links), *_addresses(parts)]
    found |= dict.fromkeys(Asset("HTML", url) for url in rest if url not in named and _remote(url))
    return list(found)


def require_offline(assets: Iterable[Asset]) -> None:
    """Refuse files on the network.

    Raises
    ------
    OnlineAssetError
        Names each class and its addresses, and what to do.
    """
    by_class: dict[str, list[str]] = {}
    for asset in assets:
        by_class.setdefault(asset.needed_by, []).append(asset.url)
    if by_class:
        needs = "; ".join(f"{name} ({', '.join(urls)})" for name, urls in by_class.items())
        raise OnlineAssetError(
            f"The map is to work without a network, and these need files from it: {needs}. "
            "Leave them out, or allow just these hosts with Map(..., online=True).",
            urls=[url for urls in by_class.values() for url in urls],
        )


def _assets_of_element(element: Element) -> Iterator[Asset]:
    name = type(element).__name__
    for url in [*_own_links(element), *_addresses_of_data(element)]:
        if _remote(url):
            yield Asset(name, url)


def _own_links(element: Element) -> Iterator[str]:
    if isinstance(element, JSCSSMixin):
        yield from (url for _, url in [*element.default_js, *element.default_css])


def _addresses_of_data(element: Element) -> Iterator[str]:
    if isinstance(element, TileLayer):
        yield element.tiles
    elif isinstance(element, WmsTileLayer | ImageOverlay):
        yield str(element.url)
    elif isinstance(element, VideoOverlay):
        yield str(element.video_url)
    elif isinstance(element, folium.GeoJson):
        yield element.embed_link or ""
    elif isinstance(element, folium.CustomIcon):
        yield from (str(value) for key, value in element.options.items() if "url" in key.lower())


def _remote(url: str) -> bool:
    return url.startswith(("http://", "https://", "//")) and not carried(url)


def _addresses(parts: Iterable[str]) -> Iterator[str]:
    reader = _AddressReader()
    for part in parts:
        reader.feed(part)
    reader.close()
    yield from reader.found


class _AddressReader(HTMLParser):
    """Collects the addresses that a browser follows by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _LINKS:
            self.found += [value for name, value in attrs if name in _ADDRESS_ATTRIBUTES and value]
