"""The names of places of a text as a table."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pandas as pd

from geo.errors import SchemaError
from geo.gazetteer.places import Gazetteer
from geo.gazetteer.user_places import all_places
from geo.geocoding.recognition.finding import FoundName, find_names
from geo.grammar.sentences import Span

__all__ = ["find_mentions"]

#: Labels of spaCy's English pipelines that stand for places, and for peoples.
_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC", "NORP"})
# A facility that no gazetteer knows is as probable as this.
_FACILITY_SCORE = 0.6
_FACILITY = re.compile(
    r"\s+(?:international\s+|general\s+|military\s+|central\s+|nuclear\s+|border\s+|refugee\s+"
    r"|air\s+|naval\s+|army\s+)?"
    r"(?:hospital|airport|air\s?base|airfield|base|camp|prison|bridge|dam|stadium|square"
    r"|crossing|checkpoint|refinery"
    r"|power plant|plant|mosque|cathedral|market|station|port)\b"
)
_LAND = re.compile(
    r"\s+(?:valley|river|province|district|region|island|county|peninsula|governorate|oblast|village)\b"
)
_NAMED_FACILITY = re.compile(
    r"\b(?:at|in|near|on|outside|inside|of|to|from|hit|struck)\s+(?:the\s+)?"
    rf"(?P<facility>(?:[a-z]{{2}}-)?[^\W\d_a-z][\w’'-]+(?:\s(?:[a-z]{{2}}-)?[^\W\d_a-z][\w’'-]+){{0,2}}{_FACILITY.pattern})"
)


def find_mentions(
    text: str,
    *,
    gazetteer: Gazetteer | None = None,
    pipeline: Callable[[str], Any] | None = None,
) -> pd.DataFrame:
    """Find the names of places in a text: what `geo.resolve_mentions` then places.

    A name is a run of capitalised words that a gazetteer knows, or an adjective of nationality; a
    fitted scorer weighs the words around it, so that "Reading" at the start of a sentence or
    "Michael Jordan" is none. The kind of a facility belongs to its name: "Ain al-Asad air base".

    Parameters
    ----------
    text
        Running text. In scripts without capitals every known word can be a name.
    gazetteer
        Where names are looked up; the shipped gazetteer and the user's own places by default.
    pipeline
        A further recogniser: a loaded spaCy pipeline, or what answers as one. A name that it calls
        a place, a facility or a people too needs less to count, one that it does not needs more;
        a name that no gazetteer knows joins behind words such as "in" or "near".

    Returns
    -------
    pandas.DataFrame
        A row for each name, in the order of the text: `start`, `end`, `name`, and `score`, the
        probability that it is that of a place.

    Raises
    ------
    SchemaError
        The text is none.

    Notes
    -----
    A logistic regression; `geo/geocoding/recognition/weights.toml` holds its weights and what they
    reach.

    Examples
    --------
    >>> find_mentions("Reading the report, Jordan said that Amman is calm.")["name"].tolist()
    ['Jordan', 'Amman']
    """
    if not isinstance(text, str):
        raise SchemaError(f"find_mentions: the text is {type(text).__name__}; expected str.")
    heard = None if pipeline is None else _places_of(pipeline(text))
    found = _joined(find_names(text, gazetteer or all_places(), heard=heard), _facilities(text))
    rows = [
        (span.start, span.end, span.of(text), name.score)
        for name in found
        for span in (_with_kind(text, name.span),)
    ]
    columns = ["start", "end", "name", "score"]
    return pd.DataFrame(rows, columns=columns).astype({"start": "int64", "end": "int64"})


def _facilities(text: str) -> Iterator[FoundName]:
    """Facilities that no gazetteer knows: "at al-Shifa hospital"."""
    for match in _NAMED_FACILITY.finditer(text):
        yield FoundName(Span(*match.span("facility")), _FACILITY_SCORE)


def _with_kind(text: str, span: Span) -> Span:
    match = _FACILITY.match(text, span.end) or _LAND.match(text, span.end)
    return Span(span.start, match.end()) if match else span


def _places_of(document: Any) -> list[Span]:  # noqa: ANN401
    return [
        Span(entity.start_char, entity.end_char)
        for entity in document.ents
        if entity.label_ in _PLACE_LABELS
    ]


def _joined(found: Iterable[FoundName], others: Iterable[FoundName]) -> list[FoundName]:
    own = list(found)
    more = [one for one in others if not any(one.span.overlaps(name.span) for name in own)]
    return sorted([*own, *more], key=lambda name: name.span)
