"""Pairs of reports that can be one incident, with the probability that they are."""

from collections.abc import Iterator

import numpy as np

from geo.collection.merging.facts import Facts, Numbers
from geo.collection.merging.number_files import weights
from geo.collection.merging.scoring import evidence, probability
from geo.errors import TooManyPairsError
from geo.geodesy import Floats
from geo.spatial.pairs_within import Pairs, PairsWithin

__all__ = ["scored_pairs"]

# So many take 1 GB.
_MOST_PAIRS = 20_000_000


def scored_pairs(facts: Facts) -> tuple[Pairs, Floats]:
    """Pairs of reports near in space and time that are at all likely, and their probability.

    Reports without a point, and those that nothing dates, are in no pair.

    Parameters
    ----------
    facts
        Reports, in the order of their ids.

    Raises
    ------
    TooManyPairsError
        There are millions of them: thousands of reports of one day and town that are all alike.
    """
    parts, count = [], 0
    for part in _scored_parts(facts):
        parts.append(part)
        count += len(part[0])
        if count > _MOST_PAIRS:
            raise TooManyPairsError(
                f"merging: more than {_MOST_PAIRS:,} pairs of reports lie on the same days in the "
                "same places and are alike; expected fewer. Leave out what stands twice, or merge "
                "the reports of each month or region by themselves.",
                count=count,
                smaller_m=0.0,
            )
    one, other, distance_m, score = map(np.concatenate, zip(*parts, strict=True))
    order = np.lexsort((other, one))
    return Pairs(one[order], other[order], distance_m[order]), score[order]


def _scored_parts(facts: Facts) -> Iterator[tuple[Numbers, Numbers, Floats, Floats]]:
    limits, listed = weights("blocking"), weights("decision")["listed"]
    places = facts.places
    rows = np.flatnonzero(np.isfinite(places.lon_deg) & np.isfinite(facts.first_day))
    search = PairsWithin(
        places.lon_deg[rows],
        places.lat_deg[rows],
        distance_m=limits["distance_m"],
        days=limits["days"],
        first_day=facts.first_day[rows],
        last_day=facts.last_day[rows],
        radius_m=places.radius_m[rows],
    )
    for part in search.parts():
        pairs = Pairs(rows[part.one], rows[part.other], part.distance_m)
        score = probability(evidence(facts, pairs).total())
        kept = score >= listed
        yield pairs.one[kept], pairs.other[kept], pairs.distance_m[kept], score[kept]
