"""Why an incident is another one than before: inputs, decisions, settings, other reports."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from geo.canonical_json import to_json
from geo.collection.changes.builds import BuildState, OverrideCells, reports_of
from geo.geocoding.overrides.rules import text_key

__all__ = ["Causes"]

_GONE = "a line of overrides.csv is gone"


class Causes:
    """Reasons for changes between two builds.

    Parameters
    ----------
    before, after
        The builds.
    """

    def __init__(self, before: BuildState, after: BuildState) -> None:
        self._before, self._after = before, after
        self._reports_before, self._reports_after = (
            reports_of(one.incidents) for one in (before, after)
        )
        self._incident_before, self._incident_after = (
            {report: incident for incident, reports in members.items() for report in reports}
            for members in (self._reports_before, self._reports_after)
        )
        self._input_before, self._input_after = (_inputs(one) for one in (before, after))
        self._lines = _lines_by_report(before, after)
        self._settings = [
            f"{name} has changed"
            for name in sorted({*before.settings, *after.settings})
            if before.settings.get(name) != after.settings.get(name)
        ]

    def of(self, incident_id: str) -> str:
        """Why an incident was added, changed or withdrawn."""
        before = self._reports_before.get(incident_id, set())
        after = self._reports_after.get(incident_id, set())
        found = [
            *self._came(after - before, incident_id),
            *self._went(before - after, incident_id),
            *self._stayed(before & after),
            *self._decided(before | after),
            *self._settings,
        ]
        return "; ".join(dict.fromkeys(found)) or "reports like these have come or gone"

    def _came(self, reports: set[str], incident_id: str) -> Iterator[str]:
        for report in sorted(reports):
            old = self._incident_before.get(report)
            if old is None:
                yield self._input_word(self._input_after.get(report, ""), "has a report more")
            elif old != incident_id:
                yield f"report {report} was {_part_of(old, self._reports_before[old])}"

    def _went(self, reports: set[str], incident_id: str) -> Iterator[str]:
        for report in sorted(reports):
            new = self._incident_after.get(report)
            if new is None:
                yield self._input_word(self._input_before.get(report, ""), "has a report less")
            elif new != incident_id:
                yield f"report {report} is now {_part_of(new, self._reports_after[new])}"

    def _stayed(self, reports: set[str]) -> Iterator[str]:
        for path in sorted({self._input_after.get(report, "") for report in reports}):
            if self._before.readings.get(path) != self._after.readings.get(path):
                yield self._input_word(path, "has changed")

    def _decided(self, reports: set[str]) -> Iterator[str]:
        yield from (word for report in sorted(reports) for word in self._lines.get(report, ()))

    def _input_word(self, path: str, otherwise: str) -> str:
        old, new = self._before.inputs, self._after.inputs
        if path not in old:
            return f"{path} is new"
        if path not in new:
            return f"{path} is gone"
        if old[path] != new[path]:
            return f"{path} has changed"
        if self._before.readings.get(path) != self._after.readings.get(path):
            return f"what incidentmap.toml says of {path} has changed"
        return f"{path} {otherwise}"


def _part_of(incident: str, reports: set[str]) -> str:
    return "an incident of its own" if len(reports) == 1 else f"in the incident {incident}"


def _inputs(state: BuildState) -> Mapping[str, str]:
    identifiers = state.reports["incident_id"].astype("str")
    return dict(zip(identifiers, state.reports["input"].astype("str"), strict=True))


def _lines_by_report(before: BuildState, after: BuildState) -> dict[str, list[str]]:
    """What lines that have come or gone do to each report that they speak of."""
    old, new = (Counter(to_json(cells) for _, cells in one.lines) for one in (before, after))
    come = [line for line in after.lines if to_json(line[1]) not in old]
    gone = [line for line in before.lines if to_json(line[1]) not in new]
    found: dict[str, list[str]] = {}
    for state, lines, is_new in ((after, come, True), (before, gone, False)):
        for line, reports in _spoken_of(state, lines):
            for report in reports:
                found.setdefault(report, []).append(_word(line) if is_new else _GONE)
    return found


def _spoken_of(
    state: BuildState, lines: Iterable[OverrideCells]
) -> Iterator[tuple[OverrideCells, Iterable[str]]]:
    by_text: dict[str, list[str]] = {}
    waiting = list(lines)
    if any(cells.get("place_text") for _, cells in waiting) and "place_text" in state.reports:
        texts = state.reports["place_text"].astype("str").fillna("")
        keys = {text: text_key(text) for text in set(texts)}
        for report, text in zip(state.reports["incident_id"].astype("str"), texts, strict=True):
            by_text.setdefault(keys[text], []).append(report)
    for line in waiting:
        cells = line[1]
        named = [cells[name] for name in ("incident_id", "other_id") if cells.get(name)]
        yield line, named or by_text.get(text_key(cells.get("place_text", "")), [])


def _word(line: OverrideCells) -> str:
    number, cells = line
    action = cells.get("action") or "place"
    said = {
        "merge": f"{cells.get('incident_id')} and {cells.get('other_id')}",
        "split": f"{cells.get('incident_id')} and {cells.get('other_id')}",
        "edit": str(cells.get("field")),
    }
    return " ".join(filter(None, (f"overrides.csv, line {number}: {action}", said.get(action))))
