"""Columns whose cells state whole positions, in any notation."""

from typing import Any

import geopandas as gpd
import pandas as pd

from geo.gazetteer.places import Gazetteer
from geo.gazetteer.user_places import all_places
from geo.geocoding.answers import coordinate_answer
from geo.geocoding.coordinates.cells import read_cell
from geo.geocoding.names.candidates import find_country
from geo.schema import CRS

__all__ = ["read_coordinate_cells"]

_COLUMNS = ("uncertainty_m", "precision", "method", "status", "reason", "candidates")
_UNPLACED = {"precision": "none", "method": "none", "status": "unlocated"}
_STATED = "The coordinates were given"
_LONGEST_SHOWN = 80


def read_coordinate_cells(
    texts: "pd.Series[str]", countries: "pd.Series[str]", *, column: str
) -> gpd.GeoDataFrame:
    """Points of cells that state positions, each held against the country of its row.

    Nothing is repaired: what cannot be meant is `suspicious`, and `reason` proposes what may be.

    Parameters
    ----------
    texts
        Cells; null where there is none.
    countries
        Names or codes of the countries that the rows state; null where they state none.
    column
        Name of the column, for what is said of cells that state no position.

    Returns
    -------
    geopandas.GeoDataFrame
        `geometry` in EPSG:4326, `uncertainty_m`, `precision`, `method`, `status`, `reason`,
        `candidates`.

    Examples
    --------
    >>> cells = pd.Series(["38SMB4099486410", "38.703, 33.306"], dtype="str")
    >>> table = read_coordinate_cells(cells, pd.Series([None, "Jordan"]), column="grid")
    >>> table["status"].tolist()
    ['located', 'suspicious']
    """
    gazetteer = all_places()
    pairs = list(zip(texts, countries, strict=True))
    answers = {pair: _answer(*pair, column, gazetteer) for pair in dict.fromkeys(pairs)}
    rows = [answers[pair] for pair in pairs]
    table = pd.DataFrame(rows, index=texts.index, columns=[*_COLUMNS, "geometry"])
    types = dict.fromkeys(_COLUMNS, "str") | {"uncertainty_m": "float64"}
    return gpd.GeoDataFrame(table.astype(types), geometry="geometry", crs=CRS)


def _answer(text: object, country: object, column: str, gazetteer: Gazetteer) -> dict[str, Any]:
    if not isinstance(text, str):
        return dict(_UNPLACED)

    def country_a3() -> str | None:
        place = find_country(country, gazetteer) if isinstance(country, str) else None
        return place.country_a3 if place else None

    found = read_cell(text, country_a3, lambda: gazetteer)
    if found is None:
        shown = text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…"
        return _UNPLACED | {"reason": f"{column} “{shown}” is not understood"}
    answer = coordinate_answer(found, gazetteer, stated=_STATED)
    return {name: answer.get(name) for name in (*_COLUMNS, "geometry")}
