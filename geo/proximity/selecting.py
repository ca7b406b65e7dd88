"""Incidents by where, when, of which kind and by whom."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from geo.errors import PlaceNotFoundError, SchemaError
from geo.gazetteer.user_places import all_places
from geo.geocoding.names.candidates import find_country
from geo.geodesy import Floats
from geo.grammar.names import normalise_name
from geo.joins.points import points_of
from geo.joins.user_layers import layer_of
from geo.proximity.amounts import two_ends
from geo.proximity.civil_days import civil_days, day_of
from geo.proximity.matching import matching
from geo.proximity.within_distance import shares_within
from geo.schema import CRS, require
from geo.vocabulary import kinds

__all__ = ["select"]

Day = dt.date | str | None


class _Found(NamedTuple):
    """Whether each row fits certainly, and the share of what it can be that fits."""

    certain: npt.NDArray[np.bool_]
    share: Floats


def select(
    table: gpd.GeoDataFrame,
    *,
    bounds: tuple[float, float, float, float] | None = None,
    country: str | Iterable[str] | None = None,
    kind: str | Iterable[str] | None = None,
    actor: str | None = None,
    dates: tuple[Day, Day] | None = None,
) -> gpd.GeoDataFrame:
    """Select the incidents that fit all criteria, or can fit them.

    Parameters
    ----------
    table
        Incidents. A criterion reads only its own columns; a row where they are null does not fit.
    bounds
        West, south, east and north in degrees, WGS 84; west above east crosses the antimeridian.
        Reads the points and `uncertainty_m`.
    country
        Names or codes of countries. Reads `country_a3`, and `country_shares` where there is one.
    kind
        Kinds of incidents, such as `battle`. Reads `kind`.
    actor
        Words of a name, whatever the accents and the case. Reads `actors`: an actor fits in any
        role, whoever says so.
    dates
        First and last day, inclusive; None for an open end. Reads `date_start`, `date_end` and
        `date_precision`.

    Returns
    -------
    geopandas.GeoDataFrame
        The rows that match, index kept, with `match` (`certain` where all that the incident can be
        fits, else `possible`) and `match_share`.

    Raises
    ------
    SchemaError
        A column is missing, there is no such kind, bounds or dates are none, or a cell of the dates
        is no date.
    PlaceNotFoundError
        Nobody knows the country.

    Notes
    -----
    Shares of several criteria are multiplied, as if they were independent. Of dates the share is
    that of the days from `date_start` to `date_end`, or of the whole week, month or year where no
    more is known.

    Examples
    --------
    >>> import pandas as pd
    >>> incidents = gpd.GeoDataFrame(
    ...     {
    ...         "kind": ["battle", "protest", "battle"],
    ...         "country_a3": ["SYR", "SYR", "JOR"],
    ...         "date_start": pd.to_datetime(["2024-01-28", "2024-01-30", "2024-01-01"]),
    ...         "date_end": pd.to_datetime(["2024-01-28", "2024-01-30", "2024-01-31"]),
    ...     },
    ...     geometry=gpd.points_from_xy([38.7, 36.7, 38.7], [33.4, 34.7, 33.3]),
    ...     crs=4326,
    ... )
    >>> select(incidents, country="Syria", kind="battle").index.tolist()
    [0]
    >>> late = incidents.pipe(select, dates=("2024-01-25", None))
    >>> late["match"].tolist(), late["match_share"].tolist()
    (['certain', 'certain', 'possible'], [1.0, 1.0, 0.226])
    """
    parts = [_Found(np.ones(len(table), dtype=np.bool_), np.ones(len(table)))]
    if bounds is not None:
        parts.append(_in_bounds(table, bounds))
    if country is not None:
        parts.append(_in_countries(table, country))
    if kind is not None:
        parts.append(_of_kinds(table, kind))
    if actor is not None:
        parts.append(_by_actor(table, actor))
    if dates is not None:
        parts.append(_in_time(table, dates))
    certain, share = zip(*parts, strict=True)
    rows = np.arange(len(table))
    return matching(table, rows, np.logical_and.reduce(certain), np.prod(share, axis=0))


def _in_bounds(table: gpd.GeoDataFrame, bounds: tuple[float, float, float, float]) -> _Found:
    try:
        west, south, east, north = (float(side) for side in bounds)
    except (TypeError, ValueError):
        west = south = east = north = np.nan
    fits = -180 <= west <= 180 and -180 <= east <= 360 and -90 <= south < north <= 90
    if not fits or west == east:
        raise SchemaError(
            f"select: the bounds are {bounds!r:.200}; expected west, south, east, north in degrees."
        )
    box = shapely.box(west, south, east + 360 if east < west else east, north)
    layer = layer_of(gpd.GeoSeries([box], crs=CRS), by="select")
    points = points_of(table, by="select")
    found = shares_within(table, points, layer, distance_m=0)
    certain, share = np.zeros(len(table), dtype=np.bool_), np.zeros(len(table))
    certain[found.row], share[found.row] = found.certain, found.share
    return _Found(certain, share)


def _in_countries(table: gpd.GeoDataFrame, country: str | Iterable[str]) -> _Found:
    require(table, ("country_a3",), by="select by country")
    wanted = frozenset(_code(name) for name in _several(country))
    share = table["country_a3"].isin(wanted).to_numpy().astype(np.float64)
    if "country_shares" in table:
        told = table["country_shares"].notna().to_numpy()
        texts = table["country_shares"].to_numpy(dtype=object)[told].tolist()
        share[told] = [_share_of(text, wanted) for text in texts]
    return _Found(share == 1.0, share)


@lru_cache(maxsize=4_096)
def _share_of(text: str, wanted: frozenset[str]) -> float:
    shares: dict[str, float] = json.loads(text)
    return round(min(sum(shares.get(code, 0.0) for code in wanted), 1.0), 6)


def _code(name: str) -> str:
    found = find_country(name, all_places())
    if found is None or found.country_a3 is None:
        raise PlaceNotFoundError(
            f"select: no country named {name!r} is known; expected a name or an ISO 3166-1 alpha-3"
            " code such as JOR."
        )
    return found.country_a3


def _of_kinds(table: gpd.GeoDataFrame, kind: str | Iterable[str]) -> _Found:
    require(table, ("kind",), by="select by kind")
    wanted = set(_several(kind))
    unknown = sorted(wanted - set(kinds()))
    if unknown:
        raise SchemaError(f"select: {unknown[0]!r} is no kind; expected {', '.join(kinds())}.")
    certain = table["kind"].isin(wanted).to_numpy()
    return _Found(certain, certain.astype(np.float64))


def _by_actor(table: gpd.GeoDataFrame, actor: str) -> _Found:
    require(table, ("actors",), by="select by actor")
    words = f" {normalise_name(actor)} "
    if not words.strip():
        raise SchemaError(f"select: the actor is {actor!r}; expected a name.")
    certain = np.array(
        [any(words in f" {name} " for name in _names(cell)) for cell in table["actors"]],
        dtype=np.bool_,
    )
    return _Found(certain, certain.astype(np.float64))


def _names(actors: object) -> Iterator[str]:
    """Names in a cell; none where it is null."""
    for one in json.loads(actors) if isinstance(actors, str) else ():
        yield normalise_name(str(one.get("name", "")))


def _in_time(table: gpd.GeoDataFrame, dates: tuple[Day, Day]) -> _Found:
    require(table, ("date_start",), by="select by dates")
    ends = two_ends(dates, by="select", what="dates")
    first, last = (
        end if day is None else day_of(day, by="select")
        for day, end in zip(ends, (-np.inf, np.inf), strict=True)
    )
    if first > last:
        raise SchemaError(f"select: the dates are {dates}; expected the first day before the last.")
    start, end = civil_days(table).whole_spans()
    within = np.minimum(end, last) - np.maximum(start, first) + 1
    share = np.nan_to_num(np.clip(within / (end - start + 1), 0.0, 1.0))
    return _Found(share == 1.0, share)


def _several(value: str | Iterable[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)
