"""Hotspots on the command line."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from tests.cli.command_line import run


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rng = np.random.default_rng(0)
    lon, lat = rng.normal((40.15, 35.33), 0.05, (40, 2)).T
    frame = pd.DataFrame({"longitude": lon, "latitude": lat})
    pile = pd.DataFrame({"longitude": [41.62197] * 9, "latitude": [32.96804] * 9})
    target = tmp_path_factory.mktemp("hotspots") / "incidents.csv"
    pd.concat((frame, pile)).to_csv(target, index=False)
    return target


def test_hexagons_as_a_layer_with_piles(table: Path, tmp_path: Path) -> None:
    target, piles = tmp_path / "cells.geojson", tmp_path / "piles.csv"

    done = run("hotspots", table, "--resolution", "4", "--area", "Syria", "--draws", "9",
               "-o", target, "--piles", piles)  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == [str(target), str(piles)]
    assert "40 of 49 incidents count, 0 are placed too coarsely" in done.stderr
    assert "9 have no point or lie outside the cells." in done.stderr
    assert "9 incidents lie on one point that stands for a whole admin1 Al Anbar" in done.stderr
    found = gpd.read_file(target)
    assert {"hex_id", "count", "gi_z", "gi_p", "gi_q", "hotspot", "hotspot_share"} <= set(found)
    assert found.loc[found["count"].idxmax(), ["hotspot", "hotspot_share"]].tolist() == ["hot", 1.0]
    assert pd.read_csv(piles)["incidents"].tolist() == [9]


def test_provinces_as_a_table_and_a_geopackage(table: Path, tmp_path: Path) -> None:
    target, layer = tmp_path / "provinces.csv", tmp_path / "provinces.gpkg"
    for output in (target, layer):
        done = run("hotspots", table, "--provinces", "--area", "syr,IRQ", "--draws", "2",
                   "-o", output)  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert "Warning" not in done.stderr

    found = pd.read_csv(target).set_index("admin1_code")
    assert found.loc["SY-RA", "count"] + found.loc["SY-DY", "count"] == 40
    assert set(found["country_a3"]) == {"SYR", "IRQ"}
    cells = gpd.read_file(layer, layer="cells").set_index("admin1_code")
    assert cells["count"].to_dict() == found["count"].to_dict()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["provinces.csv", "provinces.gpkg"]


def test_a_few_cells_of_many(table: Path, tmp_path: Path) -> None:
    rows = {}
    for only in ("counted", "hotspots"):
        target = tmp_path / f"{only}.csv"
        done = run("hotspots", table, "--resolution", "4", "--area", "Syria", "--draws", "0",
                   "--only", only, "-o", target)  # fmt: skip
        assert done.returncode == 0, done.stderr
        rows[only] = pd.read_csv(target)

    assert (rows["counted"]["count"] > 0).all()
    assert rows["counted"]["count"].sum() == 40
    assert set(rows["hotspots"]["hotspot"]) == {"hot"}
    assert (rows["hotspots"]["count"] == 0).any()


def test_many_cells_are_told(table: Path, tmp_path: Path) -> None:
    quick = ("--resolution", "6", "--area", "35,28,47,38", "--draws", "0")
    done = run("hotspots", table, *quick, "-o", tmp_path / "all.csv")
    assert "cells are written; --only counted, --only hotspots" in done.stderr
    done = run("hotspots", table, *quick, "--only", "hotspots", "-o", tmp_path / "few.csv")
    assert "are written" not in done.stderr
    assert 0 < len(pd.read_csv(tmp_path / "few.csv")) < 100


def test_the_greatest_uncertainty_and_countries_by_name(tmp_path: Path) -> None:
    source, target = tmp_path / "incidents.csv", tmp_path / "provinces.csv"
    # Coordinates with one decimal place are known to some 8 km.
    pd.DataFrame({"longitude": [36.3] * 2, "latitude": [31.6] * 2}).to_csv(source, index=False)
    for asked, count in (((), 2), (("--coarsest", "10km"), 2), (("--coarsest", "5km"), 0)):
        done = run("hotspots", source, "--provinces", "--area", "Jordan,Syria,LBN,IRQ", *asked,
                   "-o", target, "--overwrite")  # fmt: skip
        assert done.returncode == 0, done.stderr
        found = pd.read_csv(target)
        assert found["count"].sum() == count
        assert set(found["country_a3"]) == {"JOR", "SYR", "LBN", "IRQ"}


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--resolution", "16"], 2, "16 is not in the range 0<=x<=15"),
        (["--resolution", "4", "--provinces"], 2, "--resolution or --provinces, not both"),
        (["--provinces", "--area", "3"], 2, "countries, world, or country codes"),
        (["--provinces", "--area", "XYZ"], 1, "'XYZ' is no study area"),
        (["--area", "35,32,43,x"], 2, "expected west,south,east,north"),
        (["--area", "35,32,43"], 2, "expected west,south,east,north"),
        (["--coarsest", "10"], 2, "expected a number and a unit"),
        (["--only", "cold"], 2, "'cold' is not one of 'counted', 'hotspots'"),
        (["--area", "35,38,43,32"], 1, "expected west, south, east, north"),
        (["--area", "Xyzzyqq"], 1, "Xyzzyqq"),
        (["--resolution", "12", "--area", "Syria"], 1, "resolution 8 would do"),
        (["--piles", "out.geojson"], 1, "give each a name of its own"),
    ],
)
def test_mistakes_are_one_sentence(
    table: Path, tmp_path: Path, arguments: list[str], code: int, words: str
) -> None:
    done = run("hotspots", table, *arguments, "-o", "out.geojson", cwd=tmp_path)

    assert done.returncode == code
    assert words in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


def test_an_existing_file_is_kept(table: Path, tmp_path: Path) -> None:
    target = tmp_path / "cells.csv"
    target.write_text("mine", encoding="utf-8")

    done = run("hotspots", table, "-o", target)

    assert done.returncode == 1
    assert "--overwrite" in done.stderr
    assert target.read_text(encoding="utf-8") == "mine"
