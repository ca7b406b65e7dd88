"""Every profile has a page, and the pages say what the profiles do."""

import importlib.util
from pathlib import Path

import pytest

from geo.profiles.registry import profiles
from geo.schema import COLUMNS

DOCS = Path(__file__).parents[2] / "docs"
# What profiles add beside the columns of the contract.
ADDED = {"geometry", "footprint", "magnitude", "depth_km"}


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    spec = importlib.util.spec_from_file_location("make_profiles", DOCS / "make_profiles.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found = module.pages()
    assert isinstance(found, dict)
    return found


def test_the_pages_are_current(pages: dict[str, str]) -> None:
    written = {file.name: file.read_text("utf-8") for file in (DOCS / "profiles").glob("*.md")}

    assert written == pages, "run docs/make_profiles.py"


def test_every_profile_has_a_page(pages: dict[str, str]) -> None:
    assert set(pages) == {"README.md", *(f"{name}.md" for name in profiles())}


@pytest.mark.parametrize("name", profiles())
def test_a_page_names_only_columns_that_there_are(name: str) -> None:
    facts = profiles()[name].facts

    filled = {column for fact in facts.columns for column in fact.to}
    assert filled - set(COLUMNS) - ADDED == set()
    assert facts.licence
    assert facts.attribution
