"""Which files a project reads, whose they are, and what tells them apart from other versions."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from geo.collection.project.settings import SETTINGS_FILE, ProjectSettings, SourceSettings
from geo.collection.project.starting import OVERRIDES_FILE, SITES_FILE
from geo.errors import ReadError
from geo.gazetteer.user_places import set_name
from geo.tables.files import SUFFIXES

__all__ = ["FoundInputs", "ProjectInput", "digest_of", "find_inputs", "refuse_streams"]

_ARTICLES = (
    ".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".pdf", ".eml",
)  # fmt: skip
_SHAPEFILE = ".shp"
_PARTS = frozenset({".dbf", ".shx", ".prj", ".cpg", ".sbn", ".sbx", ".qix", ".qpj"})
_PATTERN = frozenset("*?[")
# What lies in the folder of a project and is none of its inputs.
_NO_INPUTS = frozenset({"outputs", SETTINGS_FILE, OVERRIDES_FILE, SITES_FILE})


@dataclass(frozen=True)
class ProjectInput:
    """One file that a project reads.

    Parameters
    ----------
    path
        Relative to the project, with `/`.
    file
        Where it lies.
    sha256
        Of its content.
    bytes
        Its size.
    source
        What the settings say of it.
    name
        Stands before the ids of its rows, where it is a table.
    is_article
        Whether it is read as news text.
    """

    path: str
    file: Path
    sha256: str
    bytes: int
    source: SourceSettings
    name: str
    is_article: bool


@dataclass(frozen=True)
class FoundInputs:
    """Files to read, and those that are left out, by path, with the reason."""

    inputs: tuple[ProjectInput, ...]
    left_out: Mapping[str, str]
    idle: tuple[str, ...]


def find_inputs(folder: Path, settings: ProjectSettings) -> FoundInputs:
    """Files that the settings name, in the order of their paths.

    A file whose content another one has too is read once.

    Parameters
    ----------
    folder
        The project.
    settings
        What it reads.

    Raises
    ------
    ReadError
        A file that is named does not exist, or cannot be read; or there is none at all.
    """
    files, idle = _sources_of(folder, settings)
    left_out: dict[str, str] = {}
    found: list[ProjectInput] = []
    first: dict[tuple[str, object], str] = {}
    for path, (source, is_named) in sorted(files.items()):
        if not is_named and not _is_known(path, source):
            if Path(path).suffix.lower() not in _PARTS:
                left_out[path] = "neither an article nor a table by its name"
            continue
        sha256, size = digest_of(folder / path)
        twin = first.setdefault((sha256, (source.published, source.publisher)), path)
        if twin != path:
            left_out[path] = f"the same content as {twin}"
            continue
        reads = source.reads or ("articles" if _is_article(path) else "table")
        name = source.name or _name_of(path)
        found.append(
            ProjectInput(path, folder / path, sha256, size, source, name, reads == "articles")
        )
    if not found:
        raise ReadError(
            f"{folder}: there is no input; put articles (.txt, .md, .html, .pdf, .eml) and tables "
            "(.csv, .xlsx, .geojson and others) into its folder inputs, or name them in "
            "incidentmap.toml."
        )
    _check_names(found)
    return FoundInputs(tuple(found), left_out, tuple(idle))


def digest_of(file: Path) -> tuple[str, int]:
    """SHA-256 of a file's content, and its size in bytes; a shapefile has several parts.

    Parameters
    ----------
    file
        File to read.

    Raises
    ------
    ReadError
        It cannot be read.
    """
    parts = [file]
    if file.suffix.lower() == _SHAPEFILE:
        beside = (one for one in file.parent.iterdir() if one.suffix.lower() in _PARTS)
        parts += sorted(one for one in beside if one.stem == file.stem)
    try:
        digests = []
        for part in parts:
            with part.open("rb") as stream:
                digests.append(hashlib.file_digest(stream, "sha256").hexdigest())
        size = sum(part.stat().st_size for part in parts)
    except OSError as error:
        raise ReadError(f"{file}: cannot be read ({error.strerror}); expected a file.") from error
    if len(digests) == 1:
        return digests[0], size
    return hashlib.sha256("".join(digests).encode()).hexdigest(), size


def refuse_streams(path: Path) -> None:
    """Stop at a pipe or device with the name of a table: reading it may never end.

    Parameters
    ----------
    path
        A CSV file, if it exists.

    Raises
    ------
    ReadError
        It exists and is no file.
    """
    if path.exists() and not path.is_file():
        raise ReadError(f"{path}: is no file; expected a CSV in UTF-8, or nothing.")


def _sources_of(
    folder: Path, settings: ProjectSettings
) -> tuple[dict[str, tuple[SourceSettings, bool]], list[str]]:
    """Source of each file and whether it is named by itself; patterns that fit no file."""
    files: dict[str, tuple[SourceSettings, bool]] = {}
    missing: list[str] = []
    idle: list[str] = []
    for source in settings.sources:
        for pattern in source.paths:
            is_named = not _PATTERN & set(pattern) and not (folder / pattern).is_dir()
            fitting = list(_fitting(folder, pattern))
            files |= dict.fromkeys(fitting, (source, is_named))
            if not fitting:
                (missing if is_named else idle).append(pattern)
    if missing:
        raise ReadError(
            f"{folder}: there is no {', no '.join(missing)}; expected the inputs that "
            "incidentmap.toml names. Put them there, or take them out of paths: their incidents "
            "are then withdrawn."
        )
    return files, idle


def _fitting(folder: Path, pattern: str) -> Iterator[str]:
    """Files of a path, a folder or a pattern; none that a project has for other things."""
    exact = folder / pattern
    if exact.is_file():
        found = [exact]
    else:
        below = "/**/*" if exact.is_dir() else "/*" if pattern.endswith("**") else ""
        found = list(_globbed(folder, pattern.rstrip("/") + below))
    for file in found:
        path = file.relative_to(folder)
        is_hidden = any(part.startswith(".") for part in path.parts)
        if file.is_file() and not is_hidden and path.parts[0] not in _NO_INPUTS:
            yield path.as_posix()


def _globbed(folder: Path, pattern: str) -> Iterator[Path]:
    try:
        yield from folder.glob(pattern)
    except ValueError as error:
        raise ReadError(
            f"{folder}: {pattern} is no pattern ({error}); expected one such as inputs/**/*.txt."
        ) from error


def _is_known(path: str, source: SourceSettings) -> bool:
    return bool(source.reads) or _is_article(path) or Path(path).suffix.lower() in SUFFIXES


def _is_article(path: str) -> bool:
    return Path(path).suffix.lower() in _ARTICLES


def _name_of(path: str) -> str:
    """Name of a table: its path, without the folder of inputs and the suffix."""
    return set_name(str(Path(path).with_suffix("")).removeprefix("inputs"))


def _check_names(found: list[ProjectInput]) -> None:
    """Two tables need different names, unless the settings give them one together."""
    tables = [one for one in found if not one.is_article and not one.source.name]
    first: dict[str, ProjectInput] = {}
    for one in tables:
        other = first.setdefault(one.name, one)
        if other is not one:
            raise ReadError(
                f"{one.file}: its rows would be called {one.name}:… as those of {other.path}; give "
                "one of them a name of its own in incidentmap.toml, or rename the file."
            )
