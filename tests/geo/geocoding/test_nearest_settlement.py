"""The settlement nearest to a point: across 180 degrees, in its country, from several files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from geo.gazetteer.places import Gazetteer, Place, shipped_gazetteer
from geo.gazetteer.user_places import all_places
from geo.geocoding.services.nearest import nearest_settlement
from geo.tables.place_sets import install_places
from tests.place_files import dump, line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


@dataclass
class Places:
    """A file of a gazetteer in which everything is near."""

    places: Sequence[Place]

    def select(self, _where: str, *_values: float) -> list[Place]:
        return list(self.places)


@pytest.mark.usefixtures("own_folder")
@pytest.mark.parametrize(("lon", "beyond"), [(179.95, -179.95), (-179.95, 179.95)])
def test_a_settlement_beyond_180_degrees_is_near(tmp_path: Path, lon: float, beyond: float) -> None:
    village = line(90_000_100, "Date Line Village", -16.8, lon, country="FJ", admin1="")
    install_places(dump(tmp_path / "fj.zip", [village]))

    found = nearest_settlement(beyond, -16.8, all_places())

    assert found is not None
    assert (found.place_id, found.lon) == ("geonames:90000100", lon)


def test_what_lies_nearer_in_another_country_does_not_count() -> None:
    kinshasa = (15.305, -4.305)

    free = nearest_settlement(*kinshasa, shipped_gazetteer())
    across = nearest_settlement(*kinshasa, shipped_gazetteer(), country_a3="COG")

    assert free is not None
    assert across is not None
    assert (free.country_a3, across.country_a3) == ("COD", "COG")


def test_two_files_may_have_one_place() -> None:
    place = Place("x:1", "Amberg", "settlement", None, 10.0, 50.0, 5_000.0, "DEU", "DE-BY", None, 9)
    gazetteer: Any = Gazetteer([])
    gazetteer.files = (Places([place]), Places([place._replace(admin1_code=None)]))

    assert nearest_settlement(10.0, 50.0, gazetteer) == place
