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


@pytest.fixture(scope="module")
def layers(report: Any) -> Any:
    return report["layers"]


def test_every_layer_opens(layers: Any) -> None:
    features = {name: said["features"] for name, said in layers.items()}

    assert all(said["valid"] for said in layers.values())
    assert features | {"run_info": 0, "data_dictionary": 0} == {
        "incidents": 4, "uncertainty": 4, "footprints": 1, "border_links": 3, "admin_counts": 3,
        "sites": 1, "sources": 2, "incident_sources": 3, "actors": 1, "incident_actors": 1,
        "run_info": 0, "data_dictionary": 0,
    }  # fmt: skip


@pytest.mark.parametrize("layer", ["incidents", "uncertainty", "footprints"])
def test_marks_have_the_colours_and_words_of_their_kinds(layers: Any, layer: str) -> None:
    said = layers[layer]

    assert (said["renderer"], said["attribute"]) == ("categorizedSymbol", "kind")
    for code, kind in kinds().items():
        assert said["categories"][code] == [kind.label, slots()[kind.slot].light.lower()]


@pytest.mark.parametrize("layer", ["incidents", "uncertainty", "border_links"])
def test_the_clock_shows_the_incidents_of_a_day(layers: Any, layer: str) -> None:
    said = layers[layer]

    assert said["active"]
    assert said["fields"] == ["date_start", "date_end"]
    # The last day belongs to an incident; one without a day is always there.
    assert said["shown"] == ["b", "d"]


def test_incidents_are_labelled_and_told_without_markup(layers: Any) -> None:
    incidents = layers["incidents"]

    assert incidents["labels"] == "title"
    assert "Strike on &lt;b&gt;Tower 22&lt;/b&gt;" in incidents["tip"]
    assert "within 0.5 km" in incidents["tip"]


def test_columns_have_their_types(layers: Any) -> None:
    types = layers["incidents"]["types"]
    expected = {
        "date_start": "Date", "time_utc": "DateTime", "native_Flag": "Boolean",
        "fatalities_best": "Integer64", "uncertainty_m": "Real",
    }  # fmt: skip

    assert {name: types[name] for name in expected} == expected


def test_the_project_opens_all_layers_with_the_clock_on(report: Any) -> None:
    project = report["project"]

    assert (project["read"], project["crs"]) == (True, "EPSG:4326")
    assert project["days"] == ["2024-01-28", "2024-02-29"]
    assert [layer["name"] for layer in project["layers"]] == [
        "incidents", "sites", "border_links", "uncertainty", "footprints", "admin_counts",
    ]  # fmt: skip
    for layer in project["layers"]:
        assert layer["valid"]
        has_days = layer["name"] not in {"sites", "admin_counts"}
        assert layer["active"] == has_days
        assert layer["licences"] == report["layers"][layer["name"]]["licences"]
    incidents = project["layers"][0]
    assert (incidents["renderer"], incidents["labels"]) == ("categorizedSymbol", True)
    assert incidents["shown"] == ["b", "d"]


def test_each_layer_names_its_licence_and_whom_it_is_owed_to(layers: Any) -> None:
    assert "the rows keep the terms of their sources" in layers["incidents"]["licences"][0]
    assert layers["border_links"]["licences"][0].startswith("ODbL-1.0; ")
    assert layers["border_links"]["rights"] == [
        "© OpenStreetMap contributors, ODbL 1.0. Made with Natural Earth."
    ]
    assert layers["sites"]["licences"] == ["as the file that the layer was read from"]
    for name in ("uncertainty", "footprints", "admin_counts"):
        assert layers[name]["licences"], name


def test_a_picture_is_drawn(report: Any) -> None:
    content = report["picture"]

    assert struct.unpack(">II", content[16:24]) == (960, 600)
    assert len(content) > PICTURE_BYTES
