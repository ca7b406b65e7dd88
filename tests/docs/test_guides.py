"""The Python that the guides show runs as it stands there."""

import re
from pathlib import Path

import pytest

GUIDES = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("name", ["locations.md", "own_layers.md"])
def test_python_blocks_run(name: str) -> None:
    text = (GUIDES / name).read_text("utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)

    assert blocks
    exec(compile("\n".join(blocks), name, "exec"), {"__name__": "guide"})  # noqa: S102
