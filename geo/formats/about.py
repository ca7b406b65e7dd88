"""What a file says of itself: licence, attribution, worldview, run, and what its columns mean."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from geo import shipped
from geo.canonical_json import to_json
from geo.schema import BEYOND_COLUMNS, COLUMNS, VERSION

__all__ = ["About", "Terms", "about_table", "column_meanings"]

_NATIVE = "native_"
_ROWS = "the rows keep the terms of their sources"
_OTHERS = {
    "lon": "longitude of the best single point in degrees, WGS 84",
    "lat": "latitude of the best single point in degrees, WGS 84",
    BEYOND_COLUMNS: "what a rejected row holds that no column of the input names, as a JSON array",
}
# Columns that the measures add, by how they begin or by name.
_MEASURES = {
    "nearest_": "of the nearest site, see incidentmap near",
    "match": "whether the incident lies there certainly or possibly",
    "match_share": "share of its uncertainty that lies there",
    "cluster": "cluster that it belongs to",
}


@dataclass(frozen=True)
class Terms:
    """On which terms a provider gives its rows.

    Parameters
    ----------
    provider
        Name for people.
    licence
        Terms in short words.
    attribution
        Sentence to print with what is made of the rows.
    redistributable
        Whether the rows may be passed on.
    """

    provider: str
    licence: str
    attribution: str
    redistributable: bool = True


@dataclass(frozen=True)
class About:
    """What a file says of itself.

    Parameters
    ----------
    title
        One line for people.
    licence
        Terms of the content, in short words.
    attribution
        Sentences to print with the content.
    worldview
        Points of view on disputed areas from which countries and borders were drawn.
    run
        What made the file: names to values, the same for the same input.
    notes
        What the file leaves out, as sentences.
    restricted
        Providers whose rows must not be passed on.
    """

    title: str = "Incidents"
    licence: str = ""
    attribution: tuple[str, ...] = ()
    worldview: tuple[str, ...] = ()
    run: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    restricted: tuple[str, ...] = ()

    def record(self) -> dict[str, Any]:
        """All of it as values of JSON, with the version of the schema."""
        return {
            "attribution": list(self.attribution),
            "licence": self.licence,
            "notes": list(self.notes),
            "run": dict(sorted(self.run.items())),
            "schema_version": VERSION,
            "title": self.title,
            "worldview": list(self.worldview),
        }

    def lines(self) -> list[tuple[str, str]]:
        """All of it as pairs of a name and a text, for tables and sheets."""
        rows = []
        for name, value in self.record().items():
            if isinstance(value, dict):
                rows += [(f"{name}: {key}", str(text)) for key, text in value.items()]
            else:
                rows += [(name, str(text)) for text in _listed(value)]
        return rows

    def with_note(self, note: str) -> "About":
        """The same with one more note."""
        return replace(self, notes=(*self.notes, note))


def about_table(
    table: pd.DataFrame,
    *,
    title: str = "Incidents",
    terms: Iterable[Terms] = (),
    run: Mapping[str, str] | None = None,
) -> About:
    """What can be said of a table: its worldviews, the licences of the reference data.

    Parameters
    ----------
    table
        Incident table.
    title
        One line for people.
    terms
        Those of the providers whose rows the table holds.
    run
        What made the table: names to values.

    Returns
    -------
    About
        Sorted, so that the same table says the same.

    Examples
    --------
    >>> terms = Terms("A project", "no redistribution", "A project, 2024", redistributable=False)
    >>> about_table(pd.DataFrame({"worldview": ["default"]}), terms=[terms]).restricted
    ('A project',)
    """
    products = shipped.products().values()
    givers = list(terms)
    licences = sorted({product.licence for product in products})
    rows = "; ".join(f"rows of {giver.provider}: {giver.licence}" for giver in givers) or _ROWS
    known = set(table["worldview"].dropna()) if "worldview" in table else set()
    sentences = {product.attribution for product in products}
    return About(
        title=title,
        licence=f"reference data: {', '.join(licences)}; {rows}",
        attribution=(*(giver.attribution for giver in givers), *sorted(sentences)),
        worldview=tuple(sorted(map(str, known))),
        run=dict(run or {}),
        restricted=tuple(giver.provider for giver in givers if not giver.redistributable),
    )


def column_meanings(columns: Iterable[str]) -> dict[str, str]:
    """What each column means, by name: the data dictionary of a file.

    Examples
    --------
    >>> column_meanings(["injured", "native_Notes"])
    {'injured': 'people injured', 'native_Notes': 'column “Notes” of the input, as it was'}
    """
    return {name: _meaning(name) for name in columns}


def _meaning(name: str) -> str:
    if name in COLUMNS:
        choices = COLUMNS[name].choices
        return COLUMNS[name].meaning + (f": {', '.join(choices)}" if choices else "")
    if name == "geometry":
        return "best single point; null where the incident is not placed"
    if name in _OTHERS:
        return _OTHERS[name]
    if name == "footprint":
        return "area that the description means, where it is no disc"
    if name.startswith(_NATIVE):
        return f"column “{name.removeprefix(_NATIVE)}” of the input, as it was"
    begun = (words for begin, words in _MEASURES.items() if name.startswith(begin))
    return _MEASURES.get(name) or next(begun, "column of the user's")


def _listed(value: object) -> list[str]:
    if isinstance(value, list):
        return [text if isinstance(text, str) else to_json(text) for text in value]
    return [] if value == "" else [str(value)]
