"""Fit the weights by which places are chosen, and write geo/geocoding/weights.toml.

    python benchmarks/fit_resolution.py --corpora DIR [--write]

A multinomial logit over the places that each name of a document can mean, fitted by maximum
likelihood on the texts of the development corpora. Weights are drawn towards what was believed
before (`PRIOR`), so what the corpora hardly show, such as rivers, stays where it was. What other
names mean is taken from the weights of the round before. Prints the accuracy in five folds of
documents, each resolved with weights that have not seen it.

A name alone, as in a cell of a table, is weighed by the same weights: what other names say is just
absent. Weights of their own, fitted on the distinct names without context, were tried: of the texts
they answered fewer rightly, of the events as many or some more. The events are in no fit of the
weights: with them, the texts lost.
"""

import argparse
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from fit_alone import fit_alone_power
from fit_radius import fit_radius
from resolution_corpora import (
    EVENTS,
    TEXTS,
    Document,
    document,
    holds,
    kilometres,
    read,
    right_ones,
)
from scipy.optimize import minimize

from geo.geocoding.mentions.documents import DocumentName, weigh_together
from geo.geocoding.mentions.evidence import Evidence
from geo.geocoding.names import scoring
from geo.geocoding.names.scoring import priority_weight

TARGET = Path(__file__).parents[1] / "geo" / "geocoding" / "weights.toml"
FOLDS, ROUNDS = 5, 3
# Strength with which a weight is drawn to what was believed before.
PULL = 2.0
#: What was believed before.
PRIOR = {
    "log_population": 0.8, "unknown_population": 0.8, "country": 6.0, "admin1": 4.0,
    "admin2": 2.0, "admin3": 1.5, "area": 4.5, "water": 5.5, "line": 5.0, "site": 4.5,
    "capital": 1.0, "province_seat": 0.5, "district_seat": 0.2, "section_or_ruin": -1.0,
    "geonames_thing": 0.0, "feature_code": 1.0, "log_extent": 0.0, "main_name": 1.0,
    "main_name_sounds_so": 0.7, "by_name_of_town": -0.5, "stated_unit": 3.0,
    "abbreviation": 2.0, "alias_of_area": -1.5,
    "other_form": -0.5, "demonym": 1.0, "qualified": 3.0, "loosely_qualified": 2.0,
    "beside_place": 0.5, "document_country": 2.0, "document_province": 2.0, "country_named": 0.3,
    "province_named": 0.3, "near_named": 0.7, "around_named": 0.3, "country_in_text": 0.0,
    "admin1_in_text": 0.0, "area_in_text": 0.0, "dateline_town": 1.0,
}  # fmt: skip
Weights = Mapping[str, float]
Floats = npt.NDArray[np.float64]


@dataclass
class Choices:
    """Rows of features, one for each place; `group` numbers the choices, `right` their shares."""

    features: Floats
    right: Floats
    group: npt.NDArray[np.int64]
    weight: Floats


def asked(docs: Iterable[Document]) -> Iterable[tuple[Document, DocumentName]]:
    """Distinct names of each document that can mean anything."""
    for doc in docs:
        for name in {id(name): name for name in doc.names.values()}.values():
            if name.meanings.places:
                yield doc, name


def resolve(docs: Iterable[Document], weights: Mapping[str, float], *, rounds: int) -> None:
    """Resolve documents anew with other weights."""
    scoring.fitted = lambda _: weights  # type: ignore[assignment]
    for doc in docs:
        for name in doc.everything:
            name.own = [
                scoring.weigh(found) + priority_weight(place)
                for found, place in zip(name.features, name.meanings.places, strict=True)
            ]
        weigh_together(doc.everything, rounds=rounds)


class _Rows:
    """Choices on their way into arrays."""

    def __init__(self) -> None:
        self._rows: list[Weights] = []
        self._right: list[float] = []
        self._sizes: list[int] = []
        self._weights: list[float] = []

    def add(self, features: Sequence[Weights], right: Mapping[int, float]) -> None:
        """One choice; how often each of its places was right."""
        total = sum(right.values())
        if not total or len(features) < 2:
            return
        self._rows += features
        self._right += [right.get(number, 0.0) / total for number in range(len(features))]
        self._sizes.append(len(features))
        self._weights.append(math.sqrt(total))

    def choices(self, names: Sequence[str]) -> Choices:
        """All of them, with these features."""
        rows = np.array([[row.get(name, 0.0) for name in names] for row in self._rows])
        group = np.repeat(np.arange(len(self._sizes)), self._sizes)
        return Choices(rows, np.array(self._right), group, np.array(self._weights))


def document_choices(docs: Sequence[Document]) -> Choices:
    """What can be learnt from documents as they are resolved now."""
    rows = _Rows()
    for doc in docs:
        evidence = Evidence([name.witness() for name in doc.everything])
        for number, name in enumerate(doc.everything):
            context = evidence.features(number)
            features = [own | dict(more) for own, more in zip(name.features, context, strict=True)]
            rows.add(features, doc.gold.get(id(name), {}))
    return rows.choices(tuple(PRIOR))


