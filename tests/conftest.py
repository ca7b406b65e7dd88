"""What all tests share: no internet, one browser, and a watch over the inputs of a call."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

LOOPBACK = ("127.0.0.1", "::1", "localhost", "")
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")

_internet_allowed = False

# The same examples each time, and a busy machine is no failure. To look for new counterexamples:
# pytest --hypothesis-profile=default
settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")


class InternetUsedError(RuntimeError):
    """A test without the ``network`` marker has reached for the internet."""


def _guard(event: str, arguments: tuple[Any, ...]) -> None:
    # An audit hook sees every socket, also those of libraries that were imported before the tests.
    if _internet_allowed:
        return
    if event in {"socket.connect", "socket.sendto"}:
        address = arguments[1]
        # A path or bytes is a local pipe; the browser and its driver talk through those.
        host = address[0] if isinstance(address, tuple) else ""
    elif event == "socket.getaddrinfo":
        host = arguments[0] or ""
    else:
        return
    if host not in LOOPBACK:
        message = f"{event} to {host!r}: tests run offline; mark the test `network` if it must not"
        raise InternetUsedError(message)


def pytest_configure() -> None:
    """Close the internet and the developer's own places, let typeguard read `pd.Series[float]`."""
    # The stubs know what these hold; pandas itself refuses the brackets when they are read.
    for generic in (pd.Series, pd.Index):
        generic.__class_getitem__ = classmethod(lambda cls, _: cls)
    sys.addaudithook(_guard)
    # What the developer has added for himself is in no test; a file has no folders below it.
    os.environ["INCIDENTMAP_PLACES"] = os.path.join(__file__, "places")  # noqa: PTH118


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip the tests that need the internet unless they are asked for."""
    if os.environ.get("INCIDENTMAP_NETWORK") == "1":
        return
    skip = pytest.mark.skip(reason="needs the internet: set INCIDENTMAP_NETWORK=1")
    for item in items:
        if item.get_closest_marker("network"):
            item.add_marker(skip)


@pytest.fixture(scope="session", autouse=True)
def _own_record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what tests prove out of the developer's cache."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("INCIDENTMAP_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where places that a test adds will lie; it does not exist yet."""
    folder = tmp_path / "my own places"
    monkeypatch.setenv("INCIDENTMAP_PLACES", str(folder))
    return folder


@pytest.fixture(autouse=True)
def _internet(request: pytest.FixtureRequest) -> Iterator[None]:
    """Open the internet for a test that is marked ``network``."""
    global _internet_allowed  # noqa: PLW0603  # an audit hook cannot be removed, only switched
    _internet_allowed = request.node.get_closest_marker("network") is not None
    yield
    _internet_allowed = False


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Find Chromium's program, or skip the test (fail with INCIDENTMAP_REQUIRE_BROWSER=1)."""
    for name in CHROMIUM_NAMES:
        if path := shutil.which(name):
            return path
    sentence = "Chromium is missing: install it (Debian: apt-get install chromium)"
    if os.environ.get("INCIDENTMAP_REQUIRE_BROWSER") == "1":
        pytest.fail(sentence)
    pytest.skip(sentence)


@pytest.fixture(scope="session")
def gdal_programs() -> None:
    """Find GDAL's own programs, or skip the test (fail with INCIDENTMAP_REQUIRE_GDAL=1)."""
    if shutil.which("ogrinfo") and shutil.which("ogr2ogr"):
        return
    sentence = "GDAL's programs are missing: install them (Debian: apt-get install gdal-bin)"
    if os.environ.get("INCIDENTMAP_REQUIRE_GDAL") == "1":
        pytest.fail(sentence)
    pytest.skip(sentence)


@pytest.fixture
def unchanged() -> Callable[..., Any]:
    """Return a context manager that fails when the tables given to it change inside it.

    ``with unchanged(table): result = geo.add_countries(table)``
    """
    return _unchanged


@contextmanager
def _unchanged(*tables: Any) -> Iterator[None]:
    from pandas.testing import assert_frame_equal

    before = [table.copy(deep=True) for table in tables]
    yield
    for old, new in zip(before, tables, strict=True):
        assert type(new) is type(old)
        assert new.attrs == old.attrs
        assert getattr(new, "crs", None) == getattr(old, "crs", None)
        assert_frame_equal(old, new, check_exact=True)
