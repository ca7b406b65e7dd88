"""Places that an editor assigns, replayed on every run."""

import os
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from geo.errors import ReadError, SchemaError
from geo.gazetteer.places import shipped_gazetteer
from geo.geocoding.answers import COLUMNS_PLACED, resolution_answer
from geo.geocoding.resolve import PlaceQuery, resolve_place
from geo.geocoding.uncertainty import GIVEN_COORDINATES_M
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
        A line names no incident of the table, or no place that is known.

    Examples
    --------
    >>> incidents = gpd.GeoDataFrame({"incident_id": ["a-1"]}, geometry=[None], crs=4326)
    >>> line = pd.DataFrame({"incident_id": ["a-1"], "place": ["Baghdad"]})
    >>> apply_overrides(incidents, line).loc[0, ["place", "reason"]].tolist()
    ['Baghdad', 'place assigned by editor']
    """
    require(table, ("incident_id",), by="apply_overrides")
    lines = overrides if isinstance(overrides, pd.DataFrame) else _read(Path(overrides))
    require(lines, ("incident_id",), by="an overrides table")
    result = conform(table.to_crs(CRS))
    for number, line in enumerate(lines.to_dict("records"), start=1):
        row = table.index[table["incident_id"] == line["incident_id"]]
        if len(row) != 1:
            raise SchemaError(
                f"overrides, line {number}: no incident has the id {line['incident_id']!r}; "
                f"there are {', '.join(table['incident_id'].head(3))} and so on."
            )
        result = _placed(result, row[0], _answer(line, number))
    return result


def _read(path: Path) -> pd.DataFrame:
    try:
        return pd.read_csv(path, dtype="str", keep_default_na=False)
    except (OSError, ValueError) as error:
        raise ReadError(f"{path}: cannot be read ({error}); {_EXPECTED}.") from error


def _answer(line: dict[Any, Any], number: int) -> dict[str, Any]:
    def said(name: str) -> str:
        value = line.get(name)
        return "" if value is None or pd.isna(value) else str(value).strip()

    if said("lon") and said("lat"):
        answer = dict.fromkeys(COLUMNS_PLACED) | {
            "geometry": shapely.Point(float(said("lon")), float(said("lat"))),
            "place": said("place") or None,
            "uncertainty_m": GIVEN_COORDINATES_M,
            "precision": "exact",
        }
    else:
        query = PlaceQuery(said("place"), said("country"), said("admin1"))
        resolution = resolve_place(query, shipped_gazetteer())
        if resolution.place is None:
            raise SchemaError(f"overrides, line {number}: {resolution.reason}; {_EXPECTED}.")
        answer = resolution_answer(resolution)
    if said("uncertainty_m"):
        answer["uncertainty_m"] = float(said("uncertainty_m"))
    reason = f"{_REASON}: {said('note')}" if said("note") else _REASON
    return answer | {"method": "override", "reason": reason, "status": "located", "score": None}


def _placed(table: gpd.GeoDataFrame, row: Any, answer: dict[str, Any]) -> gpd.GeoDataFrame:  # noqa: ANN401
    changed = table.reindex(columns=[*table.columns, *(set(COLUMNS_PLACED) - set(table.columns))])
    columns = {
        name: changed[name].astype(object).mask(changed.index == row, answer[name])
        for name in COLUMNS_PLACED
    }
    points = changed.geometry.where(changed.index != row, answer["geometry"])
    result = changed.assign(**columns).set_geometry(gpd.GeoSeries(points, crs=CRS))
    if "footprint" in result:
        result["footprint"] = result["footprint"].where(result.index != row, None)
    return conform(result)
