"""The text of an article with what was read from it."""

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from geo.articles.claims import find_claims
from geo.articles.extraction import anchor_of
from geo.articles.locations import Locator
from geo.articles.mentions import Mention, find_mentions
from geo.articles.merging import Story, tell_stories
from geo.articles.other_languages import NOTE, is_english, places_of
from geo.gazetteer.user_places import all_places
from geo.grammar.sentences import Span

__all__ = ["explain_articles"]


def explain_articles(articles: pd.DataFrame) -> str:
    """Texts with every fact that was read marked by its incident and kind.

    `[1 date: January 28]` says that the words in it date incident 1; `[speaker place: Geneva]` that
    somebody spoke there, `[background fire: fire]` that it is no news, `[game battle: attack]` that
    it is one of a game, `[incomplete fire: fire]` that neither its day nor its place and toll are
    told. Below the text stand what counts many incidents at once, and the claims.

    Parameters
    ----------
    articles
        Table of `read_articles`.

    Examples
    --------
    >>> articles = pd.DataFrame(
    ...     {
    ...         "publisher": ["note"],
    ...         "published": [pd.Timestamp("2024-01-31")],
    ...         "text": ["A fire in Accra on Tuesday killed four people."],
    ...     }
    ... )
    >>> print(explain_articles(articles).splitlines()[2])
    A [1 fire: fire] in [1 place: Accra] on [1 date: Tuesday] [1 toll: killed four] people.
    """
    return "\n".join(_explained(article) for article in articles.to_dict("records"))


def _explained(article: dict[Any, Any]) -> str:
    text = article["text"]
    locator = Locator(text, all_places())
    if not is_english(text):
        return _explained_abroad(article, locator)
    anchor = anchor_of(article)
    mentions = find_mentions(text, anchor, locator)
    stories = tell_stories(mentions)
    marked, position = [], 0
    for span, label in sorted({**dict(_others(mentions)), **dict(_labels(stories))}.items()):
        if span.start >= position:
            marked += [text[position : span.start], f"[{label}: {span.of(text)}]"]
            position = span.end
    marked.append(text[position:])
    noun = "incident" if len(stories) == 1 else "incidents"
    heading = f"{article['publisher']}: {len(stories)} {noun}\n\n"
    sums = "".join(_sums(text, mentions))
    return heading + "".join(marked).rstrip() + "\n" + sums + "".join(_claims(text, locator))


def _explained_abroad(article: dict[Any, Any], locator: Locator) -> str:
    """Text in another language, of which only the place is read."""
    text, found = article["text"], places_of(article["text"], locator)
    counted = "0 incidents" if found is None else "1 incident"
    if found is not None:
        span = found[1].span
        text = f"{text[: span.start]}[1 place: {span.of(text)}]{text[span.end :]}"
    return f"{article['publisher']}: {counted}\n\n{text.rstrip()}\n\n{NOTE}.\n"


def _labels(stories: list[Story]) -> Iterator[tuple[Span, str]]:
    for number, story in enumerate(stories, start=1):
        for mention in story.mentions:
            if mention.trigger:
                yield mention.trigger.span, f"{number} {story.trigger.kind}"
            if mention.date:
                yield mention.date.span, f"{number} date"
            yield from ((place.span, f"{number} place") for place in mention.places)
            yield from ((toll.span, f"{number} toll") for toll in mention.tolls)


def _others(mentions: Sequence[Mention]) -> Iterator[tuple[Span, str]]:
    """Places where nothing happened, and what is background or has not happened."""
    for mention in mentions:
        yield from ((place.span, f"{place.role} place") for place in mention.elsewhere)
        trigger = mention.trigger
        if trigger is not None and mention.is_background:
            yield trigger.span, f"background {trigger.kind}"
        elif trigger is not None and not trigger.is_real:
            yield trigger.span, f"not happened {trigger.kind}"
        elif trigger is not None:
            # Where it belongs to an incident, that is what its label says.
            yield trigger.span, f"{'game' if mention.is_game else 'incomplete'} {trigger.kind}"


def _sums(text: str, mentions: Sequence[Mention]) -> Iterator[str]:
    """Stretches that count many incidents, and so give none."""
    for mention in mentions:
        counts = mention.trigger is not None and mention.trigger.count
        if mention.is_sum or counts:
            yield f"\nmany at once\n  “{mention.span.of(text)}”\n"


def _claims(text: str, locator: Locator) -> Iterator[str]:
    for claim in find_claims(text, locator):
        many = ", of many incidents" if claim.is_aggregate else ""
        heading = f"{claim.attribution}{many}: {claim.name}, by {claim.by}"
        yield f"\n{heading}\n  “{claim.span.of(text)}”\n"
