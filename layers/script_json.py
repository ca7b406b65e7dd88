"""Values of Python as literals inside a `<script>`; the only way data enters one."""

import json

__all__ = ["script_json"]

# `<` could end the script, `&` and `>` matter where a page is parsed as XML, and what JavaScript
# takes for the end of a line is not ASCII, so json writes it as an escape already.
_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "'": "\\u0027"})


def script_json(value: object) -> str:
    r"""JSON that cannot end the script it stands in, nor start another.

    Examples
    --------
    >>> script_json({"name": "</script>"})
    '{"name":"\\u003c/script\\u003e"}'
    """
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.translate(_ESCAPES)
