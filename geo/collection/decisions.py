"""What an editor has decided about reports: which are one incident, which are two, and edits."""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from geo.collection.chains import chain_of
from geo.collection.edited_fields import check_edit
from geo.errors import SchemaError
from geo.geocoding.overrides.cells import OverrideCells, read_cells
from geo.geocoding.overrides.replay import read_overrides
from geo.geocoding.wording import quoted

__all__ = [
    "COLUMNS",
    "SEEN_REASONS",
    "DecisionSource",
    "Decisions",
    "EditLine",
    "PairLine",
    "SeenLine",
    "read_decisions",
]

#: The columns of an overrides file, in the order in which they are written.
COLUMNS = (
    "action", "incident_id", "other_id", "field", "value", "place_text", "stated_country",
    "place", "country", "admin1", "place_id", "lon", "lat", "uncertainty_m", "note",
)  # fmt: skip

#: Why a report can have been looked at, as the review says it in `field`.
SEEN_REASONS = (
    "suspicious", "ambiguous", "doubtful", "unlocated", "low", "merged", "unverified",
)  # fmt: skip


@dataclass(frozen=True)
class PairLine:
    """One line that says of two reports that they are one incident, or two."""

    source: str
    number: int
    incident_id: str
    other_id: str
    note: str = ""

    @property
    def pair(self) -> tuple[str, str]:
        """Both reports, in alphabetical order."""
        first, second = sorted((self.incident_id, self.other_id))
        return first, second


@dataclass(frozen=True)
class EditLine:
    """One line that gives a column of an incident another value; empty for none."""

    source: str
    number: int
    incident_id: str
    field: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class SeenLine:
    """One line that says that a report, or a pair of them, was looked at and left as it is."""

    source: str
    number: int
    incident_id: str
    other_id: str
    reason: str


@dataclass(frozen=True)
class Decisions:
    """Lines of an overrides file that do not speak of places, checked against each other."""

    merges: tuple[PairLine, ...] = ()
    splits: tuple[PairLine, ...] = ()
    edits: tuple[EditLine, ...] = ()
    seen: tuple[SeenLine, ...] = ()

    def unmatched(self, reports: pd.DataFrame) -> list[str]:
        """One sentence for each line that matches nothing in a table of reports, or says no reason.

        Parameters
        ----------
        reports
            Table with `incident_id`.
        """
        known = set(reports["incident_id"].astype("str"))
        found: list[tuple[int, str]] = []
        for action, lines in (("merge", self.merges), ("split", self.splits)):
            for line in lines:
                missing = [one for one in (line.incident_id, line.other_id) if one not in known]
                if missing:
                    found.append((line.number, _nothing(line, action, missing)))
        found += [
            (line.number, _nothing(line, "edit", [line.incident_id]))
            for line in self.edits
            if line.incident_id not in known
        ]
        for seen in self.seen:
            named = filter(None, dict.fromkeys((seen.incident_id, seen.other_id)))
            missing = [one for one in named if one not in known]
            if missing or not seen.incident_id:
                found.append((seen.number, _nothing(seen, "seen", missing or [""])))
            if seen.reason not in SEEN_REASONS:
                found.append((seen.number, _no_reason(seen)))
        return [sentence for _, sentence in sorted(found)]


#: A CSV file, a table with its columns, what was read of them, or nothing.
DecisionSource = str | os.PathLike[str] | pd.DataFrame | Decisions | None


