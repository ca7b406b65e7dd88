"""Points that lie outside the country that their own row states."""

from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.canonical_json import to_json
from geo.gazetteer.user_places import all_places
from geo.geocoding.coordinates.position_checks import Fits, fits_country, held_against
from geo.geocoding.coordinates.proposals import perhaps, proposed
from geo.geocoding.names.candidates import find_country
from geo.grammar.coordinates import Coordinates
from geo.joins.countries import country_conflicts
from geo.reference.atoms import atoms
from geo.reference.holdings import holdings_on
from geo.reference.views import view
from geo.schema import has_geometry
from geo.tables.cells import join_notes

__all__ = ["country_faults", "with_country_doubts"]

_LOOKED_AT = ["geometry", "uncertainty_m", "precision", "date_start"]


def with_country_doubts(
    incidents: gpd.GeoDataFrame, *, exchanged_only: bool = False
) -> gpd.GeoDataFrame:
    """Incidents of which those whose point surely lies outside their stated country are suspicious.

    Nothing is repaired: the point stays where the row puts it. `reason` and `candidates` propose
    what fits: latitude and longitude exchanged, or a sign.

    Parameters
    ----------
    incidents
        Incident table that is read, with `country_a3` or `country`.
    exchanged_only
        Whether only points count that would lie in the stated country with longitude and latitude
        exchanged. They are found quickly among millions.
    """
    if not {"country", "country_a3"} & set(incidents.columns):
        return incidents
    # All batches of a file have the same columns.
    unproposed = pd.Series(None, index=incidents.index, dtype="str")
    doubted = incidents.assign(candidates=incidents.get("candidates", unproposed))
    placed = doubted[doubted["status"].eq("located") & has_geometry(doubted)]
    wrong = country_faults(placed[_seem_exchanged(placed)] if exchanged_only else placed)
    if wrong.empty:
        return doubted
    points = list(zip(wrong.geometry.x, wrong.geometry.y, wrong["country_a3"], strict=True))
    known = {point: _said(*point) for point in set(points)}
    said = [known[point] for point in points]
    notes = pd.DataFrame(said, index=wrong.index, columns=["note", "candidates"], dtype="str")
    columns: dict[str, Any] = {
        "status": "suspicious",
        "reason": join_notes(doubted.loc[wrong.index, "reason"], notes["note"]),
        "candidates": notes["candidates"],
    }
    for name, values in columns.items():
        doubted[name] = doubted[name].astype("str")
        doubted.loc[wrong.index, name] = values
    return doubted


def country_faults(incidents: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Rows whose point surely lies outside the country that they state.

    Parameters
    ----------
    incidents
        Rows that all have a point, with `country_a3`, which goes first, or `country`.

    Returns
    -------
    geopandas.GeoDataFrame
        `country_a3` as stated, and the columns of `geo.joins.countries.country_conflicts`.
    """
    looked_at = [name for name in _LOOKED_AT if name in incidents]
    coded = incidents[looked_at].assign(country_a3=_stated(incidents))
    coded = coded[coded["country_a3"].notna()]
    if coded.empty:
        return coded
    # Many rows of a provider share a place: each is looked up once.
    alike = _alike(coded)
    found = country_conflicts(coded[~alike.duplicated()])
    found = found[found["match"] == "certain"]
    found = found.assign(alike=alike[found.index]).set_index("alike")
    wrong = alike[alike.isin(found.index)]
    return gpd.GeoDataFrame(found.loc[wrong].set_axis(wrong.index))


def _seem_exchanged(placed: gpd.GeoDataFrame) -> npt.NDArray[np.bool_]:
    """Rows on the land of another country that lie in the stated one the other way round."""
    lon, lat = (np.asarray(one, np.float64) for one in (placed.geometry.x, placed.geometry.y))
    stated = _stated(placed).fillna("").to_numpy(dtype=object)
    seem = np.abs(lon) <= 90
    for east, north, is_right in ((lon, lat, False), (lat, lon, True)):
        rows = np.flatnonzero(seem)
        held = holdings_on(view("default"), None, len(rows))
        holder = held.codes[held.holder_of(atoms().index.containing(east[rows], north[rows]))]
        agrees = holder == stated[rows]
        seem[rows] = agrees if is_right else ~agrees & (holder != "")
    return seem


def _alike(coded: gpd.GeoDataFrame) -> "pd.Series[int]":
    """Number of each row, the same for rows that say the same of a country and a point."""
    points = {"x": coded.geometry.x, "y": coded.geometry.y}
    said = pd.DataFrame(coded.drop(columns="geometry")).assign(**points)
    return said.groupby(list(said.columns), dropna=False, sort=False).ngroup()


def _stated(incidents: gpd.GeoDataFrame) -> "pd.Series[str]":
    """Code of the country that each row states: its reader's, else by its name."""
    if "country_a3" in incidents:
        return incidents["country_a3"]
    names = incidents.get("country", pd.Series(None, index=incidents.index, dtype="str"))
    gazetteer = all_places()
    known = {name: find_country(name, gazetteer) for name in names.dropna().unique()}
    codes = {name: place.country_a3 for name, place in known.items() if place}
    return names.map(codes).astype("str")


def _said(lon: float, lat: float, country_a3: str) -> tuple[str, str | None]:
    """What is to be said of a point outside a country, and what fits in its stead as JSON."""
    fault = f"The position does not lie in {country_a3}"
    found = Coordinates(lon, lat, 0.0, "decimal")
    inside = fits_country(country_a3)
    if inside is not None:
        found = held_against(found, _elsewhere(inside, lon, lat), country_a3, fault)
    readings = proposed(found)
    return fault + perhaps(readings, all_places()), to_json(readings) if readings else None


def _elsewhere(inside: Fits, lon: float, lat: float) -> Fits:
    """Whether a position fits that is another one than is known to lie outside."""
    return lambda east, north: (east, north) != (lon, lat) and inside(east, north)
