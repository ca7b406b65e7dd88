"""Why two reports are one incident, or may be, in plain words."""

import math

import numpy as np

from geo.collection.merging.facts import Facts, Told
from geo.collection.merging.report_words import shared_stems, stem
from geo.collection.merging.scoring import same_tables
from geo.geocoding.wording import on_one_line
from geo.geodesy import Floats
from geo.grammar.names import normalise_name
from geo.vocabulary import kinds

__all__ = ["pair_reason"]

_MOST_WORDS = 5
_LONGEST_WORD = 40
_MOST_CHARACTERS = 20_000


def pair_reason(facts: Facts, one: int, other: int, distance_m: float) -> str:
    """What two reports have in common and in what they differ.

    Parameters
    ----------
    facts
        Reports.
    one, other
        Their numbers.
    distance_m
        Distance between their points in metres; NaN where one has none.
    """
    parts = (
        _place(facts, one, other, distance_m),
        _day(facts, one, other),
        _kind(facts, one, other),
        _count(facts.tolls.killed_low, facts.tolls.killed_high, one, other, "killed"),
        _count(facts.tolls.injured, facts.tolls.injured, one, other, "injured"),
        _words(facts, one, other),
        _source(facts, one, other),
    )
    return "; ".join(part for part in parts if part)


def _place(facts: Facts, one: int, other: int, distance_m: float) -> str:
    places = facts.places
    if math.isnan(distance_m):
        return "not both have a point"
    if places.place[one] == places.place[other] >= 0:
        return f"both in {on_one_line(facts.told[one].names[1] or facts.told[one].names[0])}"
    radius_m = math.hypot(places.radius_m[one], places.radius_m[other])
    agree = "within" if distance_m <= radius_m else "beyond"
    return f"{_km(distance_m)} apart, {agree} their joint uncertainty of {_km(radius_m)}"


def _km(metres: float) -> str:
    return f"{metres:.0f} m" if metres < 1_000 else f"{metres / 1_000:,.1f} km"


def _day(facts: Facts, one: int, other: int) -> str:
    spans = [(facts.first_day[row], facts.last_day[row]) for row in (one, other)]
    if any(math.isnan(day) for span in spans for day in span):
        return "not both have a date"
    after = max(spans[0][0], spans[1][0]) - min(spans[0][1], spans[1][1])
    if after > 0:
        return f"{after:.0f} day{'s' if after > 1 else ''} apart"
    return "the same day" if spans[0] == spans[1] and after == 0 else "dates that overlap"


def _kind(facts: Facts, one: int, other: int) -> str:
    labels = [kind.label.lower() for kind in kinds().values()]
    told = [labels[facts.kind[row]] for row in (one, other) if facts.kind[row] >= 0]
    if len(set(told)) == 1 and len(told) > 1:
        return f"both told as {told[0]}"
    return f"told as {' and as '.join(told)}" if len(told) > 1 else ""


def _count(low: Floats, high: Floats, one: int, other: int, what: str) -> str:
    if math.isnan(low[one]) or math.isnan(low[other]):
        return ""
    told = [
        f"{low[row]:,.0f}" if low[row] == high[row] else f"{low[row]:,.0f} to {high[row]:,.0f}"
        for row in (one, other)
    ]
    return f"both {told[0]} {what}" if told[0] == told[1] else f"{told[0]} and {told[1]} {what}"


def _words(facts: Facts, one: int, other: int) -> str:
    shared = shared_stems(facts.words, one, other)[:_MOST_WORDS]
    forms = _forms(facts.told[one], set(shared)) if shared else {}
    told = [word for cut in shared if len(word := forms.get(cut, cut)) <= _LONGEST_WORD]
    return f"both say {', '.join(told)}" if told else ""


def _forms(told: Told, stems: set[str]) -> dict[str, str]:
    """Words as a report writes them, by their stems."""
    forms: dict[str, str] = {}
    for text in (*told.texts, *told.origin.quotes):
        for word in normalise_name(text[:_MOST_CHARACTERS]).split():
            if (cut := stem(word)) in stems:
                forms.setdefault(cut, word)
    return forms


def _source(facts: Facts, one: int, other: int) -> str:
    first, second = facts.told[one].origin, facts.told[other].origin
    if first.article and first.article == second.article:
        same = first.story == second.story
        return "the same stretch of one text" if same else "two incidents of one text"
    if not first.article and same_tables(facts, np.array([one]), np.array([other]))[0]:
        return "two rows of one table"
    common = sorted(set(first.addresses) & set(second.addresses))
    return f"both cite {on_one_line(common[0])[:100]}" if common else ""
