"""Which reports become one incident, and what the incident says."""

import json

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

import geo
from geo.collection.merging import candidates
from geo.errors import SchemaError, TooManyPairsError
from tests.geo.collection.report_tables import article, lines, parts, report, table_of

NOWHERE = gpd.GeoSeries([None, None], crs=4326)
ROW = {"native_event": "x", "native_deaths": "4", "native_desk": "y"}


def test_tolls_become_ranges_with_their_sources() -> None:
    rows = [
        article("a", published="2024-05-10", fatalities_best=3),
        article("b", published="2024-05-11", fatalities_best=5),
        article("c", published="2024-05-12", fatalities_best=4),
        article("d", published="2024-05-11", fatalities_best=5),
    ]
    merged = geo.merge_reports(table_of(rows)).iloc[0]

    tolls = [merged[f"fatalities_{end}"] for end in ("low", "best", "high")]
    sources = json.loads(merged["sources"])

    assert tolls == [3, 4, 5]
    assert merged["incident_id"] == "a"
    assert (merged["reports"], merged["report_ids"]) == (4, '["a","b","c","d"]')
    assert {one["report"] for one in sources if one["fact"] == "incident"} == set("abcd")
    told = {one["report"]: one["fatalities_low"] for one in sources if one["fact"] == "report"}
    assert told == {"a": 3, "b": 5, "c": 4, "d": 5}


@pytest.mark.parametrize(
    ("tolls", "best"),
    [
        ([("2024-05-12", 6), ("2024-05-11", 7), ("2024-05-11", 7)], 6),
        ([("2024-05-12", 6), ("2024-05-12", 7), ("2024-05-11", 6)], 6),
        ([("2024-05-12", 6), ("2024-05-12", 7), ("2024-05-11", 5)], 7),
        ([("2024-05-12", None), ("2024-05-11", 7), ("2024-05-10", 6)], 7),
    ],
)
def test_the_toll_told_last_is_best(tolls: list[tuple[str, int | None]], best: int) -> None:
    rows = [
        article(name, published=day, fatalities_best=toll, injured=toll)
        for name, (day, toll) in zip("abc", tolls, strict=True)
    ]
    merged = geo.merge_reports(table_of(rows))

    assert merged["fatalities_best"].tolist() == [best]
    assert merged["injured"].tolist() == [best]


def test_a_table_of_no_day_tells_the_toll_where_no_other_does() -> None:
    rows = [report("a", fatalities_best=4) | ROW, article("b", published="2024-05-12")]
    assert geo.merge_reports(table_of(rows))["fatalities_best"].tolist() == [4]

    rows[1]["fatalities_best"] = 5
    assert geo.merge_reports(table_of(rows))["fatalities_best"].tolist() == [5]


def test_a_report_that_stands_alone_keeps_all_that_it_says() -> None:
    table = table_of([article("a", fatalities_best=3) | ROW, report("b", kind="flood")])
    merged = geo.merge_reports(table)
    geo.validate(merged)
    old = table.set_index("incident_id")
    new = merged.set_index("incident_id")

    shared = [name for name in old if name != "geometry"]
    pd.testing.assert_frame_equal(new.loc[old.index, shared], old[shared], check_dtype=False)
    assert new["merge_score"].isna().all()
    assert new["merge_reasons"].isna().all()
    assert new["fatalities_low"].isna().all()
    assert new["reports"].tolist() == [1, 1]


def test_two_rows_of_one_table_stay_two() -> None:
    rows = [report("a", fatalities_best=4) | ROW, report("b", fatalities_best=4) | ROW]

    assert parts(rows) == [["a"], ["b"]]


def test_the_column_input_tells_tables_apart() -> None:
    rows = [report("a", fatalities_best=4), report("b", fatalities_best=4)]

    assert parts([row | {"input": "desk.csv"} for row in rows]) == [["a"], ["b"]]
    assert parts([row | {"input": row["incident_id"]} for row in rows]) == [["a", "b"]]


