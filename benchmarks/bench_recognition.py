"""How well names of places are recognised in texts, and how fast.

    python benchmarks/bench_recognition.py --corpora FOLDER

Overlap F1 counts a gold name that any found one overlaps, and a found one that overlaps no gold
name; gold names are those with coordinates. Texts are scored in five folds with weights that were
fitted on the others. `--pipeline NAME` loads a pipeline of spaCy and scores it alone and joined;
with `--half` on every second text, where it has been trained on the others. `recognise` is what an
outside scorer can call.
"""

import argparse
import math
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from fit_recognition import Spans, Text, chosen, cross_validated, f1, fit, load
from resolution_corpora import TEXTS, read

from geo.gazetteer.places import shipped_gazetteer
from geo.geocoding.recognition.finding import find_names, pick_heard
from geo.grammar.sentences import Span

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
    parser.add_argument("--pipeline", help="a pipeline of spaCy to join: its name or folder")
    parser.add_argument("--half", action="store_true", help="score every second text only")
    given: Any = parser.parse_args()
    if given.pipeline:
        with_pipeline(given.corpora, given.pipeline, is_half=given.half)
        return
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


def with_pipeline(folder: Path, name: str, *, is_half: bool) -> None:
    """Print what the scorer, a pipeline, and both joined reach."""
    # An extra that nothing else here needs.
    pipeline = import_module("spacy").load(name)
    texts = load(folder)
    rows = [row["text"] for corpus in TEXTS for row in read(folder / corpus)]
    seen, asked = texts[::2], range(1, len(texts), 2)
    weights = fit(seen if is_half else texts)
    found: dict[tuple[str, str], list[tuple[Spans, Spans]]] = {}
    for number in asked if is_half else range(len(texts)):
        text = texts[number]
        heard = [Span(one.start_char, one.end_char) for one in pipeline(rows[number]).ents]
        for who, spans in (
            ("alone", chosen(text, weights, _LEAST)),
            ("pipeline", {(one.start, one.end) for one in heard}),
            ("joined", joined(rows[number], text, weights.tolist(), heard)),
        ):
            found.setdefault((text.corpus, who), []).append((text.gold, spans))
    for (corpus, who), pairs in found.items():
        print(f"{corpus} {who}: overlap F1 {f1(pairs)[1]:.3f}")


def joined(words: str, text: Text, weights: list[float], heard: list[Span]) -> Spans:
    """Names that the scorer and a pipeline find together."""
    scores = [
        1 / (1 + math.exp(-sum(w * x for w, x in zip(weights, row, strict=True))))
        for row in text.features.tolist()
    ]
    names = pick_heard(words, text.candidates, scores, heard)
    return {(one.span.start, one.span.end) for one in names}


if __name__ == "__main__":
    main()
