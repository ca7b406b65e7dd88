"""Texts of a column as parts of canonical JSON, a column at a time."""

import json
import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

__all__ = ["json_objects", "json_strings"]

# What JSON writes otherwise than as it is.
_ESCAPED = re.compile(r'[\x00-\x1f"\\]')


def json_strings(texts: "pd.Series[Any]") -> "pd.Series[str]":
    r"""Each text as a string of JSON, in quotes; null stays null.

    Examples
    --------
    >>> json_strings(pd.Series(["Kyïv", 'the "front"', None], dtype="str")).tolist()
    ['"Kyïv"', '"the \\"front\\""', nan]
    """
    plain = texts.astype("str")
    quoted = '"' + plain + '"'
    special = plain.str.contains(_ESCAPED).fillna(value=False).astype(bool)
    if special.any():
        escaped = [json.dumps(text, ensure_ascii=False) for text in plain[special]]
        quoted = quoted.mask(special, pd.Series(escaped, index=plain.index[special], dtype="str"))
    return quoted


def json_objects(members: Mapping[str, "pd.Series[Any]"]) -> "pd.Series[str]":
    """An object of JSON for each row, without the members that are null; null where all are.

    Parameters
    ----------
    members
        Name to the member's values as JSON, such as `json_strings` gives them.

    Examples
    --------
    >>> publishers = json_strings(pd.Series(["AFP", None], dtype="str"))
    >>> json_objects({"publisher": publishers}).tolist()
    ['{"publisher":"AFP"}', nan]
    """
    index = next(iter(members.values())).index
    inside = pd.Series(None, index=index, dtype="str")
    for name in sorted(members):
        member = f'"{name}":' + members[name].astype("str")
        both = inside + "," + member
        inside = both.fillna(inside).fillna(member)
    return "{" + inside + "}"
