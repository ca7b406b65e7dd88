"""Sixty articles and two tables, from their texts to incidents."""

import json

import pandas as pd
import pytest

import geo
from tests.geo.collection.report_tables import lines, parts
from tests.gold_collection import Collection, gold_articles, gold_collection, score_pairs


@pytest.fixture(scope="module")
def gold() -> Collection:
    return gold_collection()


def test_the_collection_is_as_large_as_it_says() -> None:
    texts = gold_articles()
    telling = [text for text in texts if text["tells"]]
    told = pd.Series([label for text in telling for label in text["tells"]]).value_counts()

    assert (len(telling), len(texts) - len(telling), len(told)) == (60, 10, 20)
    assert (told.min(), told.max()) == (1, 6)


def test_reports_of_one_incident_find_each_other(gold: Collection) -> None:
    merged = geo.merge_reports(gold.reports)
    geo.validate(merged)
    scores = {part: score_pairs(gold, merged, part) for part in ("develop", "held_out", "both")}

    assert scores["both"].f1 >= 0.90
    for part in scores.values():
        assert part.f1_of_found >= 0.96
        assert part.invented == []
    assert merged["reports"].sum() == len(gold.reports)
    assert (merged["fatalities_low"] < merged["fatalities_high"]).sum() >= 12


def test_neighbouring_days_and_towns_stay_apart(gold: Collection) -> None:
    label = {name: str(group) for group in parts(gold.reports) for name in group}

    assert label["gao-market-1-1"] != label["gao-checkpoint-1-1"]
    assert label["guayaquil-1-1"] != label["duran-1-1"]
    assert len({label[row] for row in ("W-02", "W-03", "W-04")}) == 3


def test_other_texts_tell_nothing(gold: Collection) -> None:
    assert not gold.reports["incident_id"].str.startswith("other-").any()


def test_a_split_survives_and_an_added_article_changes_only_its_incident(gold: Collection) -> None:
    told = lines(("split", "karachi-1-1", "karachi-4-1"))
    before = {tuple(group) for group in parts(gold.reports, decisions=told)}
    without = gold.reports[gold.reports["incident_id"] != "karachi-2-1"]
    after = {tuple(group) for group in parts(without, decisions=told)}
    changed = {name for group in before ^ after for name in group}

    for group in (*before, *after):
        assert not {"karachi-1-1", "karachi-4-1"} <= set(group)
    assert "karachi-2-1" in changed
    assert all(gold.truth[name] == "karachi_factory" for name in changed)


def test_nothing_that_a_report_says_is_lost(gold: Collection) -> None:
    merged = geo.merge_reports(gold.reports)
    texts = dict(zip(gold.reports["incident_id"], gold.reports["sources"], strict=True))

    for names, cell in zip(merged["report_ids"], merged["sources"], strict=True):
        kept = {(one.get("quote"), one.get("start")) for one in json.loads(cell)}
        for name in json.loads(names):
            told = {(one.get("quote"), one.get("start")) for one in json.loads(texts[name])}
            assert told <= kept
