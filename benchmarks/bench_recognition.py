"""How well names of places are recognised in texts, and how fast.

    python benchmarks/bench_recognition.py --corpora FOLDER

Overlap F1 counts a gold name that any found one overlaps, and a found one that overlaps no gold
name; gold names are those with coordinates. Texts are scored in five folds with weights that were
fitted on the others. `recognise` is what an outside scorer can call.
"""

import argparse
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from fit_recognition import cross_validated, load
from resolution_corpora import TEXTS, read

from geo.gazetteer.places import shipped_gazetteer
from geo.geocoding.recognition.finding import find_names

#: Overlap F1 that must be reached, and that is aimed at.
FIGURES = {"lgl.jsonl": (0.66, 0.76), "geowebnews.jsonl": (0.68, 0.78)}
_LEAST = 0.5


def recognise(doc: dict[str, Any]) -> list[tuple[int, int]]:
    """Spans of the names of one text, by the weights that are installed."""
    found = find_names(doc["text"], shipped_gazetteer())
    return [(name.span.start, name.span.end) for name in found]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    given: Any = parser.parse_args()
    reached = cross_validated(load(given.corpora), _LEAST)
    print("| corpus | must | goal | overlap F1 | exact F1 |\n|---|--:|--:|--:|--:|")
    for name, (exact, overlap) in reached.items():
        must, goal = FIGURES[name]
        print(f"| {Path(name).stem} | {must} | {goal} | {overlap:.3f} | {exact:.3f} |")
    rows = [row for name in TEXTS for row in read(given.corpora / name)]
    begun = time.process_time()
    for row in rows:
        recognise(row)
    seconds = time.process_time() - begun
    print(f"\n{len(rows) / seconds:.0f} texts a second on one core, names known from before")


if __name__ == "__main__":
    main()
