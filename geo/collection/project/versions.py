"""What an answer depends on beside the inputs: programs, libraries and reference data."""

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from geo import shipped
from geo._about import DISTRIBUTION
from geo.canonical_json import to_json
from geo.schema import VERSION

__all__ = ["digest", "versions"]

_LIBRARIES = (
    "geopandas", "h3", "mgrs", "numpy", "openlocationcode", "pandas", "pyarrow", "pyogrio",
    "pypdf", "pyproj", "python-calamine", "rapidfuzz", "scipy", "shapely", "trafilatura",
)  # fmt: skip


@cache
def versions() -> dict[str, str]:
    """Version of each program and library that reads or writes, and a digest of the data.

    Examples
    --------
    >>> versions()["schema"]
    '1'
    """
    products = {name: product.sha256 for name, product in shipped.products().items()}
    libraries = {name: _version(name) for name in _LIBRARIES}
    return {
        DISTRIBUTION: version(DISTRIBUTION),
        "schema": str(VERSION),
        "reference data": digest(products)[:12],
        **libraries,
    }


def digest(value: object) -> str:
    """SHA-256 of a value as canonical JSON."""
    return hashlib.sha256(to_json(value).encode()).hexdigest()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
