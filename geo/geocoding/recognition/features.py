"""What speaks for a stretch of a text being the name of a place."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from geo.geocoding.recognition.candidates import Candidate
from geo.geocoding.recognition.word_lists import words_of

__all__ = ["FEATURES", "DocumentClues", "features_of"]

_NEXT_WORD = re.compile(r"(?:['’]s?)?(?P<gap>[\s,.;:()\"“”–—-]*)(?P<word>[^\W\d_][\w’'-]*)?")
_LAST_WORD = re.compile(r"(?P<word>[\w’'.-]*)(?P<gap>[\s,;:()\"“”–—]*)$")
_SENTENCE_START = re.compile(r"(?:^|[.!?:]['\"”’)]*\s+|\n\s*|[“\"]\s*)$")
_REACH = 30
_LONG = 3
_LONG_CAPITALS = 4

#: Names of the features, in their order; the first is always 1.
FEATURES = (
    "always", "weight", "weight_low", "words", "country", "admin1", "settlement", "water_or_land",
    "site", "people", "abbreviation", "meanings", "after_place_preposition", "after_of",
    "after_the", "after_title", "after_comma", "after_name_in_run", "before_name_in_run",
    "whole_run", "run_is_long", "before_speech", "before_organisation", "before_facility",
    "before_land_word", "before_street", "is_organisation", "possessive", "before_comma",
    "before_lower_word", "sentence_start", "part_of_longer", "also_lower", "times", "capitals",
    "country_in_text", "province_named_next", "after_number", "hyphen_after",
    "before_verb_of_being", "initial_before", "first_of_pair", "last_of_pair", "short",
    "after_given_name", "is_given_name", "is_somebody", "after_unknown_word",
)  # fmt: skip


class DocumentClues:
    """What a whole text says of its names."""

    def __init__(self, text: str, candidates: Sequence[Candidate]) -> None:
        self.text = text
        names = [text[one.span.start : one.span.end] for one in candidates]
        self.times = Counter(names)
        self.lower = frozenset(re.findall(r"\b[a-z]{4,}\b", text))
        # A name that stands alone here is that of a person where it ends a longer one elsewhere.
        self.longer: Counter[str] = Counter()
        # By identity: a run can be as long as the text, and its hash takes as long.
        runs = list({id(one.run): one.run for one in candidates}.values())
        for run in runs:
            if len(run.words) > 1:
                self.longer.update(word.of(text) for word in run.words[1:])
        countries: Counter[str] = Counter()
        for one in candidates:
            for place in one.meanings.places:
                if place.kind in ("country", "admin1") and place.country_a3:
                    countries[place.country_a3] += 1
                    break
        self.countries = frozenset(code for code, _ in countries.most_common(_LONG))
        # Who was called by a given name before is called without it later.
        self.persons = {
            word.of(text)
            for run in runs
            for given, word in pairwise(run.words)
            if given.of(text).casefold() in words_of("given_names")
        }
        known = {one.span for one in candidates}
        self.unknown = {
            run.words[at].end
            for run in runs
            for at in range(len(run.words))
            if run.words[at] not in known
        }
        self.starts = {one.span.start: one for one in reversed(candidates)}


def features_of(one: Candidate, clues: DocumentClues) -> list[float]:
    """Values of `FEATURES` for a stretch."""
    text, span = clues.text, one.span
    name = span.of(text)
    before = text[max(0, span.start - _REACH) : span.start]
    after = text[span.end : span.end + _REACH]
    last = _LAST_WORD.search(before)
    following = _NEXT_WORD.match(after)
    last_word = last["word"].casefold().rstrip(".") if last else ""
    is_beside = last is not None and last["gap"].strip() == ""
    next_word = (following["word"] or "") if following else ""
    next_gap = following["gap"] if following else ""
    is_next = next_gap in {" ", "\n"}
    next_low = next_word.casefold() if is_next else ""
    words = one.last - one.first + 1
    run = one.run.words
    is_first, is_last = one.first == 0, one.last == len(run) - 1
    kinds = {place.kind for place in one.meanings.places}
    weight = max(one.meanings.weights)
    said = {key for found in one.meanings.features for key in found}
    head = name.split()[-1].casefold()
    start = bool(_SENTENCE_START.search(before))
    comma = next_gap.startswith(",")
    outer = clues.starts.get(span.end + 2) if comma else None
    outer_kinds = {place.kind for place in outer.meanings.places} if outer else set()
    single = words == 1
    return [
        1.0,
        weight / 5.0,
        float(weight < _LONG),
        float(words > 1),
        float("country" in kinds),
        float("admin1" in kinds),
        float("settlement" in kinds),
        float(bool(kinds & {"water", "area", "line"})),
        float("site" in kinds),
        float("demonym" in said),
        float("abbreviation" in said or (name.isupper() and len(name) <= _LONG)),
        math.log10(len(one.meanings.places)),
        float(is_beside and is_first and last_word in words_of("place_prepositions")),
        float(is_beside and is_first and last_word == "of"),
        float(is_beside and is_first and last_word == "the"),
        float(last_word in words_of("titles") and is_beside),
        float(last is not None and last["gap"].startswith(",")),
        float(not is_first),
        float(not is_last),
        float(is_first and is_last),
        float(len(run) > _LONG),
        float(next_low in words_of("speech") or last_word in words_of("speech")),
        float(next_low in words_of("organisations")),
        float(next_low in words_of("facilities")),
        float(next_low in words_of("waters_and_lands")),
        float(next_low in words_of("streets") and next_word[:1].isupper()),
        float(head in words_of("organisations")),
        float(after.startswith(("'s", "’s"))),
        float(comma),
        float(is_next and next_word[:1].islower()),
        float(start),
        float(single and clues.longer[name] > 0 and is_first and is_last),
        float(name.casefold() in clues.lower),
        math.log2(clues.times[name]) if clues.times[name] else 0.0,
        float(name.isupper() and len(name) >= _LONG_CAPITALS),
        float(any(place.country_a3 in clues.countries for place in one.meanings.places)),
        float(bool(outer_kinds & {"country", "admin1"})),
        float(last_word.isdecimal() and is_beside),
        float(after.startswith(("-", "–"))),
        float(next_low in ("is", "was", "has", "had", "were", "are", "will", "who")),
        float(len(last_word) == 1 and last_word.isalpha() and is_beside and last_word != "a"),
        float(single and is_first and not is_last),
        float(single and is_last and not is_first),
        float(len(name) <= _LONG),
        float(one.first > 0 and run[one.first - 1].of(text).casefold() in words_of("given_names")),
        float(single and name.casefold() in words_of("given_names")),
        float(single and name in clues.persons),
        float(one.first > 0 and run[one.first - 1].end in clues.unknown),
    ]
