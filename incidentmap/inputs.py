"""Files of any kind that the commands take, to placed incidents."""

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.reference.views import Worldview

__all__ = ["is_article", "is_table", "read_inputs", "read_view"]

_ARTICLES = (".txt", ".md")
_TABLES = (".csv", ".tsv", ".geojson", ".json")


def is_article(path: Path) -> bool:
    """Whether a file is an article by its name; other files are tables."""
    return path.suffix.lower() in _ARTICLES


def is_table(path: Path) -> bool:
    """Whether a file is a table by its name."""
    return path.suffix.lower() in _TABLES


def read_inputs(
    paths: Sequence[Path],
    *,
    published: dt.date | None = None,
    columns: Mapping[str, str | None] | None = None,
) -> "gpd.GeoDataFrame":
    """Placed incidents of articles and tables, in the order of the files.

    Parameters
    ----------
    paths
        Articles (.txt, .md) and tables (CSV, GeoJSON).
    published
        Day on which the articles appeared.
    columns
        Columns of the tables, as `geo.read_incidents` takes them.
    """
    import pandas as pd

    import geo
    from geo.tables.identifiers import unique_identifiers

    tables = [
        geo.extract_incidents(geo.read_articles(path, published=published))
        if is_article(path)
        else geo.geocode(geo.read_incidents(path, **(columns or {})))
        for path in paths
    ]
    if len(tables) == 1:
        return tables[0]
    incidents = pd.concat(tables, ignore_index=True)
    return incidents.assign(incident_id=unique_identifiers(incidents["incident_id"]))


def read_view(worldview: str) -> "Worldview":
    """Worldview of a name, or of a CSV file with exceptions of one's own."""
    from geo.reference.views import read_worldview, view

    return read_worldview(worldview) if worldview.lower().endswith(".csv") else view(worldview)
