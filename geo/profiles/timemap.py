"""TimeMap: incidents of an investigation, with associations and sources."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Self

import geopandas as gpd
import pandas as pd

from geo.profiles.copied_cells import copied_cells
from geo.profiles.dates import civil_dates, unread_dates
from geo.profiles.feed_columns import kind_of_words
from geo.profiles.given_positions import positions
from geo.profiles.native_cells import NativeCells
from geo.profiles.profile import Profile
from geo.profiles.row_texts import json_texts, row_texts
from geo.tables.raw import RawTable

__all__ = ["TimeMap"]

_POINT_M = 1_000.0
_LONGEST_TITLE = 120
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True)
class TimeMap(Profile):
    """Exports of TimeMap.

    Parameters
    ----------
    members
        The other lists of the document.
    """

    name: ClassVar[str] = "timemap"
    date_columns: ClassVar[tuple[str, ...]] = ("date",)
    members: Mapping[str, Any] = field(default_factory=dict)

    def fitted(self, raw: RawTable) -> Self:
        """The profile with the lists beside the events."""
        super().fitted(raw)
        return type(self)(raw.members)

    def _incidents(self, raw: RawTable) -> gpd.GeoDataFrame:
        cells = _with_points(raw)
        texts = cells.text("date")
        dates = civil_dates(texts, day_first=raw.day_first or False)
        index = cells.index
        table = positions(
            cells,
            lon="longitude",
            lat="latitude",
            precision=pd.Series("exact", index=index, dtype="str"),
            radius_m=pd.Series(_POINT_M, index=index),
            notes=unread_dates(texts, dates, "date"),
        )
        associations, sources = (
            _by_id(self.members.get(name)) for name in ("associations", "sources")
        )
        return table.assign(
            **copied_cells(self.facts, cells),
            title=row_texts([cells.text("description")], _first_sentence),
            kind=row_texts(
                [cells.text("category"), cells.text("associations")],
                lambda category, ids: _kind([category, *_titles(ids, associations)]),
            ),
            date_start=dates["date_start"],
            date_end=dates["date_end"],
            date_precision=dates["date_precision"],
            sources=json_texts(
                [cells.text("sources")],
                lambda ids: [_source(one, sources.get(one)) for one in _ids(ids)],
            ),
            verification="unverified",
            sensitivity="public",
        )


def _with_points(raw: RawTable) -> NativeCells:
    """Cells whose coordinates have decimal points."""
    cells = NativeCells(raw.cells)
    names = [str(name) for name in raw.cells.columns]
    plain = {
        name: cells.text(name).str.replace(",", ".", regex=False)
        for name in names
        if name.casefold() in {"latitude", "longitude"}
    }
    return NativeCells(raw.cells.assign(**plain))


def _first_sentence(text: str | None) -> str | None:
    if text is None:
        return None
    first = _SENTENCE.split(text, maxsplit=1)[0]
    return first if len(first) <= _LONGEST_TITLE else first[: _LONGEST_TITLE - 1].rstrip() + "…"


def _kind(texts: list[str | None]) -> str:
    kinds = (kind_of_words(text) for text in texts)
    return next((kind for kind in kinds if kind != "other"), "other")


def _by_id(member: object) -> dict[str, Mapping[str, Any]]:
    """Entries of a list or an object of entries, by their identifier."""
    entries = list(member.values()) if isinstance(member, Mapping) else member
    return {
        str(entry["id"]): entry
        for entry in (entries if isinstance(entries, list) else [])
        if isinstance(entry, Mapping) and "id" in entry
    }


def _ids(text: str | None) -> list[str]:
    """Identifiers of a cell: a JSON list, or texts with commas between them."""
    try:
        found = json.loads(text or "[]")
    except (ValueError, RecursionError):
        found = [part.strip() for part in (text or "").split(",")]
    entries = found if isinstance(found, list) else [found]
    ids = [one.get("id") if isinstance(one, Mapping) else one for one in entries]
    return [str(one) for one in ids if one not in (None, "")]


def _titles(ids: str | None, known: Mapping[str, Mapping[str, Any]]) -> list[str]:
    return [str(known.get(one, {}).get("title", one)) for one in _ids(ids)]


def _source(identifier: str, entry: Mapping[str, Any] | None) -> dict[str, str]:
    """What is known of a source; of one that is an address, no more."""
    if entry is None:
        is_address = identifier.casefold().startswith(("http://", "https://"))
        return {"url" if is_address else "publisher": identifier}
    said = {
        "publisher": entry.get("author") or entry.get("title") or identifier,
        "published": entry.get("date"),
        "url": entry.get("url"),
    }
    return {name: str(value) for name, value in said.items() if value}
