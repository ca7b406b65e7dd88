"""GDELT events 1.0 and 2.0: what programs read in the world's news."""

from dataclasses import replace
from typing import Any, ClassVar, Self

import geopandas as gpd
import pandas as pd

from geo.errors import SchemaError
from geo.profiles.area_radii import country_radii_m, province_radii_m
from geo.profiles.copied_cells import copied_cells, decoded_texts
from geo.profiles.country_codes import by_fips, country_names
from geo.profiles.dates import civil_dates, unread_dates
from geo.profiles.gdelt_columns import COLUMNS_BY_COUNT
from geo.profiles.given_positions import positions
from geo.profiles.native_cells import NativeCells
from geo.profiles.profile import Profile
from geo.profiles.recognition import Recognition
from geo.profiles.row_texts import concatenated, row_texts
from geo.tables.json_texts import json_strings
from geo.tables.raw import RawTable

__all__ = ["Gdelt"]

_CITY_M, _PROVINCE_M = 5_000.0, 100_000.0
_LOOKED_AT = 1_000
# Of the rows that are looked at, so many must look as GDELT's do.
_MOST = 0.9
_LATE_DAYS = 2


class Gdelt(Profile):
    """Event files of GDELT 1.0 and 2.0, with or without a header."""

    name: ClassVar[str] = "gdelt"
    doubts_exchanged_only: ClassVar[bool] = True

    def recognise(self, raw: RawTable) -> Recognition | None:
        """How sure it is that a file is GDELT's; without a header, by the number of columns."""
        if raw.has_header:
            return super().recognise(raw)
        count = len(raw.cells.columns)
        if count not in COLUMNS_BY_COUNT or not _looks_so(self._named(raw)):
            return None
        version = "2.0" if count == 61 else "1.0"
        return Recognition(
            0.95,
            f"it has no header, {count} columns as GDELT {version}, and GDELT's dates and codes",
        )

    def fitted(self, raw: RawTable) -> Self:
        """The profile; it needs no more than the number of columns.

        Raises
        ------
        SchemaError
            The file has another number of columns, or lacks some of GDELT's.
        """
        count = len(raw.cells.columns)
        if not raw.has_header and count not in COLUMNS_BY_COUNT:
            raise SchemaError(
                f"{raw.origin} does not fit the profile gdelt: it has no header and {count} "
                "columns, where GDELT 1.0 has 57 or 58 and GDELT 2.0 has 61. Leave the profile out."
            )
        super().fitted(replace(raw, cells=self._named(raw)))
        return self

    def names(self, raw: RawTable) -> list[str]:
        """Names of the columns, GDELT's own where the file has no header."""
        known = COLUMNS_BY_COUNT.get(len(raw.cells.columns))
        return super().names(raw) if raw.has_header or known is None else list(known)

    def _incidents(self, raw: RawTable) -> gpd.GeoDataFrame:
        cells, codes = NativeCells(self._named(raw)), self.facts.codes
        place = cells.text("ActionGeo_FullName")
        grade = cells.text("ActionGeo_Type")
        country_a3 = by_fips(cells.text("ActionGeo_CountryCode"))
        root = cells.text("EventRootCode").str.zfill(2)
        label = decoded_texts(root, codes["label"])
        dates, date_notes = _dates(cells)
        table = positions(
            cells,
            lon="ActionGeo_Long",
            lat="ActionGeo_Lat",
            precision=decoded_texts(grade, codes["precision"], default="vicinity"),
            radius_m=_radius_m(cells, grade, country_a3),
            notes=date_notes,
        )
        return table.assign(
            **copied_cells(self.facts, cells),
            title=label.fillna("Event") + (", " + place).fillna(""),
            kind=self._kinds(cells, root),
            subkind=label,
            **dates,
            country_a3=country_a3,
            country=country_names(country_a3),
            actors=_actors(cells),
            sources=_sources(cells.text("SOURCEURL")),
            verification=pd.Series("unverified", index=cells.index, dtype="str"),
            sensitivity=pd.Series("public", index=cells.index, dtype="str"),
        )

    def _named(self, raw: RawTable) -> pd.DataFrame:
        return raw.cells.set_axis(self.names(raw), axis=1)

    def _kinds(self, cells: NativeCells, root: "pd.Series[str]") -> "pd.Series[str]":
        codes = self.facts.codes
        by_root = decoded_texts(root, codes["root_kind"], default="strategic")
        by_base = decoded_texts(cells.text("EventCode").str.slice(0, 3), codes["base_kind"])
        return by_base.fillna(by_root).mask(root.isna(), "other")


