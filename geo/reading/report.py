"""What was found about a table, as data and as words."""

from collections.abc import Iterator
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.geocoding.table import geocode
from geo.profiles.repeats import identifier_column, stated_identifiers
from geo.reading.checks import check_rows
from geo.reading.incidents import Reading
from geo.reading.verdicts import count_verdicts
from geo.schema import has_geometry
from geo.tables.cells import text_cells
from geo.tables.raw import numbered_rows

__all__ = ["describe_reading", "report_lines"]

_MOST_PROBLEMS = 1_000
_SHOWN = 20
_DECIMALS = 5
# That coordinates were given is no problem, nor what agrees with them.
_NO_PROBLEM = r"The coordinates were given[^.“]*"


def describe_reading(reading: Reading) -> dict[str, Any]:
    """Report of a table that was read, as plain data.

    Rows are placed offline, so that each has its verdict.

    Parameters
    ----------
    reading
        The table, as `geo.reading.incidents.read_table` gives it.

    Returns
    -------
    dict
        `file`, `kind`, `encoding`, `layer`, `layers`, `rows`, `profile`, `columns`, `verdicts`,
        `mapped`, `unmapped`, `rejected` (which add up to `rows`), `bounds` (west, south, east,
        north in degrees), `dates`, `problems`, `checks` and `more` (problems and checks beyond the
        first thousand of each).
    """
    raw, incidents = reading.raw, reading.incidents.reset_index(drop=True)
    placed = geocode(incidents)
    numbers = numbered_rows(raw).reset_index(drop=True)
    rejected = _rejected(reading)
    mapped = has_geometry(placed).to_numpy() & ~rejected.to_numpy()
    problems = _problems(incidents, placed, numbers)
    checks = _checks(reading, incidents, numbers)
    return {
        "file": raw.origin,
        "kind": raw.kind,
        "encoding": raw.encoding,
        "layer": raw.layer,
        "layers": list(raw.layers),
        "rows": len(incidents),
        "row_word": raw.row_word,
        "profile": _profile(reading),
        "columns": _columns(reading),
        "verdicts": count_verdicts(placed),
        "mapped": int(mapped.sum()),
        "unmapped": int((~mapped & ~rejected).sum()),
        "rejected": int(rejected.sum()),
        "bounds": _bounds(placed),
        "dates": _dates(incidents),
        "problems": problems[:_MOST_PROBLEMS],
        "checks": checks[:_MOST_PROBLEMS],
        "more": {
            "problems": max(0, len(problems) - _MOST_PROBLEMS),
            "checks": max(0, len(checks) - _MOST_PROBLEMS),
        },
    }


def report_lines(report: dict[str, Any]) -> Iterator[str]:
    """Lines of a report for people.

    Parameters
    ----------
    report
        What `describe_reading` gives.

    Yields
    ------
    str
        One line each.
    """
    kind = ", ".join(filter(None, [report["kind"], report["encoding"]]))
    yield f"{report['file']}: {_counted(report['rows'], 'row')} ({kind})"
    if len(report["layers"]) > 1:
        yield f"layer     {report['layer']}, of {', '.join(report['layers'])}"
    profile = report["profile"]
    sure = f" ({profile['confidence']:.0%})" if profile["confidence"] is not None else ""
    yield f"profile   {profile['name']}{sure}: {profile['reason']}"
    if profile["licence"]:
        yield f"licence   {profile['licence']}"
    counts = [f"{report[name]:,} {name}" for name in ("mapped", "unmapped", "rejected")]
    yield f"placed    {', '.join(counts)}"
    verdicts = [f"{count:,} {verdict}" for verdict, count in report["verdicts"].items() if count]
    yield f"verdicts  {', '.join(verdicts) or 'none'}"
    if report["bounds"]:
        yield "bounds    west {}, south {}, east {}, north {}".format(*report["bounds"])
    dates = report["dates"]
    if dates["first"]:
        without = f", {_counted(dates['without'], 'row')} without" if dates["without"] else ""
        yield f"dates     {dates['first']} to {dates['last']}{without}"
    yield "columns"
    for column in report["columns"]:
        role = f"{column['field']} (by {column['found_by']})" if column["field"] else "kept"
        yield f"  {column['column']}: {role}, {column['filled']:,} filled"
    for name in ("problems", "checks"):
        yield from _listed(report, name)


