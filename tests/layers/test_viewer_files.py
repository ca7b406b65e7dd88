"""The built viewer is found, or said to be missing, and cannot end the element it stands in."""

from pathlib import Path

import pytest

from geo.errors import ShippedDataError
from layers import viewer_files


def test_a_viewer_that_was_not_built_is_named_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(ShippedDataError, match=r"page\.js: .*Run `python hatch_build\.py`"):
        viewer_files._read(tmp_path, "page.js")


@pytest.mark.parametrize(
    ("name", "text"), [("page.js", 'x = "</SCRIPT>"'), ("page.css", "a{}</style>")]
)
def test_a_file_that_would_end_its_element_is_refused(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(ShippedDataError, match="which would end it inside a page"):
        viewer_files._read(tmp_path, name)
