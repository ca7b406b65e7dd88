"""A new project folder."""

import os
from pathlib import Path

from geo.collection.decisions import COLUMNS
from geo.collection.project.settings import SETTINGS_FILE
from geo.errors import WriteError
from geo.formats.atomic import naming_target, open_atomic

__all__ = ["INPUTS", "OVERRIDES_FILE", "SITES_FILE", "start_project"]

INPUTS = "inputs"
OVERRIDES_FILE = "overrides.csv"
SITES_FILE = "sites.csv"
_SITES = "id,name,lon,lat,kind,radius_m,other names\n"


def start_project(folder: str | os.PathLike[str]) -> list[Path]:
    """Make a project folder with commented settings, and say what was made.

    Other files of the folder stay as they are.

    Parameters
    ----------
    folder
        New or existing folder.

    Returns
    -------
    list of Path
        The files and folders that were made.

    Raises
    ------
    WriteError
        There is a project already, or the folder cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [path.name for path in start_project(folder)]
    ['inputs', 'outputs', 'overrides.csv', 'sites.csv', 'incidentmap.toml']
    """
    root = Path(folder)
    texts = {
        OVERRIDES_FILE: ",".join(COLUMNS) + "\n",
        SITES_FILE: _SITES,
        # Last, since it makes the folder a project.
        SETTINGS_FILE: Path(__file__).with_name("template.toml").read_text(encoding="utf-8"),
    }
    there = [name for name in texts if (root / name).exists()]
    if there:
        raise WriteError(
            f"{root / there[0]}: exists already; expected a folder without a project. Choose "
            "another folder."
        )
    made = [root / INPUTS, root / "outputs", *(root / name for name in texts)]
    with naming_target(root):
        for path in made[:2]:
            path.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        with open_atomic(root / name) as stream:
            stream.write(text)
    return made
