"""Which countries an incident can lie in, and with which share, given its uncertainty."""

from collections.abc import Iterator
from functools import lru_cache

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from pandas.api.extensions import ExtensionArray

from geo.canonical_json import to_json
from geo.geodesy import Floats
from geo.joins.columns import coded, words
from geo.joins.discs import SAMPLES, disc_points, footprint_points
from geo.joins.placement import Placement, batches
from geo.joins.points import uncertainties_m
from geo.reference.arc_index import arc_index
from geo.reference.atoms import Atoms, atoms
from geo.reference.holdings import moving_arcs
from geo.reference.views import Worldview
from geo.schema import CRS
from geo.spatial.lines import LineIndex

__all__ = ["NOBODY", "country_shares", "share_texts"]

#: Key of the share that lies on the high sea, or on land that nobody holds.
NOBODY = "nobody"

# Rows whose discs are looked up at a time: half a million sample points.
_ROUND = 2_000
_AREAS = ("admin1", "admin2", "country")

Ints = npt.NDArray[np.int64]


def country_shares(
    table: pd.DataFrame, placement: Placement, point_of_view: Worldview
) -> Iterator[tuple[int, dict[str, float]]]:
    """Rows that can lie in more than the country they were found in, with the share of each.

    Parameters
    ----------
    table
        With `uncertainty_m`; `footprint` and `precision` are used where the table has them.
    placement
        Of the same table.
    point_of_view
        Who holds what.

    Notes
    -----
    The samples of `geo.joins.discs`, of a disc whose radius joins the point's own uncertainty with
    the error of the nearest line (the root of the sum of squares). A disc that reaches no border is
    not sampled: it lies in one country. A row that was moved to the side it states is sampled with
    a disc that reaches there.
    """
    radius_m = uncertainties_m(table)
    footprints = _footprints(table)
    drawn = ~shapely.is_missing(footprints)
    known = placement.points.placed & (np.isfinite(radius_m) | drawn)
    if "precision" in table:
        # The words name such an area, so the incident lies in it whatever its disc covers.
        known &= ~(table["precision"].isin(_AREAS).to_numpy() & ~drawn)
    for batch in batches(len(table)):
        rows = np.flatnonzero(known[batch] & ~drawn[batch]) + batch.start
        rows, reach_m = _reaching(placement, point_of_view, rows, radius_m[rows])
        for first in range(0, len(rows), _ROUND):
            some = slice(first, first + _ROUND)
            yield from _of_discs(placement, rows[some], reach_m[some])
    for row in np.flatnonzero(known & drawn).tolist():
        lon, lat = footprint_points(footprints[row])
        yield from _shares(placement, np.full(len(lon), row), lon, lat)


def share_texts(
    shares: Iterator[tuple[int, dict[str, float]]],
    placement: Placement,
    known: npt.NDArray[np.bool_],
) -> ExtensionArray:
    """Shares as JSON: all in the country found unless the shares say otherwise.

    Parameters
    ----------
    shares
        Rows that can lie in several countries.
    placement
        Of the same table.
    known
        Rows whose share is known; the others get null.
    """
    alone = [to_json({code or NOBODY: 1.0}) for code in placement.holdings.codes]
    several = {row: to_json(share) for row, share in shares}
    position = np.where(known, placement.holder, -1)
    for row in np.flatnonzero(known & placement.offshore).tolist():
        several.setdefault(row, to_json({str(placement.stated[row]): 1.0}))
    position[list(several)] = len(alone) + np.arange(len(several))
    return coded(words([*alone, *several.values()]), position)


def _footprints(table: pd.DataFrame) -> npt.NDArray[np.object_]:
    """Footprint of each row, WGS 84; None where it has none, or something else than a geometry."""
    if "footprint" not in table:
        return np.full(len(table), None, dtype=object)
    column = table["footprint"]
    if column.dtype == "geometry":
        series = gpd.GeoSeries(column)
        column = series if series.crs is None else series.to_crs(CRS)
    footprints = np.array(column, dtype=object)
    footprints[~shapely.is_geometry(footprints)] = None
    # Empty ones have no bounds, and those beyond a projection no finite ones.
    footprints[~np.isfinite(shapely.bounds(footprints)).all(axis=1)] = None
    return footprints


def _reaching(
    placement: Placement, point_of_view: Worldview, rows: Ints, radius_m: Floats
) -> tuple[Ints, Floats]:
    """Rows whose disc reaches a line between two holders, and the radius of each."""
    if len(rows) == 0:
        return rows, radius_m
    points = placement.points
    errors_m = atoms().arcs["error_m"].to_numpy(dtype=np.float64)
    nearest = _index(atoms(), point_of_view).nearest(
        points.lon_deg[rows],
        points.lat_deg[rows],
        within_m=float(np.hypot(radius_m.max(), errors_m.max())),
    )
    reach_m = np.hypot(radius_m, errors_m[nearest.line])
    moved = placement.atom[rows] != placement.found[rows]
    reach_m[moved] = np.fmax(reach_m[moved], placement.distance_m[rows[moved]])
    reaching = moved | (nearest.distance_m <= reach_m)
    return rows[reaching], reach_m[reaching]


def _of_discs(
    placement: Placement, rows: Ints, radius_m: Floats
) -> Iterator[tuple[int, dict[str, float]]]:
    points = placement.points
    lon, lat = disc_points(points.lon_deg[rows], points.lat_deg[rows], radius_m)
    yield from _shares(placement, np.repeat(rows, SAMPLES), lon.ravel(), lat.ravel())


def _shares(
    placement: Placement, row: Ints, lon_deg: Floats, lat_deg: Floats
) -> Iterator[tuple[int, dict[str, float]]]:
    """Share of each holder among the samples of each row."""
    holdings = placement.holdings
    holder = holdings.holder_of(atoms().index.containing(lon_deg, lat_deg), row)
    codes: list[str] = holdings.codes.tolist()
    key, count = np.unique(row * len(codes) + holder, return_counts=True)
    number, code = np.divmod(key, len(codes))
    samples: dict[int, dict[str, int]] = {}
    for place, held, many in zip(number.tolist(), code.tolist(), count.tolist(), strict=True):
        samples.setdefault(place, {})[_name(placement, place, codes[held])] = many
    for place, counts in samples.items():
        own = _name(placement, place, codes[placement.holder[place]])
        yield place, _in_hundredths(counts, own)


def _name(placement: Placement, row: int, code: str) -> str:
    """Key of what a holder has in a row: on the high sea, off its coast, a country stays."""
    return code or (placement.stated[row] if placement.offshore[row] else NOBODY)


def _in_hundredths(counts: dict[str, int], own: str) -> dict[str, float]:
    """Shares that sum to 1, by the largest remainders; the row's own country has a hundredth."""
    total = sum(counts.values())
    whole = {code: 100 * count // total for code, count in counts.items()}
    by_remainder = sorted(counts, key=lambda code: (-(100 * counts[code] % total), code))
    for code in by_remainder[: 100 - sum(whole.values())]:
        whole[code] += 1
    if not whole.get(own):
        whole[max(whole, key=whole.__getitem__)] -= 1
        whole[own] = 1
    return {code: share / 100 for code, share in whole.items() if share}


@lru_cache(maxsize=8)
def _index(_atoms: Atoms, point_of_view: Worldview) -> LineIndex:
    return arc_index(moving_arcs(point_of_view))
