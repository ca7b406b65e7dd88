"""Which atom each row of a table lies in, and where that contradicts what the row says."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.geodesy import Floats
from geo.joins.columns import texts
from geo.joins.points import Points, uncertainties_m
from geo.reference.arc_index import arc_index
from geo.reference.atoms import Atoms, atoms
from geo.reference.holdings import Holdings, claimed_by, holdings_on
from geo.reference.views import Worldview
from geo.spatial.areas import NOWHERE
from geo.spatial.lines import LineIndex

__all__ = ["BATCH", "OFFSHORE_M", "Placement", "batches", "place"]

#: Rows that are worked on at a time, so that memory stays bounded.
BATCH = 100_000
#: How far off its coast a country is no contradiction to a point on the high sea, in metres: the
#: 200 nautical miles of an exclusive economic zone.
OFFSHORE_M = 370_400.0

# Method of rows that a description has placed.
_DESCRIBED = "region"

Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Placement:
    """What the map says of each row of a table.

    `atom` is -1 where no atom holds the point; `holder` is the position of a country in
    `holdings.codes`. Of the rows that state another country than the one found, `distance_m` is
    how far the stated one is, infinite where it has no area; `contradicted` are those where this
    cannot be an error of point or line, `offshore` those of the high sea whose country stays,
    `claimed` those where it can be an error, but the stated country claims the place found.
    """

    points: Points
    holdings: Holdings
    atom: Ints
    found: Ints
    holder: Ints
    stated: npt.NDArray[np.object_]
    distance_m: Floats
    contradicted: Mask
    offshore: Mask
    claimed: Mask


def batches(count: int) -> Iterator[slice]:
    """Slices that cover a number of rows."""
    return (slice(first, first + BATCH) for first in range(0, count, BATCH))


def place(table: pd.DataFrame, points: Points, point_of_view: Worldview) -> Placement:
    """Find the atom of each row.

    A row whose own country (`country_a3`) lies within its uncertainty and the error of the line
    gets the nearest atom of this country: a town on a border river keeps its side.

    Parameters
    ----------
    table
        With `country_a3`, `uncertainty_m` and `date_start`, where it has them.
    points
        Position of each row.
    point_of_view
        Who holds what.
    """
    holdings = holdings_on(point_of_view, table.get("date_start"), len(table))
    placed, index = points.placed, atoms().index
    found = np.full(len(table), NOWHERE, dtype=np.int64)
    for batch in batches(len(table)):
        rows = np.flatnonzero(placed[batch]) + batch.start
        found[rows] = index.containing(points.lon_deg[rows], points.lat_deg[rows])
    stated = _codes(table)
    holder = holdings.holder_of(found)
    today = holdings.holder_today(found)
    said = (holdings.codes[holder] == stated) | (holdings.codes[today] == stated)
    atom, distance_m = found.copy(), np.full(len(table), np.nan)
    contradicted = placed & (stated != "") & ~said
    offshore = np.zeros(len(table), dtype=bool)
    claimed = offshore.copy()
    reach_m = np.nan_to_num(uncertainties_m(table))
    # The country of a description is only that of the place from which it counts.
    kept_m = np.where(texts(table, "method") == _DESCRIBED, 0.0, reach_m)
    claimants = np.append(claimed_by(point_of_view), "")
    for rows, nearest in _nearest_own(points, holdings, stated, np.flatnonzero(contradicted)):
        distance_m[rows] = nearest.distance_m
        near = nearest.distance_m <= np.hypot(reach_m[rows], nearest.error_m)
        # Of a disputed place, the view says who holds it.
        claimed[rows] = near & _is_claimed(claimants[found[rows]], stated[rows])
        stays = nearest.distance_m <= np.hypot(kept_m[rows], nearest.error_m)
        atom[rows] = np.where(stays & ~claimed[rows], nearest.atom, atom[rows])
        offshore[rows] = ~near & (found[rows] == NOWHERE) & (nearest.distance_m <= OFFSHORE_M)
        contradicted[rows] = ~(near | offshore[rows])
    moved = np.flatnonzero(atom != found)
    holder[moved] = holdings.holder_of(atom[moved], moved)
    return Placement(
        points, holdings, atom, found, holder, stated, distance_m, contradicted, offshore, claimed
    )


def _codes(table: pd.DataFrame) -> npt.NDArray[np.object_]:
    """Country that each row states, in capitals; "" where it states none."""
    position, known = pd.factorize(texts(table, "country_a3"))
    return np.array([code.strip().upper() for code in known], dtype=object)[position]


def _is_claimed(claimants: npt.NDArray[np.object_], code: npt.NDArray[np.object_]) -> Mask:
    pairs = zip(code, claimants, strict=True)
    return np.array([one in several.split("|") for one, several in pairs], dtype=bool)


@dataclass(frozen=True)
class _Own:
    """Nearest atom of a country, of some points; infinitely far where it has none."""

    atom: Ints
    distance_m: Floats
    error_m: Floats


def _nearest_own(
    points: Points, holdings: Holdings, stated: npt.NDArray[np.object_], rows: Ints
) -> Iterator[tuple[Ints, _Own]]:
    """Nearest atom of the country that each of some rows states, country by country."""
    for code in sorted(set(stated[rows])):
        of_country = rows[stated[rows] == code]
        for period in np.unique(holdings.period[of_country]).tolist():
            chosen = of_country[holdings.period[of_country] == period]
            own = np.isin(holdings.codes[holdings.holder[period]], [code])
            yield chosen, _nearest_atom(own, points.lon_deg[chosen], points.lat_deg[chosen])


def _nearest_atom(own: Mask, lon_deg: Floats, lat_deg: Floats) -> _Own:
    found = atoms()
    left, right = found.arcs["left"].to_numpy(), found.arcs["right"].to_numpy()
    outline = np.flatnonzero(own[left] != own[right])
    if len(outline) == 0:
        nothing = np.full(len(lon_deg), np.inf)
        return _Own(np.full(len(lon_deg), NOWHERE), nothing, np.zeros(len(lon_deg)))
    nearest = _outline_index(found, outline.tobytes()).nearest(lon_deg, lat_deg)
    arc = nearest.line
    atom = np.where(own[left[arc]], left[arc], right[arc]).astype(np.int64)
    return _Own(atom, nearest.distance_m, found.arcs["error_m"].to_numpy(dtype=np.float64)[arc])


@lru_cache(maxsize=32)
def _outline_index(_atoms: Atoms, arcs: bytes) -> LineIndex:
    return arc_index(np.frombuffer(arcs, dtype=np.int64))
