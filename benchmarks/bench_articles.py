"""Incidents of articles against what readers find in them, articles a second, and memory.

`python benchmarks/bench_articles.py [--errors] [--held-out | --unseen]`. The reports are those of
`tests/articles/gold`, in our own words. Without `--held-out` or `--unseen` the reports to develop
on are scored.

`python benchmarks/bench_articles.py --stream 100000` writes so many short articles about incidents
in towns of the whole world into a folder for a while, streams them, and tells the memory.
"""

import argparse
import itertools
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pandas as pd

sys.path.insert(0, str(Path(__file__).parents[1]))

import geo
from geo.articles.reading import stream_articles
from geo.gazetteer.places import shipped_gazetteer
from tests.gold_reports import as_articles, gold_reports, score, unseen_reports

_ROUNDS = 3
_PUBLISHED = "2024-01-31"
_BATCH, _STEPS, _FILES_OF_A_FOLDER = 200, 10, 1_000
_DAYS = ("Monday", "Tuesday", "Saturday", "28 January", "Friday night")
_TOLD = (
    ("A fire", "killed"), ("A car bomb", "wounded"), ("An earthquake", "killed"),
    ("A bus crash", "injured"), ("Flash floods", "killed"), ("A clash", "killed at least"),
)  # fmt: skip
#: What must be reached, and what is aimed at.
FIGURES = {
    "incident F1": (0.85, 0.95),
    "place": (0.85, 0.95),
    "date": (0.88, 0.97),
    "fatalities": (0.92, 0.98),
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--held-out", action="store_true", help="score the reports held out")
    parser.add_argument("--unseen", action="store_true", help="score those seen by no rule")
    parser.add_argument("--errors", action="store_true", help="tell what is wrong")
    parser.add_argument("--stream", type=int, metavar="N", help="stream N articles instead")
    given: Any = parser.parse_args()
    if given.stream:
        with tempfile.TemporaryDirectory() as folder:
            stream(Path(folder), given.stream)
        return
    reports = unseen_reports() if given.unseen else gold_reports(held_out=given.held_out)
    scores = score(reports, geo.extract_incidents(as_articles(reports)))
    if given.errors:
        print("\n".join(scores.wrong), end="\n\n")
    measured = {"incident F1": scores.f1} | {fact: scores.share(fact) for fact in scores.facts}
    print(f"{len(reports)} reports, {scores.found} incidents found, {scores.missed} missed, "
          f"{scores.invented} invented\n")  # fmt: skip
    print("| figure | must | goal | measured |\n|---|--:|--:|--:|")
    for name, value in measured.items():
        must, goal = FIGURES.get(name, ("", ""))
        print(f"| {name} | {must} | {goal} | {value:.3f} |")
    first, again = speed()
    print(f"| articles a second, names not known from before | 100 | 400 | {first:.0f} |")
    print(f"| articles a second, names known | | | {again:.0f} |")


def stream(folder: Path, count: int) -> None:
    """Print how much memory is in use while a folder of articles is streamed."""
    write_articles(folder, count)
    print("| articles | incidents | memory, MB | articles a second |\n|--:|--:|--:|--:|")
    rows = stream_articles(folder, published=_PUBLISHED)
    read = incidents = 0
    told_at, begun = count / _STEPS, time.process_time()
    while batch := list(itertools.islice(rows, _BATCH)):
        table = pd.DataFrame(batch)
        days = pd.to_datetime(table["published"]).astype("datetime64[s]")
        incidents += len(geo.extract_incidents(table.assign(published=days)))
        read += len(batch)
        if read >= told_at:
            rate = read / (time.process_time() - begun)
            print(f"| {read:,} | {incidents:,} | {memory_mb():.0f} | {rate:.0f} |", flush=True)
            told_at += count / _STEPS


def write_articles(folder: Path, count: int) -> None:
    """Short articles, each of another town where there are enough."""
    where = "WHERE kind = 'settlement' AND population > 1000 ORDER BY place_id LIMIT ?"
    towns = [town for file in shipped_gazetteer().files for town in file.select(where, count)]
    for number in range(count):
        below = folder / f"{number // _FILES_OF_A_FOLDER:04}"
        below.mkdir(exist_ok=True)
        what, harm = _TOLD[number % len(_TOLD)]
        town = towns[number * 7_919 % len(towns)]
        text = (
            f"{what} in {town.name} on {_DAYS[number % len(_DAYS)]} {harm} {number % 40 + 2} "
            "people, the police said. Rescuers from the capital were on their way. A year ago a "
            "similar disaster killed 12.\n"
        )
        (below / f"{number:07}.txt").write_text(text, encoding="utf-8")


def memory_mb() -> float:
    """Memory of the process that is in use now, in megabytes."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


def speed() -> tuple[float, float]:
    """Articles a second of processor time: texts for the first time, and again."""
    articles = as_articles(gold_reports(held_out=False) + gold_reports(held_out=True))
    rates = []
    for _ in range(_ROUNDS):
        begun = time.process_time()
        geo.extract_incidents(articles)
        rates.append(len(articles) / (time.process_time() - begun))
    return rates[0], max(rates[1:])


if __name__ == "__main__":
    main()
