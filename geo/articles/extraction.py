"""Articles to an incident table: who, what, when, where, each with its quote."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import geopandas as gpd
import pandas as pd

from geo.articles.claims import Claim, find_claims, scoped_to
from geo.articles.headings import placed_by_heading
from geo.articles.locations import Location, Locator
from geo.articles.mentions import Anchor, find_mentions
from geo.articles.merging import Story, tell_stories
from geo.articles.other_languages import NOTE, is_english, places_of
from geo.articles.participants import kind_of
from geo.articles.toll_summary import TollSummary, summarise
from geo.canonical_json import to_json
from geo.gazetteer.places import Gazetteer
from geo.gazetteer.user_places import all_places
from geo.geocoding.answers import resolution_answer
from geo.grammar.dates_in_text import newest_full_date
from geo.grammar.sentences import Span
from geo.schema import CRS, conform, require
from geo.vocabulary import kinds

__all__ = ["anchor_of", "extract_incidents", "find_stories"]

_NEEDED = ("article_id", "publisher", "published", "sha256", "text")
_LONGEST_TITLE = 90


def extract_incidents(
    articles: pd.DataFrame, *, gazetteer: Gazetteer | None = None
) -> gpd.GeoDataFrame:
    """Find the incidents that articles report, each placed with its uncertainty in metres.

    An incident needs a trigger word, and a date or a place in the opening sentences. What lies more
    than 60 days back, has not happened, or counts many incidents at once is left out. Mentions of
    the same incident become one row.

    Parameters
    ----------
    articles
        Table of `read_articles`: `article_id`, `publisher`, `published`, `sha256`, `text`.
    gazetteer
        Where places are looked up; the shipped gazetteer and the user's own places by default.

    Returns
    -------
    geopandas.GeoDataFrame
        Incident table, EPSG:4326, with `footprint` where a description means an area. `sources`
        holds a quote for every fact: `fact` says which, and `text[start:end] == quote`. `actors`
        says who did it by whose word, `date_note` what was inferred about the date.

    Raises
    ------
    SchemaError
        A column of `articles` is missing.

    Examples
    --------
    >>> text = "A fire in Accra on Tuesday killed four people."
    >>> articles = pd.DataFrame(
    ...     {
    ...         "article_id": ["a"],
    ...         "publisher": ["note"],
    ...         "sha256": [""],
    ...         "published": [pd.Timestamp("2024-01-31")],
    ...         "text": [text],
    ...     }
    ... )
    >>> incident = extract_incidents(articles).iloc[0]
    >>> incident["kind"], incident["place"], incident["date_start"].date().isoformat()
    ('fire', 'Accra', '2024-01-30')
    """
    require(articles, _NEEDED, by="extract_incidents")
    places = gazetteer or all_places()
    records: list[dict[Any, Any]] = articles.to_dict("records")
    rows = [row for article in records for row in _rows(article, places)]
    table = pd.DataFrame(rows, columns=_COLUMNS)
    points = gpd.GeoSeries(list(table.pop("geometry")), index=table.index, crs=CRS)
    shapes = gpd.GeoSeries(list(table.pop("footprint")), index=table.index, crs=CRS)
    incidents = conform(gpd.GeoDataFrame(table, geometry=points))
    return incidents.assign(footprint=shapes) if shapes.notna().any() else incidents


def anchor_of(article: dict[Any, Any]) -> Anchor:
    """Day to which the dates of an article refer: its publication, else its newest full date."""
    published = article["published"]
    if not pd.isna(published):
        return Anchor(published.date(), "the date of publication decides")
    newest = newest_full_date(article["text"])
    if newest is None:
        return Anchor(None, "")
    day, words = newest
    basis = f"the newest full date of the text, “{words}”, decides"
    return Anchor(day, basis, is_publication=False)


def find_stories(article: dict[Any, Any], locator: Locator) -> list[Story]:
    """Incidents that an article tells, with all their mentions."""
    text = article["text"]
    mentions = find_mentions(text, anchor_of(article), locator)
    return tell_stories(placed_by_heading(text, mentions, locator))


_COLUMNS = [
    "incident_id", "title", "kind", "date_start", "date_end", "date_precision", "date_note",
    "place_text", "place", "place_id", "uncertainty_m", "precision", "method", "score", "reason",
    "candidates", "status", "country_a3",
    "actors", "fatalities_best", "fatalities_low", "fatalities_high", "injured", "sources",
    "verification", "sensitivity", "geometry", "footprint",
]  # fmt: skip


def _rows(article: dict[Any, Any], gazetteer: Gazetteer) -> Iterator[dict[str, Any]]:
    text = article["text"]
    locator = Locator(text, gazetteer)
    if not is_english(text):
        yield from _foreign(article, locator)
        return
    stories = find_stories(article, locator)
    claims = find_claims(text, locator) if stories else []
    for number, story in enumerate(stories, start=1):
        scoped = _scoped(story, claims)
        yield {
            "incident_id": f"{article['article_id']}-{number}",
            "title": _title(text, story),
            "kind": kind_of(text, story.trigger, (one.span for one in story.mentions)),
            **_when(story),
            **_where(text, story, locator),
            **_toll(summarise(story.tolls)),
            "actors": to_json(_actors(scoped)),
            "sources": to_json(_sources(article, story, scoped)),
            "verification": "unverified",
            "sensitivity": "public",
        }


def _foreign(article: dict[Any, Any], locator: Locator) -> Iterator[dict[str, Any]]:
    """One incident of unknown kind for an article in another language, at its first place."""
    found = places_of(article["text"], locator)
    if found is None:
        return
    sentence, place = found
    words = " ".join(sentence.of(article["text"]).split())
    facts = (("incident", sentence), ("place", place.span))
    yield {
        "incident_id": f"{article['article_id']}-1",
        "title": words
        if len(words) <= _LONGEST_TITLE
        else f"{kinds()['other'].label}, {place.name}",
        "kind": "other",
        "date_start": None,
        "date_end": None,
        "date_precision": "unknown",
        "date_note": NOTE,
        **_placed(article["text"], place),
        **_toll(TollSummary()),
        "actors": to_json([]),
        "sources": to_json([_source(article, fact, span) for fact, span in facts]),
        "verification": "unverified",
        "sensitivity": "public",
    }


def _scoped(story: Story, claims: Sequence[Claim]) -> list[Claim]:
    sentences = {mention.sentence for mention in story.mentions}
    wanted = {"stated"} if story.trigger.family == "statement" else {"accused", "claimed", "denied"}
    unique: dict[tuple[str, str, str], Claim] = {}
    for claim in scoped_to(list(claims), sentences, story.place):
        if claim.attribution in wanted:
            by = "" if claim.attribution == "stated" else claim.by
            unique.setdefault((claim.name, claim.attribution, by), claim)
    return [claim for claim in unique.values() if not _is_longer_form(claim, unique.values())]


def _is_longer_form(claim: Claim, claims: Iterable[Claim]) -> bool:
    """Whether another claim names the same actor in fewer words."""
    return any(
        claim.name != other.name and other.name in claim.name
        for other in claims
        if other.attribution == claim.attribution
    )


def _title(text: str, story: Story) -> str:
    """Words of the text that tell most, or the kind and the place."""
    label = kinds()[story.trigger.kind].label
    where = story.place.name if story.place else ""
    words = " ".join(_told_best(story).of(text).split()).strip(" ,;:-–“”\"'")
    if len(words) <= _LONGEST_TITLE:
        return words[:1].upper() + words[1:]
    return f"{label}, {where}" if where else label


def _told_best(story: Story) -> Span:
    """Stretch that says most: date, place and toll."""
    telling = [mention for mention in story.mentions if mention.trigger]
    best = max(
        telling,
        key=lambda one: (
            bool(one.date and one.date.is_known) + bool(one.places) + bool(one.tolls),
            -one.sentence,
        ),
    )
    return best.span


def _when(story: Story) -> dict[str, Any]:
    mention = story.date
    if mention is None or mention.date is None:
        note = mention.note if mention else "The text gives no date"
        return {
            "date_start": None,
            "date_end": None,
            "date_precision": "unknown",
            "date_note": note,
        }
    date = mention.date
    return {
        "date_start": dt.datetime.combine(date.start, dt.time()),
        "date_end": dt.datetime.combine(date.end, dt.time()),
        "date_precision": date.precision,
        "date_note": mention.note or None,
    }


def _where(text: str, story: Story, locator: Locator) -> dict[str, Any]:
    place = story.place
    return _nowhere(story, locator) if place is None else _placed(text, place)


def _placed(text: str, place: Location) -> dict[str, Any]:
    return {
        "country_a3": place.country_a3,
        "place_text": place.span.of(text),
        "place": place.name,
        "place_id": place.place_id,
        "uncertainty_m": place.radius_m,
        "precision": place.precision,
        "method": "region" if place.footprint is not None else "name",
        "reason": place.reason,
        "status": "located",
        "geometry": place.point,
        "footprint": place.footprint,
    }


def _nowhere(story: Story, locator: Locator) -> dict[str, Any]:
    """Why an incident has no point: places of one name, or no place that is known."""
    unclear = (locator.unclear(mention.span) for mention in story.mentions)
    words, resolution = next(filter(None, unclear), ("", None))
    if resolution is not None:
        return resolution_answer(resolution) | {"place_text": words, "footprint": None}
    return {
        "precision": "none",
        "method": "none",
        "reason": "The text names no place that is known",
        "status": "unlocated",
        "geometry": None,
        "footprint": None,
    }


def _toll(toll: TollSummary) -> dict[str, Any]:
    return {
        "fatalities_best": toll.killed_best,
        "fatalities_low": toll.killed_low,
        "fatalities_high": toll.killed_high,
        "injured": toll.injured,
    }


def _actors(claims: Sequence[Claim]) -> list[dict[str, str]]:
    return [
        {"attribution": claim.attribution, "by": claim.by, "name": claim.name} for claim in claims
    ]


def _sources(
    article: dict[Any, Any], story: Story, claims: Sequence[Claim]
) -> list[dict[str, Any]]:
    """One entry per quoted fact; those of the incident itself first."""
    facts: list[tuple[str, Span]] = [
        ("incident", mention.span) for mention in story.mentions if mention.trigger
    ]
    if story.date is not None:
        facts.append(("date", story.date.span))
    if story.place is not None:
        facts.append(("place", story.place.span))
    facts += [("toll", toll.span) for toll in story.tolls]
    facts += [("actor", claim.span) for claim in claims]
    return [_source(article, fact, span) for fact, span in dict.fromkeys(facts)]


def _source(article: dict[Any, Any], fact: str, span: Span) -> dict[str, Any]:
    published = article["published"]
    return {
        "end": span.end,
        "fact": fact,
        "published": None if pd.isna(published) else published.date().isoformat(),
        "publisher": article["publisher"],
        "quote": span.of(article["text"]),
        "sha256": article["sha256"],
        "start": span.start,
    }
