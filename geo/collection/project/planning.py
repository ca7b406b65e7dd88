"""What a build would read and write, before it does."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geo.collection.project.input_cache import key_of
from geo.collection.project.inputs import (
    FoundInputs,
    ProjectInput,
    find_inputs,
    refuse_streams,
)
from geo.collection.project.own_sites import sites_digest
from geo.collection.project.settings import ProjectSettings, read_settings
from geo.collection.project.starting import OVERRIDES_FILE
from geo.collection.project.versions import digest, versions
from geo.errors import ReadError

__all__ = ["WORK", "Plan", "plan_build"]

#: Folder of a project for what is kept between builds.
WORK = ".incidentmap"


@dataclass(frozen=True)
class Plan:
    """What a build reads.

    Parameters
    ----------
    folder
        The project.
    settings
        What `incidentmap.toml` says.
    found
        Its inputs.
    keys
        What the reading of each input depends on, by path, as a digest.
    files
        SHA-256 of the other files that count, by name.
    """

    folder: Path
    settings: ProjectSettings
    found: FoundInputs
    keys: dict[str, str]
    files: dict[str, str]

    @property
    def work(self) -> Path:
        """Folder for what is kept between builds."""
        return self.folder / WORK

    @property
    def overrides(self) -> Path | None:
        """File of overrides, if there is one."""
        path = self.folder / OVERRIDES_FILE
        return path if path.exists() else None

    @property
    def fingerprint(self) -> str:
        """Digest of all that the outputs depend on."""
        return digest(
            [_plain(self.settings.recipe), self.keys, self.files, dict(self.found.left_out)]
        )

    def said(self, one: ProjectInput) -> str:
        """Digest of an input's content and of what the settings say of it."""
        source = one.source
        options = source.options
        published = None if source.published is None else source.published.isoformat()
        return digest(
            [
                one.sha256, one.name, one.is_article, source.publisher, published, options.profile,
                options.layer, options.encoding, options.day_first, dict(options.columns),
            ]
        )  # fmt: skip

    def dependencies(self) -> dict[str, str]:
        """Digests of what concerns all incidents, by the name that people know it by."""
        rules = self.settings.rules
        named = {
            "worldview": digest([self.settings.worldview, self.files.get(self.settings.worldview)]),
            "rules": digest([rules.merge, rules.countries, rules.skip_unreadable]),
            "sites.csv": self.files["sites.csv"],
        }
        return named | versions()

    def recipe(self) -> dict[str, Any]:
        """The settings as they were read, as plain values."""
        plain = _plain(self.settings.recipe)
        return dict(plain) if isinstance(plain, dict) else {}


def plan_build(folder: Path) -> Plan:
    """Read the settings of a project and find its inputs.

    Parameters
    ----------
    folder
        The project.

    Raises
    ------
    ReadError
        The settings or an input cannot be read, or there is none.
    SchemaError
        The settings are wrong; lists all faults.
    """
    settings = read_settings(folder)
    found = find_inputs(folder, settings)
    sites = sites_digest(folder)
    refuse_streams(folder / OVERRIDES_FILE)
    names = [OVERRIDES_FILE]
    names += [settings.worldview] if settings.worldview.lower().endswith(".csv") else []
    names += [settings.map.language] if settings.map.language.lower().endswith(".json") else []
    files = {name: _sha256(folder / name) for name in names} | {"sites.csv": sites}
    keys = {one.path: key_of(one, sites) for one in found.inputs}
    return Plan(folder, settings, found, keys, files)


def _sha256(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise ReadError(f"{path}: cannot be read ({error.strerror}).") from error


def _plain(value: Any) -> Any:  # noqa: ANN401  # of a TOML file
    """Values of TOML as those of JSON."""
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value if isinstance(value, str | int | float | bool) else str(value)
