"""What a collection leaves out and who speaks in it, as words and as a table."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from geo.collection.completeness.jumps import find_jumps
from geo.collection.completeness.speakers import Cell
from geo.collection.markdown import plain, table_lines
from geo.formats.cell_texts import formula_safe

__all__ = ["LeftOut", "completeness_csv", "completeness_markdown"]

# The table has all of them; people read the first.
_MOST = 400
_COLUMNS = ["region", "month", "incidents", "reports", "sources"]
_HOW_TO_READ = (
    "Where few sources speak, an empty month may mean that nobody reported. An incident counts in "
    "the month in which it began."
)


@dataclass(frozen=True)
class LeftOut:
    """What is not in a set of outputs.

    Parameters
    ----------
    incidents
        Number of incidents by the reason for which they are held back.
    unplaced
        Incidents that are there, but in no place.
    reports
        Number of reports by the reason for which they are left out.
    inputs
        Inputs that were not read, by path, with the reason.
    """

    incidents: Mapping[str, int] = field(default_factory=dict)
    unplaced: int = 0
    reports: Mapping[str, int] = field(default_factory=dict)
    inputs: Mapping[str, str] = field(default_factory=dict)


def completeness_csv(cells: Iterable[Cell]) -> str:
    """Incidents, reports and sources by region and month, as CSV with a header.

    Parameters
    ----------
    cells
        Of `count_cells`.
    """
    table = pd.DataFrame([cell[: len(_COLUMNS)] for cell in cells], columns=_COLUMNS)
    safe = table.assign(region=formula_safe(table["region"].astype("str")))
    return safe.to_csv(index=False, lineterminator="\n")


def completeness_markdown(cells: Sequence[Cell], left_out: LeftOut, *, total: int) -> str:
    """Note on what is left out, and on who speaks for each region and month.

    Parameters
    ----------
    cells
        Of `count_cells`.
    left_out
        What is not there.
    total
        Number of incidents that are there.
    """
    lines = ["# What is here, and what is not", "", f"{_counted(total, 'incident')}."]
    lines += _left_out_lines(left_out)
    jumps = list(find_jumps(cells))
    if jumps:
        lines += ["", "## Numbers that jump", "", *(f"- {plain(jump)}" for jump in jumps)]
    if cells:
        lines += ["", "## Who speaks for each region and month", "", _HOW_TO_READ, ""]
        lines += table_lines(_COLUMNS, [cell[: len(_COLUMNS)] for cell in cells[:_MOST]])
    if len(cells) > _MOST:
        lines += ["", f"And {len(cells) - _MOST:,} more, see completeness.csv."]
    return "\n".join(lines) + "\n"


def _left_out_lines(left_out: LeftOut) -> list[str]:
    held = left_out.incidents.items()
    found = [f"- {_counted(number, 'incident')} held back: {why}" for why, number in held]
    gone = left_out.reports.items()
    found += [f"- {_counted(number, 'report')} left out: {why}" for why, number in gone]
    unread = left_out.inputs.items()
    found += [f"- {plain(path)} was not read: {plain(why)}" for path, why in unread]
    if left_out.unplaced:
        found.append(f"- {_counted(left_out.unplaced, 'incident')} in no known place, on no map")
    return ["", "## Left out", "", *(found or ["Nothing."])]


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
