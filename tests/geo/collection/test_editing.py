"""What an editor says of an incident holds, and what it says nothing of gives way."""

from typing import Any

import geopandas as gpd
import pandas as pd
import pytest

from geo.collection.decisions import EditLine
from geo.collection.editing import with_edits
from geo.errors import SchemaError
from geo.schema import conform, validate


@pytest.fixture
def incidents() -> gpd.GeoDataFrame:
    days = pd.to_datetime(["2024-05-03", "2024-05-10"])
    return conform(
        gpd.GeoDataFrame(
            {
                "incident_id": ["a", "c"],
                "title": ["A fire", "A flood"],
                "date_start": days,
                "date_end": [days[0], pd.Timestamp("2024-05-12")],
                "fatalities_low": [4, None],
                "fatalities_best": [4, None],
                "fatalities_high": [5, None],
                "report_ids": ['["a","b"]', '["c"]'],
            },
            geometry=[None, None],
            crs=4326,
        )
    )


def lines(*said: tuple[str, str, str]) -> list[EditLine]:
    return [EditLine("overrides.csv", 2 + place, *one) for place, one in enumerate(said)]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ([("b", "title", "Two fires")], {"title": "Two fires"}),
        ([("a", "title", "")], {"title": None}),
        ([("a", "verification", "verified")], {"verification": "verified"}),
        ([("a", "injured", "3")], {"injured": 3}),
        ([("a", "fatalities_best", "9")], {"fatalities_best": 9, "fatalities_high": 9}),
        (
            [("a", "fatalities_high", "2")],
            {"fatalities_low": 2, "fatalities_best": 2, "fatalities_high": 2},
        ),
        ([("a", "fatalities_best", "")], {"fatalities_low": 4, "fatalities_best": None}),
        ([("a", "date_start", "2024-05-20")], {"date_end": pd.Timestamp("2024-05-20")}),
        ([("a", "date_end", "2024-05-01")], {"date_start": pd.Timestamp("2024-05-01")}),
        ([("c", "date_start", "2024-05-11")], {"date_end": pd.Timestamp("2024-05-12")}),
        ([("nobody", "injured", "3")], {}),
    ],
)
def test_what_is_edited_holds(
    incidents: gpd.GeoDataFrame,
    unchanged: Any,
    said: list[tuple[str, str, str]],
    expected: dict[str, Any],
) -> None:
    with unchanged(incidents):
        edited = with_edits(incidents, lines(*said))

    validate(edited)
    row = edited.iloc[1 if said[0][0] == "c" else 0]
    for name, value in expected.items():
        assert pd.isna(row[name]) if value is None else row[name] == value, name
    other = edited.iloc[0 if said[0][0] == "c" else 1]
    before = incidents.iloc[0 if said[0][0] == "c" else 1]
    assert other[incidents.columns].drop("geometry").equals(before.drop("geometry"))


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (
            [("a", "kind", "fire"), ("b", "kind", "flood")],
            "lines 2 and 3: both edit kind of one incident, which has the reports “a” and “b”, and",
        ),
        (
            [("a", "fatalities_low", "9"), ("a", "injured", "1"), ("b", "fatalities_high", "3")],
            "overrides.csv, lines 4 and 2: fatalities_high 3 and fatalities_low 9 of one incident",
        ),
    ],
)
def test_contradictions_name_both_lines(
    incidents: gpd.GeoDataFrame, said: list[tuple[str, str, str]], words: str
) -> None:
    with pytest.raises(SchemaError) as caught:
        with_edits(incidents, lines(*said))

    assert words in str(caught.value)
