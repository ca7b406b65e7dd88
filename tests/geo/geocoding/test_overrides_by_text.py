"""Overrides by place text: which line decides on which row, and what is told of the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings, strategies as st

import geo
from geo.errors import SchemaError
from geo.geocoding.overrides.replay import apply_overrides, check_overrides, read_overrides
from geo.geocoding.overrides.rules import text_key

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def lines(*cells: dict[str, object]) -> pd.DataFrame:
    return pd.DataFrame(list(cells))


def table(*texts: str, **columns: Any) -> pd.DataFrame:
    return pd.DataFrame({"place_text": texts} | columns)


def places(rows: pd.DataFrame, *cells: dict[str, object]) -> list[str | None]:
    found = geo.geocode(rows, overrides=lines(*cells))["place"]
    return [None if pd.isna(name) else name for name in found]


def test_a_text_decides_on_all_its_rows() -> None:
    rows = table("HQ, Qurx", "hq QURX ", "Amman", "HQ")

    result = geo.geocode(rows, overrides=lines({"place_text": "HQ Qurx", "place": "Baghdad"}))

    assert result["method"].tolist() == ["override", "override", "name", "none"]
    assert result["place"].tolist()[:3] == ["Baghdad", "Baghdad", "Amman"]
    geo.validate(result.assign(incident_id=list("abcd")))


def test_inputs_are_not_changed(unchanged: Callable[..., Any]) -> None:
    rows = table("HQ", "Homs").set_axis([3, 3])
    given_points = gpd.GeoDataFrame(
        {"incident_id": ["a"], "place_text": ["HQ"]}, geometry=[shapely.Point(1, 2)], crs=4326
    )
    overrides = lines({"place_text": "HQ", "lon": "38.7", "lat": "33.3"})

    with unchanged(rows, given_points, overrides):
        result = geo.geocode(rows, overrides=overrides)
        apply_overrides(given_points, overrides)
        check_overrides(rows, overrides)

    assert result.index.tolist() == [3, 3]


def test_overrides_come_before_points_that_are_given() -> None:
    row = gpd.GeoDataFrame(
        {"place_text": ["HQ"], "country": ["Syria"], "reason": ["unreadable date"]},
        geometry=[shapely.Point(36, 34)],
        crs=4326,
    )

    result = geo.geocode(row, overrides=lines({"place_text": "HQ", "lon": "44.4", "lat": "33.3"}))

    assert (result.geometry.x.iloc[0], result["method"].iloc[0]) == (44.4, "override")
    assert result["reason"].tolist() == ["place assigned by editor"]
    # The editor has not said a country, and the point is not in the one that the row states.
    assert result["country_a3"].isna().all()


def test_rows_of_an_override_are_not_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    overrides = lines({"place_text": "HQ", "lon": "44.4", "lat": "33.3"})
    seen: list[str] = []
    from geo.geocoding import table as module

    answer_query = module.answer_query

    def watched(query: Any, *rest: Any, **options: Any) -> Any:
        seen.append(query.text)
        return answer_query(query, *rest, **options)

    monkeypatch.setattr(module, "answer_query", watched)
    geo.geocode(table("HQ", "Amman"), overrides=overrides)

    assert seen == ["Amman"]


def test_the_stricter_line_wins_in_any_order() -> None:
    rows = table("HQ", "HQ", "HQ", "HQ", country=["JOR", "Syria", None, "Syria"]).assign(
        incident_id=["a", "b", "c", "d"]
    )
    cells: list[dict[str, object]] = [
        {"place_text": "HQ", "place": "Baghdad"},
        {"place_text": "HQ", "stated_country": "SYR", "place": "Aleppo"},
        {"incident_id": "d", "place": "Amman"},
    ]

    assert places(rows, *cells) == ["Baghdad", "Aleppo", "Baghdad", "Amman"]
    assert places(rows, *reversed(cells)) == ["Baghdad", "Aleppo", "Baghdad", "Amman"]


def test_an_id_with_a_text_means_both() -> None:
    rows = table("HQ", "Depot").assign(incident_id=["a", "b"])
    line = {"incident_id": "b", "place_text": "HQ", "place": "Baghdad"}

    assert check_overrides(rows, lines(line))["use"].tolist() == ["unused"]


@pytest.mark.parametrize(
    ("answer", "place_id"),
    [
        ({"place": "Tripoli", "country": "Lebanon"}, None),
        ({"place_id": "geonames:250441"}, "geonames:250441"),
        ({"place_id": "ne:JOR", "place": "the kingdom"}, "ne:JOR"),
        ({"place": "20 km north of Gwoza, Nigeria"}, None),
        ({"place": "33.306, 38.703"}, None),
        ({"country": "Jordan"}, "ne:JOR"),
        ({"lon": "38.7", "lat": "33.3", "country": "Jordan", "place": "The berm"}, None),
    ],
)
def test_a_line_says_where_in_any_way(answer: dict[str, object], place_id: str | None) -> None:
    result = geo.geocode(table("HQ"), overrides=lines({"place_text": "HQ"} | answer)).iloc[0]

    assert (result["method"], result["status"]) == ("override", "located")
    assert result["uncertainty_m"] > 0
    assert place_id in (None, result["place_id"])
    if "place_id" in answer or "lon" in answer:
        assert answer.get("place") in (None, result["place"])
    if "lon" in answer:
        assert result["country_a3"] == "JOR"


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"place_text": "HQ", "place": "Nowhere Bay", "country": "Jordan"}, "No place named"),
        ({"place_text": "HQ", "place": "Kramtorsk"}, "line 1: No place named “Kramtorsk”"),
        ({"place_text": "HQ", "place_id": "geonames:x"}, "no place has the place_id 'geonames:x'"),
        ({"place_text": "HQ", "place_id": "ne:JOR", "lon": "1"}, "place_id, and lon and lat"),
        ({"place_text": "HQ", "lon": "1", "lat": "2", "country": "Jordn"}, "no country named"),
        ({"place_text": "HQ", "lon": "nan", "lat": "2"}, "not both in degrees"),
        ({"place_text": "HQ", "uncertainty_m": "inf", "place": "Amman"}, "expected metres above 0"),
        ({"place_text": "", "stated_country": "Jordan", "place": "Amman"}, "it names no rows"),
    ],
)
def test_hostile_lines_are_refused_by_their_number(cells: dict[str, object], words: str) -> None:
    with pytest.raises(SchemaError, match=words) as caught:
        geo.geocode(table("Amman"), overrides=lines(cells))

    assert str(caught.value).startswith("overrides, line 1: ")


def test_lines_that_contradict_each_other_are_named() -> None:
    cells = [
        {"place_text": "Depot", "place": "Amman"},
        {"place_text": "HQ", "stated_country": "Syria", "place": "Aleppo"},
        {"place_text": "hq", "stated_country": "SYR", "place": "Homs"},
    ]

    with pytest.raises(SchemaError, match="remove one") as caught:
        check_overrides(table("Amman"), lines(*cells))

    said = str(caught.value)
    assert "lines 2 and 3: both speak of place_text “hq”, stated_country “SYR”" in said
    assert "“Aleppo” at 36.2" in said
    assert "“Homs” at 34.7" in said


def test_what_each_line_does_is_told() -> None:
    rows = table("HQ", "HQ", "Depot").assign(incident_id=["a", "b", "c"])
    report = check_overrides(
        rows,
        lines(
            {"place_text": "HQ", "place": "Baghdad"},
            {"place_text": "Depot", "place": "Basra"},
            {"incident_id": "c", "place": "Amman"},
            {"place_text": "Camp", "place": "Amman"},
            {"place_text": "hq", "place": "Baghdad", "note": "again"},
            {"place_text": "Later", "place": ""},
        ),
    )

    assert report["use"].tolist() == ["used", "overruled", "used", "unused", "repeated", "open"]
    assert report["rows"].tolist() == [2, 0, 1, 0, 0, 0]
    assert report["line"].tolist() == [1, 2, 3, 4, 5, 6]
    assert report["reason"].iloc[4] == "line 1 says the same"


def test_a_file_as_spreadsheets_save_it(tmp_path: Path) -> None:
    path = tmp_path / "overrides.csv"
    path.write_bytes(
        '\ufeffplace_text,place,note,\r\n"HQ, قوركس",Baghdad,"two\r\nlines",\r\n,,,\r\n'.encode()
    )

    result = geo.geocode(table("hq قوركس"), overrides=path)

    assert result["reason"].tolist() == ["place assigned by editor: two lines"]


@pytest.mark.parametrize("text", ["???", "💥", "=HYPERLINK(1)", "<b>", "x" * 5_000, "Ho\ud800ms"])
def test_odd_texts_mean_only_themselves(text: str) -> None:
    overrides = pd.DataFrame({"place_text": [text], "place": ["Baghdad"]}, dtype=object)
    rows = pd.DataFrame({"place_text": pd.Series([text, "!!!", ""], dtype=object)})

    assert geo.geocode(rows, overrides=overrides)["method"].tolist()[0] == "override"
    assert check_overrides(rows, overrides)["rows"].tolist() == [1]


def test_tables_without_ids_or_texts_fit_nothing() -> None:
    nothing = pd.DataFrame({"country": ["Jordan"]})
    overrides = lines({"incident_id": "a", "place": "Amman"}, {"place_text": "b", "place": "Amman"})

    assert check_overrides(nothing, overrides)["use"].tolist() == ["unused", "unused"]
    assert geo.geocode(nothing, overrides=overrides)["method"].tolist() == ["country"]
    assert len(check_overrides(nothing.iloc[:0], overrides)) == 2


def test_other_columns_are_named_by_the_caller() -> None:
    rows = pd.DataFrame({"where": ["HQ"], "land": ["Jordan"]})
    overrides = lines({"place_text": "HQ", "stated_country": "JOR", "place": "Amman"})

    result = geo.geocode(rows, place="where", country="land", overrides=overrides)
    report = check_overrides(rows, overrides, place="where", country="land")

    assert (result["place"].tolist(), report["use"].tolist()) == (["Amman"], ["used"])


@settings(max_examples=20)
@given(st.permutations(range(5)))
def test_the_order_of_rows_and_lines_says_nothing(order: list[int]) -> None:
    rows = table("HQ", "Depot", "HQ", "Camp", "hq").assign(incident_id=list("abcde"))
    overrides = lines(
        {"place_text": "HQ", "place": "Baghdad"},
        {"incident_id": "e", "place": "Amman"},
        {"place_text": "Camp", "lon": "38", "lat": "33"},
        {"place_text": "Depot", "place": "Basra"},
        {"place_text": "Lost", "place": "Basra"},
    )
    usual = geo.geocode(rows, overrides=overrides)

    mixed = geo.geocode(rows.iloc[order], overrides=overrides.iloc[order])

    pd.testing.assert_frame_equal(pd.DataFrame(mixed.sort_index()), pd.DataFrame(usual))


@given(st.text(max_size=30))
def test_a_text_compares_equal_with_itself_in_other_clothes(text: str) -> None:
    key = text_key(text)

    assert text_key(f"  {text}\n") == key
    assert bool(key.strip()) == bool(text.strip())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("33.3, -38.7", "33.3, 38.7"),
        ("-33.3 38.7", "33.3 38.7"),
        ("Tower 22", "Tower 2 2"),
        ("1.2, 34", "1, 2.34"),
        ("1,2 34", "1 2,34"),
        ("HQ at 1.2, 34", "HQ at 1, 2.34"),
        ("95.3, 200.1", "95, 3.200"),
        ("Road 1.5", "Road 1 5"),
    ],
)
def test_texts_of_other_places_differ(one: str, other: str) -> None:
    assert text_key(one) != text_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("33.3, 38.7", "33.3 N, 38.7 E"),
        ("33.3, 38.7", "lon 38.7, lat 33.3"),
        ("HQ -33.3, Qurx", "hq \u221233.3 qurx"),
        ("Road １.５", "road 1.5"),
    ],
)
def test_texts_of_one_position_compare_equal(one: str, other: str) -> None:
    assert text_key(one) == text_key(other)


def test_a_line_for_one_position_does_not_move_another() -> None:
    line = {"place_text": "1.2, 34", "place": "Baghdad"}

    assert places(table("1.2, 34", "1, 2.34"), line)[0] == "Baghdad"
    assert geo.geocode(table("1, 2.34"), overrides=lines(line))["method"].tolist() == [
        "coordinates"
    ]


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        ({"country": "Jordan"}, {"country": "Syria"}, r"\(exact, JOR\) and .* \(exact, SYR\)"),
        ({"uncertainty_m": "1000"}, {"uncertainty_m": "1001"}, "within 1,001 m"),
    ],
)
def test_lines_that_differ_in_any_column_contradict_each_other(
    one: dict[str, object], other: dict[str, object], words: str
) -> None:
    point = {"place_text": "HQ", "lon": "38.703", "lat": "33.306"}

    with pytest.raises(SchemaError, match=words):
        check_overrides(table("HQ"), lines(point | one, point | other))


def test_lines_that_were_read_count_as_their_file(tmp_path: Path) -> None:
    path = tmp_path / "overrides.csv"
    path.write_text("place_text,place\nHQ,Baghdad\n")
    rules = read_overrides(path)
    path.unlink()

    assert geo.geocode(table("HQ"), overrides=rules)["place"].tolist() == ["Baghdad"]
    assert check_overrides(table("HQ"), rules)["use"].tolist() == ["used"]


def test_an_id_of_several_rows_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("incident_id,place\na,Baghdad\n")

    with pytest.raises(SchemaError, match=r"mine\.csv, line 2: 2 incidents have the id 'a'"):
        geo.geocode(table("HQ", "HQ").assign(incident_id="a"), overrides=path)
