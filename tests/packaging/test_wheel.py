"""The wheel, built through the source archive, is complete and works far from the checkout."""

import os
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = {"geo", "layers", "incidentmap"}
LOCKS = ROOT / "requirements"
UV = [sys.executable, "-m", "uv"]

pytestmark = pytest.mark.slow


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    result = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Build the source archive, and from it the wheel."""
    out = tmp_path_factory.mktemp("dist")
    build = [*UV, "build", "--quiet", "--build-constraints", LOCKS / "build.txt", "--out-dir", out]
    run(*build, "--sdist", ROOT, cwd=out)
    (sdist,) = out.glob("*.tar.gz")
    # No npm and no registry for the viewer: what the source archive carries has to be enough.
    run(*build, "--wheel", sdist, cwd=out, npm_config_offline="true")
    (wheel,) = out.glob("*.whl")
    return sdist, wheel


@pytest.fixture(scope="module")
def wheel_names(archives: tuple[Path, Path]) -> set[str]:
    with zipfile.ZipFile(archives[1]) as wheel:
        return set(wheel.namelist())


@pytest.fixture(scope="module")
def installed(archives: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel in an empty environment; return the folder of its programs."""
    venv = tmp_path_factory.mktemp("wheel") / "venv"
    run(*UV, "venv", "--quiet", "--python", sys.executable, venv, cwd=venv.parent)
    python = venv / "bin" / "python"
    install = [*UV, "pip", "install", "--quiet", "--python", python]
    run(*install, "--require-hashes", "-r", LOCKS / "run.txt", cwd=venv.parent)
    run(*install, "--no-deps", archives[1], cwd=venv.parent)
    return venv / "bin"


def test_top_level_is_our_packages_only(wheel_names: set[str]) -> None:
    top = {name.split("/")[0] for name in wheel_names}

    assert {name for name in top if not name.endswith(".dist-info")} == PACKAGES
    assert len(top) == len(PACKAGES) + 1


def test_every_shipped_file_is_inside(wheel_names: set[str]) -> None:
    manifest = tomllib.loads((ROOT / "data/shipped/MANIFEST.toml").read_text(encoding="utf-8"))
    expected = {f"geo/_data/{entry['name']}" for entry in manifest["file"]}

    assert expected <= wheel_names
    inside = {name for name in wheel_names if name.startswith("geo/_data/")}
    assert inside == expected | {"geo/_data/MANIFEST.toml"}


WITH_STYLE = ("icon", "cluster", "fullscreen", "minimap")


def test_the_viewer_is_inside(wheel_names: set[str]) -> None:
    inside = {name for name in wheel_names if name.startswith("layers/_viewer/")}

    both = ("page", "plugin", "review", *(f"compat_{part}" for part in WITH_STYLE))
    names = {f"{name}.{kind}" for name in both for kind in ("js", "css")}
    names |= {"compat_popup.js", "compat_heat.js", "compat_scale.js", "compat_fontawesome.css"}
    names |= {"leaflet.js", "leaflet_slim.js", "words_ar.json", "words_en.json"}
    parts = (ROOT / "maps/viewer/src/parts").glob("*.ts")
    names |= {f"part_{file.stem}.js" for file in parts}
    assert inside == {f"layers/_viewer/{name}" for name in names}


def test_types_and_licences_are_inside(wheel_names: set[str]) -> None:
    assert {f"{package}/py.typed" for package in PACKAGES} <= wheel_names
    licences = {name.partition("/licenses/")[2] for name in wheel_names if "/licenses/" in name}
    texts = {f"LICENSES/{file.name}" for file in (ROOT / "LICENSES").iterdir()}
    assert licences == {"LICENSE", "NOTICE"} | texts


def test_the_source_archive_can_be_tested(archives: tuple[Path, Path]) -> None:
    with tarfile.open(archives[0]) as sdist:
        names = {name.partition("/")[2] for name in sdist.getnames()}

    wanted = {"Makefile", "README.md", "requirements/test.txt", "tests/conftest.py"}
    assert wanted <= names
    assert not [name for name in names if re.search(r"node_modules|\.venv|__pycache__", name)]


def test_it_works_in_an_empty_environment(installed: Path, tmp_path: Path) -> None:
    code = (
        "import geo, layers, incidentmap, geo.shipped as shipped;"
        "[shipped.verify(name) for name in shipped.products()];"
        "print(geo.__file__)"
    )
    where = run(installed / "python", "-c", code, cwd=tmp_path)

    assert Path(where.strip()).is_relative_to(installed.parent)
    assert "map" in run(installed / "incidentmap", "--help", cwd=tmp_path)


def test_the_readme_runs_in_an_empty_environment(installed: Path, tmp_path: Path) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "samples").symlink_to(ROOT / "data" / "samples")

    run(installed / "python", "-W", "error", "-c", "\n".join(blocks), cwd=tmp_path)
