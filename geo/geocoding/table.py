"""Places a whole table."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
from shapely.geometry.base import BaseGeometry

from geo.gazetteer.places import Gazetteer
from geo.gazetteer.user_places import all_places
from geo.geocoding.answering import Relative, answer_query
from geo.geocoding.answers import COLUMNS_PLACED
from geo.geocoding.names.candidates import find_country
from geo.geocoding.names.resolve import PlaceQuery
from geo.geocoding.overrides.replay import Overrides, settle
from geo.geocoding.row_documents import with_other_rows
from geo.geocoding.uncertainty import GIVEN_COORDINATES_M
from geo.grammar.encodable import encodable_texts
from geo.schema import CRS, conform, has_geometry, require

if TYPE_CHECKING:
    from geopy.geocoders.base import Geocoder

    from geo.geocoding.services.asking import Service

__all__ = ["geocode"]

# What a point that came with the table says where the table itself says nothing.
_GIVEN: dict[str, Any] = {
    "uncertainty_m": GIVEN_COORDINATES_M,
    "precision": "exact",
    "method": "given",
    "reason": "The coordinates were given; their error is not stated, 1 km is assumed",
    "status": "located",
}
_GIVEN_WITH_RADIUS = "The coordinates were given"


def geocode(  # noqa: PLR0913  # what a row states, and what to do with it
    table: pd.DataFrame,
    *,
    place: str = "place_text",
    country: str = "country",
    admin1: str = "admin1",
    admin2: str = "admin2",
    document: str | None = None,
    relative: Relative = "place",
    overrides: Overrides | None = None,
    fallback: "Service | Geocoder | None" = None,
) -> gpd.GeoDataFrame:
    """Place the rows that have no point yet, offline, each with its uncertainty in metres.

    Rows that have a point keep it. A row that cannot be placed keeps its place in the table, with a
    null geometry and a reason; so does one whose given coordinates contradict themselves
    (`suspicious`, `given`), which waits for an editor.

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
    admin2
        Column with the name of the district; may be missing.
    document
        Column that tells which rows come from one report: the country, the province and the
        nearness of what its other rows name help to tell what a name means. None: each row stands
        alone.
    relative
        Where the point of "20 km north of X" goes: to the described place (`place`), or to X, with
        a radius that holds the described place (`anchor`, as UCDP codes it).
    overrides
        Places that an editor assigns, as a CSV file or a table: see
        `geo.geocoding.overrides.replay.apply_overrides`. They come first, also before points that
        are given; their rows are not looked up.
    fallback
        An online geocoder of geopy, with a user agent of your own, or a
        `geo.geocoding.services.asking.Service`: asked only for names that nobody here knows. The
        text of the place is sent, with country and province, and nothing else. None by default:
        nothing leaves the machine.

    Returns
    -------
    geopandas.GeoDataFrame
        Copy in EPSG:4326 with `place`, `place_id`, `uncertainty_m`, `precision`, `method`, `score`,
        `reason`, `candidates`, `status`; and `footprint`, the area that words can mean, null where
        a row describes none. Index and rows as in the input.

    Raises
    ------
    ReadError
        The file of overrides cannot be read.
    SchemaError
        The table has no points, and none of the three columns; it lacks that of `document`; a line
        of the overrides is wrong; or the fallback is no geocoder with a user agent of its own.
    WriteError
        The answers of the fallback cannot be kept.

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
    if document is not None:
        require(table, (document,), by="geocode")
    service = None if fallback is None else _service(fallback)
    # By position, since labels of an index may repeat.
    result = _with_points(encodable_texts(table)).reset_index(drop=True)
    is_settled: pd.Series[bool] = pd.Series(data=False, index=result.index)
    if overrides is not None:
        result, is_settled[:] = settle(result, overrides, place=place, country=country)
    is_waiting = _are_waiting(result)
    is_open = ~has_geometry(result) & ~is_waiting
    gazetteer = all_places()
    columns_read = (place, country, admin1, admin2, document or "")
    answers = _answers(result[is_open], columns_read, gazetteer, relative)
    points = gpd.GeoSeries(pd.concat([result.geometry[~is_open], answers.geometry]), crs=CRS)
    columns = {
        name: _filled(result.get(name), answers[name], is_open, name).mask(
            is_waiting, result.get(name)
        )
        for name in COLUMNS_PLACED
    }
    has_radius = ~is_open & _are_stated(result, "uncertainty_m") & ~_are_stated(result, "reason")
    columns["reason"] = columns["reason"].mask(has_radius, _GIVEN_WITH_RADIUS)
    # What a reader doubted stays in doubt, wherever its name leads, and where it leads nowhere.
    doubted = is_open & (result.get("status", columns["status"]) == "suspicious")
    columns["status"] = columns["status"].mask(doubted, "suspicious")
    columns["country_a3"] = columns["country_a3"].fillna(
        _stated_countries(result, country, is_open | is_settled, gazetteer)
    )
    placed = result.assign(**columns).set_geometry(points.reindex(result.index).rename("geometry"))
    footprints = answers["footprint"].reindex(result.index)
    known = result.get("footprint", pd.Series(None, index=result.index, dtype=object))
    either = known.astype(object).where(~is_open, footprints.astype(object))
    shapes: list[Any] = [one if isinstance(one, BaseGeometry) else None for one in either]
    placed["footprint"] = gpd.GeoSeries(shapes, index=result.index, crs=CRS)
    if service is not None:
        from geo.geocoding.services.placing import ask_service  # noqa: PLC0415  # as above

        placed = ask_service(placed, service, (place, country, admin1), is_open, gazetteer)
    return conform(placed.set_axis(table.index))


def _service(fallback: "Service | Geocoder") -> "Service":
    # geopy takes longer to load than most tables take.
    from geo.geocoding.services.asking import Service  # noqa: PLC0415

    return fallback if isinstance(fallback, Service) else Service(fallback)


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
        PlaceQuery(text.strip(), country.strip(), admin1.strip(), admin2=admin2.strip())
        for text, country, admin1, admin2, _ in texts.itertuples(index=False)
    ]
    queries = with_other_rows(queries, list(texts.iloc[:, -1]), gazetteer)
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
    """Code of the country that the table itself states for a point that came with it.

    An editor may have put a row into another country.
    """
    if column not in table:
        return pd.Series(index=table.index, dtype="str")
    names = table[column].where(~is_open).astype("str")
    codes = {name: find_country(name, gazetteer) for name in names.dropna().unique()}
    known = {name: place.country_a3 for name, place in codes.items() if place}
    return names.map(known).astype("str")


def _are_waiting(table: gpd.GeoDataFrame) -> "pd.Series[bool]":
    """Rows whose given coordinates a reader holds back: a name would hide what contradicts them."""
    if not {"status", "method"} <= set(table.columns):
        return pd.Series(data=False, index=table.index)
    is_held = table["status"].eq("suspicious") & table["method"].eq("given")
    return is_held.fillna(value=False).astype(bool) & ~has_geometry(table)


def _are_stated(table: pd.DataFrame, name: str) -> "pd.Series[bool]":
    stated: pd.Series[bool] = (
        table[name].notna() if name in table else pd.Series(data=False, index=table.index)
    )
    return stated


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
