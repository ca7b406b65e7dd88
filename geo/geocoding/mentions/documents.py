"""The names of one document resolved together: each is evidence of where the others lie."""

import math
import operator
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from geo.gazetteer.places import Gazetteer, Place
from geo.geocoding.mentions.evidence import (
    CONTEXT_FEATURES,
    Evidence,
    Measures,
    Regions,
    Witness,
    regions_of,
)
from geo.geocoding.mentions.qualifiers import find_qualifiers, lies_in
from geo.geocoding.names.scoring import (
    NameSaid,
    own_features,
    priority_weight,
    shares,
    weigh,
    weight_of,
)
from geo.grammar.names import normalise_name
from geo.grammar.place_forms import name_forms
from geo.vocabulary import demonym_places

__all__ = ["DocumentName", "NameMeanings", "Told", "meanings_of", "resolve_names", "weigh_together"]

_ROUNDS = 2
# A name that nobody asked for may be that of a person.
_UNASKED_WEIGHT = 0.2
_WIDE = frozenset({"country", "admin1"})
_KEPT_NAMES = 20_000
# Those of a gazetteer go with it.
_known_names: WeakKeyDictionary[Gazetteer, dict[str, "NameMeanings"]] = WeakKeyDictionary()


@dataclass(frozen=True)
class Told:
    """A name as a document has it, and what stands beside it about where it lies.

    That is loose where it does not follow a comma, as in "Paris in Texas".
    """

    name: str
    qualifier: str = ""
    is_loose: bool = False


@dataclass(frozen=True)
class NameMeanings:
    """Places that a name can mean, with what speaks for each by itself; `key` is the name's."""

    key: str
    places: tuple[Place, ...]
    features: tuple[dict[str, float], ...]
    weights: tuple[float, ...]
    regions: tuple[Regions, ...]


@dataclass
class DocumentName:
    """One name of a document, the places it can mean and how likely each is.

    `weights` are decadic logarithms of what speaks for each place in this document.
    """

    told: Told
    count: int
    meanings: NameMeanings
    features: Sequence[dict[str, float]]
    own: list[float]
    is_asked: bool = True
    is_qualified: bool = False
    weights: list[float] = field(default_factory=list)
    shares: list[float] = field(default_factory=list)

    def add(self, said: Sequence[dict[str, float]]) -> None:
        """Features of each place by what stands beside the name."""
        self.features = [one | more for one, more in zip(self.features, said, strict=True)]
        self.own = [one + weigh(more) for one, more in zip(self.own, said, strict=True)]

    def best(self) -> Place | None:
        """The likeliest place, if there is any; the first of equals."""
        if not self.shares:
            return None
        return self.meanings.places[self.shares.index(max(self.shares))]

    def witness(self) -> Witness:
        """What the name says for the others."""
        weight = (1.0 if self.is_asked else _UNASKED_WEIGHT) * (1.0 + math.log2(self.count))
        regions = self.meanings.regions
        return Witness(self.meanings.key, regions, self.shares, weight)

    def judge(self, measured: Sequence[Measures] | None = None) -> None:
        """Weigh the places, with what the others say for each."""
        self.weights = self.own
        if measured is not None:
            factors = tuple(map(weight_of, CONTEXT_FEATURES))
            self.weights = [
                own + sum(map(operator.mul, factors, said)) + self._in_text(regions)
                for own, said, regions in zip(
                    self.own, measured, self.meanings.regions, strict=True
                )
            ]
        self.shares = shares(self.weights)

    @staticmethod
    def _in_text(regions: Regions) -> float:
        return 0.0 if regions.in_text is None else weight_of(regions.in_text)


def resolve_names(
    told: Iterable[Told],
    gazetteer: Gazetteer,
    *,
    unasked: Iterable[str] = (),
    dateline: Told | None = None,
) -> tuple[dict[Told, DocumentName], list[DocumentName]]:
    """The names of a document, each weighed by what all of them mean; and the unasked ones.

    Parameters
    ----------
    told
        Each mention; those that are equal mean one place.
    gazetteer
        Where names are looked up.
    unasked
        Other names of the document that may be places.
    dateline
        The place where it was written; it may be one of the mentions.
    """
    counts = Counter(told)
    is_asked = dateline in counts
    if dateline is not None and not is_asked:
        counts[dateline] = 1
    names = _settled(
        _document_name(one, count, gazetteer, is_dateline=one == dateline)
        for one, count in counts.items()
    )
    known = {one.meanings.key for one in names.values()}
    others = [
        _document_name(Told(name), count, gazetteer, is_asked=False)
        for name, count in Counter(unasked).items()
        if normalise_name(name) not in known
    ]
    if dateline is not None and not is_asked:
        others.append(names.pop(dateline))
    distinct = {id(name): name for name in (*names.values(), *others) if name.meanings.places}
    weigh_together(list(distinct.values()))
    return names, others


