"""Precision classes in the codes of event databases, and back."""

import tomllib
from functools import cache
from pathlib import Path

from geo.errors import SchemaError

__all__ = ["precision_code", "precision_of_code"]


def precision_code(precision: str, scheme: str) -> int | None:
    """Code of a precision class in a scheme; None where the scheme has none.

    Parameters
    ----------
    precision
        Precision class of the incident table.
    scheme
        `ucdp` (where_prec), `acled` (geo_precision) or `gtd` (specificity).

    Raises
    ------
    SchemaError
        The scheme is unknown.

    Examples
    --------
    >>> precision_code("admin1", "ucdp"), precision_code("none", "ucdp")
    (4, None)
    """
    return _codes(scheme).get(precision)


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
    classes = [name for name, number in _codes(scheme).items() if number == code]
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
