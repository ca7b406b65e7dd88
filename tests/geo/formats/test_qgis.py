"""QGIS itself opens a GeoPackage in our colours and words, with a clock."""

import json
import os
import shutil
import struct
import subprocess
from pathlib import Path
from typing import Any

import pytest

import geo
from geo.vocabulary import kinds, slots
from tests.geo.formats.sample import sample

pytestmark = pytest.mark.qgis

SCRIPT = Path(__file__).with_name("qgis_report.py")
# The system's own Python, which Debian's python3-qgis belongs to.
PYTHON = "/usr/bin/python3"
PICTURE_BYTES = 3_000


@pytest.fixture(scope="module")
def qgis() -> str:
    """Find a Python that has QGIS, or skip the test (fail with INCIDENTMAP_REQUIRE_QGIS=1)."""
    if shutil.which(PYTHON):
        found = subprocess.run([PYTHON, "-c", "import qgis.core"], capture_output=True, check=False)
        if found.returncode == 0:
            return PYTHON
    sentence = "QGIS is missing: apt-get install python3-qgis qgis-providers"
    if os.environ.get("INCIDENTMAP_REQUIRE_QGIS") == "1":
        pytest.fail(sentence)
    pytest.skip(sentence)


@pytest.fixture(scope="module")
def report(qgis: str, tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("qgis")
    table = sample()
    sites = table.iloc[[0]][["place", "geometry"]].rename(columns={"place": "name"})
    geo.write(table, folder / "incidents.gpkg", layers={"sites": sites})
    done = subprocess.run(
        [qgis, str(SCRIPT), str(folder / "incidents.gpkg"), str(folder / "picture.png")],
        capture_output=True, text=True, check=False, timeout=120,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "HOME": str(folder),
                          "XDG_RUNTIME_DIR": str(folder)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout) | {"picture": (folder / "picture.png").read_bytes()}


def test_every_layer_opens(report: Any) -> None:
    features = {name: said["features"] for name, said in report.items() if name != "picture"}

    assert all(said["valid"] for name, said in report.items() if name != "picture")
    assert features | {"run_info": 0, "data_dictionary": 0} == {
        "incidents": 4, "uncertainty": 4, "footprints": 1, "border_links": 3, "admin_counts": 3,
        "sites": 1, "sources": 2, "incident_sources": 3, "actors": 1, "run_info": 0,
        "data_dictionary": 0,
    }  # fmt: skip


@pytest.mark.parametrize("layer", ["incidents", "uncertainty", "footprints"])
def test_marks_have_the_colours_and_words_of_their_kinds(report: Any, layer: str) -> None:
    said = report[layer]

    assert (said["renderer"], said["attribute"]) == ("categorizedSymbol", "kind")
    for code, kind in kinds().items():
        assert said["categories"][code] == [kind.label, slots()[kind.slot].light.lower()]


@pytest.mark.parametrize("layer", ["incidents", "uncertainty", "border_links"])
def test_the_clock_shows_the_incidents_of_a_day(report: Any, layer: str) -> None:
    said = report[layer]

    assert said["active"]
    assert said["fields"] == ["date_start", "date_end"]
    # The last day belongs to an incident; one without a day is always there.
    assert said["shown"] == ["b", "d"]


def test_incidents_are_labelled_and_told_without_markup(report: Any) -> None:
    incidents = report["incidents"]

    assert incidents["labels"] == "title"
    assert "Strike on &lt;b&gt;Tower 22&lt;/b&gt;" in incidents["tip"]
    assert "within 0.5 km" in incidents["tip"]


def test_columns_have_their_types(report: Any) -> None:
    types = report["incidents"]["types"]
    expected = {
        "date_start": "Date", "time_utc": "DateTime", "native_Flag": "Boolean",
        "fatalities_best": "Integer64", "uncertainty_m": "Real",
    }  # fmt: skip

    assert {name: types[name] for name in expected} == expected


def test_a_picture_is_drawn(report: Any) -> None:
    content = report["picture"]

    assert struct.unpack(">II", content[16:24]) == (960, 600)
    assert len(content) > PICTURE_BYTES
