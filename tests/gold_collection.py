"""Invented reports of twenty incidents, in articles and tables, and how merging them is scored.

`tests/collection/gold/README.md` says what is in them.
"""

import itertools
import json
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

import geo
from geo.geodesy import geod

GOLD = Path(__file__).parent / "collection" / "gold"
PARTS = ("develop", "held_out")
_TABLES = ("wire", "registry")
_NEAR_M = 60_000.0
_NEAR_DAYS = 2
_ALONE = "-"
_NOT_FOUND = " (not found)"


@dataclass
class PairScores:
    """Pairs of reports that are one incident in both, only in the gold, or only in the answer."""

    found: int = 0
    missed: list[str] = field(default_factory=list)
    invented: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall of pairs."""
        return self._f1(len(self.missed))

    @property
    def f1_of_found(self) -> float:
        """The same without the pairs of reports that no reader of texts has found."""
        return self._f1(sum(_NOT_FOUND not in pair for pair in self.missed))

    def _f1(self, missed: int) -> float:
        return 2 * self.found / (2 * self.found + missed + len(self.invented))


@dataclass(frozen=True)
class Collection:
    """Reports with the incident that each tells (`-...` for none of the gold), and its part.

    `lost` are incidents that a text tells, and that no report of it does.
    """

    reports: gpd.GeoDataFrame
    truth: dict[str, str]
    part: dict[str, str]
    lost: tuple[tuple[str, str], ...]


def gold_articles() -> list[dict[str, Any]]:
    """Texts of both parts, each with the name of its part."""
    return [one | {"part": part} for part in PARTS for one in _read(part)["article"]]


def as_articles(texts: Iterable[dict[str, Any]]) -> pd.DataFrame:
    """Texts as a table of articles; the name of each is its id."""
    rows = [
        {
            "article_id": one["name"],
            "publisher": one["publisher"],
            "published": pd.Timestamp(one["published"]),
            "sha256": f"sha-{one['name']}",
            "text": one["text"],
        }
        for one in texts
    ]
    return pd.DataFrame(rows)


def gold_collection() -> Collection:
    """All reports as the articles and tables are read, placed, and put together."""
    texts = gold_articles()
    found = geo.extract_incidents(as_articles(texts))
    tables = [
        geo.geocode(geo.read_incidents(GOLD / f"{name}.csv", day_first=True)) for name in _TABLES
    ]
    reports = pd.concat([found, *tables], ignore_index=True)
    truth, lost = _truth_of_articles(texts, found)
    parts = {one["name"]: name for name in PARTS for one in _read(name)["incident"]}
    part = {f"{one['name']}-{n}": one["part"] for one in texts for n in range(1, 9)}
    told = tomllib.loads((GOLD / "tables.toml").read_text("utf-8"))
    for name, table in zip(_TABLES, tables, strict=True):
        for row in table["incident_id"]:
            truth[row] = told[name].get(row, f"{_ALONE}{row}")
    part |= {row: parts[label] for row, label in truth.items() if label in parts}
    return Collection(gpd.GeoDataFrame(reports, crs=4326), truth, part, tuple(lost))


def score_pairs(collection: Collection, merged: gpd.GeoDataFrame, part: str) -> PairScores:
    """Compare the incidents of an answer with the gold, by pairs in which a report of a part is."""
    answer = {
        row: incident
        for incident, rows in zip(merged["incident_id"], merged["report_ids"], strict=True)
        for row in json.loads(rows)
    }
    scores = PairScores()
    for one, other in itertools.combinations(sorted(collection.truth), 2):
        if part not in (collection.part.get(one), collection.part.get(other), "both"):
            continue
        is_one = collection.truth[one] == collection.truth[other]
        is_said = answer[one] == answer[other]
        scores.found += is_one and is_said
        if is_one != is_said:
            (scores.missed if is_one else scores.invented).append(f"{one} | {other}")
    for article, label in collection.lost:
        # A report that was not found is missed by all others of its incident.
        if part in (collection.part.get(f"{article}-1"), "both"):
            others = [row for row, own in collection.truth.items() if own == label]
            scores.missed += [f"{article}{_NOT_FOUND} | {row}" for row in others]
    return scores


def _read(part: str) -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads((GOLD / f"{part}.toml").read_text("utf-8"))


def _truth_of_articles(
    texts: Iterable[dict[str, Any]], found: gpd.GeoDataFrame
) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Incident of each report of an article, by place and day, and what no report tells."""
    incidents = {one["name"]: one for part in PARTS for one in _read(part)["incident"]}
    truth: dict[str, str] = {}
    lost: list[tuple[str, str]] = []
    for text in texts:
        rows = found[found["incident_id"].str.rpartition("-")[0] == text["name"]]
        open_rows = list(rows["incident_id"])
        for label in text["tells"]:
            fitting = list(_fitting(rows[rows["incident_id"].isin(open_rows)], incidents[label]))
            if fitting:
                truth[fitting[0]] = label
                open_rows.remove(fitting[0])
            else:
                lost.append((text["name"], label))
        truth |= {row: f"{_ALONE}{row}" for row in open_rows}
    return truth, lost


def _fitting(rows: gpd.GeoDataFrame, incident: dict[str, Any]) -> Iterator[str]:
    for _, row in rows.iterrows():
        if row.geometry is None:
            continue
        away_m = geod().inv(row.geometry.x, row.geometry.y, incident["lon"], incident["lat"])[2]
        days = abs((row["date_start"] - pd.Timestamp(incident["day"])) / np.timedelta64(1, "D"))
        # A text that gives no day is told from its place alone.
        if away_m <= max(_NEAR_M, row["uncertainty_m"]) and not days > _NEAR_DAYS:
            yield row["incident_id"]
