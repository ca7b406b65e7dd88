"""Fit what the radius needs to know: errors of points, extents of areas, trust in probabilities."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from fit_points import region_share, settlement_error_m
from resolution_corpora import Document, event_table, kilometres

import geo
from geo.geocoding import uncertainty
from geo.geocoding.mentions.document_answers import document_resolution
from geo.geocoding.uncertainty import place_radius_m

#: What holds before anything is fitted; kinds that the corpora hardly show stay so.
BEFORE = {
    "share_power": 1.0, "share_power_alone": 1.0, "settlement_error_m": 0.0, "country": 1.0,
    "admin1": 1.0, "admin2": 1.0, "area": 1.0, "water": 1.0, "line": 1.0,
}  # fmt: skip
LEVEL = 0.9
SURE = 0.97
_FITTED_AREAS = ("country", "admin1", "admin2", "area", "water", "line")
_LEAST_CASES = 10
# Gold points of areas are mostly where a map would write their name; an incident may be anywhere.
_LEAST_SHARE, _STEP = 0.5, 0.01
_POWERS = [round(1.0 + 0.1 * step, 1) for step in range(21)]


def fit_radius(docs: Sequence[Document], events: Sequence[dict[str, Any]]) -> dict[str, float]:
    """Parameters, from documents that are resolved by weights that have not seen them."""
    found = dict(BEFORE)
    uncertainty.fitted = lambda _: found  # type: ignore[assignment]
    sure = [case for case in _cases(docs) if case[2] >= SURE]
    ratios = defaultdict(list)
    for place, error_m, _ in sure:
        if place.kind in _FITTED_AREAS:
            ratios[place.kind, "texts"].append(error_m / place_radius_m(place))
    placed = geo.geocode(
        event_table(events), place="where_coordinates", admin1="adm_1", admin2="adm_2"
    )
    for row, answer in zip(events, placed.itertuples(), strict=True):
        if answer.precision in _FITTED_AREAS:
            error_m = 1_000.0 * kilometres(row["latitude"], row["longitude"], answer.geometry)
            ratios[answer.precision, "events"].append(error_m / answer.uncertainty_m)
    found["settlement_error_m"], _ = settlement_error_m(LEVEL)
    fitted: dict[str, float] = {}
    for (kind, _), known in sorted(ratios.items()):
        if len(known) >= _LEAST_CASES:
            share = math.ceil(np.quantile(known, LEVEL) / _STEP) * _STEP
            fitted[kind] = round(min(1.0, max(fitted.get(kind, _LEAST_SHARE), share)), 2)
    # Of regions no event tells, and gold points only where a map would write their name.
    found |= fitted | {"area": region_share(LEVEL)}
    held = {}
    for power in _POWERS:
        found["share_power"] = power
        held[power] = _inside(docs)
    found["share_power"] = min(held, key=lambda power: abs(held[power] - LEVEL))
    return found


def _cases(docs: Iterable[Document]) -> list[tuple[Any, float, float]]:
    """Place, error in metres and probability of each answer."""
    cases = []
    for doc in docs:
        for gold, told in zip(doc.mentions, doc.told, strict=True):
            best = doc.names[told].best()
            if best is not None:
                error_m = 1_000.0 * kilometres(gold["lat"], gold["lon"], best)
                cases.append((best, error_m, max(doc.names[told].shares)))
    return cases


def _inside(docs: Iterable[Document]) -> float:
    """Share of settlements within the radius that is answered."""
    inside = []
    for doc in docs:
        answers = {one: document_resolution(name) for one, name in doc.names.items()}
        for gold, told in zip(doc.mentions, doc.told, strict=True):
            found = answers[told]
            if found.place is not None and found.place.kind == "settlement":
                error_m = 1_000.0 * kilometres(gold["lat"], gold["lon"], found.place)
                inside.append(error_m <= (found.radius_m or 0.0))
    return sum(inside) / len(inside)
