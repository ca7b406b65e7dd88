"""Rows of one report: what the names of the others say for the places that each can mean."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from geo.gazetteer.places import Gazetteer, Place
from geo.geocoding.mentions.documents import Told, resolve_names
from geo.geocoding.mentions.evidence import Evidence
from geo.geocoding.names.context import PlaceQuery, name_parts
from geo.grammar.names import normalise_name

__all__ = ["with_other_rows"]

# Share of the other names of a report that a country must have.
_LEAST_SHARE = 0.5


@dataclass(frozen=True, eq=False)
class _Others:
    """What the rows of a document that have another name say for a place."""

    evidence: Evidence
    name: str

    def __call__(self, place: Place) -> Mapping[str, float]:
        return self.evidence.said_for(self.name, place)


def with_other_rows(
    queries: Sequence[PlaceQuery], documents: Sequence[str], gazetteer: Gazetteer
) -> list[PlaceQuery]:
    """Queries that know of which countries, provinces and places the rows of their document speak.

    Parameters
    ----------
    queries
        The place of each row.
    documents
        What names the document of each row; empty where the row stands alone.
    gazetteer
        Where names are looked up.

    Examples
    --------
    >>> from geo.gazetteer.places import shipped_gazetteer
    >>> rows = [PlaceQuery("Tripoli"), PlaceQuery("Sidon"), PlaceQuery("Beirut")]
    >>> found = with_other_rows(rows, ["a", "a", "a"], shipped_gazetteer())
    >>> found[0].likely
    ('LBN',)
    """
    of_document: dict[str, list[int]] = defaultdict(list)
    for number, document in enumerate(documents):
        if document:
            of_document[document].append(number)
    found = list(queries)
    for numbers in of_document.values():
        told = {number: _told(queries[number]) for number in numbers}
        names, _ = resolve_names([one for one in told.values() if one.name], gazetteer)
        distinct = {id(name): name for name in names.values() if name.meanings.places}
        evidence = Evidence([name.witness() for name in distinct.values()])
        keys = {number: normalise_name(one.name) for number, one in told.items()}
        # Rows that say the same are answered once.
        others = {key: _Others(evidence, key) for key in keys.values()}
        best = {one.meanings.key: place for one in names.values() if (place := one.best())}
        countries = {key: place.country_a3 for key, place in best.items() if place.country_a3}
        counts = Counter(countries.values())
        likely_beside = {own: _likely(counts, own) for own in (None, *counts)}
        for number, key in keys.items():
            likely = likely_beside[countries.get(key)]
            found[number] = replace(queries[number], likely=likely, others=others[key])
    return found


def _told(query: PlaceQuery) -> Told:
    name, *rest = name_parts(query.text) or [""]
    around = query.country or query.admin1
    return Told(name, ", ".join(rest[-1:]) or around)


def _likely(counts: Counter[str], own: str | None) -> tuple[str, ...]:
    """Countries of many of the names but one, which is in a country of its own."""
    least = _LEAST_SHARE * (counts.total() - (own is not None))
    many = (country for country, count in counts.items() if 0 < count - (country == own) >= least)
    return tuple(sorted(many))
