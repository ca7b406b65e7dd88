"""The Python that the guides show runs as it stands there."""

import re
from pathlib import Path

import pytest

GUIDES = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize(
    "name",
    [
        "clusters.md",
        "collections.md",
        "formats.md",
        "hotspots.md",
        "locations.md",
        "maps.md",
        "near.md",
        "overrides.md",
        "own_layers.md",
        "repeats.md",
        "services.md",
        "time.md",
    ],
)
def test_python_blocks_run(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = (GUIDES / name).read_text("utf-8")
    for table in re.findall(r"^```csv\n(.*?)^```$", text, re.DOTALL | re.MULTILINE):
        (tmp_path / name).with_suffix(".csv").write_text(table, encoding="utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)

    assert blocks
    exec(compile("\n".join(blocks), name, "exec"), {"__name__": "guide"})  # noqa: S102
