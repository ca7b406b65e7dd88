"""Measure how well names are resolved and how honest the radius is; write docs/accuracy.md.

    python benchmarks/bench_resolution.py --corpora DIR [--write] [--seen]

DIR holds `lgl.jsonl` and `geowebnews.jsonl` (one text in a line: `text`, and `toponyms` with
`name`, `start`, `end`, `lat`, `lon`) and `ucdp_ged231_half.jsonl` (one event in a line). Texts are
resolved in five folds with weights that were fitted on the others; with `--seen`, by the weights
that are installed. Every name with coordinates counts; what is not answered counts as wrong.

`resolver` and `ged` are what an outside scorer can call.
"""

import argparse
import statistics
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from fit_resolution import cross_validate, load
from resolution_corpora import EVENTS, TEXTS, area_of, event_table, holds, kilometres, read

import geo
from geo.gazetteer.places import Place, shipped_gazetteer
from geo.geocoding.mentions.document_answers import document_resolution
from geo.geocoding.mentions.mentions_in_text import names_of_text, told_by
from geo.geocoding.names.resolve import Resolution
from geo.geocoding.uncertainty import place_precision

TARGET = Path(__file__).parents[1] / "docs" / "accuracy.md"
FARTHEST_KM = 20_039.0
#: What others reach on the same names by the same measure: strict, with areas.
PEERS = {
    "lgl": {"population alone": (0.573, None), "an ensemble of seven systems": (0.773, None)},
    "geowebnews": {
        "population alone": (0.564, None),
        "an ensemble of seven systems": (0.674, None),
    },
}
#: An answer as scorers want it: lat, lon, radius in km, area as WKT.
Answer = tuple[float, float, float, str | None]


@dataclass
class Case:
    """One gold point and what was answered; None where nothing was."""

    precision: str
    error_km: float | None
    radius_km: float | None = None
    in_area: bool = False


def resolver(doc: dict[str, Any], toponyms: Sequence[dict[str, Any]]) -> list[Answer | None]:
    """Answers for the names of one text."""
    told = [told_by(doc["text"], one["start"], one["end"]) for one in toponyms]
    told = [replace(said, name=one["name"]) for one, said in zip(toponyms, told, strict=True)]
    names, _ = names_of_text(doc["text"], told, shipped_gazetteer())
    found = {one: document_resolution(name) for one, name in names.items()}
    return [_answer(found[one]) for one in told]


def _answer(found: Resolution) -> Answer | None:
    if found.place is None or found.radius_m is None:
        return None
    wkt = _wkt(found.place.place_id)
    return found.place.lat, found.place.lon, found.radius_m / 1_000, wkt


@cache
def _wkt(place_id: str) -> str | None:
    area = area_of(place_id)
    return None if area is None else area.wkt


def ged(row: dict[str, Any]) -> tuple[float, float, float] | None:
    """Answer for one event of the table."""
    (answer,) = _places([row]).itertuples()
    if pd.isna(answer.uncertainty_m):
        return None
    return answer.geometry.y, answer.geometry.x, answer.uncertainty_m / 1_000


def _places(rows: Sequence[dict[str, Any]]) -> gpd.GeoDataFrame:
    table = event_table(rows)
    return geo.geocode(table, place="where_coordinates", admin1="adm_1", admin2="adm_2")


def text_cases(folder: Path, *, is_seen: bool) -> dict[str, list[Case]]:
    """Cases of the two corpora of texts."""
    docs = load(folder)
    if not is_seen:
        cross_validate(docs)
    cases: dict[str, list[Case]] = defaultdict(list)
    for doc in docs:
        found = {one: document_resolution(name) for one, name in doc.names.items()}
        for gold, told in zip(doc.mentions, doc.told, strict=True):
            place, radius_m = found[told].place, found[told].radius_m
            cases[Path(doc.corpus).stem].append(_case(gold, place, radius_m))
    return cases


def _case(gold: dict[str, Any], place: Place | None, radius_m: float | None) -> Case:
    if place is None or radius_m is None:
        return Case("none", None)
    error_km = kilometres(gold["lat"], gold["lon"], place)
    in_area = holds(place, gold["lat"], gold["lon"])
    return Case(place_precision(place), error_km, radius_m / 1_000, in_area)


def event_cases(folder: Path) -> list[Case]:
    """Cases of the table of events."""
    rows = read(folder / EVENTS)
    cases = []
    for row, answer in zip(rows, _places(rows).itertuples(), strict=True):
        if pd.isna(answer.uncertainty_m):
            cases.append(Case("none", None))
            continue
        error_km = kilometres(row["latitude"], row["longitude"], answer.geometry)
        cases.append(Case(answer.precision, error_km, answer.uncertainty_m / 1_000))
    return cases


