"""Which columns an editor may give another value, and which values they take."""

import re
from collections.abc import Callable

from geo.errors import SchemaError
from geo.geocoding.wording import quoted
from geo.proximity.date_columns import day_number
from geo.schema import COLUMNS

__all__ = ["EDITED_FIELDS", "check_edit"]

#: Columns that a line with the action `edit` may change.
EDITED_FIELDS = (
    "title", "kind", "subkind", "date_start", "date_end", "date_precision", "verification",
    "sensitivity", "fatalities_best", "fatalities_low", "fatalities_high", "injured",
)  # fmt: skip
_COUNT = re.compile(r"\d{1,9}", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def check_edit(where: str, field: str, value: str) -> None:
    """Refuse an edit of another column, or to a value that the column does not take.

    Parameters
    ----------
    where
        File and line, for the message.
    field, value
        Column and new value; an empty value takes the old one away.

    Raises
    ------
    SchemaError
        Tells what the column takes.

    Examples
    --------
    >>> check_edit("overrides.csv, line 2", "injured", "many")
    Traceback (most recent call last):
    geo.errors.SchemaError: overrides.csv, line 2: injured cannot be “many”; expected a whole...
    """
    if field not in EDITED_FIELDS:
        raise SchemaError(
            f"{where}: edit: the field is {quoted(field)}; expected one of "
            f"{', '.join(EDITED_FIELDS)}."
        )
    column = COLUMNS[field]
    if not value:
        return
    if column.choices:
        _expect(where, field, value, ", ".join(column.choices), lambda: value in column.choices)
    elif column.dtype == "Int64":
        is_count = lambda: _COUNT.fullmatch(value) is not None  # noqa: E731
        _expect(where, field, value, "a whole number, 0 or more", is_count)
    elif column.dtype.startswith("datetime64"):
        is_day = lambda: bool(_DAY.fullmatch(value)) and day_number(value) is not None  # noqa: E731
        _expect(where, field, value, "a day such as 2024-01-28", is_day)


def _expect(
    where: str, field: str, value: str, expected: str, is_right: Callable[[], bool]
) -> None:
    if not is_right():
        raise SchemaError(
            f"{where}: {field} cannot be {quoted(value)}; expected {expected}, or nothing."
        )
