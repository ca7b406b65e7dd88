"""Incidents of articles against what readers find in them, and articles a second.

`python benchmarks/bench_articles.py [--errors] [--held-out]`. The reports are those of
`tests/articles/gold`, in our own words. Without `--held-out` the reports to develop on are scored.
"""

import argparse
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

import geo
from tests.gold_reports import as_articles, gold_reports, score

_ROUNDS = 3
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
    parser.add_argument("--errors", action="store_true", help="tell what is wrong")
    given: Any = parser.parse_args()
    reports = gold_reports(held_out=given.held_out)
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
