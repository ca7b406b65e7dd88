"""What all our layers share: folium layers that the viewer draws from data blocks."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from branca.element import Element, Figure
from folium.map import Layer

from layers import viewer_files
from layers.payload import Block
from layers.script_json import script_json

__all__ = ["DataBlock", "Drawing", "Group", "Verbatim", "ViewerLayer"]

Group = Literal["incidents", "summary", "reference", "background"]


class Verbatim(Element):
    """Text that enters the page as it is.

    branca compiles the text of an `Element` as a template, so that a name such as `{{7*7}}` would
    be evaluated; this element has no template.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self._name = "Verbatim"
        self.text = text

    def render(self, **_kwargs: object) -> str:
        """The text."""
        return self.text


class DataBlock(Verbatim):
    """The element of a data block; a page puts all of them before its scripts."""


@dataclass(frozen=True)
class Drawing:
    """What the viewer needs for a layer: data blocks, and its function's arguments (JSON)."""

    blocks: Sequence[Block]
    arguments: Sequence[object]


class ViewerLayer(Layer):
    """Base of our layers: embeds its blocks once per figure and asks the viewer to draw them.

    Parameters
    ----------
    name
        Name in layer controls.
    show
        Whether the layer is on when the map opens.
    """

    #: Function of the viewer that makes the Leaflet layer.
    viewer_function: ClassVar[str]
    #: Scripts of the viewer beside `page.js` that hold the function, `part_<name>.js`.
    viewer_parts: ClassVar[tuple[str, ...]] = ()
    #: Where the layer stands in the layer panel.
    group: ClassVar[Group]

    def __init__(self, *, name: str, show: bool) -> None:
        super().__init__(name=name, overlay=True, control=True, show=show)
        self._name = type(self).__name__

    def drawing(self) -> Drawing:
        """What the viewer needs to draw the layer on the map that it has been added to."""
        raise NotImplementedError

    def shipped_files(self) -> tuple[str, ...]:
        """Shipped files that the picture is drawn from; a map names their licences."""
        return ()

    def render(self, **kwargs: object) -> Any:  # noqa: ANN401  (branca says str, folium None)
        """Add the blocks and the script of the layer to its figure; nothing stands in its place."""
        figure = self.get_root()
        if not isinstance(figure, Figure):
            raise TypeError(f"{self._name}: add the layer to a map before it is drawn.")
        if not getattr(figure, "has_viewer", False):
            _embed_plugin(figure)
        drawing = self.drawing()
        for block in drawing.blocks:
            figure.html.add_child(DataBlock(block.html), name=block.id)
        arguments = ",".join(script_json(value) for value in drawing.arguments)
        script = f"var {self.get_name()} = incidentmap.{self.viewer_function}({arguments});"
        figure.script.add_child(Verbatim(script), name=self.get_name())
        super().render(**kwargs)  # type: ignore[no-untyped-call]
        return ""


def _embed_plugin(figure: Figure) -> None:
    """Bring the viewer that uses the page's own Leaflet."""
    style = f"<style>{viewer_files.read('plugin.css')}</style>"
    script = f"<script>{viewer_files.read('plugin.js')}</script>"
    figure.header.add_child(Verbatim(style), name="incidentmap_plugin_css")
    figure.header.add_child(Verbatim(script), name="incidentmap_plugin_js")
