"""Rows that others replace: alerts that refer to each other, earthquakes with several ids."""

from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest

import geo
from tests.provider_files import cap_alert, geojson, quakes


def _quake(folder: Path, identifier: str, ids: str, updated: int) -> gpd.GeoDataFrame:
    document: dict[str, Any] = quakes(1)
    feature = document["features"][0]
    feature["id"] = identifier
    feature["properties"] |= {"ids": ids, "updated": updated, "status": "reviewed"}
    path = folder / f"{identifier}.geojson"
    path.write_bytes(geojson(document))
    return geo.read_incidents(path)


@pytest.mark.parametrize("lister", ["old", "new"])
@pytest.mark.parametrize(("updated", "stays"), [(2_000, "ci5"), (500, "us6")])
def test_of_an_earthquake_with_two_ids_the_later_edit_stays(
    lister: str, updated: int, stays: str, tmp_path: Path
) -> None:
    old = _quake(tmp_path, "us6", ",us6,ci5," if lister == "old" else ",us6,", 1_000)
    new = _quake(tmp_path, "ci5", ",us6,ci5," if lister == "new" else ",ci5,", updated)

    update = geo.update_incidents(old, new)

    assert update.incidents["incident_id"].tolist() == [stays]
    assert geo.update_incidents(update.incidents, new).summary() == "+0 ~0 -0"
    change = update.changes.set_index("incident_id")["change"].to_dict()
    assert change == ({"ci5": "added", "us6": "removed"} if stays == "ci5" else {"ci5": "left out"})


def test_what_an_alert_has_replaced_does_not_come_back(tmp_path: Path) -> None:
    named = "<references>warn@example.org,A1,2024-01-28T23:30:00-08:00</references>"
    area = "<circle>33.3,38.7 5</circle>"
    first, later = tmp_path / "first.xml", tmp_path / "later.xml"
    first.write_text(cap_alert("A1", areas=area), encoding="utf-8")
    later.write_text(cap_alert("A2", message="Update", areas=area, more=named), encoding="utf-8")
    old, new = geo.read_incidents(first), geo.read_incidents(later)

    update = geo.update_incidents(old, new)
    again = geo.update_incidents(update.incidents, old)

    assert (update.summary(), again.summary()) == ("+1 ~0 -1", "+0 ~0 -0")
    assert again.incidents["incident_id"].tolist() == ["A2"]
    assert again.changes.to_dict("records") == [
        {"incident_id": "A1", "change": "left out", "why": "replaced by A2"}
    ]
