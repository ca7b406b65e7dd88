"""What is compared of reports, as arrays: one entry for each report, in the order of their ids."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.collection.merging.number_files import weights
from geo.collection.merging.report_sources import Origin, entries, origins, table_texts
from geo.collection.merging.report_words import WordSets, word_sets, words_of
from geo.geodesy import Floats
from geo.grammar.names import normalise_name
from geo.joins.columns import texts
from geo.joins.points import points_of, uncertainties_m
from geo.proximity.civil_days import civil_days
from geo.proximity.date_columns import day_number
from geo.vocabulary import find_kind, kinds

__all__ = ["Facts", "Places", "Told", "Tolls", "facts_of"]

Numbers = npt.NDArray[np.int64]
# So wide a place has its name in common with all that happens there.
_NO_PLACES = ("country", "none")
_WORD = 64
_NAMES = ("place_text", "place", "country", "admin1", "admin2")


@dataclass(frozen=True)
class Places:
    """Points in degrees (NaN for none), radii in metres, and numbers of places and names, or -1.

    `name` is that of the place which was found, `written` the first one that the report writes.
    """

    lon_deg: Floats
    lat_deg: Floats
    radius_m: Floats
    place: Numbers
    name: Numbers
    written: Numbers


@dataclass(frozen=True)
class Tolls:
    """Least and greatest numbers of killed and of injured; NaN where nothing is told."""

    killed_low: Floats
    killed_high: Floats
    injured: Floats


class Told(NamedTuple):
    """What a report says in words, the names of its place, and where it comes from."""

    texts: tuple[str, ...]
    names: tuple[str, ...]
    origin: Origin


@dataclass(frozen=True)
class Facts:
    """Reports as arrays.

    `first_day` and `last_day` are NaN where nothing dates a report; `hour` counts from 1970.
    `article` is the number of the text that a report comes from, -1 for none, and `story` that of
    its stretch; `own_columns` tells by bits which columns of a table a row of it fills, and `input`
    is the number of the file that the row is from, -1 where nothing says it.
    """

    ids: npt.NDArray[np.object_]
    places: Places
    first_day: Floats
    last_day: Floats
    hour: Floats
    kind: Numbers
    tolls: Tolls
    words: WordSets
    actors: WordSets
    addresses: WordSets
    article: Numbers
    story: Numbers
    own_columns: npt.NDArray[np.uint64]
    input: Numbers
    told: Sequence[Told]


def facts_of(reports: gpd.GeoDataFrame) -> Facts:
    """Facts of a table of reports, which are sorted by id."""
    found = origins(reports)
    named = zip(*(texts(reports, name) for name in _NAMES), strict=True)
    told = [Told(*one) for one in zip(table_texts(reports), named, found, strict=True)]
    first_day, last_day = _days(reports, found)
    is_row = np.array([not origin.article for origin in found], dtype=np.bool_)
    codes = {code: number for number, code in enumerate(kinds())}
    return Facts(
        ids=reports["incident_id"].astype("str").to_numpy(dtype=object),
        places=_places(reports),
        first_day=first_day,
        last_day=last_day,
        hour=_hours(reports),
        kind=np.array([codes.get(kind, -1) for kind in _kinds(reports)], dtype=np.int64),
        tolls=_tolls(reports),
        words=word_sets(
            [words_of((*one.texts, *one.origin.quotes), without=one.names) for one in told]
        ),
        actors=word_sets([_actor_words(cell) for cell in texts(reports, "actors")]),
        addresses=word_sets([dict.fromkeys(origin.addresses, 1) for origin in found]),
        article=_numbers([origin.article for origin in found]),
        story=_numbers(["" if one.story is None else str(one.story) for one in found]),
        own_columns=_own_columns(reports, found),
        input=_numbers(np.where(is_row, texts(reports, "input"), "").tolist()),
        told=told,
    )


def _places(reports: gpd.GeoDataFrame) -> Places:
    points = points_of(reports, by="merging")
    limits = weights("blocking")
    radius_m = np.nan_to_num(uncertainties_m(reports), nan=limits["unknown_m"])
    radius_m[radius_m == 0] = limits["unknown_m"]
    wide = np.isin(texts(reports, "precision"), _NO_PLACES)
    identifiers, names = texts(reports, "place_id").copy(), _place_names(reports)
    written = _written_names(reports)
    identifiers[wide] = names[wide] = written[wide] = ""
    return Places(
        points.lon_deg,
        points.lat_deg,
        np.minimum(radius_m, limits["most_m"]),
        _numbers(identifiers.tolist()),
        _numbers(names.tolist()),
        _numbers(written.tolist()),
    )


def _place_names(reports: pd.DataFrame) -> npt.NDArray[np.object_]:
    """Names of the places as they are compared; a town and a province may share one."""
    written = texts(reports, "place_text")
    names = np.where(texts(reports, "place") == "", written, texts(reports, "place"))
    keys = {name: normalise_name(name) for name in set(names)}
    return np.array([keys[name] for name in names], dtype=object)


def _written_names(reports: pd.DataFrame) -> npt.NDArray[np.object_]:
    """First names that the reports write: "Basra" of "Basra, southern Iraq"."""
    written = texts(reports, "place_text")
    keys = {text: normalise_name(text.partition(",")[0]) for text in set(written)}
    return np.array([keys[text] for text in written], dtype=object)


def _kinds(reports: pd.DataFrame) -> list[str]:
    """Kind of each report; where it states none, the one that its title is a word for."""
    titles = texts(reports, "title")
    found = {title: find_kind(title) for title in set(titles)}
    return [
        found[title] if kind in ("", "other") else kind
        for kind, title in zip(texts(reports, "kind"), titles, strict=True)
    ]


def _days(reports: pd.DataFrame, found: Sequence[Origin]) -> tuple[Floats, Floats]:
    """First and last day; of what has no date those before its publication."""
    first, last = civil_days(reports).whole_spans()
    before = weights("blocking")["days_before_publication"]
    for row in np.flatnonzero(np.isnan(first)).tolist():
        published = day_number(found[row].published)
        if published is not None:
            first[row], last[row] = published - before, published
    return first, last


def _hours(reports: pd.DataFrame) -> Floats:
    if "time_utc" not in reports:
        return np.full(len(reports), np.nan)
    instants = pd.to_datetime(reports["time_utc"], utc=True).dt.as_unit("s")
    seconds = instants.astype("int64").to_numpy(dtype=np.float64)
    return np.where(instants.isna().to_numpy(), np.nan, seconds / 3600)


def _tolls(reports: pd.DataFrame) -> Tolls:
    def column(name: str) -> Floats:
        if name not in reports:
            return np.full(len(reports), np.nan)
        return np.asarray(reports[name].to_numpy(dtype=np.float64, na_value=np.nan))

    told = np.stack([column(f"fatalities_{end}") for end in ("low", "best", "high")])
    return Tolls(np.fmin.reduce(told), np.fmax.reduce(told), column("injured"))


def _actor_words(cell: str) -> dict[str, int]:
    names = (one.get("name") for one in entries(cell))
    return words_of(name for name in names if isinstance(name, str))


def _numbers(names: Sequence[str]) -> Numbers:
    """Number of each text, the same for the same one; -1 for none."""
    known: dict[str, int] = {}
    return np.array(
        [known.setdefault(name, len(known)) if name else -1 for name in names], dtype=np.int64
    )


def _own_columns(reports: pd.DataFrame, found: Sequence[Origin]) -> npt.NDArray[np.uint64]:
    """Which of its source's own columns each row of a table fills, a bit each.

    Rows of one table fill much the same columns, those of another table fill others. A report of an
    article has none.
    """
    own = [name for name in reports if str(name).startswith("native_")]
    bits = np.zeros((len(reports), -(-max(len(own), 1) // _WORD) * _WORD), dtype=np.bool_)
    if own:
        bits[:, : len(own)] = reports[own].notna().to_numpy(dtype=np.bool_)
    bits[[bool(origin.article) for origin in found]] = False
    return np.packbits(bits, axis=1).view(np.uint64)
