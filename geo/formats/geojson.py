"""Incident tables as GeoJSON after RFC 7946: WGS 84, two dimensions, one feature per line."""

from pathlib import Path

import geopandas as gpd
import numpy as np

from geo.canonical_json import to_json
from geo.formats.about import About, column_meanings
from geo.formats.geojson_text import feature_texts
from geo.formats.options import Options
from geo.formats.rfc7946 import bounding_box, tidied
from geo.formats.simplestyle import with_simplestyle

__all__ = ["write_geojson", "write_geojson_sequence"]

# Before each text of RFC 8142; GDAL takes the one for granted in .geojsons, its lack in .geojsonl.
_SEPARATOR = "\x1e"


def write_geojson(table: gpd.GeoDataFrame, target: Path, about: About, options: Options) -> None:
    """Write a FeatureCollection; rows without a point get a null geometry.

    Dates are `YYYY-MM-DD`, instants end in `Z`, JSON columns become JSON. What the file says of
    itself stands in the member `incidentmap`.
    """
    styled = with_simplestyle(table) if options.simplestyle else table
    box = bounding_box(tidied(np.asarray(table.geometry, dtype=object)))
    head = '{"type":"FeatureCollection",'
    head += f'"bbox":{to_json(box)},' if box else ""
    head += f'"incidentmap":{_about(table, about)},"features":['
    comma = 1
    with target.open("wb") as stream:
        stream.write(head.encode())
        for text in feature_texts(styled, begin=",\n", end=""):
            stream.write(text[comma:])
            comma = 0
        stream.write(b"\n]}\n")


def write_geojson_sequence(
    table: gpd.GeoDataFrame, target: Path, about: About, options: Options
) -> None:
    """Write one feature per line; the first carries the member `incidentmap`.

    Notes
    -----
    Source: RFC 8142, where the name ends in `.geojsons`; else lines alone, without separators.
    """
    styled = with_simplestyle(table) if options.simplestyle else table
    begin = _SEPARATOR if target.suffix == ".geojsons" else ""
    members = f'"incidentmap":{_about(table, about)},'
    with target.open("wb") as stream:
        stream.writelines(feature_texts(styled, begin=begin, end="\n", members=members))


def _about(table: gpd.GeoDataFrame, about: About) -> str:
    return to_json(about.record() | {"columns": column_meanings(map(str, table.columns))})
