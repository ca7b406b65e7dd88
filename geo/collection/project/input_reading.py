"""One input to placed reports."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace

import geopandas as gpd
import pandas as pd

from geo.articles.extraction import extract_incidents
from geo.articles.reading import read_articles
from geo.canonical_json import to_json
from geo.collection.project.inputs import ProjectInput, digest_of
from geo.errors import ReadError
from geo.geocoding.table import geocode
from geo.reading.incidents import Reading, read_table
from geo.tables.dates import UNDECIDED

__all__ = ["INPUT", "ReadInput", "read_input"]

#: Column that tells of which input a report is.
INPUT = "input"


@dataclass(frozen=True)
class ReadInput:
    """What an input holds.

    Parameters
    ----------
    read
        Reports before they are placed; those of articles are placed by their text.
    placed
        The same, placed.
    rows
        Rows of a table, or articles.
    profile
        Name of the provider's profile, if any.
    notes
        What is to be said of it.
    """

    read: gpd.GeoDataFrame
    placed: gpd.GeoDataFrame
    rows: int
    profile: str = ""
    notes: tuple[str, ...] = ()


def read_input(one: ProjectInput) -> ReadInput:
    """Read one input and place its reports, without any decision of an editor.

    Parameters
    ----------
    one
        The file and what the settings say of it.

    Raises
    ------
    ReadError
        It cannot be read, or has changed meanwhile.
    SchemaError
        The settings name a column or profile that it does not have.
    MissingExtraError
        A library for this kind of file is not installed.
    """
    found = _read_articles(one) if one.is_article else _read_table(one)
    if digest_of(one.file)[0] != one.sha256:
        raise ReadError(f"{one.file}: it has changed while it was read; build again.")
    placed = _labelled(found.placed, one)
    read = placed if found.read is found.placed else _labelled(found.read, one)
    return replace(found, read=read, placed=placed)


def _read_articles(one: ProjectInput) -> ReadInput:
    articles = read_articles(one.file, published=one.source.published)
    if one.source.publisher:
        articles = articles.assign(publisher=one.source.publisher)
    incidents = extract_incidents(articles)
    notes = () if len(incidents) else ("no incident with a date or a place was found",)
    return ReadInput(incidents, incidents, len(articles), notes=notes)


def _read_table(one: ProjectInput) -> ReadInput:
    reading = read_table(one.file, one.source.options)
    profile = reading.conversion.profile
    incidents = reading.incidents
    identifiers = one.name + ":" + incidents["incident_id"].astype("str")
    incidents = incidents.assign(incident_id=identifiers.astype("str"))
    if one.source.publisher:
        incidents = incidents.assign(sources=_spoken(incidents["sources"], one.source.publisher))
    return ReadInput(
        incidents,
        geocode(incidents),
        len(incidents),
        profile=profile.name if profile else "",
        notes=tuple(_notes(reading)),
    )


def _notes(reading: Reading) -> Iterator[str]:
    raw = reading.raw
    others = [name for name in raw.layers if name != raw.layer]
    if others:
        yield f"only {raw.layer} is read, not {', '.join(others)}; layer chooses another one"
    undecided = reading.incidents["reason"].str.contains(UNDECIDED, regex=False).eq(other=True)
    if undecided.any():
        yield (
            f"in {int(undecided.sum()):,} dates day and month could be either way round; they are "
            "left out, day_first decides"
        )


def _spoken(sources: "pd.Series[str]", publisher: str) -> "pd.Series[str]":
    """Sources of which each names somebody."""
    said = [_with_publisher(json.loads(str(text)), publisher) for text in sources.fillna("[]")]
    return pd.Series(said, index=sources.index, dtype="str")


def _with_publisher(sources: list[dict[str, object]], publisher: str) -> str:
    named = [one if one.get("publisher") else one | {"publisher": publisher} for one in sources]
    return to_json(named or [{"publisher": publisher}])


def _labelled(table: gpd.GeoDataFrame, one: ProjectInput) -> gpd.GeoDataFrame:
    return table.assign(**{INPUT: pd.Series(one.path, index=table.index, dtype="str")})