def read_decisions(decisions: DecisionSource) -> Decisions:
    """Read the lines of an overrides file that merge, split and edit.

    Parameters
    ----------
    decisions
        A CSV file or table as `docs/overrides.md` and `docs/collections.md` describe it: `action`
        (`merge`, `split`, `edit`; empty or `place` for a place), `incident_id`, `other_id`,
        `field`, `value`, `note`.

    Returns
    -------
    Decisions
        With the number of each line.

    Raises
    ------
    ReadError
        The file cannot be read.
    SchemaError
        A line lacks what it needs, or lines contradict each other; names all that do by number.

    Examples
    --------
    >>> lines = pd.DataFrame({"action": ["split"], "incident_id": ["a"], "other_id": ["b"]})
    >>> read_decisions(lines).splits[0].pair
    ('a', 'b')
    >>> read_decisions(pd.concat((lines, lines.assign(action="merge"))))
    Traceback (most recent call last):
    geo.errors.SchemaError: overrides, lines 1 and 2: split “a” and “b”, and merge “a” and “b”...
    """
    if decisions is None:
        return Decisions()
    if isinstance(decisions, Decisions):
        return decisions
    cells = read_cells(decisions)
    found = Decisions(
        tuple(_pairs(cells, "merge")),
        tuple(_pairs(cells, "split")),
        tuple(_edits(cells)),
        tuple(_seen(cells)),
    )
    faults = [*_pair_faults(found), *_edit_faults(found.edits)]
    if faults:
        raise SchemaError("\n".join(faults))
    if any(line.get("action", "") in ("", "place") for _, line in cells.lines):
        # Places have a reader of their own, which knows the places that they name.
        read_overrides(decisions)
    return found


def _no_reason(line: SeenLine) -> str:
    return (
        f"{line.source}, line {line.number}: seen: the field is {quoted(line.reason)}; expected "
        f"one of {', '.join(SEEN_REASONS)}."
    )


def _nothing(line: PairLine | EditLine | SeenLine, action: str, missing: Sequence[str]) -> str:
    names = " and ".join(map(quoted, missing))
    return f"{line.source}, line {line.number}: {action}: no report has the id {names}."


def _pairs(cells: OverrideCells, action: str) -> Iterator[PairLine]:
    for number, line in cells.lines:
        if line.get("action") != action:
            continue
        one, other = line.get("incident_id", ""), line.get("other_id", "")
        if not one or not other or one == other:
            raise SchemaError(
                f"{cells.source}, line {number}: {action} {quoted(one)} and {quoted(other)}; "
                "expected two different reports in incident_id and other_id."
            )
        yield PairLine(cells.source, number, one, other, line.get("note", ""))


def _edits(cells: OverrideCells) -> Iterator[EditLine]:
    for number, line in cells.lines:
        if line.get("action") != "edit":
            continue
        name, field, value = (line.get(key, "") for key in ("incident_id", "field", "value"))
        where = f"{cells.source}, line {number}"
        if not name:
            raise SchemaError(f"{where}: edit: it names no report; expected an incident_id.")
        check_edit(where, field, value)
        yield EditLine(cells.source, number, name, field, value, line.get("note", ""))


def _seen(cells: OverrideCells) -> Iterator[SeenLine]:
    for number, line in cells.lines:
        if line.get("action") == "seen":
            names = (line.get(key, "") for key in ("incident_id", "other_id", "field"))
            yield SeenLine(cells.source, number, *names)


def _pair_faults(decisions: Decisions) -> Iterator[str]:
    """Splits of what one merge, or a chain of them, makes one."""
    for split in decisions.splits:
        chain = chain_of([line.pair for line in decisions.merges], *split.pair)
        if chain is None:
            continue
        lines = [decisions.merges[position] for position in chain]
        numbers = sorted({split.number, *(line.number for line in lines)})
        told = ", and ".join(
            f"merge {quoted(line.incident_id)} and {quoted(line.other_id)}" for line in lines
        )
        yield (
            f"{split.source}, lines {_listed(numbers)}: split {quoted(split.incident_id)} and "
            f"{quoted(split.other_id)}, and {told}; remove one of them."
        )


def _edit_faults(edits: Iterable[EditLine]) -> Iterator[str]:
    first: dict[tuple[str, str], EditLine] = {}
    for line in edits:
        other = first.setdefault((line.incident_id, line.field), line)
        if other.value != line.value:
            yield (
                f"{line.source}, lines {other.number} and {line.number}: both edit {line.field} of "
                f"{quoted(line.incident_id)} and say {quoted(other.value)} and "
                f"{quoted(line.value)}; remove one of them."
            )


def _listed(numbers: Sequence[int]) -> str:
    *others, last = map(str, numbers)
    return f"{', '.join(others)} and {last}" if others else last
