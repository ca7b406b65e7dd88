"""Places that an editor assigns, replayed on every run."""

import os
from collections import Counter

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.errors import SchemaError
from geo.gazetteer.user_places import all_places
from geo.geocoding.overrides.cells import whole_identifier
from geo.geocoding.overrides.lines import OverrideLine, read_lines
from geo.geocoding.overrides.positions import check_positions
from geo.geocoding.overrides.rules import OverrideRules, RowKey, country_key, text_key
from geo.geocoding.row_answers import with_answers
from geo.grammar.encodable import encodable_texts
from geo.schema import CRS, conform

__all__ = ["Overrides", "apply_overrides", "check_overrides", "read_overrides", "settle"]

#: A CSV file, a table with its columns, or what was read of them.
Overrides = str | os.PathLike[str] | pd.DataFrame | OverrideRules


def read_overrides(overrides: Overrides) -> OverrideRules:
    """Read the lines once, for several tables.

    Parameters
    ----------
    overrides
        A CSV file or table, as `apply_overrides` takes it.

    Returns
    -------
    OverrideRules
        What each function that takes overrides takes as well.

    Raises
    ------
    ReadError
        The file cannot be read.
    SchemaError
        A line names no rows, no place that is known, or numbers that cannot be; or two lines
        contradict each other.

    Examples
    --------
    >>> rules = read_overrides(pd.DataFrame({"incident_id": ["a-1"], "place": ["Baghdad"]}))
    >>> [line.answer["place"] for line in rules.lines]
    ['Baghdad']
    """
    if isinstance(overrides, OverrideRules):
        return overrides
    gazetteer = all_places()
    rules = OverrideRules(read_lines(overrides, gazetteer), gazetteer)
    check_positions(rules.lines)
    return rules


def apply_overrides(table: gpd.GeoDataFrame, overrides: Overrides) -> gpd.GeoDataFrame:
    """Put incidents where an editor says they are.

    Parameters
    ----------
    table
        Incident table in any CRS.
    overrides
        A CSV file or table. A line says which rows it speaks of: `incident_id`, or `place_text` as
        written (case, accents and punctuation aside), and `stated_country` if only rows that state
        this country are meant. It says where they are: `place` (with `country` and `admin1` where
        the name is not unique), `place_id`, or `lon` and `lat` in degrees; `uncertainty_m` and
        `note` as one likes. Of several lines that speak of a row the strictest decides.

    Returns
    -------
    geopandas.GeoDataFrame
        Copy in EPSG:4326 in which the rows have their new point; `method` is `override`, and
        `reason` says that an editor assigned the place. A footprint that no longer holds is
        dropped.

    Raises
    ------
    ReadError
        The file cannot be read.
    SchemaError
        A line names no rows, no place that is known, or numbers that cannot be; two lines
        contradict each other; or an `incident_id` is that of several rows.

    Examples
    --------
    >>> incidents = gpd.GeoDataFrame({"incident_id": ["a-1"]}, geometry=[None], crs=4326)
    >>> line = pd.DataFrame({"incident_id": ["a-1"], "place": ["Baghdad"]})
    >>> apply_overrides(incidents, line).loc[0, ["place", "reason"]].tolist()
    ['Baghdad', 'place assigned by editor']
    """
    settled, _ = settle(conform(table.to_crs(CRS)), overrides)
    return conform(settled)


