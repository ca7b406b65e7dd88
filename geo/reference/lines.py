"""Land borders and coasts as plain GeoDataFrames, drawn from the arcs when they are asked for."""

from functools import lru_cache

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geo.errors import PlaceNotFoundError
from geo.geodesy import geod
from geo.reference.atoms import Atoms, atoms
from geo.reference.stitching import lines_of
from geo.reference.views import Worldview, line_pairs, view

__all__ = ["border_arcs", "borders", "coast", "coast_arcs"]

_CRS = "EPSG:4326"


def borders(
    *, between: tuple[str, str] | None = None, worldview: str | Worldview = "default"
) -> gpd.GeoDataFrame:
    """Land borders of the world, one row per pair of countries and status.

    Parameters
    ----------
    between
        Two ISO 3166-1 alpha-3 codes, in any order; None for all borders.
    worldview
        Point of view on disputed areas: a name of `worldviews()`, or one of your own.

    Returns
    -------
    geopandas.GeoDataFrame
        EPSG:4326; `border_pair` (codes in alphabetical order), `status`, `error_m` (90 % of the
        line lie within it of the true border), `source` of the dispute, `worldview`, `length_km`.

    Raises
    ------
    PlaceNotFoundError
        The two countries share no land border in this view, or there is no such worldview.

    Notes
    -----
    Source: OpenStreetMap.

    Examples
    --------
    >>> borders(between=("SYR", "JOR"))["border_pair"].tolist()
    ['JOR-SYR']
    """
    point_of_view = view(worldview)
    arcs = border_arcs(point_of_view, between=between)
    pairs, statuses = line_pairs(point_of_view)
    frame = pd.DataFrame({"border_pair": pairs[arcs], "status": statuses[arcs], "arc": arcs})
    found = atoms()
    rows = [
        {"border_pair": pair, "status": status}
        | _line(found, group["arc"].to_numpy(), disputed=status != "international")
        for (pair, status), group in frame.groupby(["border_pair", "status"])
    ]
    table = gpd.GeoDataFrame(rows, geometry="geometry", crs=_CRS)
    table = table.assign(worldview=point_of_view.name)
    return table[
        ["border_pair", "status", "error_m", "source", "worldview", "length_km", "geometry"]
    ]


def coast() -> gpd.GeoDataFrame:
    """Coasts of the world, one row per country that holds the land.

    Returns
    -------
    geopandas.GeoDataFrame
        EPSG:4326; `country_a3` (null where nobody holds it), `error_m` (90 % of the line lie within
        it of the true coast), `length_km`.

    Notes
    -----
    Source: Natural Earth 10m.

    Examples
    --------
    >>> "LSO" in set(coast()["country_a3"])
    False
    """
    found = atoms()
    arcs = coast_arcs()
    sides = found.arcs[["left", "right"]].to_numpy()[arcs]
    dry = np.where(_land_sides(found, sides)[:, 0], sides[:, 0], sides[:, 1])
    holder = found.table["holder"].to_numpy(dtype=object)[dry]
    frame = pd.DataFrame({"country_a3": holder, "arc": arcs})
    rows = [
        {"country_a3": country_a3} | _line(found, group["arc"].to_numpy())
        for country_a3, group in frame.groupby("country_a3", dropna=False)
    ]
    table = gpd.GeoDataFrame(rows, geometry="geometry", crs=_CRS)
    return table[["country_a3", "error_m", "length_km", "geometry"]]


def border_arcs(
    point_of_view: Worldview,
    *,
    between: tuple[str, str] | None = None,
    status: str | None = None,
) -> npt.NDArray[np.int64]:
    """Rows of the arc table that are land borders.

    Raises
    ------
    PlaceNotFoundError
        The two countries share no land border, or none of this status.
    """
    pairs, statuses = line_pairs(point_of_view)
    is_border = _on_land(atoms()) & ~pd.isna(pairs)
    if between is not None:
        chosen = is_border & (pairs == "-".join(sorted(code.upper() for code in between)))
        if not chosen.any():
            raise PlaceNotFoundError(_no_border(between, pairs[is_border]))
        is_border = chosen
    if status is not None:
        known = sorted(set(statuses[is_border]))
        is_border = is_border & (statuses == status)
        if not is_border.any():
            raise PlaceNotFoundError(
                f"No such border has the status {status!r}; expected one of {', '.join(known)}."
            )
    return np.flatnonzero(is_border)


def coast_arcs() -> npt.NDArray[np.int64]:
    """Rows of the arc table that lie between land and sea."""
    found = atoms()
    is_land = _land_sides(found, found.arcs[["left", "right"]].to_numpy())
    cut = (found.arcs["kind"] == "cut").to_numpy()
    return np.flatnonzero((is_land[:, 0] != is_land[:, 1]) & ~cut)


def _land_sides(found: Atoms, sides: npt.NDArray[np.int32]) -> npt.NDArray[np.bool_]:
    # The last entry answers for -1: what no atom covers is sea.
    is_land: npt.NDArray[np.bool_] = np.append(found.is_land, [False])[sides]
    return is_land


@lru_cache(maxsize=2)
def _on_land(found: Atoms) -> npt.NDArray[np.bool_]:
    """Arcs that can be land borders in some view."""
    kind = found.arcs["kind"]
    wet = ~_land_sides(found, found.arcs[["left", "right"]].to_numpy()).any(axis=1)
    inside = kind.isin(["claim", "province"]).to_numpy()
    return (kind == "border").to_numpy() | (inside & ~wet)


def _line(
    found: Atoms, arcs: npt.NDArray[np.int64], *, disputed: bool = False
) -> dict[str, object]:
    """Geometry of some arcs as one row, with its length, error and source."""
    table = found.arcs.iloc[arcs]
    lines = lines_of(table, found.vertices)
    sources = sorted(set(table["source"]) - {""})
    if not sources:
        # Disputed in another worldview only: the ground beside the line tells why.
        sides = np.unique(table[["left", "right"]].to_numpy())
        sources = sorted(set(found.table["source"].to_numpy()[sides[sides >= 0]]) - {""})
    return {
        "error_m": float(table["error_m"].max()),
        "source": "; ".join(sources) if disputed else "",
        "length_km": round(sum(geod().geometry_length(line) for line in lines) / 1_000, 3),
        "geometry": shapely.line_merge(shapely.multilinestrings(lines)),
    }


def _no_border(between: tuple[str, str], pairs: npt.NDArray[np.object_]) -> str:
    known = {code for pair in pairs for code in pair.split("-")}
    unknown = [code for code in between if code.upper() not in known]
    if unknown:
        return (
            f"No country with a land border in this view has the code {', '.join(unknown)}; "
            "expected ISO 3166-1 alpha-3 codes such as JOR."
        )
    first = between[0].upper()
    others = sorted(
        {pair.replace(first, "").strip("-") for pair in pairs if first in pair.split("-")}
    )
    return (
        f"{between[0]} and {between[1]} share no land border in this view; "
        f"{first} borders {', '.join(others)}."
    )
