"""What distances are measured to: layers, shapes, or words that name one."""

import json
import re

import geopandas as gpd
import pandas as pd
from shapely.geometry.base import BaseGeometry

from geo.errors import AmbiguousPlaceError, PlaceNotFoundError, SchemaError
from geo.gazetteer.user_places import all_places
from geo.geocoding.names.candidates import find_country
from geo.geocoding.table import geocode
from geo.joins.user_layers import LineLayer, layer_of
from geo.reference.lines import borders
from geo.reference.units import countries, provinces
from geo.schema import CRS

__all__ = ["Target", "named_layer", "target_of"]

#: A layer, a shape in WGS 84, or words that name a border, a country or a place.
Target = gpd.GeoDataFrame | gpd.GeoSeries | LineLayer | BaseGeometry | str

_BORDER = re.compile(r"([A-Z]{3})-([A-Z]{3})")


def target_of(what: Target, *, by: str) -> LineLayer:
    """Layer of what distances are measured to.

    Parameters
    ----------
    what
        A layer, a shape, or words as `named_layer` takes them.
    by
        Who asks, for the message of an error.

    Raises
    ------
    SchemaError
        It is something else, such as a pair of numbers.
    """
    if isinstance(what, str):
        what = named_layer(what)
    if isinstance(what, BaseGeometry):
        what = gpd.GeoSeries([what], crs=CRS)
    if not isinstance(what, gpd.GeoDataFrame | gpd.GeoSeries | LineLayer):
        raise SchemaError(
            f"{by}: near what is {what!r:.60}; expected a layer, a shape such as"
            " shapely.Point(lon, lat), or words that name a border, a country or a place."
        )
    return layer_of(what, by=by)


def named_layer(text: str) -> gpd.GeoDataFrame:
    """Layer with the one thing that some words name.

    Parameters
    ----------
    text
        Two country codes (`JOR-SYR`) for a border; the name or code of a country for its area; else
        a place, as `geo.geocode` reads it: a name, `name, province, country`, coordinates, or a
        description such as "20 km north of X". Of a province its area, of a described place its
        footprint, of another place its point, with its radius as `error_m`.

    Raises
    ------
    PlaceNotFoundError
        Nothing of this name is known.
    AmbiguousPlaceError
        Several places have the name, and none is preferred.

    Examples
    --------
    >>> named_layer("SYR-JOR")["border_pair"].tolist()
    ['JOR-SYR']
    >>> named_layer("Lebanon").geometry.geom_type.tolist()
    ['MultiPolygon']
    >>> named_layer("Homs, Syria")["error_m"].round(-3).tolist()
    [9000.0]
    """
    if pair := _BORDER.fullmatch(text.strip()):
        return borders(between=(pair[1], pair[2]))
    country = find_country(text, all_places())
    if country is not None:
        known = countries()
        area = known[known["country_a3"] == country.country_a3]
        if not area.empty:
            return area
    found = geocode(pd.DataFrame({"place_text": [text]}))
    row = found.iloc[0]
    if row["status"] == "ambiguous":
        raise AmbiguousPlaceError(
            f"{text!r}: {row['reason']}; add its province or country, as in 'name, country'.",
            candidates=[one["name"] for one in json.loads(row["candidates"])],
        )
    if row["status"] == "unlocated" or row["geometry"] is None:
        raise PlaceNotFoundError(f"{text!r}: {row['reason']}; expected a place, or a layer.")
    if row["precision"] == "admin1":
        known = provinces()
        area = known[known["admin1_code"] == str(row["place_id"]).removeprefix("ne:")]
        if not area.empty:
            return area
    if isinstance(footprint := row.get("footprint"), BaseGeometry):
        return gpd.GeoDataFrame({"place": [text]}, geometry=[footprint], crs=CRS)
    about = {"place": [text], "error_m": [row["uncertainty_m"]]}
    return gpd.GeoDataFrame(about, geometry=[row["geometry"]], crs=CRS)
