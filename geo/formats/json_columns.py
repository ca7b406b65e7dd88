"""Columns as JSON texts, all rows of a column at once."""

import json
import math
from typing import Any

import pyarrow as pa

from geo.errors import SchemaError
from geo.formats.arrow_compute import compute as pc

__all__ = [
    "JSON_COLUMNS",
    "finite_json",
    "iso_moments",
    "joined",
    "json_numbers",
    "json_texts",
    "json_values",
]

#: Columns of the incident table that hold JSON.
JSON_COLUMNS = ("candidates", "country_shares", "actors", "sources")
_NULL = "null"
_TEXT = pa.large_string()
# As long as these are absent, JSON that was read before can be handed on as it is.
_RARE = r"[\x00-\x1f]|NaN|Infinity"
_CONTROL = r"[\x00-\x1f]"


def joined(*parts: pa.Array | str) -> pa.Array:
    """Texts of several columns, and of fixed words, as one text for each row."""
    texts = [pa.scalar(part, type=_TEXT) if isinstance(part, str) else part for part in parts]
    return pc.binary_join_element_wise(*texts, pa.scalar("", type=_TEXT))


def json_values(column: pa.Array, name: str, *, decimals: int | None = None) -> pa.Array:
    """Values of a column as JSON; null where there are none.

    Parameters
    ----------
    column
        As `flat_columns` gives it.
    name
        Its name; those of `JSON_COLUMNS` hold JSON already.
    decimals
        Digits after the point that numbers keep; all by default.

    Raises
    ------
    SchemaError
        A column of JSON holds something else.
    """
    kind = column.type
    if name in JSON_COLUMNS and _is_text(kind):
        return _or_null(_checked(column.cast(_TEXT), name))
    if _is_text(kind):
        return _or_null(json_texts(column))
    if pa.types.is_floating(kind):
        return json_numbers(column if decimals is None else _rounded(column, decimals))
    if pa.types.is_timestamp(kind):
        return _or_null(joined('"', iso_moments(column), '"'))
    texts = column.cast(_TEXT)
    return _or_null(joined('"', texts, '"') if pa.types.is_date(kind) else texts)


def _rounded(column: pa.Array, decimals: int) -> pa.Array:
    """Numbers with fewer digits; what is small does not become nothing, which no radius may be."""
    rounded = pc.round(column, decimals)
    return pc.if_else(pc.equal(rounded, 0.0), column, rounded)


def json_numbers(column: pa.Array, decimals: int | None = None) -> pa.Array:
    """Numbers as JSON; null for those that JSON does not know."""
    if decimals is not None:
        column = pc.round(column, decimals)
    # Adding nothing makes the negative zero a plain one.
    finite = pc.if_else(pc.is_finite(column), pc.add(column, 0.0), None)
    return _or_null(finite.cast(_TEXT))


def json_texts(column: pa.Array) -> pa.Array:
    """Texts as strings of JSON, in quotes; null stays null."""
    texts = column.cast(_TEXT)
    escaped = pc.replace_substring(pc.replace_substring(texts, "\\", "\\\\"), '"', '\\"')
    special = pc.fill_null(pc.match_substring_regex(texts, _CONTROL), fill_value=False)
    quoted = joined('"', escaped, '"')
    if not pc.any(special).as_py():
        return quoted
    mended = [json.dumps(text, ensure_ascii=False) for text in texts.filter(special).to_pylist()]
    return pc.replace_with_mask(quoted, special, pa.array(mended, type=_TEXT))


def _or_null(texts: pa.Array) -> pa.Array:
    return pc.fill_null(texts, _NULL)


def _is_text(kind: pa.DataType) -> bool:
    return any(fits(kind) for fits in (pa.types.is_string, pa.types.is_large_string))


def iso_moments(column: pa.Array) -> pa.Array:
    """Points in time after ISO 8601; a fraction of a second only where there is one."""
    has_zone = column.type.tz is not None
    plain = column.cast(pa.timestamp("us")) if has_zone else column
    texts = pc.replace_substring(plain.cast(_TEXT), " ", "T")
    texts = pc.replace_substring_regex(texts, r"\.0+$", "")
    return joined(texts, "Z") if has_zone else texts


def _checked(texts: pa.Array, name: str) -> pa.Array:
    """Texts that are JSON, on one line each and without numbers that JSON does not know."""
    rare = pc.fill_null(pc.match_substring_regex(texts, _RARE), fill_value=False)
    if not pc.any(rare).as_py():
        return texts
    mended = [finite_json(text, name) for text in texts.filter(rare).to_pylist()]
    return pc.replace_with_mask(texts, rare, pa.array(mended, type=_TEXT))


def finite_json(text: str, name: str) -> str:
    """JSON on one line, with null for numbers that JSON does not know.

    Raises
    ------
    SchemaError
        The text is not JSON; names the column.
    """
    try:
        value = json.loads(text, parse_constant=lambda _: None)
    except (ValueError, RecursionError) as error:
        raise SchemaError(f"{name}: {text[:80]!r} is not JSON ({error}).") from error
    return json.dumps(_finite(value), ensure_ascii=False, separators=(",", ":"))


def _finite(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, dict):
        return {key: _finite(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_finite(inner) for inner in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
