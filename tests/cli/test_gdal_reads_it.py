"""GIS tools read what we write, with their own programs."""

import subprocess
from pathlib import Path

import pytest

from tests.cli.test_map_command import SAMPLES, run


@pytest.mark.usefixtures("gdal_programs")
def test_ogrinfo_reads_the_geojson(tmp_path: Path) -> None:
    path = tmp_path / "incidents.geojson"
    run("map", SAMPLES / "incidents.csv", "-o", tmp_path / "map.html", "--geojson", path)

    done = subprocess.run(
        ["ogrinfo", "-al", "-so", str(path)], capture_output=True, text=True, check=True
    )

    assert "Feature Count: 60" in done.stdout
    assert "Geometry: Point" in done.stdout
    assert "WGS 84" in done.stdout
    assert "border_distance_m: Real" in done.stdout
    assert "date_start: Date" in done.stdout
