"""Which scripts of the viewer a page carries: those that its layers use, and no more."""

from branca.element import Element, Figure
from folium.folium import GlobalSwitches
from folium.map import FitBounds, LayerControl

from layers import viewer_files
from layers.element_tree import children, elements

__all__ = ["scripts_of"]

#: Elements of others that ask nothing of Leaflet but what every page has.
_MODEST = (GlobalSwitches, LayerControl, FitBounds)


def scripts_of(root: Figure) -> list[str]:
    """Scripts of the viewer that a page needs, in the order that they run in.

    A page of our own layers carries only the modules of Leaflet that these use. One with anything
    else, such as elements of folium, tiles, or HTML of the user's, carries the whole of it.

    Parameters
    ----------
    root
        Top of the tree, not yet rendered.
    """
    leaflet = "leaflet.js" if _needs_whole_leaflet(root) else "leaflet_slim.js"
    users = [user for element in elements(root) for user in (element, _incidents_of(element))]
    parts = {part for user in users for part in getattr(user, "viewer_parts", ())}
    names = [leaflet, "page.js", *(f"part_{part}.js" for part in sorted(parts))]
    return [viewer_files.read(name) for name in names]


def _incidents_of(element: Element) -> object:
    return getattr(element, "incidents", None)


def _needs_whole_leaflet(root: Figure) -> bool:
    own = {id(element) for element in (root.header, root.html, root.script)}
    # What branca puts there itself, and the page leaves out.
    own |= {id(child) for name, child in children(root.header).items() if name == "meta_http"}
    return any(
        not _is_modest(element) or getattr(element, "needs_whole_leaflet", False)
        for element in elements(root)
        if id(element) not in own
    )


def _is_modest(element: Element) -> bool:
    kind = type(element)
    return kind in _MODEST or kind.__module__.partition(".")[0] == __package__
