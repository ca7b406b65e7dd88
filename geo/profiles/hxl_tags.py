"""Tags of the Humanitarian Exchange Language, and patterns that they fit."""

import re
from collections.abc import Mapping, Sequence

__all__ = ["columns_by_field", "is_tag", "matching_columns"]

_TAG = re.compile(r"#[a-z][a-z0-9_]*(?:\s*\+\s*[a-z][a-z0-9_]*)*", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([+-])\s*([a-z0-9_]+)")


def is_tag(text: object) -> bool:
    """Whether a cell is a tag with its attributes.

    Examples
    --------
    >>> is_tag("#country +code +v_iso3"), is_tag("# 1"), is_tag(None)
    (True, False, False)
    """
    return isinstance(text, str) and _TAG.fullmatch(text.strip()) is not None


def matching_columns(pattern: str, tags: Mapping[str, str]) -> list[str]:
    """Columns that fit a pattern, those with the fewest further attributes first.

    Parameters
    ----------
    pattern
        Tag with attributes that a column must have (`+`) or must not have (`-`).
    tags
        Column to its tag.

    Examples
    --------
    >>> matching_columns("#country-code", {"a": "#country+code", "b": "#country +name"})
    ['b']
    """
    name, signed = _parts(pattern)
    wanted = {one for sign, one in signed if sign == "+"}
    refused = {one for sign, one in signed if sign == "-"}
    found = []
    for column, tag in tags.items():
        own, attributes = _parts(tag)
        has = {one for _, one in attributes}
        if own == name and wanted <= has and not refused & has:
            found.append((len(has), column))
    return [column for _, column in sorted(found, key=lambda pair: pair[0])]


def columns_by_field(
    patterns: Mapping[str, Sequence[str]], tags: Mapping[str, str]
) -> dict[str, str]:
    """Column of each field; a column serves one field only.

    Examples
    --------
    >>> columns_by_field({"lat": ["#geo+lat"], "lon": ["#geo+lon"]}, {"Y": "#geo+lat+num"})
    {'lat': 'Y'}
    """
    chosen: dict[str, str] = {}
    for field, usual in patterns.items():
        fitting = (column for pattern in usual for column in matching_columns(pattern, tags))
        found = next((column for column in fitting if column not in chosen.values()), None)
        if found is not None:
            chosen[field] = found
    return chosen


def _parts(tag: str) -> tuple[str, list[tuple[str, str]]]:
    plain = tag.strip().casefold()
    name = re.split(r"[\s+-]", plain, maxsplit=1)[0]
    return name, [(sign, one) for sign, one in _ATTRIBUTE.findall(plain)]
