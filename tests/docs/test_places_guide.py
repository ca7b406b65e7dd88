"""What the guide to one's own places shows is run as it stands there."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from incidentmap.cli import group

GUIDE = (Path(__file__).parents[2] / "docs" / "places.md").read_text("utf-8")


def block(language: str) -> str:
    """Return the only fenced block of a language."""
    (found,) = re.findall(rf"^```{language}\n(.*?)^```$", GUIDE, re.DOTALL | re.MULTILINE)
    return found


@pytest.fixture(autouse=True)
def _workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sites.csv").write_text(block("csv"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("INCIDENTMAP_PLACES", str(tmp_path / "places"))


def test_commands_run(tmp_path: Path) -> None:
    seen = []
    for line in block("sh").splitlines():
        program, *arguments = shlex.split(line)
        assert program == "incidentmap"
        result = CliRunner().invoke(group, arguments)
        seen.append(arguments[1] if len(arguments) > 1 else "list")
        assert result.exit_code == 0 or "sites: whole" in result.output, result.output
    assert seen == ["add", "list", "verify", "remove"]
    assert list((tmp_path / "places").iterdir()) == []


def test_python_block_runs() -> None:
    exec(compile(block("python"), "places.md", "exec"), {"__name__": "guide"})  # noqa: S102
