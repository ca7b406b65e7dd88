"""Rows of one report: each row's names tell which country those of the others mean."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from geo.gazetteer.places import Gazetteer
from geo.geocoding.mentions.documents import Told, resolve_names
from geo.geocoding.names.context import PlaceQuery, name_parts
from geo.grammar.names import normalise_name

__all__ = ["with_likely_countries"]

# Share of the other names of a report that a country must have.
_LEAST_SHARE = 0.5


def with_likely_countries(
    queries: Sequence[PlaceQuery], documents: Sequence[str], gazetteer: Gazetteer
) -> list[PlaceQuery]:
    """Queries that know of which countries the other rows of their document speak.

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
    >>> found = with_likely_countries(rows, ["a", "a", "a"], shipped_gazetteer())
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
        countries = _countries([one for one in told.values() if one.name], gazetteer)
        total = Counter(countries.values())
        for number, one in told.items():
            own = countries.get(normalise_name(one.name))
            others = total - Counter([own] if own else [])
            least = _LEAST_SHARE * others.total()
            likely = tuple(sorted(code for code, count in others.items() if count >= least))
            found[number] = replace(queries[number], likely=likely)
    return found


def _told(query: PlaceQuery) -> Told:
    name, *rest = name_parts(query.text) or [""]
    around = query.country or query.admin1
    return Told(name, ", ".join(rest[-1:]) or around)


def _countries(told: Sequence[Told], gazetteer: Gazetteer) -> dict[str, str]:
    """Country of each distinct name that is known."""
    names, _ = resolve_names(told, gazetteer)
    best = {normalise_name(one.name): name.best() for one, name in names.items()}
    return {name: place.country_a3 for name, place in best.items() if place and place.country_a3}
