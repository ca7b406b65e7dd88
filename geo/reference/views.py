"""Points of view: who holds each part of the world, by whose map and on which day.

A worldview is a short list of exceptions from the default one, which shows who holds the ground.
Nothing here needs a geometry: parts of the world are the atoms, known by number.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow.parquet as pq

from geo import shipped
from geo.errors import PlaceNotFoundError, ReadError, SchemaError
from geo.reference.atoms import Atoms, atoms
from geo.reference.view_tables import (
    COLUMNS,
    NOBODY,
    SELECTORS,
    Rule,
    Selectors,
    checked,
    matches,
    name_of,
    rules,
)

__all__ = [
    "DEFAULT",
    "LinePairs",
    "Worldview",
    "admin1_codes",
    "changes",
    "holder_names",
    "holders",
    "line_pairs",
    "read_worldview",
    "view",
    "worldviews",
]

#: The worldview of who holds the ground.
DEFAULT = "default"
_FILE = "worldviews.parquet"
_TWO = 2
# Views and their periods that are in use at a time.
_KEPT = 64

Texts = npt.NDArray[np.str_]


@dataclass(frozen=True)
class Worldview:
    """A point of view: a name and the exceptions, of which the later ones win."""

    name: str
    rules: tuple[Rule, ...]


class LinePairs(NamedTuple):
    """Of each line between atoms: the two countries, and the status; None where no border is."""

    pair: npt.NDArray[np.object_]
    status: npt.NDArray[np.object_]


def worldviews() -> pd.DataFrame:
    """Points of view that come with incidentmap: each row is one exception with its source.

    The rows of `default` are what changed with time; every other view starts from them.

    Returns
    -------
    pandas.DataFrame
        `worldview`; `place` in words; what it selects by (`country_a3` of the default holder,
        `admin1_code`, `area`, `claims`, `surface`; empty means any); `holder` and, for codes that
        are not in ISO 3166-1, `holder_name`; `valid_from` and `valid_until` (the first day on
        which it no longer holds) as texts; `source`, `note`.

    Examples
    --------
    >>> table = worldviews()
    >>> table.loc[table["worldview"] == "UA", ["claims", "holder"]].iloc[0].tolist()
    ['RUS|UKR', 'UKR']
    """
    return _table(shipped.path(_FILE)).copy()


def view(worldview: str | Worldview) -> Worldview:
    """Worldview of a name, in capitals or not; one of your own is given back as it is.

    Raises
    ------
    PlaceNotFoundError
        No worldview has the name.

    Examples
    --------
    >>> view("UA").name
    'UA'
    """
    if isinstance(worldview, Worldview):
        return worldview
    known = _shipped_views(shipped.path(_FILE))
    called = _shipped_name(worldview)
    if called is None:
        raise PlaceNotFoundError(
            f"No worldview is called {worldview!r}; known are {', '.join(known)}, and "
            "geo.read_worldview makes one from a table of your own."
        )
    return known[called]


def _shipped_name(name: str) -> str | None:
    """Name of a shipped view as it is written there, whatever the case of the letters."""
    known = _shipped_views(shipped.path(_FILE))
    return next((one for one in known if one.casefold() == name.strip().casefold()), None)


def read_worldview(
    source: str | Path | pd.DataFrame, *, name: str | None = None, base: str | Worldview = DEFAULT
) -> Worldview:
    """Make a worldview of your own from a table of exceptions.

    Parameters
    ----------
    source
        CSV file or DataFrame with the columns of `geo.worldviews()`: `holder`, at least one of
        those it selects by, and any of the others. Later rows win over earlier ones.
    name
        What to call it in outputs, not as one that comes with incidentmap; by default the one value
        of the column `worldview`, else the name of the file, else `own`.
    base
        Worldview from which it starts.

    Returns
    -------
    Worldview
        To be given as `worldview=` wherever there is one.

    Raises
    ------
    ReadError
        The file cannot be read as CSV.
    SchemaError
        The table is no worldview; the message names the rows and columns.

    Examples
    --------
    >>> table = pd.DataFrame({"admin1_code": ["SOL-00"], "holder": ["XSL"]})
    >>> own = read_worldview(table.assign(holder_name="Somaliland"), name="mine")
    >>> bool((holders(own) == "XSL").any())
    True
    """
    table, called = _given(source)
    start = view(base)
    own = checked(table, _selectors(atoms()), source=called, names=holder_names(start))
    stated = name_of(table, source=called)
    default = "own" if isinstance(source, pd.DataFrame) else Path(source).stem
    chosen = name or stated or default
    if shipped_name := _shipped_name(chosen):
        raise SchemaError(
            f"{called}: worldview {chosen!r}: incidentmap has its own {shipped_name!r}; give "
            "another name with name=."
        )
    return Worldview(chosen, (*start.rules, *own))


def holders(worldview: str | Worldview = DEFAULT, *, on: date | None = None) -> Texts:
    """Who holds each atom: country codes, empty where nobody does.

    Without a day, as it is after the last change of the view.

    Examples
    --------
    >>> codes = holders("default", on=date(2010, 1, 1))
    >>> bool((codes == "SSD").any()), bool((holders("default") == "SSD").any())
    (False, True)
    """
    chosen = view(worldview)
    return _holders(atoms(), chosen, _period(chosen, on))


def admin1_codes(worldview: str | Worldview = DEFAULT, *, on: date | None = None) -> Texts:
    """Province of each atom: that of whoever holds it in this view, where theirs is another."""
    chosen = view(worldview)
    return _admin1_codes(atoms(), chosen, _period(chosen, on))


def line_pairs(worldview: str | Worldview = DEFAULT, *, on: date | None = None) -> LinePairs:
    """Which lines between atoms are borders in this view, of which pair and status.

    A line with the same holder on both sides is none. One that is a border by default keeps its
    status, and beside land that nobody holds its pair. Another is disputed where one of its sides
    is, else international.
    """
    chosen = view(worldview)
    return _line_pairs(atoms(), chosen, _period(chosen, on))


def changes(worldview: str | Worldview = DEFAULT) -> tuple[date, ...]:
    """Days on which something changes in this view: between two of them all days are alike."""
    days = {day for rule in view(worldview).rules for day in (rule.valid_from, rule.valid_until)}
    return tuple(sorted(day for day in days if day is not None))


def holder_names(worldview: str | Worldview = DEFAULT) -> dict[str, str]:
    """Names of the holders in this view that have no code in ISO 3166-1, or no longer have one."""
    return {rule.holder: rule.holder_name for rule in view(worldview).rules if rule.holder_name}


def _given(source: str | Path | pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """Exceptions as texts, rows named as their reader sees them, and what to call the table."""
    if isinstance(source, pd.DataFrame):
        texts = source.astype(object).where(source.notna(), "").astype(str)
        return texts.rename(columns=str), "table"
    try:
        table = pd.read_csv(source, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise ReadError(f"{source}: cannot be read as a CSV table: {error}.") from error
    return table.set_axis(table.index + 2), str(source)


def _period(chosen: Worldview, on: date | None) -> date:
    """First day of the time in which all is as on the day asked for."""
    limit = on.date() if isinstance(on, datetime) else on
    started = [day for day in changes(chosen) if limit is None or day <= limit]
    return started[-1] if started else date.min


@cache
def _table(path: Path) -> pd.DataFrame:
    try:
        found = pq.read_table(path, columns=list(COLUMNS), use_threads=False)
    except (OSError, ValueError):
        shipped.verify(path.name)
        raise
    table: pd.DataFrame = found.to_pandas()
    return table


@cache
def _shipped_views(path: Path) -> dict[str, Worldview]:
    table = _table(path)
    own: dict[str, list[Rule]] = {}
    for name, rule in zip(table["worldview"].tolist(), rules(table), strict=True):
        own.setdefault(name, []).append(rule)
    base = tuple(own.pop(DEFAULT))
    others = {name: Worldview(name, (*base, *found)) for name, found in own.items()}
    return {DEFAULT: Worldview(DEFAULT, base), **others}


@cache
def _selectors(found: Atoms) -> Selectors:
    own = {name: found.table[name].to_numpy(dtype=np.object_) for name in SELECTORS[1:]}
    return {"country_a3": found.table["holder"].fillna("").to_numpy(dtype=np.object_), **own}


@lru_cache(maxsize=_KEPT)
def _holders(found: Atoms, chosen: Worldview, period: date) -> Texts:
    selectors = _selectors(found)
    codes = selectors["country_a3"].astype("<U3")
    for rule in chosen.rules:
        started = rule.valid_from is None or rule.valid_from <= period
        ended = rule.valid_until is not None and rule.valid_until <= period
        if started and not ended:
            codes[matches(rule, selectors)] = "" if rule.holder == NOBODY else rule.holder
    codes.flags.writeable = False
    return codes


@lru_cache(maxsize=_KEPT)
def _admin1_codes(found: Atoms, chosen: Worldview, period: date) -> Texts:
    codes = _selectors(found)["admin1_code"].astype(np.str_)
    by_claimant = found.table["admin1_by_claimant"]
    holder = _holders(found, chosen, period)
    other = (holder != _holders_by_default(found)) & (by_claimant != "").to_numpy()
    for atom in np.flatnonzero(other).tolist():
        own = dict(part.split("=") for part in by_claimant.iloc[atom].split("|"))
        codes[atom] = own.get(str(holder[atom]), codes[atom])
    codes.flags.writeable = False
    return codes


def _holders_by_default(found: Atoms) -> Texts:
    return _selectors(found)["country_a3"].astype("<U3")


@lru_cache(maxsize=_KEPT)
def _line_pairs(found: Atoms, chosen: Worldview, period: date) -> LinePairs:
    sides = found.arcs[["left", "right"]].to_numpy()
    # What has no neighbour is compared with itself, and so is no border.
    left, right = sides[:, 0], np.where(sides[:, 1] < 0, sides[:, 0], sides[:, 1])
    holder = _holders(found, chosen, period)
    rows = np.flatnonzero(holder[left] != holder[right])
    left, right = left[rows], right[rows]
    pair = np.full(len(sides), None, dtype=np.object_)
    status = pair.copy()
    pair[rows] = _pairs(holder[left], holder[right])
    by_default = _by_default(found)
    nobodys = (holder[left] == "") | (holder[right] == "")
    claims = _selectors(found)["claims"]
    for row, one, other in zip(rows[nobodys], left[nobodys], right[nobodys], strict=True):
        claimants = _claimants(str(claims[one] if holder[one] == "" else claims[other]))
        pair[row] = by_default.pair[row] or claimants
    disputed = (found.table["status"] != "undisputed").to_numpy()
    new = np.where(disputed[left] | disputed[right], "disputed", "international")
    old = by_default.status[rows]
    status[rows] = np.where(pd.isna(old), new, old)
    status[pd.isna(pair)] = None
    for array in (pair, status):
        array.flags.writeable = False
    return LinePairs(pair, status)


def _pairs(one: Texts, other: Texts) -> npt.NDArray[np.object_]:
    """Two codes in alphabetical order."""
    first, second = np.where(one < other, one, other), np.where(one < other, other, one)
    joined: npt.NDArray[np.object_] = np.strings.add(np.strings.add(first, "-"), second).astype(
        np.object_
    )
    return joined


def _claimants(claims: str) -> str | None:
    """Pair of a new line beside land that nobody holds: its claimants, where they are two."""
    codes = sorted(claims.split("|"))
    return "-".join(codes) if len(codes) == _TWO else None


@cache
def _by_default(found: Atoms) -> LinePairs:
    """What the table says of the lines that are borders by default; None for the others."""
    others = ~found.arcs["kind"].isin(["border", "sea_border"]).to_numpy()
    pair = found.arcs["border_pair"].to_numpy(dtype=np.object_).copy()
    status = found.arcs["status"].to_numpy(dtype=np.object_).copy()
    pair[others], status[others] = None, None
    return LinePairs(pair, status)
