"""Armed Conflict Location & Event Data: political violence and protest."""

import re
from typing import ClassVar

import geopandas as gpd
import pandas as pd

from geo.profiles.area_radii import province_radii_m
from geo.profiles.copied_cells import copied_cells, decoded_numbers, decoded_texts, fatality_counts
from geo.profiles.country_codes import by_iso_numeric, by_name
from geo.profiles.dates import civil_dates, unread_dates
from geo.profiles.findings import Findings
from geo.profiles.given_positions import positions
from geo.profiles.native_cells import NativeCells
from geo.profiles.profile import Profile
from geo.profiles.row_texts import json_texts, row_texts
from geo.profiles.unlisted_codes import unlisted_notes, unstated_notes
from geo.tables.cells import join_notes
from geo.tables.raw import RawTable
from geo.vocabulary.precision_codes import precision_of_code

__all__ = ["Acled"]

_BY = {"attribution": "stated", "by": "ACLED"}
_VICINITY_M = 25_000.0
_CODES = {"event_type": "kind", "geo_precision": "radius_m", "time_precision": "days"}
_WATERS = re.compile(r"\b(?:sea|ocean|gulf|bay|strait|channel|waters|lake)\b", re.IGNORECASE)


class Acled(Profile):
    """ACLED's exports, of any year."""

    name: ClassVar[str] = "acled"
    date_columns: ClassVar[tuple[str, ...]] = ("event_date",)

    def _incidents(self, raw: RawTable) -> gpd.GeoDataFrame:
        cells, codes = NativeCells(raw.cells), self.facts.codes
        country, country_notes = _countries(cells)
        dates, date_notes = self._dates(cells, day_first=raw.day_first)
        deaths, death_notes = fatality_counts(cells, "fatalities")
        grade = cells.text("geo_precision")
        radius_m = decoded_numbers(grade, codes["radius_m"]).fillna(_VICINITY_M)
        wide = (grade == "3").fillna(value=False).astype(bool)
        radius_m[wide] = province_radii_m(
            cells.degrees("longitude")[wide], cells.degrees("latitude")[wide]
        ).fillna(radius_m)
        classes = {code: precision_of_code(int(code), "acled") for code in codes["radius_m"]}
        table = positions(
            cells,
            lon="longitude",
            lat="latitude",
            precision=decoded_texts(grade, classes, default="vicinity").mask(
                country["sea"].notna(), "water"
            ),
            radius_m=radius_m,
            notes=join_notes(
                country_notes,
                date_notes,
                death_notes,
                unlisted_notes(
                    cells,
                    {name: codes[list_] for name, list_ in _CODES.items()},
                    assumed_m={"geo_precision": _VICINITY_M},
                ),
                unstated_notes(cells, "geo_precision", radius_m=_VICINITY_M),
            ),
        )
        return table.assign(
            **copied_cells(self.facts, cells),
            title=row_texts(
                [cells.text(one) for one in ("sub_event_type", "event_type", "location")], _title
            ),
            kind=decoded_texts(cells.text("event_type"), codes["kind"], default="other"),
            **dates,
            place_text=cells.text("location"),
            place=cells.text("location"),
            **country,
            actors=self._actors(cells),
            fatalities_best=deaths,
            sources=json_texts([cells.text("source")], _sources),
            verification="unverified",
            sensitivity="public",
        )

    def checks(self, incidents: gpd.GeoDataFrame) -> pd.DataFrame:
        """Country against its code; year against the date."""
        cells, findings = NativeCells(self.native(incidents)), Findings()
        findings.add("country code", _countries(cells)[1])
        year, date = cells.number("year"), incidents["date_start"]
        wrong = (
            year.notna()
            & date.notna()
            & (year != date.dt.year)
            & (year != incidents["date_end"].dt.year)
        )
        said = (
            "year " + cells.text("year") + " is not that of event_date " + cells.text("event_date")
        )
        findings.add("year", said.where(wrong))
        return findings.table()

    def _dates(
        self, cells: NativeCells, *, day_first: bool | None
    ) -> "tuple[dict[str, pd.Series], pd.Series[str]]":
        texts, grade = cells.text("event_date"), cells.text("time_precision")
        codes = self.facts.codes
        dates = civil_dates(texts, day_first=day_first)
        days = pd.to_timedelta(decoded_numbers(grade, codes["days"]).fillna(0), unit="D")
        known = dates["date_start"].notna() & (dates["date_precision"] == "day")
        vague = known & (days > pd.Timedelta(0))
        precision = decoded_texts(grade, codes["date_precision"], default="day")
        day = dates["date_start"].dt.strftime("%Y-%m-%d")
        note = "Known to the " + precision + " only; " + day + " stands for it"
        return {
            "date_start": (dates["date_start"] - days.where(vague, pd.Timedelta(0))),
            "date_end": (dates["date_end"] + days.where(vague, pd.Timedelta(0))),
            "date_precision": dates["date_precision"].mask(vague, precision),
            "date_note": note.where(vague),
        }, unread_dates(texts, dates, "event_date", asks_order=day_first is None)

    def _actors(self, cells: NativeCells) -> "pd.Series[str]":
        roles = self.facts.codes["role"]

        def side(name: str | None, others: str | None, role: str | None) -> list[dict[str, str]]:
            said = {} if role is None else {"role": str(roles.get(role, role.casefold()))}
            first = [] if name is None else [{"name": name, **said}]
            return [_BY | one for one in (*first, *({"name": one} for one in _parts(others)))]

        sides = [
            cells.text(one)
            for number in "12"
            for one in (f"actor{number}", f"assoc_actor_{number}", f"inter{number}")
        ]
        return json_texts(sides, lambda *one: side(*one[:3]) + side(*one[3:]))


def _title(sub_type: str | None, event_type: str | None, location: str | None) -> str | None:
    return ", ".join(filter(None, (sub_type or event_type, location))) or None


def _sources(text: str | None) -> list[dict[str, str]]:
    return [{"publisher": one} for one in _parts(text)]


def _parts(text: str | None) -> list[str]:
    return [part.strip() for part in (text or "").split(";") if part.strip()]


def _countries(cells: NativeCells) -> "tuple[dict[str, pd.Series[str]], pd.Series[str]]":
    """Country, its code, and the sea of events that are in none; and notes where they disagree."""
    stated, named = cells.text("country"), by_name(cells.text("country"))
    iso = by_iso_numeric(cells.text("iso")).fillna(cells.text("iso3").str.upper())
    at_sea = iso.isna() & named.isna() & stated.str.contains(_WATERS).fillna(value=False)
    disagree = iso.notna() & named.notna() & (iso != named)
    notes = "country “" + stated + "” is " + named + ", but its ISO code is " + iso
    codes = iso.fillna(named).mask(disagree)
    country = {"country": stated.mask(at_sea), "country_a3": codes, "sea": stated.where(at_sea)}
    return country, notes.where(disagree)
