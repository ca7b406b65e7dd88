"""Global Terrorism Database: attacks since 1970."""

from typing import TYPE_CHECKING, Any, ClassVar

import geopandas as gpd

from geo.profiles.area_radii import country_radii_m, province_radii_m
from geo.profiles.copied_cells import copied_cells, decoded_numbers, decoded_texts, fatality_counts
from geo.profiles.country_codes import by_name
from geo.profiles.dates import civil_dates, unread_dates
from geo.profiles.given_positions import positions
from geo.profiles.native_cells import NativeCells
from geo.profiles.profile import Profile
from geo.profiles.row_texts import json_texts, row_texts
from geo.profiles.unlisted_codes import unlisted_notes, unstated_notes
from geo.tables.cells import join_notes
from geo.tables.raw import RawTable

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Gtd"]

_NEAR_M, _PROVINCE_M = 25_000.0, 100_000.0
_UNKNOWN = "unknown"
_NOT_KNOWN = (-9.0, -99.0)


class Gtd(Profile):
    """START's releases of the GTD."""

    name: ClassVar[str] = "gtd"
    date_columns: ClassVar[tuple[str, ...]] = ("resolution",)

    def _incidents(self, raw: RawTable) -> gpd.GeoDataFrame:
        cells, codes = NativeCells(raw.cells), self.facts.codes
        country_a3 = self._countries(cells)
        dates, date_notes = self._dates(cells, day_first=raw.day_first)
        killed, kill_notes = fatality_counts(cells, "nkill", unknown=_NOT_KNOWN)
        injured, wound_notes = fatality_counts(cells, "nwound", unknown=_NOT_KNOWN)
        near = cells.text("vicinity").eq("1") & cells.text("specificity").eq("1")
        near = near.fillna(value=False).astype(bool)
        precision = decoded_texts(cells.text("specificity"), codes["precision"], default="vicinity")
        city = cells.text("city")
        city = city.mask(city.str.casefold() == _UNKNOWN)
        table = positions(
            cells,
            lon="longitude",
            lat="latitude",
            precision=precision.mask(near, "vicinity"),
            radius_m=self._radius_m(cells, country_a3).mask(near, _NEAR_M),
            notes=join_notes(
                unlisted_notes(
                    cells,
                    {"specificity": codes["precision"], "attacktype1": codes["kind"]},
                    assumed_m={"specificity": _NEAR_M},
                ),
                unstated_notes(cells, "specificity", radius_m=_NEAR_M),
                _uncoded(cells, country_a3),
                date_notes,
                kill_notes,
                wound_notes,
            ),
        )
        return table.assign(
            **copied_cells(self.facts, cells),
            title=row_texts([cells.text("attacktype1_txt"), city], _title),
            kind=decoded_texts(cells.text("attacktype1"), codes["kind"], default="battle"),
            **dates,
            place_text=cells.text("location").fillna(city),
            place=city,
            country_a3=country_a3,
            actors=_actors(cells),
            fatalities_best=killed,
            injured=injured,
            sources=json_texts(
                [cells.text(f"scite{number}") for number in "123"],
                lambda *said: [{"publisher": one} for one in said if one],
            ),
            verification="unverified",
            sensitivity="public",
        )

    def _dates(
        self, cells: NativeCells, *, day_first: bool | None
    ) -> "tuple[dict[str, pd.Series[Any]], pd.Series[str]]":
        """Dates of the three columns; a month or a year where a day or a month is unknown."""
        written = row_texts([cells.text(one) for one in ("iyear", "imonth", "iday")], _written)
        dates = civil_dates(written)
        until = cells.text("resolution")
        resolved = civil_dates(until, day_first=day_first)
        notes = join_notes(
            unread_dates(written, dates, "iyear, imonth, iday"),
            unread_dates(until, resolved, "resolution", asks_order=day_first is None),
        )
        last = resolved["date_start"]
        lasted = cells.text("extended").eq("1").fillna(value=False) & (last > dates["date_end"])
        return {
            "date_start": dates["date_start"],
            "date_end": dates["date_end"].mask(lasted, last),
            "date_precision": dates["date_precision"].mask(lasted, "range"),
        }, notes

    def _countries(self, cells: NativeCells) -> "pd.Series[str]":
        names = cells.text("country_txt")
        return decoded_texts(names, self.facts.codes["country"]).fillna(by_name(names))

    def _radius_m(self, cells: NativeCells, country_a3: "pd.Series[str]") -> "pd.Series[float]":
        grade = cells.text("specificity")
        radius_m = decoded_numbers(grade, self.facts.codes["radius_m"]).fillna(_NEAR_M)
        province, country = (grade.eq(code).fillna(value=False).astype(bool) for code in "45")
        radius_m[province] = province_radii_m(
            cells.degrees("longitude")[province], cells.degrees("latitude")[province]
        ).fillna(_PROVINCE_M)
        radius_m[country] = country_radii_m(country_a3[country])
        return radius_m


def _title(attack: str | None, city: str | None) -> str | None:
    return ", ".join(filter(None, (attack, city))) or None


def _uncoded(cells: NativeCells, country_a3: "pd.Series[str]") -> "pd.Series[str]":
    """A note for each country without a code, such as a state that is no more."""
    names = cells.text("country_txt")
    said = "country_txt “" + names + "” has no code, so the point is not held against it"
    return said.where(names.notna() & country_a3.isna())


def _written(year: str | None, month: str | None, day: str | None) -> str | None:
    known: list[str] = []
    for part in (year, month, day):
        if part is None or not part.strip("0"):
            break
        known.append(part.zfill(2))
    return "-".join(known) or None


def _actors(cells: NativeCells) -> "pd.Series[str]":
    columns = ("gname", "gname2", "gname3", "claimed", "guncertain1")
    return json_texts([cells.text(one) for one in columns], _groups)


def _groups(
    first: str | None, second: str | None, third: str | None, claimed: str | None, doubt: str | None
) -> list[dict[str, str]]:
    told = [name for name in (first, second, third) if name and name.casefold() != _UNKNOWN]
    if claimed == "1":
        return [{"attribution": "claimed", "by": name, "name": name} for name in told]
    attribution = "accused" if doubt == "1" else "stated"
    return [{"attribution": attribution, "by": "GTD", "name": name} for name in told]
