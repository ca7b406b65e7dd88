"""Tables of any size on the command line."""

from pathlib import Path

import geopandas as gpd

from tests.cli.test_map_command import SAMPLES, run


def test_parquet_is_enriched_in_chunks(tmp_path: Path) -> None:
    points = gpd.GeoDataFrame({"n": [1]}, geometry=gpd.points_from_xy([38.703], [33.306]), crs=4326)
    points.to_parquet(tmp_path / "in.parquet")

    done = run("enrich", tmp_path / "in.parquet", "-o", tmp_path / "out.parquet", "--coast")

    assert done.returncode == 0, done.stderr
    assert "1 row enriched." in done.stderr
    assert done.stdout.strip().endswith("out.parquet")
    found = gpd.read_parquet(tmp_path / "out.parquet").iloc[0]
    assert (found["border_pair"], found["admin1_code"]) == ("JOR-SYR", "JO-MA")


def test_other_tables_are_geocoded_first(tmp_path: Path) -> None:
    target = tmp_path / "out.geojson"

    done = run("enrich", SAMPLES / "incidents.csv", "-o", target, "--worldview", "UA")

    assert done.returncode == 0, done.stderr
    found = gpd.read_file(target)
    assert len(found) == 60
    assert set(found["worldview"].dropna()) == {"UA"}


def test_mistakes_are_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "in.parquet").write_text("no")

    unread = run("enrich", tmp_path / "in.parquet", "-o", tmp_path / "out.parquet")
    unknown = run("enrich", SAMPLES / "incidents.csv", "-o", tmp_path / "o.geojson",
                  "--worldview", "Mars")  # fmt: skip
    wrong = run("enrich", tmp_path / "in.parquet", "-o", tmp_path / "out.csv")

    assert [done.returncode for done in (unread, unknown, wrong)] == [1, 1, 1]
    assert "not a Parquet file" in unread.stderr
    assert "No worldview is called 'Mars'" in unknown.stderr
    assert "expected .parquet" in wrong.stderr
