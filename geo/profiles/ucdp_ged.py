"""UCDP GED: events of organised violence with deaths."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any, ClassVar

import geopandas as gpd
import pandas as pd

from geo.profiles.area_radii import country_radii_m, province_radii_m
from geo.profiles.copied_cells import copied_cells, decoded_numbers, decoded_texts, fatality_counts
from geo.profiles.country_codes import by_gleditsch_ward, by_name
from geo.profiles.dates import civil_dates, unread_dates
from geo.profiles.findings import Findings
from geo.profiles.given_positions import positions
from geo.profiles.native_cells import NativeCells
from geo.profiles.profile import Profile
from geo.profiles.recognition import Recognition
from geo.profiles.row_texts import json_texts, row_texts
from geo.profiles.ucdp_checks import death_notes, grid_notes, parts_notes, swap_notes
from geo.profiles.unlisted_codes import unlisted_notes, unstated_notes
from geo.tables.cells import join_notes
from geo.tables.raw import RawTable

__all__ = ["UcdpGed"]

_BY = {"attribution": "stated", "by": "UCDP"}
_PROVINCE_M, _DISTRICT_M, _VICINITY_M = 100_000.0, 30_000.0, 25_000.0
_CODES = {
    "type_of_violence": "kind",
    "where_prec": "precision",
    "date_prec": "date_precision",
    "event_clarity": "event_clarity",
}


class UcdpGed(Profile):
    """Yearly releases and candidate events of UCDP GED."""

    name: ClassVar[str] = "ucdp_ged"
    date_columns: ClassVar[tuple[str, ...]] = ("date_start", "date_end")

    def recognise(self, raw: RawTable) -> Recognition | None:
        """How sure it is that a file is UCDP's, and whether it holds candidate events."""
        found = super().recognise(raw)
        status = NativeCells(raw.cells).text("code_status").str.casefold()
        if found is None or not (status.notna() & (status != "clear")).any():
            return found
        return replace(found, reason=f"{found.reason}; checks are still open: candidate events")

    def _incidents(self, raw: RawTable) -> gpd.GeoDataFrame:
        cells, codes = NativeCells(raw.cells), self.facts.codes
        country_a3 = by_gleditsch_ward(cells.number("country_id"))
        country_a3 = country_a3.fillna(by_name(cells.text("country")))
        dates, date_notes = self._dates(cells, day_first=raw.day_first)
        tolls, toll_notes = _tolls(cells)
        off_grid = grid_notes(cells)
        grade, kind = cells.text("where_prec"), cells.text("type_of_violence")
        table = positions(
            cells,
            lon="longitude",
            lat="latitude",
            precision=decoded_texts(grade, codes["precision"], default="vicinity"),
            radius_m=self._radius_m(cells, country_a3),
            notes=join_notes(
                off_grid,
                date_notes,
                toll_notes,
                unlisted_notes(
                    cells,
                    {name: codes[list_] for name, list_ in _CODES.items()},
                    assumed_m={"where_prec": _VICINITY_M},
                ),
                _unknown_countries(cells, codes["former_country"]),
                unstated_notes(cells, "where_prec", radius_m=_VICINITY_M),
            ),
            distrusted=swap_notes(cells),
        )
        doubtful = off_grid.notna() & (table["status"] == "located")
        place = cells.text("where_coordinates")
        return table.assign(
            **copied_cells(self.facts, cells),
            status=table["status"].mask(doubtful, "suspicious"),
            title=row_texts([cells.text("dyad_name"), place], _title),
            kind=decoded_texts(kind, codes["kind"], default="other"),
            subkind=decoded_texts(kind, codes["subkind"]),
            **dates,
            date_precision=decoded_texts(
                cells.text("date_prec"), codes["date_precision"], default="day"
            ).where(dates["date_start"].notna(), "unknown"),
            place_text=cells.text("where_description").fillna(place),
            place=place,
            country_a3=country_a3,
            actors=json_texts([cells.text("side_a"), cells.text("side_b")], _actors),
            **tolls,
            sources=_sources(cells),
            verification=_verification(cells),
            sensitivity="public",
        )

    def checks(self, incidents: gpd.GeoDataFrame) -> pd.DataFrame:
        """Swaps, grid cells, tolls and their parts."""
        cells, findings = NativeCells(self.native(incidents)), Findings()
        findings.add("swap", swap_notes(cells))
        findings.add("priogrid_gid", grid_notes(cells))
        findings.add("low, best, high", death_notes(cells))
        findings.add("parts of best", parts_notes(cells))
        return findings.table()

    def _dates(
        self, cells: NativeCells, *, day_first: bool | None
    ) -> "tuple[dict[str, pd.Series[Any]], pd.Series[str]]":
        first, last = (cells.text(one) for one in self.date_columns)
        starts, ends = (civil_dates(one, day_first=day_first) for one in (first, last))
        asks_order = day_first is None
        start, end = starts["date_start"], ends["date_end"]
        # A range that ends before it begins keeps its first day.
        reversed_ = start.notna() & end.notna() & (end < start)
        notes = join_notes(
            unread_dates(first, starts, "date_start", asks_order=asks_order),
            unread_dates(last, ends, "date_end", asks_order=asks_order),
            ("date_end “" + last + "” is before date_start “" + first + "”").where(reversed_),
        )
        start = start.fillna(ends["date_start"])
        end = end.mask(reversed_).fillna(starts["date_end"])
        return {"date_start": start, "date_end": end}, notes

    def _radius_m(self, cells: NativeCells, country_a3: "pd.Series[str]") -> "pd.Series[float]":
        grade = cells.text("where_prec")
        radius_m = decoded_numbers(grade, self.facts.codes["radius_m"]).fillna(_VICINITY_M)
        within = grade.isin(["3", "4"])
        province_m = province_radii_m(
            cells.degrees("longitude")[within], cells.degrees("latitude")[within]
        ).fillna(_PROVINCE_M)
        radius_m[within] = province_m.where(
            grade[within] == "4", province_m.clip(upper=_DISTRICT_M)
        )
        whole = (grade == "6").fillna(value=False).astype(bool)
        radius_m[whole] = country_radii_m(country_a3[whole])
        return radius_m


