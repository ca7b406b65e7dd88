"""Mentions of a text as a document of names: what stands beside each, and what else is named."""

from collections.abc import Sequence

from geo.gazetteer.places import Gazetteer
from geo.geocoding.mentions.documents import DocumentName, Told, resolve_names
from geo.geocoding.mentions.qualifiers import qualifier_after, qualifier_before
from geo.grammar.datelines import LEAD, find_dateline
from geo.grammar.names import normalise_name
from geo.grammar.names_in_text import capitalised_names

__all__ = ["dateline_of", "names_of_text", "told_by", "unasked_names"]

# The other names of a long text add nothing.
_MOST_TEXT = 200_000
_MOST_UNASKED = 500


def told_by(text: str, start: int, end: int) -> Told:
    """Name of a mention, and what the text says beside it about where it lies.

    Examples
    --------
    >>> text = "A fire in Paris, Texas"
    >>> told_by(text, 10, 15)
    Told(name='Paris', qualifier='Texas', is_loose=False)
    """
    if start < LEAD and (dateline := dateline_of(text, start)):
        # What stands in brackets behind it is an agency.
        return dateline
    said, after_comma = qualifier_after(text, end)
    if not said:
        said = qualifier_before(text, start)
    return Told(" ".join(text[start:end].split()), said, bool(said) and not after_comma)


def unasked_names(text: str, told: Sequence[Told]) -> list[str]:
    """Other capitalised names of the text, which may be places too."""
    asked = {normalise_name(one.name) for one in told}
    found = capitalised_names(text[:_MOST_TEXT])
    return [name for name in found if normalise_name(name) not in asked][:_MOST_UNASKED]


def dateline_of(text: str, start: int | None = None) -> Told | None:
    """Place where the text was written, if its first line says so; only one that starts there.

    Examples
    --------
    >>> dateline_of("LEBANON, Ohio (Agency) - A man was found.")
    Told(name='LEBANON', qualifier='Ohio', is_loose=False)
    """
    found = find_dateline(text)
    if found is None or start not in (None, found.place.start):
        return None
    return Told(" ".join(found.place.of(text).split()), found.around)


def names_of_text(
    text: str, told: Sequence[Told], gazetteer: Gazetteer
) -> tuple[dict[Told, DocumentName], list[DocumentName]]:
    """The mentions of a text, weighed by all that it names, and its other names.

    Parameters
    ----------
    text
        The whole text.
    told
        Each mention that is asked for.
    gazetteer
        Where names are looked up.
    """
    unasked = unasked_names(text, told)
    return resolve_names(told, gazetteer, unasked=unasked, dateline=dateline_of(text))
