"""Modules stay small enough to be read in one go."""

from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parents[2]
LONGEST = 450
LONGEST_MEDIAN = 200
ROOMS = {
    "geo": "*.py",
    "layers": "*.py",
    "incidentmap": "*.py",
    "maps/viewer/src": "*.ts",
    "tests": "*.py",
}


def line_counts(room: str) -> dict[str, int]:
    files = sorted((ROOT / room).rglob(ROOMS[room]))
    return {
        file.relative_to(ROOT).as_posix(): len(file.read_text(encoding="utf-8").splitlines())
        for file in files
    }


@pytest.mark.parametrize("room", ROOMS)
def test_no_module_is_long(room: str) -> None:
    assert {file: lines for file, lines in line_counts(room).items() if lines > LONGEST} == {}


@pytest.mark.parametrize("room", ROOMS)
def test_most_modules_are_short(room: str) -> None:
    assert median(line_counts(room).values()) < LONGEST_MEDIAN
