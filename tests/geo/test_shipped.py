"""Shipped files that are damaged, missing or of another version are never read."""

import hashlib
import json
import os
import shutil
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

import geo
from geo import shipped
from geo.errors import ShippedDataError
from geo.gazetteer.places import SHIPPED_FILES, shipped_gazetteer, shipped_paths
from geo.gazetteer.unit_codes import unit_codes
from geo.reference.arc_index import coast_index

TOWER_22 = gpd.GeoDataFrame(geometry=gpd.points_from_xy([38.703], [33.306]), crs=4326)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of shipped files; each is a link that a test may replace."""
    linked = tmp_path / "data"
    linked.mkdir()
    for file in shipped.folder().iterdir():
        (linked / file.name).symlink_to(file)
    monkeypatch.setenv("INCIDENTMAP_DATA", str(linked))
    return linked


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("INCIDENTMAP_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "proved.json"


def own_copy(folder: Path, name: str) -> Path:
    file = folder / name
    whole = file.resolve()
    file.unlink()
    shutil.copy(whole, file)
    return file


def zero(file: Path) -> None:
    """Zero some bytes in the middle; the size stays."""
    with file.open("r+b") as stream:
        stream.seek(file.stat().st_size // 2)
        stream.write(bytes(4096))


def truncate(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def locate() -> str:
    return str(geo.add_countries(TOWER_22)["country_a3"].iloc[0])


@pytest.mark.parametrize("damage", [zero, truncate, Path.unlink])
@pytest.mark.parametrize(
    "name", ["atom_runs.npy", "atom_splits.npy", "atom_cells.npy", "atom_vertices.npy"]
)
def test_a_damaged_index_gives_no_country(folder: Path, name: str, damage: object) -> None:
    file = own_copy(folder, name)
    damage(file)  # type: ignore[operator]
    expected = shipped.products()[name]

    with pytest.raises(ShippedDataError) as caught:
        locate()

    told = str(caught.value)
    assert str(file) in told
    assert f"{expected.sha256} ({expected.bytes:,} bytes)" in told
    assert "Copy all shipped files once more" in told


@pytest.mark.parametrize("damage", [zero, truncate, Path.unlink])
@pytest.mark.parametrize("name", ["geonames.names", "ports.names", "ports.sqlite"])
def test_a_damaged_list_of_names_is_not_searched(folder: Path, name: str, damage: object) -> None:
    damage(own_copy(folder, name))  # type: ignore[operator]

    with pytest.raises(ShippedDataError, match=shipped.products()[name].sha256):
        geo.geocode(pd.DataFrame({"place_text": ["Amman"]}))


def test_whole_files_are_read_and_hashed_once(folder: Path, record: Path) -> None:
    assert locate() == "JOR"
    assert [path.name for path in shipped_paths()] == list(SHIPPED_FILES)

    proved = json.loads(record.read_text(encoding="utf-8"))

    known = {Path(name).name for name in proved}
    assert {"atom_runs.npy", "geonames.sqlite", "geonames.names"} <= known
    assert proved[str(folder / "atom_runs.npy")][0] == shipped.products()["atom_runs.npy"].sha256


def test_what_was_proved_is_not_hashed_again(
    folder: Path, record: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = own_copy(folder, "ports.names")
    shipped.path(file.name)
    assert record.is_file()
    monkeypatch.setattr(shipped, "_proved_here", set())
    monkeypatch.setattr("hashlib.file_digest", None)

    assert shipped.path(file.name) == file


def test_a_file_that_changes_is_proved_anew(folder: Path) -> None:
    file = own_copy(folder, "ports.names")
    before = file.stat()
    shipped.path(file.name)
    zero(file)
    # Who sets the time back cannot set back that something changed.
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))

    with pytest.raises(ShippedDataError, match=r"ports\.names: damaged"):
        shipped.path(file.name)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"x": 1}'])
def test_a_damaged_record_only_costs_time(folder: Path, record: Path, content: bytes) -> None:
    record.parent.mkdir()
    record.write_bytes(content)

    assert shipped.path(own_copy(folder, "ports.names").name).is_file()
    assert "ports.names" in record.read_text(encoding="utf-8")


def test_without_a_place_to_write_all_is_read(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("INCIDENTMAP_CACHE", str(tmp_path / "file" / "cache"))

    assert shipped.path(own_copy(folder, "ports.names").name).is_file()


@pytest.mark.parametrize(
    "content",
    [b"[[file]\n", b"\xff\xfe", b"", b"file = 3\n", b'[[file]]\nname = "a"\n', b"file = [1]\n"],
)
def test_a_damaged_manifest_is_named(folder: Path, content: bytes) -> None:
    (folder / "MANIFEST.toml").unlink()
    (folder / "MANIFEST.toml").write_bytes(content)

    with pytest.raises(ShippedDataError, match=r"MANIFEST\.toml: damaged"):
        shipped.path("ports.names")


def test_a_file_that_the_manifest_does_not_list_is_not_read(folder: Path) -> None:
    (folder / "more.parquet").write_bytes(b"")

    with pytest.raises(ShippedDataError, match=r"MANIFEST\.toml: does not list more\.parquet"):
        shipped.path("more.parquet")


def test_a_folder_without_a_manifest_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INCIDENTMAP_DATA", str(tmp_path))

    with pytest.raises(ShippedDataError, match=r"MANIFEST\.toml: missing.*unset INCIDENTMAP_DATA"):
        locate()


def test_the_repair_is_a_command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert "git checkout -- data/shipped" in shipped.repair()
    monkeypatch.setattr(shipped, "_INSTALLED", tmp_path)

    assert "pip install --force-reinstall --no-deps incidentmap" in shipped.repair()


def test_another_folder_is_another_world(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def world() -> tuple[str, str, str, str]:
        sure = geo.add_countries(TOWER_22.assign(uncertainty_m=5_000.0)).iloc[0]
        near = geo.add_borders(TOWER_22).iloc[0]
        code = unit_codes().country_a3["JO"]
        return sure["country_a3"], sure["country_shares"], near["border_pair"], code

    with monkeypatch.context() as usual:
        usual.delenv("INCIDENTMAP_DATA")
        before, coast, gazetteer = world(), coast_index(), shipped_gazetteer()
    changes = (("atoms.parquet", "holder", "SYR"), ("countries.parquet", "country_a3", "XJO"))
    for name, column, code in changes:
        file = own_copy(folder, name)
        table = pq.read_table(file)
        changed = pc.replace_substring(table[column], "JOR", code)
        pq.write_table(table.set_column(table.column_names.index(column), column, changed), file)
        declare(folder, name)

    assert before == ("JOR", '{"JOR":0.76,"SYR":0.24}', "JOR-SYR", "JOR")
    assert world() == ("SYR", '{"SYR":1.0}', "IRQ-SYR", "XJO")
    assert coast_index() is not coast
    assert shipped_gazetteer() is not gazetteer


def declare(folder: Path, name: str) -> None:
    """Write what a file holds now into the manifest of its folder."""
    known = shipped.products()[name].sha256
    manifest = folder / "MANIFEST.toml"
    text = manifest.read_text(encoding="utf-8")
    now = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    manifest.unlink()
    manifest.write_text(text.replace(known, now), encoding="utf-8")
