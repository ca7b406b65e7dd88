"""The guide of formats says what the code says."""

from pathlib import Path

import pytest

from geo.formats.registry import FORMATS

GUIDE = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")
ROWS = [line for line in GUIDE.splitlines() if line.startswith("| ")]


@pytest.mark.parametrize("name", FORMATS)
def test_the_guide_tells_names_and_losses_of_each_format(name: str) -> None:
    one = FORMATS[name]

    (row,) = [line for line in ROWS if f"(`{name}`)" in line]
    title, ends, _, losses = (cell.strip() for cell in row.strip("|").split(" | "))
    assert title == f"{one.title} (`{name}`)"
    assert ends == ", ".join(f"`{suffix}`" for suffix in one.suffixes)
    assert losses == (" ".join(one.loses) or "nothing")
