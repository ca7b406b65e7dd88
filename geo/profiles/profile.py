"""What a profile is: how the files of one provider become incidents."""

from abc import ABC, abstractmethod
from typing import ClassVar, Self

import geopandas as gpd
import pandas as pd

from geo.errors import SchemaError
from geo.profiles.facts import Facts, read_facts
from geo.profiles.findings import Findings
from geo.profiles.native_cells import NativeCells, folded
from geo.profiles.recognition import Recognition
from geo.profiles.row_texts import row_digests
from geo.tables.cells import join_notes
from geo.tables.identifiers import sound_identifiers
from geo.tables.raw import RawTable

__all__ = ["Profile"]

_NATIVE = "native_"
# What the needed columns alone are worth; the telling ones make up the rest.
_NEEDED_SHARE = 0.6


class Profile(ABC):
    """How the files of one provider become incidents.

    A profile is recognised by what a file holds, never by the order of its columns. It reads a
    table column by column, keeps every row, and repairs nothing: what contradicts itself is told in
    `reason`, and a position that is doubtful makes a row `suspicious`.
    """

    #: What `--profile` takes.
    name: ClassVar[str]
    #: Whether the file's own columns follow as `native_*`.
    keeps_native: ClassVar[bool] = True
    #: Whether shapes stand in the files apart from the cells.
    has_shapes: ClassVar[bool] = True
    #: Whether rows state their country apart from their point, so that the two can disagree.
    states_country: ClassVar[bool] = True
    #: Whether the country of so many rows is held only against points that seem exchanged.
    doubts_exchanged_only: ClassVar[bool] = False
    #: Whether the place that a row names lies at its point, so that the two can disagree.
    places_at_point: ClassVar[bool] = True
    #: Columns with dates that may be written with the day or with the month first.
    date_columns: ClassVar[tuple[str, ...]] = ()

    @property
    def facts(self) -> Facts:
        """What the profile states as data."""
        return read_facts(self.name)

    @property
    def title(self) -> str:
        """Name for people."""
        return self.facts.title

    @property
    def licence(self) -> str:
        """Terms of the provider, in short words."""
        return self.facts.licence

    @property
    def redistributable(self) -> bool:
        """Whether rows of the provider may be passed on."""
        return self.facts.redistributable

    @property
    def attribution(self) -> str:
        """Sentence to print with what is made of the rows."""
        return self.facts.attribution

    def recognise(self, raw: RawTable) -> Recognition | None:
        """How sure it is that a file is of this provider; None where it is not."""
        cells = NativeCells(raw.cells)
        if cells.missing(self.facts.needed):
            return None
        telling = self.facts.telling
        found = [name for name in telling if name in cells]
        share = len(found) / len(telling)
        named = ", ".join([*self.facts.needed, *found][:4])
        return Recognition(
            round(_NEEDED_SHARE + (1 - _NEEDED_SHARE) * share, 2),
            f"it has the columns of {self.title}: {named} and "
            f"{max(0, len(self.facts.needed) + len(found) - 4)} more",
        )

    def fitted(self, raw: RawTable) -> Self:
        """The profile with what the head of a file tells of it.

        Raises
        ------
        SchemaError
            The file is none of this provider; names the columns that it lacks.
        """
        missing = NativeCells(raw.cells).missing(self.facts.needed)
        if missing:
            raise SchemaError(
                f"{raw.origin} does not fit the profile {self.name} ({self.title}): it lacks the "
                f"column{'s' if len(missing) > 1 else ''} {', '.join(missing)}. Leave the profile "
                "out, or name another one."
            )
        return self

    def skip_rows(self, raw: RawTable) -> int:
        """First rows of a file that belong to its header."""
        del raw
        return 0

    def names(self, raw: RawTable) -> list[str]:
        """Names of the columns of a file."""
        return [str(name) for name in raw.cells.columns]

    def columns(self, raw: RawTable) -> dict[str, tuple[str, ...]]:
        """What becomes of the columns of a file: the incident columns that each fills.

        Columns that are only kept are left out.
        """
        known = {folded(fact.native): fact.to for fact in self.facts.columns if fact.to}
        names = self.names(raw)
        return {name: known[folded(name)] for name in names if folded(name) in known}

    def date_texts(self, raw: RawTable) -> "list[pd.Series[str]]":
        """Dates that tell together whether days stand before months in a file; often none."""
        cells = NativeCells(raw.cells)
        return [cells.text(name) for name in self.date_columns]

    def to_incidents(self, raw: RawTable) -> gpd.GeoDataFrame:
        """Incidents of the rows, one each, in EPSG:4326; the index stays.

        A row without an identifier gets a digest of its cells.
        """
        incidents = self._incidents(raw)
        stated, notes = sound_identifiers(incidents["incident_id"])
        lost = stated.isna()
        return incidents.assign(
            incident_id=stated.fillna(row_digests(raw.cells[lost])) if lost.any() else stated,
            reason=join_notes(incidents["reason"], notes),
        )

    def withdrawn(self, raw: RawTable) -> "pd.Series[str] | None":
        """Why rows are no incidents, or are none any more; null where they are; None where all are.

        Parameters
        ----------
        raw
            Rows as the input has them.
        """
        del raw
        return None

    @abstractmethod
    def _incidents(self, raw: RawTable) -> gpd.GeoDataFrame:
        """Incidents of the rows; the identifier may lack."""

    def checks(self, incidents: gpd.GeoDataFrame) -> pd.DataFrame:
        """What contradicts itself in incidents with their `native_*` columns, by row."""
        del incidents
        return Findings().table()

    def native(self, incidents: gpd.GeoDataFrame) -> pd.DataFrame:
        """The provider's own table again, as it was read."""
        own = [name for name in incidents.columns if str(name).startswith(_NATIVE)]
        table = pd.DataFrame(incidents[own])
        return table.set_axis([str(name).removeprefix(_NATIVE) for name in own], axis=1)

    def native_texts(self, incidents: gpd.GeoDataFrame) -> pd.DataFrame:
        """The provider's own table as CSV holds it, so that the profile reads it again."""
        return pd.DataFrame(self.native(incidents))
