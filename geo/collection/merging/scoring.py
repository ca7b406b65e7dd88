"""How likely two reports tell of one incident: what each likeness says, added up."""

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from geo.collection.merging.facts import Facts, Numbers
from geo.collection.merging.number_files import weights
from geo.collection.merging.report_words import WordSets, shared_weights
from geo.geodesy import Floats
from geo.spatial.pairs_within import Pairs
from geo.vocabulary import kinds

__all__ = ["Evidence", "evidence", "gap_days", "probability", "same_tables"]

# A 90 % radius is so many standard deviations of a normal distribution in two dimensions, squared.
_SQUARED_90 = 2.0 * np.log(10.0)
# Scores are compared, so that the last bits of a logarithm must not decide.
_DECIMALS = 6


@dataclass(frozen=True)
class Evidence:
    """Logarithms of odds for each pair, by what was compared."""

    place: Floats
    day: Floats
    kind: Floats
    toll: Floats
    actor: Floats
    text: Floats
    source: Floats

    def total(self) -> Floats:
        """Sum of all, with the odds before."""
        parts = [getattr(self, one.name) for one in fields(self)]
        return np.asarray(np.sum(parts, axis=0) + weights("decision")["before"])


def probability(log_odds: Floats) -> Floats:
    """Probability of some logarithms of odds."""
    return np.round(1.0 / (1.0 + np.exp(-log_odds)), _DECIMALS)


def evidence(facts: Facts, pairs: Pairs) -> Evidence:
    """Compare the reports of each pair."""
    one, other = pairs.one, pairs.other
    return Evidence(
        place=_place(facts, pairs),
        day=_day(facts, one, other) + _hour(facts, one, other),
        kind=_kind_table()[facts.kind[one], facts.kind[other]],
        toll=_toll(facts, one, other),
        actor=_actor(facts.actors, one, other),
        text=_text(facts.words, one, other),
        source=_source(facts, one, other),
    )


def gap_days(facts: Facts, one: Numbers, other: Numbers) -> Floats:
    """Days from the end of one span to the start of the other; 0 where they meet, NaN undated."""
    after = facts.first_day[other] - facts.last_day[one]
    before = facts.first_day[one] - facts.last_day[other]
    return np.asarray(np.maximum(np.maximum(after, before), 0.0))


def _place(facts: Facts, pairs: Pairs) -> Floats:
    told = weights("place")
    places, one, other = facts.places, pairs.one, pairs.other
    radius_m = np.hypot(places.radius_m[one], places.radius_m[other])
    named = _same(places.place, one, other) | _same(places.name, one, other)
    # A town and its province may be written alike, and have names of their own in the gazetteer.
    named |= _same(places.written, one, other) & (pairs.distance_m <= radius_m)
    off = np.where(named & (pairs.distance_m <= radius_m), 0.0, pairs.distance_m / radius_m)
    radius_m = np.where(named, np.minimum(radius_m, told["named_m"]), radius_m)
    spread = _SQUARED_90 / 2.0
    sharp = np.log(spread * (told["region_m"] / radius_m) ** 2)
    agreement = np.minimum(told["share"] * sharp, told["most"]) - told["share"] * spread * off**2
    return np.asarray(np.maximum(agreement, told["least"]) + told["same_name"] * named)


def _same(numbers: Numbers, one: Numbers, other: Numbers) -> npt.NDArray[np.bool_]:
    return np.asarray((numbers[one] == numbers[other]) & (numbers[one] >= 0))


def _day(facts: Facts, one: Numbers, other: Numbers) -> Floats:
    told = weights("day")
    length = facts.last_day - facts.first_day + 1.0
    longest = np.maximum(length[one], length[other])
    common = told["share"] * np.log(told["window_days"] / longest)
    gap = gap_days(facts, one, other)
    apart = np.array([0.0, *told["gap"]])
    cost = apart[np.clip(np.nan_to_num(gap), 0, len(apart) - 1).astype(np.int64)]
    return np.nan_to_num(np.where(gap > 0, cost, common))


def _hour(facts: Facts, one: Numbers, other: Numbers) -> Floats:
    told = weights("day")
    apart = np.abs(facts.hour[one] - facts.hour[other])
    # Comparisons with an hour that is unknown are false.
    return np.where(apart <= 1.0, told["same_hour"], np.where(apart > 6.0, told["other_hour"], 0.0))


