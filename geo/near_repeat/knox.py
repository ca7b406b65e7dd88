"""Knox's test: whether incidents that are close in space are close in time, more than by chance."""

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.geodesy import FARTHEST_M, Floats
from geo.near_repeat.dated_points import DatedPoints
from geo.near_repeat.permuted_days import (
    Counts,
    Days,
    PairsOfBand,
    counts_by_days,
    permutations_of,
)
from geo.proximity.amounts import growing, is_whole
from geo.spatial.pairs_within import Pairs, PairsWithin

__all__ = ["knox_test"]

_LONGEST_DAYS = 1_000_000


def knox_test(
    table: gpd.GeoDataFrame,
    *,
    distances_m: Sequence[float],
    days: Sequence[int],
    permutations: int = 999,
    seed: int = 0,
    most: int = 20_000_000,
) -> pd.DataFrame:
    """Test whether incidents within metres of each other are also within days, beyond chance.

    Parameters
    ----------
    table
        Points in any CRS, with `date_start`; `date_end`, `date_precision`, `uncertainty_m` and
        `precision` are used where the table has them. An incident stands at its first day.
    distances_m
        Outer edge of each band of distance, growing. A band holds its outer edge, not its inner
        one: above `distance_from_m`, up to `distance_to_m`. Incidents of the same place (to a
        micrometre) are a band of their own, from 0 to 0; where points are those of towns, that is
        the same town.
    days
        Last day of each band of days, growing whole numbers: 7 and 14 make 0 to 7 and 8 to 14. A 0
        in front makes the same day a band of its own.
    permutations
        How often the days are dealt anew to the places.
    seed
        The same seed gives the same numbers, whatever the order of the rows.
    most
        Pairs within the greatest distance are counted first; where there are more, the test is
        refused.

    Returns
    -------
    pandas.DataFrame
        One row for each band of distance and of days: `distance_from_m`, `distance_to_m`,
        `days_from` and `days_to` (both inclusive); `observed`, pairs of incidents; `expected` and
        `expected_median`, mean and median of the permutations; `ratio` of observed to expected,
        null where nothing is expected; `p_value`. Then, the same in all rows: `incidents` that took
        part, `vague_places` and `vague_days`, those left out, `permutations` and `seed`.

    Raises
    ------
    TooManyPairsError
        Names the number of pairs, and a smaller distance that would do.
    SchemaError
        The table has no CRS, or no `date_start`; a cell of the dates is no date.
    ValueError
        The edges of the bands do not grow, or are no numbers of their kind; no permutations; a seed
        below 0.

    Notes
    -----
    Places stay, days are permuted over all incidents. The p-value is one-sided,
    (1 + permutations with at least as many pairs) / (1 + permutations). Each row is a test of its
    own; of 20 rows one has a p-value of 0.05 by chance.

    Left out as `vague_places` are incidents without a point, known only to a province or a country,
    or with an `uncertainty_m` above the greatest distance; as `vague_days` those without a date,
    known only to a month or a year, or with a span (of precision `week` or `range`) that is longer
    than the first band of days. What lies on the point of a province or a country, and does not say
    so by its `precision`, takes part: leave it out before, with `geo.find_centroid_piles`.

    Sources: Knox (1964), Applied Statistics 13, 25-30, for the table; Johnson et al. (2007),
    Journal of Quantitative Criminology 23, 201-219, for its permutations.

    Examples
    --------
    >>> day = pd.to_datetime(["2024-01-01", "2024-01-03", "2024-01-04", "2024-06-01", "2024-06-02"])
    >>> incidents = gpd.GeoDataFrame(
    ...     {"date_start": day},
    ...     geometry=gpd.points_from_xy([36.7, 36.7, 36.701, 38.7, 38.701], [34.7] * 5),
    ...     crs=4326,
    ... )
    >>> test = knox_test(incidents, distances_m=[200], days=[7, 14])
    >>> test[["distance_to_m", "days_from", "days_to", "observed"]].values.tolist()
    [[0.0, 0.0, 7.0, 1.0], [0.0, 8.0, 14.0, 0.0], [200.0, 0.0, 7.0, 3.0], [200.0, 8.0, 14.0, 0.0]]
    >>> test["p_value"].tolist()
    [0.423, 1.0, 0.106, 1.0]
    """
    if not is_whole(permutations, least=1):
        raise ValueError(f"knox_test: {permutations!r:.60} permutations; expected 1 or more")
    if not is_whole(seed, least=0):
        raise ValueError(f"knox_test: the seed is {seed!r:.60}; expected a whole number from 0 on")
    edges_m, latest = _edges_m(distances_m), _latest(days)
    incidents = DatedPoints.of(table, distance_m=edges_m[-1], days=float(latest[0]), by="knox_test")
    search = incidents.pairs(distance_m=float(edges_m[-1]), days=None, most=most, by="knox_test")
    bands = _bands(search, edges_m)
    observed = counts_by_days(bands, incidents.day[:, None], latest, rounds=1 + permutations)[0]
    drawn = np.concatenate(
        [
            counts_by_days(bands, some, latest, rounds=1 + permutations)
            for some in permutations_of(incidents.day, permutations, seed)
        ]
    )
    return (
        _edges(edges_m, latest)
        .assign(**_measures(observed, drawn))
        .assign(
            incidents=len(incidents.row),
            vague_places=incidents.vague_places,
            vague_days=incidents.vague_days,
            permutations=permutations,
            seed=seed,
        )
    )


