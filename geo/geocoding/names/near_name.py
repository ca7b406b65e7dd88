"""The place that a misspelt name means, where that is beyond doubt."""

from dataclasses import replace

from geo.gazetteer.places import Gazetteer
from geo.geocoding.names.candidates import Candidate
from geo.geocoding.names.context import Context, PlaceQuery, context_of, name_parts
from geo.geocoding.names.contradictions import doubted
from geo.geocoding.names.matches import Match, find_near
from geo.geocoding.names.resolve import Resolution
from geo.geocoding.wording import gazetteer_name, quoted
from geo.grammar.name_sounds import skeleton, sounding
from geo.grammar.names import normalise_name
from geo.grammar.no_names import why_no_name
from geo.grammar.place_forms import without_unit_words

__all__ = ["NEAR_NAME", "letters_apart", "with_near_name"]

#: Method of places that are known under another spelling only.
NEAR_NAME = "fuzzy name"

_KEPT_CANDIDATES, _TOLD_CANDIDATES = 5, 3
# Share of the tolerated difference, decades by which the best must lead, and letters it may differ
# by: in the stated province, in the stated country, anywhere.
_SHARE = {"province": 0.75, "country": 0.75, "": 0.5}
_LEAD = {"province": 1.0, "country": 1.0, "": 2.0}
_DISTANCE = {"province": 2, "country": 2, "": 1}
# Places that differ more are not even named.
_TOLD_SHARE = 0.6
_KINDS = frozenset({"country", "admin1", "admin2", "settlement", "site"})
# Sounds of names that only differ by vowels, and of such that sound alike in the country.
_LEAST_SOUNDS, _LEAST_SOUNDS_ALIKE = 6, 4
# Half of all villages are in no gazetteer, and many differ by one consonant: such a slip is
# believed of a city only, unless the province is known.
_CITY, _LEAST_LETTERS = 100_000, 7
# Longer names are sentences.
_MOST_WORDS = 6


def with_near_name(query: PlaceQuery, resolution: Resolution, gazetteer: Gazetteer) -> Resolution:
    """The resolution of a query, or a better one where nobody knows the name as it is written.

    A place under another spelling is taken when it is the only one that can be meant; else the
    reason names the likeliest one, and the candidates are listed.
    """
    parts = name_parts(query.text)
    is_open = resolution.method in {"none", "surrounding place"}
    if resolution.status == "suspicious":
        return resolution
    if not is_open or not parts or len(parts[0].split()) > _MOST_WORDS or why_no_name(parts[0]):
        return resolution
    context = context_of(query, parts[1:], gazetteer)
    matches = context.inside_matches(find_near(parts[0], gazetteer, context.allows))
    if not matches:
        return _elsewhere(parts[0], resolution, context, gazetteer)
    kept = tuple(Candidate(match.place, match.weight) for match in matches[:_KEPT_CANDIDATES])
    best = matches[0]
    if not _is_clear(parts[0], matches, context):
        if best.share > _TOLD_SHARE:
            return resolution
        words = f"{resolution.finding}; perhaps {best.place.name}?"
        # The name as it is written may be known elsewhere.
        listed = (*kept[:_TOLD_CANDIDATES], *resolution.candidates)[:_KEPT_CANDIDATES]
        return replace(resolution, finding=words, candidates=listed)
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


def _elsewhere(
    name: str, resolution: Resolution, context: Context, gazetteer: Gazetteer
) -> Resolution:
    """The resolution, in doubt where only a city of another country is nearly the name."""
    if resolution.place is None or context.area() is None:
        return resolution
    nowhere = Context(None, None)
    matches = find_near(name, gazetteer, nowhere.allows)
    if not matches or not _is_clear(name, matches, nowhere):
        return resolution
    place = matches[0].place
    if place.population < _CITY:
        return resolution
    other = Resolution(place, "located", NEAR_NAME, "", candidates=resolution.candidates)
    return doubted(resolution, other, f"{place.name} in {place.country_a3} may be meant")


def _known_name(match: Match) -> str:
    is_main = normalise_name(match.place.name) == match.name
    other = "" if is_main else f" as {quoted(match.name)}"
    return quoted(match.place.name) + other


def letters_apart(match: Match) -> str:
    """How far a match is from what was asked for, in words."""
    return "1 letter apart" if match.distance == 1 else f"{match.distance} letters apart"


def _is_clear(name: str, matches: list[Match], context: Context) -> bool:
    best, *others = matches
    where = "province" if context.province else "country" if context.country else ""
    if best.place.kind not in _KINDS:
        return False
    if context.province and best.place.admin1_code != context.province.admin1_code:
        return False
    if best.share > _SHARE[where] or best.distance > _DISTANCE[where]:
        return False
    if others and others[0].weight > best.weight - _LEAD[where]:
        return False
    key = without_unit_words(name)
    return where == "province" or _is_spelling(key, best, is_near=where == "country")


def _is_spelling(key: str, best: Match, *, is_near: bool) -> bool:
    """Whether a name can hardly be that of another place."""
    if skeleton(key) == skeleton(best.name):
        sounds = sounding(key)
        is_alike = is_near and sounds == sounding(best.name)
        return len(sounds) >= (_LEAST_SOUNDS_ALIKE if is_alike else _LEAST_SOUNDS)
    return best.place.population >= _CITY and best.distance == 1 and len(key) >= _LEAST_LETTERS
