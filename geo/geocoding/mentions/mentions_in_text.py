"""Mentions of a text as a document of names: what stands beside each, and what else is named."""

from collections.abc import Sequence

from geo.geocoding.mentions.documents import Told
from geo.geocoding.mentions.qualifiers import qualifier_after, qualifier_before
from geo.grammar.names import normalise_name
from geo.grammar.names_in_text import capitalised_names

__all__ = ["told_by", "unasked_names"]

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
    said, after_comma = qualifier_after(text, end)
    if not said:
        said = qualifier_before(text, start)
    return Told(" ".join(text[start:end].split()), said, bool(said) and not after_comma)


def unasked_names(text: str, told: Sequence[Told]) -> list[str]:
    """Other capitalised names of the text, which may be places too."""
    asked = {normalise_name(one.name) for one in told}
    found = capitalised_names(text[:_MOST_TEXT])
    return [name for name in found if normalise_name(name) not in asked][:_MOST_UNASKED]
