"""The references say what the code says."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

import geo
import layers

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_reference", DOCS / "make_reference.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_command_line_reference_is_current(maker: ModuleType) -> None:
    assert (DOCS / "cli.md").read_text("utf-8") == maker.command_line(), (
        "run docs/make_reference.py"
    )


def test_the_api_reference_is_current(maker: ModuleType) -> None:
    assert (DOCS / "api.md").read_text("utf-8") == maker.python_api(), "run docs/make_reference.py"


def test_the_guide_lists_every_exception_of_a_worldview(maker: ModuleType) -> None:
    guide = (DOCS / "worldviews.md").read_text("utf-8")

    assert guide == maker.with_exceptions(guide), "run docs/make_reference.py"
    assert guide.count("\n### ") == geo.worldviews()["worldview"].nunique()


def test_every_public_name_is_documented() -> None:
    text = (DOCS / "api.md").read_text("utf-8")

    for package in (geo, layers):
        for name in package.__all__:
            assert f"### {package.__name__}.{name}\n" in text


def test_links_between_pages_lead_somewhere() -> None:
    for page in [*DOCS.glob("*.md"), DOCS.parent / "README.md"]:
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
