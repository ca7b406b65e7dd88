"""Errors that only a map can raise; they hang in the tree of `geo.errors`."""

from collections.abc import Sequence

from geo.errors import GeoError

__all__ = ["OnlineAssetError", "TemplateTextError"]


class OnlineAssetError(GeoError):
    """An element of the map needs files from the network, and the map is to work without it.

    Parameters
    ----------
    message
        One sentence for the user.
    urls
        The addresses that the page would ask for.
    """

    def __init__(self, message: str, *, urls: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.urls = tuple(urls)


class TemplateTextError(GeoError, ValueError):
    """A text of an element of folium reads as a template, which branca would compile."""
