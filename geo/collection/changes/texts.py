"""A list of changes as words and as a table for spreadsheets."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

import pandas as pd

from geo.collection.changes.listing import Change
from geo.collection.markdown import plain
from geo.formats.cell_texts import formula_safe

__all__ = ["changes_csv", "changes_markdown", "count_changes"]

_WORDS = {"added": "Added", "changed": "Changed", "withdrawn": "Withdrawn"}
# The table has all of them; people read the first.
_MOST = 500
_LONGEST = 60


def count_changes(changes: Iterable[Change]) -> dict[str, int]:
    """How many incidents were added, changed and withdrawn.

    Examples
    --------
    >>> count_changes([Change("a", "changed", "", "kind", "fire", "flood", "an edit")])
    {'added': 0, 'changed': 1, 'withdrawn': 0}
    """
    kinds = {one.incident_id: one.change for one in changes}
    return {word: sum(kind == word for kind in kinds.values()) for word in _WORDS}


def changes_csv(changes: Sequence[Change]) -> str:
    """Changes as CSV with a header; no cell is run as a formula.

    Parameters
    ----------
    changes
        Of `list_changes`.
    """
    table = pd.DataFrame(changes, columns=list(Change._fields)).astype("str")
    safe = pd.DataFrame({name: formula_safe(table[name]) for name in table.columns})
    return safe.to_csv(index=False, lineterminator="\n")


def changes_markdown(
    changes: Sequence[Change], unconfirmed: Mapping[str, Sequence[str]] | None = None
) -> str:
    """Changes as Markdown.

    Parameters
    ----------
    changes
        Of `list_changes`.
    unconfirmed
        Reports that are left out of the public files, by the id of their incident.
    """
    counts = count_changes(changes)
    said = ", ".join(f"{count:,} {word}" for word, count in counts.items())
    lines = ["# Changes since the last build", "", f"{said}.".capitalize()]
    for word, title in _WORDS.items():
        incidents = [
            list(group)
            for _, group in groupby(
                (one for one in changes if one.change == word), key=lambda one: one.incident_id
            )
        ]
        if incidents:
            lines += ["", f"## {title}", ""]
            lines += [line for group in incidents[:_MOST] for line in _lines(group)]
        if len(incidents) > _MOST:
            lines.append(f"- and {len(incidents) - _MOST:,} more, see changes.csv")
    if unconfirmed:
        lines += ["", "## Not in the public files", ""]
        lines += [
            f"- **{plain(one)}** without {plain(', '.join(names))}, joined by likeness alone: "
            "merge or split it in the review"
            for one, names in unconfirmed.items()
        ]
    return "\n".join(lines) + "\n"


def _lines(changes: Sequence[Change]) -> Iterator[str]:
    first = changes[0]
    yield f"- **{plain(first.incident_id)}** {plain(first.title)}: {plain(first.why)}"
    for one in changes:
        if one.field:
            yield f"  - {plain(one.field)}: {_value(one.before)} → {_value(one.after)}"


def _value(text: str) -> str:
    short = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    return plain(short) if text else "(none)"
