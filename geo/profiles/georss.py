"""Feeds whose items bear a place."""

import re
from typing import ClassVar, Self

import geopandas as gpd
import pandas as pd

from geo.errors import SchemaError
from geo.profiles.area_positions import area_positions
from geo.profiles.feed_columns import kind_of_words, source_of, time_columns
from geo.profiles.native_cells import NativeCells
from geo.profiles.profile import Profile
from geo.profiles.recognition import Recognition
from geo.profiles.row_texts import json_texts, row_texts
from geo.tables.raw import RawTable

__all__ = ["GeoRss"]

_POINT_M = 1_000.0


_SHAPES = re.compile(
    r"(?:georss|gml):(?:polygon|posList|box|circle|line|point|pos|\w+Corner)$|geo:(?:lat|long)$"
)


class GeoRss(Profile):
    """RSS and Atom with GeoRSS, GML, or `geo:lat` and `geo:long`."""

    name: ClassVar[str] = "georss"

    def recognise(self, raw: RawTable) -> Recognition | None:
        """How sure it is that a file is a feed."""
        if raw.kind != "georss":
            return None
        return Recognition(0.7, "it is a feed (RSS or Atom)")

    def fitted(self, raw: RawTable) -> Self:
        """The profile; any feed fits.

        Raises
        ------
        SchemaError
            The file is no feed.
        """
        if raw.kind != "georss":
            raise SchemaError(
                f"{raw.origin} does not fit the profile georss: it is no feed (RSS or Atom) in "
                "XML. Leave the profile out, or name another one."
            )
        return self

    def _incidents(self, raw: RawTable) -> gpd.GeoDataFrame:
        cells = NativeCells(raw.cells)
        title, link = cells.text("title"), cells.text("link").fillna(cells.text("link@href"))
        told = cells.text("pubDate")
        for name in ("published", "updated", "dc:date"):
            told = told.fillna(cells.text(name))
        times, notes = time_columns(told, cells.text(""))
        radius_m = cells.number("georss:radius")
        table = area_positions(
            raw.shapes,
            cells.index,
            least_m=radius_m.where(radius_m > 0).fillna(_POINT_M).clip(lower=_POINT_M),
            notes=notes,
            unread=_coordinates(raw.cells),
        )
        return table.assign(
            incident_id=cells.text("guid").fillna(cells.text("id")).fillna(link),
            title=title,
            kind=row_texts([cells.text("category"), title], _kind),
            **times,
            place_text=cells.text("georss:featureName"),
            sources=json_texts([cells.text("dc:creator"), link], source_of),
            verification="unverified",
            sensitivity="public",
        )


def _coordinates(cells: pd.DataFrame) -> "pd.Series[str]":
    """What each item says under the names of points, lines and areas."""
    found = pd.Series(None, index=cells.index, dtype="str")
    for name in filter(_SHAPES.search, map(str, cells.columns)):
        texts = cells[name].astype("str")
        found = (found + "; " + texts).fillna(found).fillna(texts)
    return found


def _kind(category: str | None, title: str | None) -> str:
    kinds = (kind_of_words(category), kind_of_words(title))
    return next((kind for kind in kinds if kind != "other"), "other")
