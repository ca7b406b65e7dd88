"""The names of places in a text."""

import math
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from geo.gazetteer.places import Gazetteer
from geo.geocoding.recognition.candidates import Candidate, find_candidates
from geo.geocoding.recognition.features import FEATURES, DocumentClues, features_of
from geo.grammar.sentences import Span

__all__ = ["FoundName", "find_names", "pick", "pick_heard"]

# The names of a longer text are those of its beginning.
_MOST_TEXT = 200_000
_CURATED = ("curated:", "site:")
_CURATED_SCORE = 0.95
# Where another recogniser has read the text: how probable a name must be that it has found, and
# one that it has not.
_AGREED, _NOT_AGREED = 0.2, 0.6
# What only the other recogniser knows is as probable as this, behind words that lead to a place.
_HEARD_SCORE = 0.6
_LEADS_TO_A_PLACE = re.compile(
    r"\b(?:in|at|near|on|outside|inside|of|to|from|around|across|hit|struck)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_LONGEST_LEAD = 20


@dataclass(frozen=True)
class FoundName:
    """A name of a place in a text, and how probable it is that it is one.

    `name` is the form under which the gazetteer knows it; empty where it does not.
    """

    span: Span
    score: float
    name: str = ""


def find_names(
    text: str,
    gazetteer: Gazetteer,
    *,
    least: float | None = None,
    heard: Sequence[Span] | None = None,
) -> list[FoundName]:
    """Names of places in a text, in its order.

    Parameters
    ----------
    text
        Running text; of a very long one the beginning is read.
    gazetteer
        Where names are looked up.
    least
        Probability from which a name counts; the fitted one by default.
    heard
        What another recogniser takes for names of places: a name that it has found needs less to
        count, one that it has not found more.

    Examples
    --------
    >>> from geo.gazetteer.places import shipped_gazetteer
    >>> text = "Michael Jordan flew from Amman to Cairo."
    >>> [name.span.of(text) for name in find_names(text, shipped_gazetteer())]
    ['Amman', 'Cairo']
    """
    candidates = list(find_candidates(text[:_MOST_TEXT], gazetteer))
    clues = DocumentClues(text, candidates)
    weights, fitted_least = _fitted()
    scores = [
        _CURATED_SCORE
        if _is_curated(one)
        else _logistic(sum(w * x for w, x in zip(weights, features_of(one, clues), strict=True)))
        for one in candidates
    ]
    if heard is not None:
        return pick_heard(text, candidates, scores, heard)
    return pick(candidates, scores, fitted_least if least is None else least)


def pick_heard(
    text: str, candidates: Sequence[Candidate], scores: Sequence[float], heard: Sequence[Span]
) -> list[FoundName]:
    """The likeliest stretches where another recogniser has read the text too."""
    likely = [
        score if score >= (_AGREED if any(map(one.span.overlaps, heard)) else _NOT_AGREED) else 0.0
        for one, score in zip(candidates, scores, strict=True)
    ]
    found = [*pick(candidates, likely, _AGREED), *_only_heard(text, candidates, heard)]
    return sorted(found, key=lambda name: name.span)


def _only_heard(
    text: str, candidates: Sequence[Candidate], heard: Sequence[Span]
) -> Iterator[FoundName]:
    """Names that no gazetteer knows, where the words before them lead to a place."""
    for span in heard:
        lead = text[max(0, span.start - _LONGEST_LEAD) : span.start]
        is_known = any(one.span.overlaps(span) for one in candidates)
        if not is_known and _LEADS_TO_A_PLACE.search(lead):
            yield FoundName(span, _HEARD_SCORE)


def pick(candidates: Sequence[Candidate], scores: Sequence[float], least: float) -> list[FoundName]:
    """The likeliest stretches that do not overlap; one inside another one gives way to it."""
    likely = [number for number, score in enumerate(scores) if score >= least]
    order = sorted(
        likely,
        key=lambda number: (
            candidates[number].first - candidates[number].last,
            -scores[number],
            number,
        ),
    )
    chosen: list[FoundName] = []
    # A mark for each letter that a name has taken: a text can hold thousands of names.
    taken = bytearray(max((candidates[number].span.end for number in likely), default=0))
    for number in order:
        span = candidates[number].span
        if not any(taken[span.start : span.end]):
            taken[span.start : span.end] = b"\x01" * (span.end - span.start)
            chosen.append(FoundName(span, scores[number], candidates[number].name))
    return sorted(chosen, key=lambda name: name.span)


def _is_curated(one: Candidate) -> bool:
    """Whether somebody has put the place on a list of sites by hand: "Tower 22"."""
    if one.first == one.last and one.meanings.key.isalpha():
        return False
    return any(place.place_id.startswith(_CURATED) for place in one.meanings.places)


def _logistic(value: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, value))))


@cache
def _fitted() -> tuple[list[float], float]:
    text = Path(__file__).with_name("weights.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    return [table["features"][name] for name in FEATURES], table["least_score"]
