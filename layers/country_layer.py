"""Land, coasts, provinces, borders and names: the ground of a map."""

import geopandas as gpd

from geo.reference import views
from geo.schema import require
from layers import arcs
from layers.ground import ground_of, incidents_of, points_of, worldview_of
from layers.labels import label_block
from layers.politics import disputes
from layers.viewer_layer import Drawing, ViewerLayer

__all__ = ["CountryLayer"]

_NAMED_BY = ("countries.parquet", "seas.parquet", "geonames.sqlite")


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
        root = self.get_root()
        ground = ground_of(root, self.drawn_worldview())
        names = [label_block(points_of(root))] if self.labels else []
        options = {
            "name": self.layer_name,
            "highlight": list(self._highlight()),
            "labels": self.labels,
            "faces": ground.faces.id,
            "disputes": disputes(),
        }
        ids = [block.id for block in ground.worlds]
        return Drawing([*ground.blocks, *names], [ids, names[0].id if names else None, options])

    def shipped_files(self) -> tuple[str, ...]:
        """Shipped files of the ground, and of the names if they are on."""
        ground = (*arcs.SHIPPED, "provinces.parquet")
        return (*ground, *_NAMED_BY) if self.labels else ground

    def drawn_worldview(self) -> views.Worldview:
        """The worldview that the borders are drawn in."""
        return worldview_of(self.get_root()) if self.worldview is None else self.worldview

    def _highlight(self) -> tuple[str, ...]:
        if self.highlight is not None:
            return self.highlight
        return tuple(
            sorted({code for found in incidents_of(self.get_root()) for code in found.countries})
        )
