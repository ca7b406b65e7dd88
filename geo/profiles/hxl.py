"""Tables with tags of the Humanitarian Exchange Language."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

import geopandas as gpd
import pandas as pd

from geo.errors import SchemaError
from geo.profiles.copied_cells import decoded_texts
from geo.profiles.hxl_tags import columns_by_field, is_tag, matching_columns
from geo.profiles.native_cells import NativeCells
from geo.profiles.profile import Profile
from geo.profiles.recognition import Recognition
from geo.profiles.row_texts import json_texts
from geo.schema import COLUMNS
from geo.tables.plain import plain_incidents
from geo.tables.raw import RawTable
from geo.vocabulary.country_codes import country_of_code

__all__ = ["Hxl"]

# Of the cells of the tag row that are not empty, so many must be tags.
_MOST = 0.5
# What a table says of a place, whether or not it has a point.
_DOUBTED = ("ambiguous", "suspicious")
# Fields that are called otherwise than the columns that they fill.
_COLUMN_OF = {
    "date": "date_start",
    "place": "place_text",
    "verified": "verification",
    "lon": "geometry",
    "lat": "geometry",
    "publisher": "sources",
    "url": "sources",
}


@dataclass(frozen=True)
class Hxl(Profile):
    """Tables with tags under the header, or as the header.

    Parameters
    ----------
    tags
        Tag of each column that has one; empty until a file is known.
    in_header
        Whether the tags are the header.
    """

    name: ClassVar[str] = "hxl"
    tags: tuple[tuple[str, str], ...] = ()
    in_header: bool = False

    def recognise(self, raw: RawTable) -> Recognition | None:
        """How sure it is that a table is tagged: most columns are, and an incident's among them."""
        known = self._of(raw)
        fields = {} if known is None else known._fields()
        if known is None or not {"date", "lat", "place", "admin1", "kind"} & set(fields):
            return None
        some = ", ".join(tag for _, tag in known.tags[:3])
        return Recognition(0.97, f"{len(known.tags)} of its columns bear HXL tags: {some} …")

    def fitted(self, raw: RawTable) -> Self:
        """The profile with the tags of the file.

        Raises
        ------
        SchemaError
            The file has no row of tags.
        """
        known = self._of(raw)
        if known is None:
            raise SchemaError(
                f"{raw.origin} does not fit the profile hxl: most cells under the header are no "
                "HXL tags, such as #event+type. Leave the profile out, or name another one."
            )
        return known

    def skip_rows(self, raw: RawTable) -> int:
        """First rows of a file that belong to its header: the row of tags."""
        del raw
        return 0 if self.in_header else 1

    def columns(self, raw: RawTable) -> dict[str, tuple[str, ...]]:
        """What becomes of the tagged columns of a file."""
        del raw
        groups = matching_columns("#group+name", dict(self.tags))
        found: dict[str, tuple[str, ...]] = dict.fromkeys(groups, ("actors",))
        for field, column in self._fields().items():
            found[column] = (_COLUMN_OF.get(field, field),)
        return found

    def date_texts(self, raw: RawTable) -> "list[pd.Series[str]]":
        """Dates of the tagged columns."""
        cells, fields = NativeCells(raw.cells), self._fields()
        return [cells.text(fields[name]) for name in ("date", "date_end") if name in fields]

    def _incidents(self, raw: RawTable) -> gpd.GeoDataFrame:
        fields, cells = self._fields(), NativeCells(raw.cells)
        table = plain_incidents(raw, fields)
        codes = cells.text(fields.get("country_a3", ""))
        country_a3 = codes.map(country_of_code, na_action="ignore").astype("str")
        stated = decoded_texts(
            cells.text(fields.get("verified", "")),
            self.facts.codes["verification"],
            default="unverified",
        )
        classes = cells.text(fields.get("precision", ""))
        is_known = classes.isin(COLUMNS["precision"].choices) & (table["status"] == "located")
        methods, reasons, status = (
            cells.text(fields.get(name, "")) for name in ("method", "reason", "status")
        )
        return table.assign(
            method=methods.fillna(table["method"]),
            reason=reasons.fillna(table["reason"]),
            status=table["status"].mask(status.isin(_DOUBTED), status),
            country_a3=country_a3,
            # A name is placed in the country that the row states, also where it states a code.
            country=table["country"].fillna(country_a3),
            precision=table["precision"].mask(is_known, classes),
            actors=self._actors(cells),
            verification=stated,
        )

    def native(self, incidents: gpd.GeoDataFrame) -> pd.DataFrame:
        """The publisher's own table again, with the row of tags."""
        table = super().native(incidents)
        if self.in_header or not self.tags:
            return table
        row = pd.DataFrame([dict(self.tags)], columns=table.columns, dtype="str")
        return pd.concat([row, table], ignore_index=True)

    def _of(self, raw: RawTable) -> Self | None:
        """The profile with the tags that a file bears; None where it bears none."""
        names = [str(name) for name in raw.cells.columns]
        rows: list[tuple[bool, list[Any]]] = [(True, names)]
        if len(raw.cells):
            rows.append((False, list(raw.cells.iloc[0])))
        for in_header, cells in rows:
            said = [cell for cell in cells if isinstance(cell, str) and cell.strip()]
            pairs = zip(names, cells, strict=True)
            tags = tuple((name, cell.strip()) for name, cell in pairs if is_tag(cell))
            if tags and len(tags) >= _MOST * len(said):
                return type(self)(tags, in_header)
        return None

    def _fields(self) -> dict[str, str]:
        return columns_by_field(self.facts.codes["patterns"], dict(self.tags))

    def _actors(self, cells: NativeCells) -> "pd.Series[str]":
        columns = matching_columns("#group+name", dict(self.tags))
        return json_texts(
            [cells.text(name) for name in columns] or [cells.text("")],
            lambda *names: [{"attribution": "stated", "name": name} for name in names if name],
        )