def check_overrides(
    table: pd.DataFrame,
    overrides: Overrides,
    *,
    place: str = "place_text",
    country: str = "country",
) -> pd.DataFrame:
    """What each line of an overrides file does to a table, before it is placed.

    Parameters
    ----------
    table
        Table with `incident_id` or places as written.
    overrides
        A CSV file or table, as `apply_overrides` takes it.
    place
        Column with the place as written.
    country
        Column with the country that a row states; `country_a3` where it says nothing.

    Returns
    -------
    pandas.DataFrame
        One row for each line: `line`, `incident_id`, `place_text`, `stated_country`, `rows` that
        it decides on, `use` and `reason`. `use` is `used`; `unused` where no row fits; `overruled`
        where stricter lines decide on all its rows; `repeated` where it says what another line
        says; or `open` where it says no place yet.

    Raises
    ------
    ReadError
        The file cannot be read.
    SchemaError
        As for `apply_overrides`.

    Examples
    --------
    >>> incidents = pd.DataFrame({"place_text": ["HQ", "hq", "Amman"]})
    >>> lines = pd.DataFrame({"place_text": ["HQ", "Depot"], "place": ["Baghdad", "Basra"]})
    >>> check_overrides(incidents, lines)[["place_text", "rows", "use"]].values.tolist()
    [['HQ', 2, 'used'], ['Depot', 0, 'unused']]
    """
    rules = read_overrides(overrides)
    fitting = _fitting(encodable_texts(table), rules, place, country)
    decided = Counter(lines[0].number for lines in fitting if lines)
    fits = Counter(line.number for lines in fitting for line in lines)
    rows = [(line, *_use(line, rules, decided, fits)) for line in rules.lines]
    return pd.DataFrame(
        [
            (line.number, line.incident_id, line.place_text, line.stated_country, count, use, why)
            for line, count, use, why in rows
        ],
        columns=[
            "line", "incident_id", "place_text", "stated_country", "rows", "use", "reason",
        ],
    )  # fmt: skip


def settle(
    table: gpd.GeoDataFrame,
    overrides: Overrides,
    *,
    place: str = "place_text",
    country: str = "country",
) -> tuple[gpd.GeoDataFrame, npt.NDArray[np.bool_]]:
    """Table in EPSG:4326 with the points that lines assign, and the rows that have one of them.

    Parameters
    ----------
    table
        Table in EPSG:4326.
    overrides
        A CSV file or table, as `apply_overrides` takes it.
    place
        Column with the place as written.
    country
        Column with the country that a row states.
    """
    fitting = _fitting(table, read_overrides(overrides), place, country)
    rows = [row for row, lines in enumerate(fitting) if lines]
    is_settled = np.zeros(len(table), dtype=np.bool_)
    is_settled[rows] = True
    return with_answers(table, rows, [fitting[row][0].answer or {} for row in rows]), is_settled


def _fitting(
    table: pd.DataFrame, rules: OverrideRules, place: str, country: str
) -> list[list[OverrideLine]]:
    """Lines that speak of each row, the strictest first."""
    texts = {text: text_key(text) for text in set(_texts(table, place))}
    stated = [
        own or code
        for own, code in zip(_texts(table, country), _texts(table, "country_a3"), strict=True)
    ]
    countries = {name: country_key(name, rules.gazetteer) for name in set(stated)}
    identifiers = _texts(_with_identifiers(table), "incident_id")
    fitting = [
        rules.fitting(RowKey(identifier, texts[text], countries[name]))
        for identifier, text, name in zip(identifiers, _texts(table, place), stated, strict=True)
    ]
    _check_identifiers(fitting, identifiers)
    return fitting


def _with_identifiers(table: pd.DataFrame) -> pd.DataFrame:
    if "incident_id" not in table:
        return table
    values = [whole_identifier(one) for one in table["incident_id"]]
    return pd.DataFrame({"incident_id": pd.Series(values, index=table.index, dtype=object)})


def _texts(table: pd.DataFrame, name: str) -> list[str]:
    if name not in table:
        return [""] * len(table)
    return [text.strip() for text in table[name].astype("str").fillna("").tolist()]


def _check_identifiers(fitting: list[list[OverrideLine]], identifiers: list[str]) -> None:
    """An identifier that several rows share means none of them."""
    meant = {line.incident_id: line for lines in fitting for line in lines if line.incident_id}
    counts = Counter(identifiers)
    for identifier, line in meant.items():
        if counts[identifier] > 1:
            raise SchemaError(
                f"{line.source}, line {line.number}: {counts[identifier]} incidents have the id "
                f"{identifier!r}; expected one, give each incident an id of its own."
            )


def _use(
    line: OverrideLine, rules: OverrideRules, decided: Counter[int], fits: Counter[int]
) -> tuple[int, str, str]:
    if line.answer is None:
        return 0, "open", "it says no place yet"
    if line.number in rules.repeats:
        return 0, "repeated", f"line {rules.repeats[line.number].number} says the same"
    if decided[line.number]:
        return decided[line.number], "used", ""
    if fits[line.number]:
        return 0, "overruled", "stricter lines decide on all its rows"
    return 0, "unused", "it fits no row"
