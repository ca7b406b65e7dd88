"""The face of the package: what it names, and how little it loads."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import layers

PACKAGE = Path(layers.__file__).parent
HEAVY = ("folium", "branca", "pandas", "geopandas", "shapely", "pyarrow", "numpy")


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        cwd=PACKAGE.parent,
    )


def test_public_names_are_sorted_and_all_there() -> None:
    assert layers.__all__ == sorted(layers.__all__)
    assert set(layers.__all__) <= set(dir(layers))
    for name in layers.__all__:
        assert getattr(layers, name).__name__ == name


def test_no_public_name_is_that_of_a_module() -> None:
    modules = {path.stem for path in PACKAGE.glob("*.py")}
    assert not modules & set(layers.__all__)


def test_every_module_says_what_it_offers() -> None:
    for path in PACKAGE.glob("[a-z]*.py"):
        module = import_module(f"layers.{path.stem}")
        assert module.__doc__, path
        assert all(hasattr(module, name) for name in module.__all__), path


def test_an_unknown_name_is_an_error() -> None:
    with pytest.raises(AttributeError, match="'layers' has no attribute 'Heatmap'"):
        layers.Heatmap  # noqa: B018  (asking is the test)


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = f"import sys, layers; print([name for name in {HEAVY} if name in sys.modules])"
    assert run(code).stdout.strip() == "[]"


def test_another_geo_is_noticed_in_one_sentence(tmp_path: Path) -> None:
    other = tmp_path / "geo"
    other.mkdir()
    (other / "__init__.py").write_text("")
    code = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import layers"
    last_line = run(code).stderr.strip().splitlines()[-1]
    assert last_line == (
        "ImportError: Another distribution has overwritten the package 'geo' of incidentmap; "
        "install incidentmap in a fresh environment."
    )
