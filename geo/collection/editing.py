"""Values that an editor gives to incidents, whatever their reports say."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import geopandas as gpd
import pandas as pd

from geo.collection.decisions import EditLine
from geo.errors import SchemaError
from geo.geocoding.wording import quoted
from geo.schema import COLUMNS, conform, require

__all__ = ["with_edits"]

# Columns of which none may be above the next one.
_DATES = ("date_start", "date_end")
_TOLLS = ("fatalities_low", "fatalities_best", "fatalities_high")

_Cells = dict[str, list[Any]]


def with_edits(incidents: gpd.GeoDataFrame, edits: Sequence[EditLine]) -> gpd.GeoDataFrame:
    """Copy of an incident table in which the lines of an editor hold.

    What is not edited gives way: a toll above the highest one raises this, and an incident of one
    day moves whole.

    Parameters
    ----------
    incidents
        Incident table; needs `incident_id`. A merged incident is also named by any of its
        `report_ids`.
    edits
        Lines; those that name no incident of the table do nothing.

    Raises
    ------
    SchemaError
        Two lines give a column of one incident different values, or a range ends below its begin.

    Examples
    --------
    >>> table = gpd.GeoDataFrame(
    ...     {"incident_id": ["a"], "report_ids": ['["a","b"]']}, geometry=[None], crs=4326
    ... )
    >>> edit = EditLine("overrides.csv", 2, "b", "verification", "verified")
    >>> with_edits(table, [edit]).loc[0, "verification"]
    'verified'
    """
    require(incidents, ("incident_id",), by="with_edits")
    deciding = _deciding(incidents, edits)
    fields = {field for lines in deciding.values() for field in lines}
    for together in (_DATES, _TOLLS):
        if fields & set(together):
            fields |= set(together) & set(incidents.columns)
    columns = {name: _cells_of(incidents, name) for name in sorted(fields)}
    for row, lines in deciding.items():
        is_one_day = _is_one_day(columns, row)
        for field, line in lines.items():
            columns[field][row] = _value(line.value, COLUMNS[field].dtype)
        if is_one_day and len(set(_DATES) & set(lines)) == 1:
            moved, other = _DATES if _DATES[0] in lines else _DATES[::-1]
            columns[other][row] = columns[moved][row]
        for together in (_DATES, _TOLLS):
            _give_way(columns, row, lines, [name for name in together if name in columns])
    edited = {
        name: pd.Series(cells, index=incidents.index, dtype=object).astype(_dtype(name))
        for name, cells in columns.items()
    }
    return conform(gpd.GeoDataFrame(incidents.assign(**edited)))


def _deciding(incidents: pd.DataFrame, edits: Sequence[EditLine]) -> dict[int, dict[str, EditLine]]:
    """Lines by row and column."""
    rows = _rows_by_report(incidents)
    deciding: dict[int, dict[str, EditLine]] = {}
    for line in edits:
        if line.incident_id not in rows:
            continue
        first = deciding.setdefault(rows[line.incident_id], {}).setdefault(line.field, line)
        if first.value != line.value:
            raise SchemaError(
                f"{line.source}, lines {first.number} and {line.number}: both edit {line.field} "
                f"of one incident, which has the reports {quoted(first.incident_id)} and "
                f"{quoted(line.incident_id)}, and say {quoted(first.value)} and "
                f"{quoted(line.value)}; remove one of them."
            )
    return deciding


def _rows_by_report(incidents: pd.DataFrame) -> dict[str, int]:
    """Row of each incident by its id and by those of its reports; its own id counts first."""
    own = {str(one): row for row, one in enumerate(incidents["incident_id"])}
    if "report_ids" not in incidents:
        return own
    members = enumerate(incidents["report_ids"].fillna("[]"))
    return {report: row for row, texts in members for report in json.loads(texts)} | own


def _cells_of(table: pd.DataFrame, name: str) -> list[Any]:
    if name not in table:
        return [None] * len(table)
    cells = table[name].astype(object)
    return cells.where(cells.notna(), None).tolist()


def _is_one_day(columns: _Cells, row: int) -> bool:
    if not set(_DATES) <= columns.keys():
        return False
    start, end = (columns[name][row] for name in _DATES)
    return start is not None and start == end


def _give_way(
    columns: _Cells, row: int, lines: Mapping[str, EditLine], names: Sequence[str]
) -> None:
    """Bring a range into order, of which only the cells that are not edited move."""
    for place, name in enumerate(names):
        value = columns[name][row]
        if name not in lines or value is None:
            continue
        for other_place, other in enumerate(names):
            there = columns[other][row]
            is_wrong = there is not None and (
                there > value if other_place < place else there < value
            )
            if is_wrong and other in lines:
                raise SchemaError(
                    f"{lines[name].source}, lines {lines[other].number} and {lines[name].number}: "
                    f"{other} {lines[other].value} and {name} {lines[name].value} of one incident "
                    f"contradict each other; expected {' ≤ '.join(names)}."
                )
            if is_wrong:
                columns[other][row] = value


def _value(text: str, dtype: str) -> Any:  # noqa: ANN401  # one of each type
    if not text:
        return None
    if dtype == "Int64":
        return int(text)
    return pd.Timestamp(text) if dtype.startswith("datetime64") else text


def _dtype(name: str) -> Any:  # noqa: ANN401  # as the stubs know only some of them
    return COLUMNS[name].dtype
