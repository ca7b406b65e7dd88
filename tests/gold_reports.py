"""Short reports in our own words with the incidents a reader finds, and how answers are scored.

`tests/articles/gold/README.md` says what is in them.
"""

import datetime as dt
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from geo.geodesy import geod

GOLD = Path(__file__).parent / "articles" / "gold"
_HELD_OUT, _UNSEEN = "held_out", "third_reader_2"
_NEAR_KM = 25.0
_DAY = dt.timedelta(days=1)


@dataclass
class Scores:
    """Counts over many reports; `wrong` tells what differs, a line each."""

    found: int = 0
    missed: int = 0
    invented: int = 0
    facts: dict[str, list[bool]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall of incidents."""
        return 2 * self.found / (2 * self.found + self.missed + self.invented)

    def share(self, fact: str) -> float:
        """Share of the found incidents of which a fact is right."""
        told = self.facts[fact]
        return sum(told) / len(told)

    def add(self, fact: str, *, is_right: bool, words: str) -> None:
        """Count one fact."""
        self.facts.setdefault(fact, []).append(is_right)
        if not is_right:
            self.wrong.append(words)


def gold_reports(*, held_out: bool) -> list[dict[str, Any]]:
    """Reports to develop on, or those that are held out."""
    names = sorted(path for path in GOLD.glob("*.toml") if path.stem != _UNSEEN)
    chosen = [path for path in names if (path.stem == _HELD_OUT) == held_out]
    return [one for path in chosen for one in tomllib.loads(path.read_text("utf-8"))["report"]]


def unseen_reports() -> list[dict[str, Any]]:
    """Reports written before the last rules were, and not looked at since."""
    return list(tomllib.loads((GOLD / f"{_UNSEEN}.toml").read_text("utf-8"))["report"])


def as_articles(reports: Sequence[dict[str, Any]]) -> pd.DataFrame:
    """Reports as a table of articles; the name of each is its id."""
    names = [report["name"] for report in reports]
    return pd.DataFrame(
        {
            "article_id": names,
            "publisher": names,
            "published": pd.to_datetime([report["published"] for report in reports]).as_unit("s"),
            "sha256": ["0" * 64] * len(names),
            "text": [report["text"].strip() + "\n" for report in reports],
        }
    )


def score(reports: Sequence[dict[str, Any]], incidents: gpd.GeoDataFrame) -> Scores:
    """Compare a table of incidents with what readers found."""
    scores = Scores()
    article = incidents["incident_id"].str.rpartition("-")[0]
    for report in reports:
        rows = incidents[article == report["name"]].to_dict("records")
        _score_report(report, rows, scores)
    return scores


def _score_report(report: dict[str, Any], rows: list[dict[Any, Any]], scores: Scores) -> None:
    name, golds = report["name"], report["incidents"]
    pairs = sorted(
        ((_agreement(gold, row), -g, -r) for g, gold in enumerate(golds)
         for r, row in enumerate(rows)),
        reverse=True,
    )  # fmt: skip
    matched: dict[int, int] = {}
    for agreement, minus_g, minus_r in pairs:
        if agreement and -minus_g not in matched and -minus_r not in matched.values():
            matched[-minus_g] = -minus_r
    for g, gold in enumerate(golds):
        is_optional = gold.get("optional", False)
        if g not in matched and not is_optional:
            scores.missed += 1
            scores.wrong.append(f"{name}: missed {gold['kind']} of {gold['start']}")
        if g in matched and not is_optional:
            scores.found += 1
            _score_facts(name, gold, rows[matched[g]], scores)
    for r, row in enumerate(rows):
        if r not in matched.values():
            scores.invented += 1
            said = f"{row['kind']}, {row['place']}, {row['date_start']}: {row['title']}"
            scores.wrong.append(f"{name}: invented {said}")


def _score_facts(name: str, gold: dict[str, Any], row: dict[Any, Any], scores: Scores) -> None:
    label = f"{name}: {gold['kind']}"
    start, end = _days(gold)
    if not gold.get("any_date"):
        told = (row["date_start"], row["date_end"])
        is_right = not pd.isna(told[0]) and (told[0].date(), told[1].date()) == (start, end)
        scores.add("date", is_right=is_right, words=f"{label}: date {told}, expected {start} {end}")
    if "lon" in gold or "country" in gold:
        words = f"{label}: place {row['place']} ({row['place_text']}), {row['precision']}"
        scores.add("place", is_right=_is_there(gold, row), words=words)
    for fact, column in (("fatalities", "fatalities_best"), ("injured", "injured")):
        expected = [gold.get(fact), *gold.get(f"or_{fact}", [])]
        told = None if pd.isna(row[column]) else int(row[column])
        words = f"{label}: {fact} {told}, expected {expected[0]}"
        scores.add(fact, is_right=told in expected, words=words)


def _agreement(gold: dict[str, Any], row: dict[Any, Any]) -> int:
    """How well a row answers a gold incident; 0 where it speaks of another one."""
    if row["kind"] not in {gold["kind"], *gold.get("or_kinds", [])}:
        return 0
    start, end = _days(gold)
    is_then = not pd.isna(row["date_start"]) and (
        row["date_start"].date() - _DAY <= end and start - _DAY <= row["date_end"].date()
    )
    is_there = _is_there(gold, row)
    if not (is_then or is_there):
        return 0
    told = None if pd.isna(row["fatalities_best"]) else int(row["fatalities_best"])
    return 1 + is_then + 2 * is_there + 2 * (told == gold.get("fatalities"))


def _is_there(gold: dict[str, Any], row: dict[Any, Any]) -> bool:
    if "lon" not in gold:
        return row["country_a3"] == gold.get("country") and row["precision"] == "country"
    point = row["geometry"]
    if point is None or point.is_empty:
        return False
    apart_m = geod().inv(gold["lon"], gold["lat"], point.x, point.y)[2]
    return bool(apart_m <= 1_000 * max(_NEAR_KM, gold.get("within_km", 0.0)))


def _days(gold: dict[str, Any]) -> tuple[dt.date, dt.date]:
    return gold["start"], gold.get("end", gold["start"])
