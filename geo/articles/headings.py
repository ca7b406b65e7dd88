"""The place of a report that names none but where it was written, or where its speakers are."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from geo.articles.locations import Location, Locator
from geo.articles.mentions import Mention
from geo.grammar.datelines import find_dateline
from geo.grammar.sentences import Span

__all__ = ["placed_by_heading"]

# A first line that is no sentence.
_HEADLINE = re.compile(r"\A[^\n.!?]{3,150}(?=\n)")
_TOO_WIDE = frozenset({"country", "admin1", "water"})


def placed_by_heading(
    text: str, mentions: Sequence[Mention], locator: Locator
) -> Sequence[Mention]:
    """Mentions with the place of a speaker, the dateline or the headline, where there is no other.

    A wire tells from the capital what happened elsewhere, and ministers speak there, so that these
    place nothing as long as any other place is named.

    Parameters
    ----------
    text
        The whole text.
    mentions
        What its stretches tell, in its order.
    locator
        Where the places of this text lie.

    Returns
    -------
    Sequence of Mention
        The mentions themselves where nothing is to be placed.
    """
    if not any(map(_is_news, mentions)) or any(map(_names_a_place, mentions)):
        return mentions
    spoken = (place for one in mentions for place in one.elsewhere)
    told = (*spoken, *_headings(text, locator))
    place = next((one for one in told if one.precision not in _TOO_WIDE), None)
    if place is None:
        return mentions
    said = replace(place, role="event", reason=f"{place.reason}; the text names no other place")
    return [replace(one, places=(said,)) if _is_news(one) else one for one in mentions]


def _names_a_place(mention: Mention) -> bool:
    """Whether a stretch names a place that is not just that of a speaker."""
    return bool(mention.places) or any(one.role != "speaker" for one in mention.elsewhere)


def _is_news(mention: Mention) -> bool:
    trigger, date = mention.trigger, mention.date
    is_dated = date is not None and date.date is not None and date.date.precision == "day"
    is_told = trigger is not None and trigger.is_real and not (trigger.is_weak or trigger.count)
    return is_told and is_dated and not mention.is_background and mention.label is None


def _headings(text: str, locator: Locator) -> Iterator[Location]:
    if line := find_dateline(text):
        yield from filter(None, [locator.label(line.place, line.around)])
    if headline := _HEADLINE.match(text):
        yield from locator.headed(Span(*headline.span()))
