"""Tables of worldviews: which exceptions they hold, and what may be wrong with them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.errors import SchemaError

__all__ = [
    "COLUMNS",
    "NOBODY",
    "SELECTORS",
    "Rule",
    "Selectors",
    "checked",
    "matches",
    "name_of",
    "rules",
]

#: One array of texts per selector, a text for each part of the world.
Selectors = Mapping[str, npt.NDArray[np.object_]]

#: Columns that say which parts of the world an exception is about; empty cells mean any.
SELECTORS = ("country_a3", "admin1_code", "area", "claims", "surface")
#: All columns that a table of exceptions may have.
COLUMNS = (
    "worldview",
    "place",
    *SELECTORS,
    "holder",
    "holder_name",
    "valid_from",
    "valid_until",
    "source",
    "note",
)
#: What the column `holder` says of land that belongs to nobody in a view.
NOBODY = "-"
_MOST_FAULTS = 10
_CODE = re.compile("[A-Z]{3}")


@dataclass(frozen=True)
class Rule:
    """One exception: who holds what matches all the selectors that are not empty.

    It holds from `valid_from` on and until the day before `valid_until`.
    """

    place: str
    country_a3: str
    admin1_code: str
    area: str
    claims: str
    surface: str
    holder: str
    holder_name: str
    valid_from: date | None
    valid_until: date | None
    source: str
    note: str


def matches(rule: Rule, atoms: Selectors) -> npt.NDArray[np.bool_]:
    """Which atoms a rule is about; `atoms` holds one array per selector."""
    found = np.ones(len(atoms["claims"]), dtype=np.bool_)
    for column in SELECTORS:
        wanted = getattr(rule, column)
        if wanted:
            found &= atoms[column] == wanted
    return found


def rules(table: pd.DataFrame) -> tuple[Rule, ...]:
    """Exceptions of a table that has been checked before: one for each row, in order."""
    return tuple(_rule(row) for row in _cells(table))


def checked(
    table: pd.DataFrame, atoms: Selectors, *, source: str, names: Iterable[str] = ()
) -> tuple[Rule, ...]:
    """Exceptions of a table, after a check of each row: one for each, in order.

    Parameters
    ----------
    table
        Exceptions, all cells as texts; the index names the rows in messages.
    atoms
        The parts of the world that they select from.
    source
        What to call the table in messages.
    names
        Codes of holders that need no name of their own in the table.

    Raises
    ------
    SchemaError
        A column is missing or unknown, or a cell holds what it must not.
    """
    _check_columns(list(table.columns), source)
    known = {*names, *atoms["country_a3"].tolist()} - {""}
    if "holder_name" in table.columns:
        known |= set(table["holder"][table["holder_name"] != ""])
    found = []
    faults: list[str] = []
    for label, row in zip(table.index, _cells(table), strict=True):
        try:
            rule = _rule(row)
            _check_rule(rule, atoms, known)
        except ValueError as error:
            faults.append(f"- row {label}: {error}")
        else:
            found.append(rule)
    if faults:
        shown = faults[:_MOST_FAULTS]
        more = [f"- and {len(faults) - len(shown)} rows more"] if len(faults) > len(shown) else []
        raise SchemaError("\n".join([f"{source}: no worldview:", *shown, *more]))
    return tuple(found)


def name_of(table: pd.DataFrame, *, source: str) -> str:
    """Name of the one worldview that a table holds; "" where it does not say.

    Raises
    ------
    SchemaError
        The table names several.
    """
    named = sorted({cells["worldview"] for cells in _cells(table)} - {""})
    if len(named) > 1:
        raise SchemaError(
            f"{source}: column worldview: expected one name, found {', '.join(named)}; keep the "
            "rows of one."
        )
    return named[0] if named else ""


def _cells(table: pd.DataFrame) -> list[dict[str, str]]:
    columns = {
        name: [str(cell).strip() for cell in table[name]] if name in table.columns else None
        for name in COLUMNS
    }
    rows = range(len(table))
    return [{name: cells[row] if cells else "" for name, cells in columns.items()} for row in rows]


def _check_columns(columns: Iterable[str], source: str) -> None:
    given = list(columns)
    if unknown := [name for name in given if name not in COLUMNS]:
        raise SchemaError(
            f"{source}: unknown column {', '.join(map(repr, unknown))}; expected some of "
            f"{', '.join(COLUMNS)}."
        )
    if "holder" not in given or not set(SELECTORS) & set(given):
        raise SchemaError(
            f"{source}: a worldview needs the column holder and at least one of "
            f"{', '.join(SELECTORS)}; it has {', '.join(given) or 'none'}."
        )


def _rule(cells: Mapping[str, str]) -> Rule:
    return Rule(
        place=cells["place"],
        country_a3=cells["country_a3"],
        admin1_code=cells["admin1_code"],
        area=cells["area"],
        claims=cells["claims"],
        surface=cells["surface"],
        holder=cells["holder"],
        holder_name=cells["holder_name"],
        valid_from=_day(cells, "valid_from"),
        valid_until=_day(cells, "valid_until"),
        source=cells["source"],
        note=cells["note"],
    )


def _day(cells: Mapping[str, str], column: str) -> date | None:
    text = cells[column]
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        message = f"{column}: {text!r} is no day; expected one such as 2011-07-09."
        raise ValueError(message) from None


def _check_rule(rule: Rule, atoms: Selectors, known: set[str]) -> None:
    wanted = {column: getattr(rule, column) for column in SELECTORS if getattr(rule, column)}
    if not wanted:
        raise ValueError(f"it selects nothing; expected a value in one of {', '.join(SELECTORS)}.")
    for column, value in wanted.items():
        if not (atoms[column] == value).any():
            raise ValueError(f"{column}: {value!r} is not known; {_hint(column, atoms)}.")
    if not matches(rule, atoms).any():
        both = " and ".join(f"{column} {value}" for column, value in wanted.items())
        raise ValueError(f"no part of the world has {both}; leave one of them out.")
    if rule.holder != NOBODY and not _CODE.fullmatch(rule.holder):
        raise ValueError(
            f"holder: {rule.holder!r} is no code; expected three letters from A to Z, or "
            f"{NOBODY!r} for nobody."
        )
    if rule.holder not in known and rule.holder != NOBODY:
        raise ValueError(
            f"holder: {rule.holder!r} is not known; expected an ISO 3166-1 alpha-3 code, "
            f"{NOBODY!r} for nobody, or a code of your own with a name in the column holder_name."
        )
    if rule.valid_from and rule.valid_until and rule.valid_from >= rule.valid_until:
        raise ValueError(
            f"valid_until: {rule.valid_until} is not after valid_from, {rule.valid_from}."
        )


def _hint(column: str, atoms: Selectors) -> str:
    if column in _HINTS:
        return _HINTS[column]
    return f"expected one of {', '.join(sorted(set(atoms[column].tolist()) - {''}))}"


_HINTS = {
    "country_a3": "expected the ISO 3166-1 alpha-3 code of who holds it by default",
    "admin1_code": "expected a code of geo.provinces(), such as UA-43",
    "claims": "expected codes in alphabetical order, such as RUS|UKR",
}
