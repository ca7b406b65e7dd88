"""The shipped products, each read once for all tests of this folder."""

from __future__ import annotations

import sqlite3
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING

import pandas as pd
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import geopandas as gpd


def _path(name: str) -> Path:
    # At the top, the import would come before typeguard has hooked itself in.
    from geo import shipped

    return shipped.path(name)


@pytest.fixture(scope="session")
def provinces() -> gpd.GeoDataFrame:
    """Areas of the provinces, stitched from the atoms."""
    import geo

    return geo.provinces()


@pytest.fixture(scope="session")
def province_table() -> pd.DataFrame:
    return pd.read_parquet(_path("provinces.parquet"))


@pytest.fixture(scope="session")
def countries() -> pd.DataFrame:
    return pd.read_parquet(_path("countries.parquet"))


@pytest.fixture(scope="session")
def borders() -> gpd.GeoDataFrame:
    import geo

    return geo.borders()


@pytest.fixture(scope="session")
def gazetteer() -> Iterator[Callable[[str], sqlite3.Connection]]:
    """Open a gazetteer by name; all are closed in the end."""
    opened: dict[str, sqlite3.Connection] = {}
    with ExitStack() as stack:

        def connect(name: str) -> sqlite3.Connection:
            if name not in opened:
                uri = f"{_path(f'{name}.sqlite').as_uri()}?immutable=1"
                opened[name] = stack.enter_context(closing(sqlite3.connect(uri, uri=True)))
            return opened[name]

        yield connect
