"""The settings of a project, `incidentmap.toml`: read, checked, all faults told at once."""

import datetime as dt
import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from geo.collection.project.fields import (
    DAY,
    FLAG,
    SIZE,
    TABLE,
    TEXT,
    TEXTS,
    Field,
    choice,
    faults_of,
    several,
    table_of,
)
from geo.collection.project.known_names import name_faults
from geo.collection.project.toml_lines import key_lines
from geo.collection.publish_gate import GATES
from geo.errors import ReadError, SchemaError
from geo.reading.options import ReadOptions

__all__ = [
    "LAYERS",
    "SETTINGS_FILE",
    "MapSettings",
    "ProjectSettings",
    "RuleSettings",
    "SourceSettings",
    "is_inside",
    "read_settings",
]

SETTINGS_FILE = "incidentmap.toml"
#: Layers of the map beside the incidents.
LAYERS = ("uncertainty", "border_links", "sites")
_COLUMNS = ("lon", "lat", "place", "date", "kind")
_SECTIONS: dict[str, dict[str, Field]] = {
    "": {
        "worldview": TEXT,
        "sources": Field(
            "tables, each begun by [[sources]]", lambda value: isinstance(value, list)
        ),
        "rules": TABLE,
        "map": TABLE,
        "publish": TABLE,
    },
    "sources": {
        "paths": TEXTS,
        "name": TEXT,
        "reads": choice(("articles", "table")),
        "publisher": TEXT,
        "published": DAY,
        "licence": TEXT,
        "profile": TEXT,
        "layer": TEXT,
        "encoding": TEXT,
        "day_first": FLAG,
        "columns": table_of(_COLUMNS),
    },
    "rules": {"merge": FLAG, "countries": TEXTS, "skip_unreadable": FLAG},
    "map": {"title": TEXT, "language": TEXT, "layers": several(LAYERS), "max_size_mb": SIZE},
    "publish": {"verification": choice(GATES)},
}


@dataclass(frozen=True)
class SourceSettings:
    """Inputs that are read alike.

    Parameters
    ----------
    paths
        Files in the project folder, or patterns such as `inputs/**/*`.
    name
        Stands before the ids of table rows; that of the file by default.
    reads
        `articles` or `table`, where the name of a file does not tell it.
    publisher
        Who speaks, where the input does not say it.
    published
        Day on which articles appeared that do not say it.
    licence
        On which terms the inputs may be used.
    options
        What is said of tables.
    """

    paths: tuple[str, ...]
    name: str = ""
    reads: str = ""
    publisher: str = ""
    published: dt.date | None = None
    licence: str = ""
    options: ReadOptions = field(default_factory=ReadOptions)


@dataclass(frozen=True)
class RuleSettings:
    """Whether reports are merged, countries beyond which they are left out, what may be skipped."""

    merge: bool = True
    countries: tuple[str, ...] = ()
    skip_unreadable: bool = False


@dataclass(frozen=True)
class MapSettings:
    """What the maps show, in which language; beyond `max_size_mb` (MB) incidents are counted."""

    title: str = ""
    language: str = "en"
    layers: tuple[str, ...] = ("uncertainty", "border_links")
    max_size_mb: float = 25.0


@dataclass(frozen=True)
class ProjectSettings:
    """What `incidentmap.toml` says.

    Parameters
    ----------
    sources
        Inputs; where several name a file, the last of them counts.
    worldview
        Name of a point of view on disputed areas, or a CSV file in the project folder.
    rules, map
        As in the file.
    verification
        Least status that reaches the public outputs.
    recipe
        The file as it was read.
    """

    sources: tuple[SourceSettings, ...]
    worldview: str = "default"
    rules: RuleSettings = field(default_factory=RuleSettings)
    map: MapSettings = field(default_factory=MapSettings)
    verification: str = "corroborated"
    recipe: Mapping[str, Any] = field(default_factory=dict)


