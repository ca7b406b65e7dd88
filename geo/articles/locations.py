"""Where the phrases of an article lie."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import shapely
from shapely.geometry.base import BaseGeometry

from geo.articles.article_names import ArticleNames
from geo.articles.place_roles import place_role
from geo.gazetteer.places import Gazetteer
from geo.geocoding.descriptions.described import DescribedPlace
from geo.geocoding.descriptions.lookup import Anchor, Lookup
from geo.geocoding.descriptions.relations import locate
from geo.geocoding.names.resolve import Resolution
from geo.geocoding.recognition.finding import FoundName, find_names
from geo.geodesy import geod
from geo.grammar.bearings import parse_bearing
from geo.grammar.distances import parse_distance
from geo.grammar.location_tree import Between, BorderZone, Description, Named, Near, Offset
from geo.grammar.place_phrases import BorderPhrase, NamePhrase, PlacePhrase
from geo.grammar.sentences import Span
from geo.vocabulary import demonym_country

__all__ = ["Location", "Locator", "sharpest"]

# From the sharpest to the vaguest; the place of an incident is the sharpest that is said of it.
_SHARPNESS = ("site", "settlement", "vicinity", "line", "water", "admin2", "admin1", "country")
# Two places told of one incident may lie this far apart and be one, in metres.
_NEAR_M = 15_000.0
# Capitals up to so many letters are an abbreviation.
_LONGEST_CODE = 3
_OCEAN_M = 1_500_000.0
# The scorer knows the words around a name in English only.
_LEAST_ABROAD = 0.15
_WIDE = frozenset({"country", "admin1", "water", "line"})
# The land round a place that bears its name: "the Kathmandu valley".
_LANDSCAPE = re.compile(
    r"\s+(?:valley|area|hills|highlands|plain|basin|gorge|foothills|countryside|outskirts)$",
    re.IGNORECASE,
)
_CAPITAL = " capital"
# A name that goes on is that of something else: "the Kurdistan Workers' Party".
_GOES_ON = re.compile(
    r" (?:(?:pipe)?line|highway|railway|canal|festival|conference|treaty)\b"
    r"| (?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|I\b|A\b)[^\W\d_a-z][^\W\d_A-Z]"
)
_SPEAKS = re.compile(
    r"(?:['’]s?)?\s+(?:[\w-]+\s+){0,2}?(?:said|says|told|vowed|denied|denies|accused|accuses"
    r"|warned|condemned|ministry"
    r"|minister|president|government|officials?|police|army|troops|forces|soldiers|embassy"
    r"|airlines?)\b"
)


@dataclass(frozen=True)
class Location:
    """Place that a phrase means: a point in EPSG:4326 with a radius in metres."""

    span: Span
    point: shapely.Point
    radius_m: float
    precision: str
    name: str
    place_id: str | None
    country_a3: str | None
    admin1_code: str | None
    reason: str
    footprint: BaseGeometry | None = None
    role: str = "event"

    @property
    def is_ocean(self) -> bool:
        """Whether it is so wide a water that it hardly says where."""
        return self.precision == "water" and self.radius_m > _OCEAN_M

    @property
    def sharpness(self) -> int:
        """Rank of the precision; 0 is the sharpest, and an ocean says least."""
        return len(_SHARPNESS) if self.is_ocean else _SHARPNESS.index(self.precision)

    def agrees_with(self, other: "Location") -> bool:
        """Whether both can be the same place, told more and less exactly."""
        if self.country_a3 and other.country_a3 and self.country_a3 != other.country_a3:
            return False
        if "country" in (self.precision, other.precision):
            return True
        apart_m = geod().inv(self.point.x, self.point.y, other.point.x, other.point.y)[2]
        return bool(apart_m <= self.radius_m + other.radius_m + _NEAR_M)


class Locator:
    """Resolves the phrases of one article; countries that it speaks of are the likelier ones."""

    def __init__(self, text: str, gazetteer: Gazetteer) -> None:
        self._text = text
        self._gazetteer = gazetteer
        self._names = ArticleNames(text, gazetteer)
        self._found: list[FoundName] | None = None
        self._known: dict[tuple[object, ...], Location | None] = {}

    def locate(
        self,
        within: Span,
        sentence: Span | None = None,
        trigger: int | None = None,
        label: str = "",
    ) -> list[Location]:
        """Places that a stretch of the text speaks of, the sharpest first, each with its role.

        The role depends on its sentence, and on where that first speaks of an incident. They lie in
        the place of the label of their section.
        """
        phrases = self._names.phrases(within)
        if label:
            phrases = [_inside(phrase, label) for phrase in phrases]
        countries = [country for phrase in phrases if (country := self._country(phrase))]
        located = [self._located(self._alone(phrase), countries) for phrase in phrases]
        whole = sentence or within
        found = [
            replace(one, role=place_role(self._text, whole, one.span, trigger=trigger))
            for one in located
            if one is not None
        ]
        return sorted(found, key=lambda location: (location.sharpness, location.span))

    def any_name(self, within: Span) -> list[Location]:
        """Places that a stretch in any language names, the sharpest first."""
        if self._found is None:
            self._found = find_names(self._text, self._gazetteer, least=_LEAST_ABROAD)
        named = [one for one in self._found if within.holds(one.span)]
        located = (self._located(NamePhrase(one.span, (one.name,)), ()) for one in named)
        found = [one for one in located if one is not None]
        return sorted(found, key=lambda location: (location.sharpness, location.span))

    def named(self, within: Span, sentence: Span, *, wide: bool) -> list[Location]:
        """Places that a stretch names without saying that it happened there, the sharpest first.

        Countries count only where `wide` says so: "Samoa has closed all schools".
        """
        if self._found is None:
            self._found = find_names(self._text, self._gazetteer)
        located = []
        # What a phrase says more exactly is not looked up by its bare name.
        said = [
            one.span
            for one in self._names.phrases(within)
            if _is_of_country(one) or place_role(self._text, sentence, one.span) != "event"
        ]
        for span in (one.span for one in self._found):
            if not within.holds(span) or any(map(span.overlaps, said)):
                continue
            if self._speaks(span) or _GOES_ON.match(self._text, span.end):
                continue
            location = self._located(NamePhrase(span, (span.of(self._text),)), ())
            if location is None or (location.precision in _WIDE and not wide):
                continue
            if place_role(self._text, sentence, span) == "event":
                located.append(location)
        return sorted(located, key=lambda location: (location.sharpness, location.span))

    def _speaks(self, span: Span) -> bool:
        """Whether a name is that of who says or does something: "Guatemala's ministry said"."""
        return _SPEAKS.match(self._text, span.end) is not None

    def headed(self, headline: Span) -> list[Location]:
        """Places that a headline names, whoever speaks there: "Zanesville police log"."""
        if self._found is None:
            self._found = find_names(self._text, self._gazetteer)
        named = (one.span for one in self._found if headline.holds(one.span))
        located = (self._located(NamePhrase(one, (one.of(self._text),)), ()) for one in named)
        return [one for one in located if one is not None]

    def label(self, span: Span, around: str = "") -> Location | None:
        """Place that a label such as "PERU:" names; `around` is what it lies in."""
        name = span.of(self._text)
        words = name.title() if name.isupper() and len(name) > _LONGEST_CODE else name
        names = (words, around) if around else (words,)
        found = self._located(NamePhrase(span, names), ())
        return found and replace(found, role="label")

    def is_place(self, name: str) -> bool:
        """Whether a name is known as that of a place."""
        return self._names.is_known(name.title() if name.isupper() else name)

    def unclear(self, within: Span) -> tuple[str, Resolution] | None:
        """First phrase of a stretch that can mean several places, with what it can mean."""
        for phrase in self._names.phrases(within):
            if isinstance(phrase, NamePhrase) and phrase.relation != "between":
                resolution = self._names.resolved(phrase.names, phrase, self._names.likely)
                if resolution.status == "ambiguous":
                    return phrase.span.of(self._text), resolution
        return None

    def _country(self, phrase: PlacePhrase) -> str | None:
        if isinstance(phrase, BorderPhrase) or phrase.relation == "on":
            return None
        return self._names.country_of(phrase.adjective or phrase.names[-1])

    def _located(self, phrase: PlacePhrase, countries: Sequence[str]) -> Location | None:
        key = (replace(phrase, span=Span(0, 0)), *countries)
        if key not in self._known:
            self._known[key] = self._location(phrase, countries)
        known = self._known[key]
        return known and replace(known, span=phrase.span)

    def _alone(self, phrase: PlacePhrase) -> PlacePhrase:
        """Phrase without what only follows in a list, or says how the land looks."""
        if isinstance(phrase, BorderPhrase) or phrase.relation == "between":
            return phrase
        first, *outer = phrase.names
        if capital := self._names.capital_of(first):
            return replace(phrase, names=(capital.name,), adjective=first.removesuffix(_CAPITAL))
        first = first.removesuffix(_CAPITAL)
        phrase = replace(phrase, names=(first, *outer))
        if outer and all(map(self._names.is_country, phrase.names[:2])):
            # "In Greece, Turkey and Spain": no country lies in another one.
            end = phrase.span.start + len(first)
            return replace(phrase, span=Span(phrase.span.start, end), names=(first,))
        bare = _LANDSCAPE.sub("", first)
        if bare != first and not self.is_place(first) and self.is_place(bare):
            return replace(phrase, names=(bare, *outer), relation="near")
        return phrase

    def _location(self, phrase: PlacePhrase, countries: Sequence[str]) -> Location | None:
        likely = tuple(dict.fromkeys([*countries, *self._names.likely]))
        if isinstance(phrase, BorderPhrase):
            # Of two named countries only what the sentence speaks of tells the side.
            one_sided = len(phrase.sides) == 1
            found = locate(
                BorderZone(phrase.sides), self._lookup(likely if one_sided else countries)
            )
            return None if isinstance(found, str) else _at(phrase, found, self._text)
        if phrase.around and (inner := self._listed(phrase, countries)):
            return inner
        found = locate(_tree(phrase), self._lookup(likely, phrase))
        if isinstance(found, str) or (phrase.relation == "between" and not found.country_a3):
            return None
        # "On" leads to sites and towns; countries and provinces have something done to them.
        is_wide = found.precision in ("country", "admin1")
        if phrase.relation == "on" and is_wide and not phrase.adjective:
            return None
        return _at(phrase, found, self._text)

    def _listed(self, phrase: NamePhrase, countries: Sequence[str]) -> Location | None:
        """Place of a name in what it shares with others: "in Jaipur and Karauli in Rajasthan"."""
        if self._names.is_country(phrase.names[0]):
            return None
        names = (*phrase.names, *phrase.around)
        found = self._location(replace(phrase, names=names, around=()), countries)
        bare = self._location(replace(phrase, around=()), countries)
        if found is None or found.precision not in _WIDE:
            return found
        return found if bare is None or bare.country_a3 != found.country_a3 else None

    def _lookup(self, likely: Sequence[str], phrase: NamePhrase | None = None) -> Lookup:
        def find(said: Named, likely: Sequence[str]) -> Anchor | str:
            resolution = self._names.resolved(said.names, phrase, likely)
            # A lone name is not placed by what surrounds it, but one "of the Indonesian island" is.
            is_lone = len(said.names) == 1 and not (phrase and _is_of_country(phrase))
            if resolution.place is None or (resolution.method != "name" and is_lone):
                return resolution.reason
            return Anchor(resolution.place, resolution.reason)

        return Lookup(find, self._names.country_of, tuple(likely))


def _is_of_country(phrase: PlacePhrase) -> bool:
    """Whether a word of nationality stands before a name: "the Indonesian island of Flores"."""
    if isinstance(phrase, BorderPhrase):
        return False
    return bool(phrase.adjective) and demonym_country(phrase.adjective) is not None


def _inside(phrase: PlacePhrase, label: str) -> PlacePhrase:
    if isinstance(phrase, BorderPhrase) or phrase.relation == "between" or label in phrase.names:
        return phrase
    return replace(phrase, names=(*phrase.names, label))


def _tree(phrase: NamePhrase) -> Description:
    place = Named(phrase.names)
    bearing = parse_bearing(phrase.part) if phrase.part else None
    if phrase.relation == "between":
        one, other = phrase.names
        return Between(Named((one,)), Named((other,)))
    if phrase.relation == "near":
        return Near(place, "near")
    if phrase.relation == "offset":
        distance = parse_distance(f"{phrase.distance_m / 1_000:g} km")
        return Offset(place, ((distance, bearing),)) if distance else place
    return place


def _at(phrase: PlacePhrase, found: DescribedPlace, text: str) -> Location:
    is_named = isinstance(phrase, NamePhrase) and phrase.relation in {"in", "on"}
    name, reason = found.name, found.reason
    if isinstance(phrase, BorderPhrase):
        words = phrase.span.of(text)
        name = f"{words} ({found.name.removeprefix('border ')})"
        reason = f"“{words}” means the land {found.reason}"
    if isinstance(phrase, NamePhrase) and phrase.listed and is_named:
        reason += f"; told together with {', '.join(phrase.listed)}, as one incident"
    has_anchor = found.anchor is not None and found.precision != "line"
    return Location(
        span=phrase.span,
        point=found.point,
        radius_m=found.radius_m,
        precision=found.precision,
        name=name,
        place_id=found.anchor.place_id if found.anchor and has_anchor else None,
        country_a3=found.country_a3,
        admin1_code=found.anchor.admin1_code if found.anchor and has_anchor else None,
        reason=reason,
        footprint=None if is_named else found.footprint,
    )


def sharpest(locations: Iterable[Location]) -> Location | None:
    """Sharpest of several places; the first among equals."""
    return min(locations, key=lambda location: location.sharpness, default=None)
