"""Global Disaster Alert and Coordination System: its feed of disasters."""

from typing import ClassVar

import geopandas as gpd

from geo.profiles.area_positions import area_positions
from geo.profiles.copied_cells import copied_cells, decoded_numbers, decoded_texts
from geo.profiles.country_codes import by_name
from geo.profiles.feed_columns import source_of, time_columns
from geo.profiles.feed_items import filled_by_places, item_shapes
from geo.profiles.native_cells import NativeCells
from geo.profiles.profile import Profile
from geo.profiles.row_texts import json_texts, row_texts
from geo.tables.raw import RawTable

__all__ = ["Gdacs"]

_RADIUS_M = 100_000.0


class Gdacs(Profile):
    """The feed of GDACS."""

    name: ClassVar[str] = "gdacs"
    has_shapes: ClassVar[bool] = False
    #: A disaster is named after the country that it reaches.
    places_at_point: ClassVar[bool] = False

    def columns(self, raw: RawTable) -> dict[str, tuple[str, ...]]:
        """What becomes of the columns of the feed, of which several hold its places."""
        return filled_by_places(raw.cells) | super().columns(raw)

    def _incidents(self, raw: RawTable) -> gpd.GeoDataFrame:
        cells, codes = NativeCells(raw.cells), self.facts.codes
        event = cells.text("gdacs:eventtype")
        country = cells.text("gdacs:country")
        start = cells.text("gdacs:fromdate").fillna(cells.text("pubDate"))
        times, notes = time_columns(start, cells.text("gdacs:todate"))
        named = decoded_texts(event, codes["subkind"], default="disaster")
        table = area_positions(
            item_shapes(raw.cells) if raw.shapes is None else raw.shapes,
            cells.index,
            least_m=decoded_numbers(event, codes["radius_m"]).fillna(_RADIUS_M),
            notes=notes,
        )
        stated = event + cells.text("gdacs:eventid")
        iso = cells.text("gdacs:iso3").str.upper()
        return table.assign(
            **copied_cells(self.facts, cells),
            incident_id=cells.text("guid").fillna(stated),
            kind=decoded_texts(event, codes["kind"], default="other"),
            subkind=row_texts([cells.text("gdacs:alertlevel"), named], _level),
            **times,
            place_text=country,
            country=country,
            country_a3=iso.where(iso.str.fullmatch(r"[A-Z]{3}")).fillna(by_name(country)),
            sources=json_texts([cells.text("link")], lambda url: source_of("GDACS", url)),
            verification="unverified",
            sensitivity="public",
        )


def _level(level: str | None, event: str | None) -> str:
    return f"{event} ({level.casefold()})" if level else f"{event}"