def weigh_together(names: Sequence[DocumentName], *, rounds: int = _ROUNDS) -> None:
    """Weigh the places of each name by what the other names mean, so many times."""
    for name in names:
        name.judge()
    for _ in range(rounds):
        evidence = Evidence([name.witness() for name in names])
        for number, name in enumerate(names):
            # What has one meaning has it in each context.
            if len(name.own) > 1:
                name.judge(evidence.measures(number))


def _settled(names: Iterable[DocumentName]) -> dict[Told, DocumentName]:
    """Names by what was told; one that is qualified somewhere means the same place elsewhere."""
    found = {name.told: name for name in names}
    senses: dict[str, DocumentName] = {}
    for name in found.values():
        if name.is_qualified:
            key = name.meanings.key
            senses[key] = max(senses.get(key, name), name, key=lambda one: one.count)
    for told, name in found.items():
        sense = senses.get(name.meanings.key)
        if sense is not None and not name.is_qualified:
            sense.count += name.count
            found[told] = sense
    return found


def _document_name(
    told: Told,
    count: int,
    gazetteer: Gazetteer,
    *,
    is_asked: bool = True,
    is_dateline: bool = False,
) -> DocumentName:
    meanings = meanings_of(told.name, gazetteer)
    found = DocumentName(told, count, meanings, meanings.features, list(meanings.weights), is_asked)
    qualifiers = find_qualifiers(told.qualifier, gazetteer) if told.qualifier else ()
    if qualifiers:
        said = [_qualified(place, qualifiers, is_loose=told.is_loose) for place in meanings.places]
        found.is_qualified = any(one.keys() & {"qualified", "loosely_qualified"} for one in said)
        found.add(said)
    if is_dateline:
        # Reports are written in Washington, not in the state of that name.
        found.add([{"dateline_town": float(one.kind == "settlement")} for one in meanings.places])
    return found


def _qualified(place: Place, qualifiers: Sequence[Place], *, is_loose: bool) -> dict[str, float]:
    kinds = {one.kind for one in qualifiers if lies_in(place, one)}
    if kinds & _WIDE:
        return {"loosely_qualified" if is_loose else "qualified": 1.0}
    return {"beside_place": 1.0} if kinds else {}


def meanings_of(name: str, gazetteer: Gazetteer) -> NameMeanings:
    """Places that a name of a text can mean; an adjective of nationality means the country."""
    known = _known_names.setdefault(gazetteer, {})
    if name not in known:
        if len(known) >= _KEPT_NAMES:
            known.clear()
        known[name] = _meanings(name, gazetteer)
    return known[name]


def _meanings(name: str, gazetteer: Gazetteer) -> NameMeanings:
    places: dict[str, Place] = {}
    other_form: set[str] = set()
    for number, form in enumerate(name_forms(name)):
        for place in gazetteer.find(form):
            if number and place.place_id not in places:
                other_form.add(place.place_id)
            places.setdefault(place.place_id, place)
    peopled = frozenset(demonym_places(name))
    for place_id in sorted(peopled - places.keys()):
        named = gazetteer.get(place_id)
        if named is not None:
            places[place_id] = named
    key = normalise_name(name)
    if not places:
        return NameMeanings(key, (), (), (), ())
    said = NameSaid.of(name, places.values())
    features = []
    for place in places.values():
        found = own_features(place, said)
        if place.place_id in other_form:
            found["other_form"] = 1.0
        if place.place_id in peopled:
            found["demonym"] = 1.0
        features.append(found)
    weights = [
        weigh(found) + priority_weight(place)
        for found, place in zip(features, places.values(), strict=True)
    ]
    regions = tuple(map(regions_of, places.values()))
    return NameMeanings(key, tuple(places.values()), tuple(features), tuple(weights), regions)