def _kind_table() -> Floats:
    """What each pair of kinds says; the last row and column are those of no kind."""
    told = weights("kind")
    codes = list(kinds())
    table = np.full((len(codes) + 1, len(codes) + 1), float(told["other_family"]))
    for members in told["families"].values():
        rows = [codes.index(code) for code in members]
        table[np.ix_(rows, rows)] = told["same_family"]
    for row, code in enumerate(codes):
        table[row, row] = told["same"][code]
    unknown = [codes.index("other"), len(codes)]
    table[unknown, :] = table[:, unknown] = 0.0
    return table


def _toll(facts: Facts, one: Numbers, other: Numbers) -> Floats:
    told, tolls, codes = weights("toll"), facts.tolls, list(kinds())
    killed = _ranges_agree(tolls.killed_low, tolls.killed_high, one, other)
    injured = _ranges_agree(tolls.injured, tolls.injured, one, other)
    silent = np.isnan(tolls.killed_low) & (tolls.injured > 0)
    low, high = (np.where(silent, 0.0, end) for end in (tolls.killed_low, tolls.killed_high))
    unsaid = np.minimum(_ranges_agree(low, high, one, other), 0.0)
    either = silent[one] | silent[other]
    total = killed + told["injured"] * injured + told["unsaid"] * unsaid * either
    rises = np.isin(facts.kind, [codes.index(code) for code in told["rising"]])
    both = rises[one] & rises[other]
    return np.asarray(np.where(both, np.maximum(total, told["least_rising"]), total))


def _ranges_agree(low: Floats, high: Floats, one: Numbers, other: Numbers) -> Floats:
    told = weights("toll")
    # Where both ranges begin, and where the first of them ends.
    begin, end = np.maximum(low[one], low[other]), np.minimum(high[one], high[other])
    agree = np.minimum(told["agree"] + told["per_size"] * np.log1p(end), told["most"])
    agree = np.where(end > 0, agree, told["agree"])
    differ = told["close"] + told["per_ratio"] * np.log((begin + 1.0) / (end + 1.0))
    known = np.where(begin <= end, agree, np.maximum(differ, told["least"]))
    return np.nan_to_num(np.where(np.isnan(begin + end), 0.0, known))


def _actor(actors: WordSets, one: Numbers, other: Numbers) -> Floats:
    told = weights("actor")
    share, least = _overlap(actors, one, other)
    none_shared = told["none_shared"] * ((least > 0) & (share == 0))
    return np.asarray(told["shared"] * share + none_shared)


def _text(words: WordSets, one: Numbers, other: Numbers) -> Floats:
    told = weights("text")
    share, least = _overlap(words, one, other)
    beyond = (share - told["by_chance"]) * np.sqrt(least)
    return np.asarray(np.clip(told["shared"] * beyond, told["least"], told["most"]))


def _overlap(sets: WordSets, one: Numbers, other: Numbers) -> tuple[Floats, Floats]:
    """Weight of what two rows share as a share of the smaller set, and the weight of that set."""
    least = np.minimum(sets.total[one], sets.total[other]).astype(np.float64)
    shared = shared_weights(sets, one, other)
    return shared / np.maximum(least, 1.0), least


def _source(facts: Facts, one: Numbers, other: Numbers) -> Floats:
    told = weights("source")
    address = shared_weights(facts.addresses, one, other) > 0
    result = np.where(address, told["same_address"], 0.0)
    result[same_tables(facts, one, other)] = told["same_table"]
    text = _same(facts.article, one, other)
    story = facts.story[one] == facts.story[other]
    result[text] = np.where(story, told["same_story"], told["same_table"])[text]
    return result


def same_tables(facts: Facts, one: Numbers, other: Numbers) -> npt.NDArray[np.bool_]:
    """Whether both reports of each pair are rows of one file, or fill the same columns."""
    first, second = facts.own_columns[one], facts.own_columns[other]
    both = np.bitwise_count(first & second).sum(axis=1, dtype=np.int64)
    either = np.bitwise_count(first | second).sum(axis=1, dtype=np.int64)
    return np.asarray(_same(facts.input, one, other) | (2 * both > either))
