"""What the sources of a report say of it: their texts, and where they come from."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from geo.joins.columns import texts

__all__ = ["Origin", "entries", "origins", "table_texts"]

# Columns of a source that hold sentences about the incident.
_TEXTS = (
    "native_notes", "native_description", "native_summary", "native_text", "native_headline",
    "native_details", "native_comment", "native_remarks", "native_source_headline",
    "native_source_article", "native_title", "native_event", "native_what",
)  # fmt: skip
_TELLING = frozenset({"incident", "toll", "actor", None})


@dataclass(frozen=True)
class Origin:
    """Where a report comes from.

    `article` is the digest of its text, empty for a row of a table; `story` the stretch of it that
    tells the incident; `quotes` its words; `addresses` the pages that it names; `published` the
    first day on which one of its sources appeared, as text.
    """

    article: str = ""
    story: tuple[int, int] | None = None
    quotes: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    published: str = ""
    publishers: tuple[str, ...] = ()


def entries(cell: str) -> list[dict[str, Any]]:
    """Entries of a cell of JSON; none where it holds anything else."""
    if not cell or cell == "[]":
        return []
    try:
        found = json.loads(cell)
    except (ValueError, RecursionError):
        return []
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def origins(table: pd.DataFrame) -> list[Origin]:
    """Origin of each row."""
    return [_origin(entries(cell)) for cell in texts(table, "sources")]


def table_texts(table: pd.DataFrame) -> list[tuple[str, ...]]:
    """What each row says of the incident in columns of its source that hold sentences."""
    columns = [texts(table, name) for name in ("title", *_TEXTS) if name in table]
    return list(zip(*columns, strict=True)) if columns else [()] * len(table)


def _origin(sources: Iterable[Mapping[str, Any]]) -> Origin:
    article, story = "", None
    quotes: list[str] = []
    addresses: set[str] = set()
    days: list[str] = []
    publishers: list[str] = []
    for one in sources:
        if isinstance(sha := one.get("sha256"), str) and sha and not article:
            article = sha
        if story is None and one.get("fact") == "incident":
            story = _stretch(one)
        if isinstance(quote := one.get("quote"), str) and one.get("fact") in _TELLING:
            quotes.append(quote)
        if isinstance(url := one.get("url"), str) and url.strip():
            addresses.add(_plain_address(url))
        if isinstance(day := one.get("published"), str) and day:
            days.append(day[:10])
        if isinstance(publisher := one.get("publisher"), str) and publisher:
            publishers.append(publisher)
    return Origin(
        article,
        story,
        tuple(dict.fromkeys(quotes)),
        tuple(sorted(addresses)),
        min(days, default=""),
        tuple(dict.fromkeys(publishers)),
    )


def _stretch(source: Mapping[str, Any]) -> tuple[int, int] | None:
    start, end = source.get("start"), source.get("end")
    return (start, end) if isinstance(start, int) and isinstance(end, int) else None


def _plain_address(url: str) -> str:
    """Address without what differs between two links to one page."""
    plain = url.strip().partition("#")[0].partition("?utm_")[0].rstrip("/")
    return plain.casefold().removeprefix("https://").removeprefix("http://").removeprefix("www.")
