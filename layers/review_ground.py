"""The ground of the map of a review: precise where reports lie, and where they could."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from geo import shipped
from geo.reference import views
from layers.basemap import face_block, focus_on, worlds
from layers.country_layer import CountryLayer
from layers.labels import label_block
from layers.payload import Block
from layers.politics import disputes, politics

__all__ = ["ReviewGround"]


class ReviewGround:
    """The blocks of the ground, and what the viewer is told of them.

    Parameters
    ----------
    points
        Longitude and latitude in degrees, EPSG:4326, shape (n, 2).
    worldview
        Whose borders are drawn.
    """

    def __init__(self, points: npt.NDArray[np.float64], worldview: views.Worldview) -> None:
        seen = politics(worldview)
        self._worlds = worlds(focus_on(points), seen)
        self._faces, self._labels = face_block(seen), label_block(points)

    @property
    def blocks(self) -> Sequence[Block]:
        """All blocks."""
        return (self._faces, *self._worlds, self._labels)

    def arguments(self) -> dict[str, object]:
        """What the viewer draws the ground from."""
        options = {
            "name": "Countries",
            "highlight": [],
            "labels": True,
            "faces": self._faces.id,
            "disputes": disputes(),
        }
        worlds_ids = [block.id for block in self._worlds]
        return {"worlds": worlds_ids, "labels": self._labels.id, "options": options}

    def attribution(self) -> list[str]:
        """Lines that the licences of the shipped files ask for."""
        products = shipped.products()
        files = [file for file in CountryLayer().shipped_files() if file in products]
        found = dict.fromkeys(products[file].attribution for file in files)
        # Who stands in a longer line is not named again.
        return [
            line for line in found if not any(line in other for other in found if other != line)
        ]
