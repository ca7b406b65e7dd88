"""Rows of one report tell one another where they lie, and long reports take no longer per row."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from geo.gazetteer.places import shipped_gazetteer
from geo.geocoding import row_documents
from geo.geocoding.names.context import PlaceQuery
from geo.geocoding.row_documents import with_other_rows

if TYPE_CHECKING:
    from types import FrameType

NAMES = [
    place.name
    for file in shipped_gazetteer().files
    for place in file.select("WHERE kind = 'settlement' AND country_a3 = 'SYR' ORDER BY place_id")
]


def found(*names: str) -> list[PlaceQuery]:
    rows = [PlaceQuery(name) for name in names]
    return with_other_rows(rows, ["a"] * len(rows), shipped_gazetteer())


def calls(count: int) -> int:
    """Functions and steps of generators of the module that so many rows of one report take."""
    names = list(dict.fromkeys(NAMES))[:count]
    assert len(names) == count
    counted = 0

    def note(frame: FrameType, event: str, _: object) -> None:
        nonlocal counted
        counted += event == "call" and frame.f_code.co_filename == row_documents.__file__

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        found(*names)
    finally:
        sys.setprofile(before)
    return counted


def test_work_grows_with_the_rows_of_a_report_only() -> None:
    calls(100)

    assert calls(100) <= 2.2 * calls(50)


@pytest.mark.parametrize(
    ("names", "likely"),
    [
        (("Beirut",), ()),
        (("Nowhere Bay", "Beirut"), ("LBN",)),
        (("Beirut", "Nowhere Bay"), ()),
        (("Beirut", "Sidon", "Damascus"), ("LBN", "SYR")),
        (("Damascus", "Beirut", "Sidon"), ("LBN",)),
        (("Nowhere Bay", "Beirut", "Damascus", "Baghdad"), ()),
    ],
)
def test_a_name_says_nothing_for_itself(names: tuple[str, ...], likely: tuple[str, ...]) -> None:
    assert found(*names)[0].likely == likely