def fit(data: Choices, start: Weights, prior_weights: Weights) -> dict[str, float]:
    """Weights of greatest likelihood, drawn to the prior."""
    prior = np.array(list(prior_weights.values()))
    starts = np.flatnonzero(np.r_[1, np.diff(data.group)])
    each = data.weight[data.group]

    def loss(weights: Floats) -> tuple[float, Floats]:
        score = data.features @ weights * math.log(10)
        power = np.exp(score - np.maximum.reduceat(score, starts)[data.group])
        share = power / np.add.reduceat(power, starts)[data.group]
        off = weights - prior
        value = -(each * data.right * np.log(np.maximum(share, 1e-300))).sum()
        slope = data.features.T @ ((share - data.right) * each) * math.log(10)
        return float(value + PULL * off @ off), slope + 2 * PULL * off

    begun = np.array([start[name] for name in prior_weights])
    found = minimize(loss, begun, jac=True, method="L-BFGS-B")
    return {n: round(float(x), 3) + 0.0 for n, x in zip(prior_weights, found.x, strict=True)}


def train(docs: Sequence[Document]) -> dict[str, float]:
    """Weights after some rounds, each of which knows what the names meant in the round before."""
    weights = dict(PRIOR)
    for _ in range(ROUNDS):
        resolve(docs, weights, rounds=1)
        weights = fit(document_choices(docs), weights, PRIOR)
    return weights


def accuracy(docs: Iterable[Document]) -> dict[str, Counter[str]]:
    """Mentions by corpus: all, within 161 km, and so or in the area."""
    found: dict[str, Counter[str]] = {}
    for doc in docs:
        counts = found.setdefault(doc.corpus, Counter())
        for gold, told in zip(doc.mentions, doc.told, strict=True):
            counts["all"] += 1
            best = doc.names[told].best()
            if best is not None:
                is_near = kilometres(gold["lat"], gold["lon"], best) <= 161.0
                counts["strict"] += is_near
                counts["area"] += is_near or holds(best, gold["lat"], gold["lon"])
    return found


def load(folder: Path) -> list[Document]:
    """All documents with coordinates, in their order."""
    docs = [document(name, row) for name in TEXTS for row in read(folder / name)]
    docs = [doc for doc in docs if doc.mentions]
    for doc in docs:
        doc.gold = {}
        for gold, told in zip(doc.mentions, doc.told, strict=True):
            name = doc.names[told]
            right = right_ones(name.meanings.places, gold)
            shares = doc.gold.setdefault(id(name), {})
            for number in right:
                shares[number] = shares.get(number, 0.0) + 1.0 / len(right)
    return docs


def cross_validate(docs: Sequence[Document]) -> None:
    """Leave each document as weights resolve it that come from the other folds."""
    for fold in range(FOLDS):
        weights = train([doc for number, doc in enumerate(docs) if number % FOLDS != fold])
        resolve(
            [doc for number, doc in enumerate(docs) if number % FOLDS == fold], weights, rounds=2
        )


def told(found: Mapping[str, Counter[str]]) -> list[str]:
    """Accuracy by corpus in words."""
    return [
        f"{Path(corpus).stem}: acc@161 km {counts['strict'] / counts['all']:.3f} strict, "
        f"{counts['area'] / counts['all']:.3f} with areas ({counts['all']} mentions)"
        for corpus, counts in found.items()
    ]


def main() -> None:
    """Fit, tell, and write if asked to."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--write", action="store_true", help="write geo/geocoding/weights.toml")
    given: Any = parser.parse_args()
    docs = load(given.corpora)
    cross_validate(docs)
    figures = told(accuracy(docs))
    print("five folds:", *figures, sep="\n  ")
    events = read(given.corpora / EVENTS)
    radius = fit_radius(docs, events)
    weights = train(docs)
    resolve(docs, weights, rounds=2)
    radius["share_power_alone"], lines = fit_alone_power(docs, events, radius)
    print("names alone,", *lines, sep="\n  ")
    print("all seen:", *told(accuracy(docs)), sep="\n  ")
    lines = [
        "# Written by benchmarks/fit_resolution.py: what each feature adds to a place, as a",
        "# decadic logarithm.",
        "",
        "# Fitted on the mentions of LGL and GeoWebNews; in five folds of documents, each resolved",
        "# with weights that have not seen it:",
        *(f"# {figure}" for figure in figures),
        "[features]",
        *(f"{name} = {value}" for name, value in weights.items()),
        "",
        "# Of the radius: how much the probabilities of the places of a name are sharpened, among",
        "# those of a document and alone; the error of the points of settlements, in metres; and",
        "# of areas, the share of their radius that holds nine in ten. Fitted on the same names",
        "# and on 500 events of UCDP GED 23.1; the error of points against the US Census.",
        "[radius]",
        *(f"{name} = {value}" for name, value in radius.items()),
    ]
    text = "\n".join(lines) + "\n"
    print(text)
    if given.write:
        TARGET.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
