"""Numbers that were fitted to texts, and which `weights.toml` holds."""

import tomllib
from functools import cache
from pathlib import Path

__all__ = ["fitted"]


@cache
def fitted(table: str) -> dict[str, float]:
    """Fitted numbers of one table of `weights.toml`, which `benchmarks/fit_resolution.py` writes.

    Examples
    --------
    >>> sorted(fitted("features"))[:2]
    ['abbreviation', 'admin1']
    """
    text = Path(__file__).with_name("weights.toml").read_text(encoding="utf-8")
    found: dict[str, float] = tomllib.loads(text)[table]
    return found