def _listed(report: dict[str, Any], name: str) -> Iterator[str]:
    found = report[name]
    total = len(found) + report["more"][name]
    if not total:
        return
    yield f"{name} ({total:,})"
    for one in found[:_SHOWN]:
        yield f"  {report['row_word']} {one['row']}: {one['what']}"
    if total > _SHOWN:
        yield f"  and {total - _SHOWN:,} more (--json lists them)"


def _profile(reading: Reading) -> dict[str, Any]:
    conversion = reading.conversion
    profile, recognition = conversion.profile, conversion.recognition
    if profile is None:
        reason = "the columns are taken by their names and by what they hold"
        return {"name": "plain", "confidence": None, "reason": reason, "licence": None}
    return {
        "name": profile.name,
        "confidence": recognition.confidence if recognition else None,
        "reason": recognition.reason if recognition else "as named",
        "licence": profile.licence,
    }


def _columns(reading: Reading) -> list[dict[str, Any]]:
    conversion, raw = reading.conversion, reading.raw
    roles, profile = conversion.roles, conversion.profile
    names = list(map(str, raw.cells.columns))
    if profile is None:
        fields = {column: name for name, column in roles.fields.items()}
        found_by = {column: roles.found_by[name] for column, name in fields.items()}
    else:
        names = profile.names(raw)
        fields = {name: ", ".join(to) for name, to in profile.columns(raw).items()}
        found_by = dict.fromkeys(fields, "profile")
    return [
        {
            "column": name,
            "field": fields.get(name),
            "found_by": found_by.get(name),
            "filled": int(text_cells(raw.cells, {"": raw.cells.columns[number]}, "").notna().sum()),
        }
        for number, name in enumerate(names)
    ]


def _rejected(reading: Reading) -> "pd.Series[bool]":
    faults = reading.raw.faults
    if faults is None:
        return pd.Series(data=False, index=range(len(reading.incidents)))
    return faults.notna().reset_index(drop=True)


def _bounds(placed: gpd.GeoDataFrame) -> list[float] | None:
    points = np.asarray(placed.geometry[has_geometry(placed)], dtype=object)
    if not len(points):
        return None
    return [round(float(edge), _DECIMALS) for edge in shapely.total_bounds(points)]


def _dates(incidents: gpd.GeoDataFrame) -> dict[str, Any]:
    starts, ends = incidents["date_start"], incidents["date_end"]
    known = starts.notna()
    return {
        "first": starts.min().date().isoformat() if known.any() else None,
        "last": ends.max().date().isoformat() if known.any() else None,
        "without": int((~known).sum()),
    }


def _problems(
    incidents: gpd.GeoDataFrame, placed: gpd.GeoDataFrame, numbers: "pd.Series[int]"
) -> list[dict[str, Any]]:
    """What could not be read or placed, by row; that coordinates were given is no problem."""
    has_failed = placed["status"].eq("unlocated").fillna(value=False).astype(bool)
    reasons = incidents["reason"].fillna(placed["reason"].where(has_failed))
    is_sound = incidents["status"].eq("located") & reasons.str.fullmatch(_NO_PROBLEM)
    wrong = reasons.notna() & ~is_sound.fillna(value=False).astype(bool)
    return [
        {"row": int(number), "what": what}
        for number, what in zip(numbers[wrong], reasons[wrong], strict=True)
    ]


def _checks(
    reading: Reading, incidents: gpd.GeoDataFrame, numbers: "pd.Series[int]"
) -> list[dict[str, Any]]:
    profile = reading.conversion.profile
    at_point = profile is None or profile.places_at_point
    parts = [
        check_rows(incidents, places_at_point=at_point),
        _repeats(reading, incidents, numbers),
    ]
    if profile is not None:
        parts.append(profile.checks(incidents))
    found = pd.concat(parts, ignore_index=True).sort_values("row", kind="stable")
    return [
        {"row": int(numbers[row]), "check": check, "what": what}
        for row, check, what in zip(found["row"], found["check"], found["what"], strict=True)
    ]


def _repeats(
    reading: Reading, incidents: gpd.GeoDataFrame, numbers: "pd.Series[int]"
) -> pd.DataFrame:
    """Rows that state an identifier which an earlier row states too."""
    conversion = reading.conversion
    column = conversion.roles.fields.get("incident_id") or identifier_column(conversion.profile)
    stated = stated_identifiers(incidents, column)
    first = stated.map(numbers.groupby(stated).first())
    again = stated[stated.duplicated()]
    what = [
        f"the identifier “{text}” stands in {reading.raw.row_word} {number} already"
        for text, number in zip(again, first[again.index], strict=True)
    ]
    return pd.DataFrame({"row": again.index, "check": "identifier", "what": what})


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
