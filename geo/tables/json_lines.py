"""Texts with a JSON object on each line."""

import json
import re
from dataclasses import dataclass, field
from typing import Any

from geo.canonical_json import to_json
from geo.errors import ReadError

__all__ = ["JsonLines", "load_json", "read_json_lines"]

_END = re.compile(r"\r\n|\r|\n")
_EXPECTED = "expected a JSON object on each line"


@dataclass(frozen=True)
class JsonLines:
    """Objects of the lines of a text.

    Parameters
    ----------
    objects
        Object of each line that is not blank; an empty one where the line holds none.
    lines
        Line of each object, from 1.
    faults
        Why a line holds no object, by number of the object from 0.
    unread
        These lines themselves, as a JSON array of texts.
    """

    objects: list[dict[str, Any]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    faults: dict[int, str] = field(default_factory=dict)
    unread: dict[int, str] = field(default_factory=dict)


def load_json(text: str) -> object:
    """Value of a JSON text.

    Raises
    ------
    ValueError
        It is no JSON, or holds half a surrogate pair, which is no character.
    RecursionError
        It is nested absurdly deep.
    """
    document: object = json.loads(text)
    # Only an escape can state half a pair.
    if "\\u" in text:
        json.dumps(document, ensure_ascii=False).encode()
    return document


def read_json_lines(content: str, path: str) -> JsonLines:
    r"""Objects of a text, one to a line; a line that holds none is rejected alone.

    Parameters
    ----------
    content
        The text.
    path
        What messages call it.

    Raises
    ------
    ReadError
        Half of the lines or more hold no object.

    Examples
    --------
    >>> found = read_json_lines('{"a": 1}\n{"a"\n{"a": 3}', "a.ndjson")
    >>> found.objects, found.faults[1]
    ([{'a': 1}, {}, {'a': 3}], "broken JSON at line 2, column 5 (Expecting ':' delimiter)")
    """
    found = JsonLines()
    for line, written in enumerate(_END.split(content), start=1):
        text = written.strip("\x1e \t")
        if not text:
            continue
        value, fault = _object(text, line)
        if fault is not None:
            number = len(found.objects)
            found.faults[number] = fault
            found.unread[number] = to_json([text])
        found.objects.append(value)
        found.lines.append(line)
    if found.faults and 2 * len(found.faults) >= len(found.objects):
        first = next(iter(found.faults.values()))
        raise ReadError(f"{path}: {first}, as half of the lines have it, or more; {_EXPECTED}.")
    return found


def _object(text: str, line: int) -> tuple[dict[str, Any], str | None]:
    """Object of a line; an empty one, and what is wrong, where it holds none."""
    try:
        value = load_json(text)
    except json.JSONDecodeError as error:
        return {}, f"broken JSON at line {line}, column {error.colno} ({error.msg})"
    except RecursionError:
        return {}, f"JSON at line {line} that is nested too deep"
    except ValueError as error:
        return {}, f"JSON at line {line} that cannot be read ({error})"
    return (value, None) if isinstance(value, dict) else ({}, f"JSON at line {line}, but no object")
