"""What the names of places in an article mean: each by itself, and all of them together."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from geo.gazetteer.places import Gazetteer, Place
from geo.geocoding.mentions.document_answers import document_resolution
from geo.geocoding.mentions.documents import DocumentName, Told, meanings_of
from geo.geocoding.mentions.mentions_in_text import names_of_text
from geo.geocoding.names.candidates import named_country
from geo.geocoding.names.resolve import PlaceQuery, Resolution, resolve_place
from geo.grammar.names_in_text import capitalised_names
from geo.grammar.place_phrases import NamePhrase, PlacePhrase, find_place_phrases
from geo.grammar.sentences import Span, split_sentences
from geo.vocabulary import demonym_country

__all__ = ["ArticleNames"]

_LIKELY_COUNTRIES = 3
# What the names of a text say together is taken when it is as probable as this.
_CLEAR_SCORE = 0.8
_CAPITAL = " capital"
# What belongs to a town lies within so many metres of it.
_OWNED_M = 150_000.0
_CAPITALISED = re.compile(r"[^\W\d_a-z]\w{3,}")


class ArticleNames:
    """Names of one article; the countries that it speaks of are the `likely` ones."""

    def __init__(self, text: str, gazetteer: Gazetteer) -> None:
        self._text, self._gazetteer = text, gazetteer
        self._phrases: dict[Span, tuple[PlacePhrase, ...]] = {}
        phrases = [
            phrase
            for sentence in split_sentences(text)
            for phrase in self.phrases(sentence)
            if isinstance(phrase, NamePhrase)
        ]
        self.likely = self._countries(text, phrases)
        self._together = self._resolved_together(text, phrases)

    def phrases(self, within: Span) -> Sequence[PlacePhrase]:
        """Phrases of a stretch that say where, in their order."""
        if within not in self._phrases:
            self._phrases[within] = tuple(find_place_phrases(self._text, within=within))
        return self._phrases[within]

    def country_of(self, name: str) -> str | None:
        """ISO 3166-1 alpha-3 code of a country's name, or of an adjective of nationality."""
        by_demonym = demonym_country(name)
        if by_demonym:
            return by_demonym
        country = named_country(name, self._gazetteer)
        return country.country_a3 if country and country.kind == "country" else None

    def capital_of(self, name: str) -> Place | None:
        """Capital of the country that a name ending in "capital" tells: "Haitian capital"."""
        country = name.endswith(_CAPITAL) and self.country_of(name.removesuffix(_CAPITAL))
        return self._gazetteer.capital_of(country) if country else None

    def is_country(self, name: str) -> bool:
        """Whether a name is that of a country; an adjective is none."""
        return demonym_country(name) is None and self.country_of(name) is not None

    def is_known(self, name: str) -> bool:
        """Whether any place has this name."""
        return bool(meanings_of(name, self._gazetteer).places)

    def resolved(
        self, names: Sequence[str], phrase: NamePhrase | None, likely: Sequence[str]
    ) -> Resolution:
        """What the first of some names means: by the others of the text if that is clear."""
        stated = self.country_of(phrase.adjective) if phrase and phrase.adjective else None
        if phrase and phrase.adjective and stated is None and self.is_known(phrase.adjective):
            if phrase.kind:
                # "The Poonch district of Kashmir" is Poonch.
                names = (f"{phrase.adjective} {phrase.kind}", *names)
            else:
                # "Baghdad's Khilani square" lies in Baghdad.
                names = (names[0], phrase.adjective, *names[1:])
        query = PlaceQuery(", ".join(names), country=stated or "", likely=tuple(likely))
        resolution = resolve_place(query, self._gazetteer)
        if stated is None and phrase and phrase.adjective and not phrase.kind:
            resolution = self._near_owner(resolution, phrase)
        name = self._together.get(_told(names, phrase)[0])
        if name is None or not name.shares or resolution.method != "name":
            return resolution
        together = document_resolution(name)
        is_clear = together.score is not None and together.score >= _CLEAR_SCORE
        return together if is_clear else resolution

    def _near_owner(self, resolution: Resolution, phrase: NamePhrase) -> Resolution:
        """What a name means, or its owner where that is far away: "Mogadishu's Lido beach"."""
        owner = resolve_place(PlaceQuery(phrase.adjective, likely=self.likely), self._gazetteer)
        place, around = resolution.place, owner.place
        if place is None or around is None or around.kind != "settlement":
            return resolution
        if resolution.method != "name" or place.distance_m(around) <= _OWNED_M:
            return resolution
        finding = f"No place named “{phrase.names[0]}” is known near {around.name}"
        return replace(owner, finding=finding, around=around)

    def _countries(self, text: str, phrases: Sequence[NamePhrase]) -> tuple[str, ...]:
        told = Counter(_CAPITALISED.findall(text) + capitalised_names(text))
        told.update(name for phrase in phrases for name in phrase.names)
        named: Counter[str] = Counter()
        for name, count in told.items():
            if country := self.country_of(name):
                named[country] += count
        return tuple(country for country, _ in named.most_common(_LIKELY_COUNTRIES))

    def _resolved_together(
        self, text: str, phrases: Sequence[NamePhrase]
    ) -> dict[Told, DocumentName]:
        told = [one for phrase in phrases for one in _told(phrase.names, phrase)]
        return names_of_text(text, told, self._gazetteer)[0]


def _told(names: Sequence[str], phrase: NamePhrase | None) -> list[Told]:
    """Names of a phrase, each with what stands beside it."""
    around = [*names[1:], phrase.adjective if phrase else ""]
    if phrase is not None and phrase.relation == "between":
        around = [""] * len(names)
    return [Told(name, said) for name, said in zip(names, around, strict=True)]
