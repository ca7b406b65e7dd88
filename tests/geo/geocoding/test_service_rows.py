"""Which rows an online service is asked for, and what they keep of their own doubts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from geopy.geocoders import Nominatim

import geo
from geo.geocoding.services.asking import Service
from tests.nominatim_server import AGENT, NominatimServer, nominatim

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INCIDENTMAP_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def server() -> Iterator[NominatimServer]:
    with nominatim() as running:
        yield running


def placed(server: NominatimServer, place: str, country: str) -> pd.Series[Any]:
    geocoder = Nominatim(
        domain=server.domain, timeout=60, user_agent=AGENT, scheme="http", proxies={}
    )
    table = pd.DataFrame({"place_text": [place], "country": [country]})
    return geo.geocode(table, fallback=Service(geocoder, min_delay_s=0)).iloc[0]


def test_a_contradiction_is_not_answered_away(server: NominatimServer) -> None:
    row = placed(server, "Aleppo", "Iraq")

    assert server.queries == []
    assert row["status"] == "suspicious"
    assert "SYR" in row["candidates"]


def test_a_country_that_nobody_knows_stays_in_doubt(server: NominatimServer) -> None:
    row = placed(server, "Khan Qurx", "Atlantis")

    assert server.queries == ["Khan Qurx, Atlantis"]
    assert row["status"] == "suspicious"
    assert row["reason"].startswith("No country or province named “Atlantis” is known. Nominatim")
    assert (row.geometry.x, row.geometry.y) == (38.2, 32.5)


@pytest.mark.parametrize("country", ["Jordan", ""])
def test_others_are_beyond_doubt(server: NominatimServer, country: str) -> None:
    assert placed(server, "Khan Qurx", country)["status"] == "located"
