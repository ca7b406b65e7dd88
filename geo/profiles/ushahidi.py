"""Ushahidi: reports of the public."""

import re
from typing import ClassVar, Self

import geopandas as gpd
import pandas as pd

from geo.profiles.feed_columns import kind_of_words
from geo.profiles.native_cells import NativeCells
from geo.profiles.profile import Profile
from geo.profiles.recognition import Recognition
from geo.profiles.row_texts import row_texts
from geo.tables.plain import plain_incidents
from geo.tables.raw import RawTable

__all__ = ["Ushahidi"]

_OLD = ("INCIDENT TITLE", "INCIDENT DATE", "LATITUDE", "LONGITUDE")
_TITLE, _CATEGORY = r"title|incident title", r"categories|category|tags"
_PLACE, _LAT, _LON = r"location|place|address", r".*\.lat|latitude", r".*\.lon|longitude"
_FILLED = (
    (_TITLE, "title"),
    (_CATEGORY, "kind"),
    (_PLACE, "place_text"),
    (_LAT, "geometry"),
    (_LON, "geometry"),
    ("incident date", "date_start"),
    ("verified", "verification"),
)
# A survey may ask the same several times; the readers number the columns then.
_NUMBERED = r"(?:_\d+)?"


class Ushahidi(Profile):
    """CSV exports of versions 2 and later."""

    name: ClassVar[str] = "ushahidi"

    def recognise(self, raw: RawTable) -> Recognition | None:
        """How sure it is that a file is an export of Ushahidi."""
        if not NativeCells(raw.cells).missing(_OLD):
            return Recognition(0.85, "it has the columns of Ushahidi 2: " + ", ".join(_OLD))
        return super().recognise(raw)

    def fitted(self, raw: RawTable) -> Self:
        """The profile; it needs no more than the names of the columns.

        Raises
        ------
        SchemaError
            The file is none of Ushahidi's; names the columns that it lacks.
        """
        return self if not NativeCells(raw.cells).missing(_OLD) else super().fitted(raw)

    def columns(self, raw: RawTable) -> dict[str, tuple[str, ...]]:
        """What becomes of the columns of a file, those of version 2 among them."""
        found = super().columns(raw)
        for name in map(str, raw.cells.columns):
            for pattern, to in _FILLED:
                if re.fullmatch(f"(?:{pattern}){_NUMBERED}", name.strip(), re.IGNORECASE):
                    found.setdefault(name, (to,))
        return found

    def date_texts(self, raw: RawTable) -> "list[pd.Series[str]]":
        """Dates of the reports."""
        return [_dates(NativeCells(raw.cells))]

    def _incidents(self, raw: RawTable) -> gpd.GeoDataFrame:
        cells = NativeCells(raw.cells)
        title = _first(raw, _TITLE)
        categories = _first(raw, _CATEGORY)
        known = pd.DataFrame(
            {
                "id": cells.text("Post ID").fillna(cells.text("#")),
                "title": title.fillna(_first(raw, r"(?:unstructured )?description")),
                "date": _dates(cells),
                "place": _first(raw, _PLACE),
                "lat": _first(raw, _LAT),
                "lon": _first(raw, _LON),
                "category": categories,
            }
        )
        plain = RawTable(known, origin=raw.origin, day_first=raw.day_first)
        fields = {name: name for name in ("title", "date", "place", "lat", "lon")}
        table = plain_incidents(plain, fields | {"incident_id": "id"})
        verified = cells.text("VERIFIED").str.casefold() == "yes"
        return table.assign(
            # The core numbers repeats; a digest of all cells takes the place of one that lacks.
            incident_id=known["id"],
            kind=row_texts([categories, title], _kind),
            subkind=categories,
            verification=table["verification"].mask(verified, "verified"),
            sensitivity="restricted",
        )


def _dates(cells: NativeCells) -> "pd.Series[str]":
    date = cells.text("Post Date (UTC)").fillna(cells.text("Created (UTC)"))
    return (date + "Z").fillna(cells.text("INCIDENT DATE"))


def _first(raw: RawTable, pattern: str) -> "pd.Series[str]":
    """First cell of each row that is not empty, among the columns of a pattern."""
    cells = NativeCells(raw.cells)
    known = re.compile(f"(?:{pattern}){_NUMBERED}", re.IGNORECASE)
    found = pd.Series(None, index=cells.index, dtype="str")
    for name in raw.cells.columns:
        if known.fullmatch(str(name).strip()):
            found = found.fillna(cells.text(str(name)))
    return found


def _kind(categories: str | None, title: str | None) -> str:
    kinds = (kind_of_words(categories), kind_of_words(title))
    return next((kind for kind in kinds if kind != "other"), "other")
