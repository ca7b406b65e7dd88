"""Incidents near something, on the command line."""

from pathlib import Path

import geopandas as gpd
import pytest

from tests.cli.test_map_command import SAMPLES, run


def test_incidents_near_a_border(tmp_path: Path) -> None:
    target = tmp_path / "close.geojson"

    done = run("near", SAMPLES / "incidents.csv", "--border", "syr-jor", "--distance", "5km",
               "-o", target)  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == str(target)
    assert "1 of 60 incidents: 1 certain, 0 possible." in done.stderr
    found = gpd.read_file(target).iloc[0]
    assert (found["native_id"], found["match"], found["match_share"]) == ("S001", "certain", 1.0)
    assert found["nearest_border_pair"] == "JOR-SYR"
    assert 1_000 < found["nearest_distance_m"] < 3_000


def test_sites_of_ones_own_and_what_is_far_from_them(tmp_path: Path) -> None:
    sites = tmp_path / "sites.csv"
    sites.write_text("site name,lon,lat\nOutpost,38.703,33.306\nNowhere,,\n", encoding="utf-8")
    counts = []
    for name, more in (("near", []), ("far", ["--beyond"])):
        target = tmp_path / f"{name}.geojson"
        done = run("near", SAMPLES / "incidents.csv", "--sites", sites, "--distance", "25 km",
                   "-o", target, *more)  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert "1 site without a position is left out." in done.stderr
        found = gpd.read_file(target)
        assert set(found["nearest_name"].dropna()) == {"Outpost"}
        counts.append(set(found["native_id"]))

    near, far = counts
    assert "S001" in near - far
    assert len(far) > 40


def test_a_geopackage_of_sites(tmp_path: Path) -> None:
    points = gpd.points_from_xy([38.703], [33.306])
    sites = gpd.GeoDataFrame({"name": ["Outpost"]}, geometry=points, crs=4326).to_crs(3857)
    sites.to_file(tmp_path / "sites.gpkg")

    done = run("near", SAMPLES / "incidents.csv", "--sites", tmp_path / "sites.gpkg",
               "--distance", "1nm", "-o", tmp_path / "o.geojson")  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert gpd.read_file(tmp_path / "o.geojson")["nearest_name"].tolist() == ["Outpost"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--distance", "5km"], 2, "one of --sites, --place and --border"),
        (["--distance", "5km", "--place", "Homs", "--border", "JOR-SYR"], 2, "one of --sites"),
        (["--distance", "5", "--place", "Homs"], 2, "'5' is no distance; expected a number and"),
        (["--distance", "-5km", "--place", "Homs"], 2, "is no distance"),
        (["--distance", "5km", "--border", "JORSYR"], 2, "expected two codes, such as JOR-SYR"),
        (["--distance", "5km", "--border", "JOR-FRA"], 1, "share no land border"),
        (["--distance", "5km", "--place", "Xyzzyqq"], 1, "No place named “Xyzzyqq” is known"),
        (["--distance", "5km", "--place", "Springfield"], 1, "add its province or country"),
        (["--distance", "5km", "--sites", "none.csv"], 1, "none.csv: cannot be read"),
    ],
)
def test_mistakes_are_one_sentence(
    tmp_path: Path, arguments: list[str], code: int, words: str
) -> None:
    done = run("near", SAMPLES / "incidents.csv", *arguments, "-o", tmp_path / "o.geojson",
               cwd=tmp_path)  # fmt: skip

    assert done.returncode == code
    assert words in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


def test_a_table_without_positions_is_no_list_of_sites(tmp_path: Path) -> None:
    (tmp_path / "sites.csv").write_text("name,colour\nOutpost,red\n", encoding="utf-8")

    done = run("near", SAMPLES / "incidents.csv", "--sites", tmp_path / "sites.csv",
               "--distance", "5km", "-o", tmp_path / "o.geojson")  # fmt: skip

    assert done.returncode == 1
    assert "no columns with longitude and latitude among name, colour" in done.stderr
