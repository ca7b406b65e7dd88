"""The cells of an overrides file or table, with the number of the line that each row ends on."""

import csv
import io
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from geo.errors import ReadError, SchemaError
from geo.geocoding.overrides.columns import ACTIONS, check_columns
from geo.geocoding.wording import quoted
from geo.grammar.encodable import encodable

__all__ = ["OverrideCells", "read_cells", "whole_identifier"]


class OverrideCells(NamedTuple):
    """Where the lines stand, and the filled ones with their numbers."""

    source: str
    lines: list[tuple[int, dict[str, str]]]


def read_cells(overrides: str | os.PathLike[str] | pd.DataFrame) -> OverrideCells:
    """Lines that say anything at all, as texts without blanks around them.

    Parameters
    ----------
    overrides
        A CSV file in UTF-8, or a table with its columns.

    Raises
    ------
    ReadError
        The file cannot be read.
    SchemaError
        The columns are not those of overrides, or a line does what is unknown.

    Examples
    --------
    >>> read_cells(pd.DataFrame({"incident_id": [7.0, None], "place": [" Basra", None]})).lines
    [(1, {'incident_id': '7', 'place': 'Basra'})]
    """
    if isinstance(overrides, pd.DataFrame):
        source = "overrides"
        check_columns("an overrides table", [str(name).strip() for name in overrides.columns])
        numbered: list[tuple[int, dict[Any, Any]]] = list(
            enumerate(overrides.to_dict("records"), start=1)
        )
    else:
        source = os.fspath(overrides)
        numbered = _read(Path(overrides))
    lines = [
        (number, {name: _text(value) for name, value in _named(cells)})
        for number, cells in numbered
    ]
    filled = [line for line in lines if any(line[1].values())]
    for number, texts in filled:
        _check_action(f"{source}, line {number}", texts.get("action", ""))
    return OverrideCells(source, filled)


def _check_action(where: str, action: str) -> None:
    if action and action not in ACTIONS:
        raise SchemaError(
            f"{where}: the action is {quoted(action)}; expected {', '.join(ACTIONS)}, or nothing "
            "for a place."
        )


def _read(path: Path) -> list[tuple[int, dict[Any, Any]]]:
    """Number of the line on which each row of a CSV file ends, and its cells."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        rows = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        names = [name.strip() for name in rows.fieldnames or []]
        lines = [(rows.line_num, row) for row in rows]
    except (OSError, ValueError, csv.Error) as error:
        raise ReadError(
            f"{path}: cannot be read ({error}); expected a CSV in UTF-8 with incident_id or "
            "place_text, and a place."
        ) from error
    check_columns(str(path), names)
    return lines


def whole_identifier(value: Any) -> Any:  # noqa: ANN401
    """An `incident_id` as it is compared: pandas makes 7.0 of 7 where another one is missing.

    Examples
    --------
    >>> whole_identifier(7.0), whole_identifier("7.0"), whole_identifier(7.5)
    (7, '7.0', 7.5)
    """
    return int(value) if isinstance(value, float) and value.is_integer() else value


_IDENTIFIERS = frozenset({"incident_id", "other_id"})


def _named(cells: Mapping[Any, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in cells.items():
        column = str(name).strip()
        yield column, whole_identifier(value) if column in _IDENTIFIERS else value


def _text(value: Any) -> str:  # noqa: ANN401
    # The cells beyond the header are a list.
    return "" if isinstance(value, list) or pd.isna(value) else encodable(str(value).strip())
