"""The place that a misspelt name means, where that is beyond doubt."""

from dataclasses import replace

from geo.gazetteer.places import Gazetteer
from geo.geocoding.candidates import Candidate
from geo.geocoding.context import Context, PlaceQuery, context_of, name_parts
from geo.geocoding.matches import Match, find_near
from geo.geocoding.resolve import Resolution
from geo.geocoding.wording import gazetteer_name, quoted
from geo.grammar.name_sounds import sounding
from geo.grammar.names import normalise_name

__all__ = ["NEAR_NAME", "with_near_name"]

#: Method of places that are known under another spelling only.
NEAR_NAME = "fuzzy name"

_KEPT_CANDIDATES = 5
# Share of the tolerated difference, and decades by which the best must lead: in a known country,
# and anywhere on earth.
_SHARE_HERE, _LEAD_HERE, _LEAST_SOUNDS_HERE = 0.75, 1.0, 4
_SHARE_ANYWHERE, _LEAD_ANYWHERE, _LEAST_SOUNDS_ANYWHERE = 0.5, 2.0, 5
# Longer names are sentences.
_MOST_WORDS = 6


def with_near_name(query: PlaceQuery, resolution: Resolution, gazetteer: Gazetteer) -> Resolution:
    """The resolution of a query, or a better one where nobody knows the name as it is written.

    A place under another spelling is taken when it is the only one that can be meant; else the
    reason names the likeliest one, and the candidates are listed.

    Parameters
    ----------
    query
        The place as a row states it.
    resolution
        What its names as they are written mean.
    gazetteer
        Where names are looked up.
    """
    parts = name_parts(query.text)
    is_open = resolution.method in {"none", "surrounding place"}
    if not is_open or not parts or len(parts[0].split()) > _MOST_WORDS:
        return resolution
    context = context_of(query, parts[1:], gazetteer)
    matches = context.inside_matches(find_near(parts[0], gazetteer, context.allows))
    if not matches:
        return resolution
    kept = tuple(Candidate(match.place, match.weight) for match in matches[:_KEPT_CANDIDATES])
    best = matches[0]
    if not _is_clear(parts[0], matches, context):
        reason, found, placed = resolution.reason.partition("; placed by ")
        words = f"{reason}; perhaps {best.place.name}?{' Placed by ' if found else ''}{placed}"
        return replace(resolution, reason=words, candidates=kept)
    total = sum(10.0 ** (match.weight - best.weight) for match in matches)
    return Resolution(
        best.place,
        "located",
        NEAR_NAME,
        f"No place named {quoted(parts[0])} is known{context.words()}{context.doubts()}; "
        f"{gazetteer_name(best.place)} knows {_known_name(best)}, {letters_apart(best)}",
        (1.0 - best.share / 2.0) / total,
        kept,
    )


def _known_name(match: Match) -> str:
    is_main = normalise_name(match.place.name) == match.name
    other = "" if is_main else f" as {quoted(match.name)}"
    return quoted(match.place.name) + other


def letters_apart(match: Match) -> str:
    """How far a match is from what was asked for, in words."""
    return "1 letter apart" if match.distance == 1 else f"{match.distance} letters apart"


def _is_clear(name: str, matches: list[Match], context: Context) -> bool:
    best, *others = matches
    share, lead, sounds = _SHARE_ANYWHERE, _LEAD_ANYWHERE, _LEAST_SOUNDS_ANYWHERE
    if context.area() is not None:
        share, lead, sounds = _SHARE_HERE, _LEAD_HERE, _LEAST_SOUNDS_HERE
    if best.share > share or len(sounding(normalise_name(name))) < sounds:
        return False
    return not others or others[0].weight <= best.weight - lead
