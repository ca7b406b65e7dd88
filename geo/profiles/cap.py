"""Common Alerting Protocol: public warnings."""

from typing import ClassVar

import geopandas as gpd
import pandas as pd

from geo.profiles.area_positions import area_positions
from geo.profiles.cap_alerts import (
    ALERT_COLUMNS,
    UNREAD_AREA,
    alert_shapes,
    alert_voids,
)
from geo.profiles.copied_cells import copied_cells
from geo.profiles.feed_columns import kind_of_words, source_of, time_columns
from geo.profiles.native_cells import NativeCells
from geo.profiles.profile import Profile
from geo.profiles.recognition import Recognition
from geo.profiles.row_texts import json_texts, row_texts
from geo.tables.cells import join_notes
from geo.tables.raw import RawTable

__all__ = ["Cap"]

_POINT_M = 1_000.0


class Cap(Profile):
    """Alerts of CAP 1.1 and 1.2."""

    name: ClassVar[str] = "cap"
    has_shapes: ClassVar[bool] = False

    def recognise(self, raw: RawTable) -> Recognition | None:
        """How sure it is that a file holds alerts."""
        if raw.kind == "cap":
            return Recognition(1.0, "it holds alerts of the Common Alerting Protocol")
        if raw.shapes is not None or NativeCells(raw.cells).missing(ALERT_COLUMNS):
            return None
        return Recognition(0.95, "it has the columns of alerts (CAP): " + ", ".join(ALERT_COLUMNS))

    def withdrawn(self, raw: RawTable) -> "pd.Series[str]":
        """Alerts that do not hold: tests, cancellations, and those that others supersede."""
        return alert_voids(NativeCells(raw.cells))

    def _incidents(self, raw: RawTable) -> gpd.GeoDataFrame:
        cells = NativeCells(raw.cells)
        start = cells.text("onset").fillna(cells.text("effective")).fillna(cells.text("sent"))
        times, time_notes = time_columns(start, cells.text("expires"))
        void = alert_voids(cells)
        unread = "“" + cells.text(UNREAD_AREA) + "” is no polygon or circle"
        table = area_positions(
            alert_shapes(cells.text("polygon"), cells.text("circle"))
            if raw.shapes is None
            else raw.shapes,
            cells.index,
            least_m=pd.Series(_POINT_M, index=cells.index),
            notes=join_notes(unread, void, time_notes),
        )
        event, area = cells.text("event"), cells.text("areaDesc")
        sender = cells.text("senderName").fillna(cells.text("sender"))
        return table.assign(
            **copied_cells(self.facts, cells),
            title=cells.text("headline").fillna(row_texts([event, area], _title)),
            kind=row_texts([event, cells.text("category")], self._kind),
            subkind=event,
            **times,
            sources=json_texts([sender, cells.text("web")], source_of),
            verification=pd.Series("unverified", index=cells.index, dtype="str").mask(
                void.notna(), "withdrawn"
            ),
            sensitivity="public",
        )

    def _kind(self, event: str | None, category: str | None) -> str:
        kind = kind_of_words(event)
        first = (category or "").partition(";")[0].strip().casefold()
        return str(self.facts.codes["category"].get(first, kind)) if kind == "other" else kind


def _title(event: str | None, area: str | None) -> str | None:
    return ", ".join(filter(None, (event, area))) or None
