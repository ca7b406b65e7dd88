"""What the layers of one map agree on: where its incidents are, and whose borders it shows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from branca.element import Element

from geo.reference import views
from layers.basemap import face_block, focus_on, worlds
from layers.element_tree import elements
from layers.incident_columns import IncidentBlocks
from layers.payload import Block
from layers.politics import politics

__all__ = ["Ground", "ground_of", "incidents_of", "points_of", "worldview_of"]

_DEFAULT = "default"


@dataclass(frozen=True)
class Ground:
    """The blocks that land is drawn from: three worlds, and whose their faces are."""

    worlds: Sequence[Block]
    faces: Block

    @property
    def blocks(self) -> list[Block]:
        """All blocks."""
        return [self.faces, *self.worlds]


def ground_of(root: Element, worldview: views.Worldview) -> Ground:
    """Ground of a map, precise where its incidents are.

    Parameters
    ----------
    root
        Top of the tree in which the map hangs.
    worldview
        Whose borders are drawn.
    """
    seen = politics(worldview)
    return Ground(worlds(focus_on(points_of(root)), seen), face_block(seen))


def points_of(root: Element) -> npt.NDArray[np.float64]:
    """Longitude and latitude in degrees of all incidents of a tree, EPSG:4326, shape (n, 2)."""
    return np.concatenate([np.empty((0, 2)), *(found.points for found in incidents_of(root))])


def incidents_of(root: Element) -> Iterator[IncidentBlocks]:
    """Incident tables of the layers in a tree."""
    for element in elements(root):
        found = getattr(element, "incidents", None)
        if isinstance(found, IncidentBlocks):
            yield found


def worldview_of(root: Element) -> views.Worldview:
    """The worldview that the ground of a tree is drawn in.

    That of its ground if one was chosen, else that of its incidents if they agree.
    """
    for element in elements(root):
        chosen = getattr(element, "worldview", None)
        if isinstance(chosen, views.Worldview):
            return chosen
    named = {found.worldview for found in incidents_of(root)}
    known = set(views.worldviews()["worldview"])
    return views.view(named.pop() if len(named) == 1 and named <= known else _DEFAULT)