def _title(dyad: str | None, place: str | None) -> str | None:
    return ", ".join(filter(None, (dyad, place))) or None


def _unknown_countries(cells: NativeCells, former: Collection[str]) -> "pd.Series[str]":
    """A note for each number that Gleditsch and Ward have given to no state."""
    texts = cells.text("country_id")
    unknown = by_gleditsch_ward(cells.number("country_id")).isna() & ~texts.isin(list(former))
    said = "country_id “" + texts + "” is not understood, the name of the country decides"
    return said.where(texts.notna() & unknown)


def _actors(side_a: str | None, side_b: str | None) -> list[dict[str, str]]:
    return [_BY | {"name": name} for name in (side_a, side_b) if name]


def _tolls(cells: NativeCells) -> "tuple[dict[str, pd.Series[Any]], pd.Series[str]]":
    """Best, low and high; where they contradict each other, the best alone."""
    counts = {one: fatality_counts(cells, one) for one in ("best", "low", "high")}
    contradicted = death_notes(cells)
    told = {
        f"fatalities_{one}": values if one == "best" else values.mask(contradicted.notna())
        for one, (values, _) in counts.items()
    }
    unread = (notes for _, notes in counts.values())
    return told, join_notes(*unread, contradicted, parts_notes(cells))


def _verification(cells: NativeCells) -> "pd.Series[str]":
    status = cells.text("code_status").str.casefold()
    clear = status.isna() | (status == "clear")
    return pd.Series("corroborated", index=cells.index, dtype="str").where(clear, "unverified")


def _sources(cells: NativeCells) -> "pd.Series[str]":
    names = ("source_article", "source_office", "source_date", "source_headline")
    return json_texts([cells.text(name) for name in names], _citations)


def _citations(
    article: str | None, office: str | None, date: str | None, headline: str | None
) -> list[dict[str, str]]:
    """Sources of a row: the split lists where they have publishers, else the one text."""
    offices, dates, headlines = map(_parts, (office, date, headline))
    if not offices:
        return [{"publisher": article}] if article else []
    pairs = {"published": dates, "quote": headlines}
    # Lists of unequal length do not say which entry belongs to which.
    told = {name: parts for name, parts in pairs.items() if len(parts) == len(offices)}
    rows = zip(offices, *told.values(), strict=True)
    entries = [zip(("publisher", *told), row, strict=True) for row in rows]
    sources = [{name: said for name, said in entry if said} for entry in entries]
    return [source for source in sources if source]


def _parts(text: str | None) -> list[str]:
    return [part.strip() for part in text.split(";")] if text else []