def test_rows_of_two_tables_become_one() -> None:
    other = {"native_nr": "1", "native_town": "Baghdad", "native_when": "10 May"}
    rows = [report("a", fatalities_best=4) | ROW, report("b", fatalities_best=4) | other]
    merged = geo.merge_reports(table_of(rows))

    assert merged["report_ids"].tolist() == ['["a","b"]']
    assert merged[["native_event", "native_nr"]].to_numpy().tolist() == [["x", "1"]]


def test_a_report_between_two_rows_of_a_table_does_not_tie_them() -> None:
    rows = [
        report("a", fatalities_best=4, title="bomb in a minibus") | ROW,
        report("b", fatalities_best=4, title="bomb in a bakery") | ROW,
        article("c", fatalities_best=4, quote="The bakery was hit"),
    ]

    assert parts(rows) == [["a"], ["b", "c"]]


def score_of(one: dict[str, object], other: dict[str, object]) -> tuple[float, str]:
    """Score and decision of two articles that tell of Basra."""
    rows = [article(name, **told) for name, told in (("a", one), ("b", other))]
    pair = geo.compare_reports(table_of(rows)).iloc[0]
    return pair["score"], pair["decision"]


def test_a_town_and_its_province_that_are_written_alike_are_one_place() -> None:
    town = {"place_text": "Basra", "place": "Basra", "uncertainty_m": 12_000.0}
    wide = {"place": "Al Basrah", "uncertainty_m": 160_000.0, "at": (44.4, 33.6)}
    alike = score_of(town, wide | {"place_text": "Basra, southern Iraq"})
    other = score_of(town, wide | {"place_text": "Zubair, southern Iraq"})
    assert (alike[1], other[1]) == ("merged", "doubtful")
    # Beyond the radii of both, what is written alike is no evidence.
    sharp = wide | {"uncertainty_m": 3_000.0, "at": (44.4, 33.36)}
    near = town | {"uncertainty_m": 3_000.0}
    assert score_of(near, sharp | {"place_text": "Basra"}) == score_of(
        near, sharp | {"place_text": "Zubair"}
    )


def test_who_tells_of_injured_only_speaks_against_many_dead() -> None:
    injured = score_of({"injured": 2}, {"fatalities_best": 7})
    silent = score_of({}, {"fatalities_best": 7})
    few = score_of({"injured": 2}, {"fatalities_best": 1})
    assert injured[0] < silent[0] - 0.1
    assert silent[0] > few[0] > injured[0]


def test_the_toll_of_a_disaster_rises_and_stays_in_doubt() -> None:
    def told(kind: str) -> str:
        return score_of(
            {"kind": kind, "fatalities_best": 40}, {"kind": kind, "fatalities_best": 900}
        )[1]

    assert (told("flood"), told("explosion")) == ("doubtful", "apart")


@pytest.mark.parametrize(
    "other",
    [
        {"date_start": "2024-05-12"},
        {"kind": "protest"},
        {"fatalities_best": 90},
        {"at": (44.9, 33.3)},
        {"at": (np.nan, np.nan), "status": "unlocated"},
        {"date_start": None, "date_precision": "unknown", "sources": "[]"},
    ],
)
def test_another_day_kind_toll_or_place_is_another_incident(other: dict[str, object]) -> None:
    rows = [article("a", fatalities_best=3), article("b", fatalities_best=3)]
    assert parts(rows) == [["a", "b"]]

    rows[1] |= {
        "lon" if key == "at" else key: value[0] if isinstance(value, tuple) else value
        for key, value in other.items()
    }
    assert parts(rows) == [["a"], ["b"]]


def test_an_aggregate_is_no_single_incident() -> None:
    month = {"date_precision": "month", "date_start": "2024-05-01", "date_end": "2024-05-31"}
    country = {"uncertainty_m": 400_000.0, "precision": "country", "place_text": "Iraq"}
    rows = [
        article("a", fatalities_best=3),
        article("b", fatalities_best=3, **month, **country, at=(44.0, 33.0)),
        article("c", fatalities_best=3, **month, **country, at=(np.nan, np.nan)),
    ]

    assert parts(rows) == [["a"], ["b"], ["c"]]


