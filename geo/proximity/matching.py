"""How surely rows match: the columns `match` and `match_share` of every query."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.geodesy import Floats
from geo.joins.columns import Column, Table, words

__all__ = ["match_columns", "matching", "ring_share"]

_MEAN_RADIUS_M = 6_371_008.8
_HELD = 0.9
_CIRCLES = 64


def match_columns(certain: npt.NDArray[np.bool_], share: Floats) -> dict[str, Column]:
    """Values of `match` and `match_share`, the share to a thousandth."""
    match = words(["certain", "possible"]).take(np.where(certain, 0, 1))
    return {"match": match, "match_share": share.round(3)}


def matching(
    table: Table, rows: npt.NDArray[np.int64], certain: npt.NDArray[np.bool_], share: Floats
) -> Table:
    """Rows of a table whose share is above 0, index kept, with `match` and `match_share`.

    Parameters
    ----------
    table
        Any.
    rows, certain, share
        Positions of rows, whether each matches certainly, and with which share.
    """
    kept = np.flatnonzero(share > 0)
    found = table.iloc[rows[kept]]
    columns = match_columns(certain[kept], share[kept])
    return found.assign(**{name: pd.Series(one, found.index) for name, one in columns.items()})


def ring_share(distance_m: Floats, radius_m: Floats, within_m: float) -> Floats:
    """Share of each disc that lies within a distance of a point.

    Parameters
    ----------
    distance_m
        Geodesic distance between the point and the middle of the disc, shape (n,).
    radius_m
        Radius that holds the true place with 90 % probability, above 0, shape (n,).
    within_m
        The distance from the point.

    Notes
    -----
    The disc is that of `geo.joins.discs`, here as circles of equal probability around its middle.
    Of each the arc within the distance follows from the haversine formula on a sphere.

    Examples
    --------
    >>> away_m = np.array([0.0, 10_000.0, 20_000.0])
    >>> ring_share(away_m, np.full(3, 5_000.0), 10_000.0).round(2).tolist()
    [1.0, 0.46, 0.0]
    """
    probability = (np.arange(_CIRCLES) + 0.5) / _CIRCLES * _HELD
    circle = np.sqrt(np.log1p(-probability) / np.log1p(-_HELD))
    away = (distance_m / _MEAN_RADIUS_M)[:, None]
    step = radius_m[:, None] * circle / _MEAN_RADIUS_M
    # Half the way round is the whole sphere; beyond it the sine would shrink again.
    reach = min(within_m / _MEAN_RADIUS_M, np.pi)
    room = np.sin(reach / 2) ** 2 - np.sin((away - step) / 2) ** 2
    across = np.maximum(np.sin(away) * np.sin(step), 1e-300)
    arc = 2 * np.arcsin(np.sqrt(np.clip(room / across, 0.0, 1.0))) / np.pi
    return np.asarray(arc.mean(axis=1))
