"""Places a whole table."""

from collections.abc import Iterable
from typing import Any

import geopandas as gpd
import pandas as pd

from geo.gazetteer.places import Gazetteer
from geo.gazetteer.user_places import all_places
from geo.geocoding.answering import Relative, answer_query
from geo.geocoding.answers import COLUMNS_PLACED
from geo.geocoding.candidates import find_country
from geo.geocoding.resolve import PlaceQuery
from geo.geocoding.uncertainty import GIVEN_COORDINATES_M
from geo.schema import CRS, conform, has_geometry, require

__all__ = ["geocode"]

# What a point that came with the table says where the table itself says nothing.
_GIVEN: dict[str, Any] = {
    "uncertainty_m": GIVEN_COORDINATES_M,
    "precision": "exact",
    "method": "given",
    "reason": "The coordinates were given; their error is not stated, 1 km is assumed",
    "status": "located",
}


def geocode(
    table: pd.DataFrame,
    *,
    place: str = "place_text",
    country: str = "country",
    admin1: str = "admin1",
    relative: Relative = "place",
) -> gpd.GeoDataFrame:
    """Place the rows that have no point yet, offline, each with its uncertainty in metres.

    Rows that have a point keep it. A row that cannot be placed keeps its place in the table, with a
    null geometry and a reason.

    Parameters
    ----------
    table
        A DataFrame, or a GeoDataFrame of points in any CRS.
    place
        Column with the place as written: a name, `name, province, country`, coordinates, or a
        description such as "20 km north of X" or "in X near the border with Y".
    country
        Column with the name or ISO 3166-1 alpha-3 code of the country; may be missing.
    admin1
        Column with the name of the province; may be missing.
    relative
        Where the point of "20 km north of X" goes: to the described place (`place`), or to X, with
        a radius that holds the described place (`anchor`, as UCDP codes it).

    Returns
    -------
    geopandas.GeoDataFrame
        Copy in EPSG:4326 with `place`, `place_id`, `uncertainty_m`, `precision`, `method`, `score`,
        `reason`, `candidates`, `status`; and `footprint`, the area that words can mean, where a row
        describes one. Index and rows as in the input.

    Raises
    ------
    SchemaError
        The table has no points, and none of the three columns.

    Notes
    -----
    Source: GeoNames, Natural Earth, lists of airports and ports, the project's own list of sites,
    and the user's own places (`incidentmap data add`).

    Examples
    --------
    >>> incidents = geocode(pd.DataFrame({"place_text": ["Tower 22", "Nowhere Bay"]}))
    >>> incidents["status"].tolist()
    ['located', 'unlocated']
    """
    if not isinstance(table, gpd.GeoDataFrame) and not {country, admin1} & set(table.columns):
        require(table, (place,), by="geocode")
    # By position, since labels of an index may repeat.
    result = _with_points(table).reset_index(drop=True)
    is_open = ~has_geometry(result)
    gazetteer = all_places()
    answers = _answers(result[is_open], (place, country, admin1), gazetteer, relative)
    points = gpd.GeoSeries(pd.concat([result.geometry[~is_open], answers.geometry]), crs=CRS)
    columns = {
        name: _filled(result.get(name), answers[name], is_open, name) for name in COLUMNS_PLACED
    }
    columns["country_a3"] = columns["country_a3"].fillna(
        _stated_countries(result, country, is_open, gazetteer)
    )
    placed = result.assign(**columns).set_geometry(points.reindex(result.index).rename("geometry"))
    footprints = answers["footprint"].reindex(result.index)
    if footprints.notna().any():
        known = result.get("footprint", pd.Series(None, index=result.index, dtype=object))
        shapes = known.astype(object).where(~is_open, footprints.astype(object))
        placed["footprint"] = gpd.GeoSeries(list(shapes), index=result.index, crs=CRS)
    return conform(placed.set_axis(table.index))


def _with_points(table: pd.DataFrame) -> gpd.GeoDataFrame:
    if isinstance(table, gpd.GeoDataFrame):
        return table.to_crs(CRS)
    nowhere = gpd.GeoSeries(None, index=table.index, crs=CRS)
    return gpd.GeoDataFrame(table.copy(), geometry=nowhere)


def _answers(
    table: gpd.GeoDataFrame, columns: Iterable[str], gazetteer: Gazetteer, relative: Relative
) -> gpd.GeoDataFrame:
    """Answer for each row; each different query is looked up once."""
    texts = table.reindex(columns=list(columns)).astype("str").fillna("")
    queries = [
        PlaceQuery(text.strip(), country.strip(), admin1.strip())
        for text, country, admin1 in texts.itertuples(index=False)
    ]
    answer_by_query = {
        query: answer_query(query, gazetteer, relative=relative) for query in dict.fromkeys(queries)
    }
    rows = [answer_by_query[query] for query in queries]
    answers = pd.DataFrame(
        rows, index=table.index, columns=[*COLUMNS_PLACED, "geometry", "footprint"]
    )
    return gpd.GeoDataFrame(answers, geometry="geometry", crs=CRS)


def _stated_countries(
    table: gpd.GeoDataFrame, column: str, is_open: "pd.Series[bool]", gazetteer: Gazetteer
) -> "pd.Series[str]":
    """Code of the country that the table itself states for a point that came with it."""
    if column not in table:
        return pd.Series(index=table.index, dtype="str")
    names = table[column].where(~is_open).astype("str")
    codes = {name: find_country(name, gazetteer) for name in names.dropna().unique()}
    known = {name: place.country_a3 for name, place in codes.items() if place}
    return names.map(known).astype("str")


def _filled(
    old: "pd.Series[Any] | None",
    new: "pd.Series[Any]",
    is_open: "pd.Series[bool]",
    name: str,
) -> "pd.Series[Any]":
    """Answers for open rows; for others what the table says, or what a given point implies."""
    said: pd.Series[Any] = pd.Series(index=is_open.index, dtype=object) if old is None else old
    said = said.astype(object)
    given = said.where(said.notna(), _GIVEN.get(name))
    answered = new.reindex(is_open.index).astype(object)
    if name == "reason":
        # What the reader said about the row, such as unreadable coordinates, comes first.
        answered = answered.where(said.isna(), said.astype("str") + ". " + answered.astype("str"))
    filled: pd.Series[Any] = given.where(~is_open, answered)
    return filled