def test_a_vague_place_agrees_with_one_inside_it_where_the_words_do() -> None:
    wide = {
        "uncertainty_m": 40_000.0,
        "precision": "admin2",
        "place_text": "Karkh",
        "at": (44.2, 33.4),
    }
    quote = "A parcel exploded in a bakery owned by the Hamdani family"
    rows = [
        article("a", quote=quote, fatalities_best=3),
        article("b", quote=quote, fatalities_best=3, **wide),
    ]
    merged = geo.merge_reports(table_of(rows))

    assert merged["report_ids"].tolist() == ['["a","b"]']
    assert merged["place_text"].tolist() == ["Baghdad"]
    assert merged["uncertainty_m"].tolist() == [5_000.0]


def test_two_stories_of_one_text_are_two_and_a_copy_of_it_is_the_same() -> None:
    rows = [
        article("one-1", sha="s", start=0, fatalities_best=3),
        article("one-2", sha="s", start=90, fatalities_best=3),
        article("two-1", sha="s", start=0, fatalities_best=3),
        article("two-2", sha="s", start=90, fatalities_best=3),
    ]

    assert parts(rows) == [["one-1", "two-1"], ["one-2", "two-2"]]


def test_a_report_without_a_date_can_be_of_the_days_before_its_publication() -> None:
    undated = {"date_start": None, "date_precision": "unknown"}
    quote = "A parcel exploded in a bakery owned by the Hamdani family"
    rows = [
        article("a", quote=quote, published="2024-05-11"),
        article("b", quote=quote, published="2024-05-12", **undated),
        article("c", quote=quote, published="2024-06-12", **undated),
    ]
    merged = geo.merge_reports(table_of(rows))

    assert merged["report_ids"].tolist() == ['["a","b"]', '["c"]']
    assert merged["date_start"].tolist()[0] == pd.Timestamp("2024-05-10")


def test_clock_times_part_shocks_of_one_day() -> None:
    hours = ["2024-05-10T03:00Z", "2024-05-10T03:10Z", "2024-05-10T21:00Z"]
    rows = [
        report(name, kind="earthquake", time_utc=hour)
        for name, hour in zip("abc", pd.to_datetime(hours), strict=True)
    ]

    assert parts(rows) == [["a", "b"], ["c"]]


def test_the_record_takes_the_best_place_date_kind_and_the_strictest_care() -> None:
    rows = [
        article("a", published="2024-05-12", uncertainty_m=9_000.0, title="first", kind="battle",
                verification="corroborated"),
        article("b", published="2024-05-11", uncertainty_m=2_000.0, title="second",
                sensitivity="restricted", date_precision="week", date_start="2024-05-06",
                date_end="2024-05-12"),
        article("c", published="2024-05-13", uncertainty_m=9_000.0),
    ]  # fmt: skip
    for row in rows:
        row["fatalities_best"] = 7
    merged = geo.merge_reports(
        table_of(rows), decisions=lines(("merge", "a", "b"), ("merge", "b", "c"))
    )
    record = merged.iloc[0]

    assert record["incident_id"] == "b"
    assert record["title"] == "second"
    assert record["uncertainty_m"] == 2_000.0
    assert (record["date_start"], record["date_precision"]) == (pd.Timestamp("2024-05-10"), "day")
    assert record["kind"] == "explosion"
    assert (record["verification"], record["sensitivity"]) == ("corroborated", "restricted")


def test_an_editor_places_the_incident() -> None:
    rows = [
        article("a", uncertainty_m=500.0, precision="site", fatalities_best=3),
        article("b", method="override", place_text="Karrada", fatalities_best=3),
    ]

    assert geo.merge_reports(table_of(rows))["place_text"].tolist() == ["Karrada"]


def test_actors_are_united_and_one_disputed_report_makes_it_disputed() -> None:
    claim = {"attribution": "claimed", "by": "the group", "name": "Group A"}
    denial = {"attribution": "denied", "by": "Group A", "name": "Group A"}
    rows = [
        article("a", actors=json.dumps([claim]), fatalities_best=3, verification="verified"),
        article(
            "b", actors=json.dumps([denial, claim]), fatalities_best=3, verification="disputed"
        ),
    ]
    merged = geo.merge_reports(table_of(rows)).iloc[0]

    assert json.loads(merged["actors"]) == [claim, denial]
    assert merged["verification"] == "disputed"


