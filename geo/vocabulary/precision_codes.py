"""Precision classes in the codes of event databases, and back."""

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import SchemaError

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["precision_code", "precision_codes", "precision_of_code"]

# UCDP: "within about 25 km".
_VICINITY_M = 25_000.0
_WIDE = "wide_vicinity"


def precision_code(precision: str, scheme: str, radius_m: float | None = None) -> int | None:
    """Code of a precision class in a scheme; None where the scheme has none.

    A vicinity of more than 25 km is a fuzzy area, such as "northern Mali".

    Parameters
    ----------
    precision
        Precision class of the incident table.
    scheme
        `ucdp` (where_prec), `acled` (geo_precision) or `gtd` (specificity).
    radius_m
        Radius in metres that holds the true point, where it is known.

    Raises
    ------
    SchemaError
        The scheme is unknown.

    Examples
    --------
    >>> precision_code("admin1", "ucdp"), precision_code("none", "ucdp")
    (4, None)
    >>> precision_code("vicinity", "ucdp", 12_000.0), precision_code("vicinity", "ucdp", 600_000.0)
    (2, 5)
    """
    is_wide = precision == "vicinity" and radius_m is not None and radius_m > _VICINITY_M
    return _codes(scheme).get(_WIDE if is_wide else precision)


def precision_codes(table: "pd.DataFrame", scheme: str) -> "pd.Series[int]":
    """Codes of all rows of an incident table in a scheme; null where the scheme has none.

    Parameters
    ----------
    table
        With `precision`, and `uncertainty_m` (metres) where it has it.
    scheme
        `ucdp` (where_prec), `acled` (geo_precision) or `gtd` (specificity).

    Returns
    -------
    pandas.Series
        Whole numbers, type `Int64`; index as in the input.

    Raises
    ------
    SchemaError
        The scheme is unknown, or the table has no column `precision`.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame(
    ...     {"precision": ["settlement", "vicinity"], "uncertainty_m": [2_500.0, 600_000.0]}
    ... )
    >>> precision_codes(table, "ucdp").tolist(), precision_codes(table, "acled").tolist()
    ([1, 5], [1, 3])
    """
    import pandas as pd  # noqa: PLC0415  # single codes need no table

    if "precision" not in table:
        raise SchemaError("precision_codes: column precision is missing; run geocode first.")
    radii_m = table.get("uncertainty_m", pd.Series(index=table.index, dtype="float64"))
    rows = zip(table["precision"], radii_m, strict=True)
    codes = [
        precision_code(str(name), scheme, float(radius_m) if pd.notna(radius_m) else None)
        for name, radius_m in rows
    ]
    return pd.Series(codes, index=table.index, dtype="Int64", name=scheme)


def precision_of_code(code: int, scheme: str) -> str | None:
    """Precision class of a code; the plainest where several classes share it.

    Parameters
    ----------
    code
        Code as the scheme writes it.
    scheme
        `ucdp`, `acled` or `gtd`.

    Raises
    ------
    SchemaError
        The scheme is unknown.

    Examples
    --------
    >>> precision_of_code(1, "ucdp"), precision_of_code(3, "acled")
    ('settlement', 'admin1')
    """
    classes = [name for name, number in _codes(scheme).items() if number == code and name != _WIDE]
    return "settlement" if "settlement" in classes else next(iter(classes), None)


def _codes(scheme: str) -> dict[str, int]:
    schemes = _schemes()
    if scheme not in schemes:
        raise SchemaError(
            f"unknown scheme of precision codes {scheme!r}; expected {', '.join(schemes)}."
        )
    return schemes[scheme]


@cache
def _schemes() -> dict[str, dict[str, int]]:
    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