def read_settings(folder: str | os.PathLike[str]) -> ProjectSettings:
    """Read and check the settings of a project.

    Parameters
    ----------
    folder
        The project.

    Raises
    ------
    ReadError
        There is no such file, or it is no TOML.
    SchemaError
        Lists every fault with its line and key.
    """
    path = Path(folder) / SETTINGS_FILE
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ReadError(
            f"{path}: cannot be read ({error.strerror}); expected a project folder. "
            f"“incidentmap init {folder}” makes one."
        ) from error
    except UnicodeDecodeError as error:
        raise ReadError(f"{path}: not in UTF-8 ({error}); save it as UTF-8.") from error
    try:
        recipe = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ReadError(f"{path}: no TOML: {error}; see docs/collections.md.") from error
    lines = key_lines(text)
    faults = sorted(
        (_line(lines, table, key), table, key, what)
        for table, key, what in _faults(recipe, Path(folder))
    )
    if faults:
        told = "\n".join(
            f"- line {line}, {'.'.join(filter(None, (table, key)))}: {what}"
            for line, table, key, what in faults
        )
        raise SchemaError(f"{path}: it cannot be used:\n{told}")
    return _settings(recipe)


def _line(lines: Mapping[tuple[str, str], int], table: str, key: str) -> int:
    places = ((table, key), (key, ""), (f"{key}[1]", ""), (table, ""))
    return next((lines[place] for place in places if place in lines), 1)


def _faults(recipe: Mapping[str, Any], folder: Path) -> Iterator[tuple[str, str, str]]:
    """Table, key and what is wrong with it."""
    for key, what in faults_of(recipe, _SECTIONS[""]):
        yield "", key, what
    for name in ("rules", "map", "publish"):
        section = recipe.get(name, {})
        if isinstance(section, dict):
            yield from ((name, *fault) for fault in faults_of(section, _SECTIONS[name]))
    sources = recipe.get("sources", [])
    if not sources:
        yield "", "sources", "there is none; expected [[sources]] with paths"
    for number, source in enumerate(sources if isinstance(sources, list) else [], start=1):
        table = f"sources[{number}]"
        if not isinstance(source, dict):
            yield table, "", "it is no table; expected [[sources]]"
            continue
        yield from ((table, *fault) for fault in faults_of(source, _SECTIONS["sources"]))
        yield from ((table, "paths", what) for what in _path_faults(source.get("paths")))
    yield from (("", "worldview", what) for what in _file_faults(recipe.get("worldview"), ".csv"))
    shown = recipe.get("map")
    language = shown.get("language") if isinstance(shown, dict) else None
    yield from (("map", "language", what) for what in _file_faults(language, ".json"))
    yield from name_faults(recipe, folder)


def _file_faults(name: object, suffix: str) -> Iterator[str]:
    if isinstance(name, str) and name.lower().endswith(suffix) and not is_inside(name):
        yield f"{name} leads out of the project; expected a path inside its folder"


def _path_faults(paths: object) -> Iterator[str]:
    if not paths:
        yield "there is none; expected files or patterns such as inputs/**/*"
    for path in paths if isinstance(paths, list) else []:
        if isinstance(path, str) and not is_inside(path):
            yield f"{path} leads out of the project; expected a path inside its folder"


def is_inside(path: str) -> bool:
    """Whether a path stays in the folder that it is relative to.

    Examples
    --------
    >>> is_inside("inputs/**/*"), is_inside("../secret.txt")
    (True, False)
    """
    parts = PurePosixPath(path).parts
    return not (Path(path).is_absolute() or "\\" in path or ":" in path or ".." in parts)


def _settings(recipe: Mapping[str, Any]) -> ProjectSettings:
    rules, shown = recipe.get("rules", {}), recipe.get("map", {})
    return ProjectSettings(
        sources=tuple(map(_source, recipe["sources"])),
        worldview=recipe.get("worldview", "default"),
        rules=RuleSettings(**rules | {"countries": tuple(rules.get("countries", ()))}),
        map=MapSettings(**shown | {"layers": tuple(shown.get("layers", MapSettings.layers))}),
        verification=recipe.get("publish", {}).get("verification", "corroborated"),
        recipe=recipe,
    )


def _source(table: Mapping[str, Any]) -> SourceSettings:
    said = {name: table.get(name) for name in ("profile", "layer", "encoding", "day_first")}
    columns = {name: table.get("columns", {}).get(name) for name in _COLUMNS}
    day = table.get("published")
    return SourceSettings(
        paths=tuple(table["paths"]),
        published=dt.date.fromisoformat(day) if isinstance(day, str) else day,
        options=ReadOptions(**said, columns=columns),
        **{name: table.get(name, "") for name in ("name", "reads", "publisher", "licence")},
    )
