"""The reference data on the command line."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from geo import shipped
from geo.errors import ShippedDataError
from incidentmap.cli import group


def test_every_file_is_listed_with_its_licence() -> None:
    done = CliRunner().invoke(group, ["data", "--json"])

    listed = json.loads(done.output)
    assert {one["name"] for one in listed} == set(shipped.products())
    assert all(one["licence"] and one["attribution"] and len(one["sha256"]) == 64 for one in listed)


def test_the_list_is_for_people_too() -> None:
    done = CliRunner().invoke(group, ["data"])

    assert "provinces.parquet" in done.output
    assert "rows" in done.output


def test_whole_files_are_said_to_be_whole() -> None:
    done = CliRunner().invoke(group, ["data", "verify"])

    assert done.exit_code == 0, done.output
    assert done.output.splitlines() == [f"{name}: whole" for name in shipped.products()]


@pytest.fixture
def damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "data"
    shutil.copytree(shipped.folder(), folder, copy_function=shutil.copy)
    (folder / "lakes.parquet").write_bytes(b"damaged")
    monkeypatch.setenv("INCIDENTMAP_DATA", str(folder))
    return folder


def test_a_damaged_file_is_named_with_both_checksums(damaged: Path) -> None:
    with pytest.raises(ShippedDataError, match=r"lakes\.parquet: damaged, sha256 is .*expected"):
        shipped.verify("lakes.parquet")
    (damaged / "lakes.parquet").unlink()
    with pytest.raises(ShippedDataError, match=r"lakes\.parquet: the reference file is missing"):
        shipped.verify("lakes.parquet")
