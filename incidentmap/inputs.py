"""Files of any kind that the commands take, to placed incidents."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from incidentmap.telling import tell_overrides, tell_reading

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.geocoding.overrides.rules import OverrideRules
    from geo.reading.incidents import Reading
    from geo.reference.views import Worldview
    from incidentmap.table_options import TableOptions

__all__ = ["is_article", "is_table", "read_inputs", "read_one", "read_told", "read_view"]

_ARTICLES = (".txt", ".md", ".html", ".htm", ".pdf", ".eml")
# As `geo.tables.files.SUFFIXES`, which takes long to load.
_TABLES = (
    ".csv", ".tsv", ".tab", ".psv", ".geojson", ".json", ".ndjson", ".jsonl", ".geojsonl",
    ".geojsons", ".xlsx", ".xlsm", ".ods", ".gpkg", ".shp", ".kml", ".gpx", ".fgb",
    ".parquet", ".geoparquet", ".xml", ".rss", ".atom", ".cap", ".georss", ".zip", ".kmz",
)  # fmt: skip


def is_article(path: Path) -> bool:
    """Whether a file is an article by its name; other files are tables."""
    return path.suffix.lower() in _ARTICLES


def is_table(path: Path) -> bool:
    """Whether a file is a table by its name."""
    return path.suffix.lower() in _TABLES


def read_one(path: Path, table: "TableOptions | None" = None) -> "gpd.GeoDataFrame":
    """Incidents of one table, not placed yet; how it was read is told on stderr."""
    return read_told(path, table).incidents


def read_told(path: Path, table: "TableOptions | None" = None) -> "Reading":
    """One table with what was found about it, which is told on stderr."""
    from geo.reading.incidents import read_table

    reading = read_table(path, table.options() if table else None)
    tell_reading(reading, names_layer=table is not None and table.layer is not None)
    return reading


def read_inputs(
    paths: Sequence[Path],
    *,
    published: dt.date | None = None,
    table: "TableOptions | None" = None,
    overrides: Path | None = None,
) -> "gpd.GeoDataFrame":
    """Placed incidents of articles and tables, in the order of the files.

    Parameters
    ----------
    paths
        Articles (.txt, .md) and tables of all kinds.
    published
        Day on which the articles appeared.
    table
        What the user says of the tables.
    overrides
        CSV file with places that an editor assigns; its lines that do nothing are told on stderr.
    """
    import pandas as pd

    import geo
    from geo.geocoding.overrides.replay import read_overrides

    tables = [
        geo.extract_incidents(geo.read_articles(path, published=published))
        if is_article(path)
        else read_one(path, table)
        for path in paths
    ]
    if len(tables) > 1:
        tables = _with_unique_identifiers(tables)
    rules = None if overrides is None else read_overrides(overrides)
    if rules is not None:
        keys = ["incident_id", "place_text", "country", "country_a3"]
        told = [table.reindex(columns=keys) for table in tables]
        tell_overrides(pd.concat(told, ignore_index=True), rules)
    placed = [_placed(table, path, rules) for table, path in zip(tables, paths, strict=True)]
    return placed[0] if len(placed) == 1 else pd.concat(placed, ignore_index=True)


def _with_unique_identifiers(tables: "list[gpd.GeoDataFrame]") -> "list[gpd.GeoDataFrame]":
    """Tables whose incidents can be told apart, so that an override means one of them."""
    import pandas as pd

    from geo.tables.identifiers import unique_identifiers

    unique = iter(unique_identifiers(pd.concat([table["incident_id"] for table in tables])))
    return [
        table.assign(incident_id=pd.Series([next(unique) for _ in index], index, dtype="str"))
        for table in tables
        for index in [table.index]
    ]


def _placed(
    table: "gpd.GeoDataFrame", path: Path, overrides: "OverrideRules | None"
) -> "gpd.GeoDataFrame":
    import geo
    from geo.geocoding.overrides.replay import apply_overrides

    if not is_article(path):
        return geo.geocode(table, overrides=overrides)
    return table if overrides is None else apply_overrides(table, overrides)


def read_view(worldview: str) -> "Worldview":
    """Worldview of a name, or of a CSV file with exceptions of one's own."""
    from geo.reference.views import read_worldview, view

    return read_worldview(worldview) if worldview.lower().endswith(".csv") else view(worldview)
