"""Places that an editor assigns, replayed on every run."""

import csv
import io
import math
import os
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from geo.errors import ReadError, SchemaError
from geo.gazetteer.user_places import all_places
from geo.geocoding.answers import COLUMNS_PLACED, resolution_answer
from geo.geocoding.resolve import PlaceQuery, resolve_place
from geo.geocoding.uncertainty import GIVEN_COORDINATES_M, coordinate_precision
from geo.grammar.angles import coordinate_radius_m, parse_degrees
from geo.grammar.coordinates import coordinate_fault
from geo.schema import CRS, conform, require

__all__ = ["apply_overrides"]

_REASON = "place assigned by editor"
_EXPECTED = "expected a CSV with incident_id and place (and country), or lon and lat"


def apply_overrides(
    table: gpd.GeoDataFrame, overrides: str | os.PathLike[str] | pd.DataFrame
) -> gpd.GeoDataFrame:
    """Put incidents where an editor says they are.

    Parameters
    ----------
    table
        Incident table, EPSG:4326.
    overrides
        A CSV file or table with `incident_id` and either `place` (with `country` and `admin1` where
        the name is not unique), or `lon` and `lat` in degrees; `uncertainty_m` and `note` as one
        likes.

    Returns
    -------
    geopandas.GeoDataFrame
        Copy in which the named rows have their new point; `method` is `override`, and `reason` says
        that an editor assigned the place. A footprint that no longer holds is dropped.

    Raises
    ------
    ReadError
        The file cannot be read.
    SchemaError
        A line names no incident of the table or several, no place that is known, or numbers that
        cannot be.

    Examples
    --------
    >>> incidents = gpd.GeoDataFrame({"incident_id": ["a-1"]}, geometry=[None], crs=4326)
    >>> line = pd.DataFrame({"incident_id": ["a-1"], "place": ["Baghdad"]})
    >>> apply_overrides(incidents, line).loc[0, ["place", "reason"]].tolist()
    ['Baghdad', 'place assigned by editor']
    """
    require(table, ("incident_id",), by="apply_overrides")
    if isinstance(overrides, pd.DataFrame):
        require(overrides, ("incident_id",), by="an overrides table")
        lines = list(enumerate(overrides.to_dict("records"), start=1))
    else:
        lines = _read(Path(overrides))
    result = conform(table.to_crs(CRS))
    for number, cells in lines:
        where = f"overrides, line {number}"
        line = {str(name): _text(value) for name, value in cells.items()}
        is_row = _is_row(table, line["incident_id"], where)
        result = _placed(result, is_row, _answer(line, where))
    return result


def _read(path: Path) -> list[tuple[int, dict[Any, Any]]]:
    """Number of the line on which each row of a CSV file ends, and its cells."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        rows = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        lines = [(rows.line_num, row) for row in rows]
    except (OSError, ValueError, csv.Error) as error:
        raise ReadError(f"{path}: cannot be read ({error}); {_EXPECTED}.") from error
    if "incident_id" not in (rows.fieldnames or []):
        raise SchemaError(
            f"{path}: there is no column incident_id among {', '.join(rows.fieldnames or [])}; "
            f"{_EXPECTED}."
        )
    return [(number, row) for number, row in lines if any(map(_text, row.values()))]


def _text(value: Any) -> str:  # noqa: ANN401
    # The cells beyond the header are a list.
    return "" if isinstance(value, list) or pd.isna(value) else str(value).strip()


def _is_row(table: gpd.GeoDataFrame, identifier: str, where: str) -> "pd.Series[bool]":
    is_row = table["incident_id"] == identifier
    if is_row.sum() > 1:
        raise SchemaError(
            f"{where}: {is_row.sum()} incidents have the id {identifier!r}; expected one, give "
            "each incident an id of its own."
        )
    if not is_row.any():
        raise SchemaError(
            f"{where}: no incident has the id {identifier!r}; "
            f"there are {', '.join(map(str, table['incident_id'].head(3)))} and so on."
        )
    return is_row


def _answer(line: Mapping[str, str], where: str) -> dict[str, Any]:
    said = partial(_said, line)
    if said("lon") or said("lat"):
        answer = _point_answer(said("lon"), said("lat"), where) | {"place": said("place") or None}
    else:
        query = PlaceQuery(said("place"), said("country"), said("admin1"))
        resolution = resolve_place(query, all_places())
        if resolution.place is None:
            raise SchemaError(f"{where}: {resolution.reason}; {_EXPECTED}.")
        answer = resolution_answer(resolution)
    if said("uncertainty_m"):
        answer["uncertainty_m"] = _radius_m(said("uncertainty_m"), where)
    reason = f"{_REASON}: {said('note')}" if said("note") else _REASON
    return answer | {"method": "override", "reason": reason, "status": "located", "score": None}


def _said(line: Mapping[str, str], name: str) -> str:
    return line.get(name, "")


def _point_answer(lon_text: str, lat_text: str, where: str) -> dict[str, Any]:
    lon = parse_degrees(lon_text, hemispheres="EW")
    lat = parse_degrees(lat_text, hemispheres="NS")
    if lon is None or lat is None:
        raise SchemaError(
            f"{where}: lon {lon_text!r}, lat {lat_text!r} are not both in degrees; {_EXPECTED}."
        )
    fault = coordinate_fault(lon, lat)
    if fault is not None:
        raise SchemaError(f"{where}: {fault}; {_EXPECTED}.")
    radius_m = max(GIVEN_COORDINATES_M, coordinate_radius_m(lon_text, lat_text))
    return dict.fromkeys(COLUMNS_PLACED) | {
        "geometry": shapely.Point(lon, lat),
        "uncertainty_m": radius_m,
        "precision": coordinate_precision(radius_m),
    }


def _radius_m(text: str, where: str) -> float:
    try:
        radius_m = float(text)
    except ValueError:
        radius_m = math.nan
    if not 0 < radius_m < math.inf:
        raise SchemaError(f"{where}: uncertainty_m is {text!r}; expected metres above 0.")
    return radius_m


def _placed(
    table: gpd.GeoDataFrame, is_row: "pd.Series[bool]", answer: dict[str, Any]
) -> gpd.GeoDataFrame:
    changed = table.reindex(columns=[*table.columns, *(set(COLUMNS_PLACED) - set(table.columns))])
    columns = {
        name: changed[name].astype(object).mask(is_row, answer[name]) for name in COLUMNS_PLACED
    }
    points = changed.geometry.where(~is_row, answer["geometry"])
    result = changed.assign(**columns).set_geometry(gpd.GeoSeries(points, crs=CRS))
    if "footprint" in result:
        result["footprint"] = result["footprint"].where(~is_row, None)
    return conform(result)
