"""Colours of kinds as simplestyle 1.1 names them, which GitHub and geojson.io draw."""

import geopandas as gpd

from geo.vocabulary import kinds, slots

__all__ = ["with_simplestyle"]

_SIZES = {"exact": "large", "site": "large", "settlement": "medium", "vicinity": "medium"}
_COARSE = "small"


def with_simplestyle(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Table with `marker-color` by kind and `marker-size` by precision, where it has none itself.

    Notes
    -----
    Source: simplestyle-spec 1.1.0; `title` is one of our own columns already.

    Examples
    --------
    >>> table = gpd.GeoDataFrame({"kind": ["flood"], "precision": ["country"]})
    >>> with_simplestyle(table).iloc[0].tolist()
    ['flood', 'country', '#5B8B59', 'small']
    """
    styled = table.copy()
    if "kind" in table and "marker-color" not in table:
        colours = {code: slots()[kind.slot].light for code, kind in kinds().items()}
        styled["marker-color"] = table["kind"].map(colours).astype("str")
    if "precision" in table and "marker-size" not in table:
        sizes = table["precision"].map(_SIZES).fillna(_COARSE)
        styled["marker-size"] = sizes.astype("str")
    return styled
