"""Land, coasts, provinces, borders and names: the ground of a map."""

from collections.abc import Iterator

import geopandas as gpd
import numpy as np
import numpy.typing as npt

from geo.reference import views
from geo.schema import require
from layers import arcs
from layers.basemap import face_block, focus_on, worlds
from layers.element_tree import elements
from layers.incident_columns import IncidentBlocks
from layers.labels import label_block
from layers.politics import disputes, politics
from layers.viewer_layer import Drawing, ViewerLayer

__all__ = ["CountryLayer"]

_DEFAULT = "default"


class CountryLayer(ViewerLayer):
    """Countries and provinces of the world, precise where the incidents of the map are.

    Drawn from the shipped lines, the same in every layer, and never from the geometry of a table.

    Parameters
    ----------
    table
        Its `country_a3` says which countries stand out. Without a table, these are the countries of
        the incidents on the same map.
    name
        Name in layer controls.
    show
        Whether the layer is on when the map opens.
    labels
        Whether countries and towns are named.
    worldview
        Whose borders are drawn: a name of `geo.worldviews()`, or a worldview of your own. Without
        one, that of the incidents on the same map if they agree, else `default`.

    Raises
    ------
    SchemaError
        The table has no `country_a3`.
    """

    viewer_function = "countries"
    group = "background"

    def __init__(
        self,
        table: gpd.GeoDataFrame | None = None,
        *,
        name: str = "Countries",
        show: bool = True,
        labels: bool = True,
        worldview: str | views.Worldview | None = None,
    ) -> None:
        super().__init__(name=name, show=show)
        self.labels = labels
        self.worldview = None if worldview is None else views.view(worldview)
        self.highlight: tuple[str, ...] | None = None
        if table is not None:
            require(table, ("country_a3",), by="CountryLayer")
            self.highlight = tuple(sorted(set(table["country_a3"].dropna().astype(str))))

    def drawing(self) -> Drawing:
        """Worlds for three ranges of zoom, and the labels."""
        points = self._points()
        seen = politics(self.drawn_worldview())
        ground, faces = worlds(focus_on(points), seen), face_block(seen)
        names = [label_block(points)] if self.labels else []
        options = {
            "name": self.layer_name,
            "highlight": list(self._highlight()),
            "labels": self.labels,
            "faces": faces.id,
            "disputes": disputes(),
        }
        ids = [block.id for block in ground]
        return Drawing([faces, *ground, *names], [ids, names[0].id if names else None, options])

    def shipped_files(self) -> tuple[str, ...]:
        """Shipped files of the ground, and of the names if they are on."""
        ground = (*arcs.SHIPPED, "provinces.parquet")
        return (*ground, "countries.parquet", "geonames.sqlite") if self.labels else ground

    def drawn_worldview(self) -> views.Worldview:
        """The worldview that the borders are drawn in."""
        if self.worldview is not None:
            return self.worldview
        named = {found.worldview for found in self._incidents()}
        known = set(views.worldviews()["worldview"])
        return views.view(named.pop() if len(named) == 1 and named <= known else _DEFAULT)

    def _highlight(self) -> tuple[str, ...]:
        if self.highlight is not None:
            return self.highlight
        return tuple(sorted({code for found in self._incidents() for code in found.countries}))

    def _points(self) -> npt.NDArray[np.float64]:
        points = [found.points for found in self._incidents()]
        return np.concatenate([np.empty((0, 2)), *points])

    def _incidents(self) -> Iterator[IncidentBlocks]:
        """Incident tables of the layers on the same map."""
        for element in elements(self.get_root()):
            found = getattr(element, "incidents", None)
            if isinstance(found, IncidentBlocks):
                yield found
