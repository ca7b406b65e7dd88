"""Feeds whose items bear a place."""

from typing import ClassVar, Self

import geopandas as gpd
import pandas as pd

from geo.errors import SchemaError
from geo.profiles.area_positions import area_positions
from geo.profiles.cap_alerts import alert_voids
from geo.profiles.feed_columns import kind_of_words, source_of, time_columns
from geo.profiles.feed_items import filled_by_places, item_shapes, place_columns
from geo.profiles.native_cells import NativeCells
from geo.profiles.profile import Profile
from geo.profiles.recognition import Recognition
from geo.profiles.row_texts import json_texts, row_texts
from geo.tables.cells import join_notes
from geo.tables.raw import RawTable

__all__ = ["GeoRss"]

_FEED, _POINT_M = "georss", 1_000.0
# When something happens, before when it was told.
_TIMES = ("cap:onset", "cap:effective", "pubDate", "published", "updated", "dc:date")
_OF_ITEMS = ("guid", "id", "link", "link@href")


class GeoRss(Profile):
    """RSS and Atom with GeoRSS, GML, or `geo:lat` and `geo:long`; or the columns of their items."""

    name: ClassVar[str] = "georss"
    has_shapes: ClassVar[bool] = False

    def recognise(self, raw: RawTable) -> Recognition | None:
        """How sure it is that a file is a feed, or the table of one."""
        if raw.kind == _FEED:
            return Recognition(0.7, "it is a feed (RSS or Atom)")
        places = place_columns(raw.cells)
        if not places or raw.shapes is not None:
            return None
        return Recognition(0.7, f"it has columns of a feed: {', '.join(places)}")

    def fitted(self, raw: RawTable) -> Self:
        """The profile; any feed fits, and a table with the columns of one.

        Raises
        ------
        SchemaError
            The file is no feed.
        """
        cells = NativeCells(raw.cells)
        is_table = "title" in cells and any(name in cells for name in _OF_ITEMS)
        if raw.kind != _FEED and not is_table and not place_columns(raw.cells):
            raise SchemaError(
                f"{raw.origin} does not fit the profile georss: it is no feed (RSS or Atom) in "
                "XML. Leave the profile out, or name another one."
            )
        return self

    def columns(self, raw: RawTable) -> dict[str, tuple[str, ...]]:
        """What becomes of the columns of a feed, of which those with places are many."""
        return filled_by_places(raw.cells) | super().columns(raw)

    def withdrawn(self, raw: RawTable) -> "pd.Series[str]":
        """Items that are alerts (CAP) and do not hold."""
        return alert_voids(NativeCells(raw.cells), "cap:")

    def _incidents(self, raw: RawTable) -> gpd.GeoDataFrame:
        cells = NativeCells(raw.cells)
        title, link = cells.text("title"), cells.text("link").fillna(cells.text("link@href"))
        told = cells.text(_TIMES[0])
        for name in _TIMES[1:]:
            told = told.fillna(cells.text(name))
        times, notes = time_columns(told, cells.text("cap:expires"))
        void = self.withdrawn(raw)
        radius_m = cells.number("georss:radius")
        table = area_positions(
            item_shapes(raw.cells) if raw.shapes is None else raw.shapes,
            cells.index,
            least_m=radius_m.where(radius_m > 0).fillna(_POINT_M).clip(lower=_POINT_M),
            notes=join_notes(void, notes),
            unread=_coordinates(raw.cells),
        )
        return table.assign(
            incident_id=cells.text("guid").fillna(cells.text("id")).fillna(link),
            title=title,
            kind=row_texts([cells.text("category"), cells.text("cap:event"), title], _kind),
            **times,
            place_text=cells.text("georss:featureName").fillna(cells.text("cap:areaDesc")),
            sources=json_texts([cells.text("dc:creator"), link], source_of),
            verification=pd.Series("unverified", index=cells.index, dtype="str").mask(
                void.notna(), "withdrawn"
            ),
            sensitivity="public",
        )


def _coordinates(cells: pd.DataFrame) -> "pd.Series[str]":
    """What each item says under the names of points, lines and areas."""
    found = pd.Series(None, index=cells.index, dtype="str")
    for name in place_columns(cells):
        texts = cells[name].astype("str")
        found = (found + "; " + texts).fillna(found).fillna(texts)
    return found


def _kind(*words: str | None) -> str:
    kinds = map(kind_of_words, words)
    return next((kind for kind in kinds if kind != "other"), "other")