def _looks_so(table: pd.DataFrame) -> bool:
    """Whether the first rows hold GDELT's numbers, dates and codes."""
    cells = NativeCells(table.head(_LOOKED_AT))
    patterns = {
        "GLOBALEVENTID": r"\d+",
        "SQLDATE": r"(?:19|20)\d{6}",
        "IsRootEvent": r"[01]",
        "EventRootCode": r"\d{1,2}",
        "DATEADDED": r"\d{8}(?:\d{6})?",
    }
    shares = [
        cells.text(name).str.fullmatch(pattern).fillna(value=False).mean()
        for name, pattern in patterns.items()
    ]
    return len(table) > 0 and bool(min(shares) >= _MOST)


def _radius_m(
    cells: NativeCells, grade: "pd.Series[str]", country_a3: "pd.Series[str]"
) -> "pd.Series[float]":
    radius_m = pd.Series(_CITY_M, index=cells.index)
    country, province = grade.isin(["1"]), grade.isin(["2", "5"])
    radius_m[country] = country_radii_m(country_a3[country])
    radius_m[province] = province_radii_m(
        cells.degrees("ActionGeo_Long")[province], cells.degrees("ActionGeo_Lat")[province]
    ).fillna(_PROVINCE_M)
    return radius_m


def _dates(cells: NativeCells) -> "tuple[dict[str, pd.Series[Any]], pd.Series[str]]":
    texts, added = cells.text("SQLDATE"), cells.text("DATEADDED").str.slice(0, 8)
    dates = civil_dates(texts)
    reported = civil_dates(added)["date_start"]
    late = (reported - dates["date_start"]).dt.days
    # There are few different delays, and each note is made once.
    notes = row_texts([late.where(late >= _LATE_DAYS), added], _late)
    return {
        "date_start": dates["date_start"],
        "date_end": dates["date_end"],
        "date_precision": dates["date_precision"],
        "date_note": notes,
    }, unread_dates(texts, dates, "SQLDATE")


def _late(days: float | None, added: str | None) -> str | None:
    if days is None or added is None:
        return None
    day = f"{added[:4]}-{added[4:6]}-{added[6:]}"
    return f"Reported on {day}, {days:,.0f} days later; the date is reckoned from the text"


def _actors(cells: NativeCells) -> "pd.Series[str]":
    first, second = (json_strings(cells.text(name)) for name in ("Actor1Name", "Actor2Name"))
    begin, end = '{"attribution":"stated","by":"GDELT","name":', "}"
    both = concatenated("[", begin, first, end, ",", begin, second, end, "]")
    alone = concatenated("[", begin, first.fillna(second), end, "]")
    return both.fillna(alone).fillna("[]")


def _sources(texts: "pd.Series[str]") -> "pd.Series[str]":
    """The address with its host, or the name of a service such as BBC Monitoring."""
    is_address = texts.str.contains(r"(?i)^https?://[^/]").fillna(value=False).astype(bool)
    host = texts.str.replace(r"(?i)^https?://(?:www\.)?([^/?#]*).*$", r"\1", regex=True)
    url = json_strings(texts.where(is_address))
    found = concatenated('[{"publisher":', json_strings(host), ',"url":', url, "}]")
    named = concatenated('[{"publisher":', json_strings(texts.mask(is_address)), "}]")
    return found.fillna(named).fillna("[]")
