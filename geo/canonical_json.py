"""Values as JSON text that is the same for the same value."""

import json

__all__ = ["to_json"]


def to_json(value: object) -> str:
    """Canonical JSON text: sorted keys, no spaces, any script as it is.

    Examples
    --------
    >>> to_json([{"name": "Kyïv", "by": None}])
    '[{"by":null,"name":"Kyïv"}]'
    """
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
