"""What people are told of a table that was read, in one piece or in batches."""

from dataclasses import dataclass

from geo.reading.conversion import WITHDRAWN, Conversion
from geo.reading.incidents import Reading
from geo.tables.dates import UNDECIDED

__all__ = ["ReadingSummary", "summarise"]


@dataclass(frozen=True)
class ReadingSummary:
    """How a table was read, and how many of its rows were left out for what reason.

    Parameters
    ----------
    origin
        The file.
    conversion
        How its rows became incidents.
    withdrawn
        Rows that the provider has withdrawn.
    withdrawn_row
        The first of them: its identifier, and why.
    rejected
        Rows that could not be trusted.
    rejected_row
        Why the first of them could not.
    undecided
        Rows with a date whose order of day and month nothing tells.
    """

    origin: str
    conversion: Conversion
    withdrawn: int = 0
    withdrawn_row: str | None = None
    rejected: int = 0
    rejected_row: str | None = None
    undecided: int = 0

    def __add__(self, later: "ReadingSummary") -> "ReadingSummary":
        """Summary of these rows and of later ones of the same file."""
        return ReadingSummary(
            self.origin,
            self.conversion,
            self.withdrawn + later.withdrawn,
            self.withdrawn_row or later.withdrawn_row,
            self.rejected + later.rejected,
            self.rejected_row or later.rejected_row,
            self.undecided + later.undecided,
        )


def summarise(reading: Reading) -> ReadingSummary:
    """What to tell people of a table, or of a batch of one."""
    said = ReadingSummary(
        reading.raw.origin,
        reading.conversion,
        undecided=int(
            reading.incidents["reason"].str.contains(UNDECIDED, regex=False).eq(other=True).sum()
        ),
    )
    faults = reading.raw.faults
    if faults is None:
        return said
    is_withdrawn = faults.str.startswith(WITHDRAWN).eq(other=True)
    withdrawn, rejected = faults[is_withdrawn], faults[faults.notna() & ~is_withdrawn]
    row = None
    if len(withdrawn):
        identifier = reading.incidents["incident_id"][is_withdrawn.to_numpy()].iloc[0]
        row = f"{identifier}: {withdrawn.iloc[0].removeprefix(WITHDRAWN)}"
    return ReadingSummary(
        said.origin,
        said.conversion,
        len(withdrawn),
        row,
        len(rejected),
        rejected.iloc[0] if len(rejected) else None,
        said.undecided,
    )
