"""Fit how far names alone, as in a table, are trusted: accuracy against coverage.

A name alone that stays ambiguous does not harm, so those that are placed are righter than their
probabilities say. Counted is each distinct name of the world's news and of the events, as if
nothing stood beside it. Those of small-town papers are shown only: they leave unsaid what every
reader knows, and no table does.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from resolution_corpora import Document, kilometres, right_ones

from geo.gazetteer.places import Place, shipped_gazetteer
from geo.geocoding import uncertainty
from geo.geocoding.mentions.documents import meanings_of
from geo.geocoding.names.candidates import rank
from geo.geocoding.names.context import name_parts
from geo.geocoding.names.resolve import is_vague
from geo.geocoding.names.scoring import shares
from geo.grammar.names import normalise_name

LEAST_INSIDE = 0.925
COUNTED = ("geowebnews.jsonl", "events")
_POWERS = (1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0, 5.0)
_VILLAGE_KM = 50.0


@dataclass
class Alone:
    """A name of two or more meanings, with their probabilities, and how often each is right.

    `away` tells how far each right one lies from the likeliest, in metres.
    """

    meant: Sequence[tuple[Place, float]]
    away: Sequence[tuple[float, float]]


def fit_alone_power(
    docs: Sequence[Document], events: Sequence[dict[str, Any]], found: dict[str, float]
) -> tuple[float, list[str]]:
    """The power by which probabilities of names alone are sharpened, and the table of all."""
    names = {corpus: list(known.values()) for corpus, known in _names(docs, events).items()}
    best = found["share_power"]
    lines = ["power: share placed, and share of these within the radius"]
    for power in _POWERS:
        found["share_power_alone"] = power
        uncertainty.fitted = lambda _: found  # type: ignore[assignment]
        told = {corpus: _placed(known) for corpus, known in names.items()}
        said = ", ".join(f"{corpus} {one:.2f} {two:.3f}" for corpus, (one, two) in told.items())
        lines.append(f"{power}: {said}")
        if all(told[corpus][1] >= LEAST_INSIDE for corpus in COUNTED):
            best = power
    return best, lines


def _placed(names: Sequence[Alone]) -> tuple[float, float]:
    placed = inside = 0.0
    for name in names:
        radius_m = uncertainty.mixed_radius_m(name.meant, is_alone=True)
        if not is_vague(name.meant[0][0], radius_m):
            placed += 1
            inside += sum(share for away_m, share in name.away if away_m <= radius_m)
    return placed / len(names), inside / placed


def _names(
    docs: Sequence[Document], events: Sequence[dict[str, Any]]
) -> Mapping[str, dict[str, Alone]]:
    """Distinct names by corpus; each meaning counts once for each document."""
    right: dict[str, dict[str, Counter[int]]] = defaultdict(lambda: defaultdict(Counter))
    for doc in docs:
        said = {
            (told.name, tuple(right_ones(_meant(told.name), gold)))
            for gold, told in zip(doc.mentions, doc.told, strict=True)
            if not told.qualifier
        }
        for name, numbers in sorted(said):
            right[doc.corpus][normalise_name(name)].update(numbers)
    for row in events:
        for name in name_parts(row["where_coordinates"])[:1]:
            places = _meant(name)
            gold = {"lat": row["latitude"], "lon": row["longitude"]}
            right["events"][normalise_name(name)].update(
                number
                for number in right_ones(places, gold)
                if places[number].kind != "settlement"
                or kilometres(gold["lat"], gold["lon"], places[number]) <= _VILLAGE_KM
            )
    return {
        corpus: {
            name: _alone(name, counts)
            for name, counts in known.items()
            if counts.total() and len(_meant(name)) > 1
        }
        for corpus, known in right.items()
    }


def _meant(name: str) -> Sequence[Place]:
    return meanings_of(name, shipped_gazetteer()).places


def _alone(name: str, right: Counter[int]) -> Alone:
    places = _meant(name)
    ranked = rank(name, places)
    probable = shares([one.weight for one in ranked])
    best = ranked[0].place
    away = [(best.distance_m(places[n]), count / right.total()) for n, count in right.items()]
    return Alone([(one.place, p) for one, p in zip(ranked, probable, strict=True)], away)
