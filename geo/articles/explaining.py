"""The text of an article with what was read from it."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from geo.articles.claims import find_claims
from geo.articles.extraction import find_stories
from geo.articles.locations import Locator
from geo.articles.merging import Story
from geo.gazetteer.user_places import all_places
from geo.grammar.sentences import Span

__all__ = ["explain_articles"]


def explain_articles(articles: pd.DataFrame) -> str:
    """Texts with every fact that was read marked by its incident and kind.

    `[1 date: January 28]` says that the words in it date incident 1. Below the text stand the
    claims, and those that speak of many incidents at once.

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
    stories = find_stories(article, locator)
    marked, position = [], 0
    for span, label in sorted(_labels(stories)):
        if span.start >= position:
            marked += [text[position : span.start], f"[{label}: {span.of(text)}]"]
            position = span.end
    marked.append(text[position:])
    noun = "incident" if len(stories) == 1 else "incidents"
    heading = f"{article['publisher']}: {len(stories)} {noun}\n\n"
    return heading + "".join(marked).rstrip() + "\n" + "".join(_claims(text, locator))


def _labels(stories: list[Story]) -> Iterator[tuple[Span, str]]:
    for number, story in enumerate(stories, start=1):
        for mention in story.mentions:
            if mention.trigger:
                yield mention.trigger.span, f"{number} {story.trigger.kind}"
            if mention.date:
                yield mention.date.span, f"{number} date"
            yield from ((place.span, f"{number} place") for place in mention.places)
            yield from ((toll.span, f"{number} toll") for toll in mention.tolls)


def _claims(text: str, locator: Locator) -> Iterator[str]:
    for claim in find_claims(text, locator):
        many = ", of many incidents" if claim.is_aggregate else ""
        heading = f"{claim.attribution}{many}: {claim.name}, by {claim.by}"
        yield f"\n{heading}\n  “{claim.span.of(text)}”\n"
