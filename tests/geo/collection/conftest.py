"""One small project, built once."""

import shutil
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def built_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project that is only looked at, or copied."""
    # Types are checked in packages that load after this file.
    from geo.collection.project.running import build_project
    from tests.geo.collection.small_project import small_project

    folder = small_project(tmp_path_factory.mktemp("collection") / "project")
    assert build_project(folder) is not None
    return folder


@pytest.fixture
def project(built_project: Path, tmp_path: Path) -> Path:
    """Return a copy of the built project."""
    return shutil.copytree(built_project, tmp_path / "project")
