"""The page on tables names the columns and the kinds of files that the code knows."""

import importlib.util
from pathlib import Path

from geo.tables.files import SUFFIXES

DOCS = Path(__file__).parents[2] / "docs"


def test_the_page_is_made_from_the_code() -> None:
    spec = importlib.util.spec_from_file_location("make_tables", DOCS / "make_tables.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)

    text = (DOCS / "tables.md").read_text(encoding="utf-8")

    assert module.page() == text, "run docs/make_tables.py"
    assert not [suffix for suffix in SUFFIXES if f"`{suffix}`" not in text]
