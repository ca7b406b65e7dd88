"""Which column of a table holds what: by the user's word, by names, by what the cells hold."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from geo.gazetteer.places import shipped_gazetteer
from geo.geocoding.names.candidates import find_country
from geo.grammar.date_words import plain_date
from geo.grammar.dates import parse_date
from geo.grammar.notations import read_position
from geo.tables.cells import text_cells
from geo.tables.columns import find_columns
from geo.tables.raw import RawTable

__all__ = ["FoundColumns", "find_roles"]

_LOOKED_AT = 200
_FILLED_WITHIN = 1_000
_LONGEST = 300
# Shares of the cells of a column that have to hold what it is taken for.
_POSITIONS, _DATES, _COUNTRIES = 0.5, 0.8, 0.8
_FEWEST_DECIMALS = 3
_DECIMAL_COMMA, _COMMAS = r"[-+]?\d{1,3},\d+", 0.5


@dataclass(frozen=True)
class FoundColumns:
    """Which column of a table holds each field, and how it was found.

    Parameters
    ----------
    fields
        Field to column.
    found_by
        Field to `user`, `name` or `values`.
    decimal_comma
        Whether longitudes and latitudes have decimal commas.
    """

    fields: dict[str, str] = field(default_factory=dict)
    found_by: dict[str, str] = field(default_factory=dict)
    decimal_comma: bool = False


def find_roles(raw: RawTable, *, named: Mapping[str, str | None] | None = None) -> FoundColumns:
    """Column for each field that a table has.

    Parameters
    ----------
    raw
        The table, or its first rows.
    named
        Fields whose column the user names; None where it is looked for.

    Raises
    ------
    SchemaError
        A column that the user names does not exist.

    Examples
    --------
    >>> table = pd.DataFrame({"x1": ["33.306, 38.703"], "seen": ["2024-01-28"], "in": ["Jordan"]})
    >>> find_roles(RawTable(table)).fields
    {'coordinates': 'x1', 'date': 'seen', 'country': 'in'}
    """
    columns = [str(name) for name in raw.cells.columns]
    fields = find_columns(columns, named=named, empty=_empty_columns(raw.cells))
    stated = {name for name, column in (named or {}).items() if column is not None}
    found_by = {name: "user" if name in stated else "name" for name in fields}
    samples = {
        column: cells
        for column in columns
        if column not in fields.values() and len(cells := _sample(raw.cells, column))
    }
    for name, column in _by_values(raw, fields, samples).items():
        fields[name], found_by[name] = column, "values"
    return FoundColumns(fields, found_by, _has_decimal_commas(raw.cells, fields))


def _has_decimal_commas(cells: pd.DataFrame, fields: Mapping[str, str]) -> bool:
    """Whether most degrees of the first rows have a decimal comma."""
    head = cells.head(_FILLED_WITHIN)
    degrees = pd.concat([text_cells(head, fields, name) for name in ("lon", "lat")]).dropna()
    return len(degrees) > 0 and bool(degrees.str.fullmatch(_DECIMAL_COMMA).mean() > _COMMAS)


def _empty_columns(cells: pd.DataFrame) -> set[str]:
    """Columns without values in the first rows, of which batches of a file see as many."""
    head = cells.head(_FILLED_WITHIN)
    return {
        str(name) for name in cells.columns if text_cells(head, {"any": name}, "any").isna().all()
    }


def _sample(cells: pd.DataFrame, column: str) -> list[str]:
    head = cells.head(_LOOKED_AT)
    if pd.api.types.is_numeric_dtype(head[column]) or pd.api.types.is_bool_dtype(head[column]):
        return []
    texts = text_cells(head, {"any": column}, "any").dropna()
    return [text for text in texts if len(text) <= _LONGEST]


def _by_values(
    raw: RawTable, fields: Mapping[str, str], samples: Mapping[str, list[str]]
) -> dict[str, str]:
    found: dict[str, str] = {}
    lacks_position = raw.shapes is None and not {"lon", "lat"} <= set(fields)
    if lacks_position and "coordinates" not in fields:
        if pair := _degree_columns(samples) if not {"lon", "lat"} & set(fields) else {}:
            found |= pair
        elif column := _first(
            samples, found, lambda text: read_position(text) is not None, _POSITIONS
        ):
            found["coordinates"] = column
    if "date" not in fields and (column := _first(samples, found, _is_date, _DATES)):
        found["date"] = column
    if "country" not in fields and (column := _first(samples, found, _is_country, _COUNTRIES)):
        found["country"] = column
    return found


def _first(
    samples: Mapping[str, list[str]],
    taken: Mapping[str, str],
    holds: Callable[[str], bool],
    share: float,
) -> str | None:
    """First column of which enough cells hold something; no other column is taken for it."""
    for column, texts in samples.items():
        if column in taken.values():
            continue
        distinct = list(dict.fromkeys(texts))
        if sum(map(holds, distinct)) >= share * len(distinct):
            return column
    return None


def _is_date(text: str) -> bool:
    # A number alone may count anything.
    return not plain_date(text).isdecimal() and parse_date(text, day_first=True) is not None


def _is_country(text: str) -> bool:
    return len(text) > 1 and find_country(text, shipped_gazetteer()) is not None


def _degree_columns(samples: Mapping[str, list[str]]) -> dict[str, str]:
    """Two columns of degrees, if there are just two and one of them cannot be a latitude."""
    largest = {column: _largest_degrees(texts) for column, texts in samples.items()}
    pair = [column for column, most in largest.items() if most is not None]
    if len(pair) != 2:
        return {}
    first, second = (largest[column] or 0.0 for column in pair)
    if (first > 90.0) == (second > 90.0):
        return {}
    lon, lat = pair if first > 90.0 else reversed(pair)
    return {"lon": lon, "lat": lat}


def _largest_degrees(texts: list[str]) -> float | None:
    """Largest of the degrees that all cells state with decimals; None where one does not."""
    most = 0.0
    for text in texts:
        whole, _, decimals = text.removeprefix("-").partition(".")
        if not (whole.isdecimal() and decimals.isdecimal() and len(decimals) >= _FEWEST_DECIMALS):
            return None
        most = max(most, abs(float(text)))
    return most if most <= 180.0 else None