def _edges_m(distances_m: Sequence[float]) -> Floats:
    """Outer edges of the bands of distance, the first 0."""
    told = growing(distances_m, by="knox_test", what="distances")
    if told[0] < 0:
        raise ValueError(f"knox_test: the distances are {told.tolist()}; expected growing metres")
    return np.unique(np.append(0.0, np.minimum(told, FARTHEST_M)))


def _latest(days: Sequence[int]) -> Days:
    """Last day of each band of days."""
    expected = f"growing whole numbers, up to {_LONGEST_DAYS:,}"
    told = growing(days, by="knox_test", what="days", expected=expected)
    if not (told == np.floor(told)).all() or told[0] < 0 or told[-1] > _LONGEST_DAYS:
        raise ValueError(f"knox_test: the days are {told.tolist()}; expected {expected}")
    return told.astype(np.int32)


def _bands(search: PairsWithin, edges_m: Floats) -> list[PairsOfBand]:
    """Pairs by band of distance, sorted so that neighbours are read together."""
    parts = [(_short(part), np.searchsorted(edges_m, part.distance_m)) for part in search.parts()]
    bands = []
    for band in range(len(edges_m)):
        one, other = (
            np.concatenate([pairs[side][where == band] for pairs, where in parts])
            for side in range(2)
        )
        order = np.argsort(one, kind="stable")
        bands.append(PairsOfBand(one[order], other[order]))
    return bands


def _short(part: Pairs) -> PairsOfBand:
    return PairsOfBand(part.one.astype(np.int32), part.other.astype(np.int32))


def _edges(edges_m: Floats, latest: Days) -> pd.DataFrame:
    """Bands of distance and of days, all with all."""
    inner_m = np.append(0.0, edges_m[:-1])
    earliest = np.append(0, latest[:-1] + 1)
    return pd.DataFrame(
        {
            "distance_from_m": np.repeat(inner_m, len(latest)),
            "distance_to_m": np.repeat(edges_m, len(latest)),
            "days_from": np.tile(earliest, len(edges_m)).astype(np.int64),
            "days_to": np.tile(latest, len(edges_m)).astype(np.int64),
        }
    )


def _measures(observed: Counts, drawn: Counts) -> dict[str, Floats | Counts]:
    """What was observed beside what the permutations let expect."""
    seen, by_chance = observed.ravel(), drawn.reshape(len(drawn), -1)
    expected = by_chance.mean(axis=0)
    ratio = np.divide(seen, expected, out=np.full(len(seen), np.nan), where=expected > 0)
    return {
        "observed": seen,
        "expected": expected,
        "expected_median": np.median(by_chance, axis=0),
        "ratio": ratio,
        "p_value": (1 + (by_chance >= seen).sum(axis=0)) / (1 + len(drawn)),
    }