def test_reasons_are_sentences_about_the_links_that_hold() -> None:
    rows = [
        article("a", quote="Police said that a parcel exploded in a bakery", fatalities_best=3),
        article(
            "b",
            quote="Police said the parcel was left in a bakery",
            fatalities_best=5,
            at=(44.41, 33.3),
        ),
    ]
    merged = geo.merge_reports(table_of(rows)).iloc[0]
    (link,) = json.loads(merged["merge_reasons"])

    assert (link["a"], link["b"], link["score"]) == ("a", "b", merged["merge_score"])
    assert link["reason"] == (
        "931 m apart, within their joint uncertainty of 7.1 km; the same day; both told as "
        "explosion or shelling; 3 and 5 killed; both say bakery, parcel"
    )


def test_pairs_say_what_was_decided() -> None:
    rows = [
        article("a", fatalities_best=3),
        article("b", fatalities_best=3),
        article("c", fatalities_best=3),
        report("d", fatalities_best=3) | ROW,
        report("e", fatalities_best=3) | ROW,
        article("f", kind="flood", at=(50.0, 33.3)),
    ]
    table = table_of(rows)
    pairs = geo.compare_reports(table, decisions=lines(("split", "c", "a"), ("merge", "f", "a")))
    told = {(one, other): decision for one, other, decision in zip(
        pairs["report_id"], pairs["other_id"], pairs["decision"], strict=True)}  # fmt: skip

    assert told["a", "b"] == "merged"
    assert told["a", "c"] == "split"
    assert told["a", "f"] == "merge"
    assert told["b", "c"] == "doubtful"
    assert set(pairs["decision"]) <= {"merged", "apart", "doubtful", "merge", "split"}
    assert pairs["score"].between(0, 1).all()
    assert list(zip(pairs["report_id"], pairs["other_id"], strict=True)) == sorted(told)
    assert pairs.loc[pairs["decision"] == "merge", "distance_m"].iloc[0] > 500_000


def test_hostile_and_broken_cells_do_no_harm() -> None:
    rows = [
        report("a", sources="no JSON", title="=cmd" * 9_000),
        report("b", sources='{"publisher": 3}', title="</script>\u202e" + "word " * 9_000),
        report("c", sources='[3, {"sha256": 5, "url": [], "quote": null, "published": 2024}]'),
    ]
    merged = geo.merge_reports(table_of(rows))

    assert merged["reports"].sum() == 3
    geo.validate(merged)


def test_tables_of_any_crs_and_length() -> None:
    table = table_of([article("a", fatalities_best=3), article("b", fatalities_best=3)])
    projected = geo.merge_reports(table.to_crs(3857).rename_geometry("shape"))

    assert projected.crs == 4326
    assert projected.geometry.name == "geometry"
    assert parts(table.to_crs(3857)) == [["a", "b"]]
    empty = geo.merge_reports(table.iloc[:0])
    assert len(empty) == 0
    assert {"reports", "report_ids", "merge_score", "merge_reasons"} <= set(empty)
    assert len(geo.compare_reports(table.iloc[:0])) == 0
    assert parts(table.iloc[:1]) == [["a"]]


def test_few_columns_are_enough() -> None:
    table = gpd.GeoDataFrame({"incident_id": ["b", "a"]}, geometry=NOWHERE)

    assert geo.merge_reports(table)["incident_id"].tolist() == ["a", "b"]


@pytest.mark.parametrize(
    ("names", "words"), [(["a", None], "is missing"), (["a", "a"], "occurs more than once")]
)
def test_ids_have_to_tell_reports_apart(names: list[str | None], words: str) -> None:
    table = gpd.GeoDataFrame({"incident_id": names}, geometry=NOWHERE)

    with pytest.raises(SchemaError, match=words):
        geo.merge_reports(table)


def test_too_many_like_pairs_are_refused_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates, "_MOST_PAIRS", 2)
    table = table_of([article(name, fatalities_best=3) for name in "abc"])

    with pytest.raises(TooManyPairsError, match="more than 2 pairs"):
        geo.merge_reports(table)
