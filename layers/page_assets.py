"""What the elements of a map would ask for on the network."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

import folium
from branca.element import Element, JavascriptLink, Link
from folium.elements import JSCSSMixin
from folium.raster_layers import ImageOverlay, TileLayer, VideoOverlay, WmsTileLayer

from layers.compat import carried
from layers.element_tree import elements
from layers.errors import OnlineAssetError

__all__ = ["Asset", "online_assets", "require_offline"]

_ADDRESS_ATTRIBUTES = frozenset({"data", "href", "poster", "src"})
#: Elements of HTML whose address is followed only when a reader clicks.
_LINKS = frozenset({"a", "area"})
_SCRIPT, _IMAGE, _MEDIA, _DATA = ("script-src",), ("img-src",), ("media-src",), ("connect-src",)
# A sheet asks for its fonts and pictures, from where it comes itself.
_SHEET = ("style-src", "font-src", "img-src")
_USES_OF_TAGS = {
    "audio": _MEDIA,
    "img": _IMAGE,
    "link": _SHEET,
    "script": _SCRIPT,
    "source": _MEDIA,
    "video": _MEDIA,
}


@dataclass(frozen=True)
class Asset:
    """A file on the network, the class of the element that needs it, and what it is used for.

    A use is a directive of a content security policy.
    """

    needed_by: str
    url: str
    uses: tuple[str, ...]


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
    rest = [
        *((link.url, _SCRIPT if isinstance(link, JavascriptLink) else _SHEET) for link in links),
        *_addresses(parts),
    ]
    found |= dict.fromkeys(
        Asset("HTML", url, uses) for url, uses in rest if url not in named and _remote(url)
    )
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
    for url, uses in [*_own_links(element), *_addresses_of_data(element)]:
        if _remote(url):
            yield Asset(name, url, uses)


def _own_links(element: Element) -> Iterator[tuple[str, tuple[str, ...]]]:
    if isinstance(element, JSCSSMixin):
        yield from ((url, _SCRIPT) for _, url in element.default_js)
        yield from ((url, _SHEET) for _, url in element.default_css)


def _addresses_of_data(element: Element) -> Iterator[tuple[str, tuple[str, ...]]]:
    if isinstance(element, TileLayer):
        yield element.tiles, _IMAGE
    elif isinstance(element, WmsTileLayer | ImageOverlay):
        yield str(element.url), _IMAGE
    elif isinstance(element, VideoOverlay):
        yield str(element.video_url), _MEDIA
    elif isinstance(element, folium.GeoJson):
        yield element.embed_link or "", _DATA
    elif isinstance(element, folium.CustomIcon):
        options = element.options.items()
        yield from ((str(value), _IMAGE) for key, value in options if "url" in key.lower())


def _remote(url: str) -> bool:
    return url.lower().startswith(("http://", "https://", "//")) and not carried(url)


def _addresses(parts: Iterable[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    reader = _AddressReader()
    for part in parts:
        reader.feed(part)
    reader.close()
    yield from reader.found


class _AddressReader(HTMLParser):
    """Collects the addresses that a browser follows by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, tuple[str, ...]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _LINKS:
            uses = _USES_OF_TAGS.get(tag, _IMAGE)
            self.found += [
                (value, uses) for name, value in attrs if name in _ADDRESS_ATTRIBUTES and value
            ]
