"""Values as JSON text that is the same for the same value."""

import json

__all__ = ["to_json"]

# Made once: that takes longer than to encode a short value.
_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def to_json(value: object) -> str:
    """Canonical JSON text: sorted keys, no spaces, any script as it is.

    Examples
    --------
    >>> to_json([{"name": "Kyïv", "by": None}])
    '[{"by":null,"name":"Kyïv"}]'
    """
    return _ENCODER.encode(value)
