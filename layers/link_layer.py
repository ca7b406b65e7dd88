"""Links between incidents near each other, or from incidents to their nearest sites."""

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.errors import SchemaError
from geo.joins.points import points_of
from geo.schema import require
from geo.spatial.azimuths import azimuths_deg
from layers.incident_columns import IncidentBlocks, encode_incidents
from layers.payload import Block, Column, dictionary, integers, measures, pack
from layers.viewer_layer import Drawing, ViewerLayer

__all__ = ["LinkLayer"]

_ENDS = ("first", "second")


class LinkLayer(ViewerLayer):
    """Geodesic lines between pairs of incidents, or from incidents to their nearest sites.

    A line is shown while all its incidents are, in the time window and the filters of the map. It
    is broken where the two only may be near each other, or the site only may be the nearest.

    Parameters
    ----------
    links
        What `geo.pairs` found in the incidents (`first`, `second`, `distance_m`), or `geo.nearest`
        (`site_distance_m`, `site_bearing_deg`, and `site_name` where the sites have names).
    incidents
        Incident table in which they were found, EPSG:4326; needs `incident_id` and an index whose
        labels are unique. What `encode_incidents` made of a table may be given to several layers.
    prefix
        What the names of the columns about sites begin with.
    name
        Name in layer controls and in the legend.
    show
        Whether the layer is on when the map opens.

    Raises
    ------
    SchemaError
        A column is missing, or a link names an incident that the table has not, or has not placed.

    Notes
    -----
    Where a page groups its incidents because of its size, it cannot draw single links, and says so.

    Examples
    --------
    >>> import geo, geopandas
    >>> incidents = geopandas.GeoDataFrame(
    ...     {"incident_id": ["a", "b"]},
    ...     geometry=geopandas.points_from_xy([38.703, 38.71], [33.306, 33.31]),
    ...     crs="EPSG:4326",
    ... )
    >>> links = LinkLayer(geo.pairs(incidents, distance_m=5_000), incidents=incidents)
    >>> links.count, links.layer_name
    (1, 'Near each other')
    """

    viewer_function = "pairLinks"
    viewer_parts = ("pairLinks",)
    group = "reference"

    def __init__(
        self,
        links: pd.DataFrame,
        *,
        incidents: gpd.GeoDataFrame | IncidentBlocks,
        prefix: str = "site_",
        name: str | None = None,
        show: bool = True,
    ) -> None:
        paired = "first" in links
        super().__init__(name=name or ("Near each other" if paired else "Nearest sites"), show=show)
        self.incidents = encode_incidents(incidents, by="LinkLayer")
        made = _pairs if paired else _to_sites
        columns = made(links, self.incidents, prefix)
        #: How many links the layer holds.
        self.count = columns["row"].count
        self._block = pack(columns, {})
        self._ungrouped = self.incidents.columns.id

    def drawing(self) -> Drawing:
        """Links, and the columns of the incidents, shared with their marks."""
        shared = self.incidents.columns
        block = self._block if shared.id == self._ungrouped else _nothing()
        return Drawing([block, shared], [block.id, shared.id, {"name": self.layer_name}])


def _nothing() -> Block:
    """No links: rows of groups are no single incidents."""
    empty = np.empty(0)
    columns = {"row": integers(empty), "bearing_deg": measures(empty, "f32")}
    return pack(columns | {"distance_m": measures(empty, "f32")}, {"grouped": True})


def _pairs(links: pd.DataFrame, incidents: IncidentBlocks, prefix: str) -> dict[str, Column]:
    del prefix
    require(links, (*_ENDS, "distance_m"), by="LinkLayer")
    first, second = (_positions(incidents, pd.Index(links[end])) for end in _ENDS)
    points = points_of(incidents.source, by="LinkLayer")
    for rows in (first, second):
        _check_placed(incidents, rows[~points.placed[rows]])
    ends = ((points.lon_deg[rows], points.lat_deg[rows]) for rows in (first, second))
    (lon, lat), (to_lon, to_lat) = ends
    columns = {
        "row": integers(incidents.row_of()[first]),
        "other": integers(incidents.row_of()[second]),
        "bearing_deg": measures(azimuths_deg(lon, lat, to_lon, to_lat), "f32"),
        "distance_m": _measure(links, "distance_m"),
        "share": measures(_shares(links), "f32"),
    }
    dated = [name for name in ("days_min", "days_max") if name in links]
    return columns | {name: _measure(links, name) for name in dated}


def _to_sites(links: pd.DataFrame, incidents: IncidentBlocks, prefix: str) -> dict[str, Column]:
    needed = (f"{prefix}distance_m", f"{prefix}bearing_deg")
    if not set(needed) <= set(links.columns):
        raise SchemaError(
            f"LinkLayer: the links have neither first and second, as geo.pairs makes them, nor "
            f"{needed[0]} and {needed[1]}, as geo.nearest does; see prefix."
        )
    # On the site itself there is no way to it.
    links = links[links[f"{prefix}bearing_deg"].notna()]
    rows = _positions(incidents, links.index)
    _check_placed(incidents, rows[incidents.source.geometry.isna().to_numpy()[rows]])
    columns = {"row": integers(incidents.row_of()[rows]), "share": measures(_shares(links), "f32")}
    found = (*("bearing_deg", "distance_m"), *("distance_min_m", "distance_max_m"))
    columns |= {name: _measure(links, prefix + name) for name in found if prefix + name in links}
    if f"{prefix}name" in links:
        columns["name"] = dictionary(links[f"{prefix}name"].astype("str"))
    return columns


def _positions(incidents: IncidentBlocks, labels: pd.Index) -> npt.NDArray[np.intp]:
    """Position in the table of each label of its index."""
    index = incidents.source.index
    if not index.is_unique:
        raise SchemaError("LinkLayer: the index of the incidents names some rows twice.")
    rows = index.get_indexer(labels)
    if (rows < 0).any():
        lost = labels[rows < 0].tolist()[0]
        raise SchemaError(
            f"LinkLayer: a link names incident {lost!r}, which is not in the index of incidents; "
            "give the table in which the links were found."
        )
    return np.asarray(rows)


def _check_placed(incidents: IncidentBlocks, lost: npt.NDArray[np.intp]) -> None:
    if len(lost):
        label = incidents.source.index[lost].tolist()[0]
        raise SchemaError(
            f"LinkLayer: a link names incident {label!r}, which has no "
            "point; give the table in which the links were found."
        )


def _measure(links: pd.DataFrame, name: str) -> Column:
    return measures(links[name].to_numpy(dtype=np.float64, na_value=np.nan), "f32")


def _shares(links: pd.DataFrame) -> npt.NDArray[np.float64]:
    """Share of the uncertainty in which a link holds; below 1 unless it is certain."""
    if "match" not in links:
        return np.ones(len(links))
    share = links["match_share"] if "match_share" in links else pd.Series(0.5, links.index)
    possible = np.minimum(share.to_numpy(dtype=np.float64, na_value=0.5), 0.999)
    return np.where(links["match"] == "certain", 1.0, possible)