def auc(cases: Iterable[Case]) -> float:
    """Area under the curve of the logarithms of all errors; less is better."""
    errors = [FARTHEST_KM if case.error_km is None else case.error_km for case in cases]
    logs = np.sort(np.log(np.minimum(errors, FARTHEST_KM) + 1.0))
    return float(np.trapezoid(logs) / (np.log(FARTHEST_KM + 1.0) * (len(logs) - 1)))


def share(cases: Sequence[Case], within_km: float, *, with_areas: bool = False) -> float:
    """Share of all cases within a distance."""
    return statistics.mean(
        case.error_km is not None and (case.error_km <= within_km or (with_areas and case.in_area))
        for case in cases
    )


def text_table(cases: dict[str, list[Case]]) -> list[str]:
    """Accuracy of the texts as Markdown."""
    lines = [
        "| corpus | names | acc@161 km | with areas | acc@10 km | AUC | coverage | median km |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for corpus, found in cases.items():
        errors = [FARTHEST_KM if one.error_km is None else one.error_km for one in found]
        coverage = statistics.mean(one.error_km is not None for one in found)
        lines.append(
            f"| {corpus} | {len(found):,} | {share(found, 161):.3f} "
            f"| {share(found, 161, with_areas=True):.3f} | {share(found, 10):.3f} "
            f"| {auc(found):.3f} | {coverage:.3f} | {statistics.median(errors):.1f} |"
        )
        for peer, (strict, _) in PEERS.get(corpus, {}).items():
            lines.append(f"| {corpus}: {peer} | | {strict:.3f} | | | | | |")
    return lines


def events_table(found: Sequence[Case]) -> list[str]:
    """Accuracy of the table of events as Markdown."""
    errors = [FARTHEST_KM if one.error_km is None else one.error_km for one in found]
    coverage = statistics.mean(one.error_km is not None for one in found)
    within = " | ".join(f"{share(found, km):.3f}" for km in (5, 25, 100))
    return [
        "| events | within 5 km | 25 km | 100 km | coverage | median error km |",
        "|--:|--:|--:|--:|--:|--:|",
        f"| {len(found)} | {within} | {coverage:.3f} | {statistics.median(errors):.1f} |",
    ]


def radius_table(cases: dict[str, list[Case]]) -> list[str]:
    """Reliability of the radius by corpus and precision as Markdown."""
    lines = [
        "| corpus | precision | answers | within the radius | median radius km | median error km |",
        "|---|---|--:|--:|--:|--:|",
    ]
    for corpus, found in cases.items():
        by_class = {"all": found} | {
            name: [one for one in found if one.precision == name]
            for name in sorted({one.precision for one in found} - {"none"})
        }
        for name, some in by_class.items():
            pairs = [(one.error_km, one.radius_km) for one in some]
            known = [(e, r) for e, r in pairs if e is not None and r is not None]
            inside = statistics.mean(error <= radius for error, radius in known)
            error, radius = (statistics.median(column) for column in zip(*known, strict=True))
            lines.append(
                f"| {corpus} | {name} | {len(known)} | {inside:.3f} | {radius:.1f} | {error:.1f} |"
            )
    return lines


def speed(folder: Path) -> list[float]:
    """Mentions a second of processor time, each text for the first and for the second time."""
    rows = [row for name in TEXTS for row in read(folder / name)]
    gazetteer = shipped_gazetteer()
    rates = []
    for _ in range(2):
        begun = time.process_time()
        for row in rows:
            spans = [(one["start"], one["end"]) for one in row["toponyms"]]
            told = [told_by(row["text"], start, end) for start, end in spans if start < end]
            names, _ = names_of_text(row["text"], told, gazetteer)
            for name in names.values():
                document_resolution(name)
        seconds = time.process_time() - begun
        rates.append(sum(len(row["toponyms"]) for row in rows) / seconds)
    return rates


def main() -> None:
    """Measure, print, and write if asked to."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--write", action="store_true", help="write the tables to docs/accuracy.md")
    parser.add_argument("--seen", action="store_true", help="use the weights that are installed")
    given: Any = parser.parse_args()
    first, again = speed(given.corpora)
    cases = text_cases(given.corpora, is_seen=given.seen)
    events = event_cases(given.corpora)
    tables = "\n\n".join(
        "\n".join(table)
        for table in (
            text_table(cases), events_table(events), radius_table(cases | {"events": events})
        )
    )  # fmt: skip
    said = f"{first:,.0f} when no name is known from before, {again:,.0f} when all are"
    tables += f"\n\nMentions resolved a second on one core, with the rest of the text: {said}."
    print(tables)
    if given.write:
        write(tables)


def write(tables: str) -> None:
    """Put the tables between the marks of docs/accuracy.md."""
    head, _, rest = TARGET.read_text(encoding="utf-8").partition("<!-- tables -->\n")
    _, _, tail = rest.partition("<!-- end -->\n")
    text = f"{head}<!-- tables -->\n\n{tables}\n\n<!-- end -->\n{tail}"
    TARGET.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
