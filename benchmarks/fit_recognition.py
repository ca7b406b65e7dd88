"""Fit what each feature says for a stretch of text being the name of a place.

    python benchmarks/fit_recognition.py --corpora FOLDER [--write]

A logistic regression with a ridge over the features of `geo.geocoding.recognition.features`, on
`lgl.jsonl` and `geowebnews.jsonl` (see `bench_recognition.py`). Five folds of documents are scored
with weights that have not seen them; what is written is fitted on all.
"""

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

sys.path.insert(0, str(Path(__file__).parents[1]))

from resolution_corpora import TEXTS, read

from geo.gazetteer.places import shipped_gazetteer
from geo.geocoding.recognition.candidates import Candidate, find_candidates
from geo.geocoding.recognition.features import FEATURES, DocumentClues, features_of
from geo.geocoding.recognition.finding import pick

TARGET = Path(__file__).parents[1] / "geo" / "geocoding" / "recognition" / "weights.toml"
_FOLDS, _RIDGE, _STEPS = 5, 1.0, 25
Spans = set[tuple[int, int]]
Floats = npt.NDArray[np.float64]


@dataclass
class Text:
    """A text with its candidates, their features, and which of them overlap a gold name."""

    corpus: str
    gold: Spans
    candidates: list[Candidate]
    features: Floats
    is_name: Floats


def load(folder: Path) -> list[Text]:
    """The texts of both corpora."""
    return [_text(name, row) for name in TEXTS for row in read(folder / name)]


def _text(corpus: str, row: dict[str, Any]) -> Text:
    gold = {(one["start"], one["end"]) for one in row["toponyms"] if one["lat"] is not None}
    candidates = list(find_candidates(row["text"], shipped_gazetteer()))
    clues = DocumentClues(row["text"], candidates)
    rows = [features_of(one, clues) for one in candidates]
    is_name = [float(_overlap((one.span.start, one.span.end), gold)) for one in candidates]
    return Text(
        corpus, gold, candidates, np.array(rows).reshape(-1, len(FEATURES)), np.array(is_name)
    )


def _overlap(span: tuple[int, int], others: Spans) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def fit(texts: list[Text]) -> Floats:
    """Weights by Newton's method; both corpora count the same."""
    features = np.concatenate([text.features for text in texts])
    is_name = np.concatenate([text.is_name for text in texts])
    sizes = {name: sum(len(one.is_name) for one in texts if one.corpus == name) for name in TEXTS}
    shares = np.concatenate(
        [np.full(len(one.is_name), len(is_name) / (2 * sizes[one.corpus])) for one in texts]
    )
    weights = np.zeros(len(FEATURES))
    for _ in range(_STEPS):
        scores = 1 / (1 + np.exp(-features @ weights))
        slope = features.T @ (shares * (scores - is_name)) + _RIDGE * weights
        curve = (features * (shares * scores * (1 - scores))[:, None]).T @ features
        weights -= np.linalg.solve(curve + _RIDGE * np.eye(len(FEATURES)), slope)
    return weights


def chosen(text: Text, weights: Floats, least: float) -> Spans:
    """What is taken for a name."""
    scores = 1 / (1 + np.exp(-text.features @ weights))
    return {(one.span.start, one.span.end) for one in pick(text.candidates, scores.tolist(), least)}


def f1(pairs: list[tuple[Spans, Spans]]) -> tuple[float, float]:
    """Exact and overlap F1 of (gold, found), counted as the corpora's scorer does."""
    exact = np.zeros(3)
    overlap = np.zeros(3)
    for gold, found in pairs:
        exact += (len(gold & found), len(found - gold), len(gold - found))
        hits = sum(_overlap(one, found) for one in gold)
        overlap += (hits, sum(not _overlap(one, gold) for one in found), len(gold) - hits)
    return tuple(float(2 * one[0] / (2 * one[0] + one[1] + one[2])) for one in (exact, overlap))


def cross_validated(texts: list[Text], least: float) -> dict[str, tuple[float, float]]:
    """F1 by corpus of texts that the weights have not seen."""
    weights = [
        fit([one for n, one in enumerate(texts) if n % _FOLDS != fold]) for fold in range(_FOLDS)
    ]
    return {
        name: f1(
            [
                (one.gold, chosen(one, weights[n % _FOLDS], least))
                for n, one in enumerate(texts)
                if one.corpus == name
            ]
        )
        for name in TEXTS
    }


def main() -> None:
    """Fit, print what texts not seen reach, and write if asked to."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--write", action="store_true")
    given: Any = parser.parse_args()
    texts = load(given.corpora)
    reached = {least: cross_validated(texts, least) for least in (0.3, 0.35, 0.4, 0.45, 0.5)}
    for least, found in reached.items():
        print(least, {name: tuple(round(one, 3) for one in pair) for name, pair in found.items()})
    best = max(reached, key=lambda least: sum(pair[1] for pair in reached[least].values()))
    weights = fit(texts)
    if given.write:
        write(weights, best, reached[best])


def write(weights: Floats, least: float, reached: dict[str, tuple[float, float]]) -> None:
    """Write the weights with what they reach."""
    lines = ["# Written by benchmarks/fit_recognition.py: weights of a logistic regression.", "#"]
    lines.append(
        "# Fitted on LGL and GeoWebNews; in five folds of documents, scored by weights that have"
    )
    lines.append("# not seen them, exact and overlap F1:")
    lines += [
        f"# {Path(name).stem}: {exact:.3f}, {over:.3f}" for name, (exact, over) in reached.items()
    ]
    lines += [f"least_score = {least}", "", "[features]"]
    lines += [f"{name} = {weight:.3f}" for name, weight in zip(FEATURES, weights, strict=True)]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
