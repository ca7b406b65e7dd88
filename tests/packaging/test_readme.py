"""What the README shows is run as it stands there."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"


def blocks(language: str) -> list[str]:
    """Return the fenced blocks of one language."""
    return re.findall(
        rf"^```{language}\n(.*?)^```$", README.read_text("utf-8"), re.DOTALL | re.MULTILINE
    )


def commands() -> list[str]:
    """Return the shell lines that start incidentmap, continuation lines joined."""
    lines = "\n".join(blocks("sh")).replace("\\\n", " ").splitlines()
    return [
        line.strip().removeprefix("$ ") for line in lines if re.match(r"(\$ )?incidentmap ", line)
    ]


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give an empty folder from which the samples can be reached by the README's paths."""
    samples = tmp_path / "data" / "samples"
    samples.parent.mkdir()
    samples.symlink_to(ROOT / "data" / "samples")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.slow
@pytest.mark.usefixtures("workplace")
def test_python_blocks_run_in_one_namespace() -> None:
    namespace: dict[str, object] = {"__name__": "readme"}
    for number, block in enumerate(blocks("python"), start=1):
        exec(compile(block, f"README.md, python block {number}", "exec"), namespace)  # noqa: S102


@pytest.mark.slow
def test_commands_run(workplace: Path) -> None:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    for command in commands():
        result = subprocess.run(
            ["sh", "-c", command],
            cwd=workplace,
            env={**os.environ, "PATH": path},
            capture_output=True,
            text=True,
            check=False,
        )
        assert result.returncode == 0, f"{command}\n{result.stderr}"


def shown() -> dict[str, str]:
    """Return the commands whose output is shown, with that output."""
    parts = [part for block in blocks("sh") for part in f"\n{block}".split("\n$ ")[1:]]
    pairs = [part.partition("\n") for part in parts]
    return {command: output.strip() for command, _, output in pairs}


@pytest.mark.slow
def test_the_output_shown_is_real(workplace: Path) -> None:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    told = {
        command: subprocess.run(
            ["sh", "-c", command],
            cwd=workplace,
            env={**os.environ, "PATH": path},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        ).stdout.strip()
        for command in shown()
    }

    assert len(told) == 3
    assert told == shown()


def test_the_readme_shows_both_ways_in() -> None:
    assert blocks("python")
    assert commands()
